// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>

#include <array>
#include <chrono>
#include <string>

#include "support/openssl_certificates.h"
#include "support/tcp.h"
#include "support/tls_server.h"
#include "transport/tls/handshake.h"

namespace gnatter::testing {

/// A CA "ca", "broker" for localhost signed by it, and handshakes told in a word.
struct TlsFixture {
  TlsFixture() {
    certificates.make_ca("ca");
    certificates.sign("broker", "ca", {});
  }

  [[nodiscard]] transport::TlsPlan plan(const std::string& ca = "ca", const std::string& own = "") const {
    transport::TlsPlan out;
    out.ca_file = certificates.crt(ca);
    if (own.empty()) return out;
    out.certificate = certificates.crt(own);
    out.key = certificates.key(own);
    return out;
  }

  static transport::Handshake shake(std::uint16_t port, const std::string& host,
                                    const transport::TlsPlan& plan,
                                    std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    const auto socket = connect_to(port);
    ::fcntl(socket.get(), F_SETFL, O_NONBLOCK);
    return transport::shake_hands(socket.get(), host, plan, limit);
  }
  [[nodiscard]] transport::Handshake shake(std::uint16_t port, const std::string& host) const {
    return shake(port, host, plan());
  }

  /// "trusted", or the name of the failure's reason.
  static std::string told(const transport::Handshake& handshake) {
    constexpr std::array names{"unknown_host",      "no_resolver",
                               "nobody_listens",    "unreachable",
                               "not_mqtt",          "wrong_password",
                               "not_authorized",    "bad_client_id",
                               "refused",           "other",
                               "speaks_tls",        "tls_file",
                               "key_password",      "no_tls",
                               "no_common_tls",     "untrusted",
                               "expired",           "not_yet_valid",
                               "wrong_name",        "bad_certificate",
                               "wants_certificate", "refused_certificate"};
    static_assert(names.size() ==
                  static_cast<std::size_t>(transport::Failure::Reason::refused_certificate) + 1);
    return handshake.failure ? names.at(static_cast<std::size_t>(handshake.failure->reason)) : "trusted";
  }

  /// The chain's subjects: "CN=localhost; CN=ca, O=Chat".
  static std::string subjects(const transport::Handshake& handshake) {
    std::string text;
    for (const auto& certificate : handshake.state.chain)
      text += (text.empty() ? "" : "; ") + certificate.subject;
    return text;
  }

  Certificates certificates;
};

}  // namespace gnatter::testing
