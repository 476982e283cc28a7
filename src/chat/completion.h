// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gnatter::chat {

class Client;

/// What Tab offers: bytes `from` to `to` of the line would be replaced by one of the candidates, the best
/// first. Each has what belongs behind it (a blank, ": "). None: nothing fits.
struct Completion {
  std::size_t from = 0;
  std::size_t to = 0;
  std::vector<std::string> candidates;
};

/// At byte `cursor` of `line`, typed in the current window: commands; a command's arguments by the words of
/// its usage (TARGET, USER, #GROUP, COMMAND, WINDOW, FILTER, TOPIC, SETTING, VALUE, a|b|c); in text the names
/// of who spoke here, the latest first, then who is here. Case does not matter.
Completion complete(const Client& client, std::string_view line, std::size_t cursor);

}  // namespace gnatter::chat
