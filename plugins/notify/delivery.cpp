// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery.h"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "tmux.h"
#include "ways.h"

namespace notify {
namespace {

using gnatter::ChildEnd;
using gnatter::CommandCall;
using gnatter::NetworkId;

constexpr const char* no_passing =
    "tmux keeps notifications from your terminal: set -g allow-passthrough on (tmux.conf).";
constexpr const char* no_bell = "bell: there is no terminal here";
constexpr const char* no_command = ": there is no terminal here that shows it";  // none, or TERM=linux

Notice example(CommandCall& call) {
  Notice notice;
  notice.sender = call.network().user();
  notice.network = call.network().name();
  notice.text = "This is how you are told.";
  notice.summary = true;
  return notice;
}

}  // namespace

std::string trouble(const ChildEnd& end) {
  const std::string behind = end.complaint.empty() ? "" : ": " + end.complaint;
  switch (end.kind) {
    case ChildEnd::Kind::exited:
      return end.code == 0 ? "" : "ended with " + std::to_string(end.code) + behind;
    case ChildEnd::Kind::signalled:
      return "was ended by signal " + std::to_string(end.code) + behind;
    case ChildEnd::Kind::took_too_long:
      return "took longer than 10 s and was ended" + behind;
    case ChildEnd::Kind::not_started:
      break;
  }
  return "cannot be started" + behind;
}

Delivery::Delivery(gnatter::Host& host, const Settings& settings)
    : host_(host), settings_(settings), children_(host) {}

std::vector<std::string> Delivery::ways(bool on) const {
  std::vector<std::string> names;
  const auto add = [&](const char* name, bool is_on) {
    if (is_on == on) names.emplace_back(name);
  };
  add("bell", settings_.bell.get());
  add("osc9", settings_.osc9.get());
  add("osc777", settings_.osc777.get());
  add("notify-send", settings_.desktop.get());
  add("command", !settings_.command.get().empty());
  return names;
}

void Delivery::settings_changed() {
  desktop_missing_ = false;
  tmux_asked_ = false;
  told_.clear();
}

void Delivery::tell(const Notice& notice, NetworkId network) {
  if (settings_.bell.get()) host_.ring();
  bool sent = settings_.osc9.get() && host_.command_terminal(osc9(notice));
  sent |= settings_.osc777.get() && host_.command_terminal(osc777(notice));
  if (sent && in_tmux() && !tmux_asked_) ask_tmux(network, false);
  // With as many programs running as may, these two are left out: the others have told already.
  if (settings_.desktop.get() && !desktop_missing_)
    children_.run(desktop(notice), [this, network](const ChildEnd& end) { on_desktop_end(network, end); });
  if (auto words = command_words(settings_.command.get()); !words.empty())
    children_.run(own_command(std::move(words), notice),
                  [this, network](const ChildEnd& end) { on_command_end(network, end); });
}

void Delivery::test(CommandCall& call) {
  const Notice notice = example(call);
  if (on().empty()) return call.print("Nothing is on. /set notify.bell true, or another of /set notify.");
  test_terminal(call, notice);
  if (settings_.desktop.get()) test_program(call, "notify-send", desktop(notice));
  if (auto words = command_words(settings_.command.get()); !words.empty())
    test_program(call, "command", own_command(std::move(words), notice));
}

void Delivery::test_terminal(CommandCall& call, const Notice& notice) {
  if (settings_.bell.get()) call.print(host_.ring() ? "bell: rung" : no_bell);
  const std::string sent = in_tmux() ? ": sent to the terminal, through tmux" : ": sent to the terminal";
  bool through = false;
  const auto command = [&](const std::string& way, const std::string& body) {
    const bool there = host_.command_terminal(body);
    call.print(way + (there ? sent : no_command));
    through |= there && in_tmux();
  };
  if (settings_.osc9.get()) command("osc9", osc9(notice));
  if (settings_.osc777.get()) command("osc777", osc777(notice));
  if (through) ask_tmux(call.network().id(), true);
}

void Delivery::test_program(CommandCall& call, const std::string& way, gnatter::ChildPlan plan) {
  const NetworkId network = call.network().id();
  const bool started = children_.run(std::move(plan), [this, network, way](const ChildEnd& end) {
    if (way == "notify-send") desktop_missing_ = end.kind == ChildEnd::Kind::not_started;
    const std::string wrong = trouble(end);
    if (wrong.empty()) told_.erase(way);
    print(network, way + ": " + (!wrong.empty() ? wrong : way == "command" ? "done" : "sent"));
  });
  const std::string where = " The window of " + std::string(call.network().name()) + " tells how it ends.";
  if (!started)
    call.print(way + ": not started, for " + std::to_string(Children::most) + " programs run already");
  else if (call.target())
    call.print(way + ": started." + where);
}

/// In alarms once, and only what is wrong.
void Delivery::ask_tmux(NetworkId network, bool always_answer) {
  const auto answer = std::make_shared<std::optional<Passing>>();
  tmux_asked_ |= children_.run(
      passing_question(),
      [this, network, answer, always_answer](const ChildEnd& end) {
        if (*answer == Passing::never) return print(network, no_passing);
        if (!always_answer) return;
        if (*answer == Passing::always) return print(network, "tmux hands notifications on.");
        if (*answer == Passing::in_view)
          return print(network,
                       "tmux hands notifications on while its window with gnatter is in view "
                       "(allow-passthrough on; from tmux 3.4 on, all does it always).");
        print(network, "tmux does not say whether it hands notifications on: it " +
                           (trouble(end).empty() ? "gave no answer" : trouble(end)));
      },
      [answer](std::string_view line) { *answer = passing(line); });
}

void Delivery::on_desktop_end(NetworkId network, const ChildEnd& end) {
  const std::string wrong = trouble(end);
  if (wrong.empty()) told_.erase("notify-send");
  if (wrong.empty()) return;
  desktop_missing_ = end.kind == ChildEnd::Kind::not_started;
  if (desktop_missing_)
    print_once(network, "notify-send",
               "notify-send " + wrong +
                   ". Nothing goes that way now: install it (Debian: libnotify-bin), then /notify test; or "
                   "/set notify.notify-send false.");
  else
    print_once(network, "notify-send",
               "notify-send " + wrong + ". /notify test tries it; /set notify.notify-send false ends it.");
}

void Delivery::on_command_end(NetworkId network, const ChildEnd& end) {
  const std::string wrong = trouble(end);
  if (wrong.empty())
    told_.erase("command");
  else
    print_once(network, "command",
               "The command of notify.command " + wrong + ". /notify test tries it again.");
}

void Delivery::print(NetworkId network, const std::string& sentence) {
  if (gnatter::Network* const there = host_.network(network)) there->print(sentence);
}

void Delivery::print_once(NetworkId network, const std::string& way, const std::string& sentence) {
  if (told_.insert(way).second) print(network, sentence);
}

}  // namespace notify
