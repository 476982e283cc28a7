// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <string>

#include "app/config_writer.h"
#include "base/user_error.h"
#include "chat/setting_table.h"
#include "support/environment.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using boost::test_tools::per_element;
using Value = chat::Settings::Value;
using List = chat::Settings::List;

namespace {

struct Fixture {
  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "gnatter.toml";

  app::ConfigFile read_all(std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
    return app::read_config_file(file);
  }
  std::map<std::string, Value> read(std::string_view text) {
    std::map<std::string, Value> values;
    for (const auto& setting : read_all(text).settings) values.emplace(setting.name, setting.value);
    return values;
  }
  std::string text(std::string_view toml) { return std::get<std::string>(read(toml).begin()->second); }
  /// The sentence that refuses the file, without the folder; empty when it is taken.
  std::string refusal_of_file() {
    try {
      app::read_config_file(file);
    } catch (const base::UserError& error) {
      std::string sentence = error.what();
      const std::string folder = directory.path().string() + '/';
      BOOST_TEST(sentence.starts_with(folder), sentence);
      return sentence.substr(folder.size());
    }
    return {};
  }
  std::string refusal(std::string_view toml) {
    std::ofstream(file, std::ios::binary) << toml;
    return refusal_of_file();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(config_file, Fixture)

BOOST_AUTO_TEST_CASE(settings_are_read_with_their_places_in_the_order_of_the_file) {
  const auto config =
      read_all("# mine\nhost = \"broker.example\"\nport = 1999\njoin = [\"dev\",\n  \"x y\"]\n");
  BOOST_REQUIRE(config.settings.size() == 3u);
  BOOST_TEST(config.settings[0].name == "host");
  BOOST_TEST((config.settings[0].value == Value("broker.example")));
  BOOST_TEST(config.settings[0].where == file.string() + ":2");
  BOOST_TEST((config.settings[1].value == Value(std::int64_t{1999})));
  BOOST_TEST((config.settings[2].value == Value(List{"dev", "x y"})));
  BOOST_TEST(config.settings[2].where == file.string() + ":4");
}

BOOST_AUTO_TEST_CASE(an_empty_file_says_nothing) {
  for (const char* nothing : {"", "\n# nothing but this\n", "\xEF\xBB\xBF", "\r\n", "[look]\n", "[logger]\n"})
    BOOST_TEST(read_all(nothing).settings.empty());
}

BOOST_AUTO_TEST_CASE(every_row_of_the_table_can_stand_in_the_file_at_its_default) {
  for (const chat::SettingRow& row : chat::setting_table()) {
    const std::string line = row.name + " = " + app::toml_of(row.initial) + '\n';
    BOOST_TEST((read(line) == std::map<std::string, Value>{{row.name, row.initial}}), line);
    if (row.scope != chat::SettingRow::Scope::network) continue;
    const auto of_network = read("[network.home]\n" + line);
    BOOST_TEST((of_network == std::map<std::string, Value>{{"network.home." + row.name, row.initial}}), line);
  }
}

BOOST_AUTO_TEST_CASE(a_list_takes_one_text_and_may_be_empty) {
  BOOST_TEST((read("join = \"dev\"\n").at("join") == Value(List{"dev"})));
  BOOST_TEST((read("plugin = []\n").at("plugin") == Value(List{})));
}

BOOST_AUTO_TEST_CASE(networks_keep_their_names_and_their_order) {
  const auto config = read_all(
      "[network.work]\nport = 1\n[network.Home]\n[network.\"broker.example\"]\nhost = \"x\"\n[look]\ntail = "
      "1\n");
  BOOST_TEST(config.networks == (std::vector<std::string>{"work", "Home", "broker.example"}), per_element());
  BOOST_TEST(config.settings.at(0).name == "network.work.port");
  BOOST_TEST(config.settings.at(1).name == "network.broker.example.host");
  BOOST_TEST(config.settings.at(2).name == "look.tail");
  BOOST_TEST(read("[network.HOME]\nPort = 7\n").begin()->first == "network.home.port");
}

BOOST_AUTO_TEST_CASE(a_network_may_be_written_in_any_way_that_toml_has) {
  for (const char* toml :
       {"[network.home]\nport = 7\n", "network.home.port = 7\n", "network.home = { port = 7 }\n",
        "network = { home = { port = 7 } }\n", "[network]\nhome.port = 7\n",
        "[ network . 'home' ]\n\"port\" = 7\n", "\xEF\xBB\xBFnetwork.home.port = 0x7\r\n"}) {
    const auto config = read_all(toml);
    BOOST_TEST(config.networks == std::vector<std::string>{"home"}, per_element());
    BOOST_TEST((read(toml).at("network.home.port") == Value(std::int64_t{7})));
  }
}

BOOST_AUTO_TEST_CASE(a_path_is_seen_from_the_file_or_from_home) {
  const testing::Variable home("HOME", "/home/alice");
  const std::string here = directory.path().string();
  BOOST_TEST(text("cafile = \"ca.crt\"\n") == here + "/ca.crt");
  BOOST_TEST(text("cert = \"certs/../alice.crt\"\n") == here + "/alice.crt");
  BOOST_TEST(text("key = \"/etc/alice.key\"\n") == "/etc/alice.key");
  BOOST_TEST(text("key = \"~/alice.key\"\n") == "/home/alice/alice.key");
  BOOST_TEST(text("network.home.password-file = \"password\"\n") == here + "/password");
  BOOST_TEST(
      (read("plugin-dir = [\"~\", \"p\"]\n").at("plugin-dir") == Value(List{"/home/alice", here + "/p"})));
  BOOST_TEST(text("cafile = \"\"\n") == "");
  BOOST_TEST(text("key-password-command = \"pass show ~/key\"\n") == "pass show ~/key");
}

BOOST_AUTO_TEST_CASE(a_path_is_seen_from_the_file_also_when_that_has_a_relative_name) {
  std::ofstream(file) << "cafile = \"ca.crt\"\n";
  const auto relative = std::filesystem::relative(file);
  BOOST_TEST(relative.is_relative());
  const std::filesystem::path found =
      std::get<std::string>(app::read_config_file(relative).settings.at(0).value);
  BOOST_TEST(found.is_absolute());
  BOOST_TEST(found.lexically_normal() == directory.path() / "ca.crt");
}

BOOST_AUTO_TEST_CASE(what_plugins_have_keeps_its_type) {
  const auto values = read("[logger]\nlines = 200\nbuffers = \"~/#dev\"\n[notify]\nbell = false\n");
  BOOST_TEST((values == std::map<std::string, Value>{{"logger.lines", std::int64_t{200}},
                                                     {"logger.buffers", "~/#dev"},
                                                     {"notify.bell", false}}));
}

BOOST_AUTO_TEST_CASE(sentences_say_what_was_expected) {
  const std::string no_value =
      "a value was expected: a text in quotes, a number, true or false, or a list in [ ].";
  const std::map<std::string, std::string> told{
      {"prot = 1883\n", "1: there is no setting prot (port?)."},
      {"x509 = tru\n", "1: " + no_value},
      {"port = 0o9\n", "1: " + no_value},
      {"port = 0x\n", "1: " + no_value},
      {"port = 1979-13-01\n", "1: " + no_value},
      {"port = 1_\n", "1: a number has digits alone, as in 1883."},
      {"port = 1e\n", "1: a number has digits alone, as in 1883."},
      {"join = [\"a\",,]\n", "1: a list is [\"one\", \"two\"], with ] at its end."},
      {"\nhost = 5\n", "2: host is a text in quotes, not 5."},
      {"port = \"1883\"\n", "1: port is a whole number, not \"1883\"."},
      {"port = 70000\n", "1: port cannot be 70000: it is a number from 0 to 65535."},
      {"port = 1.5\n", "1: port is a whole number, not a number with a point."},
      {"tls = \"true\"\n", "1: tls is true or false, not \"true\"."},
      {"look.glyphs = \"x\"\n", "1: look.glyphs is \"auto\", \"unicode\" or \"ascii\", not \"x\"."},
      {"[look]\nglyps = \"auto\"\n", "2: there is no setting look.glyps (look.glyphs?)."},
      {"[network.home]\nportt = 1\n", "2: a network has no setting portt (port?)."},
      {"[network.home]\nkeys = \"irssi\"\n",
       "2: keys is no setting of a network: it stands at the top of the file, before the first [table]."},
      {"[network]\nport = 1\n",
       "2: [network] has no settings of its own: port stands in [network.NAME], or at the top of the file "
       "for all "
       "networks."},
      {"network = \"home\"\n", "1: a network is a table: [network.NAME], with host, port and so on below."},
      {"[network.home]\n[network.Home]\n",
       "2: there are [network.Home] and [network.home]: names that differ in capital letters alone are the "
       "same."},
      {"[network.broker.example]\nport = 1\n",
       "1: a network's name with a dot in it stands in quotes: [network.\"broker.example\"]."},
      {"password = \"secret\"\n",
       "1: a password does not stand in the file: password-command = \"COMMAND\" or password-file = \"FILE\" "
       "says "
       "where it is."},
      {"[network.home]\npassword = \"secret\"\n",
       "2: a password does not stand in the file: password-command = \"COMMAND\" or password-file = \"FILE\" "
       "says "
       "where it is."},
      {"headless = true\n", "1: headless is for the command line alone."},
      {"look = 1\n", "1: look is a table: [look], with its settings below."},
      {"\"look.tail\" = 1\n", "1: there is no setting \"look.tail\": tail stands in the table [look]."},
      {"[port]\n", "1: port is a whole number, not a table."},
      {"[[network]]\nport = 1\n", "1: a table stands in single brackets: [network]."},
      {"port = 1\nPORT = 2\n", "2: port stands in line 1, too: capital letters make no difference."},
      {"join = [\"dev\", 1]\n", "1: join is a list of texts in quotes, and something else is in this list."},
      {"user = \"a\\u0000b\"\n", "1: user cannot have a NUL in it."},
      {"[logger]\nlines = 1.5\n",
       "2: logger.lines is true or false, a whole number or a text in quotes, not a number with a point."},
      {"port = 1\nhost = 2\nuser = 3\ntls = 4\n",
       "2: host is a text in quotes, not 2. More is wrong in lines 3, 4."},
  };
  for (const auto& [toml, sentence] : told) BOOST_TEST(refusal(toml) == "gnatter.toml:" + sentence);
}

BOOST_AUTO_TEST_CASE(no_sentence_shows_a_password) {
  for (const char* toml : {"password = \"hunter2\"\n", "[network.home]\npassword = \"hunter2\"\n",
                           "[network]\npassword = \"hunter2\"\n", "[password]\nx = \"hunter2\"\n"})
    BOOST_TEST(refusal(toml).find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(garbage_is_refused_and_shown_safely) {
  std::string deep = "x = ";
  deep.append(100'000, '[');
  std::string dotted = "x";
  for (int i = 0; i < 50'000; ++i) dotted += ".x";
  std::string tables = "x = ";
  for (int i = 0; i < 20'000; ++i) tables += "{x=";
  for (const std::string& toml :
       {std::string("\0\0\0", 3), std::string("\xFF\xFE x = 1"), std::string("host = \"\x1b[2J\"\n"),
        std::string("\"\\u001b[2J\" = 1\n"), std::string("[\"\\u001b[2J\"]\n\"\\n\" = 1.5\n"),
        std::string(100'000, '['), deep, dotted + " = 1\n", '[' + dotted + "]\n", tables}) {
    const std::string sentence = refusal(toml);
    BOOST_TEST(sentence.starts_with("gnatter.toml:1: "));
    BOOST_TEST(sentence.find('\x1b') == std::string::npos);
    BOOST_TEST(sentence.find('\n') == std::string::npos);
    BOOST_TEST(sentence.size() < 500u);
  }
}

BOOST_AUTO_TEST_CASE(a_line_of_10_mib_is_named) {
  BOOST_TEST(refusal("port = 1\nhost = \"" + std::string(10 << 20, 'x') + "\"\n") ==
             "gnatter.toml:2: the line has more than 64 KiB; a configuration is smaller.");
  std::string lines;
  while (lines.size() < 300'000) lines += "# a comment\n";
  BOOST_TEST(refusal(lines) == "gnatter.toml has more than 256 KiB; a configuration is smaller.");
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_told) {
  BOOST_TEST(refusal_of_file() == "gnatter.toml cannot be read: No such file or directory.");
  std::filesystem::create_symlink("nowhere", file);
  BOOST_TEST(refusal_of_file() == "gnatter.toml cannot be read: it is a link to a file that is not there.");
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  BOOST_TEST(refusal_of_file() == "gnatter.toml cannot be read: it is a directory.");
  std::filesystem::remove(file);
  BOOST_REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  BOOST_TEST(refusal_of_file() == "gnatter.toml cannot be read: it is no file with a text in it.");
  BOOST_TEST(app::read_config_file("/dev/null").settings.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_may_not_be_read_is_told) {
  std::ofstream(file) << "port = 1\n";
  std::filesystem::permissions(file, std::filesystem::perms::none);
  constexpr uid_t nobody = 65534;
  const uid_t user = ::geteuid();
  if (user == 0) BOOST_REQUIRE(::seteuid(nobody) == 0);  // root may read anything
  const std::string sentence = refusal_of_file();
  BOOST_REQUIRE(::seteuid(user) == 0);
  BOOST_TEST(sentence == "gnatter.toml cannot be read: Permission denied.");
}

BOOST_AUTO_TEST_SUITE_END()
