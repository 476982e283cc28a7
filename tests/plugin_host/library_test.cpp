// SPDX-License-Identifier: GPL-3.0-or-later
// What is no plugin is refused in words, before any of its code runs.
#include "plugin_host/library.h"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <string>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using plugin_host::Library;

namespace {

struct Fixture : PluginFixture {
  const std::filesystem::path good = std::filesystem::path(GNATTER_TEST_PLUGINS) / "probe.so";

  bool refused(const std::string& name, std::string_view words) {
    const std::string sentence = load_refusal(name);
    BOOST_TEST_MESSAGE(sentence);
    return sentence.find(words) != std::string::npos;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(library, Fixture)

BOOST_AUTO_TEST_CASE(a_fit_plugin_tells_who_it_is) {
  const Library library(good);
  BOOST_TEST(std::string_view(library.descriptor().name) == "probe");
  BOOST_TEST(std::string_view(library.descriptor().version) == "1.2");
  BOOST_TEST(library.file() == good);
}

BOOST_AUTO_TEST_CASE(a_shared_object_without_the_symbol_is_none) {
  BOOST_TEST(refused("no_symbol", "no_symbol.so has no symbol gnatter_plugin"));
}

BOOST_AUTO_TEST_CASE(another_major_version_is_refused_with_both) {
  BOOST_TEST(refused("next_major", "next_major.so was built for interface 2.0, this is 1.0: not loaded"));
}

BOOST_AUTO_TEST_CASE(a_newer_minor_version_is_refused) {
  BOOST_TEST(refused("next_minor", "was built for interface 1.1, this is 1.0"));
}

BOOST_AUTO_TEST_CASE(another_compiler_family_is_refused_with_both) {
  BOOST_TEST(refused("other_compiler", "another compiler family (Another C++ ABI; this is "));
}

BOOST_AUTO_TEST_CASE(what_is_no_shared_object_is_refused) {
  put("empty", "");
  put("words", std::string(10'000, 'x'));
  put("short",
      "\x7f"
      "ELF");
  std::string text = bytes_of(good);
  text[4] = 1;  // a 32-bit file
  put("narrow", text);
  text = bytes_of(good);
  text[18] = 8, text[19] = 0;  // MIPS
  put("mips", text);
  BOOST_TEST(refused("empty", "empty.so cannot be read or is cut short"));
  BOOST_TEST(refused("words", "words.so is no shared object"));
  BOOST_TEST(refused("short", "cannot be read or is cut short"));
  BOOST_TEST(refused("narrow", "is no shared object"));
  BOOST_TEST(refused("mips", "was built for another machine"));
}

BOOST_AUTO_TEST_CASE(an_executable_is_no_plugin) {
  std::filesystem::copy_file("/proc/self/exe", directory.path() / "program.so");
  BOOST_TEST(refused("program", "program.so"));
}

BOOST_AUTO_TEST_CASE(a_copy_cut_anywhere_is_refused_or_whole_enough) {
  const std::string whole = bytes_of(good);
  BOOST_REQUIRE(whole.size() > 1000u);
  std::size_t refusals = 0;
  for (std::size_t step = 0; step < 64; ++step) {
    put("cut", std::string_view(whole).substr(0, whole.size() * step / 64));
    const std::string sentence = load_refusal("cut");
    refusals += !sentence.empty();
    if (sentence.empty()) BOOST_REQUIRE(unload("cut"));    // what ld.so does not need was cut off
    std::filesystem::remove(directory.path() / "cut.so");  // a new inode: the old one may still be known
  }
  BOOST_TEST(refusals > 8u);
}

BOOST_AUTO_TEST_CASE(a_copy_cut_in_its_headers_is_refused) {
  const std::string whole = bytes_of(good);
  for (std::size_t size : {1u, 15u, 16u, 63u, 64u, 65u, 119u, 120u, 500u, 4095u, 4096u, 4097u}) {
    put("cut", std::string_view(whole).substr(0, size));
    BOOST_TEST(refused("cut", "cut.so"), size << " bytes");
    std::filesystem::remove(directory.path() / "cut.so");
  }
}

BOOST_AUTO_TEST_CASE(headers_that_point_outside_are_refused) {
  const std::string whole = bytes_of(good);
  // e_phoff and e_phnum of the ELF header.
  for (const auto& [at, size] : {std::pair<std::size_t, std::size_t>{32, 8}, {56, 2}}) {
    std::string text = whole;
    text.replace(at, size, size, '\xFF');
    put("odd", text);
    BOOST_TEST(refused("odd", "odd.so"));
    std::filesystem::remove(directory.path() / "odd.so");
  }
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_told_with_the_places_looked_at) {
  const std::string sentence = load_refusal("dice");
  BOOST_TEST(sentence.find("There is no dice.so in " + directory.path().string()) != std::string::npos);
  BOOST_TEST(sentence.find("--plugin-dir") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(directories_and_pipes_are_no_plugins) {
  std::filesystem::create_directory(directory.path() / "folder.so");
  BOOST_REQUIRE_EQUAL(::mkfifo((directory.path() / "pipe.so").c_str(), 0600), 0);
  BOOST_TEST(refused("folder", "There is no folder.so"));
  BOOST_TEST(refused("pipe", "There is no pipe.so"));
}

BOOST_AUTO_TEST_CASE(a_name_is_no_path) {
  for (const char* name : {"", "../probe", "/tmp/probe", "probe.so", ".", "a b", "prob\xC3\xA9", "\x1b[2J"})
    BOOST_TEST(refused(name, "is no plugin's name"), name);
  BOOST_TEST(load_refusal("\x1b[2J").find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_first_directory_goes_before_the_others) {
  put("probe", "mine");
  BOOST_TEST(refused("probe", (directory.path() / "probe.so").string()));
}

BOOST_AUTO_TEST_SUITE_END()
