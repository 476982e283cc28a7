// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/topic.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace gnatter::protocol;
using namespace std::string_literals;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(topic)

BOOST_AUTO_TEST_CASE(topics_are_spelt_as_the_protocol_has_them) {
  BOOST_TEST(topic_login == "/chat/login");
  BOOST_TEST(topic_logout == "/chat/logout");
  BOOST_TEST(topic_active == "/chat/active");
  BOOST_TEST(status_topic("bob") == "/chat/user/bob/status");
  BOOST_TEST(user_message_topic("bob", "alice") == "/chat/user/bob/message/alice");
  BOOST_TEST(group_message_topic("dev", "alice") == "/chat/group/dev/message/alice");
  BOOST_TEST(user_message_filter("bob") == "/chat/user/bob/message/+");
  BOOST_TEST(group_message_filter("dev") == "/chat/group/dev/message/+");
  BOOST_TEST(filter_all_statuses == "/chat/user/+/status");
}

BOOST_AUTO_TEST_CASE(qos_is_what_the_protocol_has) {
  BOOST_TEST(qos_login == 2);
  BOOST_TEST(qos_logout == 2);
  BOOST_TEST(qos_active == 1);
  BOOST_TEST(qos_status == 0);
  BOOST_TEST(qos_user_message == 2);
  BOOST_TEST(qos_group_message == 1);
}

BOOST_AUTO_TEST_CASE(statuses_are_these_bytes_exactly) {
  BOOST_TEST(to_payload(Status::online) == "ONLINE");
  BOOST_TEST(to_payload(Status::away) == "AWAY");
  BOOST_TEST(to_payload(Status::dnd) == "DO NOT DISTURB");
  for (Status status : {Status::online, Status::away, Status::dnd})
    BOOST_TEST((status_from_payload(to_payload(status)) == status));
  for (std::string_view other : {""sv, "online"sv, "ONLINE "sv, "AWAY\n"sv, "DO NOT DISTURB\0"sv, "DND"sv})
    BOOST_TEST(!status_from_payload(other));
}

BOOST_AUTO_TEST_CASE(message_topics_come_apart_as_they_were_made) {
  for (std::string_view to : {"bob"sv, "Anna Lena"sv, "\u65E5\u672C"sv, "message"sv, "chat"sv}) {
    const std::string to_user = user_message_topic(to, "carol"), to_group = group_message_topic(to, "carol");
    const auto direct = parse_message_topic(to_user), group = parse_message_topic(to_group);
    BOOST_REQUIRE((direct && group));
    BOOST_TEST((direct->to_kind == NameKind::user && direct->to == to && direct->sender == "carol"));
    BOOST_TEST((group->to_kind == NameKind::group && group->to == to && group->sender == "carol"));
  }
}

BOOST_AUTO_TEST_CASE(a_group_may_have_a_colon_and_a_user_not) {
  BOOST_TEST(parse_message_topic("/chat/group/a:b/message/carol").has_value());
  BOOST_TEST(!parse_message_topic("/chat/user/a:b/message/carol"));
  BOOST_TEST(!parse_message_topic("/chat/group/dev/message/car:ol"));
}

BOOST_AUTO_TEST_CASE(hostile_and_foreign_topics_are_no_messages) {
  for (std::string_view topic : {""sv,
                                 "/"sv,
                                 "/chat"sv,
                                 "/chat/login"sv,
                                 "/test"sv,
                                 "chat/user/bob/message/carol"sv,
                                 "//chat/user/bob/message/carol"sv,
                                 "/chat/user/bob"sv,
                                 "/chat/user/bob/message"sv,
                                 "/chat/user/bob/message/"sv,
                                 "/chat/user//message/carol"sv,
                                 "/chat/user/bob/message/carol/"sv,
                                 "/chat/user/bob/message/carol/dan"sv,
                                 "/chat/user/bob/x/message/carol"sv,
                                 "/chat/user/bob/messages/carol"sv,
                                 "/chat/group/dev/status"sv,
                                 "/chat/user/bob/status"sv,
                                 "/chat/group/*/message/carol"sv,
                                 "/chat/group/dev/message/*"sv,
                                 "/chat/user/bob/message/ carol"sv,
                                 "/chat/user/bob/message/car\x1b[2Jol"sv,
                                 "/chat/user/bob/message/car\0ol"sv,
                                 "/chat/user/bob/message/\xFF"sv,
                                 "/chat/user/bob/message/\u009B"sv,
                                 "/Chat/user/bob/message/carol"sv,
                                 "/chat/Group/dev/message/carol"sv,
                                 "/chat/user/bob /message/carol"sv})
    BOOST_TEST(!parse_message_topic(topic), "taken: " << topic);
  BOOST_TEST(!parse_message_topic(group_message_topic(std::string(65, 'x'), "carol")));
  BOOST_TEST(!parse_message_topic(group_message_topic("dev", std::string(65, 'x'))));
}

BOOST_AUTO_TEST_CASE(the_user_of_a_status_topic_is_its_level_whatever_it_holds) {
  BOOST_TEST(user_of_status_topic("/chat/user/bob/status").value() == "bob");
  BOOST_TEST(user_of_status_topic("/chat/user//status").value().empty());
  BOOST_TEST(!is_user_name(user_of_status_topic("/chat/user/a/b/status").value()));
  for (std::string_view topic : {"/chat/user/status"sv, "/chat/user/bob/status/x"sv, "/chat/user/bob"sv,
                                 "/chat/group/dev/status"sv, "/chat/login"sv, ""sv})
    BOOST_TEST(!user_of_status_topic(topic), "taken: " << topic);
}

BOOST_AUTO_TEST_CASE(filters_match_as_mqtt_has_it) {
  const auto yes = [](std::string_view filter, std::string_view given) {
    BOOST_TEST(topic_matches(filter, given), filter << " refuses " << given);
  };
  const auto no = [](std::string_view filter, std::string_view given) {
    BOOST_TEST(!topic_matches(filter, given), filter << " takes " << given);
  };
  yes("/test", "/test");
  no("/test", "/test/");
  no("/test", "test");
  no("/test", "/Test");
  yes("/chat/user/+/status", "/chat/user/bob/status");
  yes("/chat/user/+/status", "/chat/user//status");
  no("/chat/user/+/status", "/chat/user/bob/x/status");
  no("/chat/user/+/status", "/chat/user/status");
  yes("/chat/#", "/chat/user/bob/status");
  yes("/chat/#", "/chat");
  yes("/chat/#", "/chat/");
  no("/chat/#", "/chatter");
  yes("#", "/chat/login");
  yes("#", "a");
  yes("+", "a");
  no("+", "/a");
  yes("/+", "/a");
  yes("+/+", "/a");
  yes("sport/+", "sport/");
  no("sport/+", "sport");
  yes("sport/+/player", "sport/tennis/player");
  no("a/b", "a");
  no("a", "a/b");
}

BOOST_AUTO_TEST_CASE(a_leading_wildcard_does_not_match_the_brokers_own_topics) {
  BOOST_TEST(!topic_matches("#", "$SYS/broker/uptime"));
  BOOST_TEST(!topic_matches("+/broker/uptime", "$SYS/broker/uptime"));
  BOOST_TEST(topic_matches("$SYS/#", "$SYS/broker/uptime"));
  BOOST_TEST(topic_matches("/chat/user/+/status", "/chat/user/$SYS/status"));
}

BOOST_AUTO_TEST_SUITE_END()
