// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace gnatter::app {

/// All bytes of a configuration file. Throws base::UserError naming the file: it is not there, no file, not
/// to be read, or has more than 256 KiB. A FIFO is refused, not waited for.
std::string read_config_text(const std::filesystem::path& file);

/// Throws base::UserError ("FILE:LINE: …") for what is no text that a configuration could have: bytes that
/// are no UTF-8, control characters, tables in tables without end. `text`: without a byte order mark.
void check_config_text(std::string_view text, const std::filesystem::path& file);

/// How many bytes of a byte order mark it begins with.
std::size_t byte_order_mark_of(std::string_view text);

}  // namespace gnatter::app
