// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/urls.h"

#include <algorithm>

namespace gnatter::chat {
namespace {

constexpr std::string_view separator = "://";
constexpr std::size_t longest_scheme = 16;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_scheme(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}
bool is_url(char c) {
  return c > ' ' && c < 0x7F && std::string_view("<>\"`").find(c) == std::string_view::npos;
}

/// Where the scheme begins that ends at `end`; `end` itself: there is none.
std::size_t scheme_begin(std::string_view text, std::size_t end, std::size_t earliest) {
  std::size_t begin = end;
  while (begin > earliest && end - begin < longest_scheme && is_scheme(text[begin - 1])) --begin;
  while (begin < end && !is_letter(text[begin])) ++begin;
  return begin;
}

std::ptrdiff_t surplus(std::string_view url, char open, char close) {
  return std::count(url.begin(), url.end(), close) - std::count(url.begin(), url.end(), open);
}

/// A bracket at the end belongs to the URL when it was opened there.
std::string_view without_punctuation(std::string_view url) {
  std::ptrdiff_t round = surplus(url, '(', ')'), square = surplus(url, '[', ']');
  for (; !url.empty(); url.remove_suffix(1)) {
    const char last = url.back();
    const bool bracket = (last == ')' && round-- > 0) || (last == ']' && square-- > 0);
    if (!bracket && std::string_view(".,;:!?'*}").find(last) == std::string_view::npos) break;
  }
  return url;
}

}  // namespace

std::vector<std::string_view> urls_in(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t done = 0;
  for (std::size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator, done)) {
    const std::size_t begin = scheme_begin(text, at, done);
    done = at + separator.size();
    const std::size_t rest = done;
    if (begin == at) continue;
    while (done < text.size() && is_url(text[done])) ++done;
    if (without_punctuation(text.substr(rest, done - rest)).empty()) continue;
    found.push_back(without_punctuation(text.substr(begin, done - begin)));
  }
  return found;
}

}  // namespace gnatter::chat
