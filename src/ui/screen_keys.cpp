// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do beside editing: the table, and the ways among windows and lines.
#include <algorithm>
#include <utility>

#include "ui/conversation.h"
#include "ui/frame_maker.h"
#include "ui/key_names.h"
#include "ui/screen.h"

namespace gnatter::ui {
namespace {

/// Rows with named keys as the editor takes them: all that terminals send for a key.
std::vector<KeyAction> with_sequences(std::vector<KeyAction> rows) {
  for (KeyAction& row : rows)
    for (const std::string& name : std::exchange(row.keys, {}))
      for (std::string& keys : keys_named(name)) row.keys.push_back(std::move(keys));
  return rows;
}

}  // namespace

std::vector<KeyAction> Screen::key_actions() {
  std::vector<KeyAction> rows{
      {"gnatter-next-window",
       {"Ctrl-N", "Alt-Right", "F6"},
       "Shows the next window",
       [this] { show_beside(1); }},
      {"gnatter-previous-window",
       {"Ctrl-P", "Alt-Left", "F5"},
       "Shows the window before",
       [this] { show_beside(-1); }},
      {"gnatter-active-window",
       {"Alt-A"},
       "Shows the window where something is new, direct messages first",
       [this] { show_waiting(); }},
      {"gnatter-last-window",
       {"Alt-/"},
       "Shows the window that was shown before",
       [this] { show_previous(); }},
      {"gnatter-window-number",
       {"Alt-J"},
       "Shows the window of the two digits typed next",
       [this] { begin_window_number(); }},
      {"gnatter-next-network",
       {"Alt-X"},
       "Shows the next network's windows",
       [this] { show_next_network(); }},
      {"gnatter-page-up", {"PgUp"}, "Scrolls a page up", [this] { scroll_page(1); }},
      {"gnatter-page-down", {"PgDn"}, "Scrolls a page down", [this] { scroll_page(-1); }},
      {"gnatter-line-up", {"Alt-PgUp"}, "Scrolls a row up", [this] { scroll(1); }},
      {"gnatter-line-down", {"Alt-PgDn"}, "Scrolls a row down", [this] { scroll(-1); }},
      {"gnatter-oldest", {"Alt-Home", "Ctrl-Home"}, "Shows the oldest line", [this] { scroll_to_oldest(); }},
      {"gnatter-newest", {"Alt-End", "Ctrl-End"}, "Shows the newest line", [this] { scroll_to_newest(); }},
      {"gnatter-first-unread", {"Alt-U"}, "Shows the first line that is new", [this] { scroll_to_unread(); }},
      {"gnatter-previous-mention",
       {"Alt-P"},
       "Shows the line before that mentions you",
       [this] { scroll_to_mention(true); }},
      {"gnatter-next-mention",
       {"Alt-N"},
       "Shows the next line that mentions you",
       [this] { scroll_to_mention(false); }},
      {"gnatter-window-list",
       {"Alt-Shift-B"},
       "Shows the list of windows, or hides it",
       [this] { list_toggled_ = layout_.windows.empty(); }},
      {"gnatter-roster",
       {"Alt-Shift-N"},
       "Shows who is here, or hides it",
       [this] { roster_toggled_ = layout_.roster.empty() && !layout_.roster_in_title; }},
      {"gnatter-roster-up",
       {"F11"},
       "Scrolls who is here up",
       [this] { roster_scrolled_ = std::max(0, roster_scrolled_ - 5); }},
      {"gnatter-roster-down", {"F12"}, "Scrolls who is here down", [this] { roster_scrolled_ += 5; }},
      {"gnatter-complete", {"Tab"}, "Completes commands, names and groups", [this] { complete(false); }},
      {"gnatter-complete-back",
       {"Shift-Tab"},
       "Goes back among what completion offers",
       [this] { complete(true); }},
      {"gnatter-newline",
       {"Alt-Enter", "Ctrl-Alt-J"},
       "Begins a new line in the same message",
       [this] { editor_.insert("\n"); }},
      {"gnatter-interrupt",
       {"Ctrl-C"},
       "Puts the line into the history and clears it",
       [this] { interrupt(); }},
      {"gnatter-redraw", {"Ctrl-L"}, "Draws everything anew", [this] { terminal_.forget(); }},
      {"gnatter-suspend", {"Ctrl-Z"}, "Stops gnatter until the shell continues it", [this] { suspend(); }},
  };
  for (int number = 1; number <= 19; ++number)
    rows.push_back(
        {"gnatter-window-" + std::to_string(number),
         number <= 10 ? std::vector{"Alt-" + std::to_string(number % 10)} : std::vector<std::string>(),
         "Shows window " + std::to_string(number),
         [this, number] { show_number(static_cast<std::size_t>(number)); }});
  return with_sequences(std::move(rows));
}

void Screen::show_number(std::size_t number) {
  if (chat::Buffer* window = client_.buffers.at(number)) return client_.buffers.show(*window);
  popup_ = "There is no window " + std::to_string(number) + '.';
}

void Screen::show_beside(int step) {
  const auto count = static_cast<int>(client_.buffers.entries().size());
  const auto now = static_cast<int>(client_.buffers.number_of(*client_.buffers.current()));
  show_number(static_cast<std::size_t>((now - 1 + step + count) % count + 1));
}

void Screen::show_waiting() {
  const auto waiting = activity_.waiting();
  if (!waiting.empty()) return client_.buffers.show(*waiting.front());
  popup_ = "Nothing is new in other windows.";
}

void Screen::show_previous() {
  if (chat::Buffer* window = client_.buffers.previous()) client_.buffers.show(*window);
}

void Screen::show_next_network() {
  const auto& networks = client_.networks();
  const auto now = std::find_if(networks.begin(), networks.end(), [this](const auto& network) {
    return network.get() == client_.buffers.current_network();
  });
  if (networks.size() < 2 || now == networks.end()) return;
  const auto next = now + 1 == networks.end() ? networks.begin() : now + 1;
  client_.buffers.show((*next)->window());
}

void Screen::begin_window_number() {
  taking_number_ = true;
  number_typed_.clear();
}

/// Up to the oldest line and beyond: what is older comes in front of it first.
void Screen::scroll(int rows) {
  const ConversationContent content = frame().conversation;
  const Rectangle& area = layout_.messages;
  const auto edge = upper_edge(content, area, layout_.columns, std::max(1, rows));
  if (rows > 0 && (!edge || edge->near_oldest))
    load_older(*client_.buffers.current_network(), *client_.buffers.current());
  if (!edge) return;
  View& now = view();
  now.position = scrolled(content, area, layout_.columns, rows, edge);
  set_followed(now.position == ScrollPosition{});
}

void Screen::scroll_page(int pages) {
  scroll(pages * page_rows(frame().conversation, layout_.messages));
}

void Screen::scroll_to_newest() {
  view().position = {};
  set_followed(true);
}

void Screen::scroll_to(chat::LineNumber line) {
  view().position = scrolled_to(frame().conversation, layout_.messages, layout_.columns, line);
  set_followed(view().position == ScrollPosition{});
}

/// Once more at the oldest line: to the oldest of those that were before it.
void Screen::scroll_to_oldest() {
  chat::Buffer& window = *client_.buffers.current();
  const auto edge = upper_edge(frame().conversation, layout_.messages, layout_.columns, 1);
  if (!edge || edge->near_oldest) load_older(*client_.buffers.current_network(), window);
  scroll_to(window.first());
}

void Screen::scroll_to_unread() {
  // Its line may have gone, and one of the past have the number.
  if (const auto marker = frame().conversation.marker)
    return scroll_to(std::max(*marker, client_.buffers.current()->first_appended()));
  popup_ = "Everything here has been read.";
}

void Screen::scroll_to_mention(bool back) {
  const ConversationContent content = frame().conversation;
  const chat::Buffer& window = *content.buffer;
  View& now = view();
  const chat::LineNumber from = now.mention.value_or(window.end());
  for (auto number = back ? from : from + 1; back ? number > window.first() : number < window.end();
       back ? --number : ++number) {
    const chat::LineNumber candidate = back ? number - 1 : number;
    const auto line = window.line(candidate);
    if (!line || !content.mentions || !content.mentions(*line)) continue;
    now.mention = candidate;
    return scroll_to(candidate);
  }
  popup_ = back ? "No line before this mentions you." : "No line after this mentions you.";
}

}  // namespace gnatter::ui
