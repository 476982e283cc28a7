// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/remembered_groups.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using Texts = std::vector<std::string>;

namespace {

struct Store final : chat::GroupStore {
  std::map<std::string, Texts> kept;
  Texts complaints;
  int reads = 0;

  Kept read(const std::string& account) override {
    ++reads;
    return {kept[account], complaints};
  }
  void add(const std::string& account, const std::string& group) override {
    Texts& groups = kept[account];
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }
  void remove(const std::string& account, const std::string& group) override {
    std::erase(kept[account], group);
  }
};

const std::string account = "alice@broker.example:1883";

struct Fixture : ChatFixture {
  Store store;
  chat::RememberedGroups remembered{client, store};

  Texts windows() {
    Texts names;
    for (const auto& entry : client.buffers.entries()) names.push_back(entry.buffer->shown_name());
    return names;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(remembered_groups, Fixture)

BOOST_AUTO_TEST_CASE(they_are_joined_again_before_the_login_in_their_order_and_not_shown) {
  store.kept[account] = {"ops", "dev", "ops team"};
  chat::Buffer* const shown = client.buffers.current();
  client.connect(network, alice());
  BOOST_TEST(windows() == (Texts{"", "#ops", "#dev", "#ops team"}), per_element());
  open();
  BOOST_TEST(subscribed() == (Texts{"/chat/user/alice/message/+", "/chat/group/ops/message/+",
                                    "/chat/group/dev/message/+", "/chat/group/ops team/message/+"}),
             per_element());
  accept_subscribes();
  BOOST_TEST(client.buffers.current() == shown);
  BOOST_TEST(count(group("dev"), "is open") == 0u);  // it is no news
}

BOOST_AUTO_TEST_CASE(what_is_joined_and_left_is_kept_at_once) {
  connect();
  network.messenger.join("dev");
  network.messenger.join("ops");
  BOOST_TEST(store.kept[account] == (Texts{"dev", "ops"}), per_element());
  network.messenger.part("dev");
  BOOST_TEST(store.kept[account] == Texts{"ops"}, per_element());
  client.enter("/join new");
  client.enter("/close");
  BOOST_TEST(store.kept[account] == Texts{"ops"}, per_element());
}

BOOST_AUTO_TEST_CASE(what_is_joined_before_anybody_connects_is_kept_too) {
  network.messenger.join("early");
  BOOST_TEST(store.kept.empty());
  connect();
  BOOST_TEST(store.kept[account] == Texts{"early"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_group_that_was_left_does_not_come_back_with_the_line) {
  store.kept[account] = {"dev", "ops"};
  connect();
  network.messenger.part("dev");
  store.kept[account] = {"dev", "ops"};  // another device of the account has joined it
  connection->lose();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  become_ready();
  BOOST_TEST(network.messenger.groups() == Texts{"ops"}, per_element());
  BOOST_TEST(store.reads == 1);
}

BOOST_AUTO_TEST_CASE(each_account_has_its_own) {
  store.kept[account] = {"dev"};
  store.kept["bob@broker.example:1883"] = {"ops"};
  connect();
  chat::Account bob = alice();
  bob.user = "bob";
  client.connect(network, bob);
  finish_leaving();
  become_ready();
  BOOST_TEST(network.messenger.groups() == Texts{"ops"}, per_element());
  BOOST_TEST(store.kept[account] == Texts{"dev"}, per_element());  // to be elsewhere is not to leave
}

BOOST_AUTO_TEST_CASE(a_network_with_a_name_goes_by_that) {
  store.kept["alice@home"] = {"dev"};
  chat::Account home = alice();
  home.name = "home";
  client.connect(network, home);
  BOOST_TEST(network.messenger.groups() == Texts{"dev"}, per_element());
}

BOOST_AUTO_TEST_CASE(networks_that_are_added_later_have_theirs) {
  store.kept["alice@work"] = {"release"};
  chat::Network& work = client.add_network("work");
  chat::Account there = alice();
  there.name = "work";
  client.connect(work, there);
  BOOST_TEST(work.messenger.groups() == Texts{"release"}, per_element());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_or_kept_is_told) {
  store.complaints = {"line 3 is no name."};
  connect();
  store.failed.emit(account, "the disk is full.");
  store.failed.emit("alice@elsewhere", "that one, too.");
  BOOST_TEST(count(&network.window(), "error: line 3 is no name.") == 1u);
  BOOST_TEST(count(&network.window(), "error: the disk is full.") == 1u);
  BOOST_TEST(count(&network.window(), "that one") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
