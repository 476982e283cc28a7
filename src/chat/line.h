// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time_text.h"
#include "protocol/ulid.h"

namespace gnatter::chat {

enum class LineKind : std::uint8_t {
  message,
  action,
  notice,    ///< an automatic reply
  info,      ///< a sentence of the client's own
  error,     ///< trouble, in a sentence
  presence,  ///< who is here: a note that nobody has to read
  rule,      ///< a few words across the window
  raw,       ///< what came on a topic: its sender is the topic
};

/// What became of one's own line (C7). `none`: it is not ours.
enum class SendState : std::uint8_t { none, pending, sent, refused };

/// Counts from 0 in each buffer; no other line that was appended has it again there. Lines put in front of
/// the others count downwards from them, below 0 too.
using LineNumber = std::int64_t;

/// One line of a buffer. A view: valid during the call that hands it out, and until the buffer changes.
struct Line {
  LineNumber number = 0;
  base::Time time{};  ///< sent, where known, else arrived
  LineKind kind = LineKind::message;
  SendState state = SendState::none;
  std::string_view sender;  ///< empty where nobody speaks: info, error, presence, rule
  std::string_view text;    ///< safe to show (base::safe_text); of an action without "/me "
  std::optional<protocol::Ulid> id;
  bool retained = false;  ///< raw: the broker had kept it
  /// From the log: not new, never counted, without a state. The buffer knows it.
  bool past = false;
};

}  // namespace gnatter::chat
