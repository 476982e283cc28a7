// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/installation.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "app/build_info.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using app::Installation;
namespace fs = std::filesystem;

namespace {

struct Fixture : testing::TemporaryDirectory {
  const fs::path prefix = path() / "prefix", tree = path() / "tree", build = tree / "build";

  static fs::path put(const fs::path& file, mode_t mode = 0644) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << "x";
    ::chmod(file.c_str(), mode);
    return file;
  }
  fs::path installed_program() { return put(prefix / "bin" / "gnatter", 0755); }
  fs::path built_program() {
    put(build / "CMakeCache.txt");
    return put(build / "src" / "gnatter", 0755);
  }
  fs::path installed_ca() const { return prefix / app::installed_certificates / "mqtt_ca.crt"; }
  fs::path source_ca() const { return tree / "certs" / "mqtt_ca.crt"; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(installation, Fixture)

BOOST_AUTO_TEST_CASE(the_running_program_is_found) {
  const auto directories = Installation::own().plugin_directories();
  BOOST_TEST(directories.size() == 2u);
  BOOST_TEST(directories.front().is_absolute());
}

BOOST_AUTO_TEST_CASE(plugins_are_beside_the_program) {
  const auto directories = Installation(installed_program()).plugin_directories();
  BOOST_TEST(directories.at(0) == prefix / app::installed_plugins);
  BOOST_TEST(directories.at(1) == prefix / "plugins");
}

BOOST_AUTO_TEST_CASE(the_ca_of_an_installation_is_in_its_share) {
  const Installation installation(installed_program());
  BOOST_TEST(installation.installed_ca_file() == installed_ca());
  BOOST_TEST(!installation.ca_file());
  put(installed_ca());
  BOOST_TEST(installation.ca_file().value() == installed_ca());
}

BOOST_AUTO_TEST_CASE(a_program_in_a_build_tree_takes_the_ca_of_the_source_tree) {
  const Installation installation(built_program());
  BOOST_TEST(!installation.ca_file());
  put(source_ca());
  BOOST_TEST(installation.ca_file().value() == source_ca());
  fs::remove(build / "CMakeCache.txt");
  BOOST_TEST(!installation.ca_file());
}

BOOST_AUTO_TEST_CASE(an_installation_takes_none_from_beside_its_prefix) {
  const Installation installation(installed_program());
  put(path() / "certs" / "mqtt_ca.crt");
  put(prefix / "CMakeCache.txt");
  BOOST_TEST(!installation.ca_file());
}

BOOST_AUTO_TEST_CASE(what_others_may_change_is_passed_over) {
  const Installation installed(installed_program()), built(built_program());
  put(installed_ca());
  put(source_ca());
  for (const fs::path& open : {installed_ca(), installed_ca().parent_path(), prefix / "share", prefix}) {
    ::chmod(open.c_str(), 0777);
    BOOST_TEST(!installed.ca_file(), open);
    ::chmod(open.c_str(), 0755);
    BOOST_TEST(installed.ca_file().has_value(), open);
  }
  for (const fs::path& open : {source_ca(), tree / "certs", tree, build, build / "CMakeCache.txt"}) {
    ::chmod(open.c_str(), 01777);
    BOOST_TEST(!built.ca_file(), open);
    ::chmod(open.c_str(), 0755);
    BOOST_TEST(built.ca_file().has_value(), open);
  }
}

BOOST_AUTO_TEST_CASE(what_belongs_to_others_is_passed_over_unless_the_program_is_theirs_too) {
  if (::geteuid() != 0) return;  // who else can give files away
  constexpr uid_t somebody = 12345;
  const fs::path program = installed_program();
  const Installation installation(program);
  put(installed_ca());
  for (const fs::path& theirs : {installed_ca(), prefix / "share"}) {
    BOOST_TEST(::chown(theirs.c_str(), somebody, 0) == 0);
    BOOST_TEST(!installation.ca_file(), theirs);
    BOOST_TEST(::chown(theirs.c_str(), 0, 0) == 0);
    BOOST_TEST(installation.ca_file().has_value(), theirs);
  }
  for (const fs::path& theirs : {program, installed_ca()})
    BOOST_TEST(::chown(theirs.c_str(), somebody, 0) == 0);
  BOOST_TEST(installation.ca_file().has_value());
}

BOOST_AUTO_TEST_CASE(of_a_program_that_nobody_knows_nothing_is_found) {
  const Installation installation{fs::path()};
  BOOST_TEST(!installation.ca_file());
  BOOST_TEST(installation.plugin_directories().empty());
  BOOST_TEST(installation.installed_ca_file().empty());
}

BOOST_AUTO_TEST_SUITE_END()
