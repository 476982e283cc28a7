// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression.h"

#include <regex.h>

#include <cstddef>

#include "words.h"

namespace notify {
namespace {

constexpr std::size_t most_bytes = 4096;
constexpr int flags = REG_EXTENDED | REG_ICASE | REG_NOSUB | REG_NEWLINE;

/// "\1" and the like: with them a search may take longer than the world has been there, on a text that
/// somebody else has chosen.
bool refers_back(const std::string& pattern) {
  for (std::size_t i = 0; i + 1 < pattern.size(); ++i)
    if (pattern[i] == '\\' && pattern[++i] >= '1' && pattern[i] <= '9') return true;
  return false;
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
  const Compiled compiled(pattern);
  if (compiled.error == 0) return {};
  std::string reason(200, '\0');
  reason.resize(regerror(compiled.error, &compiled.expression, reason.data(), reason.size()));
  return reason.c_str();
}

}  // namespace notify
