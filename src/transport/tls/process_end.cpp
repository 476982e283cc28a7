// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/process_end.h"

#include <openssl/crypto.h>

namespace gnatter::transport {

void keep_openssl_to_the_end() {
  // It fails without memory; then nothing else of OpenSSL works, and says so.
  static_cast<void>(OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr));
}

}  // namespace gnatter::transport
