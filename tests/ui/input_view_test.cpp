// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/drawing.h"
#include "ui/views.h"

using namespace gnatter::ui;
using namespace gnatter::testing;

namespace {

struct Fixture : Drawing {
  InputContent input{.prompt = "#dev> ", .text = "", .hint = ""};
  const Glyphs* glyphs = &unicode_glyphs();

  /// The picture, with the cursor's cell as a block.
  std::string shown(int columns, int rows) const {
    Canvas canvas({columns, rows});
    draw_input(canvas, {0, 0, columns, rows}, input, *glyphs);
    if (canvas.cursor) canvas.put(*canvas.cursor, "█", {});
    return '\n' + picture(canvas);
  }
  void type(std::string_view text) {
    input.text = text;
    input.cursor = text.size();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(input_view, Fixture)

BOOST_AUTO_TEST_CASE(the_prompt_is_the_target) {
  BOOST_TEST(shown(80, 1) == "\n#dev> █\n");
  type("bob: at 19:00 I am there. which counter, $SYS or ours?");
  BOOST_TEST(shown(80, 1) == "\n#dev> bob: at 19:00 I am there. which counter, $SYS or ours?█\n");
  input.cursor = 3;
  BOOST_TEST(shown(80, 1) == "\n#dev> bob█ at 19:00 I am there. which counter, $SYS or ours?\n");
}

BOOST_AUTO_TEST_CASE(a_hint_stands_in_an_empty_line_alone) {
  input.prompt = "> ";
  input.hint = "/local or /connect HOST";
  Canvas canvas({40, 1});
  draw_input(canvas, {0, 0, 40, 1}, input, *glyphs);
  BOOST_TEST(picture(canvas) == "> /local or /connect HOST\n");
  BOOST_TEST((canvas.at(0, 0).style == Style{Role::accent}));
  BOOST_TEST((canvas.at(2, 0).style == Style{Role::dim}));
  BOOST_TEST((canvas.cursor == Point{2, 0}));
  type("/");
  BOOST_TEST(shown(40, 1) == "\n> /█\n");
}

BOOST_AUTO_TEST_CASE(long_text_goes_on_in_the_next_row) {
  type("one two three four five");
  BOOST_TEST(input_rows(input, 20) == 2);
  BOOST_TEST(shown(20, 2) == "\n#dev> one two three\nfour five█\n");
}

BOOST_AUTO_TEST_CASE(the_cursor_has_a_cell_at_the_end_of_a_full_row) {
  type("12345678901234");
  BOOST_TEST(input_rows(input, 20) == 2);
  BOOST_TEST(shown(20, 2) == "\n#dev> 12345678901234\n█\n");
}

BOOST_AUTO_TEST_CASE(a_newline_begins_a_row) {
  type("for x in y:\n\tprint(x)\n\n");
  BOOST_TEST(input_rows(input, 80) == 4);
  BOOST_TEST(shown(80, 4) == "\n#dev> for x in y:\n print(x)\n\n█\n");
  input.cursor = 11;
  BOOST_TEST(shown(80, 4) == "\n#dev> for x in y:█\n print(x)\n\n\n");
}

BOOST_AUTO_TEST_CASE(the_row_of_the_cursor_is_in_view) {
  type("1\n2\n3\n4\n5\n6");
  BOOST_TEST(input_rows(input, 80) == 6);
  BOOST_TEST(shown(80, 3) == "\n4\n5\n6█\n");
  input.cursor = 0;
  BOOST_TEST(shown(80, 3) == "\n#dev> █\n2\n3\n");
  input.cursor = 6;
  BOOST_TEST(shown(80, 3) == "\n2\n3\n█\n");
}

BOOST_AUTO_TEST_CASE(a_single_row_scrolls_by_half_its_width) {
  type("which counter");
  BOOST_TEST(shown(20, 1) == "\n#dev> which counter█\n");
  type("which counter?");
  BOOST_TEST(shown(20, 1) == "\n#dev> …unter?█\n");
  type("which counter, $SYS or ours?");
  BOOST_TEST(shown(20, 1) == "\n#dev> … ours?█\n");
  input.cursor = 0;
  BOOST_TEST(shown(20, 1) == "\n#dev> █hich counter…\n");
  input.cursor = 15;
  BOOST_TEST(shown(20, 1) == "\n#dev> …unter, █SYS …\n");
  glyphs = &ascii_glyphs();
  BOOST_TEST(shown(20, 1) == "\n#dev> ~unter, █SYS ~\n");
}

BOOST_AUTO_TEST_CASE(a_newline_has_a_mark_in_a_single_row) {
  type("a\nb");
  BOOST_TEST(shown(20, 1) == "\n#dev> a↵b█\n");
  glyphs = &ascii_glyphs();
  BOOST_TEST(shown(20, 1) == "\n#dev> a\\b█\n");
}

BOOST_AUTO_TEST_CASE(a_long_prompt_leaves_room_for_the_text) {
  input.prompt = "bob (you are AWAY)> ";
  type("ping");
  BOOST_TEST(shown(40, 1) == "\nbob (you are AWAY)> ping█\n");
  BOOST_TEST(shown(20, 1) == "\nbob (yo…> ping█\n");
}

BOOST_AUTO_TEST_CASE(a_question_is_text_that_cannot_be_changed) {
  input.prompt.clear();
  input.text_role = Role::command;
  type("Paste of 3 lines: Enter sends one message");
  BOOST_TEST(input_rows(input, 30) == 2);
  BOOST_TEST(shown(30, 2) == "\nPaste of 3 lines: Enter sends\none message█\n");
  Canvas canvas({30, 2});
  draw_input(canvas, {0, 0, 30, 2}, input, *glyphs);
  BOOST_TEST((canvas.at(0, 0).style == Style{Role::command}));
}

BOOST_AUTO_TEST_CASE(the_cursor_counts_cells) {
  type("日本e\u0301x");
  BOOST_TEST(shown(20, 1) == "\n#dev> 日本e\u0301x█\n");
  input.cursor = 6;
  BOOST_TEST(shown(20, 1) == "\n#dev> 日本█x\n");
  input.cursor = 7;  // in the middle of a cluster: before it
  BOOST_TEST(shown(20, 1) == "\n#dev> 日本█x\n");
  type("12345678901日本");
  BOOST_TEST(shown(20, 2) == "\n#dev> 12345678901日\n本█\n");
}

BOOST_AUTO_TEST_CASE(it_stays_in_its_area_at_any_size) {
  for (const std::string& name : nasty_names()) {
    input.prompt = input.hint = name;
    for (int columns = 1; columns <= 130; columns += columns < 30 ? 3 : 25) {
      for (int rows = 1; rows <= 15; rows += rows < 3 ? 1 : 12) {
        for (std::size_t cursor : {std::size_t{0}, name.size(), name.size() * 10, std::string::npos}) {
          type("");
          for (int i = 0; i < 20; ++i) input.text += name + (i % 5 == 0 ? "\n" : "");
          input.cursor = std::min(cursor, input.text.size());
          bool cursor_inside = false;
          const bool fills = fills_its_area_alone(columns, rows, [&](Canvas& canvas, const Rectangle& area) {
            draw_input(canvas, area, input, *glyphs);
            cursor_inside = canvas.cursor && canvas.cursor->column >= area.column &&
                            canvas.cursor->column < area.right() && canvas.cursor->row >= area.row &&
                            canvas.cursor->row < area.bottom();
          });
          BOOST_TEST(fills, name << " at " << columns << 'x' << rows);
          BOOST_TEST(cursor_inside, name << " at " << columns << 'x' << rows);
          BOOST_TEST(input_rows(input, columns) >= 1);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
