// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gnatter::base {

/// Puts `text` in the place of what is in `file`, which is made when missing, with mode 0600: even after a
/// power cut it is either as before or as now. A link is replaced, not followed. What stands beside it under
/// the same name and ".new" goes. Throws std::system_error naming the file.
void write_whole_file(const std::filesystem::path& file, std::string_view text);

/// All that is in `file`, which is no link and no device; nothing when there is no such file. Throws
/// std::system_error, EFBIG for one of more than `most` bytes.
std::optional<std::string> read_whole_file(const std::filesystem::path& file, std::size_t most);

}  // namespace gnatter::base
