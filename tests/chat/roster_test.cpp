// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/roster.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace gnatter;
using chat::Roster;
using protocol::Status;
using Kind = Roster::Report::Kind;

namespace {

/// A roster whose reports are written down: "login bob news", "status bob AWAY".
struct Fixture {
  Roster roster;
  std::vector<std::string> reports;
  int dropped = 0;
  Subscription reported = roster.reported.connect([this](const Roster::Report& report) {
    static constexpr const char* kinds[] = {"login ", "active ", "logout ", "status "};
    std::string text = kinds[static_cast<int>(report.kind)] + std::string(report.name);
    if (report.status) text += ' ' + std::string(to_payload(*report.status));
    reports.push_back(text + (report.news ? " news" : ""));
  });
  Subscription counted = roster.dropped.connect([this] { ++dropped; });

  [[nodiscard]] std::vector<std::string> here() const {
    std::vector<std::string> names;
    for (const auto& [name, entry] : roster.entries())
      names.push_back(name + (entry.frozen ? " (frozen)" : ""));
    return names;
  }
};

using Texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(roster, Fixture)

BOOST_AUTO_TEST_CASE(who_logs_in_is_here_until_gone) {
  BOOST_TEST(roster.here("bob", Kind::login));
  BOOST_TEST(roster.here("alice", Kind::active));
  BOOST_TEST(here() == (Texts{"alice", "bob"}), boost::test_tools::per_element());
  BOOST_TEST(roster.left("bob"));
  BOOST_TEST(here() == Texts{"alice"}, boost::test_tools::per_element());
  BOOST_TEST(reports == (Texts{"login bob news", "active alice news", "logout bob news"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_was_known_already_is_no_news) {
  roster.here("bob", Kind::login);
  roster.here("bob", Kind::active);
  roster.here("bob", Kind::login);
  roster.left("carol");
  roster.set_status("bob", Status::away);
  roster.set_status("bob", Status::away);
  BOOST_TEST(reports == (Texts{"login bob news", "active bob", "login bob", "logout carol",
                               "status bob AWAY news", "status bob AWAY"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_status_is_unknown_until_told) {
  roster.here("bob", Kind::login);
  BOOST_TEST(!roster.entries().at("bob").status);
  roster.set_status("bob", Status::dnd);
  BOOST_TEST((roster.entries().at("bob").status == Status::dnd));
}

BOOST_AUTO_TEST_CASE(a_status_brings_its_user_in) {
  BOOST_TEST(roster.set_status("bob", Status::online));
  BOOST_TEST(here() == Texts{"bob"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_are_compared_by_their_bytes) {
  roster.here("bob", Kind::login);
  roster.here("Bob", Kind::login);
  roster.here("Am\u00E9lie", Kind::login);
  roster.here("Ame\u0301lie", Kind::login);
  BOOST_TEST(roster.entries().size() == 4u);
}

BOOST_AUTO_TEST_CASE(names_that_are_not_allowed_are_dropped_and_counted) {
  const std::string long_name(65, 'x');
  for (std::string_view name :
       {std::string_view(""), std::string_view("a/b"), std::string_view("*"), std::string_view("a:b"),
        std::string_view(" bob"), std::string_view("\x1b[2J"), std::string_view("\xFF"),
        std::string_view(long_name)}) {
    BOOST_TEST(!roster.here(name, Kind::login));
    BOOST_TEST(!roster.left(name));
    BOOST_TEST(!roster.set_status(name, Status::away));
  }
  BOOST_TEST(dropped == 24);
  BOOST_TEST(reports.empty());
  BOOST_TEST(roster.entries().empty());
}

BOOST_AUTO_TEST_CASE(who_is_not_heard_of_again_after_a_freeze_goes) {
  for (const char* name : {"bob", "carol", "dan", "eve"}) roster.here(name, Kind::login);
  roster.freeze();
  BOOST_TEST(here() == (Texts{"bob (frozen)", "carol (frozen)", "dan (frozen)", "eve (frozen)"}),
             boost::test_tools::per_element());
  reports.clear();
  roster.here("bob", Kind::active);
  roster.set_status("carol", Status::away);
  roster.left("dan");
  BOOST_TEST(reports == (Texts{"active bob news", "status carol AWAY news", "logout dan news"}),
             boost::test_tools::per_element());
  roster.drop_frozen();
  BOOST_TEST(here() == (Texts{"bob", "carol"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_answers_after_an_outage_has_no_status_of_before) {
  // Whoever is ONLINE again answers a login with an active alone; an AWAY that still holds comes after it.
  roster.here("bob", Kind::login);
  roster.set_status("bob", Status::away);
  roster.freeze();
  roster.here("bob", Kind::active);
  BOOST_TEST((roster.entries().at("bob").status != Status::away));
  roster.set_status("bob", Status::away);
  roster.here("bob", Kind::active);
  BOOST_TEST((roster.entries().at("bob").status == Status::away));
}

BOOST_AUTO_TEST_CASE(clearing_leaves_nobody) {
  roster.here("bob", Kind::login);
  roster.clear();
  BOOST_TEST(roster.entries().empty());
}

BOOST_AUTO_TEST_CASE(who_answers_a_login_and_tells_no_status_is_online) {
  using namespace std::chrono_literals;
  const auto shown = [this](const char* name, std::chrono::milliseconds later) {
    return roster.shown_status(roster.entries().find(name)->second, base::now() + later);
  };
  roster.here("bob", Kind::active);
  roster.here("carol", Kind::login);
  BOOST_TEST(!shown("bob", 3s).has_value());  // no statuses are told here at all
  roster.set_status("alice", Status::online);
  BOOST_TEST(!shown("bob", 1s).has_value());
  BOOST_TEST((shown("bob", 3s) == Status::online));
  BOOST_TEST(!shown("carol", 3s).has_value());
  roster.set_status("bob", Status::away);
  BOOST_TEST((shown("bob", 3s) == Status::away));
}

BOOST_AUTO_TEST_CASE(who_writes_is_here_without_a_report) {
  roster.wrote("bob");
  BOOST_TEST(here() == Texts{"bob"}, boost::test_tools::per_element());
  roster.freeze();
  roster.wrote("bob");
  roster.drop_frozen();
  BOOST_TEST(here() == Texts{"bob"}, boost::test_tools::per_element());
  BOOST_TEST(reports.empty());
}

BOOST_AUTO_TEST_SUITE_END()
