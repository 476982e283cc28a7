// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "app/command_line_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using chat::Security;

BOOST_FIXTURE_TEST_SUITE(command_line, CommandLineFixture)

BOOST_AUTO_TEST_CASE(without_options_everything_has_its_default) {
  const Options options = this->options({});
  BOOST_TEST(options.host == "localhost");
  BOOST_TEST(options.port.value_or(0) == 1883);
  BOOST_TEST(options.user == "alice");
  BOOST_TEST(!options.password);
  BOOST_TEST(options.join.empty());
  BOOST_TEST(options.client_id.empty());
  BOOST_TEST((options.will_delay == std::chrono::seconds(5)));
  BOOST_TEST(options.plugin_directories.empty());
  BOOST_TEST(options.plugins == (Words{"presence", "logger", "notify"}), per_element());
  BOOST_TEST(!options.headless);
  BOOST_TEST(!options.stay);
}

BOOST_AUTO_TEST_CASE(every_long_option_is_taken) {
  const Options options = this->options(
      {"--host",       "broker.example",     "--port=1999", "--user",          "bob",         "--password",
       "secret",       "--password-command", "pass show",   "--password-file", "/run/secret", "--join",
       "dev",          "--client-id",        "device",      "--will-delay",    "60",          "--plugin-dir",
       "/opt/plugins", "--plugin",           "dice",        "--headless",      "--stay"});
  BOOST_TEST(options.host == "broker.example");
  BOOST_TEST(options.port.value_or(0) == 1999);
  BOOST_TEST(options.user == "bob");
  BOOST_TEST(options.password.value() == "secret");
  BOOST_TEST(options.password_command == "pass show");
  BOOST_TEST(options.password_file == "/run/secret");
  BOOST_TEST(options.join == Words{"dev"}, per_element());
  BOOST_TEST(options.client_id == "device");
  BOOST_TEST((options.will_delay == std::chrono::seconds(60)));
  BOOST_TEST(options.plugin_directories.at(0) == "/opt/plugins");
  BOOST_TEST(options.plugins == Words{"dice"}, per_element());
  BOOST_TEST(options.headless);
  BOOST_TEST(options.stay);
}

BOOST_AUTO_TEST_CASE(every_short_option_is_taken_with_and_without_a_blank) {
  for (const Words& words : {Words{"-h", "h.example", "-p", "1999", "-u", "bob", "-P", "secret", "-j", "dev"},
                             Words{"-hh.example", "-p1999", "-ubob", "-Psecret", "-jdev"}}) {
    const Options options = this->options(words);
    BOOST_TEST(options.host == "h.example");
    BOOST_TEST(options.port.value_or(0) == 1999);
    BOOST_TEST(options.user == "bob");
    BOOST_TEST(options.password.value() == "secret");
    BOOST_TEST(options.join == Words{"dev"}, per_element());
  }
}

BOOST_AUTO_TEST_CASE(every_row_is_a_known_option_and_stands_in_the_help) {
  const std::string help = Arguments({"--help"}).read().text.value();
  const auto check = [&](const std::string& name, const std::string& summary, bool takes_a_value) {
    BOOST_TEST(help.find("--" + name) != std::string::npos, name);
    BOOST_TEST(help.find(summary) != std::string::npos, name);
    if (takes_a_value) BOOST_TEST(refusal({"--" + name}) != "", name << " without its value");
  };
  for (const auto& row : app::option_rows()) check(row.name, row.summary, row.argument != nullptr);
  for (const auto& row : chat::setting_table()) check(row.name, row.summary, !row.argument.empty());
}

BOOST_AUTO_TEST_CASE(a_setting_that_is_true_or_false_can_be_said_to_be_false) {
  BOOST_TEST((options({"--tls=false"}).security == Security::plain));
  BOOST_TEST((options({"--tls=true", "-h", "x"}).security == Security::tls));
  BOOST_TEST(refused({"--tls=perhaps"}, "tls is true or false, not \"perhaps\"."));
  BOOST_TEST(options({"-v", "-h", "h.example"}).host == "h.example");
  BOOST_TEST(options({"-vhh.example"}).host == "h.example");
}

BOOST_AUTO_TEST_CASE(set_gives_any_setting) {
  BOOST_TEST(options({"--set", "port=1999"}).port.value_or(0) == 1999);
  BOOST_TEST(options({"--set=plugin=presence dice"}).plugins == (Words{"presence", "dice"}), per_element());
  BOOST_TEST(refused({"--set", "port=x"}, "--set: port is a whole number, not \"x\"."));
  BOOST_TEST(refused({"--set", "keys=emacs"}, "--set: keys is \"gnatter\" or \"irssi\", not \"emacs\"."));
  BOOST_TEST(refused({"--set", "colour=x"}, "--set: there is no setting colour."));
  BOOST_TEST(refused({"--set", "port"}, "--set takes NAME=VALUE, not \"port\"."));
  const auto flags = Arguments({"--set", "logger.utc=true"}).read().options.flags;
  BOOST_REQUIRE(flags.size() == 1u);
  BOOST_TEST(flags.front().name == "logger.utc");
  BOOST_TEST((flags.front().value == chat::Settings::Value(true)));
}

BOOST_AUTO_TEST_CASE(an_address_says_host_port_security_and_user) {
  for (const Words& words :
       {Words{"mqtts://bob@h.example:1999"}, Words{"-h", "mqtts://bob@h.example:1999"}}) {
    const Options options = this->options(words);
    BOOST_TEST(options.host == "h.example");
    BOOST_TEST(options.port.value_or(0) == 1999);
    BOOST_TEST((options.security == Security::tls));
    BOOST_TEST(options.user == "bob");
  }
  BOOST_TEST(options({"mqtts://bob@h.example", "-u", "carol"}).user == "carol");
  BOOST_TEST(refused({"mqtts://bob:secret@h.example"}, "An address holds no password"));
  BOOST_TEST(refusal({"mqtts://bob:secret@h.example"}).find("secret") == std::string::npos);
  BOOST_TEST(refused({"gopher://h"}, "is not known here"));
}

BOOST_AUTO_TEST_CASE(some_options_may_be_repeated_and_keep_their_order) {
  const Options options = this->options({"-j", "dev", "--join=ops", "-j", "#x y", "--plugin-dir", "/b",
                                         "--plugin-dir", "/a", "--plugin", "presence", "--plugin", "dice"});
  BOOST_TEST(options.join == (Words{"dev", "ops", "#x y"}), per_element());
  BOOST_TEST(options.plugin_directories.size() == 2u);
  BOOST_TEST(options.plugin_directories.front() == "/b");
  BOOST_TEST(options.plugins == (Words{"presence", "dice"}), per_element());
}

BOOST_AUTO_TEST_CASE(the_others_are_refused_when_repeated) {
  BOOST_TEST(refused({"-u", "bob", "--user", "carol"}, "--user is given more than once"));
  BOOST_TEST(refused({"-p", "1", "-p", "1"}, "--port is given more than once"));
  BOOST_TEST(refused({"--headless", "--headless"}, "--headless is given more than once"));
}

BOOST_AUTO_TEST_CASE(an_empty_plugin_name_means_none) {
  BOOST_TEST(options({"--plugin", ""}).plugins == Words{""}, per_element());  // and loads nothing
}

BOOST_AUTO_TEST_CASE(abbreviations_are_not_guessed) {
  for (const char* word : {"--hos", "--headl", "--plug", "--pass", "--password-f"})
    BOOST_TEST(refused({word, "x"}, "gnatter --help"), word);
}

BOOST_AUTO_TEST_CASE(what_is_unknown_missing_or_no_option_is_told) {
  BOOST_TEST(refused({"--colour"}, "--colour"));
  BOOST_TEST(refused({"-z"}, "-z"));
  BOOST_TEST(refused({"bob"}, "Only options and one address like mqtts://USER@HOST are taken, not \"bob\""));
  BOOST_TEST(refused({"mqtt://h", "mqtt://i"}, "Only options and one address"));
  BOOST_TEST(refused({"--host"}, "--host"));
  BOOST_TEST(refused({"--headless=yes"}, "gnatter --help"));
  BOOST_TEST(refusal({"--\x1b[2J"}).find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(values_are_checked) {
  for (const char* port : {"65536", "-1", "99999"})
    BOOST_TEST(refused({std::string("--port=") + port}, "it is a number from 0 to 65535."), port);
  for (const char* port : {"x", "1883x", "", "0x10", "99999999999999999999"})
    BOOST_TEST(refused({std::string("--port=") + port}, *port ? "port is a whole number, not \"" : "port"),
               port);
  for (const char* host : {"a b", "a/b", "<x>", "a@b", "x?", "h\n"})
    BOOST_TEST(refused({"-h", host}, "is no host"), host);
  BOOST_TEST(refused({"-h", "\xFF"}, "UTF-8"));
  BOOST_TEST(refused({"-h", std::string(254, 'h')}, "is no host"));
  for (const char* name : {"a/b", "a:b", "*", " bob"})
    BOOST_TEST(refused({"-u", name}, "is no user name"), name);
  for (const char* name : {"a/b", "#", "##x", "*"})
    BOOST_TEST(refused({"-j", name}, "is no group name"), name);
  for (const char* delay : {"-1", "3601", "x"})
    BOOST_TEST(refused({"--will-delay", delay}, "will-delay"), delay);
  BOOST_TEST(refused({"--client-id", std::string(129, 'i')}, "client-id"));
  BOOST_TEST(refused({"--client-id", "\xFF"}, "client-id"));
}

BOOST_AUTO_TEST_CASE(the_user_is_normalised_and_the_login_name_stands_in) {
  BOOST_TEST(options({"-u", "Ame\u0301lie"}).user == "Am\u00E9lie");
  {
    const Variable nobody("USER", std::nullopt);
    BOOST_TEST(options({}).user == "");
    BOOST_TEST(options({"-u", "bob"}).user == "bob");
  }
  const Variable odd("USER", "a/b");
  BOOST_TEST(options({}).user == "");
}

BOOST_AUTO_TEST_CASE(a_password_is_wiped_where_others_see_it) {
  for (const Words& words : {Words{"-P", "secret"}, Words{"-Psecret"}, Words{"--password", "secret"},
                             Words{"--password=secret"}, Words{"-u", "bob", "-Psecret", "--headless"}}) {
    Arguments arguments(words);
    BOOST_TEST(arguments.read().options.password.value() == "secret");
    for (std::size_t i = 0; i < arguments.words.size(); ++i)
      BOOST_TEST(arguments.words[i].find("secret") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_password_is_wiped_even_when_the_line_is_refused) {
  Arguments arguments({"-P", "secret", "--colour"});
  BOOST_CHECK_THROW(arguments.read(), base::UserError);
  BOOST_TEST(arguments.words[2].find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_else_is_wiped) {
  Arguments arguments({"--password-command", "pass show", "-u", "bob"});
  arguments.read();
  BOOST_TEST(std::string(arguments.seen(2)) == "pass show");
  BOOST_TEST(std::string(arguments.seen(4)) == "bob");
}

BOOST_AUTO_TEST_CASE(help_and_version_are_printed_whatever_else_is_wrong) {
  BOOST_TEST(Arguments({"--help", "-p", "0"}).read().text->starts_with("Usage: gnatter"));
  BOOST_TEST(Arguments({"--version"}).read().text->starts_with("gnatter "));
  std::ofstream(directory.path() / "broken.toml") << "= =";
  BOOST_TEST(
      Arguments({"--help", "--config", (directory.path() / "broken.toml").string()}).read().text.has_value());
}

BOOST_AUTO_TEST_CASE(a_file_that_was_named_must_be_there) {
  BOOST_TEST(refused({"--config", (directory.path() / "none.toml").string()}, "none.toml cannot be read"));
}

BOOST_AUTO_TEST_CASE(a_wrong_value_in_the_file_is_told_with_its_line) {
  BOOST_TEST(
      refused({"--config", file("host = \"h\"\n\nport = 99999\n")}, "other.toml:3: port cannot be 99999"));
  BOOST_TEST(refused({"--config", file("user = \"a/b\"\n")}, "is no user name"));
  BOOST_TEST(refused({"--config", file("join = [\n  \"dev\",\n  \"a/b\",\n]\n")}, "\"a/b\" is no group"));
}

BOOST_AUTO_TEST_CASE(the_rows_of_help_fit_their_columns) {
  const std::string help = Arguments({"--help"}).read().text.value();
  for (std::size_t at = 0; at < help.size();) {
    const std::size_t end = help.find('\n', at);
    const std::string row = help.substr(at, end - at);
    BOOST_TEST(row.size() <= 104u, row);
    if (row.starts_with("  -")) BOOST_TEST((row.size() <= 32 || row.substr(30, 2) == "  "), row);
    at = end + 1;
  }
}

BOOST_AUTO_TEST_SUITE_END()
