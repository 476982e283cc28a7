# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways out: who leaves is logged out, and the terminal is as it was before."""

import os
import pathlib
import signal

from support import ScreenTest, eventually, main
from support.screen import child_of, named, prompt_is

# What a shell has before and after, and the program between.
SHELL = """
stty -a >"$HOME/before"
printf '\\033]2;mine\\007'
echo marker
"$@"
echo "code $?"
stty -a >"$HOME/after"
exec cat -v
"""
# A sanitizer would keep the signal to itself.
PLAIN_CRASHES = {"ASAN_OPTIONS": "handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0"}
LONG_WILL = ["--will-delay", "3600"]  # a Will that never comes: who sees a logout saw an orderly one


class Ends(ScreenTest):
    def open_in_shell(self, *options, environment=None):
        home = self.home()
        home.path.mkdir(exist_ok=True)
        words = self.screen_words("alice", *LONG_WILL, *options)
        before = self.broker.logins("alice")
        pane = self.open_pane("sh", "-c", SHELL, "sh", *words, home=home, environment=environment)
        pane.home = home.path
        eventually(lambda: self.broker.logins("alice") > before, "alice logs in", detail=pane.said)
        pane.wait_for("Connected to")
        pane.program = int(child_of(pane.pid))
        return pane

    def assert_terminal_as_before(self, pane, code):
        pane.wait_for(f"code {code}")
        rows = pane.settled()
        self.assertEqual(rows[0], "marker", pane.said())
        self.assertNotIn("Connected", "\n".join(rows))
        self.assertEqual(pane.ask("alternate_on"), "0")
        self.assertIsNotNone(pane.cursor())
        self.assertEqual(pane.title(), "mine")
        self.assertEqual((pane.home / "after").read_text(), (pane.home / "before").read_text())
        pane.paste("pasted")
        pane.wait_for("pasted")
        self.assertNotIn("200~", pane.text())
        return rows

    def test_quit(self):
        pane, witness = self.open_in_shell(), self.witness("/chat/logout")
        pane.enter("/quit")
        self.assert_terminal_as_before(pane, 0)
        witness.expect("/chat/logout", "alice")

    def test_signals_that_ask_it_to_end(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            with self.subTest(number):
                pane, witness = self.open_in_shell(), self.witness("/chat/logout")
                os.kill(pane.program, number)
                witness.expect("/chat/logout", "alice")
                self.assert_terminal_as_before(pane, 0)

    def test_crashes_put_the_terminal_back_and_tell_what_was_said_meanwhile(self):
        for number in (signal.SIGABRT, signal.SIGSEGV, signal.SIGFPE, signal.SIGQUIT):
            with self.subTest(number):
                pane = self.open_in_shell(environment=PLAIN_CRASHES)
                pathlib.Path(f"/proc/{pane.program}/fd/2").write_text("Assertion failed.\n")
                pane.type("still quiet")
                self.assertNotIn("Assertion", "\n".join(pane.wait_for(prompt_is("> still quiet"))))
                os.kill(pane.program, number)
                self.assertIn("Assertion failed.", self.assert_terminal_as_before(pane, 128 + number))

    def test_a_killed_pane_logs_out(self):
        witness = self.witness("/chat/logout")
        pane = self.screen("alice", *LONG_WILL)
        pane.kill_pane()
        witness.expect("/chat/logout", "alice")
        pane.wait_until_ended()
        self.assertIn("DISCONNECT", self.broker.steps(pane.client_id))

    def test_a_terminal_that_goes_without_a_signal_logs_out(self):
        witness = self.witness("/chat/logout")
        pane = self.open_pane("sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *self.screen_words("alice", *LONG_WILL))
        eventually(lambda: self.broker.logins("alice"), "alice logs in", detail=pane.said)
        pane.kill_pane()
        witness.expect("/chat/logout", "alice")
        pane.wait_until_ended()

    def test_a_killed_pane_waits_for_no_silent_broker(self):
        pane = self.screen("alice", *LONG_WILL)
        self.broker.pause()
        pane.kill_pane()
        pane.wait_until_ended(limit=10)
        self.broker.resume()

    def test_control_c_takes_back_a_line_and_never_ends(self):
        pane = self.screen("alice", *LONG_WILL)
        pane.send("C-c")
        pane.wait_for("!! To leave: /quit")
        pane.type("not for sending")
        pane.wait_until_gone("To leave")
        pane.send("C-c")
        pane.wait_for(prompt_is(">"))
        pane.send("Up")
        pane.wait_for(prompt_is("> not for sending"))
        pane.send("C-c", "C-c", "C-c")
        pane.wait_for("!! To leave: /quit")
        pane.send("C-d", "C-\\")
        pane.type("alive")
        pane.wait_for(prompt_is("> alive"))

    def test_quit_asks_while_lines_wait(self):
        pane = self.screen("alice", "-j", "dev", "--will-delay", "0")
        pane.wait_for("#dev is open")
        self.broker.stop()
        pane.wait_for(named("OFF in the status line", lambda rows: " OFF since" in rows[-2]))
        pane.enter("kept")
        pane.wait_for("1 pending")
        pane.enter("/quit")
        pane.wait_for(prompt_is("1 line waits to be sent. Quit all the same? (y/n)"))
        pane.send("n")
        pane.wait_for(prompt_is("#dev>"))
        pane.enter("/quit")
        pane.wait_for("Quit all the same?")
        pane.send("y")
        self.assertEqual(pane.wait(), 0)
        self.assertIn("gnatter: 1 message was not sent.", pane.text())


if __name__ == "__main__":
    main()
