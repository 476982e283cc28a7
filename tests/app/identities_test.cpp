// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/identities.h"

#include <boost/test/unit_test.hpp>
#include <set>
#include <stdexcept>
#include <string>

#include "support/temporary_directory.h"

using namespace gnatter;
using app::Identities;

namespace {

chat::Account account(const std::string& user, const std::string& host = "broker.example",
                      std::uint16_t port = 1883) {
  chat::Account out;
  out.user = user;
  out.host = host;
  out.port = port;
  out.password = "secret";
  return out;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(identities, testing::TemporaryDirectory)

BOOST_AUTO_TEST_CASE(an_account_gets_an_id_and_stays_what_it_is) {
  Identities identities(path());
  const chat::Account got = identities.identify(account("alice"));
  BOOST_TEST(got.client_id.starts_with("gnatter-"));
  BOOST_TEST(got.user == "alice");
  BOOST_TEST(got.host == "broker.example");
  BOOST_TEST(got.password == "secret");
}

BOOST_AUTO_TEST_CASE(one_account_keeps_its_id_and_others_have_others) {
  Identities identities(path());
  std::set<std::string> ids;
  for (const auto& each : {account("alice"), account("bob"), account("alice", "other.example"),
                           account("alice", "broker.example", 1884)}) {
    const std::string id = identities.identify(each).client_id;
    BOOST_TEST(identities.identify(each).client_id == id);
    ids.insert(id);
  }
  BOOST_TEST(ids.size() == 4u);
}

BOOST_AUTO_TEST_CASE(two_at_a_time_never_share_an_id) {
  Identities one(path()), other(path());
  BOOST_TEST(one.identify(account("alice")).client_id != other.identify(account("alice")).client_id);
}

BOOST_AUTO_TEST_CASE(the_next_run_has_the_same_id) {
  std::string id;
  {
    Identities identities(path());
    id = identities.identify(account("alice")).client_id;
  }
  Identities again(path());
  BOOST_TEST(again.identify(account("alice")).client_id == id);
}

BOOST_AUTO_TEST_CASE(a_chosen_id_is_taken_for_every_account) {
  Identities identities(path());
  BOOST_TEST(identities.identify(account("alice"), "mine").client_id == "mine");
  BOOST_TEST(identities.identify(account("bob"), "mine").client_id == "mine");
}

BOOST_AUTO_TEST_CASE(a_chosen_id_in_use_is_refused) {
  Identities one(path()), other(path());
  one.identify(account("alice"), "mine");
  BOOST_CHECK_EXCEPTION(other.identify(account("alice"), "mine"), std::runtime_error, [](const auto& error) {
    return std::string(error.what()).find("mine is in use") != std::string::npos;
  });
  BOOST_TEST(other.identify(account("bob"), "mine").client_id == "mine");
}

BOOST_AUTO_TEST_CASE(a_chosen_id_is_free_again_after_its_run) {
  { Identities(path()).identify(account("alice"), "mine"); }
  BOOST_CHECK_NO_THROW(Identities(path()).identify(account("alice"), "mine"));
}

BOOST_AUTO_TEST_CASE(a_network_with_a_name_is_the_same_wherever_it_listens) {
  Identities identities(path());
  chat::Account local = account("alice", "127.0.0.1", 1883), moved = account("alice", "127.0.0.1", 1884);
  local.name = moved.name = "local";
  const std::string id = identities.identify(local).client_id;
  BOOST_TEST(identities.identify(moved).client_id == id);
  BOOST_TEST(identities.identify(account("alice", "127.0.0.1", 1883)).client_id != id);
}

BOOST_AUTO_TEST_SUITE_END()
