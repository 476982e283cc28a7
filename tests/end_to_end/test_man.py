# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual knows exactly the options and the commands that the program knows."""

import pathlib
import re
import shutil
import subprocess
import unittest

from support import GNATTER, ChatTest, main, run

# What only a client with a screen has; tests/ui/manual_test.cpp compares these.
SCREEN_COMMANDS = {"/bind", "/unbind"}
PAGE = pathlib.Path(__file__).parents[2] / "man" / "gnatter.1"


def section(title):
    """The lines of one .Sh section."""
    lines = PAGE.read_text("utf-8").splitlines()
    start = next((index for index, line in enumerate(lines) if line.upper() == f".SH {title}"), None)
    if start is None:
        return []
    rest = lines[start + 1:]
    end = next((index for index, line in enumerate(rest) if line.startswith(".Sh")), len(rest))
    return rest[:end]


def options_of_the_page():
    """-h, --host and the like, from .It Fl h Ar host , Fl -host Ar host"""
    items = [line for line in section("OPTIONS") + section("DESCRIPTION") if line.startswith(".It Fl")]
    return {f"-{name}" for line in items for name in re.findall(r"\bFl (-?[A-Za-z][\w-]*)", line)}


def commands_of_the_page():
    """/join and the like, from .It Cm /join Ar group"""
    items = [line for line in section("COMMANDS") if line.startswith(".It ")]
    return {name for line in items for name in re.findall(r"\.It (?:Cm |Ic |Li )?(/[a-z]+)", line)}


class Manual(ChatTest):
    def test_its_options_are_those_of_help(self):
        text = run(GNATTER, "--help", env=self.home().environment()).stdout
        items = [line.strip() for line in text.splitlines() if line.lstrip().startswith("-")]
        known = {option for line in items for option in re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", line.split("  ")[0])}
        self.assertGreater(len(known), 10)
        self.assertEqual(options_of_the_page(), known)

    def test_its_commands_are_those_of_help(self):
        alice = self.login("alice")
        alice.send("/help -v", "bob fence")
        alice.expect(kind="sent", text="fence")
        lines = [event.text for event in alice.all(kind="info")]
        known = {found[1] for line in lines if (found := re.match(r"(/[a-z]+)\b.* - ", line))}
        self.assertGreater(len(known), 8)
        self.assertEqual(commands_of_the_page(), known | SCREEN_COMMANDS)
        self.assertFalse(known & SCREEN_COMMANDS)

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed; ./setup installs it")
    def test_mandoc_has_nothing_to_say(self):
        for page in sorted(PAGE.parent.iterdir()):
            with self.subTest(page=page.name):
                done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", str(page)], capture_output=True, text=True,
                                      check=False)
                self.assertEqual(done.stdout + done.stderr, "")


if __name__ == "__main__":
    main()
