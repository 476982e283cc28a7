// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/credentials.h"

#include <openssl/err.h>

#include <algorithm>

#include "base/text.h"
#include "base/time_text.h"
#include "base/user_error.h"
#include "transport/tls/certificate.h"
#include "transport/tls/pem.h"
#include "transport/tls/process_end.h"

namespace gnatter::transport::tls {
namespace {

using base::UserError;

/// "The certificate FILE (CN=alice)".
std::string own_subject(const TlsPlan& plan, const Certificate& certificate) {
  return "Your certificate " + base::safe_text(plan.certificate.string()) + " (" +
         base::safe_text(certificate.subject) + ')';
}

/// A self-signed one is taken too: it may be the broker's own.
bool can_be_trusted(const X509Ptr& certificate) {
  return X509_check_ca(certificate.get()) != 0 || X509_self_signed(certificate.get(), 0) == 1;
}

std::vector<X509Ptr> read_authorities(const TlsPlan& plan) {
  const PemFile file(plan.ca_file, Role::authorities);
  auto found = file.certificates();
  if (std::none_of(found.begin(), found.end(), can_be_trusted)) {
    const Certificate first = describe(*found.front());
    throw UserError(file.subject() + " holds no certificate of a CA, only that of " +
                    base::safe_text(first.subject) + ". --cafile FILE names the one of its issuer, " +
                    base::safe_text(first.issuer) + '.');
  }
  return found;
}

void check_validity(const TlsPlan& plan, const Certificate& certificate) {
  const base::Time now = base::now();
  const auto told = [now](base::Time time) {
    return base::local_date(time) + ", " + base::days_from(now, time);
  };
  const std::string subject = own_subject(plan, certificate);
  if (now > certificate.not_after)
    throw UserError(subject + " expired on " + told(certificate.not_after) + ". Your CA must renew it.");
  if (now < certificate.not_before)
    throw UserError(subject + " begins to be valid on " + told(certificate.not_before) +
                    ". Is this machine's clock right?");
}

void check_strength(const EVP_PKEY& key, const std::string& subject) {
  const int type = EVP_PKEY_get_base_id(&key);
  const bool is_rsa = type == EVP_PKEY_RSA || type == EVP_PKEY_RSA_PSS;
  const int least = is_rsa ? 2048 : type == EVP_PKEY_EC ? 224 : 0;
  if (EVP_PKEY_get_bits(&key) >= least) return;
  throw UserError(subject + " has a key that is too short: " + key_words(key) + ", and " +
                  (is_rsa ? "RSA needs 2048" : "EC needs 224") +
                  " at the least. Make a new key, and have it signed anew.");
}

void check_own(const TlsPlan& plan, const Credentials& credentials) {
  const X509* own = credentials.own.front().get();
  const Certificate certificate = describe(*own);
  const EVP_PKEY* key = X509_get0_pubkey(own);
  if (!key)
    throw UserError(own_subject(plan, certificate) + " holds a key of a kind that OpenSSL does not know.");
  check_validity(plan, certificate);
  check_strength(*key, own_subject(plan, certificate));
  ERR_clear_error();
  const bool fits = X509_check_private_key(own, credentials.key.get()) == 1;
  ERR_clear_error();
  if (!fits)
    throw UserError("The key " + base::safe_text(plan.key.string()) + " does not belong to the certificate " +
                    base::safe_text(plan.certificate.string()) + " (" + base::safe_text(certificate.subject) +
                    "). --key FILE names the one that it was made with.");
}

ContextPtr new_context() {
  keep_openssl_to_the_end();
  ERR_clear_error();
  ContextPtr context(SSL_CTX_new(TLS_client_method()));
  const auto errors = take_errors();
  if (!context)
    throw UserError("OpenSSL cannot speak TLS here" +
                    (errors.empty() ? "" : " (" + words_of(errors.front()) + ')') +
                    ". Is its configuration right, openssl.cnf?");
  // The system's configuration may want more than that, but not less.
  if (SSL_CTX_get_min_proto_version(context.get()) < TLS1_2_VERSION)
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
  return context;
}

void show(SSL_CTX* context, const TlsPlan& plan, const Credentials& credentials) {
  ERR_clear_error();
  bool taken = SSL_CTX_use_certificate(context, credentials.own.front().get()) == 1 &&
               SSL_CTX_use_PrivateKey(context, credentials.key.get()) == 1;
  for (std::size_t i = 1; taken && i < credentials.own.size(); ++i)
    taken = SSL_CTX_add1_chain_cert(context, credentials.own[i].get()) == 1;
  const auto errors = take_errors();
  if (!taken)
    throw UserError(own_subject(plan, describe(*credentials.own.front())) +
                    " is refused by OpenSSL: " + (errors.empty() ? "unknown" : words_of(errors.front())) +
                    ". Make a new key, and have it signed anew.");
}

}  // namespace

Credentials read_credentials(const TlsPlan& plan) {
  Credentials credentials;
  credentials.authorities = read_authorities(plan);
  if (plan.certificate.empty()) return credentials;
  credentials.own = PemFile(plan.certificate, Role::certificate).certificates();
  credentials.key = PemFile(plan.key, Role::key).private_key(plan.key_password);
  check_own(plan, credentials);
  return credentials;
}

ContextPtr client_context(const TlsPlan& plan, const Credentials& credentials) {
  ContextPtr context = new_context();
  for (const X509Ptr& authority : credentials.authorities)
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority.get());
  if (!credentials.own.empty()) show(context.get(), plan, credentials);
  return context;
}

ContextPtr bare_context() {
  return new_context();
}

}  // namespace gnatter::transport::tls
