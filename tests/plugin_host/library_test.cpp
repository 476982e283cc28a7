// SPDX-License-Identifier: GPL-3.0-or-later
// What is no plugin is refused in words, before any of its code runs.
#include "plugin_host/library.h"

#include <elf.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using plugin_host::Library;

namespace {

struct Fixture : PluginFixture {
  const std::filesystem::path good = std::filesystem::path(GNATTER_TEST_PLUGINS) / "probe.so";

  /// A fit plugin but for one byte.
  void put_changed(const std::string& name, std::size_t at, int byte) {
    std::string text = bytes_of(good);
    text.at(at) = static_cast<char>(byte);
    put(name, text);
  }
  static std::string version(std::uint32_t more, std::uint32_t minor) {
    return std::to_string(plugin_api_major + more) + '.' + std::to_string(minor);
  }
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
  BOOST_TEST(refused("next_major", "next_major.so was built for interface " + version(1, 0) + ", this is " +
                                       version(0, plugin_api_minor) + ": not loaded"));
}

BOOST_AUTO_TEST_CASE(a_newer_minor_version_is_refused) {
  BOOST_TEST(refused("next_minor", "was built for interface " + version(0, plugin_api_minor + 1) +
                                       ", this is " + version(0, plugin_api_minor) + ": not loaded"));
}

BOOST_AUTO_TEST_CASE(another_compiler_family_is_refused_with_both) {
  BOOST_TEST(refused("other_compiler", "another compiler family (Another C++ ABI; this is "));
}

BOOST_AUTO_TEST_CASE(a_symbol_with_something_else_behind_it_is_refused) {
  for (const char* name : {"tiny", "no_name", "no_function"})
    BOOST_TEST(
        refused(name, std::string(name) + ".so has a broken descriptor (GNATTER_PLUGIN makes a good one)"));
}

BOOST_AUTO_TEST_CASE(a_function_that_nobody_has_is_named) {
  BOOST_TEST(refused("not_linked", "not_linked.so cannot be loaded (undefined symbol: "));
  BOOST_TEST(refused("not_linked", "gnatter_test_nowhere"));
}

BOOST_AUTO_TEST_CASE(what_is_no_shared_object_is_refused) {
  put("empty", "");
  put("words", std::string(10'000, 'x'));
  put("short",
      "\x7f"
      "ELF");
  put_changed("narrow", 4, ELFCLASS32);
  put_changed("other_order", 5, ELFDATA2MSB);
  put_changed("mips", 18, EM_MIPS);
  put_changed("relocatable", 16, ET_REL);
  BOOST_TEST(refused("empty", "empty.so is empty: not loaded"));
  BOOST_TEST(refused("words", "words.so is no shared object: not loaded"));
  BOOST_TEST(refused("short", "short.so is cut short: not loaded"));
  BOOST_TEST(refused("narrow", "narrow.so is a 32-bit file, and this program has 64 bits: not loaded"));
  BOOST_TEST(refused("other_order", "was built for another machine"));
  BOOST_TEST(refused("mips", "was built for another machine"));
  BOOST_TEST(refused("relocatable", "is no shared object"));
}

BOOST_AUTO_TEST_CASE(an_executable_is_no_plugin) {
  std::filesystem::copy_file("/proc/self/exe", directory.path() / "program.so");
  BOOST_TEST(refused("program", "program.so"));
}

BOOST_AUTO_TEST_CASE(a_copy_cut_anywhere_is_refused) {
  const std::string whole = bytes_of(good);
  BOOST_REQUIRE(whole.size() > 10'000u);
  std::vector<std::size_t> sizes{1,
                                 3,
                                 4,
                                 15,
                                 16,
                                 63,
                                 64,
                                 65,
                                 119,
                                 120,
                                 500,
                                 4095,
                                 4096,
                                 4097,
                                 whole.size() - 1,
                                 whole.size() - 64,
                                 whole.size() - 65};
  for (std::size_t step = 1; step < 64; ++step) sizes.push_back(whole.size() * step / 64);
  for (const std::size_t size : sizes) {
    put("cut", std::string_view(whole).substr(0, size));
    BOOST_TEST(refused("cut", size < 4 ? "is no shared object" : "cut.so is cut short: not loaded"),
               size << " bytes");
    std::filesystem::remove(directory.path() / "cut.so");
  }
}

BOOST_AUTO_TEST_CASE(one_stripped_of_its_sections_is_whole) {
  std::string text = bytes_of(good);
  text.replace(40, 8, 8, '\0');  // e_shoff
  text.replace(60, 2, 2, '\0');  // e_shnum
  put("stripped", text);
  BOOST_TEST(load_refusal("stripped") == "");
}

BOOST_AUTO_TEST_CASE(headers_that_point_outside_are_refused) {
  const std::string whole = bytes_of(good);
  // e_phoff, e_phnum, e_shoff and e_shnum of the ELF header.
  for (const auto& [at, size] : {std::pair<std::size_t, std::size_t>{32, 8}, {56, 2}, {40, 8}, {60, 2}}) {
    std::string text = whole;
    text.replace(at, size, size, '\xFF');
    put("odd", text);
    BOOST_TEST(refused("odd", "odd.so is cut short"));
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
  std::filesystem::create_symlink("/dev/zero", directory.path() / "device.so");
  std::filesystem::create_symlink("nowhere", directory.path() / "nothing.so");
  BOOST_TEST(refused("folder", "folder.so is a directory: not loaded"));
  BOOST_TEST(refused("pipe", "pipe.so is a pipe: not loaded"));
  BOOST_TEST(refused("device", "device.so is no file: not loaded"));
  BOOST_TEST(refused("nothing", "nothing.so cannot be read (No such file or directory): not loaded"));
}

BOOST_AUTO_TEST_CASE(a_link_leads_to_the_plugin) {
  std::filesystem::create_symlink(good, directory.path() / "link.so");
  BOOST_TEST(load_refusal("link") == "");
}

BOOST_AUTO_TEST_CASE(two_names_of_one_file_are_two_plugins) {
  put("mine", bytes_of(good));
  std::filesystem::create_hard_link(directory.path() / "mine.so", directory.path() / "twin.so");
  BOOST_TEST(load_refusal("mine") == "");
  BOOST_TEST(load_refusal("mine") == "mine is loaded already.");
  BOOST_TEST(load_refusal("twin") == "");
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
