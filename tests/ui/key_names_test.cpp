// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_names.h"

#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

using namespace gnatter::ui;
using Strings = std::vector<std::string>;

namespace {

const std::vector<std::pair<std::string, std::string>> one_key{
    {"\\ea", "Alt-A"},
    {"\\eB", "Alt-Shift-B"},
    {"\\e/", "Alt-/"},
    {"\\e0", "Alt-0"},
    {"\\e,", "Alt-,"},
    {"\\eä", "Alt-ä"},
    {"\\C-n", "Ctrl-N"},
    {"\\C-_", "Ctrl-_"},
    {"\\C-]", "Ctrl-]"},
    {"\\e\\C-j", "Ctrl-Alt-J"},
    {"\\e\\C-m", "Alt-Enter"},
    {"\\C-m", "Enter"},
    {"\\t", "Tab"},
    {"\\C-i", "Tab"},
    {"\\e[Z", "Shift-Tab"},
    {"\\e", "Esc"},
    {"\\C-?", "Backspace"},
    {"\\e\\C-?", "Alt-Backspace"},
    {"\\e[A", "Up"},
    {"\\eOA", "Up"},
    {"\\e[1;3C", "Alt-Right"},
    {"\\e\\e[C", "Alt-Right"},
    {"\\e[1;5A", "Ctrl-Up"},
    {"\\eOa", "Ctrl-Up"},
    {"\\e[1;7D", "Ctrl-Alt-Left"},
    {"\\e[1;6D", "Ctrl-Shift-Left"},
    {"\\e[H", "Home"},
    {"\\e[7~", "Home"},
    {"\\e[1;5F", "Ctrl-End"},
    {"\\e[8^", "Ctrl-End"},
    {"\\e[3$", "Shift-Delete"},
    {"\\e[5~", "PgUp"},
    {"\\e[5;3~", "Alt-PgUp"},
    {"\\e\\e[6~", "Alt-PgDn"},
    {"\\eOP", "F1"},
    {"\\e[[A", "F1"},
    {"\\e[11~", "F1"},
    {"\\e[15~", "F5"},
    {"\\e[[E", "F5"},
    {"\\e[17~", "F6"},
    {"\\e[24~", "F12"},
    {"\\e[24;2~", "Shift-F12"},
    {"x", "x"},
    {"X", "X"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(key_names)

BOOST_AUTO_TEST_CASE(a_key_has_the_name_that_stands_on_it) {
  for (const auto& [keys, name] : one_key) BOOST_TEST(key_name(keys) == name, keys);
}

BOOST_AUTO_TEST_CASE(a_name_means_what_has_it) {
  for (const auto& [keys, name] : one_key) {
    const Strings found = keys_named(name);
    BOOST_TEST(!found.empty(), name);
    for (const std::string& one : found) BOOST_TEST(key_name(one) == name, one);
  }
}

BOOST_AUTO_TEST_CASE(a_name_stands_for_all_that_terminals_send) {
  using boost::test_tools::per_element;
  BOOST_TEST(keys_named("alt-right") == (Strings{"\\e[1;3C", "\\e\\e[C", "\\e\\eOC"}), per_element());
  BOOST_TEST(keys_named("home") == (Strings{"\\e[H", "\\eOH", "\\e[1~", "\\e[7~"}), per_element());
  BOOST_TEST(keys_named("ctrl-up") == (Strings{"\\e[1;5A", "\\eOa"}), per_element());
  BOOST_TEST(keys_named("f5") == (Strings{"\\e[15~", "\\e[[E"}), per_element());
}

BOOST_AUTO_TEST_CASE(names_are_written_in_several_ways) {
  using boost::test_tools::per_element;
  for (const char* name : {"alt-b", "Alt-B", "META-b", "m-b"})
    BOOST_TEST(keys_named(name) == Strings{"\\eb"}, per_element());
  for (const char* name : {"alt-shift-b", "shift-alt-B"})
    BOOST_TEST(keys_named(name) == Strings{"\\eB"}, per_element());
  for (const char* name : {"^x", "^X", "ctrl-x", "Control-X", "c-x"})
    BOOST_TEST(keys_named(name) == Strings{"\\C-x"}, per_element());
  BOOST_TEST(keys_named("pageup") == keys_named("pgup"), per_element());
  BOOST_TEST(keys_named("ctrl-@") == Strings{"\\C-@"}, per_element());
  BOOST_TEST(keys_named("ctrl-space") == Strings{"\\C-@"}, per_element());
  BOOST_TEST(keys_named("alt-\"") == Strings{"\\e\\\""}, per_element());
}

BOOST_AUTO_TEST_CASE(several_keys_have_commas_between_them) {
  using boost::test_tools::per_element;
  BOOST_TEST(keys_named("ctrl-x,ctrl-r") == Strings{"\\C-x\\C-r"}, per_element());
  BOOST_TEST(keys_named("ctrl-x,n") == Strings{"\\C-xn"}, per_element());
  BOOST_TEST(keys_named("alt-,,x") == Strings{"\\e,x"}, per_element());
  BOOST_TEST(key_name("\\C-x\\C-r") == "Ctrl-X,Ctrl-R");
  BOOST_TEST(key_name("\\e[5~\\ea") == "PgUp,Alt-A");
}

BOOST_AUTO_TEST_CASE(what_no_terminal_tells_apart_is_no_key) {
  for (const char* name : {"", "foo", "f13", "alt-", "ctrl-", "^", "ctrl-1", "ctrl-ä", "ctrl-shift-x",
                           "shift-1", "ctrl-enter", "alt-foo", "ctrl-x,foo", "foo,x"})
    BOOST_TEST(keys_named(name).empty() == (std::string(name) != "^"), name);
}

BOOST_AUTO_TEST_CASE(a_sequence_of_no_known_key_stays_as_it_is) {
  for (const char* keys : {"\\e[99~", "\\e[?1c", "\\eO9", "\\e[1;2", "\\e[;~"})
    BOOST_TEST(key_name(keys) == '"' + std::string(keys) + '"');
}

BOOST_AUTO_TEST_CASE(each_name_is_said_once) {
  BOOST_TEST(names_of_keys({"\\C-n", "\\e[1;3C", "\\e\\e[C", "\\e[17~"}) == "Ctrl-N, Alt-Right, F6");
  BOOST_TEST(names_of_keys({}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
