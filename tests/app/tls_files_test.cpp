// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tls_files.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "base/user_error.h"
#include "support/environment.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using namespace gnatter::testing;
using app::Installation;
namespace fs = std::filesystem;

namespace {

struct Fixture {
  TemporaryDirectory directory;
  Variable config{"XDG_CONFIG_HOME", (directory.path() / "config").string()};
  Variable system{"SSL_CERT_FILE", (directory.path() / "system.pem").string()};
  const fs::path users = directory.path() / "config" / "gnatter";
  const fs::path prefix = directory.path() / "prefix";
  Installation installation{put(prefix / "bin" / "gnatter")};
  app::LoginOptions options;

  static fs::path put(const fs::path& file) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << "x";
    fs::permissions(file, fs::perms(0755));
    return file;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls_files, Fixture)

BOOST_AUTO_TEST_CASE(the_first_place_that_has_a_ca_counts) {
  BOOST_TEST(find_ca_file(options, installation) == directory.path() / "system.pem");
  put(users / "mqtt_ca.crt");
  BOOST_TEST(find_ca_file(options, installation) == users / "mqtt_ca.crt");
  put(installation.installed_ca_file());
  BOOST_TEST(find_ca_file(options, installation) == installation.installed_ca_file());
  options.ca_file = "/nowhere/ca.crt";
  BOOST_TEST(find_ca_file(options, installation) == "/nowhere/ca.crt");
}

BOOST_AUTO_TEST_CASE(a_ca_that_everybody_may_change_is_refused_by_name_and_not_replaced_by_another) {
  put(users / "mqtt_ca.crt");
  const fs::path installed = put(installation.installed_ca_file());
  fs::permissions(installed.parent_path(), fs::perms(0777));
  BOOST_CHECK_EXCEPTION(find_ca_file(options, installation), base::UserError, [&](const auto& error) {
    const std::string sentence = error.what();
    return sentence.find(installed.string() + " was not used") != sentence.npos &&
           sentence.find("--cafile") != sentence.npos;
  });
  options.ca_file = "/nowhere/ca.crt";
  BOOST_TEST(find_ca_file(options, installation) == "/nowhere/ca.crt");
}

BOOST_AUTO_TEST_CASE(without_a_variable_the_system_has_its_own_or_none) {
  const Variable unset("SSL_CERT_FILE", std::nullopt);
  const char* debian = "/etc/ssl/certs/ca-certificates.crt";
  if (fs::exists(debian)) {
    BOOST_TEST(find_ca_file(options, installation) == debian);
    return;
  }
  BOOST_CHECK_EXCEPTION(find_ca_file(options, installation), base::UserError, [&](const auto& error) {
    const std::string sentence = error.what();
    return sentence.find((users / "mqtt_ca.crt").string()) != sentence.npos &&
           sentence.find(installation.installed_ca_file().string()) != sentence.npos &&
           sentence.find("--cafile FILE") != sentence.npos;
  });
}

BOOST_AUTO_TEST_CASE(a_certificate_is_the_named_one_or_the_users) {
  BOOST_CHECK_EXCEPTION(find_certificate(options), base::UserError, [&](const auto& error) {
    const std::string sentence = error.what();
    BOOST_TEST_MESSAGE(sentence);
    return sentence.find("--cert FILE") != sentence.npos && sentence.find("--key FILE") != sentence.npos &&
           sentence.find((users / "client.crt").string()) != sentence.npos &&
           sentence.find((users / "client.key").string()) != sentence.npos;
  });
  put(users / "client.crt");
  BOOST_TEST(find_certificate(options) == users / "client.crt");
  options.certificate = "/nowhere/alice.crt";
  BOOST_TEST(find_certificate(options) == "/nowhere/alice.crt");
}

BOOST_AUTO_TEST_CASE(a_key_is_the_named_one_or_beside_its_certificate_or_in_it) {
  const fs::path certificate = directory.path() / "alice.crt";
  BOOST_TEST(find_key(options, certificate) == certificate);
  BOOST_TEST(find_key(options, directory.path() / "alice") == directory.path() / "alice");
  put(directory.path() / "alice.key");
  BOOST_TEST(find_key(options, certificate) == directory.path() / "alice.key");
  BOOST_TEST(find_key(options, directory.path() / "alice.pem") == directory.path() / "alice.key");
  BOOST_TEST(find_key(options, directory.path() / "alice") == directory.path() / "alice.key");
  options.key = "/nowhere/bob.key";
  BOOST_TEST(find_key(options, certificate) == "/nowhere/bob.key");
}

BOOST_AUTO_TEST_SUITE_END()
