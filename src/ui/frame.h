// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "chat/activity.h"
#include "chat/buffer.h"
#include "gnatter/protocol.h"
#include "ui/glyphs.h"
#include "ui/layout.h"

/// What the views draw: plain values, made by the screen for one frame. All text is safe to show.
namespace gnatter::ui {

struct TitleContent {
  std::string name;         ///< "#dev"; cut last
  std::string network;      ///< empty when there is only one
  std::string description;  ///< "open group, 6 spoke here lately"; parts of it between " · ", on any terminal
  std::string date;         ///< "Sun 22 Nov"; empty: draw_frame() takes that of the lowest row in view
  std::string count;        ///< "10 here", where there is no room for a roster; else empty
};

using Level = chat::Activity::Level;

struct Activity {
  int number = 0;  ///< of the window
  std::string name;
  std::size_t count = 0;
  Level level = Level::none;
};

struct StatusItem {
  std::string text;
  bool warns = false;
};

struct StatusContent {
  std::string clock;  ///< "10:42"
  std::string me;     ///< own name; empty: not connected to anything yet
  protocol::Status self = protocol::Status::online;
  std::string network;             ///< "home"
  std::string link;                ///< "tls", "PLAIN", "connecting", "OFF since 10:52, next try in 12 s"
  std::string short_link;          ///< where that is too long: "OFF, next try 12 s"
  Role link_role = Role::bar_dim;  ///< bar_dim: all is well, and it may be left out
  int window_number = 1;
  std::string window_name;
  std::vector<StatusItem> items;   ///< of plugins: those that warn first, else in the order they came
  std::vector<Activity> activity;  ///< in the order Alt-A visits
  std::size_t pending = 0;         ///< lines that wait
  std::size_t below = 0;           ///< lines below the view; draw_frame() fills it in
  std::string hint;                ///< the usage of the command typed so far, or what Tab offers
};

struct Person {
  std::string name;
  std::optional<protocol::Status> status;
};

struct RosterContent {
  struct Section {
    std::string title;  ///< "spoke here", "also here", "here"
    std::vector<Person> people;
  };
  std::vector<Section> sections;
  std::string as_of;  ///< "as of 10:52", and everything dim; empty while connected
  std::string empty;  ///< instead of sections: "only you", "presence is not loaded"
  int scrolled = 0;   ///< rows left out at the top; the view takes what is too much back
};

struct WindowRow {
  int number = 0;
  std::string name;
  std::string note;  ///< "12", "1!", "local"
  Level level = Level::none;
  bool current = false;
  bool network = false;      ///< of a network itself: stands a column further left
  bool left = false;         ///< a group that was left, a network that is off: dim
  bool new_network = false;  ///< a blank row stands before it
};

struct InputContent {
  std::string prompt;  ///< "#dev> "
  Role prompt_role = Role::accent;
  std::string text;  ///< with newlines where it has several lines; hidden text never gets here
  Role text_role = Role::text;
  std::size_t cursor = 0;  ///< a byte of `text`
  std::string hint;        ///< dim, where `text` is empty
};

/// Where a conversation is scrolled to. By default the newest line stands at the bottom.
struct ScrollPosition {
  /// The line whose row `row` is the lowest shown; nothing: the newest.
  std::optional<chat::LineNumber> bottom;
  int row = 0;  ///< of the text, from 0; the rules above it are -1 and so on, for they come and go
  bool operator==(const ScrollPosition&) const = default;
};

struct ConversationContent {
  const chat::Buffer* buffer = nullptr;
  ScrollPosition position;
  /// The first line that is new; its rule says `marker_text` ("5 new since 10:31").
  std::optional<chat::LineNumber> marker;
  std::string marker_text;
  std::string self;             ///< own name
  std::set<std::string> names;  ///< all known here: two that would look equal when cut are cut in the middle
  std::string filter;           ///< of a window of topics: what it fixes of them is dim
  bool latest_only = false;     ///< a row a topic, rewritten: when it was first written says nothing
  std::vector<std::string> empty;  ///< what stands there as long as there is no line
  /// Whether a line of somebody else speaks to us.
  std::function<bool(const chat::Line&)> mentions;
  base::Time now{};  ///< lines of other years say so
  int tail = 3;      ///< how many of the newest lines stay in view of a high screen that is scrolled up
};

/// The first run: what stands there before there is anything to connect to.
struct WelcomeContent {
  std::string version;             ///< "1.0"
  std::string settings_file = {};  ///< "~/.config/gnatter/gnatter.toml"; empty: not told
};

struct Frame {
  std::optional<WelcomeContent> welcome;  ///< instead of the conversation
  TitleContent title;
  StatusContent status;
  RosterContent roster;
  std::vector<WindowRow> windows;
  ConversationContent conversation;
  InputContent input;
};

}  // namespace gnatter::ui
