// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_writer.h"

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fcntl.h>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "app/config_file.h"
#include "base/file_descriptor.h"
#include "base/user_error.h"
#include "chat/setting_table.h"
#include "support/environment.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using app::with_changes;
using Change = chat::Settings::Change;
using Value = chat::Settings::Value;
using List = chat::Settings::List;

namespace {

const Change tail{"look.tail", Value(std::int64_t{5})};
const Change port{"network.home.port", Value(std::int64_t{8883})};

std::string with(const std::string& toml, const std::string& name, Value value) {
  return with_changes(toml, {{name, std::move(value)}});
}
std::string without(const std::string& toml, const std::string& name) {
  return with_changes(toml, {{name, std::nullopt}});
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Fixture {
  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "gnatter.toml";

  void write(std::string_view text) const { std::ofstream(file, std::ios::binary) << text; }
  std::string refusal(const std::vector<Change>& changes) const {
    try {
      app::save_config(file, changes);
    } catch (const base::UserError& error) {
      return error.what();
    }
    return {};
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory.path()), {}));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(config_writer, Fixture)

BOOST_AUTO_TEST_CASE(only_the_value_changes) {
  BOOST_TEST(with_changes("# mine\n\n[look]  # here\n\ttail =   3   # rows\r\n\nglyphs='auto'\n", {tail}) ==
             "# mine\n\n[look]  # here\n\ttail =   5   # rows\r\n\nglyphs='auto'\n");
  BOOST_TEST(with("port=1", "port", std::int64_t{2}) == "port=2");
  BOOST_TEST(with("host = '''\na'''\nport = 1\n", "host", "b") == "host = \"b\"\nport = 1\n");
  BOOST_TEST(with("join = [ # mine\n  \"a\", # one\n  \"b\" ] # all\nport = 1\n", "join", List{"c", "d"}) ==
             "join = [\"c\", \"d\"] # all\nport = 1\n");
  BOOST_TEST(with("tls = false\n", "tls", true) == "tls = true\n");
}

BOOST_AUTO_TEST_CASE(a_value_that_stands_there_already_is_left_as_it_is_written) {
  for (const char* toml : {"host = 'x'\n", "host = \"\"\"x\"\"\"\n", "host = \"\\u0078\"\n"})
    BOOST_TEST(with(toml, "host", "x") == toml);
  BOOST_TEST(with("join = \"dev\"\n", "join", List{"dev"}) == "join = \"dev\"\n");
  BOOST_TEST(with("port = 0x10\n", "port", std::int64_t{16}) == "port = 0x10\n");
}

BOOST_AUTO_TEST_CASE(a_key_is_found_in_every_way_that_it_can_be_written) {
  BOOST_TEST(with_changes("look.tail = 3\n", {tail}) == "look.tail = 5\n");
  BOOST_TEST(with_changes("\"look\" . 'tail' = 3\n", {tail}) == "\"look\" . 'tail' = 5\n");
  BOOST_TEST(with_changes("look = { glyphs = \"auto\", tail = 3 }\n", {tail}) ==
             "look = { glyphs = \"auto\", tail = 5 }\n");
  BOOST_TEST(with_changes("network.home = { port = 1 }\n", {port}) == "network.home = { port = 8883 }\n");
  BOOST_TEST(with_changes("network = { home = { port = 1 } }\n", {port}) ==
             "network = { home = { port = 8883 } }\n");
  BOOST_TEST(with_changes("[network]\nhome.port = 1\n", {port}) == "[network]\nhome.port = 8883\n");
  BOOST_TEST(with_changes("[network.Home]\nPort = 1\n", {port}) == "[network.Home]\nPort = 8883\n");
  BOOST_TEST(with("[network.\"b.example\"]\nport = 1\n", "network.b.example.port", std::int64_t{2}) ==
             "[network.\"b.example\"]\nport = 2\n");
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_there_goes_to_the_end_of_its_table) {
  BOOST_TEST(with_changes("[look]\nglyphs = \"auto\"\n\n# windows\n[window]\n", {tail}) ==
             "[look]\nglyphs = \"auto\"\ntail = 5\n\n# windows\n[window]\n");
  BOOST_TEST(with("host = \"x\"\n\n[look]\n", "port", std::int64_t{1}) ==
             "host = \"x\"\nport = 1\n\n[look]\n");
  BOOST_TEST(with("[look]\n", "port", std::int64_t{1}) == "port = 1\n[look]\n");
  BOOST_TEST(with("# the look\n[look]\n", "port", std::int64_t{1}) == "port = 1\n\n# the look\n[look]\n");
  BOOST_TEST(with_changes("[look]", {tail}) == "[look]\ntail = 5\n");
  BOOST_TEST(with_changes("[look]\r\nglyphs = \"auto\"\r\n", {tail}) ==
             "[look]\r\nglyphs = \"auto\"\r\ntail = 5\r\n");
  BOOST_TEST(with_changes("[look]\nglyphs = \"auto\"\r\n", {tail}) ==
             "[look]\nglyphs = \"auto\"\r\ntail = 5\n");
  BOOST_TEST(with("\xEF\xBB\xBF# mine\n", "port", std::int64_t{1}) == "\xEF\xBB\xBF# mine\nport = 1\n");
}

BOOST_AUTO_TEST_CASE(a_table_that_is_not_there_goes_to_the_end) {
  BOOST_TEST(with_changes("", {tail}) == "[look]\ntail = 5\n");
  BOOST_TEST(with_changes("port = 1", {tail}) == "port = 1\n\n[look]\ntail = 5\n");
  BOOST_TEST(with_changes("port = 1\n\n", {tail}) == "port = 1\n\n[look]\ntail = 5\n");
  BOOST_TEST(with_changes("", {{"network.b.example.host", Value("b.example")},
                               {"network.b.example.port", Value(std::int64_t{1})}}) ==
             "[network.\"b.example\"]\nhost = \"b.example\"\nport = 1\n");
  BOOST_TEST(with("", "network.::1.host", "::1") == "[network.\"::1\"]\nhost = \"::1\"\n");
  BOOST_TEST(with("[network.work]\nport = 1\n", "network.home.port", std::int64_t{8883}) ==
             "[network.work]\nport = 1\n\n[network.home]\nport = 8883\n");
}

BOOST_AUTO_TEST_CASE(a_table_without_a_header_is_gone_on_with_as_it_was_begun) {
  BOOST_TEST(with_changes("look.glyphs = \"auto\" # mine\nport = 1\n", {tail}) ==
             "look.glyphs = \"auto\" # mine\nlook.tail = 5\nport = 1\n");
  BOOST_TEST(with_changes("look = {}\n", {tail}) == "look = { tail = 5 }\n");
  BOOST_TEST(with_changes("look = {glyphs=\"auto\"}\n", {tail}) == "look = {glyphs=\"auto\", tail = 5}\n");
  BOOST_TEST(with_changes("network.\"home\".host = \"x\"\n", {port}) ==
             "network.\"home\".host = \"x\"\nnetwork.\"home\".port = 8883\n");
  BOOST_TEST(with_changes("network.work = { port = 1 }\n", {port}) ==
             "network.work = { port = 1 }\nnetwork.home.port = 8883\n");
  BOOST_TEST(with_changes("[network]\nwork.port = 1\n", {port}) ==
             "[network]\nwork.port = 1\n\n[network.home]\nport = 8883\n");
  BOOST_TEST(with_changes("network = { work = { port = 1 } }\n", {port}) ==
             "network = { work = { port = 1 }, home.port = 8883 }\n");
}

BOOST_AUTO_TEST_CASE(what_stands_in_a_comment_is_taken_out_of_it_in_its_place) {
  BOOST_TEST(with_changes("[look]\n# How many.\n# tail = 3  # rows\n# glyphs = \"auto\"\n", {tail}) ==
             "[look]\n# How many.\ntail = 5  # rows\n# glyphs = \"auto\"\n");
  BOOST_TEST(with("#port=1\n", "port", std::int64_t{2}) == "port=2\n");
  BOOST_TEST(with("# join = [\"a\", \"b\"]\n", "join", List{"c"}) == "join = [\"c\"]\n");
  BOOST_TEST(with("# port = 1\r\n# x\r\n", "port", std::int64_t{2}) == "port = 2\r\n# x\r\n");
}

BOOST_AUTO_TEST_CASE(what_only_looks_so_stays_a_comment) {
  for (const std::string comment : {"# port = the port of the broker\n", "# port = 1 or 2\n", "# port = \n",
                                    "# [network.home]\n#   port = 1\n"}) {
    const std::string changed = with(comment, "port", std::int64_t{2});
    BOOST_TEST(changed.find(comment) != changed.npos, changed);
  }
  BOOST_TEST(with("[look]\n# port = 1\n", "port", std::int64_t{2}) == "port = 2\n[look]\n# port = 1\n");
  BOOST_TEST(with("# port = 1\nport = 3\n", "port", std::int64_t{2}) == "# port = 1\nport = 2\n");
}

BOOST_AUTO_TEST_CASE(what_is_unset_stands_in_a_comment_with_its_default) {
  const auto unset = [](const std::string& toml) {
    return with_changes(toml, {{"look.tail", std::nullopt, Value(std::int64_t{3})}});
  };
  const std::string before = "# Rows.\n[look]\n# tail = 3  # mine\n";
  BOOST_TEST(unset(with_changes(before, {tail})) == before);
  BOOST_TEST(unset("[look]\n  tail = 5\r\n") == "[look]\n  # tail = 3\r\n");
  BOOST_TEST(unset("[look]\ntail = 5") == "[look]\n# tail = 3");
  BOOST_TEST(unset("[look]\n# tail = 3\ntail = 5\n") == "[look]\n# tail = 3\n");
  BOOST_TEST(unset("look.tail = 5\nport = 1\n") == "port = 1\n");
  BOOST_TEST(unset("look = { tail = 5 }\n") == "look = { }\n");
}

BOOST_AUTO_TEST_CASE(what_is_unset_goes_with_its_lines) {
  BOOST_TEST(without("a.b = 1\n# mine\nport = 1 # x\n# behind\n", "port") == "a.b = 1\n# mine\n# behind\n");
  BOOST_TEST(without("join = [\n  \"a\"\n] # x\nport = 1\n", "join") == "port = 1\n");
  BOOST_TEST(without("look = { glyphs = \"auto\", tail = 3 }\n", "look.tail") ==
             "look = { glyphs = \"auto\" }\n");
  BOOST_TEST(without("look = { tail = 3, glyphs = \"auto\" }\n", "look.tail") ==
             "look = { glyphs = \"auto\" }\n");
  BOOST_TEST(without("look = { tail = 3 }\n", "look.tail") == "look = { }\n");
  BOOST_TEST(without("port = 1", "port") == "");
  BOOST_TEST(without("# port = 1\n", "port") == "# port = 1\n");
}

BOOST_AUTO_TEST_CASE(any_text_is_read_back_as_it_was) {
  for (const char* text :
       {"", "\"", "\\", "#", "'", "a\tb", "a\nb", "\x01\x7f", "ä €", "]", "}", "\"\"\"", "= 1"}) {
    const std::string toml =
        with_changes("# [x]\n", {{"user", Value(text)}, {"run", Value(List{text, text})}});
    const auto values = app::values_of_config(toml, "f");
    BOOST_TEST((values.at("user") == Value(text)), toml);
    BOOST_TEST((values.at("run") == Value(List{text, text})), toml);
  }
}

/// Files put together from pieces in any order, and any setting changed: either it is refused, or nothing
/// else is other.
BOOST_AUTO_TEST_CASE(whatever_the_file_is_like_nothing_else_changes) {
  const std::vector<std::string> tops{
      "host = 'h'\n", "# port = 1\n",  "join = [\n 'a', # x\n]\n", "look.tail = 1\n",
      "\n",           "# a comment\n", "network.home.port = 3\n",  "window = { close-on-part = true }\n"};
  const std::vector<std::string> tables{"[network.work] # w\nhost = 'w'\n", "# [network.x]\n#   host = 'x'\n",
                                        "[logger]\nbuffers = \"*\"\n\n", "[notify]\n# bell = true\n",
                                        "[network.'a.b']\n"};
  const std::vector<Change> changes{tail,
                                    port,
                                    {"host", Value("new")},
                                    {"join", Value(List{"q"})},
                                    {"window.close-on-part", Value(false)},
                                    {"network.a.b.user", Value("u")},
                                    {"notify.bell", Value(true)},
                                    {"logger.buffers", std::nullopt},
                                    {"port", Value(std::int64_t{7})},
                                    {"keys", Value("irssi")}};
  std::mt19937 random(20261123);
  for (int round = 0; round < 300; ++round) {
    std::string toml;
    const auto some = [&](std::vector<std::string> pieces) {
      std::shuffle(pieces.begin(), pieces.end(), random);
      for (const std::string& piece : pieces)
        if (random() % 2) toml += piece;
    };
    some(tops);
    some(tables);
    const Change& change = changes[random() % changes.size()];
    auto wanted = app::values_of_config(toml, "f");
    const std::string now = with_changes(toml, {change});
    if (change.value)
      wanted.insert_or_assign(change.name, *change.value);
    else
      wanted.erase(change.name);
    BOOST_TEST((app::values_of_config(now, "f") == wanted), toml + "---\n" + now);
  }
}

BOOST_AUTO_TEST_CASE(a_file_is_made_for_the_owner_alone) {
  const std::filesystem::path deep = directory.path() / "config" / "gnatter" / "gnatter.toml";
  app::save_config(deep, {tail});
  BOOST_TEST(content(deep) == "[look]\ntail = 5\n");
  BOOST_TEST((std::filesystem::status(deep).permissions() == std::filesystem::perms(0600)));
  BOOST_TEST((std::filesystem::status(deep.parent_path()).permissions() == std::filesystem::perms(0700)));
}

BOOST_AUTO_TEST_CASE(a_link_stays_one) {
  const std::filesystem::path dotfiles = directory.path() / "dotfiles";
  std::filesystem::create_directory(dotfiles);
  std::ofstream(dotfiles / "g") << "[look]\ntail = 1\n";
  std::filesystem::create_symlink("dotfiles/g", file);
  app::save_config(file, {tail});
  BOOST_TEST(std::filesystem::is_symlink(file));
  BOOST_TEST(content(dotfiles / "g") == "[look]\ntail = 5\n");
  std::filesystem::remove(dotfiles / "g");
  app::save_config(file, {tail});
  BOOST_TEST(content(dotfiles / "g") == "[look]\ntail = 5\n");
  std::filesystem::remove(dotfiles / "g");
  std::filesystem::create_symlink("g", dotfiles / "g");
  BOOST_TEST(refusal({tail}).find("Nothing was saved") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_the_file_is_told_and_nothing_changes) {
  for (const char* broken : {"port = \n", "prot = 1\n", "port = \"1\"\n", "\xFF"}) {
    write(broken);
    BOOST_TEST(refusal({tail}).starts_with(file.string() + ":1: "));
    BOOST_TEST(content(file) == broken);
    BOOST_TEST(files() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written_is_told_and_nothing_is_left_about) {
  write("port = 1\n");
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  BOOST_TEST(refusal({tail}) != "");
  BOOST_TEST(files() == 1u);
  std::ofstream(directory.path() / "plain") << "x";
  try {
    app::save_config(directory.path() / "plain" / "gnatter.toml", {tail});
    BOOST_TEST(false);
  } catch (const base::UserError& error) {
    BOOST_TEST(std::string(error.what())
                   .ends_with("cannot be written: Not a directory. Nothing was saved; what you have set "
                              "holds until you leave."));
  }
  BOOST_TEST(files() == 2u);
}

BOOST_AUTO_TEST_CASE(a_directory_that_may_not_be_written_is_told) {
  write("port = 1\n");
  std::filesystem::permissions(directory.path(), std::filesystem::perms(0555));
  constexpr uid_t nobody = 65534;
  const uid_t user = ::geteuid();
  if (user == 0) BOOST_REQUIRE(::seteuid(nobody) == 0);  // root may write anywhere
  const std::string sentence = refusal({tail});
  BOOST_REQUIRE(::seteuid(user) == 0);
  std::filesystem::permissions(directory.path(), std::filesystem::perms(0700));
  BOOST_TEST(sentence == file.string() +
                             " cannot be written: Permission denied. Nothing was saved; what you have set "
                             "holds until you leave.");
  BOOST_TEST(content(file) == "port = 1\n");
  BOOST_TEST(files() == 1u);
}

BOOST_AUTO_TEST_CASE(a_path_that_was_named_from_here_is_kept_from_anywhere) {
  app::save_config(
      file, {{"cafile", Value("ca.crt")}, {"key", Value("~/my.key")}, {"plugin-dir", Value(List{"p"})}});
  const auto values = app::values_of_config(content(file), file);
  BOOST_TEST((values.at("cafile") == Value((std::filesystem::current_path() / "ca.crt").string())));
  BOOST_TEST((values.at("key") == Value("~/my.key")));
  BOOST_TEST((values.at("plugin-dir") == Value(List{(std::filesystem::current_path() / "p").string()})));
}

BOOST_AUTO_TEST_CASE(two_at_once_lose_nothing) {
  std::vector<std::thread> writers;
  for (int who = 0; who < 4; ++who)
    writers.emplace_back([&, who] {
      for (int i = 1; i <= 10; ++i)
        app::save_config(file, {{"network.n" + std::to_string(who) + ".port", Value(std::int64_t{i})}});
    });
  for (std::thread& writer : writers) writer.join();
  const auto values = app::values_of_config(content(file), file);
  BOOST_TEST(values.size() == 4u);
  for (const auto& [name, value] : values) BOOST_TEST((value == Value(std::int64_t{10})), name);
  BOOST_TEST(files() == 1u);
}

BOOST_AUTO_TEST_CASE(another_that_does_not_end_is_told) {
  const base::FileDescriptor other(::open(directory.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  BOOST_REQUIRE(::flock(other.get(), LOCK_EX | LOCK_NB) == 0);
  BOOST_TEST(refusal({tail}).find("locked. Nothing was saved; /save tries again.") != std::string::npos);
  BOOST_TEST(!std::filesystem::exists(file));
}

BOOST_AUTO_TEST_CASE(there_is_no_row_for_a_password) {
  for (const chat::SettingRow& row : chat::setting_table()) BOOST_TEST(row.name != "password");
  BOOST_TEST(!chat::find_setting("password"));
  BOOST_TEST(!chat::find_setting("network.home.password"));
}

BOOST_AUTO_TEST_SUITE_END()
