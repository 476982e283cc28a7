// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Keys as people name them (Alt-A, Ctrl-N, PgUp, F5) and as an inputrc writes them ("\\ea", "\\C-n").
namespace gnatter::ui {

/// The name of what an inputrc writes so, several keys with commas between them: "Ctrl-X,Ctrl-R". A sequence
/// that no key is known to send stays as it is, in double quotes.
std::string key_name(std::string_view keys);
/// The names of several, each once.
std::string names_of_keys(const std::vector<std::string>& keys);

/// All that terminals send for the key of this name, as an inputrc writes it; empty: there is no such key.
/// In any case; also meta-x, ^x, c-x and m-x, pageup and the like. Alt-Shift-b is the capital letter.
std::vector<std::string> keys_named(std::string_view name);

}  // namespace gnatter::ui
