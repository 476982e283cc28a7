// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_directory.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

#include "support/environment.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using namespace gnatter::testing;
namespace fs = std::filesystem;

namespace {

/// A runtime directory and a temporary one, each of the test's own.
struct Fixture {
  const TemporaryDirectory runtime, temporary;
  const Variable runtime_variable{"XDG_RUNTIME_DIR", runtime.path().string()};
  const Variable temporary_variable{"TMPDIR", temporary.path().string()};
  const fs::path in_runtime = runtime.path() / "gnatter";
  const fs::path in_temporary = temporary.path() / ("gnatter-" + std::to_string(::geteuid()));

  static unsigned mode(const fs::path& path) {
    struct stat status {};
    BOOST_REQUIRE(::lstat(path.c_str(), &status) == 0);
    return status.st_mode & 07777;
  }
  static std::string refusal() {
    try {
      app::local_directory();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(local_directory, Fixture)

BOOST_AUTO_TEST_CASE(it_stands_in_the_runtime_directory_and_is_private) {
  for (mode_t mask : {mode_t{0}, mode_t{022}, mode_t{0777}}) {
    const mode_t before = ::umask(mask);
    BOOST_TEST(app::local_directory() == in_runtime);
    ::umask(before);
    BOOST_TEST(mode(in_runtime) == 0700u);
    fs::remove(in_runtime);
  }
  BOOST_TEST(!fs::exists(in_temporary));
}

BOOST_AUTO_TEST_CASE(the_same_one_is_found_again) {
  BOOST_TEST(app::local_directory() == app::local_directory());
}

BOOST_AUTO_TEST_CASE(without_a_runtime_directory_of_ours_it_is_named_for_the_user) {
  const auto fall_back = [&](const std::optional<std::string>& value) {
    const Variable set("XDG_RUNTIME_DIR", value);
    BOOST_TEST(app::local_directory() == in_temporary);
  };
  fall_back(std::nullopt);
  fall_back("");
  fall_back("relative");
  fall_back("/nonexistent");
  fs::permissions(runtime.path(), fs::perms{0770});
  fall_back(runtime.path().string());
  BOOST_TEST(mode(in_temporary) == 0700u);
  BOOST_TEST(!fs::exists(in_runtime));
}

BOOST_AUTO_TEST_CASE(a_link_is_refused_wherever_it_leads) {
  const TemporaryDirectory elsewhere;
  fs::create_directory_symlink(elsewhere.path(), in_runtime);
  BOOST_TEST(refusal() == "The private broker's directory " + in_runtime.string() +
                              " is a link or a file, so it was not used. Remove it, or set XDG_RUNTIME_DIR.");
  fs::remove(in_runtime);
  fs::create_symlink("/nonexistent", in_runtime);
  BOOST_TEST(refusal().find("is a link or a file") != std::string::npos);
  BOOST_TEST(fs::is_empty(elsewhere.path()));
}

BOOST_AUTO_TEST_CASE(one_that_others_can_enter_is_refused_and_left_as_it_is) {
  for (unsigned bits : {0710u, 0701u, 0777u, 0750u}) {
    fs::create_directory(in_runtime);
    fs::permissions(in_runtime, fs::perms{bits});
    BOOST_TEST(refusal().find("is open to others, so it was not used") != std::string::npos);
    BOOST_TEST(mode(in_runtime) == bits);
    fs::remove(in_runtime);
  }
}

BOOST_AUTO_TEST_CASE(one_that_belongs_to_somebody_else_is_refused) {
  if (::geteuid() != 0) return;  // nobody else may give a directory away
  fs::create_directory(in_runtime);
  fs::permissions(in_runtime, fs::perms{0700});
  BOOST_REQUIRE(::chown(in_runtime.c_str(), 65534, 65534) == 0);
  BOOST_TEST(refusal().find("belongs to somebody else") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_runtime_directory_of_somebody_else_is_passed_over) {
  if (::geteuid() != 0) return;
  BOOST_REQUIRE(::chown(runtime.path().c_str(), 65534, 65534) == 0);
  BOOST_TEST(app::local_directory() == in_temporary);
}

BOOST_AUTO_TEST_CASE(a_file_is_replaced_whole_and_private) {
  const fs::path file = runtime.path() / "file";
  for (mode_t mask : {mode_t{0}, mode_t{0777}}) {
    const mode_t before = ::umask(mask);
    app::write_private_file(file, "text " + std::to_string(mask));
    ::umask(before);
    BOOST_TEST(app::text_of(file) == "text " + std::to_string(mask));
    BOOST_TEST(mode(file) == 0600u);
  }
  BOOST_TEST(std::distance(fs::directory_iterator(runtime.path()), {}) == 1);
  BOOST_TEST(app::text_of(runtime.path() / "none").empty());
}

BOOST_AUTO_TEST_SUITE_END()
