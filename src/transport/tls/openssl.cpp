// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/openssl.h"

#include <openssl/err.h>

#include <cstring>

namespace gnatter::transport::tls {

std::vector<unsigned long> take_errors() {
  std::vector<unsigned long> errors;
  while (const unsigned long error = ERR_get_error()) errors.push_back(error);
  return errors;
}

std::string words_of(unsigned long error) {
  if (ERR_SYSTEM_ERROR(error)) return std::strerror(ERR_GET_REASON(error));
  const char* reason = ERR_reason_error_string(error);
  return reason ? reason : "error " + std::to_string(ERR_GET_REASON(error));
}

}  // namespace gnatter::transport::tls
