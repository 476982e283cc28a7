// SPDX-License-Identifier: GPL-3.0-or-later
// Code is read only from where nobody else can put theirs.
#include "plugin_host/write_check.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using plugin_host::write_fault;

namespace {

constexpr uid_t nobody = 65534;

struct Fixture {
  TemporaryDirectory directory;
  const std::filesystem::path folder = directory.path() / "plugins";
  const std::filesystem::path file = folder / "dice.so";

  Fixture() {
    std::filesystem::create_directory(folder);
    std::ofstream(file) << "dice";
    set(folder, 0755);
    set(file, 0755);
  }
  static void set(const std::filesystem::path& place, mode_t mode) {
    BOOST_REQUIRE_EQUAL(::chmod(place.c_str(), mode), 0);
  }
  /// False: only root can.
  static bool give(const std::filesystem::path& place, uid_t owner, gid_t group) {
    const bool given = ::chown(place.c_str(), owner, group) == 0;
    if (!given) BOOST_TEST_MESSAGE("not seen: only root gives files away");
    return given;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(write_check, Fixture)

BOOST_AUTO_TEST_CASE(what_only_its_owner_writes_is_fine) {
  BOOST_TEST(write_fault(file) == "");
  set(file, 0400);
  set(folder, 0500);
  BOOST_TEST(write_fault(file) == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_everybody_writes_is_named_with_the_remedy) {
  set(file, 0757);
  BOOST_TEST(write_fault(file) == "can be changed by others (chmod go-w " + file.string() + ")");
}

BOOST_AUTO_TEST_CASE(a_folder_that_everybody_writes_is_named_sticky_or_not) {
  for (const mode_t mode : {0757U, 01777U}) {
    set(folder, mode);
    BOOST_TEST(write_fault(file) == "can be replaced by others (chmod go-w " + folder.string() + ")");
  }
}

BOOST_AUTO_TEST_CASE(a_group_counts_unless_it_is_its_owners_own) {
  const gid_t others = ::getegid() == 1 ? 2 : 1;
  if (!give(file, ::geteuid(), others)) return;
  set(file, 0775);
  BOOST_TEST(write_fault(file).starts_with("can be changed by others"));
  set(file, 0755);
  BOOST_TEST(write_fault(file) == "");
  const passwd* user = ::getpwuid(::geteuid());
  BOOST_REQUIRE(user != nullptr);
  const struct group* own = ::getgrgid(user->pw_gid);
  if (!own || std::string(own->gr_name) != user->pw_name) return;
  BOOST_REQUIRE(give(file, ::geteuid(), user->pw_gid));
  set(file, 0775);
  BOOST_TEST(write_fault(file) == "");
  BOOST_REQUIRE(give(folder, ::geteuid(), others));
  set(folder, 0775);
  BOOST_TEST(write_fault(file).starts_with("can be replaced by others"));
}

BOOST_AUTO_TEST_CASE(what_belongs_to_somebody_else_is_theirs_to_change) {
  if (!give(file, nobody, nobody)) return;
  const std::string fault = write_fault(file);
  BOOST_TEST(fault.starts_with("can be changed by "), fault);
  BOOST_TEST(fault.ends_with(", to whom " + file.string() + " belongs"), fault);
  BOOST_REQUIRE(give(file, 0, 0));
  BOOST_REQUIRE(give(folder, nobody, nobody));
  BOOST_TEST(write_fault(file).starts_with("can be replaced by "));
}

BOOST_AUTO_TEST_CASE(a_link_is_judged_where_it_stands_and_where_it_leads) {
  const auto links = directory.path() / "links";
  std::filesystem::create_directory(links);
  set(links, 0755);
  const auto link = links / "dice.so";
  std::filesystem::create_symlink(file, link);
  BOOST_TEST(write_fault(link) == "");
  set(links, 0777);
  BOOST_TEST(write_fault(link) == "can be replaced by others (chmod go-w " + links.string() + ")");
  set(links, 0755);
  set(folder, 0777);
  BOOST_TEST(write_fault(link) == "can be replaced by others (chmod go-w " + folder.string() + ")");
  set(folder, 0755);
  set(file, 0666);
  BOOST_TEST(write_fault(link) == "can be changed by others (chmod go-w " + link.string() + ")");
}

BOOST_FIXTURE_TEST_CASE(such_a_plugin_is_not_loaded, PluginFixture) {
  put("dice", bytes_of(std::filesystem::path(GNATTER_TEST_PLUGINS) / "probe.so"));
  const auto file = directory.path() / "dice.so";
  BOOST_REQUIRE_EQUAL(::chmod(file.c_str(), 0757), 0);
  BOOST_TEST(load_refusal("dice") ==
             "dice.so can be changed by others (chmod go-w " + file.string() + "): not loaded.");
  BOOST_REQUIRE_EQUAL(::chmod(file.c_str(), 0755), 0);
  BOOST_TEST(load_refusal("dice") == "");
}

BOOST_AUTO_TEST_SUITE_END()
