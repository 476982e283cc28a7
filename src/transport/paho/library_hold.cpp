// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/library_hold.h"

namespace gnatter::transport {

LibraryHold::LibraryHold() {
  // Nothing depends on it: without the hold the library is slower to reconnect, no more.
  if (MQTTAsync_create(&handle_, "tcp://localhost", "gnatter", MQTTCLIENT_PERSISTENCE_NONE, nullptr) !=
      MQTTASYNC_SUCCESS)
    handle_ = nullptr;
}

LibraryHold::~LibraryHold() {
  if (handle_) MQTTAsync_destroy(&handle_);
}

}  // namespace gnatter::transport
