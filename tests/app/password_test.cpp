// SPDX-License-Identifier: GPL-3.0-or-later
// Where the password comes from (C2), but for the terminal.
#include "app/password.h"

#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/user_error.h"
#include "support/environment.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using namespace gnatter::testing;
using app::LoginOptions;

namespace {

struct Fixture {
  TemporaryDirectory directory;
  Variable variable{"GNATTER_PASSWORD", std::nullopt};
  LoginOptions options;
  int told = 0;

  std::string find() {
    return app::find_password_of(options, [this](std::string_view) { ++told; });
  }
  std::string refusal() {
    try {
      find();
    } catch (const base::UserError& error) {
      return error.what();
    }
    return {};
  }
  void use_file(const std::string& text, std::filesystem::perms mode = std::filesystem::perms{0600}) {
    options.password_file = directory.path() / "password";
    std::ofstream(options.password_file) << text;
    std::filesystem::permissions(options.password_file, mode);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(password, Fixture)

BOOST_AUTO_TEST_CASE(the_first_place_that_has_one_counts) {
  const Variable set("GNATTER_PASSWORD", "from the environment");
  use_file("from the file\n");
  options.password_command = "echo 'from the command'";
  options.password = "from the line";
  BOOST_TEST(find() == "from the line");
  options.password.reset();
  ::setenv("GNATTER_PASSWORD", "from the environment", 1);
  BOOST_TEST(find() == "from the command");
  options.password_command.clear();
  ::setenv("GNATTER_PASSWORD", "from the environment", 1);
  BOOST_TEST(find() == "from the file");
  options.password_file.clear();
  ::setenv("GNATTER_PASSWORD", "from the environment", 1);
  BOOST_TEST(find() == "from the environment");
  BOOST_TEST(told == 0);
}

BOOST_AUTO_TEST_CASE(the_environment_is_wiped_even_when_another_place_goes_first) {
  const Variable set("GNATTER_PASSWORD", "secret");
  const char* where = ::getenv("GNATTER_PASSWORD");
  options.password = "from the line";
  find();
  BOOST_TEST(*where == '\0');
  BOOST_TEST(::getenv("GNATTER_PASSWORD") == nullptr);
}

BOOST_AUTO_TEST_CASE(of_a_file_the_first_line_counts) {
  use_file("secret\nmore\n");
  BOOST_TEST(find() == "secret");
  use_file("no newline");
  BOOST_TEST(find() == "no newline");
  use_file("", std::filesystem::perms{0600});
  BOOST_TEST(refusal().find("has no password in its first line") != std::string::npos);
  use_file("\nsecret\n");
  BOOST_TEST(refusal().find("has no password in its first line") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_others_can_read_is_not_used) {
  for (unsigned mode : {0640u, 0604u, 0660u, 0620u, 0601u}) {
    use_file("secret\n", std::filesystem::perms{mode});
    BOOST_TEST(refusal().find("can be read by others") != std::string::npos);
  }
  use_file("secret\n", std::filesystem::perms{0400});
  BOOST_TEST(find() == "secret");
}

BOOST_AUTO_TEST_CASE(a_place_that_was_named_must_give_one) {
  const Variable set("GNATTER_PASSWORD", "from the environment");
  options.password_file = directory.path() / "none";
  BOOST_TEST(refusal().find("cannot be read: No such file") != std::string::npos);
  options.password_command = "false";
  BOOST_TEST(refusal().find("failed, with exit status 1") != std::string::npos);
  options.password_command = "  ";
  BOOST_TEST(refusal() == "password-command is empty.");
  options.password_command = "'open";
  BOOST_TEST(refusal().find("not closed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_given_asks_nobody) {
  BOOST_TEST(!app::given_password(options));
  options.password = "";
  BOOST_TEST(app::given_password(options).value() == "");
  const Variable set("GNATTER_PASSWORD", "from the environment");
  options.password.reset();
  BOOST_TEST(app::given_password(options).value() == "from the environment");
  BOOST_TEST(!app::given_password(options));  // taken
  BOOST_TEST(told == 0);
}

BOOST_AUTO_TEST_SUITE_END()
