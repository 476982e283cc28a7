// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <MQTTAsync.h>

namespace gnatter::transport {

/// A client of the Paho library that never connects. While there is one, the library keeps its two threads:
/// else the destruction of the last client stops them, which takes it a second, and the next connect() starts
/// them anew. With a fresh client for every attempt that second would be paid at each. The worker's thread
/// owns it.
class LibraryHold {
 public:
  LibraryHold();
  LibraryHold(const LibraryHold&) = delete;
  LibraryHold& operator=(const LibraryHold&) = delete;
  ~LibraryHold();

 private:
  MQTTAsync handle_ = nullptr;
};

}  // namespace gnatter::transport
