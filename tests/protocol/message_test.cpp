// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/message.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace gnatter;
using namespace gnatter::protocol;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

const std::string id_text = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const std::string ts_text = "2026-11-22T09:54:39.123Z";

Message text(std::string payload, UserProperties properties = {}) {
  return decode(payload, properties);
}

bool is(const Message& message, Kind kind, std::string_view words) {
  return message.kind == kind && message.text == words;
}

std::string value(const Encoded& encoded, std::string_view name) {
  std::string found;
  for (const auto& [key, given] : encoded.properties)
    if (key == name) found += given;
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(message)

BOOST_AUTO_TEST_CASE(the_payload_of_a_message_is_its_text_verbatim) {
  for (const std::string& words :
       {"hello"s, "  two  blanks "s, "line\nline"s, "\u65E5\u672C"s, "/etc/passwd"s, "/me waves"s, "a\0b"s}) {
    BOOST_TEST(encode({Kind::message, words, {}, {}}).payload == words);
    BOOST_TEST(encode({Kind::notice, words, {}, {}}).payload == words);
  }
}

BOOST_AUTO_TEST_CASE(an_action_is_the_text_behind_me) {
  const Encoded encoded = encode({Kind::action, "waves", {}, {}});
  BOOST_TEST(encoded.payload == "/me waves");
  BOOST_TEST(value(encoded, "kind") == "action");
}

BOOST_AUTO_TEST_CASE(identity_and_time_stand_beside_the_payload) {
  const auto encoded = encode({Kind::message, "hi", Ulid::parse(id_text), base::parse_utc_rfc3339(ts_text)});
  BOOST_TEST(value(encoded, "id") == id_text);
  BOOST_TEST(value(encoded, "ts") == ts_text);
  BOOST_TEST(value(encoded, "kind") == "message");
  BOOST_TEST(encode({Kind::message, "hi", {}, {}}).properties.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_encoded_decodes_to_the_same) {
  for (Kind kind : {Kind::message, Kind::action, Kind::notice})
    for (const std::string& words : {"hi"s, "/me waves"s, "/me /me"s, ""s}) {
      const Message before{kind, words, Ulid::parse(id_text), base::parse_utc_rfc3339(ts_text)};
      const Encoded encoded = encode(before);
      const Message after = decode(encoded.payload, encoded.properties);
      BOOST_TEST((after.kind == kind && after.text == words && after.id == before.id &&
                  after.sent_at == before.sent_at));
    }
}

BOOST_AUTO_TEST_CASE(without_properties_the_prefix_makes_an_action) {
  BOOST_TEST(is(text("/me waves"), Kind::action, "waves"));
  BOOST_TEST(is(text("/me "), Kind::action, ""));
  BOOST_TEST(is(text("/me"), Kind::message, "/me"));
  BOOST_TEST(is(text("/mex"), Kind::message, "/mex"));
  BOOST_TEST(is(text(" /me waves"), Kind::message, " /me waves"));
  BOOST_TEST(is(text("/ME waves"), Kind::message, "/ME waves"));
  BOOST_TEST(is(text("hi"), Kind::message, "hi"));
}

BOOST_AUTO_TEST_CASE(a_kind_decides_whatever_the_prefix_says) {
  BOOST_TEST(is(text("/me waves", {{"kind", "message"}}), Kind::message, "/me waves"));
  BOOST_TEST(is(text("/me waves", {{"kind", "notice"}}), Kind::notice, "/me waves"));
  BOOST_TEST(is(text("waves", {{"kind", "action"}}), Kind::action, "waves"));
  BOOST_TEST(is(text("/me waves", {{"kind", "action"}}), Kind::action, "waves"));
}

BOOST_AUTO_TEST_CASE(a_kind_that_nobody_knows_is_as_if_absent) {
  for (const std::string& kind : {"ACTION"s, ""s, "action "s, "emote"s, std::string(100'000, 'x')}) {
    BOOST_TEST(is(text("/me waves", {{"kind", kind}}), Kind::action, "waves"));
    BOOST_TEST(is(text("hi", {{"kind", kind}}), Kind::message, "hi"));
  }
}

BOOST_AUTO_TEST_CASE(malformed_ids_and_times_are_as_if_absent) {
  for (const std::string& wrong :
       {""s, "x"s, id_text + "0", "8" + id_text.substr(1), std::string(1 << 20, '0'), id_text.substr(1),
        "01ARZ3NDEKTSV4RRFFQ69G5FA\0"s})
    BOOST_TEST(!text("hi", {{"id", wrong}}).id);
  for (const std::string& wrong :
       {""s, "yesterday"s, "2026-11-22T09:54:39Z"s, "2026-13-22T09:54:39.123Z"s,
        "2026-11-22T09:54:39.123+01:00"s, ts_text + " ", std::string(1 << 20, '2')})
    BOOST_TEST(!text("hi", {{"ts", wrong}}).sent_at);
}

BOOST_AUTO_TEST_CASE(of_properties_given_twice_the_first_counts) {
  const auto decoded = text(
      "hi", {{"id", id_text}, {"id", "01ARZ3NDEKTSV4RRFFQ69G5FAW"}, {"kind", "notice"}, {"kind", "action"}});
  BOOST_REQUIRE(decoded.id.has_value());
  BOOST_TEST(decoded.id->text() == id_text);
  BOOST_TEST((decoded.kind == Kind::notice));
  BOOST_TEST(!text("hi", {{"id", "wrong"}, {"id", id_text}}).id);
}

BOOST_AUTO_TEST_CASE(properties_of_others_do_not_matter) {
  BOOST_TEST(is(text("hi", {{"", ""}, {"KIND", "action"}, {"colour", "red"}}), Kind::message, "hi"));
}

BOOST_AUTO_TEST_CASE(the_claimed_time_is_shown_unless_it_cannot_be) {
  const auto arrived = base::parse_utc_rfc3339(ts_text).value();
  const auto shown = [&](base::Time claimed) {
    return shown_time({Kind::message, "hi", {}, claimed}, arrived);
  };
  for (const auto away : {-24h * 7, -1h, 0h}) BOOST_TEST((shown(arrived + away) == arrived + away));
  BOOST_TEST((shown(arrived + 5min) == arrived + 5min));
  BOOST_TEST((shown(arrived + 5min + 1ms) == arrived));
  BOOST_TEST((shown(base::parse_utc_rfc3339("9999-12-31T23:59:59.999Z").value()) == arrived));
  const auto millennium = base::parse_utc_rfc3339("2000-01-01T00:00:00.000Z").value();
  BOOST_TEST((shown(millennium) == millennium));
  BOOST_TEST((shown(millennium - 1ms) == arrived));
  BOOST_TEST((shown_time({Kind::message, "hi", {}, {}}, arrived) == arrived));
}

BOOST_AUTO_TEST_SUITE_END()
