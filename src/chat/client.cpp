// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/client.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/commands.h"
#include "chat/letter_case.h"
#include "chat/setting_table.h"

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
  for (Command& command : core_commands()) rows_.push_back(commands.add(std::move(command), true));
  for (const SettingRow& row : setting_table()) rows_.push_back(settings.add(to_settings_row(row, row.name)));
}

Network& Client::add_network(const std::string& name) {
  networks_.push_back(std::make_unique<Network>(networks_.size() + 1, loop_, buffers, connect_(), name));
  Network& network = *networks_.back();
  add_settings_of(name);
  follow(network);
  buffers.open(network, BufferKind::network, {});
  network_added.emit(network);
  return network;
}

void Client::add_settings_of(const std::string& network) {
  if (network.empty() || settings.has(network_setting(network, "host"))) return;
  for (const SettingRow& row : setting_table())
    if (row.scope == SettingRow::Scope::network)
      network_rows_[folded(network)].push_back(
          settings.add(to_settings_row(row, network_setting(network, row.name))));
}

/// Where somebody went by /connect is a network like those of the file from when the broker has taken it:
/// with settings, for /save to keep.
void Client::follow(Network& network) {
  listening_.push_back(network.session.ready.connect([this, &network](bool) {
    if (!std::exchange(network.is_to_be_kept, false)) return;
    add_settings_of(network.name());
    keep_in_settings(settings, network);
  }));
}

void Client::connect(Network& network, Account account) {
  account = identified(std::move(account));
  const std::string name = account.name.empty() ? account.host : account.name;
  network.session.set_will_delay(will_delay_of(settings, name));
  network.connect(std::move(account));
}

Network* Client::find_network(std::string_view name) const {
  if (name.empty()) return nullptr;
  for (const auto& network : networks_)
    if (network->name() == name) return network.get();
  for (const auto& network : networks_)
    if (folded(network->name()) == folded(name)) return network.get();
  return nullptr;
}

void Client::define_network(const std::string& name) {
  if (std::find(defined_.begin(), defined_.end(), name) == defined_.end()) defined_.push_back(name);
  add_settings_of(name);
}

void Client::forget_network(const std::string& name) {
  std::erase(defined_, name);
  if (Network* const network = find_network(name)) network->leave_the_file();
  network_rows_.erase(folded(name));
}

Network* Client::take_network_up(std::string_view name) {
  if (Network* const network = find_network(name)) return network;
  for (const std::string& defined : defined_)
    if (folded(defined) == folded(name)) {
      Network& network = add_network(defined);
      join_groups(*this, network, defined);
      return &network;
    }
  return nullptr;
}

Network& Client::network_named(std::string_view name) const {
  if (Network* const network = find_network(name)) return *network;
  std::string all;
  for (const auto& network : networks_)
    if (!network->name().empty()) all += (all.empty() ? "" : ", ") + network->name();
  for (const std::string& defined : defined_)
    if (folded(defined) == folded(name))
      throw base::UserError(defined + " is not connected: /network connect " + defined +
                            " does that. Nothing was sent.");
  throw base::UserError("There is no network " + base::safe_row(name.substr(0, 80)) +
                        (all.empty() ? ". /connect HOST begins one." : ": there is " + all + '.') +
                        " Nothing was sent.");
}

Network& Client::unused_network(Network& here) {
  if (here.is_unused()) return here;
  for (const auto& network : networks_)
    if (network->is_unused()) return *network;
  return add_network();
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

/// "work/" or "-work " off the front; null, and nothing taken, where none stands there.
Network* Client::take_network(std::string_view& rest) const {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  const std::size_t end = rest.find_first_of("/ \"");
  if (end == rest.npos || rest.front() == '#') return nullptr;
  const bool as_option = rest.front() == '-' && rest[end] == ' ';
  if (rest[end] != '/' && !as_option) return nullptr;
  const std::string_view name = rest.substr(as_option ? 1 : 0, end - (as_option ? 1 : 0));
  if (as_option && !find_network(name)) return nullptr;
  Network& network = network_named(name);
  rest.remove_prefix(end + 1);
  return &network;
}

Place Client::take_place(Network& here, std::string_view& rest, bool group_without_mark) const {
  Network* const other = take_network(rest);
  Network& network = other ? *other : here;
  const Word word = take_word(rest);
  if (word.text.empty()) throw base::UserError("A target is missing: #GROUP or USER.");
  if (word.quoted) return {network, to_target(word, group_without_mark)};
  if (word.text == "*" && !other) return {current_network(), current_target()};
  const bool from = word.text == ",", to = word.text == ".";
  if (!from && !to) return {network, to_target(word, group_without_mark)};
  const auto& last = from ? network.messenger.last_from() : network.messenger.last_to();
  if (!last)
    throw base::UserError(from ? "Nobody has written to you yet." : "You have not written to anybody yet.");
  return {network, *last};
}

std::vector<Place> Client::take_groups(Network& here, std::string_view rest) const {
  std::vector<Place> places;
  while (rest.find_first_not_of(' ') != rest.npos) places.push_back(take_place(here, rest, true));
  return places;
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
  if (window->kind() == BufferKind::topic)
    throw base::UserError(
        "This window shows what comes on topics, and has nobody to talk to: /pub TOPIC TEXT publishes. "
        "Nothing was sent.");
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
