// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gnatter::chat {

/// The one of `names` that `name` is most likely a misspelling of; empty: none is near enough to be a guess.
std::string nearest(std::string_view name, const std::vector<std::string>& names);

}  // namespace gnatter::chat
