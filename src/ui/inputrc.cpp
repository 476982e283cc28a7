// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inputrc.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "chat/letter_case.h"

namespace gnatter::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

fs::path at_home(std::string_view path) {
  const char* const home = std::getenv("HOME");
  return home && path.starts_with("~/") ? fs::path(home) / path.substr(2) : fs::path(path);
}

/// What a line of an inputrc includes; empty: nothing.
fs::path included(std::string_view line) {
  constexpr std::string_view directive = "$include";
  line = trimmed(line);
  const std::string_view rest = line.substr(std::min(directive.size(), line.size()));
  if (chat::folded(line.substr(0, directive.size())) != directive || trimmed(rest) == rest) return {};
  return at_home(trimmed(rest));
}

std::optional<fs::path> walk(const fs::path& file, std::vector<fs::path>& open) {
  std::error_code none;
  const fs::path real = fs::weakly_canonical(file, none);
  if (std::ranges::count(open, real) > 0) return file;
  if (!fs::is_regular_file(real, none)) return std::nullopt;
  open.push_back(real);
  std::ifstream lines(real);
  for (std::string line; std::getline(lines, line);)
    if (const fs::path next = included(line); !next.empty())
      if (auto endless = walk(next, open)) return endless;
  open.pop_back();
  return std::nullopt;
}

}  // namespace

fs::path inputrc_path() {
  const char* const named = std::getenv("INPUTRC");
  return at_home(named && *named ? named : "~/.inputrc");
}

std::optional<fs::path> endless_include(const fs::path& file) {
  std::vector<fs::path> open;
  return walk(file, open);
}

}  // namespace gnatter::ui
