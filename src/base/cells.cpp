// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/cells.h"

#include <langinfo.h>
#include <stdlib.h>
#include <utf8proc.h>
#include <wchar.h>

#include <algorithm>
#include <cctype>
#include <clocale>
#include <cstdlib>
#include <string>

#include "gnatter/utf8.h"

namespace gnatter::base {
namespace {

/// A cluster of many wide code points is still one place on the screen; no real one passes this.
constexpr int widest_cluster = 16;
constexpr std::size_t longest_cluster = 64;
constexpr char32_t variation_selector_16 = 0xFE0F;

int width_of(char32_t point) {
  return std::max(0, ::wcwidth(static_cast<wchar_t>(point)));
}

/// One that is named but not installed says what the terminal takes all the same.
bool names_utf8(std::string locale) {
  std::transform(locale.begin(), locale.end(), locale.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return locale.find(".utf-8") != locale.npos || locale.find(".utf8") != locale.npos;
}

}  // namespace

std::string named_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const char* value = std::getenv(name); value && *value) return value;
  return {};
}

bool use_utf8_locale() {
  const bool known = std::setlocale(LC_CTYPE, "") != nullptr;
  if (known && std::string_view(::nl_langinfo(CODESET)) == "UTF-8") return true;
  const bool utf8 = !known && names_utf8(named_locale());
  std::setlocale(LC_CTYPE, "C.UTF-8");
  ::setenv("LC_ALL", "C.UTF-8", 1);  // readline sets the locale anew by the environment, with every line
  return utf8;
}

Cluster first_cluster(std::string_view text) {
  if (const auto lead = static_cast<unsigned char>(text.front());
      lead < 0x80 && (text.size() == 1 || static_cast<unsigned char>(text[1]) < 0x80))
    return {text.substr(0, 1), lead >= 0x20 && lead != 0x7F ? 1 : 0, true};
  std::size_t size = 0;
  Cluster cluster;
  int spacing_points = 0;
  utf8proc_int32_t state = 0;
  for (char32_t before = 0; size < text.size();) {
    utf8::CodePoint point = utf8::decode(text.substr(size));
    if (point.length == 0) point = {0xFFFD, 1};
    if (size > 0 && utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before),
                                                     static_cast<utf8proc_int32_t>(point.value), &state))
      break;
    const int width = width_of(point.value);
    if (cluster.cells + width > widest_cluster || size + point.length > longest_cluster) break;
    cluster.cells += width;
    spacing_points += width > 0;
    if (point.value == variation_selector_16) cluster.certain = false;
    before = point.value;
    size += point.length;
  }
  if (spacing_points > 1) cluster.certain = false;
  cluster.bytes = text.substr(0, size);
  return cluster;
}

int cells(std::string_view text) {
  int sum = 0;
  while (!text.empty()) {
    const Cluster cluster = first_cluster(text);
    sum += cluster.cells;
    text.remove_prefix(cluster.bytes.size());
  }
  return sum;
}

std::string_view fitting(std::string_view text, int cells) {
  std::size_t size = 0;
  while (size < text.size()) {
    const Cluster cluster = first_cluster(text.substr(size));
    cells -= cluster.cells;
    if (cells < 0) break;
    size += cluster.bytes.size();
  }
  return text.substr(0, size);
}

std::string cut(std::string_view text, int cells, std::string_view ellipsis) {
  const std::string_view whole = fitting(text, cells);
  if (whole.size() == text.size()) return std::string(text);
  return cells > 0 ? std::string(fitting(text, cells - 1)) + std::string(ellipsis) : std::string();
}

}  // namespace gnatter::base
