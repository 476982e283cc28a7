// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "gnatter/utf8.h"

namespace gnatter::base {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

bool reorders_or_breaks_lines(char32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0x2028 ||
         point == 0x2029;
}

void append_control(std::string& out, char32_t point) {
  if (point == '\t' || point == '\n') {
    out += static_cast<char>(point);
  } else if (point < 0x20 || point == 0x7F) {  // U+2400 + point, and U+2421 for DEL
    out += "\xE2\x90";
    out += static_cast<char>(point == 0x7F ? 0xA1 : 0x80 + point);
  } else {
    out += replacement;
  }
}

}  // namespace

std::optional<std::string> to_nfc(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return std::nullopt;
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

std::string safe_text(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const utf8::CodePoint point = utf8::decode(bytes);
    if (point.length == 0) {
      out += replacement;
      bytes.remove_prefix(1);
      continue;
    }
    if (utf8::is_control(point.value))
      append_control(out, point.value);
    else if (reorders_or_breaks_lines(point.value))
      out += replacement;
    else
      out += bytes.substr(0, point.length);
    bytes.remove_prefix(point.length);
  }
  return out;
}

std::string safe_row(std::string_view bytes) {
  std::string safe = safe_text(bytes);
  std::replace_if(
      safe.begin(), safe.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return safe;
}

std::string escape_field(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  return out;
}

std::string unescape_field(std::string_view field) {
  std::string out;
  out.reserve(field.size());
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char next = field[i] == '\\' && i + 1 < field.size() ? field[i + 1] : '\0';
    if (next == 't' || next == 'n' || next == '\\') {
      out += next == 't' ? '\t' : next == 'n' ? '\n' : '\\';
      ++i;
    } else {
      out += field[i];
    }
  }
  return out;
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? singular : plural);
}

}  // namespace gnatter::base
