// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include <string>

namespace gnatter::ui {

/// What readline would print to standard error while it lives; glibc's `stderr` is a variable.
class CaughtErrors {
 public:
  CaughtErrors() : stream_(::open_memstream(&bytes_, &size_)), before_(stderr) {
    if (stream_) stderr = stream_;
  }
  CaughtErrors(const CaughtErrors&) = delete;
  CaughtErrors& operator=(const CaughtErrors&) = delete;
  ~CaughtErrors() {
    stderr = before_;
    if (stream_) ::fclose(stream_);
    ::free(bytes_);
  }
  [[nodiscard]] std::string text() const {
    if (!stream_) return {};
    ::fflush(stream_);
    return std::string(bytes_, size_);
  }

 private:
  char* bytes_ = nullptr;
  std::size_t size_ = 0;
  FILE* stream_;
  FILE* before_;
};

}  // namespace gnatter::ui
