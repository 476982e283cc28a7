// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/alerts.h"

#include <openssl/ssl.h>

namespace gnatter::transport::tls {

std::string alert_words(int alert) {
  switch (alert) {
    case TLS1_AD_UNKNOWN_CA:
      return "unknown CA";
    case SSL3_AD_CERTIFICATE_EXPIRED:
      return "expired";
    case SSL3_AD_CERTIFICATE_REVOKED:
      return "revoked";
    case SSL3_AD_BAD_CERTIFICATE:
      return "bad certificate";
    case SSL3_AD_UNSUPPORTED_CERTIFICATE:
      return "not made for this use";
    case TLS1_AD_ACCESS_DENIED:
      return "access denied";
    case TLS1_AD_DECRYPT_ERROR:
      return "wrong signature";
    case TLS13_AD_CERTIFICATE_REQUIRED:
      return "certificate required";
    default:
      return SSL_alert_desc_string_long(alert);
  }
}

bool is_about_certificate(int alert) {
  switch (alert) {
    case SSL3_AD_HANDSHAKE_FAILURE:
    case SSL3_AD_NO_CERTIFICATE:
    case SSL3_AD_BAD_CERTIFICATE:
    case SSL3_AD_UNSUPPORTED_CERTIFICATE:
    case SSL3_AD_CERTIFICATE_REVOKED:
    case SSL3_AD_CERTIFICATE_EXPIRED:
    case SSL3_AD_CERTIFICATE_UNKNOWN:
    case TLS1_AD_UNKNOWN_CA:
    case TLS1_AD_ACCESS_DENIED:
    case TLS1_AD_DECRYPT_ERROR:
    case TLS13_AD_CERTIFICATE_REQUIRED:
      return true;
    default:
      return false;
  }
}

bool is_about_versions(int alert) {
  return alert == TLS1_AD_PROTOCOL_VERSION || alert == SSL3_AD_HANDSHAKE_FAILURE ||
         alert == TLS1_AD_INSUFFICIENT_SECURITY;
}

}  // namespace gnatter::transport::tls
