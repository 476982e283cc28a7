// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/seen_messages.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>

using namespace gnatter;
using chat::SeenMessages;

namespace {

protocol::Ulid id(std::uint32_t number) {
  protocol::Ulid out;
  for (std::size_t i = 0; i < 4; ++i) out.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(seen_messages)

BOOST_AUTO_TEST_CASE(only_the_first_time_is_the_first_time) {
  SeenMessages seen;
  BOOST_TEST(seen.add("bob", id(1)));
  BOOST_TEST(!seen.add("bob", id(1)));
  BOOST_TEST(!seen.add("bob", id(1)));
  BOOST_TEST(seen.add("bob", id(2)));
}

BOOST_AUTO_TEST_CASE(nobody_can_use_up_the_ids_of_another) {
  SeenMessages seen;
  BOOST_TEST(seen.add("bob", id(1)));
  BOOST_TEST(seen.add("carol", id(1)));
  BOOST_TEST(seen.add("", id(1)));
}

BOOST_AUTO_TEST_CASE(the_newest_65536_are_kept) {
  constexpr std::uint32_t most = 65'536;
  SeenMessages seen;
  for (std::uint32_t i = 0; i < most; ++i) seen.add("bob", id(i));
  BOOST_TEST(!seen.add("bob", id(0)));
  BOOST_TEST(seen.add("bob", id(most)));
  BOOST_TEST(!seen.add("bob", id(1)));
  BOOST_TEST(seen.add("bob", id(0)));  // forgotten, and new again; the next oldest goes for it
  BOOST_TEST(seen.add("bob", id(1)));
  BOOST_TEST(!seen.add("bob", id(most)));
}

BOOST_AUTO_TEST_SUITE_END()
