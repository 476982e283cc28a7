// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/attached_program.h"

#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/words.h"
#include "headless/event_lines.h"
#include "headless/typed_line.h"

namespace gnatter::headless {
namespace {

using namespace std::chrono_literals;
using chat::LineKind;

constexpr std::size_t most_waiting = std::size_t{1} << 20;
constexpr std::size_t few_waiting = most_waiting / 4;
constexpr auto turn_limit = 2ms;
constexpr auto full_pause = 50ms;        // then there may be room for what it types
constexpr std::size_t most_unsent = 64;  // so that what the user types is not far behind
constexpr auto longest_pause = 60s;
constexpr auto long_run = 60s;
constexpr std::size_t most_told = 20;  // a minute
constexpr std::size_t longest_quote = 300;

std::string why_not(const std::string& program, const std::system_error& error) {
  const std::string shown = base::safe_row(program);
  switch (error.code().value()) {
    case ENOENT:
      return "There is no program " + shown + ": not in PATH, or not at that place.";
    case EACCES:
      return shown + " may not be run: it is no program, or not one for you (chmod +x makes a script one).";
    case ENOEXEC:
      return shown + " cannot be run as it is: a script begins with a line such as #!/bin/sh.";
    default:
      return shown + " cannot be run: " + std::strerror(error.code().value()) + '.';
  }
}

std::string how_it_ended(const base::Child::End& end) {
  if (end.kind == base::Child::End::Kind::exited) return "ended with exit code " + std::to_string(end.code);
  const char* const name = ::sigabbrev_np(end.code);
  return "was ended by signal " + std::to_string(end.code) + (name ? " (SIG" + std::string(name) + ')' : "");
}

bool is_interpreter(std::string_view program) {
  constexpr std::string_view known[] = {"sh",   "bash", "dash", "zsh", "ksh", "awk",     "gawk", "mawk",
                                        "perl", "ruby", "node", "lua", "env", "busybox", "guile"};
  return program.starts_with("python") ||
         std::find(std::begin(known), std::end(known), program) != std::end(known);
}

}  // namespace

std::string program_name(const std::vector<std::string>& words) {
  const auto last_part = [](const std::string& path) {
    return base::safe_row(std::filesystem::path(path).filename().string());
  };
  const std::string program = words.empty() ? "" : last_part(words.front());
  if (!is_interpreter(program)) return program;
  std::error_code ignored;
  for (auto word = std::next(words.begin()); word != words.end(); ++word)
    if (!word->starts_with('-') && std::filesystem::is_regular_file(*word, ignored)) return last_part(*word);
  return program;
}

AttachedProgram::AttachedProgram(chat::Client& client, std::string name, std::vector<std::string> words,
                                 Listener listener)
    : client_(client), name_(std::move(name)), words_(std::move(words)), listener_(std::move(listener)) {
  start();
}

void AttachedProgram::start() {
  try {
    child_ = std::make_unique<base::Child>(
        client_.loop(),
        base::Child::Plan{.words = words_,
                          .input_stays_open = true,
                          .on_complaint = [this](std::string_view line) { on_complaint(line); }},
        [this](std::string_view line) { on_line(line); },
        [this](const base::Child::End& end) { on_end(end); });
  } catch (const std::system_error& error) {
    throw base::UserError(why_not(words_.empty() ? "" : words_.front(), error));
  }
  started_ = base::now();
  running_since_ = Clock::now();
}

void AttachedProgram::start_again() {
  ++restarts_;
  try {
    start();
  } catch (const base::UserError& error) {
    tell(LineKind::error, std::string(error.what()) + ' ' + name_ + " is not attached any more.");
    listener_.ended(*this);
  }
}

void AttachedProgram::hear(std::string_view event) {
  if (!child_ || closing_) return;
  const std::size_t waiting = child_->waiting_input();
  if (dropped_ > 0 ? waiting > few_waiting : waiting + event.size() > most_waiting) {
    if (dropped_++ == 0)
      tell_bounded(LineKind::error, name_ + " does not read what happens: it misses events until it does.");
    return;
  }
  if (const std::size_t missed = std::exchange(dropped_, 0)) {
    const std::string what = base::counted(missed, "event was", "events were") + " dropped: ";
    child_->write(event_line(base::now(), "error", "*", "", what + "they were not read in time."));
    tell_bounded(LineKind::info, name_ + " reads again. " +
                                     base::counted(missed, "event has", "events have") + " not reached it.");
  }
  child_->write(event);
}

void AttachedProgram::on_line(std::string_view line) {
  typed_.emplace_back(line);
  child_->hold_output(true);
  if (!working_) working_ = client_.loop().after(0s, [this] { work(); });
}

/// What it has typed, for a while.
void AttachedProgram::work() {
  const auto until = Clock::now() + turn_limit;
  while (!typed_.empty() && !is_full(client_, most_unsent) && Clock::now() < until) {
    const std::string line = std::move(typed_.front());
    typed_.pop_front();
    enter(line);
  }
  if (!typed_.empty()) {
    working_ = client_.loop().after(is_full(client_, most_unsent) ? full_pause : 0ms, [this] { work(); });
    return;
  }
  working_.reset();
  if (child_) child_->hold_output(false);
  if (end_) conclude();
}

void AttachedProgram::enter(const std::string& line) {
  if (closing_) return;
  if (line.size() >= base::Child::longest_line) return refuse("A line has 64 KiB or more. It was not sent.");
  try {
    enter_typed_line(client_, line);
  } catch (const base::UserError& error) {
    refuse(error.what());
  }
}

/// It hears no more of them than the user, or one that repeats what it hears would never rest.
void AttachedProgram::refuse(const std::string& sentence) {
  if (child_ && told_ < most_told) child_->write(event_line(base::now(), "error", "*", "", sentence));
  tell_bounded(LineKind::error, name_ + ": " + sentence);
}

void AttachedProgram::on_complaint(std::string_view line) {
  if (line.empty()) return;
  last_complaint_ = base::safe_row(line.substr(0, longest_quote));
  tell_bounded(LineKind::error, name_ + ": " + last_complaint_);
}

void AttachedProgram::on_end(const base::Child::End& end) {
  end_ = end;
  child_.reset();
  if (typed_.empty()) conclude();
}

/// It has ended, and what it typed is entered.
void AttachedProgram::conclude() {
  const base::Child::End end = *std::exchange(end_, std::nullopt);
  const std::string complaint = std::exchange(last_complaint_, {});
  dropped_ = 0;
  if (closing_) return listener_.ended(*this);
  if (end.kind == base::Child::End::Kind::exited && end.code == 0) {
    tell(LineKind::info, name_ + " has ended, and is not attached any more.");
    return listener_.ended(*this);
  }
  if (Clock::now() - running_since_ >= long_run) pause_ = 1s;
  tell(LineKind::error, name_ + ' ' + how_it_ended(end) +
                            (complaint.empty() ? "" : ": \"" + complaint + '"') +
                            ". It is started again in " + std::to_string(pause_.count()) +
                            " s; /attach -stop " + name_ + " ends that.");
  again_at_ = Clock::now() + pause_;
  restart_ = client_.loop().after(pause_, [this] { start_again(); });
  pause_ = std::min<std::chrono::seconds>(pause_ * 2, longest_pause);
}

std::string AttachedProgram::state() const {
  const std::string restarts = restarts_ == 0 ? "" : ", " + base::counted(restarts_, "restart", "restarts");
  if (child_)
    return "pid " + std::to_string(child_->id()) + ", runs since " + chat::words::moment(started_) + restarts;
  const auto left =
      std::chrono::ceil<std::chrono::seconds>(std::max(again_at_ - Clock::now(), Clock::duration{}));
  return "ended, started again in " + std::to_string(left.count()) + " s" + restarts;
}

void AttachedProgram::close() {
  closing_ = true;
  typed_.clear();
  working_.reset();
  restart_.reset();
  if (!child_) return;
  child_->hold_output(false);
  child_->close_input();
}

void AttachedProgram::terminate() {
  if (child_) child_->signal(SIGTERM);
}

/// A program that complains without end fills no window.
void AttachedProgram::tell_bounded(LineKind kind, const std::string& sentence) {
  if (!minute_)
    minute_ = client_.loop().after(1min, [this] {
      minute_.reset();
      const std::size_t told = std::exchange(told_, 0);
      if (told > most_told)
        tell(LineKind::info, name_ + ": " + base::counted(told - most_told, "more line", "more lines") +
                                 " like these in a minute.");
    });
  if (++told_ <= most_told) tell(kind, sentence);
}

void AttachedProgram::tell(LineKind kind, const std::string& sentence) {
  listener_.tell(kind, sentence);
}

}  // namespace gnatter::headless
