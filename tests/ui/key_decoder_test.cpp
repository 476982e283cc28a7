// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_decoder.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "base/event_loop.h"
#include "base/text.h"
#include "gnatter/utf8.h"
#include "support/run_until.h"

using namespace std::chrono_literals;
using namespace std::string_literals;
using gnatter::base::EventLoop;
using gnatter::ui::KeyDecoder;
using gnatter::ui::Paste;
using gnatter::ui::PasteBuffer;

namespace {

using Pieces = std::vector<std::string>;

/// What a decoder made of its bytes: "k" and a key, "p" and a paste, "f+" and "f-".
struct Decoded {
  EventLoop loop;
  Pieces pieces;
  std::size_t left_out = 0;
  KeyDecoder decoder;

  explicit Decoded(KeyDecoder::Patience patience = {10s, 10s, 10s})
      : decoder(loop,
                {.key = [this](std::string_view key) { pieces.push_back("k" + std::string(key)); },
                 .pasted =
                     [this](Paste paste) {
                       pieces.push_back("p" + paste.text);
                       left_out += paste.left_out;
                     },
                 .focus = [this](bool focused) { pieces.emplace_back(focused ? "f+" : "f-"); }},
                patience) {}
  Decoded& feed(std::string_view bytes) {
    decoder.feed(bytes);
    return *this;
  }
  [[nodiscard]] bool wait_for(std::size_t count) {
    return gnatter::testing::run_until(loop, [&] { return pieces.size() >= count; });
  }
};

Pieces decoded(std::string_view bytes) {
  Decoded decoded;
  decoded.feed(bytes);
  return decoded.pieces;
}

Pieces decoded_bytewise(std::string_view bytes) {
  Decoded decoded;
  for (const char& byte : bytes) decoded.feed({&byte, 1});
  return decoded.pieces;
}

void check(std::string_view bytes, const Pieces& expected) {
  BOOST_TEST(decoded(bytes) == expected, boost::test_tools::per_element());
  BOOST_TEST(decoded_bytewise(bytes) == expected, boost::test_tools::per_element());
}

constexpr KeyDecoder::Patience hasty{5ms, 5ms, 5ms};

}  // namespace

BOOST_AUTO_TEST_SUITE(key_decoder)

BOOST_AUTO_TEST_CASE(characters_and_control_characters_are_keys) {
  check("ab\r\x7f\x01", {"ka", "kb", "k\r", "k\x7f", "k\x01"});
  check("\0"s, {"k\0"s});
  check("é日👩", {"ké", "k日", "k👩"});
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_character_are_dropped) {
  check("a\xff\x80z", {"ka", "kz"});
  check("\xc3z", {"kz"});                  // not gone on with
  check("\xe6\x97é", {"ké"});              // nor by another character
  check("\xc0\xaf\xed\xa0\x80.", {"k."});  // overlong, surrogate
  check(
      "\xc2\x9b"
      "A",
      {"kA"});  // a C1 control
}

BOOST_AUTO_TEST_CASE(alt_and_a_character_is_one_key) {
  check("\x1bx\x1b\x7f\x1b\r", {"k\x1bx", "k\x1b\x7f", "k\x1b\r"});
  check("\x1bé\x1b日", {"k\x1bé", "k\x1b日"});
  check("\x1b\xffx", {"kx"});
}

BOOST_AUTO_TEST_CASE(sequences_are_whole_keys) {
  check("\x1b[A\x1b[1;5D\x1b[3~\x1b[15~x", {"k\x1b[A", "k\x1b[1;5D", "k\x1b[3~", "k\x1b[15~", "kx"});
  check("\x1bOA\x1bOM\x1bO5D", {"k\x1bOA", "k\x1bOM", "k\x1bO5D"});
  check("\x1b[97;5u\x1b[27;5;9~", {"k\x1b[97;5u", "k\x1b[27;5;9~"});
  check("\x1b[[Ax", {"k\x1b[[A", "kx"});        // the Linux console's F1
  check("\x1b[7$x", {"k\x1b[7$", "kx"});        // rxvt's Shift-Home
  check("\x1b\x1b[Ax", {"k\x1b\x1b[A", "kx"});  // rxvt's Alt-Up
  check("\x1b\x1bOa", {"k\x1b\x1bOa"});
}

BOOST_AUTO_TEST_CASE(escapes_before_something_else_are_keys_of_their_own) {
  check("\x1b\x1bx", {"k\x1b", "k\x1bx"});
  check("\x1b\x1b\x1b[A", {"k\x1b", "k\x1b\x1b[A"});
  check("\x1b\x1b[I", {"k\x1b", "f+"});
  check("\x1b\x1b[200~a\x1b[201~", {"k\x1b", "pa"});
}

BOOST_AUTO_TEST_CASE(sequences_that_no_terminal_sends_are_dropped_to_their_end) {
  check("\x1b[" + std::string(40, '1') + "~x", {"kx"});
  check("\x1b[1\xc3\xa9~x", {"kx"});
  check("\x1b[1;\x1b[Ax", {"k\x1b[A", "kx"});
}

BOOST_AUTO_TEST_CASE(answers_and_the_mouse_are_dropped) {
  check("\x1b]11;rgb:0000/0000/0000\x07x", {"kx"});
  check("\x1b]11;rgb:0000/0000/0000\x1b\\x", {"kx"});
  check("\x1bP1$r0m\x1b\\x\x1b_Gi=1;OK\x1b\\y", {"kx", "ky"});
  check("\x1b[?62;4c\x1b[>0;276;0c\x1b[?1ux", {"kx"});
  check("\x1b[M !!x\x1b[<0;10;20Mx\x1b[<0;10;20mx\x1b[32;10;20Mx", {"kx", "kx", "kx", "kx"});
  check("\x1b]0;never ended\rx", {"k\r", "kx"});
}

BOOST_AUTO_TEST_CASE(focus_is_told) {
  check("\x1b[I\x1b[Oa", {"f+", "f-", "ka"});
}

BOOST_AUTO_TEST_CASE(a_paste_is_one_piece) {
  check("a\x1b[200~one two\x1b[201~b", {"ka", "pone two", "kb"});
  check("\x1b[200~one\r\ntwo\rthree\nfour\r\n\x1b[201~", {"pone\ntwo\nthree\nfour\n"});
  check("\x1b[200~\x1b[201~\x1b[201~x", {"kx"});
}

BOOST_AUTO_TEST_CASE(a_paste_is_safe) {
  check("\x1b[200~\x1b[31m\x03\xff\ttab\x1b[20\x1b[201~",
        {"p" + gnatter::base::safe_text("\x1b[31m\x03\xff\ttab\x1b[20")});
  check("\x1b[200~a\x1b[200~b\x1b\x1b[201~", {"pa␛[200~b␛"});
}

BOOST_AUTO_TEST_CASE(a_huge_paste_is_cut_and_says_so) {
  Decoded decoded;
  decoded.feed("\x1b[200~");
  const std::string lump = "x" + std::string(99'999, 'y');
  for (int i = 0; i < 30; ++i) decoded.feed(lump);
  decoded.feed("\x1b[201~z");
  BOOST_TEST(decoded.pieces.size() == 2u);
  BOOST_TEST(decoded.pieces[0].size() == 1 + PasteBuffer::limit);
  BOOST_TEST(decoded.left_out == 3'000'000 - PasteBuffer::limit);
  BOOST_TEST(decoded.pieces[1] == "kz");
}

BOOST_AUTO_TEST_CASE(a_paste_is_not_cut_within_a_character) {
  Decoded decoded;
  std::string text = "a";
  while (text.size() < PasteBuffer::limit + 10) text += "é";
  decoded.feed("\x1b[200~" + text + "\x1b[201~");
  BOOST_TEST(decoded.pieces.at(0).size() == PasteBuffer::limit);  // "p", and one byte fewer than fits
  BOOST_TEST(gnatter::utf8::valid(decoded.pieces[0]));
  BOOST_TEST(decoded.pieces[0].find("\xEF\xBF\xBD") == std::string::npos);
  BOOST_TEST(decoded.left_out == text.size() - PasteBuffer::limit + 1);
}

BOOST_AUTO_TEST_CASE(a_lone_escape_is_a_key_once_nothing_follows) {
  Decoded decoded(hasty);
  decoded.feed("\x1b");
  BOOST_TEST(decoded.pieces.empty());
  BOOST_REQUIRE(decoded.wait_for(1));
  decoded.feed("x");
  BOOST_TEST(decoded.pieces == (Pieces{"k\x1b", "kx"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_could_have_been_longer_is_a_key_once_nothing_follows) {
  for (const std::string key : {"\x1b[", "\x1bO", "\x1bP", "\x1b]", "\x1b_", "\x1b^", "\x1bX"}) {
    Decoded decoded(hasty);
    decoded.feed(key);
    BOOST_REQUIRE(decoded.wait_for(1));
    BOOST_TEST(decoded.pieces == Pieces{"k" + key}, boost::test_tools::per_element());
  }
  Decoded decoded(hasty);
  decoded.feed("\x1b\x1b");
  BOOST_REQUIRE(decoded.wait_for(2));
  BOOST_TEST(decoded.pieces == (Pieces{"k\x1b", "k\x1b"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(longer_beginnings_are_dropped_once_nothing_follows) {
  for (const std::string beginning :
       {"\x1b[1;", "\x1b]11;rgb", "\x1b[M!", "\xe6\x97", "\x1b[[", "\x1b\x1b[1"}) {
    Decoded decoded(hasty);
    decoded.feed(beginning);
    gnatter::testing::run_for(decoded.loop, 50ms);
    decoded.feed("x");
    BOOST_TEST(decoded.pieces == Pieces{"kx"}, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_paste_without_its_end_is_given_once_nothing_follows) {
  Decoded decoded(hasty);
  decoded.feed("\x1b[200~lost\x1b[20");
  BOOST_REQUIRE(decoded.wait_for(1));
  decoded.feed("x");
  BOOST_TEST(decoded.pieces == (Pieces{"plost␛[20", "kx"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(how_any_bytes_are_split_makes_no_difference) {
  std::mt19937 random(20261122);
  const Pieces likely{"\x1b", "\x1b", "[",  "O", "200~", "\x1b[200~", "\x1b[201~", "\x1b[",
                      "1;5",  "~",    "M",  "<", "I",    "]",         "P",         "\\",
                      "\a",   "é",    "日", "$", "x",    "\r",        "\xff",      "\x9b"};
  std::uniform_int_distribution<std::size_t> which(0, likely.size() * 2 - 1);
  std::uniform_int_distribution<int> any(0, 255), length(1, 60), share(0, 5);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes;
    for (int i = length(random); i > 0; --i) {
      const std::size_t choice = which(random);
      bytes += choice < likely.size() ? likely[choice] : std::string(1, static_cast<char>(any(random)));
    }
    const Pieces whole = decoded(bytes);
    Decoded split;
    for (std::size_t at = 0; at < bytes.size();) {
      const auto size = static_cast<std::size_t>(share(random));
      split.feed(std::string_view(bytes).substr(at, size));
      at += std::min(size, bytes.size() - at);
    }
    BOOST_REQUIRE(split.pieces == whole);
    for (const std::string& piece : whole) BOOST_REQUIRE(gnatter::utf8::valid(piece) && !piece.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
