// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

#include "base/file_descriptor.h"

namespace gnatter::testing {

/// A pipe: what is tested has one end, blocking as a program's is, and the test the other, which never waits.
struct Pipe {
  enum class Ours { reader, writer };
  base::FileDescriptor reader, writer;

  explicit Pipe(Ours ours) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    ::fcntl(ends[ours == Ours::reader ? 0 : 1], F_SETFL, O_NONBLOCK);
    reader = base::FileDescriptor(ends[0]);
    writer = base::FileDescriptor(ends[1]);
  }

  /// How many bytes of `text` it took.
  std::size_t write(std::string_view text) const {
    const ssize_t count = ::write(writer.get(), text.data(), text.size());
    return count < 0 ? 0 : static_cast<std::size_t>(count);
  }
  /// What is there now, `most` bytes of it.
  [[nodiscard]] std::string read(std::size_t most = std::size_t{1} << 24) const {
    std::string all;
    std::array<char, 4096> bytes{};
    while (all.size() < most) {
      const ssize_t count = ::read(reader.get(), bytes.data(), std::min(bytes.size(), most - all.size()));
      if (count <= 0) break;
      all.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return all;
  }
};

}  // namespace gnatter::testing
