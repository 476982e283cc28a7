# SPDX-License-Identifier: GPL-3.0-or-later
"""The pane in which the screen's tests look at the program: it tells the truth about simple programs."""

import hashlib
import pathlib
import signal

from support import ChatTest, eventually, main

ECHO = "stty -echo -icanon -icrnl; echo ready; exec cat -v"


def staying(text):
    """A program that writes `text` and stays: what one writes just before its end is now and then not seen by tmux
    3.3, which asks the kernel before that has passed it on."""
    return "sh", "-c", 'printf "$1"; exec cat', "sh", text


class Screen(ChatTest):
    def test_a_pane_shows_what_a_program_writes_where_it_stands(self):
        pane = self.open_pane(*staying("one\n\n  two wide 日本 and a family 👩‍💻"), columns=40, rows=6)
        rows = pane.wait_for("two")
        self.assertEqual(len(rows), 6)
        self.assertEqual(rows[:2], ["one", ""])
        self.assertTrue(rows[2].startswith("  two wide 日本 and"), rows)

    def test_colours_are_in_the_styled_capture_alone(self):
        pane = self.open_pane(*staying(r"\033[1;31mred\033[0m plain"))
        self.assertEqual(pane.wait_for("plain")[0], "red plain")
        self.assertIn("\033[1m\033[31mred", pane.settled_styled("plain")[0])

    def test_keys_letters_and_pasted_text_reach_the_program(self):
        pane = self.open_pane("sh", "-c", ECHO)
        pane.wait_for("ready")
        pane.send("M-1", "C-a", "Up")
        pane.type("Enter; ~ü -- x")
        pane.wait_for("^[1^A^[[A" + "Enter; ~M-CM-< -- x")
        pane.type(";")
        pane.send("-", ";")
        pane.type(r"\;")
        pane.wait_for(r"-- x;-;\;")
        pane.send_bytes(b"\xff\x00\x1b[I")
        pane.wait_for("M-^?^@^[[I")

    def test_a_paste_is_bracketed_once_the_program_asks_for_it(self):
        pane = self.open_pane("sh", "-c", ECHO.replace("ready", r"'\033[?2004hready'"))
        pane.wait_for("ready")
        pane.paste("two\nlines")
        pane.wait_for("^[[200~two^Mlines^[[201~")

    def test_a_long_text_arrives_whole(self):
        pane = self.open_pane("sh", "-c", "stty -echo -icanon; echo ready; head -c 50000 | sha256sum; exec cat")
        pane.wait_for("ready")
        pane.type("0123456789" * 500)
        pane.paste("9876543210" * 4500)
        pane.wait_for(hashlib.sha256(b"0123456789" * 500 + b"9876543210" * 4500).hexdigest())

    def test_a_resize_is_felt(self):
        pane = self.open_pane("sh", "-c", "trap 'stty size' WINCH; echo ready; while :; do sleep 0.1; done",
                              columns=80, rows=24)
        pane.wait_for("ready")
        pane.resize(40, 10)
        pane.wait_for("10 40")
        self.assertEqual((pane.size(), len(pane.capture())), ((40, 10), 10))

    def test_the_cursor_is_where_it_is_seen(self):
        pane = self.open_pane("sh", "-c", r"printf '\033[5;11Hx'; read line; printf '\033[?25lgone'; exec cat")
        pane.wait_for("x")
        self.assertEqual(pane.cursor(), (11, 4))
        pane.send("Enter")
        pane.wait_for("gone")
        self.assertIsNone(pane.cursor())

    def test_a_settled_screen_has_what_was_wanted(self):
        pane = self.open_pane("sh", "-c", "for n in 1 2 3 4 5 6; do echo line $n; sleep 0.03; done; exec cat")
        self.assertEqual(pane.settled("line 6")[:6], [f"line {number}" for number in range(1, 7)])

    def test_what_does_not_come_is_told_with_the_screen(self):
        pane = self.open_pane("sh", "-c", "echo something else; exec cat")
        pane.wait_for("something")
        with self.assertRaisesRegex(AssertionError, r"(?s)within 0.1 s: 'this'.*\|something else"):
            pane.wait_for("this", limit=0.1)

    def test_the_terminals_name_is_the_tests_choice(self):
        self.use_tmux(term="screen")
        self.assertEqual(self.open_pane("sh", "-c", "echo $TERM; exec cat").wait_for("screen")[0], "screen")
        self.assertEqual(self.open_pane("sh", "-c", "echo $TERM; exec cat", environment={"TERM": "dumb"})
                         .wait_for("dumb")[0], "dumb")

    def test_a_program_sees_nothing_of_the_callers_environment(self):
        pane = self.open_pane("sh", "-c", "env; exec cat", environment={"ONLY": "this one"}, rows=60)
        rows = pane.wait_for("ONLY=this one")
        names = {row.split("=")[0] for row in rows if "=" in row}
        self.assertLessEqual(names, {"HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "LSAN_OPTIONS", "ASAN_OPTIONS",
                                     "UBSAN_OPTIONS", "ONLY", "PATH", "PWD", "OLDPWD", "SHLVL", "SHELL", "TERM",
                                     "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "TMUX_PANE", "TMUX_TMPDIR", "TZ",
                                     "TSAN_OPTIONS", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "_"})


class Ends(ChatTest):
    def test_the_exit_code_is_told_and_the_last_screen_stays(self):
        pane = self.open_pane("sh", "-c", "stty -echo; echo bye; read line; exit 7")
        pane.wait_for("bye")
        pane.send("Enter")
        self.assertEqual(pane.wait(), 7)
        self.assertFalse(pane.alive())
        self.assertEqual([row for row in pane.capture() if row], ["bye"])

    def test_a_signal_is_told_by_its_number(self):
        pane = self.open_pane("cat")
        self.assertIsNone(pane.status())
        pane.signal(signal.SIGKILL)
        self.assertEqual(pane.wait(), -signal.SIGKILL)

    def test_a_killed_pane_hangs_up(self):
        file = self.home().path
        file.mkdir(exist_ok=True)
        pane = self.open_pane("sh", "-c", f"trap 'echo hung up >{file}/told; exit' HUP; echo ready; "
                                          "while :; do sleep 0.05; done")
        pane.wait_for("ready")
        pane.kill_pane()
        pane.wait_until_ended()
        self.assertEqual((file / "told").read_text(), "hung up\n")

    def test_a_terminal_comes_and_goes_and_the_program_stays(self):
        pane = self.open_pane("cat", columns=80, rows=24)
        pane.attach(100, 30)
        pane.enter("hello")
        pane.wait_for("hello")
        eventually(lambda: b"hello" in pane.terminal_got(), "hello at the terminal")
        pane.detach()
        self.assertEqual(pane.ask("session_attached"), "0")
        self.assertTrue(pane.alive())

    def test_two_panes_are_apart(self):
        panes = [self.open_pane("cat", columns=30 + number, rows=5) for number in range(2)]
        for number, pane in enumerate(panes):
            pane.type(f"pane {number}")
        for number, pane in enumerate(panes):
            self.assertEqual(pane.wait_for("pane")[0], f"pane {number}")
            self.assertEqual(pane.size(), (30 + number, 5))

    def test_nothing_is_left_running(self):
        tmux = self.use_tmux()
        pane = self.open_pane("sh", "-c", "trap '' HUP TERM; echo ready; while :; do sleep 0.1; done")
        pane.wait_for("ready")
        processes = [pane.pid, int(pane.ask("pid"))]
        self.doCleanups()
        self.assertEqual([pid for pid in processes if pathlib.Path(f"/proc/{pid}/fd/0").exists()], [])
        self.assertFalse(tmux.directory.exists())


if __name__ == "__main__":
    main()
