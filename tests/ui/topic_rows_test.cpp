// SPDX-License-Identifier: GPL-3.0-or-later
// Windows of topics.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/conversation_fixture.h"
#include "ui/topic_parts.h"

using namespace gnatter;
using chat::LineKind;
using Parts = std::vector<std::string_view>;

namespace {

struct Fixture : test::ConversationFixture {
  Fixture() { content.filter = "sensors/#"; }

  void came(std::string_view clock, std::string_view topic, std::string_view text, bool retained = false) {
    chat::Line line;
    line.time = at("2026-11-22", clock);
    line.kind = LineKind::raw;
    line.sender = topic;
    line.text = text;
    line.retained = retained;
    buffer.append(line);
  }
  void sensors() {
    add(LineKind::info, "10:31", {}, "Subscribed to sensors/#, QoS 1.");
    came("10:31", "sensors/hall/power", "on", true);
    came("10:31", "sensors/kitchen", R"({"temperature":21.5,"humidity":40,"battery":97,"linkquality":120})");
    came("10:32", "sensors/kitchen", "1f 8b 08 (binary, 3 bytes)");
    add(LineKind::presence, "10:32", {}, "9,812 more in this second");
  }
  /// The words of the lowest row that are drawn in this role.
  std::string in_role(ui::Role role, int row) {
    ui::Canvas canvas({area.columns, area.rows});
    ui::draw_conversation(canvas, area, divided, content, *glyphs);
    std::string out;
    for (int column = 0; column < area.columns; ++column) {
      const ui::Cell& cell = canvas.at(column, row);
      if (cell.style.role == role && cell.bytes != "│" && cell.bytes != " ") out += cell.bytes;
    }
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(topic_rows, Fixture)

BOOST_AUTO_TEST_CASE(a_line_has_its_topic_in_front_and_says_what_was_kept) {
  screen(80, 11);
  area.columns = 80;
  sensors();
  BOOST_TEST(drawn() == R"(
──── Sunday 22 November ────────────────────────────────────────────────────────
10:31        -- │ Subscribed to sensors/#, QoS 1.
10:31  retained │ sensors/hall/power on
10:31           │ sensors/kitchen {"temperature":21.5,"humidity":40,"battery":97
                │ ,"linkquality":120}
10:32           │ sensors/kitchen 1f 8b 08 (binary, 3 bytes)
10:32        -- │ 9,812 more in this second
)");
}

BOOST_AUTO_TEST_CASE(narrow_it_is_compact) {
  area = {0, 0, 40, 20};
  divided = ui::lay_out({40, 20}, {}).columns;
  sensors();
  BOOST_TEST(drawn() == R"(
── Sunday 22 November ──────────────────
10:31 -- Subscribed to sensors/#, QoS 1.
10:31 retained sensors/hall/power on
10:31 sensors/kitchen {"temperature":21.
      5,"humidity":40,"battery":97,"link
      quality":120}
10:32 sensors/kitchen 1f 8b 08 (binary,
      3 bytes)
10:32 -- 9,812 more in this second
)");
}

BOOST_AUTO_TEST_CASE(what_the_filter_fixes_is_dim) {
  area.columns = 80;
  came("10:31", "sensors/hall/power", "on");
  const int lowest = area.rows - 1;
  BOOST_TEST(in_role(ui::Role::accent, lowest) == "hall/power");
  BOOST_TEST(in_role(ui::Role::dim, lowest).find("sensors/") != std::string::npos);
  BOOST_TEST(in_role(ui::Role::text, lowest) == "on");
}

BOOST_AUTO_TEST_CASE(a_row_that_is_rewritten_has_no_time) {
  area.columns = 60;
  content.latest_only = true;
  came("10:31", "$SYS/broker/uptime", "12 seconds");
  BOOST_TEST(drawn().find("10:31") == std::string::npos);
  BOOST_TEST(drawn().find("$SYS/broker/uptime 12 seconds") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_fixed_parts_of_a_topic) {
  BOOST_TEST((ui::fixed_parts("sensors/#", "sensors/a/b") == Parts{"sensors/"}));
  BOOST_TEST((ui::fixed_parts("sensors/+/power", "sensors/hall/power") == Parts{"sensors/", "/power"}));
  BOOST_TEST((ui::fixed_parts("+/+", "a/b") == Parts{"/"}));
  BOOST_TEST((ui::fixed_parts("a/b", "a/b") == Parts{"a/b"}));
  BOOST_TEST((ui::fixed_parts("#", "a/b") == Parts{}));
  BOOST_TEST((ui::fixed_parts("a/#", "a") == Parts{"a"}));
  BOOST_TEST((ui::fixed_parts("$share/g/a/+", "a/b") == Parts{"a/"}));
  BOOST_TEST((ui::fixed_parts("/chat/#", "/chat/x") == Parts{"/chat/"}));
}

BOOST_AUTO_TEST_SUITE_END()
