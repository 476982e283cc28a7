// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gnatter/plugin.h"
#include "log_place.h"

namespace logger {

/// What /lastlog was asked for.
struct Search {
  bool regex = false, match_case = false, word = false, all = false, stop = false;
  std::string pattern;
  std::string mistake;  ///< a sentence; empty: none
};

/// Options stand first; `--` ends them. The pattern is the rest as it was typed.
Search parse_search(std::string_view arguments);

/// How grep is called: each row with its file and a NUL before it. `files` end up behind the pattern.
std::vector<std::string> grep_words(const Search& search, const std::vector<std::filesystem::path>& files);

/// The command /lastlog: grep runs as a child and its rows stand in a window of their own as they come. One
/// search at a time.
class Lastlog {
 public:
  /// `place_of`: where a conversation's logs are.
  Lastlog(gnatter::Host& host, std::filesystem::path root,
          std::function<Place(gnatter::Network&, const gnatter::Target&)> place_of);
  Lastlog(const Lastlog&) = delete;
  Lastlog& operator=(const Lastlog&) = delete;

  /// Then it is stopped; of these the window keeps the latest.
  static constexpr std::size_t most_rows = 100'000;

 private:
  void run(gnatter::CommandCall& call);
  void start(const Search& search, std::vector<std::string> words);
  void on_row(std::string_view row);
  void on_end(const gnatter::ChildEnd& end);
  void finish(const std::string& sentence);
  void tell(const std::string& sentence, gnatter::LineKind kind = gnatter::LineKind::info);
  [[nodiscard]] std::string found() const;

  gnatter::Host& host_;
  const std::filesystem::path root_;
  const std::function<Place(gnatter::Network&, const gnatter::Target&)> place_of_;
  gnatter::WindowId window_ = 0;
  std::string file_;  // whose rows come
  std::size_t rows_ = 0, files_ = 0;
  gnatter::Subscription child_, command_;
};

}  // namespace logger
