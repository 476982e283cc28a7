// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "transport/packets.h"

namespace gnatter::testing {

/// "3F:3F:…", of 32 pairs.
inline std::string fingerprint(const std::string& pair) {
  std::string text = pair;
  for (int i = 1; i < 32; ++i) text += ':' + pair;
  return text;
}

/// Of broker.example, by Foo CA, from a year ago for `left` more.
inline transport::Certificate broker_certificate(std::chrono::hours left = std::chrono::days(100)) {
  transport::Certificate certificate;
  certificate.subject = "CN=broker.example, O=Chat";
  certificate.issuer = "CN=Foo CA";
  certificate.common_name = "broker.example";
  certificate.names = {"broker.example", "localhost"};
  certificate.fingerprint = fingerprint("3F");
  certificate.key = "RSA 3072 bits";
  certificate.not_before = base::now() - std::chrono::days(365);
  certificate.not_after = base::now() + left;
  return certificate;
}

inline transport::Certificate ca_certificate(std::chrono::hours left = std::chrono::days(1000)) {
  transport::Certificate certificate = broker_certificate(left);
  certificate.subject = certificate.issuer = "CN=Foo CA";
  certificate.common_name = "Foo CA";
  certificate.names = {};
  certificate.fingerprint = fingerprint("CA");
  certificate.key = "EC P-256";
  return certificate;
}

/// `name`'s, by Chat CA.
inline transport::Certificate own_certificate(const std::string& name,
                                              std::chrono::hours left = std::chrono::days(100)) {
  transport::Certificate certificate = broker_certificate(left);
  certificate.subject = "CN=" + name;
  certificate.issuer = "CN=Chat CA";
  certificate.common_name = name;
  certificate.names = {name};
  certificate.fingerprint = fingerprint("A1");
  return certificate;
}

/// A handshake with broker.example that went well.
inline transport::TlsState tls_state() {
  transport::TlsState state;
  state.protocol = "TLS 1.3";
  state.cipher = "TLS_AES_256_GCM_SHA384";
  state.host = "broker.example";
  state.ca_file = "/etc/gnatter/mqtt_ca.crt";
  state.chain = {broker_certificate(), ca_certificate()};
  return state;
}

/// One that failed at the certificate of the chain's `index`.
inline transport::Failure tls_failure(transport::Failure::Reason reason, std::size_t index = 0,
                                      transport::TlsState state = tls_state()) {
  transport::Failure failure;
  failure.reason = reason;
  failure.tls = std::move(state);
  failure.certificate = index;
  return failure;
}

}  // namespace gnatter::testing
