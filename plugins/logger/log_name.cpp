// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_name.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <iterator>

#include "gnatter/utf8.h"

namespace logger {
namespace {

/// Room for `.log`, a leading dot and the suffixes of files that stand beside a log, within 255 bytes.
constexpr std::size_t longest = 200;

std::string percent(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4], digits[byte & 0xF]};
  }
  return out;
}

/// Takes no room, or turns the writing around: `ls` would show one name as another. Unicode's
/// Default_Ignorable_Code_Point, and its separators of lines.
bool is_invisible(char32_t point) {
  struct Range {
    char32_t first, last;
  };
  static constexpr Range ranges[] = {
      {0xAD, 0xAD},       {0x34F, 0x34F},    {0x61C, 0x61C},   {0x115F, 0x1160}, {0x17B4, 0x17B5},
      {0x180B, 0x180F},   {0x200B, 0x200F},  {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},
      {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3},
      {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [point](const Range& range) { return point >= range.first && point <= range.last; });
}

bool is_harmless(char32_t point, bool first, bool last) {
  if (gnatter::utf8::is_control(point) || is_invisible(point) || point == '/' || point == '%') return false;
  if (first && (point == '.' || point == '-' || point == '#')) return false;
  return !((first || last) && gnatter::utf8::is_blank(point));
}

/// FNV-1a, 64 bits: the same in every build, since it stands in names of files.
std::string hash_of(std::string_view name) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

}  // namespace

std::string path_part(std::string_view name) {
  constexpr std::string_view suffix = ".log";
  std::string out, kept;
  for (std::string_view rest = name; !rest.empty();) {
    const auto point = gnatter::utf8::decode(rest);
    const std::string_view bytes = rest.substr(0, point.length == 0 ? 1 : point.length);
    const bool last = bytes.size() == rest.size();
    const bool stays =
        point.length != 0 && is_harmless(point.value, rest.size() == name.size(), last) && rest != suffix;
    out += stays ? std::string(bytes) : percent(bytes);
    if (out.size() <= longest - 18) kept = out;  // a percent sign, a dash and the hash
    rest.remove_prefix(bytes.size());
  }
  if (out.empty()) return "%";
  // A percent sign before anything but two digits stands for nothing else.
  return out.size() <= longest ? out : kept + "%-" + hash_of(name);
}

std::string path_part(const gnatter::Target& target) {
  if (target.kind == gnatter::Target::Kind::user) return path_part(std::string_view(target.name));
  // What is leading in a name is not so behind the "#".
  return '#' + path_part(std::string_view(target.name));
}

}  // namespace logger
