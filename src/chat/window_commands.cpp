// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "chat/command_rows.h"
#include "chat/letter_case.h"
#include "chat/window_names.h"

namespace gnatter::chat {
namespace {

using base::UserError;

bool is_number(const Word& word) {
  return !word.quoted && !word.text.empty() && word.text.size() < 7 &&
         word.text.find_first_not_of("0123456789") == word.text.npos;
}

/// The only window whose name `fits`; null when there is none. Throws when there are several.
template <class Fits>
Buffer* only_window(const BufferList& windows, const std::string& wanted, Fits fits) {
  std::vector<Buffer*> found;
  std::string names;
  for (const auto& entry : windows.entries()) {
    if (!fits(window_name(entry)) && !fits(full_window_name(entry))) continue;
    found.push_back(entry.buffer.get());
    names += (names.empty() ? "" : ", ") + std::to_string(windows.number_of(*entry.buffer)) + ' ' +
             name_among(windows, entry);
  }
  if (found.size() > 1) throw UserError('"' + wanted + "\" could be " + names + ". Its number tells which.");
  return found.empty() ? nullptr : found.front();
}

/// By number, by name, by name in any case, by the beginning of a name: the first way that finds one.
Buffer& window_named(const Client& client, const Word& word) {
  const BufferList& windows = client.buffers;
  const std::string& wanted = word.text;
  if (is_number(word))
    if (Buffer* buffer = windows.at(std::stoul(wanted))) return *buffer;
  // With several networks the current one's goes first.
  for (const auto& entry : windows.entries())
    if (entry.network == windows.current_network() && window_name(entry) == wanted) return *entry.buffer;
  const auto same = [&](const std::string& name) { return name == wanted; };
  const auto alike = [&](const std::string& name) { return folded(name) == folded(wanted); };
  const auto begins = [&](const std::string& name) {
    return starts_folded(name, wanted) || starts_folded(name, '#' + wanted);
  };
  if (Buffer* buffer = only_window(windows, wanted, same)) return *buffer;
  if (Buffer* buffer = only_window(windows, wanted, alike)) return *buffer;
  if (Buffer* buffer = only_window(windows, wanted, begins)) return *buffer;
  throw UserError("There is no window " + wanted + ". /win lists them.");
}

void list_windows(CommandCall& call) {
  std::string list = "Windows:";
  for (const auto& entry : call.client.buffers.entries()) {
    const std::size_t number = call.client.buffers.number_of(*entry.buffer);
    list +=
        (number == 1 ? " " : ", ") + std::to_string(number) + ' ' + name_among(call.client.buffers, entry);
  }
  call.print(list + '.');
}

void show_beside(CommandCall& call, bool next) {
  BufferList& windows = call.client.buffers;
  const std::size_t count = windows.entries().size(), here = windows.number_of(call.window);
  const std::size_t to = next ? here % count + 1 : (here + count - 2) % count + 1;
  windows.show(*windows.at(to));
}

void window(CommandCall& call) {
  BufferList& windows = call.client.buffers;
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  if (word.text.empty()) return list_windows(call);
  const std::string what = word.quoted ? "" : folded(word.text);
  if (what == "next" || what == "prev") return show_beside(call, what == "next");
  if (what == "last") {
    if (!windows.previous()) throw UserError("No window was shown before this one.");
    return windows.show(*windows.previous());
  }
  if (what == "move") {
    const Word number = take_word(rest);
    if (!is_number(number)) usage_error("/win move N");
    return windows.move(call.window, std::stoul(number.text));
  }
  windows.show(window_named(call.client, word));
}

void close(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  Buffer& window = word.text.empty() ? call.window : window_named(call.client, word);
  Network& network = call.client.network_of(window);
  const std::string group = window.kind() == BufferKind::group ? window.name() : std::string();
  call.client.buffers.close(window);
  if (!group.empty()) network.messenger.part(group);
}

void clear(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  if (!word.text.empty() && word.text != "-all") usage_error("/clear [-all]");
  for (const auto& entry : call.client.buffers.entries())
    if (!word.text.empty() || entry.buffer.get() == &call.window)
      entry.buffer->hide_before(entry.buffer->end());
}

}  // namespace

std::vector<Command> window_commands() {
  return {
      {"clear",
       {"c", "cl"},
       "[-all]",
       "Scrolls the lines out of view, deletes none",
       false,
       clear,
       "Windows"},
      {"close", {"wc", "unquery"}, "[WINDOW]", "Closes a window; a group is left", false, close, "Windows"},
      {"win",
       {"window", "buffer"},
       "[WINDOW|next|prev|last|move N]",
       "Shows or moves windows",
       false,
       window,
       "Windows"},
  };
}

}  // namespace gnatter::chat
