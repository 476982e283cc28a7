// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/line_chunk.h"

#include <array>
#include <cstring>

namespace gnatter::chat {
namespace {

constexpr std::size_t full_bytes = 64 * 1024;

std::string_view kept_sender(const Line& line) {
  return line.sender.substr(0, 255);
}

}  // namespace

/// In front of each line's text, unaligned: copied in and out.
struct LineChunk::Header {
  std::int64_t time;
  std::uint32_t text_size;
  std::uint32_t sender_at;
  std::uint8_t sender_size;
  LineKind kind;
  SendState state;
  std::uint8_t has_id;
  std::uint8_t retained;
  std::array<std::uint8_t, 16> id;
};

std::size_t LineChunk::size_of(const Line& line) {
  return sizeof(Header) + kept_sender(line).size() + line.text.size();
}

bool LineChunk::has_room_for(const Line& line) const {
  return offsets_.empty() || bytes_.size() + size_of(line) <= full_bytes;
}

std::uint32_t LineChunk::sender_offset(std::string_view sender) {
  const auto [entry, fresh] = senders_.try_emplace(std::string(sender), 0);
  if (fresh) {
    entry->second = static_cast<std::uint32_t>(bytes_.size());
    bytes_ += sender;
  }
  return entry->second;
}

void LineChunk::add(const Line& line) {
  const std::string_view sender = kept_sender(line);
  Header header{};
  header.time = line.time.time_since_epoch().count();
  header.text_size = static_cast<std::uint32_t>(line.text.size());
  header.sender_at = sender_offset(sender);
  header.sender_size = static_cast<std::uint8_t>(sender.size());
  header.kind = line.kind;
  header.state = line.state;
  header.has_id = line.id.has_value();
  header.retained = line.retained;
  if (line.id) header.id = line.id->bytes;
  offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  bytes_.append(reinterpret_cast<const char*>(&header), sizeof header);
  bytes_ += line.text;
}

void LineChunk::close() {
  bytes_.shrink_to_fit();
  offsets_.shrink_to_fit();
  senders_ = {};
}

Line LineChunk::line(LineNumber number) const {
  const std::size_t at = offset(number);
  Header header;
  std::memcpy(&header, bytes_.data() + at, sizeof header);
  Line line;
  line.number = number;
  line.time = base::Time(std::chrono::milliseconds(header.time));
  line.kind = header.kind;
  line.state = header.state;
  line.retained = header.retained != 0;
  line.sender = std::string_view(bytes_).substr(header.sender_at, header.sender_size);
  line.text = std::string_view(bytes_).substr(at + sizeof header, header.text_size);
  if (header.has_id) line.id = protocol::Ulid{header.id};
  return line;
}

void LineChunk::set_state(LineNumber number, SendState state) {
  bytes_[offset(number) + offsetof(Header, state)] = static_cast<char>(state);
}

}  // namespace gnatter::chat
