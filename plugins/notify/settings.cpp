// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include <utility>

#include "expression.h"
#include "rules.h"
#include "ways.h"

namespace notify {
namespace {

using gnatter::SettingRow;
using gnatter::SettingValue;

constexpr std::int64_t longest_pause = 3600;

/// A row whose text must be what `complaint` has nothing against.
template <class Complaint>
SettingRow text_row(std::string name, std::string summary, std::string example, Complaint complaint,
                    std::function<void()> changed) {
  return {std::move(name), std::string(), std::move(summary),
          [example = std::move(example), complaint](const SettingValue& value) {
            const std::string wrong = complaint(std::get<std::string>(value));
            return wrong.empty() ? wrong : wrong + ". \"" + example + "\" would be right.";
          },
          std::move(changed)};
}

SettingRow pause_row(std::function<void()> changed) {
  return {"fold", std::int64_t{10},
          "Seconds after an alarm in which messages are counted and told together; 0: each by itself",
          [](const SettingValue& value) -> std::string {
            const auto seconds = std::get<std::int64_t>(value);
            if (seconds >= 0 && seconds <= longest_pause) return {};
            return "it is a number of seconds from 0 to 3600.";
          },
          std::move(changed)};
}

SettingRow way_row(std::string name, bool initial, std::string summary, std::function<void()> changed) {
  return {std::move(name), initial, std::move(summary), {}, std::move(changed)};
}

}  // namespace

// The bell works everywhere, marks the window in tmux and is what IRC clients do. OSC 9 is the one that shows
// the text at the place where the user sits, over ssh too, and terminals that do not know it ignore it. Those
// that know OSC 777 mostly know OSC 9, so both would tell twice. notify-send needs a desktop on the machine
// that the client runs on.
Settings::Settings(gnatter::Host& host, const Changed& changed)
    : windows(host, text_row("windows", "Windows of which every message is told, !PATTERN none",
                             "#ops, work/*, !#noise", &WindowPatterns::complaint, changed.rules)),
      regex(host,
            text_row("regex", "Messages to be told in groups, an extended regular expression in any case",
                     "release|node[12] down", &Expression::complaint, changed.rules)),
      fold(host, pause_row(changed.pause)),
      bell(host, way_row("bell", true, "Tells by the terminal's bell", changed.ways)),
      osc9(host, way_row("osc9", true, "Tells by OSC 9, which iTerm2, kitty, WezTerm and others show",
                         changed.ways)),
      osc777(host,
             way_row("osc777", false, "Tells by OSC 777, which urxvt, foot and others show", changed.ways)),
      desktop(host,
              way_row("notify-send", false, "Tells by notify-send, on this machine's desktop", changed.ways)),
      command(host, text_row("command", "A program that is run for each alarm, without a shell",
                             "~/bin/tell-me --loud", &command_complaint, changed.ways)) {}

}  // namespace notify
