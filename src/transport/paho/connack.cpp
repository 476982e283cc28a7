// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/connack.h"

#include "transport/reason_text.h"

namespace gnatter::transport {
namespace {

using Reason = Failure::Reason;

Reason reason_of(int code) {
  switch (code) {
    case 0x86:
    case 4:
      return Reason::wrong_password;
    case 0x87:
    case 5:
      return Reason::not_authorized;
    case 0x85:
    case 2:
      return Reason::bad_client_id;
    default:
      return Reason::refused;
  }
}

}  // namespace

Failure failure_of_connack(int mqtt_version, int code) {
  // A server that knows only 3.1.1 answers with its own codes even to MQTT 5.
  const bool old_code = mqtt_version < 5 || code < 0x80;
  return {reason_of(code), code, old_code ? connect_return_text(code) : reason_text(code)};
}

}  // namespace gnatter::transport
