// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do beside editing: the table, and the ways among windows and lines.
#include <algorithm>

#include "ui/conversation.h"
#include "ui/frame_maker.h"
#include "ui/screen.h"

namespace gnatter::ui {
std::vector<KeyAction> Screen::key_actions() {
  std::vector<KeyAction> rows{
      {"gnatter-next-window",
       {"\\C-n", "\\e[1;3C", "\\e\\e[C", "\\e[17~"},
       "Shows the next window",
       [this] { show_beside(1); }},
      {"gnatter-previous-window",
       {"\\C-p", "\\e[1;3D", "\\e\\e[D", "\\e[15~"},
       "Shows the window before",
       [this] { show_beside(-1); }},
      {"gnatter-active-window",
       {"\\ea"},
       "Shows the window where something is new, direct messages first",
       [this] { show_waiting(); }},
      {"gnatter-last-window",
       {"\\e/"},
       "Shows the window that was shown before",
       [this] { show_previous(); }},
      {"gnatter-window-number",
       {"\\ej"},
       "Shows the window of the two digits typed next",
       [this] { begin_window_number(); }},
      {"gnatter-next-network", {"\\ex"}, "Shows the next network's windows", [this] { show_next_network(); }},
      {"gnatter-page-up", {"\\e[5~"}, "Scrolls a page up", [this] { scroll_page(1); }},
      {"gnatter-page-down", {"\\e[6~"}, "Scrolls a page down", [this] { scroll_page(-1); }},
      {"gnatter-line-up", {"\\e[5;3~"}, "Scrolls a row up", [this] { scroll(1); }},
      {"gnatter-line-down", {"\\e[6;3~"}, "Scrolls a row down", [this] { scroll(-1); }},
      {"gnatter-oldest",
       {"\\e[1;3H", "\\e[1;5H", "\\e\\e[H"},
       "Shows the oldest line",
       [this] { scroll_to_oldest(); }},
      {"gnatter-newest",
       {"\\e[1;3F", "\\e[1;5F", "\\e\\e[F"},
       "Shows the newest line",
       [this] { scroll_to_newest(); }},
      {"gnatter-first-unread", {"\\eu"}, "Shows the first line that is new", [this] { scroll_to_unread(); }},
      {"gnatter-previous-mention",
       {"\\ep"},
       "Shows the line before that mentions you",
       [this] { scroll_to_mention(true); }},
      {"gnatter-next-mention",
       {"\\en"},
       "Shows the next line that mentions you",
       [this] { scroll_to_mention(false); }},
      {"gnatter-window-list",
       {"\\eB"},
       "Shows the list of windows, or hides it",
       [this] { list_wanted_ = !list_wanted_; }},
      {"gnatter-roster",
       {"\\eN"},
       "Shows who is here, or hides it",
       [this] { roster_wanted_ = !roster_wanted_; }},
      {"gnatter-roster-up",
       {"\\e[23~"},
       "Scrolls who is here up",
       [this] { roster_scrolled_ = std::max(0, roster_scrolled_ - 5); }},
      {"gnatter-roster-down", {"\\e[24~"}, "Scrolls who is here down", [this] { roster_scrolled_ += 5; }},
      {"gnatter-complete", {"\\t"}, "Completes commands, names and groups", [this] { complete(false); }},
      {"gnatter-complete-back",
       {"\\e[Z"},
       "Goes back among what completion offers",
       [this] { complete(true); }},
      {"gnatter-newline",
       {"\\e\\C-m", "\\e\\C-j"},
       "Begins a new line in the same message",
       [this] { editor_.insert("\n"); }},
      {"gnatter-interrupt",
       {"\\C-c"},
       "Puts the line into the history and clears it",
       [this] { interrupt(); }},
      {"gnatter-redraw", {"\\C-l"}, "Draws everything anew", [this] { terminal_.forget(); }},
      {"gnatter-suspend",
       {"\\C-z"},
       "Stops gnatter until the shell continues it",
       [this] { terminal_.suspend(); }},
  };
  for (int number = 1; number <= 10; ++number)
    rows.push_back({"gnatter-window-" + std::to_string(number),
                    {"\\e" + std::to_string(number % 10)},
                    "Shows window " + std::to_string(number),
                    [this, number] { show_number(static_cast<std::size_t>(number)); }});
  return rows;
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

void Screen::scroll(int rows) {
  View& now = view();
  now.position = scrolled(frame().conversation, layout_.messages, layout_.columns, rows);
  activity_.set_followed(now.position == ScrollPosition{});
}

void Screen::scroll_page(int pages) {
  scroll(pages * page_rows(layout_.messages));
}

void Screen::scroll_to_newest() {
  view().position = {};
  activity_.set_followed(true);
}

void Screen::scroll_to(chat::LineNumber line) {
  view().position = scrolled_to(frame().conversation, layout_.messages, layout_.columns, line);
  activity_.set_followed(view().position == ScrollPosition{});
}

void Screen::scroll_to_oldest() {
  scroll_to(client_.buffers.current()->first());
}

void Screen::scroll_to_unread() {
  if (const auto marker = frame().conversation.marker) return scroll_to(*marker);
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
