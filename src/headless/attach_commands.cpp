// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/attach_commands.h"

#include <algorithm>
#include <utility>

#include "base/paths.h"
#include "base/shell_words.h"
#include "base/text.h"
#include "base/user_error.h"
#include "headless/typed_line.h"

namespace gnatter::headless {
namespace {

using namespace std::chrono_literals;
using base::UserError;
using chat::LineKind;

constexpr std::size_t most_programs = 32;
constexpr auto patience_after_end_of_input = 700ms;
constexpr auto patience_after_term = 700ms;

/// As the shell has them: "~/" begins at home.
std::vector<std::string> words_of(std::string_view command) {
  auto words = base::split_shell_words(command);
  for (std::string& word : words) word = base::expanded_home(word).string();
  if (words.empty() || words.front().empty())
    throw UserError("Usage: /attach COMMAND, or /attach -stop NAME");
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : " ") + base::safe_row(word);
  return all;
}

}  // namespace

AttachCommands::AttachCommands(chat::Client& client) : client_(client) {
  row_ =
      client.commands.add({"attach",
                           {},
                           "[COMMAND | -stop NAME]",
                           "Runs a program that reads what happens and types lines, lists them, or ends one",
                           false,
                           [this](chat::CommandCall& call) { run(call); },
                           "Else"},
                          true);
}

void AttachCommands::run(chat::CommandCall& call) {
  std::string_view rest = call.arguments;
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  if (rest.empty()) return list(call);
  if (!rest.starts_with('-')) {
    const AttachedProgram& program = attach(call.network, rest);
    return call.print(program.name() + " is attached, pid " + std::to_string(program.id()) + '.');
  }
  const std::string option = chat::take_word(rest).text;
  if (option != "-stop" || rest.empty()) throw UserError("Usage: /attach COMMAND, or /attach -stop NAME");
  stop(call, rest);
}

void AttachCommands::list(const chat::CommandCall& call) const {
  std::size_t number = 0;
  for (const auto& each : programs_)
    call.print(std::to_string(++number) + ' ' + each->name() + ": " + each->state() + ": " +
               joined(each->words()));
  if (number == 0) call.print("No program is attached. /attach COMMAND runs one.");
}

void AttachCommands::stop(const chat::CommandCall& call, std::string_view which) {
  const std::string wanted = chat::take_word(which).text;
  if (wanted.empty() || !which.empty()) throw UserError("Usage: /attach -stop NAME");
  const auto found = std::find_if(programs_.begin(), programs_.end(),
                                  [&, number = std::size_t{0}](const auto& each) mutable {
                                    return each->name() == wanted || std::to_string(++number) == wanted;
                                  });
  if (found == programs_.end())
    throw UserError("No program " + base::safe_row(wanted) + " is attached. /attach lists those that are.");
  (*found)->close();  // perhaps it is the one that typed this
  call.print((*found)->name() + " is not attached any more.");
  ended_.push_back(std::move(*found));
  programs_.erase(found);
  sweep_soon();
}

std::string AttachCommands::free_name(const std::string& wanted) const {
  const auto taken = [&](const std::string& name) {
    return std::any_of(programs_.begin(), programs_.end(),
                       [&](const auto& each) { return each->name() == name; });
  };
  if (!taken(wanted)) return wanted;
  std::size_t number = 2;
  while (taken(wanted + '-' + std::to_string(number))) ++number;
  return wanted + '-' + std::to_string(number);
}

const AttachedProgram& AttachCommands::attach(chat::Network& network, std::string_view command) {
  auto words = words_of(command);
  if (programs_.size() == most_programs)
    throw UserError(std::to_string(most_programs) +
                    " programs are attached, and no more can be. /attach -stop NAME ends one.");
  AttachedProgram::Listener listener{
      [this, &network](LineKind kind, const std::string& sentence) { tell(network, kind, sentence); },
      [this](const AttachedProgram& program) { on_ended(program); }};
  const std::string name = free_name(program_name(words));
  programs_.push_back(
      std::make_unique<AttachedProgram>(client_, name, std::move(words), std::move(listener)));
  if (!feed_) {
    feed_.emplace(client_);
    listening_ = feed_->line.connect([this](const std::string& event) { hear(event); });
  }
  return *programs_.back();
}

void AttachCommands::attach_all(const std::vector<std::string>& commands) {
  chat::Network& network = *client_.networks().front();
  for (const std::string& command : commands) try {
      attach(network, command);
    } catch (const UserError& error) {
      network.print(LineKind::error, error.what());
    }
}

void AttachCommands::hear(const std::string& event) {
  if (telling_) return;
  for (const auto& each : programs_) each->hear(event);
}

void AttachCommands::tell(chat::Network& network, LineKind kind, const std::string& sentence) {
  if (ending_) return;
  const bool before = std::exchange(telling_, true);
  network.print(kind, sentence);
  telling_ = before;
}

void AttachCommands::on_ended(const AttachedProgram& program) {
  const auto found = std::find_if(programs_.begin(), programs_.end(),
                                  [&](const auto& each) { return each.get() == &program; });
  if (found == programs_.end()) return;
  ended_.push_back(std::move(*found));
  programs_.erase(found);
  sweep_soon();
}

/// Not at once: they may be at work further up.
void AttachCommands::sweep_soon() {
  sweeping_ = client_.loop().after(0s, [this] {
    ended_.clear();
    if (!programs_.empty()) return;
    listening_.reset();
    feed_.reset();
  });
}

void AttachCommands::end() {
  ending_ = true;
  ended_.clear();
  for (const auto& each : programs_) each->close();
  wait_for_ends(patience_after_end_of_input);
  for (const auto& each : programs_) each->terminate();
  wait_for_ends(patience_after_term);
  programs_.clear();
}

void AttachCommands::wait_for_ends(std::chrono::milliseconds limit) {
  const auto all_ended = [this] {
    return std::all_of(programs_.begin(), programs_.end(), [](const auto& each) { return each->id() == 0; });
  };
  if (all_ended()) return;
  base::EventLoop& loop = client_.loop();
  const auto look = loop.every(5ms, [&] {
    if (all_ended()) loop.quit(0);
  });
  const auto last = loop.after(limit, [&] { loop.quit(0); });
  loop.run();
}

void run_lines(chat::Client& client, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) try {
      enter_typed_line(client, line);
    } catch (const UserError& error) {
      if (chat::Buffer* const window = client.buffers.current())
        window->print(LineKind::error, line + ": " + error.what());
    }
}

}  // namespace gnatter::headless
