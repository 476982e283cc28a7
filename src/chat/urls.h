// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace gnatter::chat {

/// The URLs (SCHEME://...) in a text, in order, as parts of it, without the punctuation that a sentence sets
/// around them. Linear in time.
std::vector<std::string_view> urls_in(std::string_view text);

}  // namespace gnatter::chat
