// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/subscriptions.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/fake_connection.h"
#include "support/run_until.h"
#include "transport/subscription_identifier.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using chat::Phase;

namespace {

using Texts = std::vector<std::string>;

struct Fixture {
  base::EventLoop loop;
  FakeConnection connection;
  chat::Subscriptions filters{loop, connection};
  /// "granted FILTER", "refused FILTER", "silent FILTER", "closed FILTER", "done", "ended".
  Texts told;

  [[nodiscard]] Subscription add(const std::string& filter, Phase phase = Phase::before_login) {
    return filters.add(
        filter, 1, phase,
        [this, filter](const chat::SubscribeAnswer& answer) {
          static constexpr const char* kinds[] = {"granted ", "refused ", "silent ", "closed "};
          told.push_back(kinds[static_cast<int>(answer.kind)] + filter);
        },
        [this, filter](const transport::Incoming& incoming) {
          told.push_back(filter + " got " + incoming.payload);
        });
  }
  void ask_all() {
    filters.ask_all([this] { told.push_back("done"); });
  }
  void grant(std::size_t index) { connection.answer_subscribe(index, FakeConnection::accepted(1)); }
  void refuse(std::size_t index) { connection.answer_subscribe(index, FakeConnection::refused(0x87, "no")); }
  void line_gone(bool closed_by_broker) {
    connection.lose();  // its answers come as lost first
    filters.line_gone(closed_by_broker);
  }
  void receive(const std::string& topic, const std::string& payload) {
    filters.dispatch({topic, payload, 0, false, false, {}});
  }
  [[nodiscard]] Texts asked(std::size_t from = 0) const {
    Texts out;
    for (; from < connection.subscribes.size(); ++from) out.push_back(connection.subscribes[from].filter);
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(subscriptions, Fixture)

BOOST_AUTO_TEST_CASE(nothing_is_asked_before_a_connect) {
  const auto a = add("a");
  BOOST_TEST(asked().empty());
}

BOOST_AUTO_TEST_CASE(filters_that_want_to_be_alone_come_last_and_one_by_one) {
  const auto x = add("x", Phase::alone), a = add("a"), y = add("y", Phase::alone), b = add("b");
  ask_all();
  BOOST_TEST(asked() == (Texts{"a", "b"}), per_element());
  grant(1);
  BOOST_TEST(asked(2).empty());
  refuse(0);
  BOOST_TEST(asked(2) == Texts{"x"}, per_element());
  grant(2);
  BOOST_TEST(asked(3) == Texts{"y"}, per_element());
  grant(3);
  BOOST_TEST(told == (Texts{"granted b", "refused a", "granted x", "granted y", "done"}), per_element());
}

BOOST_AUTO_TEST_CASE(with_nothing_to_ask_it_is_done_at_once) {
  ask_all();
  BOOST_TEST(told == Texts{"done"}, per_element());
}

BOOST_AUTO_TEST_CASE(one_that_comes_while_the_others_are_asked_is_waited_for) {
  const auto a = add("a");
  ask_all();
  const auto b = add("b"), x = add("x", Phase::alone);
  grant(0);
  BOOST_TEST(asked() == (Texts{"a", "b"}), per_element());
  grant(1);
  BOOST_TEST(asked(2) == Texts{"x"}, per_element());
  grant(2);
  BOOST_TEST(told.back() == "done");
}

BOOST_AUTO_TEST_CASE(one_that_comes_later_is_asked_for_at_once) {
  ask_all();
  const auto a = add("a"), x = add("x", Phase::alone);
  BOOST_TEST(asked() == (Texts{"a", "x"}), per_element());
}

BOOST_AUTO_TEST_CASE(after_a_loss_all_are_asked_for_again) {
  const auto a = add("a"), x = add("x", Phase::alone);
  ask_all();
  grant(0), grant(1);
  line_gone(true);
  told.clear();
  ask_all();
  BOOST_TEST(asked(2) == Texts{"a"}, per_element());
  grant(2), grant(3);
  BOOST_TEST(told == (Texts{"granted a", "granted x", "done"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_refused_one_is_asked_for_again_unless_it_wants_to_be_alone) {
  const auto a = add("a"), x = add("x", Phase::alone);
  ask_all();
  refuse(0), refuse(1);
  line_gone(true);
  told.clear();
  ask_all();
  grant(2);
  BOOST_TEST(asked(2) == Texts{"a"}, per_element());
  BOOST_TEST(told == (Texts{"granted a", "done"}), per_element());
}

BOOST_AUTO_TEST_CASE(one_at_which_the_broker_closes_the_line_is_not_asked_for_again) {
  const auto a = add("a"), x = add("x", Phase::alone), y = add("y", Phase::alone);
  ask_all();
  grant(0);
  line_gone(true);
  BOOST_TEST(told == (Texts{"granted a", "closed x"}), per_element());
  ask_all();
  grant(2);
  BOOST_TEST(asked(2) == (Texts{"a", "y"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_line_that_we_close_ourselves_is_nobodys_fault) {
  const auto x = add("x", Phase::alone);
  ask_all();
  line_gone(false);
  BOOST_TEST(told.empty());
  ask_all();
  BOOST_TEST(asked() == (Texts{"x", "x"}), per_element());
}

BOOST_AUTO_TEST_CASE(one_that_stays_silent_is_told_and_not_asked_for_again) {
  const auto x = add("x", Phase::alone), y = add("y", Phase::alone);
  ask_all();
  const auto from = base::EventLoop::Clock::now();
  BOOST_REQUIRE(run_until(loop, [&] { return !told.empty(); }));
  BOOST_TEST((base::EventLoop::Clock::now() - from >= 1900ms));
  grant(1);
  grant(0);  // late: it has been told as silent
  BOOST_TEST(told == (Texts{"silent x", "granted y", "done"}), per_element());
  line_gone(true);
  ask_all();
  BOOST_TEST(asked(2) == Texts{"y"}, per_element());
}

BOOST_AUTO_TEST_CASE(one_that_was_granted_is_not_told_as_silent) {
  const auto x = add("x", Phase::alone);
  ask_all();
  const auto late = add("late");
  grant(0);
  run_for(loop, 2200ms);
  BOOST_TEST(told == Texts{"granted x"}, per_element());
  grant(1);
  BOOST_TEST(told == (Texts{"granted x", "granted late", "done"}), per_element());
}

BOOST_AUTO_TEST_CASE(one_that_never_answers_does_not_keep_the_rest_waiting_for_ever) {
  const auto a = add("a");
  ask_all();
  BOOST_REQUIRE(run_until(
      loop, [&] { return told.size() == 2; }, 15s));
  BOOST_TEST(told == (Texts{"silent a", "done"}), per_element());
}

BOOST_AUTO_TEST_CASE(what_was_left_while_the_line_was_down_is_unsubscribed_on_the_next) {
  auto a = add("a"), b = add("b");
  ask_all();
  grant(0), grant(1);
  line_gone(true);
  a.reset();
  ask_all();
  BOOST_REQUIRE(connection.unsubscribes.size() == 1u);  // the broker may have kept the session
  BOOST_TEST(connection.unsubscribes[0].filter == "a");
  BOOST_TEST(asked(2) == Texts{"b"}, per_element());
}

BOOST_AUTO_TEST_CASE(another_broker_is_asked_for_what_the_one_before_refused) {
  const auto x = add("x", Phase::alone);
  ask_all();
  refuse(0);
  line_gone(false);
  filters.forget_refusals();
  ask_all();
  BOOST_TEST(asked(1) == Texts{"x"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_filter_is_unsubscribed_with_its_last_subscription) {
  auto one = add("a"), other = add("a");
  ask_all();
  grant(0), grant(1);
  one.reset();
  BOOST_TEST(connection.unsubscribes.empty());
  other.reset();
  BOOST_REQUIRE(connection.unsubscribes.size() == 1u);
  BOOST_TEST(connection.unsubscribes[0].filter == "a");
}

BOOST_AUTO_TEST_CASE(while_not_connected_nothing_is_unsubscribed) {
  auto a = add("a"), b = add("b");
  a.reset();
  ask_all();
  line_gone(true);
  b.reset();
  BOOST_TEST(connection.unsubscribes.empty());
}

BOOST_AUTO_TEST_CASE(one_that_ended_is_not_told_and_not_waited_for) {
  auto a = add("a"), x = add("x", Phase::alone);
  ask_all();
  a.reset();
  BOOST_TEST(asked() == (Texts{"a", "x"}), per_element());
  x.reset();
  BOOST_TEST(told == Texts{"done"}, per_element());
  grant(0), grant(1);
  receive("a", "hi");
  BOOST_TEST(told.size() == 1u);
}

BOOST_AUTO_TEST_CASE(messages_go_to_every_filter_that_takes_them_in) {
  const auto a = add("/test/+"), b = add("/test/#"), c = add("/other");
  receive("/test/a", "hi");
  BOOST_TEST(told == (Texts{"/test/+ got hi", "/test/# got hi"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_subscription_may_end_inside_its_own_message_or_answer) {
  Subscription a, b, c;
  const auto revoke = [&] { a.reset(), b.reset(), c.reset(); };
  const std::string big(100, 'x');  // a function that holds memory: it must outlive its own call
  a = filters.add("a", 0, Phase::before_login, {}, [&, big](const transport::Incoming&) {
    revoke();
    told.push_back(big.substr(0, 1));
  });
  b = add("a");
  receive("a", "one");
  receive("a", "two");
  BOOST_TEST(told == Texts{"x"}, per_element());
  c = filters.add("c", 0, Phase::before_login,
                  [&, big](const chat::SubscribeAnswer&) {
                    revoke();
                    told.push_back(big.substr(0, 1) + "c");
                  },
                  {});
  ask_all();
  grant(0);
  BOOST_TEST(told == (Texts{"x", "done", "xc"}), per_element());
}

BOOST_AUTO_TEST_CASE(everything_is_unsubscribed_before_the_end) {
  const auto a = add("a"), b = add("b"), again = add("a");
  ask_all();
  grant(0), grant(1), grant(2);
  told.clear();
  filters.end_all([this] { told.push_back("ended"); });
  BOOST_REQUIRE(connection.unsubscribes.size() == 2u);
  connection.answer_unsubscribe(0, FakeConnection::accepted());
  BOOST_TEST(told.empty());
  connection.answer_unsubscribe(1, FakeConnection::refused(0x80, ""));
  BOOST_TEST(told == Texts{"ended"}, per_element());
  line_gone(false);
  ask_all();
  BOOST_TEST(asked(3) == (Texts{"a", "b", "a"}), per_element());
}

BOOST_AUTO_TEST_CASE(the_end_waits_a_second_for_its_answers) {
  const auto a = add("a");
  ask_all();
  grant(0);
  told.clear();
  filters.end_all([this] { told.push_back("ended"); });
  BOOST_REQUIRE(run_until(loop, [&] { return !told.empty(); }));
  connection.answer_unsubscribe(0, FakeConnection::accepted());
  BOOST_TEST(told == Texts{"ended"}, per_element());
}

BOOST_AUTO_TEST_CASE(where_filters_overlap_each_gets_the_copy_that_came_for_it) {
  const auto one = add("/chat/group/dev/message/+"), all = add("/chat/group/+/message/+");
  const auto dev = transport::subscription_identifier("/chat/group/dev/message/+");
  const auto every = transport::subscription_identifier("/chat/group/+/message/+");
  transport::Incoming incoming;
  incoming.topic = "/chat/group/dev/message/bob";
  const auto receive_for = [&](std::string payload, std::vector<std::uint32_t> identifiers) {
    incoming.payload = std::move(payload);
    incoming.subscriptions = std::move(identifiers);
    filters.dispatch(incoming);
  };
  receive_for("a", {dev});
  receive_for("b", {every});
  receive_for("c", {every, dev});
  receive_for("d", {});
  BOOST_TEST(told == (Texts{"/chat/group/dev/message/+ got a", "/chat/group/+/message/+ got b",
                            "/chat/group/dev/message/+ got c", "/chat/group/+/message/+ got c",
                            "/chat/group/dev/message/+ got d", "/chat/group/+/message/+ got d"}),
             per_element());
  BOOST_TEST(!filters.came_for(transport::Incoming{"/x", "", 0, false, false, {}, {every}},
                               "/chat/group/dev/message/+"));
}

BOOST_AUTO_TEST_CASE(a_copy_for_filters_that_are_all_unknown_goes_by_its_topic) {
  const auto one = add("/chat/group/dev/message/+");
  transport::Incoming incoming;
  incoming.topic = "/chat/group/dev/message/bob";
  incoming.subscriptions = {1, 2};
  filters.dispatch(incoming);
  BOOST_TEST(told.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
