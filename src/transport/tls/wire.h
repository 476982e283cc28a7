// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "transport/tls/openssl.h"

namespace gnatter::transport::tls {

using Deadline = std::chrono::steady_clock::time_point;

/// Carries OpenSSL's bytes over a connected, non-blocking socket until a deadline. OpenSSL itself works in
/// memory, so that no SIGPIPE is raised and what came first can be looked at.
class Wire {
 public:
  enum class Stop {
    done,       ///< the operation came to its end
    failed,     ///< OpenSSL gave it up: what arrived, or what we make of it
    closed,     ///< the other side is gone, orderly or not
    timed_out,  ///< the deadline passed
  };

  Wire(SSL_CTX* context, int socket);

  /// Repeats `operation` (SSL_connect, SSL_read…), with what it sends and what arrives in between, for as
  /// long as it waits. The errors of a failed one are in last_errors().
  Stop run(const std::function<int(SSL*)>& operation, Deadline deadline);
  /// Sends what OpenSSL still has to say (an alert), as far as the socket takes it at once.
  void flush();

  /// Sends the first words of `operation` and looks at the first bytes of the answer.
  bool is_answered_in_tls(const std::function<int(SSL*)>& operation, Deadline deadline);

  [[nodiscard]] SSL* ssl() const { return ssl_.get(); }
  [[nodiscard]] const std::vector<unsigned long>& last_errors() const { return errors_; }
  [[nodiscard]] bool anything_came() const { return !first_bytes_.empty(); }
  /// Whether what came so far can be the beginning of a record of TLS (RFC 8446, 5.1) that answers a
  /// ClientHello: a handshake or an alert.
  [[nodiscard]] bool looks_like_tls() const;

 private:
  bool send(Deadline deadline);
  Stop receive(Deadline deadline);
  [[nodiscard]] bool wait(short events, Deadline deadline) const;

  const int socket_;
  SslPtr ssl_;
  std::string first_bytes_;
  std::string unsent_;
  bool cannot_send_ = false;
  std::vector<unsigned long> errors_;
};

}  // namespace gnatter::transport::tls
