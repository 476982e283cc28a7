// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/child.h"
#include "support/openssl_certificates.h"
#include "support/tcp.h"

namespace gnatter::testing {

/// `openssl s_server` on loopback with NAME.crt and NAME.key.
class TlsServer {
 public:
  /// `more` are words of s_server's; files are looked for among the certificates.
  TlsServer(const Certificates& certificates, const std::string& name,
            const std::vector<std::string>& more = {})
      : certificates_(certificates),
        port_(free_port()),
        mark_("server-" + std::to_string(port_)),
        child_(words(name, more), {.folder = certificates.path(""),
                                   .output = certificates.path(mark_ + ".out"),
                                   .errors = certificates.path(mark_ + ".err")}) {
    for (int tries = 0; tries < 1000 && !child_.has_ended(); ++tries) {
      if (connect_to(port_)) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    throw std::runtime_error("openssl s_server does not accept connections: " +
                             certificates_.read(mark_ + ".err"));
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// What clients have sent it behind their handshakes.
  [[nodiscard]] std::string received() const { return certificates_.read(mark_ + ".out"); }

 private:
  std::vector<std::string> words(const std::string& name, const std::vector<std::string>& more) const {
    std::vector<std::string> all{
        "openssl", "s_server",    "-quiet", "-accept",    "127.0.0.1:" + std::to_string(port_),
        "-cert",   name + ".crt", "-key",   name + ".key"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  const Certificates& certificates_;
  const std::uint16_t port_;
  const std::string mark_;
  Child child_;
};

}  // namespace gnatter::testing
