// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "base/cells.h"
#include "base/time_text.h"
#include "chat/buffer.h"
#include "ui/conversation.h"

namespace gnatter::test {

/// The window #dev of alice, on Sunday, 22 November 2026, and pictures of it.
struct ConversationFixture {
  ConversationFixture() {
    base::use_utf8_locale();
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    content.buffer = &buffer;
    content.self = "alice";
    content.mentions = [](const chat::Line& line) { return line.text.starts_with("alice: "); };
    content.now = at("2026-11-22", "10:42");
  }

  static base::Time at(std::string_view date, std::string_view clock) {
    return base::parse_utc_rfc3339(std::string(date) + 'T' + std::string(clock) + ":00.000Z").value();
  }

  chat::LineNumber add(chat::LineKind kind, std::string_view clock, std::string_view sender,
                       std::string_view text, chat::SendState state = chat::SendState::none) {
    chat::Line line;
    line.time = at("2026-11-" + day, clock);
    line.kind = kind;
    line.state = state;
    line.sender = sender;
    line.text = text;
    return buffer.append(line);
  }
  chat::LineNumber say(std::string_view clock, std::string_view sender, std::string_view text) {
    return add(chat::LineKind::message, clock, sender, text);
  }
  chat::LineNumber note(std::string_view clock, std::string_view text) {
    return add(chat::LineKind::presence, clock, {}, text);
  }

  /// A line of the log, in front of all others.
  void past(std::string_view date, std::string_view clock, std::string_view sender, std::string_view text,
            chat::LineKind kind = chat::LineKind::message) {
    chat::Line line;
    line.time = at(date, clock);
    line.kind = kind;
    line.sender = sender;
    line.text = text;
    buffer.prepend({&line, 1});
  }
  /// Lines of the log "past 1" to "past `count`", a row each, the last at 09:59 of 21 November.
  void past_up_to(int count) {
    std::vector<std::string> texts;
    std::vector<chat::Line> lines(static_cast<std::size_t>(count));
    for (int i = 1; i <= count; ++i) texts.push_back("past " + std::to_string(i));
    for (std::size_t i = 0; i < texts.size(); ++i) {
      lines[i].time = at("2026-11-21", "09:59") - std::chrono::seconds(texts.size() - 1 - i);
      lines[i].sender = "carol";
      lines[i].text = texts[i];
    }
    buffer.prepend(lines);
  }

  /// Lines "1" to "`count`", a row and a minute each.
  void count_up(int count) {
    for (int i = 1; i <= count; ++i) {
      const std::string minute = std::to_string(i % 60);
      say("10:" + (minute.size() < 2 ? '0' + minute : minute), "bob", std::to_string(i));
    }
  }

  /// Takes the area of a screen: with a list of windows where there is room, and a roster.
  void screen(int columns, int rows) {
    const ui::Layout layout = ui::lay_out({columns, rows}, {.window_list = true, .roster = true});
    area = {0, 0, layout.messages.columns, layout.messages.rows};
    divided = layout.columns;
  }
  /// Of the area, after a newline, without the rows above that are blank.
  std::string drawn() {
    ui::Canvas canvas({area.columns, area.rows});
    shown = ui::draw_conversation(canvas, area, divided, content, *glyphs);
    const std::string all = ui::picture(canvas);
    const std::size_t first = all.find_first_not_of('\n');
    return '\n' + (first == std::string::npos ? std::string() : all.substr(first));
  }
  void scroll(int rows) { content.position = ui::scrolled(content, area, divided, rows); }

  chat::Buffer buffer{chat::BufferKind::group, "dev"};
  std::string day = "22";
  ui::ConversationContent content;
  ui::Rectangle area{0, 0, 64, 21};
  ui::Columns divided;  ///< how a line is
  const ui::Glyphs* glyphs = &ui::unicode_glyphs();
  ui::Shown shown;
};

}  // namespace gnatter::test
