// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/verdict.h"

#include <algorithm>
#include <stdexcept>

#include "transport/tls/certificate.h"
#include "transport/tls/host.h"

namespace gnatter::transport::tls {
namespace {

using Reason = Failure::Reason;

Reason reason_of(int code) {
  switch (code) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:  // a CA of the same name, with another key
      return Reason::untrusted;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Reason::expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Reason::not_yet_valid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return Reason::wrong_name;
    default:
      return Reason::bad_certificate;
  }
}

int weight(int code) {
  switch (reason_of(code)) {
    case Reason::untrusted:
      return 3;
    case Reason::expired:
    case Reason::not_yet_valid:
      return 2;
    case Reason::wrong_name:
      return 1;
    default:
      return 0;
  }
}

/// The mistake behind a wrong address: it stands among the names, where it does not count (RFC 6125, 1.7.2).
bool is_among_names(X509_STORE_CTX* store) {
  char* address = X509_VERIFY_PARAM_get1_ip_asc(X509_STORE_CTX_get0_param(store));
  const bool found = address && X509_check_host(X509_STORE_CTX_get0_cert(store), address, 0, 0, nullptr) == 1;
  OPENSSL_free(address);
  return found;
}

std::string words_of(int code, X509_STORE_CTX* store) {
  if (code == X509_V_ERR_IP_ADDRESS_MISMATCH && is_among_names(store))
    return "it stands in it as a name, not as an address";
  if (reason_of(code) == Reason::wrong_name) return {};
  return X509_verify_cert_error_string(code);
}

X509Ptr copy_of(X509* certificate) {
  if (certificate) X509_up_ref(certificate);
  return X509Ptr(certificate);
}

}  // namespace

void Verdict::judge_for(SSL_CTX* context) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context, verify, this);
  SSL_CTX_set_app_data(context, this);
}

void Verdict::expect(SSL* ssl, const std::string& host) {
  X509_VERIFY_PARAM* const rules = SSL_get0_param(ssl);
  X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  const std::string name = without_zone(host);
  // An empty name would switch the comparison off.
  const bool set =
      !name.empty() && (is_address(name) ? X509_VERIFY_PARAM_set1_ip_asc(rules, name.c_str()) == 1
                                         : X509_VERIFY_PARAM_set1_host(rules, name.data(), name.size()) == 1);
  if (!set) throw std::invalid_argument("no host name to compare a certificate with");
}

int Verdict::verify(X509_STORE_CTX* store, void* self) {
  // Nothing may be thrown through OpenSSL.
  try {
    return static_cast<Verdict*>(self)->judge(store);
  } catch (...) {
    static_cast<Verdict*>(self)->is_bad_ = true;
    X509_STORE_CTX_set_error(store, X509_V_ERR_OUT_OF_MEM);
    return 0;
  }
}

int Verdict::remember(int is_good, X509_STORE_CTX* store) {
  if (is_good == 1) return 1;
  auto* const ssl =
      static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* const self = static_cast<Verdict*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  try {
    self->errors_.push_back(
        {X509_STORE_CTX_get_error(store), copy_of(X509_STORE_CTX_get_current_cert(store))});
    return 1;  // go on: what comes may be more telling. judge() refuses in the end
  } catch (...) {
    return 0;
  }
}

int Verdict::judge(X509_STORE_CTX* store) {
  keep_chain(store);
  X509_STORE_CTX_set_verify_cb(store, remember);
  const bool is_good = X509_verify_cert(store) == 1;
  if (is_good && errors_.empty()) return 1;
  is_bad_ = true;
  if (errors_.empty()) errors_.push_back({X509_STORE_CTX_get_error(store), nullptr});
  const auto worst = std::max_element(
      errors_.begin(), errors_.end(),
      [](const Error& one, const Error& other) { return weight(one.code) < weight(other.code); });
  failure_.reason = reason_of(worst->code);
  failure_.detail = words_of(worst->code, store);
  failure_.certificate = place_of(worst->certificate.get());
  X509_STORE_CTX_set_error(store, worst->code);
  return 0;
}

void Verdict::keep_chain(X509_STORE_CTX* store) {
  const STACK_OF(X509)* const sent = X509_STORE_CTX_get0_untrusted(store);
  for (int i = 0; i < sk_X509_num(sent) && i < longest_chain; ++i) {
    sent_.push_back(copy_of(sk_X509_value(sent, i)));
    chain_.push_back(describe(*sent_.back()));
  }
}

std::size_t Verdict::place_of(const X509* certificate) {
  if (!certificate) return 0;
  const auto same = [&](const X509Ptr& one) { return X509_cmp(one.get(), certificate) == 0; };
  const auto found = std::find_if(sent_.begin(), sent_.end(), same);
  if (found != sent_.end()) return static_cast<std::size_t>(found - sent_.begin());
  if (chain_.size() >= longest_chain) chain_.pop_back();
  chain_.push_back(describe(*certificate));
  return chain_.size() - 1;
}

}  // namespace gnatter::transport::tls
