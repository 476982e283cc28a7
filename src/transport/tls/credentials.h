// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "transport/tls.h"
#include "transport/tls/openssl.h"

namespace gnatter::transport::tls {

/// The files of a plan, read and found good.
struct Credentials {
  std::vector<X509Ptr> authorities;  ///< all of the CA file
  std::vector<X509Ptr> own;          ///< ours first, then its chain; empty: we show none
  KeyPtr key;                        ///< of own.front(); null where there is none
};

/// What check_tls_files() promises, and what it read.
Credentials read_credentials(const TlsPlan& plan);

/// A client's context that trusts the authorities alone, shows what is ours where it is asked for, and speaks
/// TLS 1.2 or newer. Throws base::UserError where OpenSSL does not take one of them.
ContextPtr client_context(const TlsPlan& plan, const Credentials& credentials);

/// One that trusts nobody.
ContextPtr bare_context();

}  // namespace gnatter::transport::tls
