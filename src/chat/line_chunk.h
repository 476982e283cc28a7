// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chat/line.h"

namespace gnatter::chat {

/// Lines that follow each other, packed one behind the other, a sender's name once. Grows at its end, to
/// about 64 KiB. One thread.
class LineChunk {
 public:
  explicit LineChunk(LineNumber first) : first_(first) {}

  /// Bytes that a line takes at most.
  [[nodiscard]] static std::size_t size_of(const Line& line);
  /// Always for a first line, whatever its size.
  [[nodiscard]] bool has_room_for(const Line& line) const;
  /// Takes over everything but number and `past`; of the sender 255 bytes.
  void add(const Line& line);
  /// Nothing more is added: gives back what was kept for that.
  void close();

  [[nodiscard]] LineNumber first() const { return first_; }
  [[nodiscard]] LineNumber end() const { return first_ + static_cast<LineNumber>(offsets_.size()); }
  [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }

  /// A line that is there. Valid until the chunk changes.
  [[nodiscard]] Line line(LineNumber number) const;
  void set_state(LineNumber number, SendState state);

 private:
  struct Header;
  [[nodiscard]] std::size_t offset(LineNumber number) const {
    return offsets_[static_cast<std::size_t>(number - first_)];
  }
  std::uint32_t sender_offset(std::string_view sender);

  LineNumber first_;
  std::string bytes_;
  std::vector<std::uint32_t> offsets_;
  std::unordered_map<std::string, std::uint32_t> senders_;  // until it is closed
};

}  // namespace gnatter::chat
