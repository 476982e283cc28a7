# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people on their screens, and the first run."""

import re

from support import GNATTER, PLUGIN_DIRECTORY, ScreenTest, eventually, main
from support.broker import free_port
from support.local import Place
from support.screen import prompt_is, status_has, status_has_not

WELCOME = ["No broker is set up yet. Type one of these and press Enter:", "/local", "/connect broker.example",
           "/join #dev", "/query bob", "Alt-A", "/quit"]


class LocalScreenTest(ScreenTest):
    def setUp(self):
        self.place = self.keep(Place())

    def local(self, *options, user=None):
        plugins = ["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []
        return self.open_pane(GNATTER, *options, *plugins,
                              environment={"XDG_RUNTIME_DIR": str(self.place.path), "USER": user})


class TwoPeople(LocalScreenTest):
    def setUp(self):
        super().setUp()
        self.alice = self.local("--local", user="alice")
        self.alice.wait_for("Connected to local as alice")
        self.bob = self.local("--local", "-u", "bob", "-j", "dev")
        self.bob.wait_for("#dev is open")
        self.alice.enter("/join #dev")
        self.alice.wait_for("#dev is open")

    def test_talk_in_a_group_and_see_who_is_here(self):
        alice, bob = self.alice, self.bob
        alice.wait_for(prompt_is("#dev>"))
        alice.enter("hello, are you there?")
        bob.wait_for(re.compile(r"\d\d:\d\d +alice │ hello, are you there\?"))
        bob.enter("I am")
        for pane in (alice, bob):
            pane.wait_for(re.compile(r" bob │ I am "))
            pane.wait_for(re.compile(r"│ spoke here   2\n.*│ [●·] alice\n.*│ ● bob$", re.MULTILINE))
        alice.wait_for("#dev · open group, 2 spoke here lately")
        bob.enter("/me waves")
        alice.wait_for(re.compile(r"\* │ bob waves"))

    def test_a_direct_message_waits_until_it_is_asked_for(self):
        alice, bob = self.alice, self.bob
        alice.type("half a ")
        bob.enter("/msg alice pst")
        alice.wait_for(status_has("Alt-A  3 bob 1!"))
        alice.type("line")
        rows = alice.wait_for(prompt_is("#dev> half a line"))
        self.assertNotIn("pst", "\n".join(rows))
        self.assertRegex(rows[3], r"^ 3  bob +1! │")
        alice.send("M-a")
        alice.wait_for(prompt_is("bob>"))
        alice.wait_for(re.compile("bob │ pst"))
        alice.wait_for(status_has_not("Alt-A"))
        alice.enter("yes?")
        bob.wait_for(status_has("Alt-A  3 alice 1!"))
        alice.send("M-2")
        alice.wait_for(prompt_is("#dev> half a line"))

    def test_away_and_back_and_gone(self):
        alice, bob = self.alice, self.bob
        bob.enter("I shall be gone for lunch")
        alice.wait_for("● bob")
        bob.enter("/away")
        bob.wait_for(prompt_is("#dev (you are AWAY)>"))
        bob.wait_for(status_has("○ AWAY"))
        alice.wait_for("○ bob")
        alice.enter("/query bob")
        alice.wait_for(re.compile(r"^ bob · direct, AWAY since \d\d:\d\d", re.MULTILINE))
        bob.enter("/back")
        bob.wait_for(prompt_is("#dev>"))
        alice.wait_for("direct, ONLINE since")
        alice.send("M-1")
        alice.wait_for(re.compile("│ bob is here"))  # who was not told of is not missed
        alice.enter("/win #dev")
        bob.enter("/quit")
        self.assertEqual(bob.wait(), 0)
        alice.wait_for(re.compile("│ bob left"))
        alice.wait_for("│ only you")
        self.assertTrue(alice.alive())

    def test_the_broker_goes_with_the_last(self):
        for pane in (self.bob, self.alice):
            self.assertFalse(self.place.is_empty())
            pane.enter("/quit")
            self.assertEqual(pane.wait(), 0, pane.said())
        self.place.wait_until_empty()


class FirstRun(LocalScreenTest):
    def test_the_welcome_and_a_private_broker(self):
        pane = self.local(user="mika")
        rows = pane.settled(WELCOME[0])
        for words in WELCOME:
            self.assertIn(words, "\n".join(rows))
        self.assertRegex(rows[-2], r"^ \d\d:\d\d │ not connected │ 1 gnatter$")
        self.assertEqual(rows[-1], "> /local or /connect HOST")
        pane.type("/")
        pane.wait_for(prompt_is("/"))
        pane.enter("local")
        pane.wait_for("Connected to local as mika")
        pane.enter("/join #dev")
        pane.wait_for("#dev is open")
        pane.enter("anybody?")
        pane.wait_for(re.compile("mika │ anybody"))
        self.assertEqual(pane.title(), "#dev - gnatter")

    def test_nobody_listens(self):
        pane = self.local(user="mika")
        pane.wait_for(WELCOME[0])
        port = free_port()
        pane.enter(f"/connect localhost {port}")
        for question in ("Your name at localhost: mika", "Password for mika at localhost:"):
            pane.wait_for(prompt_is(question))
            pane.send("Enter")
        pane.wait_for(f"Nobody listens on localhost:{port} (connection refused).")
        pane.wait_for(status_has(re.compile(r"mika │ localhost OFF since \d\d:\d\d, next try in \d+ s")))
        pane.enter("/local")
        pane.wait_for("Connected to local as mika")
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0, pane.said())

    def test_nothing_is_written_before_anything_is_connected(self):
        home = self.home()
        pane = self.open_pane(GNATTER, home=home, environment={"USER": "mika"})
        pane.wait_for(WELCOME[0])
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0)
        eventually(lambda: not pane.alive(), "the end")
        self.assertEqual([path for path in home.path.rglob("*") if path.is_file()] if home.path.exists() else [], [])


if __name__ == "__main__":
    main()
