// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates here are their own CAs, so that one file is all of them.
#include "app/accounts.h"

#include <boost/test/unit_test.hpp>
#include <deque>
#include <string>
#include <vector>

#include "app/openssl_files.h"
#include "base/user_error.h"
#include "support/environment.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using namespace gnatter::testing;
using app::Accounts;
using chat::Account;
using chat::Security;
namespace fs = std::filesystem;

namespace {

struct Fixture {
  TemporaryDirectory directory;
  const fs::path folder = directory.path();
  Variable config{"XDG_CONFIG_HOME", folder.string()};
  app::LoginOptions options;
  transport::TlsPlan last;  ///< of first()
  std::vector<std::string> asked;
  std::deque<std::string> answers;  ///< empty: there is no terminal
  const app::Ask ask = [this](std::string_view prompt) -> std::optional<std::string> {
    asked.emplace_back(prompt);
    if (answers.empty()) return std::nullopt;
    const std::string answer = answers.front();
    answers.pop_front();
    return answer;
  };

  Fixture() {
    options.host = "broker.example";
    options.user = "login";
  }
  /// The options for a login by a certificate of this subject.
  void use_certificate(const std::string& subject = "/CN=alice", const std::string& password = {}) {
    options.security = Security::certificate;
    options.certificate = make_certificate(folder, "own", subject, password);
    options.ca_file = options.certificate;
  }
  void use_tls() {
    options.security = Security::tls;
    options.ca_file = make_certificate(folder, "ca", "/CN=Chat CA");
  }
  /// As a program just started has it.
  Account first() {
    Account account = Accounts(options, app::Installation(fs::path())).first(ask);
    last = account.tls;
    return account;
  }
  Account complete(Account account) const {
    return Accounts(options, app::Installation(fs::path())).complete(std::move(account), last);
  }
  std::string refusal() {
    try {
      first();
    } catch (const base::UserError& error) {
      BOOST_TEST_MESSAGE(error.what());
      return error.what();
    }
    return {};
  }
  bool refused(std::string_view with) { return refusal().find(with) != std::string::npos; }
};

Account of_connect(Security security, const std::string& user = {}) {
  Account account;
  account.host = "other.example";
  account.security = security;
  account.user = user;
  return account;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts, Fixture)

BOOST_AUTO_TEST_CASE(the_first_account_is_that_of_the_options) {
  const Account account = first();
  BOOST_TEST(account.host == "broker.example");
  BOOST_TEST(account.port == 1883);
  BOOST_TEST(account.user == "login");
  BOOST_TEST(account.password == "");
  BOOST_TEST((account.tls == transport::TlsPlan()));
}

BOOST_AUTO_TEST_CASE(the_port_goes_with_the_security_unless_it_is_given) {
  use_tls();
  BOOST_TEST(first().port == 8883);
  use_certificate();
  BOOST_TEST(first().port == 8884);
  options.port = 1999;
  BOOST_TEST(first().port == 1999);
}

BOOST_AUTO_TEST_CASE(tls_takes_the_ca_and_no_certificate) {
  use_tls();
  options.certificate = "/nowhere/alice.crt";
  options.key = "/nowhere/alice.key";
  const Account account = first();
  BOOST_TEST(account.tls.ca_file == options.ca_file);
  BOOST_TEST(account.tls.certificate.empty());
  BOOST_TEST(account.tls.key.empty());
  BOOST_TEST(account.user == "login");
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_is_no_good_is_told_at_once) {
  options.security = Security::tls;
  options.ca_file = folder / "none.crt";
  BOOST_TEST(refused((folder / "none.crt").string()));
}

BOOST_AUTO_TEST_CASE(a_certificate_is_the_login) {
  use_certificate();
  const Account account = first();
  BOOST_TEST(account.user == "alice");
  BOOST_TEST(account.password == "");
  BOOST_TEST(account.tls.certificate == options.certificate);
  BOOST_TEST(account.tls.key == folder / "own.key");
  BOOST_TEST(account.tls.ca_file == options.ca_file);
  BOOST_TEST(asked.empty());
}

BOOST_AUTO_TEST_CASE(a_certificate_may_be_the_one_at_its_usual_place) {
  use_certificate();
  fs::create_directory(folder / "gnatter");
  fs::rename(folder / "own.crt", folder / "gnatter" / "client.crt");
  fs::rename(folder / "own.key", folder / "gnatter" / "client.key");
  options.certificate.clear();
  options.ca_file = folder / "gnatter" / "client.crt";
  const Account account = first();
  BOOST_TEST(account.tls.certificate == folder / "gnatter" / "client.crt");
  BOOST_TEST(account.tls.key == folder / "gnatter" / "client.key");
}

BOOST_AUTO_TEST_CASE(a_user_that_was_given_goes_before_the_cn) {
  use_certificate("/CN=a\\/b");
  options.user = "bob";
  options.user_given = true;
  BOOST_TEST(first().user == "bob");
}

BOOST_AUTO_TEST_CASE(a_cn_that_is_no_user_name_is_told) {
  use_certificate("/CN=a\\/b");
  const std::string sentence = refusal();
  BOOST_TEST(sentence.find((folder / "own.crt").string()) != std::string::npos, sentence);
  BOOST_TEST(sentence.find("\"a/b\"") != std::string::npos, sentence);
  BOOST_TEST(sentence.find("must not hold /") != std::string::npos, sentence);
  BOOST_TEST(sentence.find("-u USER") != std::string::npos, sentence);
  use_certificate("/CN=a\x1b[2J");
  BOOST_TEST(refused("control"));
  BOOST_TEST(refusal().find('\x1b') == std::string::npos);
  use_certificate("/CN=a\nb");
  BOOST_TEST(refused("is for \"a\\nb\" (its CN)"));
}

BOOST_AUTO_TEST_CASE(a_certificate_without_a_cn_is_told) {
  use_certificate("/O=Chat");
  BOOST_TEST(refused("-u USER"));
  use_certificate("/CN=alice/CN=bob");
  BOOST_TEST(refused("-u USER"));
}

BOOST_AUTO_TEST_CASE(the_cn_stays_as_the_broker_reads_it) {
  use_certificate("/CN=Ame\u0301lie");
  BOOST_TEST(first().user == "Ame\u0301lie");
}

BOOST_AUTO_TEST_CASE(the_password_of_a_key_comes_from_a_command) {
  use_certificate("/CN=alice", "secret words");
  options.key_password_command = "printf '%s\\nmore\\n' 'secret words'";
  BOOST_TEST(first().tls.key_password == "secret words");
  options.key_password_command = "echo wrong";
  BOOST_TEST(refused("key-password-command"));
  options.key_password_command = "false";
  BOOST_TEST(refused("key-password-command (false) failed"));
  options.key_password_command = "'open";
  BOOST_TEST(refused("not closed"));
  BOOST_TEST(asked.empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_encrypted_needs_no_password) {
  use_certificate();
  options.key_password_command = "false";
  BOOST_TEST(first().tls.key_password == "");
  BOOST_TEST(asked.empty());
}

BOOST_AUTO_TEST_CASE(the_password_of_a_key_is_asked_for_three_times) {
  use_certificate("/CN=alice", "secret");
  answers = {"wrong", "", "secret"};
  BOOST_TEST(first().tls.key_password == "secret");
  BOOST_TEST(asked.size() == 3u);
  BOOST_TEST(asked.front() == "Password of the key " + (folder / "own.key").string() + ": ");
  BOOST_TEST(asked.back() ==
             "That does not open it. Password of the key " + (folder / "own.key").string() + ": ");
  asked.clear();
  answers = {"wrong", "wrong", "wrong", "secret"};
  BOOST_TEST(refusal() != "");
  BOOST_TEST(asked.size() == 3u);
}

BOOST_AUTO_TEST_CASE(with_nobody_to_ask_the_command_is_named) {
  use_certificate("/CN=alice", "secret");
  BOOST_TEST(refused("--key-password-command COMMAND"));
  BOOST_TEST(asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_when_the_ca_is_no_good) {
  use_certificate("/CN=alice", "secret");
  options.ca_file = folder / "none.crt";
  answers = {"secret"};
  BOOST_TEST(refused("none.crt"));
  BOOST_TEST(asked.empty());
}

BOOST_AUTO_TEST_CASE(connect_gets_the_name_of_the_options_and_its_password) {
  const Account account = complete(of_connect(Security::plain));
  BOOST_TEST(account.user == "login");
  BOOST_TEST(account.password == "login");
  options.user.clear();
  BOOST_CHECK_THROW(complete(of_connect(Security::plain)), base::UserError);
}

BOOST_AUTO_TEST_CASE(connect_leaves_a_user_and_a_password_as_they_are) {
  use_certificate();
  for (Security security : {Security::plain, Security::tls, Security::certificate}) {
    Account wanted = of_connect(security, "bob");
    wanted.password = "secret";
    const Account account = complete(wanted);
    BOOST_TEST(account.user == "bob");
    BOOST_TEST(account.password == "secret");
  }
}

BOOST_AUTO_TEST_CASE(connect_by_certificate_is_as_the_cn_without_a_password) {
  use_certificate();
  options.security = Security::plain;
  Account wanted = of_connect(Security::certificate);
  wanted.password = "of another broker";
  const Account account = complete(wanted);
  BOOST_TEST(account.user == "alice");
  BOOST_TEST(account.password == "");
  BOOST_TEST(account.tls.certificate == options.certificate);
}

BOOST_AUTO_TEST_CASE(connect_looks_for_the_files_anew) {
  use_certificate();
  options.ca_file.clear();
  fs::create_directory(folder / "gnatter");
  const Variable system("SSL_CERT_FILE", options.certificate.string());
  Account account = first();
  BOOST_TEST(account.tls.ca_file == options.certificate);
  const fs::path users = make_certificate(folder / "gnatter", "mqtt_ca", "/CN=Chat CA");
  account = complete(account);
  BOOST_TEST(account.tls.ca_file == users);
  account.security = Security::tls;
  account = complete(account);
  BOOST_TEST(account.tls.ca_file == users);
  BOOST_TEST(account.tls.certificate.empty());
}

BOOST_AUTO_TEST_CASE(connect_knows_the_password_of_the_first_key) {
  use_certificate("/CN=alice", "secret");
  answers = {"secret"};
  first();
  BOOST_TEST(complete(of_connect(Security::certificate)).tls.key_password == "secret");
  Account given = of_connect(Security::certificate);
  given.tls.key_password = "typed";
  BOOST_TEST(complete(given).tls.key_password == "typed");
  options.certificate = make_certificate(folder, "other", "/CN=alice", "different");
  BOOST_TEST(complete(of_connect(Security::certificate)).tls.key_password == "");
}

BOOST_AUTO_TEST_CASE(connect_may_run_the_command_and_asks_nobody) {
  use_certificate("/CN=alice", "secret");
  BOOST_TEST(complete(of_connect(Security::certificate)).tls.key_password == "");
  options.key_password_command = "echo secret";
  BOOST_TEST(complete(of_connect(Security::certificate)).tls.key_password == "secret");
  BOOST_TEST(complete(of_connect(Security::tls)).tls.key_password == "");
}

BOOST_AUTO_TEST_CASE(connect_tells_that_there_is_no_certificate) {
  BOOST_CHECK_THROW(complete(of_connect(Security::certificate)), base::UserError);
}

BOOST_AUTO_TEST_SUITE_END()
