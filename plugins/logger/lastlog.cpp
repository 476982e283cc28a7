// SPDX-License-Identifier: GPL-3.0-or-later
#include "lastlog.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "log_line.h"

namespace logger {
namespace {

using gnatter::LineKind;
using namespace std::chrono_literals;

constexpr std::string_view usage =
    "Usage: /lastlog [-regex] [-case] [-word] [-all] PATTERN, or /lastlog -stop";

bool set_option(Search& search, std::string_view word) {
  if (word == "-regex") return search.regex = true;
  if (word == "-case") return search.match_case = true;
  if (word == "-word") return search.word = true;
  if (word == "-all") return search.all = true;
  if (word == "-stop") return search.stop = true;
  return false;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

}  // namespace

Search parse_search(std::string_view arguments) {
  Search search;
  while (true) {
    arguments.remove_prefix(std::min(arguments.find_first_not_of(' '), arguments.size()));
    if (!arguments.starts_with('-')) break;
    const std::string_view word = arguments.substr(0, arguments.find(' '));
    arguments.remove_prefix(std::min(word.size() + 1, arguments.size()));
    if (word == "--") break;
    if (set_option(search, word)) continue;
    search.mistake = "There is no " + std::string(word) + ". " + std::string(usage) +
                     "; -- before a PATTERN that begins with a dash.";
    return search;
  }
  search.pattern = arguments;
  if (search.pattern.empty() && !search.stop) search.mistake = usage;
  return search;
}

std::vector<std::string> grep_words(const Search& search, const std::vector<std::filesystem::path>& files) {
  std::vector<std::string> words{"grep", "-a", "-H", "-Z", "--line-buffered", search.regex ? "-E" : "-F"};
  if (!search.match_case) words.emplace_back("-i");
  if (search.word) words.emplace_back("-w");
  // Of a directory the logs; neither marks nor what somebody else keeps there.
  if (search.all) words.insert(words.end(), {"-r", "--include=*.log"});
  words.insert(words.end(), {"-e", search.regex ? search.pattern : escape(search.pattern), "--"});
  for (const auto& file : files) words.push_back(file.string());
  return words;
}

Lastlog::Lastlog(gnatter::Host& host, std::filesystem::path root,
                 std::function<Place(gnatter::Network&, const gnatter::Target&)> place_of)
    : host_(host), root_(std::move(root)), place_of_(std::move(place_of)) {
  command_ = host_.add_command({"lastlog",
                                {},
                                "[-regex] [-case] [-word] [-all] PATTERN | -stop",
                                "Searches the log here, or all; -stop ends it"},
                               [this](gnatter::CommandCall& call) { run(call); });
}

void Lastlog::run(gnatter::CommandCall& call) {
  Search search = parse_search(call.arguments());
  if (!search.mistake.empty()) return call.refuse(search.mistake);
  if (search.stop) {
    if (!child_) return call.refuse("No search is running.");
    return finish("Stopped. " + found());
  }
  const auto target = call.target();
  if (!search.all && !target)
    return call.refuse("Nobody speaks here. /lastlog -all " + search.pattern + " searches all logs.");
  std::vector<std::filesystem::path> files{root_};
  if (!search.all) files = place_of_(call.network(), *target).files();
  std::error_code none;
  std::erase_if(files, [&](const auto& file) { return !std::filesystem::exists(file, none); });
  if (files.empty())
    return call.refuse(search.all ? "There are no logs yet." : "There is no log of this conversation yet.");

  if (child_) finish("Stopped for the next search. " + found());
  window_ = host_.open_window(call.network().id(), "lastlog", [this] {
    window_ = 0;
    child_.reset();
  });
  call.show(window_);
  start(search, grep_words(search, files));
}

void Lastlog::start(const Search& search, std::vector<std::string> words) {
  file_.clear();
  rows_ = files_ = 0;
  tell("Searching " + std::string(search.all ? "all logs" : "the log") + " for \"" + search.pattern +
       "\". /lastlog -stop ends it, and so does /close.");
  child_ = host_.run_child(
      {std::move(words), {}, {}, 0ms}, [this](std::string_view row) { on_row(row); },
      [this](const gnatter::ChildEnd& end) { on_end(end); });
}

void Lastlog::on_row(std::string_view row) {
  const auto end = row.find('\0');
  if (!child_ || end == std::string_view::npos) return;
  if (rows_ == most_rows)
    return finish("More than " + counted(rows_, "line", "lines") +
                  ": stopped. A longer PATTERN finds fewer.");
  if (const auto file = row.substr(0, end); file != file_) {
    file_ = file;
    ++files_;
    tell(std::filesystem::path(file_).lexically_relative(root_).string());
  }
  ++rows_;
  if (const auto line = parse(row.substr(end + 1)))
    host_.print(window_, *line);
  else
    tell(std::string(row.substr(end + 1)));
}

std::string Lastlog::found() const {
  if (rows_ == 0) return "Nothing found.";
  return counted(rows_, "line", "lines") + " in " + counted(files_, "log", "logs") + '.';
}

void Lastlog::on_end(const gnatter::ChildEnd& end) {
  using Kind = gnatter::ChildEnd::Kind;
  if (!child_) return;
  // grep: 0 found, 1 nothing, 2 trouble.
  const bool good = end.kind == Kind::exited && end.code < 2;
  if (good) return finish(found());
  finish((end.kind == Kind::not_started ? "grep, which searches, does not start: " : "The search failed: ") +
         (end.complaint.empty() ? "it ended early" : end.complaint) + ". " + found());
}

void Lastlog::finish(const std::string& sentence) {
  tell(sentence);
  child_.reset();
}

void Lastlog::tell(const std::string& sentence, LineKind kind) {
  if (window_ != 0) host_.print(window_, {{}, kind, {}, sentence});
}

}  // namespace logger
