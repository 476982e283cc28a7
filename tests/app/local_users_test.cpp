// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_users.h"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <string>

#include "app/local_directory.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using namespace gnatter::testing;
using app::LocalUsers;

BOOST_AUTO_TEST_SUITE(local_users)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
  const LocalUsers users{{"Anna Lena", "one"}, {"bob", "two"}, {"zoë", "three"}};
  BOOST_TEST((app::parse_local_users(app::to_text(users)) == users));
}

BOOST_AUTO_TEST_CASE(a_line_that_is_none_of_ours_is_left_out) {
  const LocalUsers users = app::parse_local_users("alice\tx\n\nno tab\n\tno name\nno password\t\nbob\ty");
  BOOST_TEST((users == LocalUsers{{"alice", "x"}, {"bob", "y"}}));
  BOOST_TEST(app::parse_local_users("").empty());
}

BOOST_AUTO_TEST_CASE(mosquittos_tool_gets_a_line_for_each) {
  BOOST_TEST(app::to_plain_passwd({{"alice", "x"}, {"Bob B", "y"}}) == "Bob B:y\nalice:x\n");
}

BOOST_AUTO_TEST_CASE(a_password_in_clear_is_seen_among_hashes) {
  BOOST_TEST(app::all_hashed("alice:$7$101$salt==$hash==\nbob:$6$salt$hash\n"));
  BOOST_TEST(!app::all_hashed("alice:$7$101$salt==$hash==\nbob:0123456789abcdef\n"));
  BOOST_TEST(!app::all_hashed("alice\n"));
  BOOST_TEST(!app::all_hashed("alice:\n"));
}

BOOST_AUTO_TEST_CASE(each_name_gets_a_password_once) {
  const TemporaryDirectory directory;
  const std::string alice = app::local_password(directory.path(), "alice");
  const std::string bob = app::local_password(directory.path(), "bob");
  BOOST_TEST(alice.size() == 32u);
  BOOST_TEST(alice != bob);
  BOOST_TEST(app::local_password(directory.path(), "alice") == alice);
  BOOST_TEST(app::local_password(directory.path(), "bob") == bob);
}

BOOST_AUTO_TEST_CASE(the_passwords_are_private_whatever_the_umask) {
  const TemporaryDirectory directory;
  for (mode_t mask : {mode_t{0}, mode_t{0777}}) {
    const mode_t before = ::umask(mask);
    app::local_password(directory.path(), "user" + std::to_string(mask));
    ::umask(before);
    struct stat status {};
    BOOST_REQUIRE(::stat((directory.path() / app::local_files::passwords).c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 07777) == 0600u);
  }
}

BOOST_AUTO_TEST_SUITE_END()
