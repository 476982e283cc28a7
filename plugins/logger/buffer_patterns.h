// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace logger {

/// Whether the patterns take in a conversation, named as the user writes it ("#dev", "bob"). Commas stand
/// between patterns; in each `*` is any text and `?` one byte; one with a slash is for one network
/// ("home/#dev"), `!` before it leaves out. The last that fits decides; when the first one leaves out, all
/// others are in:
///
///     *            everything              !#noise, !eve      everything but these two
///     home/*, bob  one network, and bob    *, !home/*, home/bob
bool takes_in(std::string_view patterns, std::string_view network, std::string_view conversation);

}  // namespace logger
