// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/buffer.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace gnatter::chat {
namespace {

constexpr std::size_t most_speakers = 500;
constexpr auto lately = std::chrono::days(7);

}  // namespace

Buffer::Buffer(BufferKind kind, std::string name, Limits limits)
    : kind_(kind), name_(std::move(name)), limits_(limits) {}

LineChunk& Buffer::chunk_for(const Line& line) {
  if (!chunks_.empty() && chunks_.back().has_room_for(line)) return chunks_.back();
  if (!chunks_.empty()) {
    chunks_.back().close();
    bytes_ += chunks_.back().bytes();
  }
  chunks_.emplace_back(next_);
  drop_old_chunks();
  return chunks_.back();
}

void Buffer::drop_old_chunks() {
  const auto most = static_cast<LineNumber>(limits_.lines);
  while (chunks_.size() > 1 && (next_ - chunks_[1].first() >= most || bytes_ > limits_.bytes)) {
    drop_past();
    bytes_ -= chunks_.front().bytes();
    chunks_.pop_front();
    rewritten_.erase(rewritten_.begin(), rewritten_.lower_bound(chunks_.front().first()));
  }
}

void Buffer::drop_past() {
  past_.clear();
  past_bytes_ = 0;
}

LineNumber Buffer::append(const Line& line) {
  chunk_for(line).add(line);
  const LineNumber number = next_++;
  if (!line.sender.empty()) note_speaker(line.sender, line.time);
  appended.emit(read(number));
  return number;
}

/// How many of the latest.
std::size_t Buffer::past_room_for(std::span<const Line> lines) const {
  auto count = static_cast<std::size_t>(first_appended() - first());
  std::size_t bytes = past_bytes_, room = 0;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line, ++room) {
    bytes += LineChunk::size_of(*line);
    if (++count > limits_.past_lines || bytes > limits_.past_bytes) break;
  }
  return room;
}

std::size_t Buffer::prepend(std::span<const Line> lines) {
  lines = lines.last(past_room_for(lines));
  if (lines.empty()) return 0;
  std::vector<LineChunk> chunks;
  LineNumber number = first() - static_cast<LineNumber>(lines.size());
  for (Line line : lines) {
    line.state = SendState::none;
    line.id.reset();
    if (chunks.empty() || !chunks.back().has_room_for(line)) chunks.emplace_back(number);
    chunks.back().add(line);
    ++number;
  }
  for (LineChunk& chunk : chunks) {
    chunk.close();
    past_bytes_ += chunk.bytes();
  }
  past_.insert(past_.begin(), std::make_move_iterator(chunks.begin()), std::make_move_iterator(chunks.end()));
  note_past_speakers(lines);
  prepended.emit();
  return lines.size();
}

LineNumber Buffer::print(LineKind kind, std::string_view sentence) {
  const std::string safe = base::safe_text(sentence);
  Line line;
  line.time = base::now();
  line.kind = kind;
  line.text = safe;
  return append(line);
}

const LineChunk& Buffer::chunk_of(LineNumber number) const {
  const auto& chunks = number < first_appended() ? past_ : chunks_;
  const auto after = std::upper_bound(chunks.begin(), chunks.end(), number,
                                      [](LineNumber n, const LineChunk& chunk) { return n < chunk.first(); });
  return *std::prev(after);
}

/// One that is there.
Line Buffer::read(LineNumber number) const {
  Line line = chunk_of(number).line(number);
  line.past = number < first_appended();
  if (const auto rewritten = rewritten_.find(number); rewritten != rewritten_.end())
    line.text = rewritten->second;
  return line;
}

std::optional<Line> Buffer::line(LineNumber number) const {
  if (number < first() || number >= next_) return std::nullopt;
  return read(number);
}

void Buffer::set_state(LineNumber number, SendState state) {
  if (!is_appended(number)) return;
  const_cast<LineChunk&>(chunk_of(number)).set_state(number, state);
  changed.emit(read(number));
}

void Buffer::rewrite(LineNumber number, std::string_view sentence) {
  if (!is_appended(number)) return;
  rewritten_[number] = base::safe_text(sentence);
  changed.emit(read(number));
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

void Buffer::note_past_speakers(std::span<const Line> lines) {
  const base::Time now = base::now();
  for (auto line = lines.rbegin(); line != lines.rend() && speakers_.size() < most_speakers; ++line) {
    if (line->sender.empty() || now - line->time >= lately) continue;
    const bool known = std::any_of(speakers_.begin(), speakers_.end(),
                                   [&](const Speaker& speaker) { return speaker.name == line->sender; });
    if (!known) speakers_.push_back({std::string(line->sender), std::min(line->time, now)});
  }
}

}  // namespace gnatter::chat
