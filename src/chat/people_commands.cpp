// SPDX-License-Identifier: GPL-3.0-or-later
#include <fnmatch.h>

#include <algorithm>

#include "base/text.h"
#include "chat/command_rows.h"
#include "chat/words.h"

namespace gnatter::chat {
namespace {

using base::UserError;

std::string status_word(const std::optional<protocol::Status>& status) {
  return status ? std::string(protocol::to_payload(*status)) : "status unknown";
}

std::string since(base::Time time) {
  return "since " + base::local_clock(time);
}

void names_of_group(CommandCall& call, const Place& place) {
  const std::string shown = written(place.target);
  const Buffer* buffer = call.client.buffers.find(place.network, BufferKind::group, place.target.name);
  if (!buffer || buffer->speakers().empty()) return call.print("Nobody has spoken in " + shown + " yet.");
  std::string list = "Spoke in " + shown + ':';
  for (const auto& speaker : buffer->speakers()) list += ' ' + written({BufferKind::direct, speaker.name});
  call.print(list);
}

void names(CommandCall& call) {
  const auto groups = call.client.take_groups(call.network, call.arguments);
  for (const Place& group : groups) names_of_group(call, group);
  if (!groups.empty()) return;
  if (!call.network.roster_kept)
    return call.print("Nobody keeps track of who is here: presence is not loaded.");
  std::string list = "Here on " + call.network.name() + ':';
  for (const auto& [name, entry] : call.network.roster.entries()) {
    list += ' ' + written({BufferKind::direct, base::safe_text(name)});
    if (entry.status && *entry.status != protocol::Status::online)
      list += " (" + status_word(entry.status) + ')';
  }
  call.print(list);
}

std::string about_person(const std::pair<const std::string, Roster::Entry>& person) {
  const auto& [name, entry] = person;
  return base::safe_text(name) + ": " + (entry.status ? status_word(entry.status) : "here, status unknown") +
         ' ' + since(entry.since) + (entry.frozen ? ", as of when the line was lost" : "");
}

void who(CommandCall& call) {
  std::string_view rest = call.arguments;
  Word word = take_word(rest);
  const bool verbose = !word.quoted && word.text == "-v";
  if (verbose) word = take_word(rest);
  const std::string pattern = word.text.empty() ? "*" : word.text;
  if (!call.network.roster_kept) call.print("Nobody keeps track of who is here: presence is not loaded.");
  std::size_t count = 0;
  for (const auto& person : call.network.roster.entries()) {
    if (fnmatch(pattern.c_str(), person.first.c_str(), FNM_NOESCAPE) != 0) continue;
    ++count;
    call.print(about_person(person));
  }
  if (count == 0 && call.network.roster_kept)
    call.print(pattern == "*" ? "Nobody is here." : "Nobody here is called like that.");
  if (verbose)
    call.print("Dropped since the start: " +
               base::counted(call.network.messenger.dropped(), "announcement or message",
                             "announcements or messages") +
               " with a name that is not allowed.");
}

/// The last line that `name` said in any window of the network.
std::optional<std::string> last_line_of(const CommandCall& call, const Network& network,
                                        const std::string& name) {
  std::optional<std::string> text;
  base::Time latest{};
  for (const auto& entry : call.client.buffers.entries()) {
    const Buffer& window = *entry.buffer;
    // What a plugin shows of it, a search for instance, was said elsewhere.
    if (entry.network != &network ||
        !(window.kind() == BufferKind::network || is_conversation(window.kind())))
      continue;
    for (LineNumber number = window.end(); number-- > window.first();) {
      const auto line = window.line(number);
      if (!line || line->sender != name) continue;
      if (line->time >= latest)
        text = "Last line: " + words::moment(line->time) + " in " + written({window.kind(), window.name()}) +
               words::quoted(line->text);
      latest = std::max(latest, line->time);
      break;
    }
  }
  return text;
}

std::string groups_with(const CommandCall& call, const Network& network, const std::string& name) {
  std::string list;
  for (const auto& entry : call.client.buffers.entries()) {
    const auto& speakers = entry.buffer->speakers();
    if (entry.network == &network && entry.buffer->kind() == BufferKind::group &&
        std::any_of(speakers.begin(), speakers.end(), [&](const auto& one) { return one.name == name; }))
      list += ' ' + written({BufferKind::group, entry.buffer->name()});
  }
  return list;
}

void whois(CommandCall& call) {
  std::string_view rest = call.arguments;
  if (rest.empty()) usage_error("/whois USER");
  const auto [network, target] = call.client.take_place(call.network, rest);
  if (target.kind != BufferKind::direct) usage_error("/whois USER");
  const std::string name = base::safe_text(target.name);
  const auto& people = network.roster.entries();
  if (const auto found = people.find(target.name); found != people.end())
    call.print(about_person(*found));
  else
    call.print(name + (network.roster_kept ? " is not here."
                                           : ": nobody keeps track of who is here, presence is not loaded."));
  if (const std::string groups = groups_with(call, network, name); !groups.empty())
    call.print("Spoke in:" + groups);
  call.print(last_line_of(call, network, name).value_or("No line of " + name + " has been seen."));
}

void list_ignored(const CommandCall& call) {
  std::string list;
  for (const std::string& pattern : call.network.ignored) list += ' ' + pattern;
  call.print(list.empty() ? "Nobody is ignored." : "Ignored until you quit:" + list);
}

void ignore(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  if (word.text.empty() || (!word.quoted && word.text == "-list")) return list_ignored(call);
  call.network.ignored.insert(word.text);
  call.print("Lines of " + word.text + " do not appear from now on, until you quit or /unignore.");
}

void unignore(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  if (word.text.empty()) usage_error("/unignore PATTERN");
  if (call.network.ignored.erase(word.text) == 0)
    throw UserError(word.text + " is not ignored. /ignore lists who is.");
  call.print("Lines of " + word.text + " appear again.");
}

}  // namespace

std::vector<Command> people_commands() {
  return {
      {"ignore", {"ig"}, "[PATTERN]", "Hides what these people say, for this run", false, ignore, "People"},
      {"names", {"n"}, "[#GROUP…]", "Lists who is here, or spoke in a group", false, names, "People"},
      {"unignore", {}, "PATTERN", "Shows what they say again", false, unignore, "People"},
      {"who", {"w"}, "[-v] [PATTERN]", "Tells who is here, how, since when", false, who, "People"},
      {"whois", {"wi", "wii", "ww"}, "USER", "Tells all that is known of one", false, whois, "People"},
  };
}

}  // namespace gnatter::chat
