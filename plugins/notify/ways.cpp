// SPDX-License-Identifier: GPL-3.0-or-later
#include "ways.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <utility>

#include "words.h"

namespace notify {
namespace {

using gnatter::ChildPlan;
using namespace std::chrono_literals;

constexpr std::size_t most_title = 80, most_text = 200;  // characters
constexpr std::size_t most_environment = 4096;           // bytes of a value
constexpr auto patience = 10s;

std::string title_of(const Notice& notice) {
  return one_row(notice.title(), most_title);
}
std::string text_of(const Notice& notice) {
  return one_row(notice.body(), most_text);
}

/// A desktop takes the text for markup, and notify-send itself unescapes what stands behind a backslash: `\n`
/// and the like, which would be a control character again.
std::string for_desktop(const std::string& text) {
  std::string out;
  for (char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  return out;
}

std::string for_environment(const std::string& value) {
  std::string out(first_bytes(value, most_environment));
  std::erase(out, '\0');
  return out;
}

}  // namespace

// To ConEmu and others a digit in front is a command of its own (9;7;PROGRAM runs one), and a sender chooses
// what the name begins with.
std::string osc9(const Notice& notice) {
  const std::string row = title_of(notice) + ": " + text_of(notice);
  const bool digit = row.front() >= '0' && row.front() <= '9';
  return "9;" + std::string(digit ? "gnatter: " : "") + row;
}

std::string osc777(const Notice& notice) {
  std::string title = title_of(notice);
  std::replace(title.begin(), title.end(), ';', ',');
  return "777;notify;" + title + ';' + text_of(notice);
}

ChildPlan desktop(const Notice& notice) {
  ChildPlan plan;
  plan.words = {"notify-send", "--app-name=gnatter", "--", title_of(notice), for_desktop(text_of(notice))};
  plan.patience = patience;
  return plan;
}

ChildPlan own_command(std::vector<std::string> words, const Notice& notice) {
  ChildPlan plan;
  plan.words = std::move(words);
  plan.input = notice.text;
  plan.environment = {{"GNATTER_SENDER", for_environment(notice.sender)},
                      {"GNATTER_WINDOW", for_environment(notice.window)},
                      {"GNATTER_NETWORK", for_environment(notice.network)},
                      {"GNATTER_TEXT", for_environment(notice.text)}};
  plan.patience = patience;
  return plan;
}

std::vector<std::string> command_words(std::string_view command) {
  auto words = split_words(command).value_or(std::vector<std::string>());
  const char* home = std::getenv("HOME");
  if (!words.empty() && words.front().starts_with("~/") && home) words.front().replace(0, 1, home);
  return words;
}

std::string command_complaint(std::string_view command) {
  const auto words = split_words(command);
  if (!words) return "a quote in it is not closed";
  if (!words->empty() && words->front().empty()) return "it names no program";
  return {};
}

}  // namespace notify
