// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/client.h"

#include "base/text.h"
#include "base/user_error.h"
#include "chat/commands.h"
#include "chat/letter_case.h"

namespace gnatter::chat {
namespace {

constexpr int most_aliases_deep = 10;

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, std::min(text.find(' '), std::size_t{40}));
}

std::shared_ptr<const Command> find_command(const CommandTable& commands, std::string_view name) {
  try {
    return commands.find(name);
  } catch (const UnknownCommand& unknown) {
    throw UnknownCommand(unknown.what() + std::string(" Nothing was sent. As text: //") +
                         base::safe_text(first_word(name)));
  }
}

/// A command typed after a blank would be said aloud, with whatever stands in it.
void refuse_late_slash(std::string_view line) {
  const std::size_t slash = line.find_first_not_of(' ');
  if (slash == 0 || slash == line.npos || line[slash] != '/' || slash + 1 == line.size()) return;
  const char next = folded(line.substr(slash + 1, 1)).front();
  if (next < 'a' || next > 'z') return;
  const std::string word = base::safe_text(first_word(line.substr(slash)));
  throw base::UserError("A blank stands before " + word + ". Nothing was sent. As a command: " + word +
                        " without the blank. As text: /" + word);
}

}  // namespace

Client::Client(base::EventLoop& loop, Connect connect, Identify identify)
    : loop_(loop), connect_(std::move(connect)), identify_(std::move(identify)) {
  for (Command& command : core_commands()) command_rows_.push_back(commands.add(std::move(command), true));
}

Network& Client::add_network() {
  networks_.push_back(std::make_unique<Network>(networks_.size() + 1, loop_, buffers, connect_()));
  Network& network = *networks_.back();
  buffers.open(network, BufferKind::network, {});
  network_added.emit(network);
  return network;
}

void Client::enter(std::string_view line) {
  if (line.starts_with('/') && !line.starts_with("//")) return run_command(line.substr(1));
  refuse_late_slash(line);
  if (line.starts_with("//")) line.remove_prefix(1);
  const Target target = current_target();
  current_network().messenger.say(target, line, protocol::Kind::message);
}

void Client::run_command(std::string_view line, int depth) {
  const std::size_t blank = line.find(' ');
  const std::string_view name = line.substr(0, blank);
  const std::string_view arguments = blank == line.npos ? std::string_view() : line.substr(blank + 1);
  if (is_number(name)) return show_window(name);
  const auto alias = commands.has(name) ? aliases.end() : aliases.find(folded(name));
  if (alias != aliases.end()) {
    if (depth == most_aliases_deep)
      throw base::UserError("The alias /" + alias->first + " leads back to itself. Nothing was sent.");
    return run_command(expand_alias(alias->second, arguments), depth + 1);
  }
  const auto command = find_command(commands, name);
  Network& network = current_network();
  CommandCall call{*this, network, *buffers.current(), arguments};
  command->run(call);
}

void Client::show_window(std::string_view number) {
  const std::size_t wanted = number.size() > 6 ? 0 : std::stoul(std::string(number));
  Buffer* const window = buffers.at(wanted);
  if (!window)
    throw base::UserError("There is no window " + std::string(number.substr(0, 20)) + ": there are " +
                          std::to_string(buffers.entries().size()) + '.');
  buffers.show(*window);
}

Target Client::take_target(const Network& network, std::string_view& rest) const {
  const Word word = take_word(rest);
  if (word.text.empty()) throw base::UserError("A target is missing: #GROUP or USER.");
  if (word.quoted) return to_target(word);
  if (word.text == "*") return current_target();
  const bool from = word.text == ",", to = word.text == ".";
  if (!from && !to) return to_target(word);
  const auto& last = from ? network.messenger.last_from() : network.messenger.last_to();
  if (!last)
    throw base::UserError(from ? "Nobody has written to you yet." : "You have not written to anybody yet.");
  return *last;
}

Network& Client::current_network() const {
  if (Network* network = buffers.current_network()) return *network;
  throw base::UserError("There is no network here.");
}

Target Client::current_target() const {
  const Buffer* window = buffers.current();
  if (!window || window->kind() == BufferKind::network)
    throw base::UserError(
        "This window has nobody to talk to: /join #GROUP or /query USER opens one that has. Nothing was "
        "sent.");
  if (window->kind() == BufferKind::plugin)
    throw base::UserError(
        "This window is for reading, and has nobody to talk to: /win last goes back, /close closes it. "
        "Nothing was sent.");
  return {window->kind(), window->name()};
}

Network& Client::network_of(const Buffer& window) const {
  for (const auto& entry : buffers.entries())
    if (entry.buffer.get() == &window) return *entry.network;
  return current_network();
}

std::size_t Client::unsent() const {
  std::size_t count = 0;
  for (const auto& network : networks_) count += network->session.outbox().size();
  return count;
}

void Client::leave(Cause cause, std::function<void()> done) {
  auto left = std::make_shared<std::size_t>(networks_.size());
  auto all_left = std::make_shared<std::function<void()>>(std::move(done));
  if (networks_.empty()) return (*all_left)();
  for (const auto& network : networks_)
    network->session.leave(cause, [left, all_left] {
      if (--*left == 0) (*all_left)();
    });
}

}  // namespace gnatter::chat
