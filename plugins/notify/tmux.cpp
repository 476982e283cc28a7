// SPDX-License-Identifier: GPL-3.0-or-later
#include "tmux.h"

#include <chrono>
#include <cstdlib>
#include <string>

namespace notify {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

constexpr std::string_view mark = "allow-passthrough ";

}  // namespace

bool in_tmux() {
  return !environment("TMUX").empty();
}

gnatter::ChildPlan passing_question() {
  gnatter::ChildPlan plan;
  plan.words = {"tmux", "display-message", "-p"};
  const std::string pane = environment("TMUX_PANE");
  if (!pane.empty()) plan.words.insert(plan.words.end(), {"-t", pane});
  plan.words.push_back(std::string(mark) + "#{allow-passthrough}");
  plan.patience = std::chrono::seconds(10);
  return plan;
}

// A number or a word, by tmux's version; before 3.3 there was no such option, and everything was handed on.
std::optional<Passing> passing(std::string_view answer) {
  if (!answer.starts_with(mark)) return std::nullopt;
  const std::string_view value = answer.substr(mark.size());
  if (value == "0" || value == "off") return Passing::never;
  if (value == "1" || value == "on") return Passing::in_view;
  return Passing::always;
}

}  // namespace notify
