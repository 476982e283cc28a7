// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/conversation_fixture.h"

using namespace gnatter;
using chat::LineKind;
using chat::SendState;

namespace {

struct Fixture : test::ConversationFixture {
  Fixture() {
    const std::string long_name = "日本語の名前です-with-a-tail";
    content.names = {long_name, "日本語の名前です-with-another", "bob"};
    for (const std::string& text :
         {std::string(), std::string(" \n\t\n "), std::string(3000, 'x'), std::string(200, '\t'),
          std::string("日本語も大丈夫👩‍💻👩‍💻👩‍💻 "
                      "https://a.example/a/long/path/that/is/cut "
                      "e\u0301\u0301"),
          std::string("\u0301\u200D"), std::string(90, '\n')})
      for (const auto kind : {LineKind::message, LineKind::action, LineKind::notice, LineKind::info,
                              LineKind::error, LineKind::presence, LineKind::rule})
        for (const auto state : {SendState::none, SendState::pending, SendState::refused})
          add(kind, "10:19", kind == LineKind::notice ? long_name : "bob", text, state);
    for (const std::string& text : {std::string(300, 'x'), std::string(90, '\n'), std::string()})
      for (const auto kind : {LineKind::message, LineKind::action, LineKind::notice, LineKind::presence})
        past("2025-11-21", "18:04", kind == LineKind::presence ? "" : long_name, text, kind);
    content.marker = buffer.end() - 5;
    content.marker_text = long_name;
    content.empty = {long_name, std::string(300, 'x')};
  }

  /// Around it a frame that must not be touched.
  void draw_framed() {
    ui::Canvas canvas({area.columns + 4, area.rows + 2});
    const ui::Rectangle whole{0, 0, area.columns + 4, area.rows + 2};
    canvas.fill(whole, {}, "#");
    ui::draw_conversation(canvas, {2, 1, area.columns, area.rows}, divided, content, *glyphs);
    for (int row = 0; row < whole.rows; ++row)
      for (int column = 0; column < whole.columns; ++column) {
        const bool inside = row > 0 && row <= area.rows && column > 1 && column < area.columns + 2;
        if (!inside && canvas.at(column, row).bytes != "#")
          BOOST_FAIL("a cell outside, of " << area.columns << " x " << area.rows);
      }
  }

  void draw_everywhere() {
    for (const auto& position : {ui::ScrollPosition{}, ui::ScrollPosition{50, 3}, ui::ScrollPosition{0, 0},
                                 ui::ScrollPosition{-5, -3}, ui::ScrollPosition{100000, 100000}}) {
      content.position = position;
      draw_framed();
    }
    scroll(ui::page_rows(content, area));
    draw_framed();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(every_size, Fixture)

BOOST_AUTO_TEST_CASE(no_area_is_left_and_none_is_too_small) {
  for (int columns = 0; columns <= 130; columns += columns < 30 ? 1 : 7)
    for (int rows = 0; rows <= 45; rows += rows < 8 ? 1 : 6) {
      area = {0, 0, columns, rows};
      for (const ui::Columns& division : {ui::Columns{0, 6, 0, true}, ui::Columns{1, 6, 12, false}}) {
        divided = division;
        draw_everywhere();
      }
    }
}

BOOST_AUTO_TEST_CASE(an_empty_window_may_have_any_size) {
  const chat::Buffer empty(chat::BufferKind::group, "dev");
  for (const chat::Buffer* which : {&empty, static_cast<const chat::Buffer*>(nullptr)}) {
    content.buffer = which;
    for (int columns = 0; columns <= 60; ++columns)
      for (int rows = 0; rows <= 6; ++rows) {
        area = {0, 0, columns, rows};
        divided.compact = columns % 2 == 0;
        draw_everywhere();
      }
  }
}

BOOST_AUTO_TEST_SUITE_END()
