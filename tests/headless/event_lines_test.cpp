// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/event_lines.h"

#include <stdlib.h>
#include <time.h>

#include <boost/test/unit_test.hpp>
#include <string>

using namespace gnatter;
using namespace gnatter::headless;
using chat::Buffer;
using chat::BufferKind;
using chat::Line;
using chat::LineKind;
using chat::Roster;
using chat::SendState;

namespace {

const base::Time noon = base::parse_utc_rfc3339("2026-11-22T12:00:00.123Z").value();
const std::string time_field = "2026-11-22T13:00:00.123+01:00\t";

struct Fixture {
  Fixture() {
    ::setenv("TZ", "<+01>-1", 1);
    ::tzset();
  }
  Buffer dev{BufferKind::group, "dev"}, bob{BufferKind::direct, "bob"}, network{BufferKind::network, ""};

  Line line(LineKind kind, std::string_view sender, std::string_view text,
            SendState state = SendState::none) {
    Line out;
    out.time = noon;
    out.kind = kind;
    out.sender = sender;
    out.text = text;
    out.state = state;
    return out;
  }
  /// Without its time.
  std::string event(const Buffer& window, const Line& of) {
    const auto text = event_of(window, of);
    if (!text) return "none";
    BOOST_TEST(text->starts_with(time_field));
    return text->substr(time_field.size());
  }
  std::string report(Roster::Report::Kind kind, bool news, std::optional<protocol::Status> status = {}) {
    const auto text = event_of(Roster::Report{kind, "Anna Lena", status, news});
    return text ? text->substr(text->find('\t') + 1) : "none";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(event_lines, Fixture)

BOOST_AUTO_TEST_CASE(an_event_is_five_fields_parted_by_tabs) {
  BOOST_TEST(event_line(noon, "message", "#dev", "bob", "hello") ==
             time_field + "message\t#dev\tbob\thello\n");
  BOOST_TEST(event_line(noon, "info", "*", "", "") == time_field + "info\t*\t\t\n");
}

BOOST_AUTO_TEST_CASE(tabs_newlines_and_backslashes_are_escaped_in_every_field) {
  BOOST_TEST(event_line(noon, "message", "#a\\b", "b\tob", "1\n2\\n\t") ==
             time_field + "message\t#a\\\\b\tb\\tob\t1\\n2\\\\n\\t\n");
}

BOOST_AUTO_TEST_CASE(each_kind_of_line_has_its_word) {
  BOOST_TEST(event(dev, line(LineKind::message, "bob", "hi")) == "message\t#dev\tbob\thi\n");
  BOOST_TEST(event(bob, line(LineKind::action, "bob", "waves")) == "action\tbob\tbob\twaves\n");
  BOOST_TEST(event(bob, line(LineKind::notice, "bob", "I am away")) == "message\tbob\tbob\tI am away\n");
  BOOST_TEST(event(dev, line(LineKind::info, "", "You joined #dev.")) == "info\t#dev\t\tYou joined #dev.\n");
  BOOST_TEST(event(network, line(LineKind::error, "", "The line is lost.")) ==
             "error\t*\t\tThe line is lost.\n");
}

BOOST_AUTO_TEST_CASE(lines_for_the_eye_alone_are_no_events) {
  BOOST_TEST(event(dev, line(LineKind::presence, "", "bob is here")) == "none");
  BOOST_TEST(event(dev, line(LineKind::rule, "", "off since 10:52")) == "none");
}

BOOST_AUTO_TEST_CASE(an_own_line_is_an_event_once_the_broker_has_it) {
  BOOST_TEST(event(dev, line(LineKind::message, "alice", "hi", SendState::pending)) == "none");
  BOOST_TEST(event(dev, line(LineKind::message, "alice", "hi", SendState::refused)) == "none");
  BOOST_TEST(event(dev, line(LineKind::message, "alice", "hi", SendState::sent)) ==
             "sent\t#dev\talice\thi\n");
  BOOST_TEST(event(bob, line(LineKind::action, "alice", "waves", SendState::sent)) ==
             "sent\tbob\talice\t/me waves\n");
}

BOOST_AUTO_TEST_CASE(what_is_told_of_somebody_stands_in_the_networks_window) {
  using Kind = Roster::Report::Kind;
  BOOST_TEST(report(Kind::login, true) == "login\t*\tAnna Lena\t\n");
  BOOST_TEST(report(Kind::logout, true) == "logout\t*\tAnna Lena\t\n");
  BOOST_TEST(report(Kind::active, true) == "active\t*\tAnna Lena\t\n");
  BOOST_TEST(report(Kind::status, true, protocol::Status::dnd) == "status\t*\tAnna Lena\tDO NOT DISTURB\n");
}

BOOST_AUTO_TEST_CASE(logins_and_logouts_are_always_events_the_rest_when_it_is_news) {
  using Kind = Roster::Report::Kind;
  BOOST_TEST(report(Kind::login, false) != "none");
  BOOST_TEST(report(Kind::logout, false) != "none");
  BOOST_TEST(report(Kind::active, false) == "none");
  BOOST_TEST(report(Kind::status, false, protocol::Status::away) == "none");
}

BOOST_AUTO_TEST_CASE(in_a_plugins_window_everything_is_information_but_what_failed) {
  const Buffer search{BufferKind::plugin, "search a\\b"};
  BOOST_TEST(event(search, line(LineKind::message, "bob", "hi")) == "info\tsearch a\\\\b\tbob\thi\n");
  BOOST_TEST(event(search, line(LineKind::message, "alice", "hi", SendState::sent)) ==
             "info\tsearch a\\\\b\talice\thi\n");
  BOOST_TEST(event(search, line(LineKind::info, "", "2 lines")) == "info\tsearch a\\\\b\t\t2 lines\n");
  BOOST_TEST(event(search, line(LineKind::error, "", "no")) == "error\tsearch a\\\\b\t\tno\n");
  BOOST_TEST(event(search, line(LineKind::rule, "", "Sunday")) == "none");
}

BOOST_AUTO_TEST_CASE(what_comes_on_a_topic_is_raw_and_says_in_a_sixth_field_that_it_was_kept) {
  const Buffer sensors{BufferKind::topic, "sensors/#"};
  Line came = line(LineKind::raw, "sensors/a", "21.5");
  BOOST_TEST(event(sensors, came) == "raw\tsensors/#\tsensors/a\t21.5\n");
  came.retained = true;
  BOOST_TEST(event(sensors, came) == "raw\tsensors/#\tsensors/a\t21.5\tretained\n");
  BOOST_TEST(event(sensors, line(LineKind::presence, "", "9,812 more in this second")) == "none");
}

BOOST_AUTO_TEST_CASE(a_sentence_about_what_was_refused_is_an_error) {
  BOOST_TEST(event(dev, line(LineKind::error, "", "not sent", SendState::refused)) ==
             "error\t#dev\t\tnot sent\n");
}

BOOST_AUTO_TEST_SUITE_END()
