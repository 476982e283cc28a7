// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_commands.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/chat_fixture.h"
#include "support/environment.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using boost::test_tools::per_element;
using gnatter::testing::ChatFixture;
using Value = chat::Settings::Value;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : ChatFixture {
  testing::TemporaryDirectory home;
  const testing::Variable variable{"HOME", home.path().string()};
  const std::filesystem::path file = home.path() / "gnatter.toml";
  const app::ConfigCommands commands{
      client, file, [] {
        return app::KnownPlugins{{"logger"}, [](const auto& name) { return name == "notify"; }};
      }};
  const Subscription row = client.settings.add({"logger.lines", std::int64_t{500}, "Lines of the past"});

  void write(std::string_view text) const { std::ofstream(file, std::ios::binary) << text; }
  [[nodiscard]] std::string content() const {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  Texts answers(std::string_view line) {
    const auto before = lines(&network.window()).size();
    BOOST_TEST(refusal(line) == "");
    Texts all = lines(&network.window());
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before));
    for (std::string& text : all) text.erase(0, std::string("info: ").size());
    return all;
  }
  [[nodiscard]] Value value(const char* name) const { return client.settings.value(name); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(config_commands, Fixture)

BOOST_AUTO_TEST_CASE(save_tells_what_it_has_saved_once) {
  write("# mine\n[look]\n# glyphs = \"auto\"\n");
  client.settings.set("look.glyphs", "ascii");
  client.settings.set("logger.lines", "20");
  BOOST_TEST(answers("/save") == Texts{"Saved 2 settings to ~/gnatter.toml: logger.lines, look.glyphs."},
             per_element());
  BOOST_TEST(content() == "# mine\n[look]\nglyphs = \"ascii\"\n\n[logger]\nlines = 20\n");
  BOOST_TEST(answers("/save") == Texts{"Nothing was set that is not in ~/gnatter.toml already."},
             per_element());
}

BOOST_AUTO_TEST_CASE(what_was_unset_goes_from_the_file) {
  write("[look]\ntail = 7\n");
  answers("/reload");
  client.settings.reset("look.tail");
  BOOST_TEST(answers("/save") == Texts{"Saved 1 setting to ~/gnatter.toml: look.tail."}, per_element());
  BOOST_TEST(content() == "[look]\n# tail = 3\n");
}

BOOST_AUTO_TEST_CASE(save_leaves_a_broken_file_alone_and_keeps_what_was_set) {
  write("port = \n");
  client.settings.set("look.tail", "7");
  BOOST_TEST(refusal("/save").starts_with(file.string() + ":1: "));
  BOOST_TEST(content() == "port = \n");
  write("");
  BOOST_TEST(answers("/save").size() == 1u);
  BOOST_TEST(content() == "[look]\ntail = 7\n");
}

BOOST_AUTO_TEST_CASE(a_network_that_was_connected_to_is_saved_without_its_password) {
  client.define_network("home");
  client.settings.set("network.home.host", "broker.example");
  chat::Account account = alice();
  account.password = "hunter2";
  client.connect(network, account);
  become_ready();
  answers("/save");
  BOOST_TEST(content().find("host = \"broker.example\"") != std::string::npos);
  BOOST_TEST(content().find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(reload_tells_what_is_other_and_when_it_is_felt) {
  write("port = 1999\n[look]\ntail = 7\n[logger]\nlines = 20\n[network.work]\nport = 7\n");
  BOOST_TEST(answers("/reload") == (Texts{"logger.lines is now 20.", "look.tail is now 7.",
                                          "port is now 1999. It holds from the next /connect on.",
                                          "New: the network work. /network connect work goes there."}),
             per_element());
  BOOST_TEST((value("network.work.port") == Value(std::int64_t{7})));
  BOOST_TEST(client.defined_networks() == Texts{"work"}, per_element());
  BOOST_TEST(answers("/reload") == Texts{"~/gnatter.toml says nothing new."}, per_element());
  write("[look]\ntail = 7\n");
  BOOST_TEST(answers("/reload") ==
                 (Texts{"logger.lines is now 500.", "port is now 0. It holds from the next /connect on.",
                        "Gone: the network work."}),
             per_element());
  BOOST_TEST(client.defined_networks().empty());
  BOOST_TEST(!client.settings.has("network.work.port"));
}

BOOST_AUTO_TEST_CASE(a_network_with_windows_stays_when_the_file_has_it_no_more) {
  write("[network.work]\n");
  answers("/reload");
  client.take_network_up("work");
  write("\n");
  BOOST_TEST(answers("/reload") == Texts{"Gone: the network work. Its windows stay until gnatter ends."},
             per_element());
  BOOST_TEST(client.find_network("work") != nullptr);
  BOOST_TEST(!client.settings.has("network.work.port"));
  BOOST_TEST(!client.find_network("work")->is_configured());
  BOOST_TEST(answers("/reload") == Texts{"~/gnatter.toml says nothing new."}, per_element());
}

BOOST_AUTO_TEST_CASE(a_mistake_leaves_everything_as_it_was) {
  write("[look]\ntail = 7\n");
  answers("/reload");
  client.settings.set("keys", "irssi");
  for (const char* mistake :
       {"port = \n", "prot = 1\n", "look.tail = 10\n", "[logger]\nlines = \"x\"\n", "[logger]\nlinse = 1\n",
        "[loger]\nlines = 1\n", "[network.a]\nx = 1\n", "\xFF\n"}) {
    write(std::string("[network.fresh]\n") + (std::string_view(mistake).starts_with('[') ? "" : "[look]\n") +
          mistake);
    const std::string sentence = refusal("/reload");
    BOOST_TEST(sentence.starts_with(file.string() + ':'), sentence);
    BOOST_TEST(sentence.ends_with(" Everything stays as it was."), sentence);
    BOOST_TEST((value("look.tail") == Value(std::int64_t{7})));
    BOOST_TEST((value("keys") == Value("irssi")));
    BOOST_TEST((value("logger.lines") == Value(std::int64_t{500})));
    BOOST_TEST(client.defined_networks().empty());
  }
  std::filesystem::remove(file);
  BOOST_TEST(refusal("/reload").find("cannot be read: No such file") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(neither_takes_arguments) {
  BOOST_TEST(refusal("/save now") == "Usage: /save");
  BOOST_TEST(refusal("/reload x") == "Usage: /reload");
}

BOOST_AUTO_TEST_SUITE_END()
