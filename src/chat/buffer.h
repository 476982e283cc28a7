// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/signal.h"
#include "chat/line.h"

namespace gnatter::chat {

/// What a window is about; one of a plugin is whatever the plugin writes into it, and nobody's to talk to.
enum class BufferKind { network, group, direct, plugin };

/// Whether there is somebody to talk to.
constexpr bool is_conversation(BufferKind kind) {
  return kind == BufferKind::group || kind == BufferKind::direct;
}

/// The lines of one window, packed: chunks of bytes, a sender's name once a chunk. The oldest chunk goes when
/// the limits are passed, so memory is bounded whatever arrives. One thread.
class Buffer {
 public:
  struct Limits {
    std::size_t lines = 4096;
    std::size_t bytes = std::size_t{16} << 20;
  };

  Buffer(BufferKind kind, std::string name, Limits limits);
  Buffer(BufferKind kind, std::string name) : Buffer(kind, std::move(name), Limits()) {}

  [[nodiscard]] BufferKind kind() const { return kind_; }
  /// The network's, group's or user's name, without "#"; what the plugin calls its window, safe and one row.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// As the user writes it: "#dev", "bob".
  [[nodiscard]] std::string shown_name() const { return kind_ == BufferKind::group ? '#' + name_ : name_; }

  /// Takes over everything but the number, which it returns; `line.text` and `line.sender` must be safe to
  /// show.
  LineNumber append(const Line& line);
  /// A sentence of the client's own, made safe to show.
  LineNumber print(LineKind kind, std::string_view sentence);
  /// Does nothing when the line has gone.
  void set_state(LineNumber number, SendState state);
  /// Another sentence in the place of one that was printed, made safe to show. Does nothing when the line has
  /// gone.
  void rewrite(LineNumber number, std::string_view sentence);

  /// Lines before this one are out of sight until they are scrolled to (/clear); they stay.
  void hide_before(LineNumber number);
  [[nodiscard]] LineNumber hidden_before() const { return hidden_before_; }

  /// Lines first() to end()-1 are there.
  [[nodiscard]] LineNumber first() const { return chunks_.empty() ? next_ : chunks_.front().first; }
  [[nodiscard]] LineNumber end() const { return next_; }
  [[nodiscard]] std::optional<Line> line(LineNumber number) const;

  /// Who wrote here, the latest first; the latest 500.
  struct Speaker {
    std::string name;
    base::Time last;
  };
  [[nodiscard]] const std::vector<Speaker>& speakers() const { return speakers_; }

  /// A line was appended; the state or text of one changed.
  base::Signal<const Line&> appended;
  base::Signal<const Line&> changed;
  /// hide_before().
  base::Signal<> cleared;

 private:
  struct Header;
  struct Chunk {
    LineNumber first = 0;
    std::string bytes;
    std::vector<std::uint32_t> offsets;
  };
  Chunk& chunk_for(std::size_t size);
  const Chunk* chunk_of(LineNumber number) const;
  [[nodiscard]] Line read(const Chunk& chunk, LineNumber number) const;
  std::uint32_t sender_offset(Chunk& chunk, std::string_view sender);
  void drop_old_chunks();
  void note_speaker(std::string_view name, base::Time time);

  const BufferKind kind_;
  const std::string name_;
  const Limits limits_;
  std::deque<Chunk> chunks_;
  std::unordered_map<std::string, std::uint32_t> senders_;  // of the newest chunk
  std::map<LineNumber, std::string> rewritten_;             // few: instead of the text in the chunk
  std::vector<Speaker> speakers_;
  std::size_t bytes_ = 0;  // of all chunks but the newest
  LineNumber next_ = 0;
  LineNumber hidden_before_ = 0;
};

}  // namespace gnatter::chat
