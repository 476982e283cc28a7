// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/ulid.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>
#include <string>

using namespace gnatter;
using namespace gnatter::protocol;
using namespace std::chrono_literals;

namespace {

const base::Time noon = base::parse_utc_rfc3339("2026-11-22T12:00:00.000Z").value();

Ulid parsed(std::string_view text) {
  const auto id = Ulid::parse(text);
  BOOST_REQUIRE_MESSAGE(id.has_value(), "refused: " << text);
  return *id;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ulid)

BOOST_AUTO_TEST_CASE(known_ids_are_read_and_written) {
  // The example of the ULID specification: its first 48 bits are milliseconds since 1970.
  const Ulid id = parsed("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  std::uint64_t milliseconds = 0;
  for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | id.bytes[i];
  BOOST_TEST(milliseconds == 1469922850259u);
  BOOST_TEST(id.text() == "01ARZ3NDEKTSV4RRFFQ69G5FAV");
  BOOST_TEST(Ulid{}.text() == "00000000000000000000000000");
  Ulid last;
  last.bytes.fill(0xFF);
  BOOST_TEST(last.text() == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  BOOST_TEST((parsed("7ZZZZZZZZZZZZZZZZZZZZZZZZZ") == last));
}

BOOST_AUTO_TEST_CASE(any_id_comes_back) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    Ulid id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
    if (parsed(id.text()) != id) BOOST_ERROR("lost: " << id.text());
  }
}

BOOST_AUTO_TEST_CASE(lower_case_is_read_too) {
  BOOST_TEST((parsed("01arz3ndektsv4rrffq69g5fav") == parsed("01ARZ3NDEKTSV4RRFFQ69G5FAV")));
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_ids) {
  for (std::string_view text :
       {"", "0", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVV", "81ARZ3NDEKTSV4RRFFQ69G5FAV",
        "ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "01ARZ3NDEKTSV4RRFFQ69G5FAU", "01ARZ3NDEKTSV4RRFFQ69G5FAI",
        "01ARZ3NDEKTSV4RRFFQ69G5FAL", "01ARZ3NDEKTSV4RRFFQ69G5FAO", "01ARZ3NDEKTSV4RRFFQ69G5FA ",
        "01ARZ3NDEKTSV4RRFFQ69G5F\xC3\xBC", "-1ARZ3NDEKTSV4RRFFQ69G5FAV"})
    BOOST_TEST(!Ulid::parse(text), "taken: " << text);
}

BOOST_AUTO_TEST_CASE(ids_of_one_millisecond_grow_and_differ) {
  UlidSource source;
  std::set<std::string> texts;
  Ulid last;
  for (int i = 0; i < 1000; ++i) {
    const Ulid id = source.next(noon);
    if (!(last < id)) BOOST_ERROR("not larger: " << id.text());
    texts.insert(id.text());
    last = id;
  }
  BOOST_TEST(texts.size() == 1000u);
}

BOOST_AUTO_TEST_CASE(ids_hold_the_time_and_grow_with_it) {
  UlidSource source;
  const Ulid first = source.next(noon), second = source.next(noon + 1ms), third = source.next(noon + 24h);
  BOOST_TEST((first < second && second < third));
  BOOST_TEST(first.text().substr(0, 10) == UlidSource().next(noon).text().substr(0, 10));
  BOOST_TEST(first.text().substr(0, 10) != second.text().substr(0, 10));
}

BOOST_AUTO_TEST_CASE(ids_grow_when_the_clock_goes_back) {
  UlidSource source;
  Ulid last = source.next(noon);
  for (const auto time : {noon - 1ms, noon - 1h, noon - 24h * 365, noon - 1ms, noon, noon + 1ms}) {
    const Ulid id = source.next(time);
    BOOST_TEST((last < id));
    last = id;
  }
}

BOOST_AUTO_TEST_CASE(two_sources_do_not_make_the_same_ids) {
  UlidSource one, other;
  BOOST_TEST((one.next(noon) != other.next(noon)));
}

BOOST_AUTO_TEST_SUITE_END()
