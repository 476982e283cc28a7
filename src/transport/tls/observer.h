// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "transport/tls/openssl.h"

namespace gnatter::transport::tls {

/// What the other side does meanwhile that no return value tells. Lives as long as the line it watches.
struct Observer {
  bool asked = false;        ///< for a certificate of ours
  bool ticket = false;       ///< it gave one for the next session, so it is content
  std::optional<int> alert;  ///< with which it has ended the line (RFC 8446, 6)

  /// Before the lines of `context` are made; they all need one then.
  static void prepare(SSL_CTX* context);
  void watch(SSL* ssl);
};

}  // namespace gnatter::transport::tls
