// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <MQTTAsync.h>

#include <future>

#include "base/file_descriptor.h"

namespace gnatter::transport {

/// A client of the Paho library beside those that serve, whose broker is this object itself: a connection
/// over loopback to our own process. It is the way to wake the library's two threads, which else
///  - look whether a connect() has come through, or whether there is room for the rest of a large packet,
///  only once
///    a second: with another client idle a connection took 2 s and more. A byte on a socket of theirs wakes
///    them;
///  - let a request lie for a second when it comes just as the sending thread has looked for work and begins
///  to
///    wait, since nothing remembers the signal (one in some ten thousand). A further request wakes it;
///  - stop with the last client and start with the next, which at each attempt would take time as well.
///
/// Thread: the worker's. Nothing depends on it: where it cannot be set up, the library is slower, no more.
class LibraryHold {
 public:
  LibraryHold();
  LibraryHold(const LibraryHold&) = delete;
  LibraryHold& operator=(const LibraryHold&) = delete;
  ~LibraryHold();

  void wake();

 private:
  void connect();
  static void lost(void* self, char* cause);

  MQTTAsync handle_ = nullptr;
  base::FileDescriptor broker_;  // our end; none: not connected
  std::promise<void> gone_;      // when the client has seen our end close
};

}  // namespace gnatter::transport
