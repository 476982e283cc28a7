// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression.h"

#include <regex.h>

#include <algorithm>
#include <cstddef>

#include "words.h"

namespace notify {
namespace {

constexpr std::size_t most_bytes = 1024, longest_pattern = 1000;
constexpr std::size_t most_repeats = 256;
constexpr int flags = REG_EXTENDED | REG_ICASE | REG_NOSUB | REG_NEWLINE;

/// "\1" and the like: with them a search may take longer than the world has been there, on a text that
/// somebody else has chosen.
bool refers_back(const std::string& pattern) {
  for (std::size_t i = 0; i + 1 < pattern.size(); ++i)
    if (pattern[i] == '\\' && pattern[++i] >= '1' && pattern[i] <= '9') return true;
  return false;
}

/// How often "{2}" and the like repeat at most, one within the other as far as they go: each is that many
/// states to search with.
std::size_t repeats(const std::string& pattern) {
  std::size_t product = 1;
  for (auto at = pattern.find('{'); at != pattern.npos; at = pattern.find('{', at + 1)) {
    std::size_t most = 1, number = 0;
    for (std::size_t i = at + 1; i < pattern.size() && pattern[i] != '}'; ++i) {
      const bool digit = pattern[i] >= '0' && pattern[i] <= '9';
      number =
          digit ? std::min(number * 10 + static_cast<std::size_t>(pattern[i] - '0'), most_repeats + 1) : 0;
      most = std::max(most, number);
    }
    product = std::min(product * most, most_repeats + 1);
  }
  return product;
}

}  // namespace

struct Expression::Compiled {
  explicit Compiled(const std::string& pattern) : error(regcomp(&expression, pattern.c_str(), flags)) {}
  ~Compiled() {
    if (error == 0) regfree(&expression);
  }
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  regex_t expression{};
  const int error;
};

Expression::Expression(const std::string& pattern) {
  if (!pattern.empty() && complaint(pattern).empty()) compiled_ = std::make_shared<const Compiled>(pattern);
}

bool Expression::found_in(std::string_view text) const {
  if (!compiled_) return false;
  const std::string start(first_bytes(text, most_bytes));
  return regexec(&compiled_->expression, start.c_str(), 0, nullptr, 0) == 0;
}

std::string Expression::complaint(const std::string& pattern) {
  if (pattern.find('\0') != pattern.npos) return "it has a NUL byte";
  if (refers_back(pattern)) return "it refers back (\\1), which may take for ever";
  if (pattern.size() > longest_pattern) return "it has more than 1,000 bytes";
  if (repeats(pattern) > most_repeats) return "it repeats more than 256 times, which takes too long";
  const Compiled compiled(pattern);
  if (compiled.error == 0) return {};
  std::string reason(200, '\0');
  reason.resize(regerror(compiled.error, &compiled.expression, reason.data(), reason.size()));
  return reason.c_str();
}

}  // namespace notify
