// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// OpenSSL's objects owned, and its error queue in words. The queue belongs to the thread: clear it before a
// call whose errors are looked at (ERR_clear_error), or an older one is taken for its own.

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <vector>

namespace gnatter::transport::tls {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};

using BioPtr = std::unique_ptr<BIO, Release<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, Release<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Pkcs12Ptr = std::unique_ptr<PKCS12, Release<PKCS12_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Release<GENERAL_NAMES_free>>;
using ContextPtr = std::unique_ptr<SSL_CTX, Release<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, Release<SSL_free>>;

/// What went wrong since the queue was last clear, oldest first (ERR_get_error); the queue is empty then.
std::vector<unsigned long> take_errors();

/// One error in OpenSSL's words: "certificate has expired".
std::string words_of(unsigned long error);

}  // namespace gnatter::transport::tls
