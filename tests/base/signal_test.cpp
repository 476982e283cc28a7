// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/signal.h"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using gnatter::Subscription;
using gnatter::base::Signal;

BOOST_AUTO_TEST_SUITE(signal)

BOOST_AUTO_TEST_CASE(listeners_are_called_in_the_order_they_connected) {
  Signal<const std::string&> said;
  std::string order;
  const auto a = said.connect([&](const std::string& text) { order += "a" + text; });
  const auto b = said.connect([&](const std::string& text) { order += "b" + text; });
  said.emit("1");
  said.emit("2");
  BOOST_TEST(order == "a1b1a2b2");
}

BOOST_AUTO_TEST_CASE(a_value_is_not_moved_away_by_the_first_listener) {
  Signal<std::string> said;
  std::string seen;
  const auto a = said.connect([&](std::string text) { seen += std::move(text); });
  const auto b = said.connect([&](std::string text) { seen += std::move(text); });
  said.emit("a text that is too long for the small buffer ");
  BOOST_TEST(seen.size() == 2 * 45u);
}

BOOST_AUTO_TEST_CASE(an_ended_subscription_is_not_called) {
  Signal<> happened;
  int calls = 0;
  {
    const auto listener = happened.connect([&] { ++calls; });
    happened.emit();
    BOOST_TEST(!happened.empty());
  }
  happened.emit();
  BOOST_TEST(calls == 1);
  BOOST_TEST(happened.empty());
}

BOOST_AUTO_TEST_CASE(a_moved_subscription_still_holds) {
  Signal<> happened;
  int calls = 0;
  Subscription second;
  {
    Subscription first = happened.connect([&] { ++calls; });
    second = std::move(first);
  }
  happened.emit();
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(assigning_to_a_subscription_ends_what_it_held) {
  Signal<> happened;
  std::string order;
  Subscription subscription = happened.connect([&] { order += 'a'; });
  subscription = happened.connect([&] { order += 'b'; });
  happened.emit();
  BOOST_TEST(order == "b");
}

BOOST_AUTO_TEST_CASE(a_listener_may_revoke_itself) {
  Signal<> happened;
  int calls = 0;
  Subscription listener;
  std::string captured(100, 'x');  // freed with the callback, were that freed while it runs
  listener = happened.connect([&, captured] {
    listener.reset();
    calls += captured.size() == 100 ? 1 : 100;
  });
  happened.emit();
  happened.emit();
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(a_listener_revoked_by_an_earlier_one_is_not_called_any_more) {
  Signal<> happened;
  std::string order;
  Subscription second;
  const auto first = happened.connect([&] { order += 'a', second.reset(); });
  second = happened.connect([&] { order += 'b'; });
  const auto third = happened.connect([&] { order += 'c'; });
  happened.emit();
  BOOST_TEST(order == "ac");
}

BOOST_AUTO_TEST_CASE(a_listener_connected_meanwhile_is_called_from_the_next_emit_on) {
  Signal<> happened;
  int late_calls = 0;
  std::vector<Subscription> late;
  const auto first = happened.connect([&] { late.push_back(happened.connect([&] { ++late_calls; })); });
  happened.emit();
  BOOST_TEST(late_calls == 0);
  happened.emit();
  BOOST_TEST(late_calls == 1);
}

BOOST_AUTO_TEST_CASE(an_emit_inside_an_emit_reaches_all) {
  Signal<int> counted;
  std::string order;
  const auto first = counted.connect([&](int depth) {
    order += 'a' + std::to_string(depth);
    if (depth == 0) counted.emit(1);
  });
  const auto second = counted.connect([&](int depth) { order += 'b' + std::to_string(depth); });
  counted.emit(0);
  BOOST_TEST(order == "a0a1b1b0");
}

BOOST_AUTO_TEST_CASE(a_listener_may_destroy_the_signal) {
  std::optional<Signal<>> happened(std::in_place);
  int calls = 0;
  const auto first = happened->connect([&] { ++calls, happened.reset(); });
  happened->emit();
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(a_subscription_may_outlive_its_signal) {
  Subscription listener;
  {
    Signal<> happened;
    listener = happened.connect([] {});
  }
  listener.reset();
  BOOST_TEST(!listener);
}

BOOST_AUTO_TEST_CASE(what_a_listener_captured_goes_with_its_subscription) {
  Signal<> happened;
  const auto token = std::make_shared<int>();
  auto listener = happened.connect([token] {});
  BOOST_TEST(token.use_count() == 2);
  listener.reset();
  BOOST_TEST(token.use_count() == 1);
}

BOOST_AUTO_TEST_CASE(a_listener_that_throws_leaves_the_signal_usable) {
  Signal<> happened;
  int calls = 0;
  const auto first = happened.connect([&] {
    if (++calls == 1) throw std::runtime_error("once");
  });
  BOOST_CHECK_THROW(happened.emit(), std::runtime_error);
  happened.emit();
  BOOST_TEST(calls == 2);
}

BOOST_AUTO_TEST_SUITE_END()
