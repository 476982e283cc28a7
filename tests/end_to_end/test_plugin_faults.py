# SPDX-License-Identifier: GPL-3.0-or-later
"""A plugin that ends the program is named, and the terminal is as it was before."""

import pathlib
import signal

from support import PLUGIN_DIRECTORY, ChatTest, ScreenTest, main

TEST_PLUGINS = str(pathlib.Path(PLUGIN_DIRECTORY).parent / "tests" / "plugins")
# A sanitizer would keep the signal to itself.
PLAIN_CRASHES = {"ASAN_OPTIONS": "handle_segv=0:handle_abort=0:use_sigaltstack=0"}
SHELL = '"$@"; echo "code $?"; stty -a; exec cat -v'
ENDS = {"abort": 128 + signal.SIGABRT, "terminate": 128 + signal.SIGABRT, "exit": 1}
PLUGINS = ["--plugin-dir", TEST_PLUGINS]


class Headless(ChatTest):
    def assert_ends(self, alice, code, sentence):
        self.assertEqual(alice.wait(), code if code < 128 else 128 - code, alice.said())
        self.assertIn(sentence, alice.errors)

    def test_one_that_ends_the_program_is_named(self):
        for how, code in ENDS.items():
            for command, where in (("fatal", "a command"), ("fatal-soon", "a timer")):
                with self.subTest(how=how, where=where):
                    alice = self.login("alice", *PLUGINS, environment=PLAIN_CRASHES)
                    alice.send("/load fatal", f"/{command} {how}")
                    self.assert_ends(alice, code, f"gnatter: plugin fatal ended the program in {where}")

    def test_others_learn_of_it_by_the_will(self):
        witness = self.witness("/chat/logout")
        alice = self.login("alice", *PLUGINS, "--will-delay", "0")
        alice.send("/load fatal", "/fatal exit")
        witness.expect("/chat/logout", "alice")

    def test_one_that_ends_it_while_it_is_loaded_is_named_with_its_file(self):
        alice = self.login("alice", *PLUGINS, environment=PLAIN_CRASHES)
        alice.send("/load fatal_static")
        self.assert_ends(alice, 128 + signal.SIGABRT, f"gnatter: plugin fatal_static ({TEST_PLUGINS}/fatal_static.so) "
                                                      "ended the program while it was loaded")
        self.assertIn("the sky fell", "\n".join(alice.errors))


class Screen(ScreenTest):
    def open_in_shell(self, *options):
        pane = self.open_pane("sh", "-c", SHELL, "sh", *self.screen_words("alice", *PLUGINS, *options),
                              environment=PLAIN_CRASHES)
        pane.wait_for("Connected to")
        return pane

    def assert_ended(self, pane, code, sentence):
        text = "\n".join(pane.wait_for(f"code {code}"))
        self.assertIn(sentence, text)
        self.assertNotIn("Connected", text)
        self.assertEqual(pane.ask("alternate_on"), "0")
        self.assertRegex("\n".join(pane.settled()), r"[^-]icanon\b[^$]*[^-]echo\b")

    def test_the_terminal_is_put_back_and_the_plugin_is_named(self):
        for how, code in {**ENDS, "overflow": 128 + signal.SIGSEGV}.items():
            with self.subTest(how=how):
                pane = self.open_in_shell()
                pane.enter("/load fatal")
                pane.wait_for("Plugin fatal is loaded.")
                pane.enter(f"/fatal {how}")
                self.assert_ended(pane, code, "gnatter: plugin fatal ended the program in a command")

    def test_also_when_it_is_loaded(self):
        pane = self.open_in_shell()
        pane.enter("/load fatal_static")
        self.assert_ended(pane, 128 + signal.SIGABRT, "gnatter: plugin fatal_static (")
        self.assertIn("the sky fell", pane.text())

    def test_also_when_it_is_loaded_at_the_start(self):
        pane = self.open_pane("sh", "-c", SHELL, "sh",
                              *self.screen_words("alice", *PLUGINS, "--plugin", "fatal_static"),
                              environment=PLAIN_CRASHES)
        self.assert_ended(pane, 128 + signal.SIGABRT, "gnatter: plugin fatal_static (")


if __name__ == "__main__":
    main()
