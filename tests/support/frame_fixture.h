// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/time_text.h"
#include "chat/buffer.h"
#include "support/drawing.h"
#include "support/environment.h"
#include "ui/views.h"

namespace gnatter::testing {

/// A frame, empty at first, and pictures of it.
struct FrameFixture : Drawing {
  Variable zone{"TZ", "UTC"};
  ui::Frame frame;
  const ui::Glyphs* glyphs = &ui::unicode_glyphs();

  /// The whole screen, with the cursor's cell as a block.
  std::string screen(int columns, int rows) {
    ui::Canvas canvas({columns, rows});
    const ui::LayoutNeeds needs{frame.windows.size() > 1, !frame.welcome,
                                ui::input_rows(frame.input, columns)};
    ui::draw_frame(canvas, ui::lay_out(canvas.size(), needs), frame, *glyphs);
    if (canvas.cursor && !frame.input.text.empty()) canvas.put(*canvas.cursor, "█", {});
    return '\n' + ui::picture(canvas);
  }
};

/// The frame of alice, who reads #dev of the network home; what is said there is on Sunday, 22 November 2026.
struct BusyFrame : FrameFixture {
  chat::Buffer dev{chat::BufferKind::group, "dev"};

  BusyFrame() {
    frame.title = {"#dev", "home", "open group, 6 spoke here lately", "", "10 here"};
    frame.status = {.clock = "10:42",
                    .me = "alice",
                    .network = "home",
                    .link = "tls",
                    .short_link = "tls",
                    .window_number = 2,
                    .window_name = "#dev",
                    .items = {},
                    .activity = {{4, "bob", 1, ui::Level::direct},
                                 {3, "#ops", 12, ui::Level::message},
                                 {6, "sensors/#", 240, ui::Level::message}},
                    .hint = ""};
    frame.roster.sections = {{"spoke here",
                              {{"alice", protocol::Status::online},
                               {"bob", protocol::Status::online},
                               {"carol", protocol::Status::away},
                               {"eve", protocol::Status::online},
                               {"mika", {}},
                               {"Wolfgang-Amadeus", protocol::Status::online}}},
                             {"also here",
                              {{"dan", protocol::Status::online},
                               {"heike", protocol::Status::dnd},
                               {"ivan", protocol::Status::away},
                               {"zoe", {}}}}};
    frame.windows = {
        {.number = 1, .name = "home", .note = "tls", .network = true},
        {.number = 2, .name = "#dev", .note = "", .current = true},
        {.number = 3, .name = "#ops", .note = "12", .level = ui::Level::message},
        {.number = 4, .name = "bob", .note = "1!", .level = ui::Level::direct},
        {.number = 5, .name = "carol", .note = ""},
        {.number = 6, .name = "sensors/#", .note = "240", .level = ui::Level::message},
        {.number = 7, .name = "work", .note = "off", .network = true, .left = true, .new_network = true},
        {.number = 8, .name = "#release", .note = ""},
    };
    frame.conversation.buffer = &dev;
    frame.conversation.self = "alice";
    frame.conversation.mentions = [](const chat::Line& line) { return line.text.starts_with("alice:"); };
    frame.input.prompt = "#dev> ";
    type("bob: at 19:00 I am there. which counter, $SYS or ours?");
  }

  void say(std::string_view clock, std::string_view sender, std::string_view text,
           chat::LineKind kind = chat::LineKind::message) {
    const auto time = base::parse_utc_rfc3339("2026-11-22T" + std::string(clock) + ":00.000Z");
    const bool own = kind == chat::LineKind::message && sender == "alice";
    dev.append({.time = time.value(),
                .kind = kind,
                .state = own ? chat::SendState::sent : chat::SendState::none,
                .sender = sender,
                .text = text,
                .id = {}});
  }
  void talk() {
    say("10:12", "eve", "alice: can you look at the ACL again? #ops is empty for me");
    say("10:13", "alice", "looking");
    say("10:13", "carol", "goes for coffee", chat::LineKind::action);
    say("10:15", "mika", "日本語も大丈夫? 👩‍💻 works here");
    say("10:19", "alice", "eve: fixed. the line for #ops had %U where it wants %u");
    say("10:19", "eve", "thank you!");
    frame.conversation.marker = dev.end();
    frame.conversation.marker_text = "5 new since 10:31";
    say("10:34", "dan", "node2 next? two minutes without #release");
    say("10:34", "Wolfgang-Amadeus", "and with me");
    say("10:36", "eve", "mika has the pager tonight, please tell him before you start");
    say("10:37", "mika", "I read along :)");
    say("10:41", "bob", "then at 19:00. alice, will you watch the gap counter?");
    say("10:41", "alice", "yes");
  }
  void type(std::string_view text) {
    frame.input.text = text;
    frame.input.cursor = text.size();
  }
};

}  // namespace gnatter::testing
