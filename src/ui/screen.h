// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/event_loop.h"
#include "chat/activity.h"
#include "chat/client.h"
#include "chat/outage_rules.h"
#include "chat/presence_notes.h"
#include "ui/bind_commands.h"
#include "ui/departure.h"
#include "ui/frame.h"
#include "ui/key_decoder.h"
#include "ui/line_editor.h"
#include "ui/link_watch.h"
#include "ui/question.h"
#include "ui/tab_completion.h"
#include "ui/terminal.h"
#include "ui/terminal_commands.h"

namespace gnatter::ui {

/// The front end with a screen: keys in, frames out, and the way the client ends. A key is shown at once;
/// what arrives, at most every 16 ms. One thread, the loop's.
class Screen {
 public:
  struct Settings {
    int input = 0;                ///< the terminal's descriptor for reading
    const Glyphs* glyphs;         ///< what the terminal can show, as long as look.glyphs is auto
    std::string version;          ///< for the first run
    std::string settings_file{};  ///< for the first run, too: safe text
    TerminalPath path{};          ///< for titles and commands
  };
  /// Before anything is connected. Everything outlives it.
  Screen(base::EventLoop& loop, chat::Client& client, Terminal& terminal, Settings settings);
  ~Screen() {
    client_.attention = {};
    client_.ask = {};
  }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  [[nodiscard]] bool gave_up() const { return departure_.gave_up(); }
  /// What keys do beside editing, by default.
  [[nodiscard]] const std::vector<KeyAction>& actions() const { return editor_.actions(); }

 private:
  /// What a window has on the screen beside its lines.
  struct View {
    ScrollPosition position;
    std::string draft;
    std::size_t draft_cursor = 0;
    std::optional<chat::LineNumber> mention;                          ///< the one that was last gone to
    std::optional<base::EventLoop::Clock::time_point> nothing_older;  ///< when nobody had older lines
    Subscription appended, prepended, changed;
  };
  /// A question that came by itself waits until nothing is being typed: that would be taken for the answer.
  struct Asked {
    Question question;
    bool waits_for_idle = false;
  };

  // Events of the client
  void listen();
  void follow(chat::Buffer& window);
  void follow(chat::Network& network);
  void listen_for_past();
  void fill_windows_soon();
  void fill_windows();
  void load_older(chat::Network& network, chat::Buffer& window);
  void on_shown(chat::Buffer& window);
  void on_closing(chat::Buffer& window);
  void on_failed(chat::Network& network, const transport::Failure& failure, bool tried_again);
  void ask_for_client(chat::Question question);
  void ask_for_secret(chat::Network& network, std::string prompt, std::function<void(std::string)> answer);
  void ask_password(chat::Network& network);
  void ask_key_password(chat::Network& network);
  void connect(chat::Network& network, chat::Account account);
  void on_quit_asked();
  void ask_about_unsent();
  void quit();

  // What is seen, and what calls for attention
  void offer_attention();
  void on_focus(bool focused);
  void on_key_pressed();
  void look_at(const chat::Buffer* window);
  void set_followed(bool followed);
  void suspend();
  void on_continued();

  // Keys
  std::vector<KeyAction> key_actions();
  void read_input();
  void on_key(std::string_view key);
  void on_paste(Paste paste);
  void on_line(const std::string& line);
  void tell_complaints();
  void enter(const std::string& line);
  void ask(Question question);
  void ask_when_idle(Question question);
  [[nodiscard]] bool is_asking() const;
  void complete(bool back);
  void interrupt();
  void hang_up();

  // Windows
  void show_number(std::size_t number);
  void show_beside(int step);
  void show_waiting();
  void show_previous();
  void show_next_network();
  void begin_window_number();
  void scroll(int rows);
  void scroll_page(int pages);
  void scroll_to(chat::LineNumber line);
  void scroll_to_newest();
  void scroll_to_oldest();
  void scroll_to_unread();
  void scroll_to_mention(bool back);

  // Settings
  void on_setting(const std::string& name);
  [[nodiscard]] const std::string& setting(std::string_view name) const;
  [[nodiscard]] const Glyphs& glyphs() const;
  [[nodiscard]] bool is_wanted(std::string_view name, std::optional<bool> toggled) const;
  [[nodiscard]] bool is_forced(std::string_view name, std::optional<bool> toggled) const;

  // Frames
  void draw_soon();
  void draw();
  [[nodiscard]] Frame frame() const;
  [[nodiscard]] InputContent input() const;
  [[nodiscard]] std::string hint() const;
  void draw_popup(Canvas& canvas, const Layout& layout) const;
  void tick();
  [[nodiscard]] View& view() { return views_[client_.buffers.current()]; }
  [[nodiscard]] LayoutNeeds needs(const Frame& frame) const;

  base::EventLoop& loop_;
  chat::Client& client_;
  Terminal& terminal_;
  const Settings settings_;
  chat::Activity activity_;
  chat::PresenceNotes presence_notes_;
  chat::OutageRules outage_rules_;
  LinkWatch links_;
  Departure departure_;
  KeyDecoder decoder_;
  LineEditor editor_;
  const BindCommands bind_commands_;
  TabCompletion completion_;
  std::map<const chat::Buffer*, View> views_;
  const chat::Buffer* shown_ = nullptr;
  std::deque<Asked> questions_;  // the first stands in the prompt's place
  std::string popup_;            // a sentence over the lowest rows, until the next key
  std::string number_typed_;     // Alt-J and digits
  bool taking_number_ = false;
  bool tells_focus_ = false;                           // the terminal has told of its focus
  std::optional<bool> list_toggled_, roster_toggled_;  // by their keys, against what is set
  int roster_scrolled_ = 0;
  Layout layout_;
  base::EventLoop::Clock::time_point last_frame_{};
  Subscription frame_soon_, tick_, reading_, roster_settled_, filling_;
  Subscription quitting_;  // /quit waits for what is on its way
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::ui
