# SPDX-License-Identifier: GPL-3.0-or-later
"""Terminals of all kinds: many colours, few, none; those that cannot show a screen are told so in a sentence."""

import re

from support import ScreenTest, main
from support.screen import prompt_is

COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;5;\d+)[;m]")
MANY = re.compile(r"\x1b\[(?:\d+;)*[34]8;5;\d+[;m]")


class Kinds(ScreenTest):
    def shown(self, **environment):
        """The screen of alice, who has a line from bob, and its styled rows."""
        pane = self.screen("alice", "-j", "dev", columns=80, rows=24, environment=environment)
        pane.wait_for("is open")
        self.publish("bob", "/chat/group/dev/message/bob", "hello alice")
        pane.wait_for("hello alice")
        return pane, "\n".join(pane.settled_styled("bob"))

    def assert_unicode(self, pane):
        self.assertRegex(pane.text(), "bob │ hello alice")

    def assert_ascii(self, pane):
        self.assertRegex(pane.text(), r"bob \| hello alice")
        self.assertTrue(pane.text().isascii(), pane.said())

    def assert_leaves(self, pane):
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0, pane.said())
        self.assertEqual(pane.ask("alternate_on"), "0")

    def test_256_colours(self):
        pane, styled = self.shown(TERM="tmux-256color")
        self.assertRegex(styled, MANY)
        self.assert_unicode(pane)
        self.assert_leaves(pane)

    def test_8_colours(self):
        for term in ("screen", "xterm"):
            with self.subTest(term):
                pane, styled = self.shown(TERM=term)
                self.assertRegex(styled, COLOUR)
                self.assertNotRegex(styled, MANY)
                self.assert_unicode(pane)
                self.assert_leaves(pane)

    def test_no_colours(self):
        for environment in ({"NO_COLOR": "1"}, {"TERM": "vt100"}):
            with self.subTest(environment):
                pane, styled = self.shown(**environment)
                self.assertNotRegex(styled, COLOUR)
                self.assert_unicode(pane)
                self.assert_leaves(pane)

    def test_a_console_without_these_characters(self):
        pane, _ = self.shown(TERM="linux")
        self.assertRegex(pane.text(), r"bob \| hello alice")
        self.assert_leaves(pane)

    def test_a_locale_without_these_characters(self):
        for environment in ({"LANG": "C"}, {"LANG": "C.UTF-8", "LC_ALL": "POSIX"}, {"LANG": None}):
            with self.subTest(environment):
                pane, _ = self.shown(**environment)
                self.assert_ascii(pane)
                self.publish("bob", "/chat/group/dev/message/bob", "naïve 日本 text")
                pane.wait_for("| na?ve ???? text")
                pane.type("naïve ä")
                pane.wait_for(prompt_is("#dev> na?ve ?"))
                pane.send("BSpace", "Left", "Left", "Left", "BSpace")
                pane.wait_for(prompt_is("#dev> nave"))
                pane.send("C-e", "C-u")
                self.assert_ascii(pane)
                self.assert_leaves(pane)

    def test_a_language_in_which_they_may_be_wide(self):
        pane, _ = self.shown(LC_CTYPE="C.UTF-8", LC_ALL="", LANG="ja_JP.UTF-8")
        self.assert_unicode(pane)
        pane, _ = self.shown(LANG="ja_JP.UTF-8")
        self.assertRegex(pane.text(), r"bob \| hello alice")
        self.assert_leaves(pane)


class Refused(ScreenTest):
    def refused(self, script='exec "$@"', columns=80, rows=24, **environment):
        """What it says instead of a screen."""
        script = 'stty -a >"$HOME/before"; ' + script.replace('exec "$@"', '"$@"; code=$?') + \
            '; stty -a >"$HOME/after"; exit $code'
        home = self.home()
        home.path.mkdir(exist_ok=True)
        words = self.screen_words("alice", port=1)
        pane = self.open_pane("sh", "-c", script, "sh", *words, columns=columns, rows=rows, home=home,
                              environment=environment)
        self.assertEqual(pane.wait(), 2, pane.said())
        self.assertEqual((home.path / "before").read_text(), (home.path / "after").read_text())
        return " ".join("".join(row.ljust(columns) for row in pane.capture()).split())

    def test_a_terminal_without_a_name_or_with_one_that_nobody_knows(self):
        self.assertRegex(self.refused(TERM=None), "^gnatter: TERM is not set, .*--headless")
        self.assertRegex(self.refused(TERM=""), "^gnatter: TERM is not set, .*--headless")
        self.assertRegex(self.refused(TERM="no-such-terminal"), '^gnatter: .* "no-such-terminal" .*--headless')

    def test_a_terminal_that_cannot_place_its_cursor(self):
        self.assertRegex(self.refused(TERM="dumb"), '^gnatter: The terminal "dumb" .*--headless')

    def test_what_is_no_terminal(self):
        sentence = "gnatter: The screen needs a terminal on standard input and output. --headless does without."
        self.assertEqual(self.refused('"$@" </dev/null; code=$?'), sentence)
        self.assertEqual(self.refused('"$@" >/dev/null; code=$?'), sentence)

    def test_a_terminal_that_is_too_small(self):
        for columns, rows in ((19, 24), (80, 3)):
            self.assertIn("thescreenneeds20by4.", self.refused(columns=columns, rows=rows).replace(" ", ""))


class SmallScreens(ScreenTest):
    def test_the_smallest_screen_is_of_use(self):
        pane = self.screen("alice", "-j", "dev", columns=20, rows=4)
        self.publish("bob", "/chat/group/dev/message/bob", "hello")
        pane.wait_for("bob: hello")
        pane.type("hi")
        pane.wait_for(prompt_is("#dev> hi"))


if __name__ == "__main__":
    main()
