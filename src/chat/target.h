// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "chat/buffer.h"

namespace gnatter::chat {

/// Where a line goes: a user or a group of one network, by its checked name.
struct Target {
  BufferKind kind = BufferKind::direct;  ///< group or direct
  std::string name;
  bool operator==(const Target&) const = default;
};

/// One word off the front of a line, with the quotes taken out: `bob`, `"Anna Lena"`, `#"ops team"`.
struct Word {
  std::string text;
  bool quoted = false;  ///< it had quotes: a name and nothing else
};

/// Takes the first word off `rest`, and the one blank after it. Inside quotes `\"` and `\\` stand for `"` and
/// `\`. An empty word: nothing was left. Throws base::UserError for a quote that does not end.
Word take_word(std::string_view& rest);

/// What the word means as a user or, with `#` in front, a group (`group_without_mark`: also without). Throws
/// base::UserError for a name that is not allowed (P11).
Target to_target(const Word& word, bool group_without_mark = false);

/// As to be written so that take_word() and to_target() give it back: quoted where there is a blank or quote
/// in it.
std::string written(const Target& target);

}  // namespace gnatter::chat
