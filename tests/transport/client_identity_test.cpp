// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/client_identity.h"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "support/temporary_directory.h"

using gnatter::testing::TemporaryDirectory;
using gnatter::transport::ClientIdentity;

namespace {
constexpr const char* account = "alice@localhost:1883";
}

BOOST_AUTO_TEST_SUITE(client_identity)

BOOST_AUTO_TEST_CASE(an_id_is_kept_from_one_run_to_the_next) {
  const TemporaryDirectory state;
  const auto first = ClientIdentity::claim(state.path(), account).id();
  BOOST_TEST(first.size() == 40u);
  BOOST_TEST(first.starts_with("gnatter-"));
  BOOST_TEST(first.find_first_not_of("0123456789abcdef", 8) == std::string::npos);
  BOOST_TEST(ClientIdentity::claim(state.path(), account).id() == first);
}

BOOST_AUTO_TEST_CASE(two_clients_at_a_time_never_share_one) {
  const TemporaryDirectory state;
  std::optional<ClientIdentity> first = ClientIdentity::claim(state.path(), account);
  const auto second = ClientIdentity::claim(state.path(), account);
  const std::string first_id = first->id();
  BOOST_TEST(first_id != second.id());
  first.reset();
  BOOST_TEST(ClientIdentity::claim(state.path(), account).id() == first_id);
}

BOOST_AUTO_TEST_CASE(accounts_have_ids_of_their_own) {
  const TemporaryDirectory state;
  const auto alice = ClientIdentity::claim(state.path(), account);
  const auto bob = ClientIdentity::claim(state.path(), "../bob/@[::1]:1883");
  BOOST_TEST(alice.id() != bob.id());
}

BOOST_AUTO_TEST_CASE(a_file_cut_short_gets_a_new_id) {
  const TemporaryDirectory state;
  const auto first = ClientIdentity::claim(state.path(), account).id();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(state.path()))
    if (entry.is_regular_file()) std::filesystem::resize_file(entry.path(), 20);
  const auto second = ClientIdentity::claim(state.path(), account).id();
  BOOST_TEST(second.size() == 40u);
  BOOST_TEST(second != first);
  BOOST_TEST(ClientIdentity::claim(state.path(), account).id() == second);
}

BOOST_AUTO_TEST_CASE(only_the_user_can_read_it) {
  const TemporaryDirectory state;
  const auto identity = ClientIdentity::claim(state.path(), account);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(state.path())) {
    const auto group_and_others = entry.status().permissions() & static_cast<std::filesystem::perms>(077);
    BOOST_TEST((group_and_others == std::filesystem::perms::none));
  }
}

BOOST_AUTO_TEST_CASE(a_chosen_id_is_locked_for_the_account) {
  const TemporaryDirectory state;
  std::optional<ClientIdentity> held = ClientIdentity::claim_chosen(state.path(), account, "my/phone");
  BOOST_TEST(held->id() == "my/phone");
  BOOST_CHECK_THROW(ClientIdentity::claim_chosen(state.path(), account, "my/phone"), std::runtime_error);
  BOOST_CHECK_NO_THROW(ClientIdentity::claim_chosen(state.path(), account, "1"));
  BOOST_CHECK_NO_THROW(ClientIdentity::claim_chosen(state.path(), "bob@localhost:1883", "my/phone"));
  held.reset();
  BOOST_CHECK_NO_THROW(ClientIdentity::claim_chosen(state.path(), account, "my/phone"));
}

BOOST_AUTO_TEST_CASE(a_state_folder_that_cannot_be_made_is_named) {
  const TemporaryDirectory state;
  const auto file = state.path() / "in-the-way";
  std::ofstream(file) << "x";
  BOOST_CHECK_EXCEPTION(ClientIdentity::claim(file, account), std::system_error,
                        [](const std::system_error& error) {
                          return std::string(error.what()).find("in-the-way") != std::string::npos;
                        });
}

BOOST_AUTO_TEST_SUITE_END()
