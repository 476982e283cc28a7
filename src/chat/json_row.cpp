// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/json_row.h"

#include <algorithm>
#include <utility>

namespace gnatter::chat {
namespace {

constexpr int most_levels = 64;

/// Takes the text apart from the front; each function is false where it is no JSON.
class Compactor {
 public:
  explicit Compactor(std::string_view text) : rest_(text) { out_.reserve(text.size()); }

  std::optional<std::string> run() {
    skip_blanks();
    if (!rest_.starts_with('{') && !rest_.starts_with('[')) return std::nullopt;
    if (!value(0)) return std::nullopt;
    skip_blanks();
    return rest_.empty() ? std::optional(std::move(out_)) : std::nullopt;
  }

 private:
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  bool keep(std::size_t bytes) {
    out_ += rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return true;
  }
  bool keep_if(char c) {
    skip_blanks();
    return rest_.starts_with(c) && keep(1);
  }

  bool value(int level) {
    skip_blanks();
    if (level > most_levels || rest_.empty()) return false;
    if (rest_.front() == '"') return string();
    if (rest_.front() == '{') return list('}', level, true);
    if (rest_.front() == '[') return list(']', level, false);
    for (const std::string_view word : {"true", "false", "null"})
      if (rest_.starts_with(word)) return keep(word.size());
    return number();
  }

  bool list(char end, int level, bool with_names) {
    keep(1);
    if (keep_if(end)) return true;
    do {
      skip_blanks();
      if (with_names && !(rest_.starts_with('"') && string() && keep_if(':'))) return false;
      if (!value(level + 1)) return false;
    } while (keep_if(','));
    return keep_if(end);
  }

  bool string() {
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      if (static_cast<unsigned char>(rest_[at]) < 0x20) return false;
      if (rest_[at] == '"') return keep(at + 1);
      if (rest_[at] == '\\') ++at;
    }
    return false;
  }

  bool number() {
    const std::size_t size = std::min(rest_.find_first_not_of("+-.0123456789Ee"), rest_.size());
    return size > 0 && keep(size);
  }

  std::string_view rest_;
  std::string out_;
};

}  // namespace

std::optional<std::string> json_row(std::string_view text) {
  return Compactor(text).run();
}

}  // namespace gnatter::chat
