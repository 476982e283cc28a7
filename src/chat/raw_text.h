// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gnatter::chat {

/// A payload as one row that is safe to show, of about 4 KiB at most, where its size is told when it is cut:
/// JSON without the blanks between its parts; text with its newlines and tabs visible; bytes that are no text
/// in hexadecimal, the first 32, with their number; "(empty)".
std::string raw_text(std::string_view payload);

/// A topic as one row that is safe to show, of 240 bytes at most: where it is longer an ellipsis stands for
/// its middle.
std::string shown_topic(std::string_view topic);

/// "9,812".
std::string grouped(std::size_t number);

}  // namespace gnatter::chat
