// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_file.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <string>

#include "base/user_error.h"
#include "support/environment.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using app::Values;

namespace {

struct Fixture {
  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "gnatter.toml";

  app::ConfigFile read_all(std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
    return app::read_config_file(file);
  }
  Values read(std::string_view text) { return read_all(text).values; }
  /// The sentence that refuses the text, without the folder; empty when it is taken.
  std::string refusal(std::string_view text) {
    try {
      read(text);
    } catch (const base::UserError& error) {
      std::string sentence = error.what();
      const std::string folder = directory.path().string() + '/';
      BOOST_TEST(sentence.starts_with(folder), sentence);
      return sentence.substr(folder.size());
    }
    return {};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(config_file, Fixture)

BOOST_AUTO_TEST_CASE(strings_numbers_and_lists_are_read_with_their_places) {
  const Values values =
      read("# mine\nhost = \"broker.example\"\nport = 1999\njoin = [\"dev\",\n  \"x y\"]\n");
  BOOST_TEST(values.size() == 3u);
  BOOST_TEST(values.at("host").at(0).value == "broker.example");
  BOOST_TEST(values.at("host").at(0).place == file.string() + ":2: ");
  BOOST_TEST(values.at("port").at(0).value == "1999");
  BOOST_TEST(values.at("join").size() == 2u);
  BOOST_TEST(values.at("join").at(1).value == "x y");
  BOOST_TEST(values.at("join").at(1).place == file.string() + ":5: ");
}

BOOST_AUTO_TEST_CASE(an_empty_file_says_nothing) {
  BOOST_TEST(read("").empty());
  BOOST_TEST(read("\n# nothing but this\n").empty());
}

BOOST_AUTO_TEST_CASE(a_list_may_be_empty) {
  BOOST_TEST(read("plugin = []\n").at("plugin").empty());
}

BOOST_AUTO_TEST_CASE(every_row_that_may_stand_in_the_file_does) {
  for (const auto& row : app::option_rows()) {
    const char* value = row.argument ? "\"1\"" : "true";
    const std::string sentence = refusal(std::string("\n") + row.name + " = " + value + '\n');
    if (row.in_file)
      BOOST_TEST(sentence == "");
    else
      BOOST_TEST(sentence == std::string("gnatter.toml:2: ") + row.name +
                                 " cannot stand in the file; it is an option of the command line.");
  }
}

BOOST_AUTO_TEST_CASE(a_setting_that_nobody_knows_is_told_with_its_line) {
  BOOST_TEST(refusal("port = 1883\n\nprot = 1883\n") == "gnatter.toml:3: there is no setting \"prot\".");
  BOOST_TEST(refusal("\"\\u001b[2J\" = 1\n").find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_value_of_the_wrong_type_is_told_with_its_line) {
  BOOST_TEST(refusal("host = true\n") == "gnatter.toml:1: host must be a string or a number.");
  BOOST_TEST(refusal("\nport = 1.5\n") == "gnatter.toml:2: port must be a string or a number.");
  BOOST_TEST(refusal("port = [1883]\n") == "gnatter.toml:1: port must be one value, not a list.");
  BOOST_TEST(refusal("join = [\"dev\", [\"ops\"]]\n").starts_with("gnatter.toml:1: join must be"));
  BOOST_TEST(refusal("host = 2026-11-22\n").starts_with("gnatter.toml:1: host must be"));
  BOOST_TEST(refusal("[host]\nx = 1\n").starts_with("gnatter.toml:1: host must be"));
}

BOOST_AUTO_TEST_CASE(a_switch_is_true_or_false) {
  const Values values = read("tls = true\n\nx509 = true\n");
  BOOST_TEST(values.at("tls").size() == 1u);
  BOOST_TEST(values.at("x509").at(0).place == file.string() + ":3: ");
  BOOST_TEST(read("tls = false\n").empty());
  BOOST_TEST(refusal("tls = \"true\"\n") == "gnatter.toml:1: tls must be true or false, without quotes.");
  BOOST_TEST(refusal("\nx509 = 1\n") == "gnatter.toml:2: x509 must be true or false, without quotes.");
  BOOST_TEST(refusal("tls = [true]\n") == "gnatter.toml:1: tls must be true or false, without quotes.");
}

BOOST_AUTO_TEST_CASE(a_path_is_seen_from_the_file_or_from_home) {
  const testing::Variable home("HOME", "/home/alice");
  const auto first = [this](const std::string& text) { return read(text).begin()->second.at(0).value; };
  BOOST_TEST(first("cafile = \"ca.crt\"\n") == (directory.path() / "ca.crt").string());
  BOOST_TEST(first("cert = \"certs/alice.crt\"\n") == (directory.path() / "certs/alice.crt").string());
  BOOST_TEST(first("key = \"/etc/alice.key\"\n") == "/etc/alice.key");
  BOOST_TEST(first("key = \"~/alice.key\"\n") == "/home/alice/alice.key");
  BOOST_TEST(first("password-file = \"password\"\n") == (directory.path() / "password").string());
  BOOST_TEST(first("plugin-dir = [\"~\"]\n") == "/home/alice");
  BOOST_TEST(first("cafile = \"\"\n") == "");
  BOOST_TEST(first("key-password-command = \"pass show ~/key\"\n") == "pass show ~/key");
  BOOST_TEST(refusal("cafile = 1\n") == "gnatter.toml:1: cafile must be a string.");
}

BOOST_AUTO_TEST_CASE(a_path_is_seen_from_the_file_also_when_that_has_a_relative_name) {
  std::ofstream(file) << "cafile = \"ca.crt\"\n";
  const auto relative = std::filesystem::relative(file);
  BOOST_TEST(relative.is_relative());
  const std::filesystem::path found = app::read_config_file(relative).values.at("cafile").at(0).value;
  BOOST_TEST(found.is_absolute());
  BOOST_TEST(found.lexically_normal() == directory.path() / "ca.crt");
}

BOOST_AUTO_TEST_CASE(a_table_is_a_plugins_and_keeps_types_and_lines) {
  const auto config =
      read_all("host = \"x\"\n[logger]\nlines = 200\nbuffers = \"~/#dev\"\n[notify]\nbell = false\n");
  BOOST_TEST(config.values.size() == 1u);
  BOOST_REQUIRE(config.settings.size() == 3u);
  std::map<std::string, app::GivenSetting> settings;
  for (const auto& setting : config.settings) settings[setting.name] = setting;
  BOOST_TEST(std::get<std::int64_t>(settings.at("logger.lines").value) == 200);
  BOOST_TEST(settings.at("logger.lines").place == file.string() + ":3");
  BOOST_TEST(std::get<std::string>(settings.at("logger.buffers").value) == "~/#dev");
  BOOST_TEST(!std::get<bool>(settings.at("notify.bell").value));
  BOOST_TEST(settings.at("notify.bell").place == file.string() + ":6");
  BOOST_TEST(read_all("[logger]\n").settings.empty());
  BOOST_TEST(read_all("logger.lines = 3\n").settings.at(0).name == "logger.lines");
}

BOOST_AUTO_TEST_CASE(a_plugins_value_of_another_type_is_told_with_its_line) {
  const std::string wanted = " must be a string, a whole number, or true or false.";
  for (const char* value : {"1.5", "[1, 2]", "2026-11-22", "{ x = 1 }", "nan"})
    BOOST_TEST(refusal(std::string("[logger]\n\nlines = ") + value + '\n') ==
               "gnatter.toml:3: logger.lines" + wanted);
  BOOST_TEST(refusal("[logger.more]\nlines = 1\n") == "gnatter.toml:1: logger.more" + wanted);
  BOOST_TEST(refusal("[[logger]]\nlines = 1\n") == "gnatter.toml:1: there is no setting \"logger\".");
  BOOST_TEST(refusal("[\"\\u001b[2J\"]\n\"\\n\" = 1.5\n").find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_toml_is_told_with_its_line_in_one_sentence) {
  for (const char* text : {"port = 1883\nhost = \n", "port = 1883\nhost = \"open\n", "port = 1883\n= 3\n",
                           "port = 1883\nport = 1884\n", "port = 1883\nhost = 'a' 'b'\n"}) {
    const std::string sentence = refusal(text);
    BOOST_TEST(sentence.starts_with("gnatter.toml:"), sentence);
    BOOST_TEST(sentence.find(":0:") == std::string::npos, sentence);
    BOOST_TEST(sentence.find('\n') == std::string::npos, sentence);
    BOOST_TEST(sentence.ends_with('.'), sentence);
  }
  BOOST_TEST(refusal("port = 1883\nhost = \n").starts_with("gnatter.toml:2:"));
}

BOOST_AUTO_TEST_CASE(garbage_is_refused_and_shown_safely) {
  for (const std::string& text : {std::string("\0\0\0", 3), std::string("\xFF\xFE x = 1"),
                                  std::string("host = \"\x1b[2J\"\n"), std::string(100'000, '[')}) {
    const std::string sentence = refusal(text);
    BOOST_TEST(sentence != "");
    BOOST_TEST(sentence.find('\x1b') == std::string::npos);
    BOOST_TEST(sentence.size() < 500u);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_told) {
  BOOST_CHECK_THROW(app::read_config_file(directory.path()), base::UserError);
  BOOST_CHECK_THROW(app::read_config_file(directory.path() / "none"), base::UserError);
  BOOST_TEST(refusal(std::string(2 << 20, '#')).find("more than 1 MiB") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
