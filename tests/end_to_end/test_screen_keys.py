# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys that edit what is typed."""

import re

from support import ScreenTest, eventually, main
from support.screen import prompt_is

# Typed text, keys, and what stands there then; "|" is typed at the end and shows where the cursor was.
EDITS = [
    ("one two three", "Home", "|one two three"),
    ("one two three", "C-a", "|one two three"),
    ("one two three", "C-a End", "one two three|"),
    ("one two three", "Home C-e", "one two three|"),
    ("one two three", "C-Left C-Left", "one |two three"),
    ("one two three", "M-b M-b", "one |two three"),
    ("one two three", "Home C-Right", "one| two three"),
    ("one two three", "Home M-f M-f", "one two| three"),
    ("one two three", "Left Left Right", "one two thre|e"),
    ("one", "Home DC", "|ne"),
    ("one", "Home C-d", "|ne"),
    ("one", "BSpace", "on|"),
    ("one two", "M-b C-k", "one |"),
    ("one a/b-c", "C-w", "one |"),
    ("one a/b", "M-BSpace", "one a/|"),
    ("one two", "Home M-d", "| two"),
    ("one two", "C-w C-y C-y", "one twotwo|"),
    ("one two", "M-b C-u", "|two"),
    ("one tow", "C-t", "one two|"),
    ("äöü", "Left BSpace", "ä|ü"),
    ("日本語", "Left Left DC", "日|語"),
    ("one two", "C-w C-_", "one two|"),
]

INPUTRC = r"""
set editing-mode vi
$if gnatter
"\C-o": "from the inputrc"
$endif
$if another
"\C-o": "from elsewhere"
$endif
"""


class Editing(ScreenTest):
    def test_the_keys_that_all_know(self):
        pane = self.screen("alice", "-j", "dev")
        for text, keys, result in EDITS:
            with self.subTest(text=text, keys=keys):
                pane.type(text)
                pane.send(*keys.split())
                pane.type("|")
                pane.wait_for(prompt_is("#dev> " + result), limit=5)
            pane.send("C-e", "C-u")
            pane.wait_for(prompt_is("#dev>"))

    def test_history(self):
        pane, witness = self.screen("alice", "-j", "dev"), self.witness("/chat/group/dev/message/alice")
        for text in ("first line", "second line", "third thing"):
            pane.enter(text)
            witness.expect("/chat/group/dev/message/alice", text)
        pane.type("not yet ")
        pane.send("Up", "Up")
        pane.wait_for(prompt_is("#dev> second line"))
        pane.send("Down", "Down")
        pane.wait_for(prompt_is("#dev> not yet"))
        pane.send("C-u", "C-r")
        pane.type("lin")
        pane.wait_for(lambda rows: "lin" in rows[-1] and "second line" in rows[-1])
        pane.send("C-r")
        pane.wait_for(lambda rows: "lin" in rows[-1] and "first line" in rows[-1])
        pane.send("Enter")
        witness.wait_for("/chat/group/dev/message/alice", 4)
        self.assertEqual(witness.seen[-1].payload, b"first line")
        pane.wait_for(prompt_is("#dev>"))

    def test_enter_sends_and_alt_enter_begins_a_line(self):
        pane, bob = self.screen("alice", "-j", "dev"), self.login("bob", "-j", "dev")
        pane.type("one")
        pane.send("M-Enter")
        pane.type("two")
        pane.wait_for(lambda rows: rows[-2:] == ["#dev> one", "two"])
        pane.send("Enter")
        bob.expect(kind="message", window="#dev", sender="alice", text="one\ntwo")
        pane.wait_for(prompt_is("#dev>"))
        pane.wait_for(re.compile(r"alice │ one .*\n.*  │ two "))
        pane.type("three")
        pane.send("C-j")
        bob.expect(kind="message", text="three")
        pane.send("Enter", "Enter")
        pane.enter("four")
        bob.expect(kind="message")
        self.assertEqual([event.text for event in bob.all(kind="message")], ["one\ntwo", "three", "four"])

    def test_a_long_line_wraps_and_the_input_grows(self):
        pane = self.screen("alice", "-j", "dev", columns=80, rows=24)
        pane.type("word " * 60)
        pane.wait_for(lambda rows: rows[-4].startswith("#dev> word word") and rows[-1].endswith("word"))
        pane.send("C-u")
        pane.wait_for(prompt_is("#dev>"))
        pane.wait_for(lambda rows: "│ 2 #dev" in rows[-2])

    def test_tab_completes_commands_names_and_groups(self):
        pane = self.screen("alice", "-j", "dev")
        self.login("bob", "-j", "dev").send("#dev hello")
        pane.wait_for(re.compile("bob │ hello"))
        for text, keys, result in [("/jo", "Tab", "/join |"), ("/join #d", "Tab", "/join #dev |"),
                                   ("bo", "Tab", "bob: |"), ("hi bo", "Tab", "hi bob |"),
                                   ("/query b", "Tab", "/query bob |"), ("/q", "Tab Tab BTab", None)]:
            with self.subTest(text=text):
                pane.type(text)
                pane.send(*keys.split())
                if result:
                    pane.type("|")
                    pane.wait_for(prompt_is(("#dev> " if text[0] != "/" else "") + result), limit=5)
                else:
                    pane.wait_for(lambda rows: rows[-1].startswith("/qu"), limit=5)
            pane.send("C-c")
            pane.wait_for(prompt_is("#dev>"))


class Inputrc(ScreenTest):
    def test_vi_and_what_is_for_gnatter_alone(self):
        home = self.home()
        home.path.mkdir(exist_ok=True)
        (home.path / ".inputrc").write_text(INPUTRC)
        pane = self.screen("alice", "-j", "dev", home=home)
        pane.type("one two")
        pane.wait_for(prompt_is("#dev> one two"))
        pane.send("Escape")
        eventually(lambda: pane.cursor() == (12, 39), "vi's command mode", detail=pane.said)
        pane.type("0x")
        pane.wait_for(prompt_is("#dev> ne two"))
        pane.type("wcwthree")
        pane.wait_for(prompt_is("#dev> ne three"))
        pane.send("Escape")
        eventually(lambda: pane.cursor() == (13, 39), "vi's command mode", detail=pane.said)
        pane.type("u")
        pane.wait_for(prompt_is("#dev> ne two"))
        pane.type("ddi")
        pane.send("C-o")
        pane.wait_for(prompt_is("#dev> from the inputrc"))


if __name__ == "__main__":
    main()
