// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "app/command_line_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using chat::Security;

BOOST_FIXTURE_TEST_SUITE(start_plan, CommandLineFixture)

BOOST_AUTO_TEST_CASE(the_command_line_goes_before_the_file) {
  const std::string path =
      file("host = \"file.example\"\nport = 1999\njoin = [\"dev\", \"ops\"]\nuser = \"bob\"\n");
  const Options options = this->options({"--config", path, "-h", "line.example", "-j", "x"});
  BOOST_TEST(options.host == "line.example");
  BOOST_TEST(options.port.value_or(0) == 1999);
  BOOST_TEST(options.user == "bob");
  BOOST_TEST(options.join == Words{"x"}, per_element());
}

BOOST_AUTO_TEST_CASE(the_usual_file_is_read_when_it_is_there) {
  BOOST_TEST(options({}).port.value_or(0) == 1883);
  std::filesystem::create_directory(directory.path() / "gnatter");
  std::ofstream(directory.path() / "gnatter" / "gnatter.toml") << "port = 1999\n";
  BOOST_TEST(options({}).port.value_or(0) == 1999);
  BOOST_TEST(options({"--config", file("")}).port.value_or(0) == 1883);
}

BOOST_AUTO_TEST_CASE(the_private_broker_goes_with_no_other_address_or_password) {
  BOOST_TEST(options({"--local"}).local);
  BOOST_TEST(!options({}).local);
  BOOST_TEST(refused({"--local", "-h", "x"}, "--local and --host exclude each other"));
  BOOST_TEST(refused({"-p", "1883", "--local"}, "--local and --port exclude each other"));
  BOOST_TEST(refused({"--local", "-P", "x"}, "--local and --password exclude each other"));
  BOOST_TEST(refused({"--local", "--password-file", "x"}, "--local and --password-file exclude each other"));
  const std::string other = file("host = \"broker.example\"\npassword-file = \"x\"\nuser = \"bob\"\n");
  BOOST_TEST(options({"--local", "--config", other}).user == "bob");
}

BOOST_AUTO_TEST_CASE(tls_and_a_certificate_are_switches) {
  BOOST_TEST((options({}).security == Security::plain));
  BOOST_TEST((options({"-v"}).security == Security::tls));
  BOOST_TEST((options({"--tls"}).security == Security::tls));
  BOOST_TEST((options({"-V"}).security == Security::certificate));
  BOOST_TEST((options({"--x509"}).security == Security::certificate));
  BOOST_TEST((options({"-v", "-V"}).security == Security::certificate));
  BOOST_TEST((options({"-V", "-v"}).security == Security::certificate));
  BOOST_TEST(options({"-v"}).port.value_or(0) == 8883);
  BOOST_TEST(options({"-v", "-p", "1999"}).port.value_or(0) == 1999);
}

BOOST_AUTO_TEST_CASE(the_files_of_tls_are_taken) {
  const Options options = this->options({"-V", "--cafile", "ca.crt", "--cert", "alice.crt", "--key",
                                         "alice.key", "--key-password-command", "pass show key"});
  BOOST_TEST(options.ca_file == "ca.crt");
  BOOST_TEST(options.certificate == "alice.crt");
  BOOST_TEST(options.key == "alice.key");
  BOOST_TEST(options.key_password_command == "pass show key");
  for (const char* name : {"cafile", "cert", "key"})
    BOOST_TEST(
        refused({"-V", std::string("--") + name, ""}, std::string(name) + " must be the name of a file"),
        name);
}

BOOST_AUTO_TEST_CASE(the_file_may_switch_tls_on_and_the_command_line_back_to_a_password) {
  const std::string tls = file("tls = true\n");
  BOOST_TEST((options({"--config", tls}).security == Security::tls));
  BOOST_TEST((options({"--config", tls, "-V"}).security == Security::certificate));
  const std::string certificate = file("x509 = true\n");
  BOOST_TEST((options({"--config", certificate}).security == Security::certificate));
  BOOST_TEST((options({"--config", certificate, "-v"}).security == Security::tls));
  BOOST_TEST((options({"--config", certificate, "-v", "-V"}).security == Security::certificate));
  BOOST_TEST((options({"--config", file("tls = false\n")}).security == Security::plain));
}

BOOST_AUTO_TEST_CASE(a_certificate_needs_no_login_name) {
  for (const auto& odd : {std::optional<std::string>(), std::optional<std::string>("a/b")}) {
    const Variable user_variable("USER", odd);
    BOOST_TEST(options({"-V"}).user == "");
    BOOST_TEST(!options({"-V"}).user_given);
  }
  BOOST_TEST(options({"-V"}).user == "alice");
  BOOST_TEST(!options({"-V"}).user_given);
  BOOST_TEST(options({"-V", "-u", "bob"}).user == "bob");
  BOOST_TEST(options({"-V", "-u", "bob"}).user_given);
}

BOOST_AUTO_TEST_CASE(tls_says_where_to_connect_and_its_files_do_not) {
  BOOST_TEST(options({}).nowhere);
  BOOST_TEST(!options({"-v"}).nowhere);
  BOOST_TEST(!options({"-V"}).nowhere);
  BOOST_TEST(options({"--cafile", "ca.crt"}).nowhere);
  BOOST_TEST(options({"--config", file("tls = false\n")}).nowhere);
}

BOOST_AUTO_TEST_CASE(files_of_tls_on_a_line_that_would_be_plain_are_refused) {
  for (const char* name : {"--cafile", "--cert", "--key", "--key-password-command"}) {
    BOOST_TEST(refused({"-h", "broker.example", name, "x"},
                       std::string(name) + " is for TLS, but the line to broker.example would be plain: -v"));
    BOOST_TEST(refusal({"-h", "localhost", name, "x"}) == "");  // nobody reads along there
    BOOST_TEST(refusal({"-v", "-h", "broker.example", name, "x"}) == "");
  }
  BOOST_TEST(refusal({"-h", "broker.example", "--config", file("cafile = \"ca.crt\"\n")}) == "");
}

BOOST_AUTO_TEST_CASE(the_private_broker_goes_with_no_tls) {
  BOOST_TEST(refused({"--local", "-v"}, "--local and --tls exclude each other"));
  BOOST_TEST(refused({"--local", "-V"}, "--local and --x509 exclude each other"));
  for (const char* name : {"--cafile", "--cert", "--key", "--key-password-command"})
    BOOST_TEST(refused({"--local", name, "x"}, std::string("--local and ") + name + " exclude each other"));
  const std::string other = file("x509 = true\ncafile = \"ca.crt\"\nkey = \"x\"\n");
  BOOST_TEST(options({"--local", "--config", other}).local);
}

BOOST_AUTO_TEST_CASE(the_command_line_makes_one_network_of_those_in_the_file) {
  const std::string two = file(
      "user = \"alice\"\n[network.home]\nhost = \"home.example\"\nport = 1999\n"
      "[network.work]\nhost = \"work.example\"\nuser = \"a.smith\"\nautoconnect = false\n");
  const auto plan = [&](Words words) {
    words.insert(words.end(), {"--config", two});
    return app::plan_start(Arguments(words).read().options);
  };
  BOOST_TEST(plan({}).defined == (Words{"home", "work"}), per_element());
  BOOST_TEST(plan({}).connected == Words{"home"}, per_element());
  BOOST_TEST(plan({"--network", "Work"}).connected == Words{"work"}, per_element());
  BOOST_TEST(plan({"-h", "work.example"}).connected == Words{"work"}, per_element());
  BOOST_TEST(plan({"-h", "mqtts://work.example"}).connected == Words{"work"}, per_element());
  BOOST_TEST(plan({"-h", "other.example"}).connected == Words{"other.example"}, per_element());
  BOOST_TEST(plan({"--local"}).connected == Words{"local"}, per_element());
  const auto refused_with = [&](Words words) {
    words.insert(words.end(), {"--config", two});
    return refusal(words);
  };
  BOOST_TEST(
      refused_with({"-j", "dev"})
          .ends_with("has several networks, home and work: --network NAME says which one --join is for."));
  BOOST_TEST(refused_with({"-P", "x"}).ends_with("which one --password is for."));
  BOOST_TEST(refused_with({"--network", "wrk"}).ends_with("it has home and work."));
  BOOST_TEST(options({"--config", two, "-h", "work.example", "-p", "1998"}).port.value_or(0) == 1998);
  BOOST_TEST(options({"--config", two, "--network", "work"}).user == "a.smith");
  BOOST_TEST(options({"--config", two, "--network", "home"}).user == "alice");
}

BOOST_AUTO_TEST_CASE(a_host_at_the_top_of_the_file_is_a_network_beside_its_tables) {
  const std::string both = file("host = \"top.example\"\n[network.work]\nhost = \"work.example\"\n");
  const auto plan = app::plan_start(Arguments({"--config", both}).read().options);
  BOOST_TEST(plan.connected == (Words{"top.example", "work"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()
