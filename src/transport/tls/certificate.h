// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <openssl/x509.h>

#include <string>

#include "transport/tls.h"

namespace gnatter::transport::tls {

/// A certificate as a plain value. What its maker wrote stays as it came, cut at the bounds that Certificate
/// names.
Certificate describe(const X509& certificate);

/// "RSA 3072 bits", "EC P-256", "Ed25519".
std::string key_words(const EVP_PKEY& key);

}  // namespace gnatter::transport::tls
