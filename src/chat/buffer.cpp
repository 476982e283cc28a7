// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/buffer.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace gnatter::chat {
namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;
constexpr std::size_t most_speakers = 500;

}  // namespace

/// In front of each line's text, unaligned: copied in and out.
struct Buffer::Header {
  std::int64_t time;
  std::uint32_t text_size;
  std::uint32_t sender_at;
  std::uint8_t sender_size;
  LineKind kind;
  SendState state;
  std::uint8_t has_id;
  std::array<std::uint8_t, 16> id;
};

Buffer::Buffer(BufferKind kind, std::string name, Limits limits)
    : kind_(kind), name_(std::move(name)), limits_(limits) {}

Buffer::Chunk& Buffer::chunk_for(std::size_t size) {
  const bool full =
      !chunks_.empty() && !chunks_.back().offsets.empty() && chunks_.back().bytes.size() + size > chunk_bytes;
  if (!chunks_.empty() && !full) return chunks_.back();
  if (full) {
    bytes_ += chunks_.back().bytes.size();
    chunks_.back().bytes.shrink_to_fit();
    chunks_.back().offsets.shrink_to_fit();
  }
  chunks_.push_back({next_, {}, {}});
  senders_.clear();
  drop_old_chunks();
  return chunks_.back();
}

void Buffer::drop_old_chunks() {
  while (chunks_.size() > 1 && (next_ - chunks_[1].first >= limits_.lines || bytes_ > limits_.bytes)) {
    bytes_ -= chunks_.front().bytes.size();
    chunks_.pop_front();
    rewritten_.erase(rewritten_.begin(), rewritten_.lower_bound(chunks_.front().first));
  }
}

std::uint32_t Buffer::sender_offset(Chunk& chunk, std::string_view sender) {
  const auto [entry, fresh] = senders_.try_emplace(std::string(sender), 0);
  if (fresh) {
    entry->second = static_cast<std::uint32_t>(chunk.bytes.size());
    chunk.bytes += sender;
  }
  return entry->second;
}

LineNumber Buffer::append(const Line& line) {
  const std::string_view sender = line.sender.substr(0, 255);
  Chunk& chunk = chunk_for(sizeof(Header) + sender.size() + line.text.size());
  Header header{};
  header.time = line.time.time_since_epoch().count();
  header.text_size = static_cast<std::uint32_t>(line.text.size());
  header.sender_at = sender_offset(chunk, sender);
  header.sender_size = static_cast<std::uint8_t>(sender.size());
  header.kind = line.kind;
  header.state = line.state;
  header.has_id = line.id.has_value();
  if (line.id) header.id = line.id->bytes;

  chunk.offsets.push_back(static_cast<std::uint32_t>(chunk.bytes.size()));
  chunk.bytes.append(reinterpret_cast<const char*>(&header), sizeof header);
  chunk.bytes += line.text;
  const LineNumber number = next_++;
  if (!sender.empty()) note_speaker(sender, line.time);
  appended.emit(read(chunk, number));
  return number;
}

LineNumber Buffer::print(LineKind kind, std::string_view sentence) {
  const std::string safe = base::safe_text(sentence);
  Line line;
  line.time = base::now();
  line.kind = kind;
  line.text = safe;
  return append(line);
}

const Buffer::Chunk* Buffer::chunk_of(LineNumber number) const {
  if (number < first() || number >= next_) return nullptr;
  const auto after = std::upper_bound(chunks_.begin(), chunks_.end(), number,
                                      [](LineNumber n, const Chunk& chunk) { return n < chunk.first; });
  return &*std::prev(after);
}

Line Buffer::read(const Chunk& chunk, LineNumber number) const {
  const std::size_t at = chunk.offsets[number - chunk.first];
  Header header;
  std::memcpy(&header, chunk.bytes.data() + at, sizeof header);
  Line line;
  line.number = number;
  line.time = base::Time(std::chrono::milliseconds(header.time));
  line.kind = header.kind;
  line.state = header.state;
  line.sender = std::string_view(chunk.bytes).substr(header.sender_at, header.sender_size);
  line.text = std::string_view(chunk.bytes).substr(at + sizeof header, header.text_size);
  if (const auto rewritten = rewritten_.find(number); rewritten != rewritten_.end())
    line.text = rewritten->second;
  if (header.has_id) line.id = protocol::Ulid{header.id};
  return line;
}

std::optional<Line> Buffer::line(LineNumber number) const {
  const Chunk* chunk = chunk_of(number);
  if (!chunk) return std::nullopt;
  return read(*chunk, number);
}

void Buffer::set_state(LineNumber number, SendState state) {
  auto* chunk = const_cast<Chunk*>(chunk_of(number));
  if (!chunk) return;
  const std::size_t at = chunk->offsets[number - chunk->first] + offsetof(Header, state);
  chunk->bytes[at] = static_cast<char>(state);
  changed.emit(read(*chunk, number));
}

void Buffer::rewrite(LineNumber number, std::string_view sentence) {
  const Chunk* chunk = chunk_of(number);
  if (!chunk) return;
  rewritten_[number] = base::safe_text(sentence);
  changed.emit(read(*chunk, number));
}

void Buffer::hide_before(LineNumber number) {
  hidden_before_ = std::min(number, next_);
  cleared.emit();
}

void Buffer::note_speaker(std::string_view name, base::Time time) {
  auto found = std::find_if(speakers_.begin(), speakers_.end(),
                            [&](const Speaker& speaker) { return speaker.name == name; });
  if (found == speakers_.end()) {
    if (speakers_.size() == most_speakers) speakers_.pop_back();
    found = speakers_.insert(speakers_.end(), Speaker{std::string(name), time});
  }
  found->last = std::max(found->last, time);
  std::rotate(speakers_.begin(), found, std::next(found));
}

}  // namespace gnatter::chat
