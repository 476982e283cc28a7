# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys that go among windows and lines, and the shell that takes the terminal for a while."""

import re
import signal

from support import ScreenTest, eventually, main
from support.screen import (named, picture, prompt_is, redraw, status_has, status_has_not,
                            wait_for_picture)

GROUPS = [f"g{number}" for number in range(2, 11)]  # window 1 is the network's


def joined(groups):
    return [word for group in groups for word in ("-j", group)]


class Windows(ScreenTest):
    def test_numbers_neighbours_and_the_list(self):
        pane = self.screen("alice", *joined(GROUPS))
        pane.wait_for(prompt_is("#g10>"))
        steps = [("M-1", ">"), *((f"M-{number}", f"#g{number}>") for number in range(2, 10)), ("M-0", "#g10>"),
                 ("C-n", ">"), ("C-n", "#g2>"), ("C-p", ">"), ("C-p", "#g10>"), ("M-Left", "#g9>"),
                 ("M-Right", "#g10>"), ("M-Right", ">"), ("M-/", "#g10>"), ("F5", "#g9>"), ("F6", "#g10>")]
        for key, prompt in steps:
            with self.subTest(key):
                pane.send(key)
                pane.wait_for(prompt_is(prompt), limit=5)
        pane.send("M-j")
        pane.type("04")
        pane.wait_for(prompt_is("#g4>"))
        rows = pane.capture()
        self.assertEqual([row[:8].rstrip() for row in rows[1:11]],
                         [" 1 127.0", *(f" {n}▸ #g{n}" if n == 4 else f"{n:2}  #g{n}" for n in range(2, 11))])
        pane.send("M-a")
        pane.wait_for("Nothing is new in other windows.")
        pane.send("M-B", "M-N")
        pane.wait_for(named("no columns beside the lines",
                            lambda rows: "▸" not in rows[3] and "only you" not in rows[1]))

    def test_alt_a_goes_to_direct_messages_then_mentions_then_the_rest(self):
        pane, bob = self.screen("alice", "-j", "g2", "-j", "g3", "-j", "g4"), self.login("bob")
        pane.wait_for(prompt_is("#g4>"))
        pane.send("M-1")
        for group, text in (("g2", "one"), ("g3", "alice: two")):
            bob.send(f"#{group} {text}")
            pane.wait_for(status_has(f"#{group} 1"))
        bob.send("alice three", "#g2 four")
        pane.wait_for(status_has("Alt-A  5 bob 1!  3 #g3 1!  2 #g2 2"))
        self.assertEqual(pane.title(), "* 127.0.0.1 - gnatter")
        for prompt in ("bob>", "#g3>", "#g2>"):
            pane.send("M-a")
            pane.wait_for(prompt_is(prompt))
        pane.wait_for(status_has_not("Alt-A"))
        pane.wait_for(re.compile(r"╌╌╌╌ 2 new since \d\d:\d\d ╌╌╌(?s:.*) bob │ one .*\n.*  │ four "))

    def test_lines_that_come_while_nobody_looks_are_marked(self):
        pane, bob = self.screen("alice", "-j", "dev"), self.login("bob")
        bob.send("#dev seen")
        pane.wait_for(re.compile("bob │ seen"))
        pane.send_bytes(b"\x1b[O")
        bob.send("#dev unseen", "#dev unseen too")
        pane.wait_for(re.compile(r"│ seen .*\n.* ╌╌╌╌ 2 new since \d\d:\d\d ╌.*\n.*bob │ unseen .*\n.*│ unseen too"))
        pane.wait_for(status_has("Alt-A  2 #dev 2"))
        pane.send_bytes(b"\x1b[I")
        pane.wait_for(status_has_not("Alt-A"))
        pane.type("back")
        pane.wait_for(prompt_is("#dev> back"))
        self.assertIn("2 new since", pane.text())
        self.assertNotIn("[I", pane.text())
        pane.send_bytes(b"\x1b[O")
        bob.send("#dev once more")
        pane.wait_for(status_has("Alt-A  2 #dev 1"))
        pane.send("BSpace")  # who types is there, whatever the terminal tells
        pane.wait_for(status_has_not("Alt-A"))


class Scrolling(ScreenTest):
    def setUp(self):
        self.pane = self.screen("alice", "-j", "dev")
        self.pane.wait_for("is open")
        self.pour("bob", "/chat/group/dev/message/bob", [b"line %d." % number for number in range(200)])
        self.pane.wait_for("line 199.")

    def test_pages(self):
        pane = self.pane
        newest = pane.settled()
        pane.send("PPage")
        pane.wait_for(re.compile(r"──── \d+ more below, the newest 3:   Alt-End ──"))
        scrolled = pane.settled()
        below = int(re.search(r"(\d+) below", scrolled[-2])[1])
        self.publish("bob", "/chat/group/dev/message/bob", "one more.")
        pane.wait_for(status_has(f"{below + 1} below"))
        later = pane.settled("one more.")
        rule = next(row for row, text in enumerate(later) if " more below" in text)
        self.assertGreater(rule, 30)
        self.assertEqual([row[19:] for row in later[:rule]], [row[19:] for row in scrolled[:rule]])
        pane.send("PPage")
        pane.wait_until_gone(status_has(f"{below + 1} below"))
        pane.send("NPage", "NPage", "NPage")
        pane.wait_for(status_has_not("below"))
        self.assertEqual([row for row in newest[5:-2] if "line" not in row], [])
        self.assertIn("one more.", pane.settled()[-3])
        pane.send("PPage")
        pane.wait_for(status_has("below"))
        pane.send("M-End")
        pane.wait_for(status_has_not("below"))
        pane.send("M-Home")
        pane.wait_for("is open: everybody")
        pane.send("C-End")
        pane.wait_for(named("the newest line lowest", lambda rows: "one more." in rows[-3]))

    def test_what_one_says_shows_the_newest_again(self):
        self.pane.send("PPage")
        self.pane.wait_for(status_has("below"))
        self.pane.enter("here")
        self.pane.wait_for(named("the own line lowest", lambda rows: "alice │ here" in rows[-3]))

    def test_control_l_changes_nothing(self):
        self.pane.type("typed")
        before = picture(self.pane, prompt_is("#dev> typed"))
        redraw(self.pane, "#dev> typed")
        wait_for_picture(self.pane, before)


class Suspending(ScreenTest):
    def test_control_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back(self):
        home = self.home()
        home.path.mkdir(exist_ok=True)
        pane = self.open_pane("bash", "--norc", "--noprofile", "-i", home=home, environment={"PS1": "shell: "})
        pane.wait_for("shell:")
        script = home.path / "words"
        script.write_text("'" + "' '".join(self.screen_words("alice", "-j", "dev")) + "'\n")
        pane.enter("stty -a >$HOME/before; . $HOME/words; stty -a >$HOME/after")
        pane.wait_for("is open")
        before = picture(pane)
        for _ in range(2):
            pane.send("C-z")
            pane.wait_for("Stopped")
            self.assertEqual(pane.ask("alternate_on"), "0")
            pane.enter("stty -a >$HOME/between; echo status=$?")
            pane.wait_for("status=0")
            self.assertEqual((home.path / "between").read_text(), (home.path / "before").read_text())
            pane.enter("clear; fg")
            pane.wait_for("is open")
            wait_for_picture(pane, before)
        pane.paste("two\nlines")
        pane.wait_for("Paste of 2 lines")
        pane.send("Escape")
        pane.wait_for(prompt_is("#dev>"))
        pane.enter("/quit")
        pane.wait_for("shell:")
        eventually((home.path / "after").exists, "the shell goes on")

    def test_a_stop_from_outside_is_survived(self):
        pane = self.screen("alice", "-j", "dev")
        pane.wait_for("is open")
        pane.signal(signal.SIGSTOP)
        pane.type("typed")
        pane.signal(signal.SIGCONT)
        pane.wait_for(prompt_is("#dev> typed"))


if __name__ == "__main__":
    main()
