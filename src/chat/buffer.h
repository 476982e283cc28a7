// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/signal.h"
#include "chat/line.h"
#include "chat/line_chunk.h"

namespace gnatter::chat {

/// What a window is about. One of a topic shows what comes by a filter; one of a plugin is whatever the
/// plugin writes into it. Nobody is to talk to in these.
enum class BufferKind { network, group, direct, plugin, topic };

/// Whether there is somebody to talk to.
constexpr bool is_conversation(BufferKind kind) {
  return kind == BufferKind::group || kind == BufferKind::direct;
}

/// The lines of one window, in chunks. The oldest chunk goes when the limits are passed, so memory is bounded
/// whatever arrives. In front of what was appended may stand lines of the past, with limits of their own.
/// Between first() and end() nothing is missing. One thread.
class Buffer {
 public:
  struct Limits {
    std::size_t lines = 4096;
    std::size_t bytes = std::size_t{16} << 20;
    std::size_t past_lines = std::size_t{64} << 10;
    std::size_t past_bytes = std::size_t{16} << 20;
  };

  Buffer(BufferKind kind, std::string name, Limits limits);
  Buffer(BufferKind kind, std::string name) : Buffer(kind, std::move(name), Limits()) {}

  [[nodiscard]] BufferKind kind() const { return kind_; }
  /// The network's, group's or user's name, without "#"; the filter as it was typed; what the plugin calls
  /// its window, safe and one row.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// As the user writes it: "#dev", "bob".
  [[nodiscard]] std::string shown_name() const { return kind_ == BufferKind::group ? '#' + name_ : name_; }

  /// Takes over everything but the number, which it returns; `line.text` and `line.sender` must be safe to
  /// show.
  LineNumber append(const Line& line);
  /// Puts lines of the past, the oldest first and made safe to show, in front of all that are there: as many
  /// of the latest as there is room for. Returns how many; when lines that were appended go for want of room,
  /// all of these go first. Number, state and id are not taken over.
  std::size_t prepend(std::span<const Line> lines);
  /// A sentence of the client's own, made safe to show.
  LineNumber print(LineKind kind, std::string_view sentence);
  /// Does nothing when the line has gone, or is of the past.
  void set_state(LineNumber number, SendState state);
  /// Another sentence in the place of one that was printed, made safe to show. Does nothing when the line has
  /// gone, or is of the past.
  void rewrite(LineNumber number, std::string_view sentence);

  /// Lines before this one, those that are put in front of them too, are out of sight until they are scrolled
  /// to (/clear); they stay.
  void hide_before(LineNumber number);
  /// first() when nothing is hidden.
  [[nodiscard]] LineNumber hidden_before() const { return std::max(hidden_before_, first()); }

  /// Lines first() to end()-1 are there, those before first_appended() of the past.
  [[nodiscard]] LineNumber first() const { return past_.empty() ? first_appended() : past_.front().first(); }
  [[nodiscard]] LineNumber first_appended() const {
    return chunks_.empty() ? next_ : chunks_.front().first();
  }
  [[nodiscard]] LineNumber end() const { return next_; }
  [[nodiscard]] std::optional<Line> line(LineNumber number) const;

  /// Who wrote here, the latest first; the latest 500. Behind those whose lines were appended, who wrote in
  /// lines of the past that are no older than 7 days.
  struct Speaker {
    std::string name;
    base::Time last;
  };
  [[nodiscard]] const std::vector<Speaker>& speakers() const { return speakers_; }

  /// A line was appended; the state or text of one changed.
  base::Signal<const Line&> appended;
  base::Signal<const Line&> changed;
  /// Lines of the past came in front.
  base::Signal<> prepended;
  /// hide_before().
  base::Signal<> cleared;

 private:
  LineChunk& chunk_for(const Line& line);
  [[nodiscard]] bool is_appended(LineNumber number) const {
    return number >= first_appended() && number < next_;
  }
  [[nodiscard]] const LineChunk& chunk_of(LineNumber number) const;
  [[nodiscard]] Line read(LineNumber number) const;
  [[nodiscard]] std::size_t past_room_for(std::span<const Line> lines) const;
  void drop_old_chunks();
  void drop_past();
  void note_speaker(std::string_view name, base::Time time);
  void note_past_speakers(std::span<const Line> lines);

  const BufferKind kind_;
  const std::string name_;
  const Limits limits_;
  std::deque<LineChunk> past_, chunks_;
  std::map<LineNumber, std::string> rewritten_;  // few: instead of the text in the chunk
  std::vector<Speaker> speakers_;
  std::size_t bytes_ = 0;  // of all chunks but the newest
  std::size_t past_bytes_ = 0;
  LineNumber next_ = 0;
  LineNumber hidden_before_ = std::numeric_limits<LineNumber>::min();
};

}  // namespace gnatter::chat
