# SPDX-License-Identifier: GPL-3.0-or-later
"""How the user is told of messages: the terminal's bell and notifications in a real tmux, and programs."""

import re

from support import ChatTest, ScreenTest, eventually, main
from support.screen import prompt_is

PLUGINS = ["--plugin", "presence", "--plugin", "notify"]
OFF = "tmux keeps notifications from your terminal: set -g allow-passthrough on (tmux.conf)."
INBOX = "/chat/user/alice/message/bob"

# Writes what it is given into a file of its own, $0.PID, which is there once it is whole.
TELL = """#!/bin/sh
{ printf '%s\\0' "$#" "$GNATTER_SENDER" "$GNATTER_WINDOW" "$GNATTER_NETWORK" "$GNATTER_TEXT"; cat; } >"$0.$$.part"
mv "$0.$$.part" "$0.$$"
"""


class Terminal(ScreenTest):
    def alice(self, *options, **where):
        pane = self.screen("alice", *PLUGINS, *options, columns=200, **where)  # no sentence is wrapped
        pane.enter("/set notify.fold 0")
        pane.wait_for("notify.fold")
        return pane

    def has_bell(self, pane):
        return pane.ask("window_bell_flag") == "1"

    def assert_rings(self, pane):
        eventually(lambda: self.has_bell(pane), "the bell in tmux", detail=pane.said)

    def test_a_direct_message_marks_the_window_in_tmux(self):
        pane = self.alice()
        self.assertFalse(self.has_bell(pane))
        self.publish("bob", INBOX, "hello")
        self.assert_rings(pane)

    def test_in_a_group_a_mention_does_and_nothing_else(self):
        pane = self.alice("-j", "dev")
        pane.enter("/join #dev")
        pane.wait_for(prompt_is("#dev>"))
        self.publish("bob", "/chat/group/dev/message/bob", "hello everybody", qos=1)
        pane.wait_for("hello everybody")
        self.assertFalse(self.has_bell(pane))
        self.publish("bob", "/chat/group/dev/message/bob", "alice: and you", qos=1)
        self.assert_rings(pane)

    def test_nothing_rings_that_is_in_view_on_a_terminal_with_the_focus(self):
        pane = self.alice()
        pane.enter("/query bob")
        pane.wait_for(prompt_is("bob>"))
        pane.send_bytes(b"\x1b[I")
        pane.type("x")
        pane.wait_for(prompt_is("bob> x"))  # so the report of the focus has been read
        self.publish("bob", INBOX, "in view")
        pane.wait_for("in view")
        self.assertFalse(self.has_bell(pane))
        pane.send_bytes(b"\x1b[O")  # a key would bring the focus back, so nobody knows when it has been read

        def rings():
            self.publish("bob", INBOX, "looking away")
            return self.has_bell(pane)
        eventually(rings, "the bell in tmux", detail=pane.said)

    def test_nothing_rings_while_one_asks_for_quiet(self):
        pane = self.alice()
        pane.enter("/query bob")
        pane.enter("/dnd")
        pane.wait_for("Your status is DO NOT DISTURB.")
        self.publish("bob", INBOX, "urgent")
        pane.wait_for("urgent")
        self.assertFalse(self.has_bell(pane))
        pane.enter("/back")
        pane.wait_for("Your status is ONLINE.")
        self.publish("bob", INBOX, "hello")
        self.assert_rings(pane)

    def test_the_terminal_around_tmux_shows_the_text(self):
        self.use_tmux(settings=["set -g allow-passthrough on"])
        pane = self.alice()
        pane.attach(200, 40)
        pane.enter("/set notify.osc777 true")
        pane.wait_for("notify.osc777")
        self.publish("bob", INBOX, "hello")
        for command in (b"\x1b]9;bob: hello\x07", b"\x1b]777;notify;bob;hello\x07"):
            eventually(lambda: command in pane.terminal_got(), repr(command), detail=pane.said)
        self.assertNotIn(OFF, pane.text())

    def test_nothing_hostile_reaches_the_terminal(self):
        self.use_tmux(settings=["set -g allow-passthrough on"])
        pane = self.alice()
        pane.attach(200, 40)
        self.publish("bob", INBOX, "one\ntwo\x1b]52;c;aGFja2Vk\x07\x1b\\\u009d0;x\u009c;$(id)\"'")
        eventually(lambda: b"\x1b]9;bob: one two" in pane.terminal_got(), "the notification", detail=pane.said)
        self.publish("bob", INBOX, "fence")
        eventually(lambda: b"\x1b]9;bob: fence\x07" in pane.terminal_got(), "the fence", detail=pane.said)
        told = re.search(rb"\x1b\]9;bob: one two([^\x07]*)\x07", pane.terminal_got())[1]
        self.assertFalse(any(byte < 0x20 or byte == 0x7F for byte in told), told)
        self.assertNotIn(b"\x1b]52;c;aGFja2Vk", pane.terminal_got())

    def test_what_tmux_keeps_to_itself_is_told_once(self):
        pane = self.alice()
        pane.attach(200, 40)
        for number in range(3):
            self.publish("bob", INBOX, f"hello {number}")
        pane.wait_for(OFF)
        pane.enter("/notify test")
        pane.wait_for("bell: rung")
        pane.wait_for("osc9: sent to the terminal, through tmux")
        pane.wait_for(lambda rows: sum(OFF in row for row in rows) == 2)
        self.assertNotIn(b"]9;", pane.terminal_got())

    def test_a_test_says_how_tmux_hands_it_on(self):
        self.use_tmux(settings=["set -g allow-passthrough on"])
        pane = self.alice()
        pane.enter("/notify test")
        pane.wait_for("tmux hands notifications on while its window with gnatter is in view")


class Programs(ChatTest):
    def told(self):
        """What the program was given so far: [[arguments, sender, window, network, text, input], ...], any order."""
        files = [file for file in self.directory.glob("tell.*") if not file.name.endswith(".part")]
        return [file.read_bytes().decode().split("\0") for file in files]

    def wait_for_told(self, count):
        return eventually(lambda: len(self.told()) >= count and self.told(), f"{count} times told",
                          detail=lambda: str(self.told()))

    def alice(self, *lines, fold=0, options=()):
        """A client that tells by a program alone."""
        home = self.home()
        self.directory = home.path
        program = home.path / "tell"
        program.write_text(TELL)
        program.chmod(0o700)
        client = self.login("alice", *PLUGINS, *options, home=home)
        client.send(f"/set notify.fold {fold}", f"/set notify.command {program}", *lines, "/notify")
        client.expect(kind="info", text=re.compile("You are told of"))
        return client

    def test_a_program_has_it_all_and_no_word_of_it_is_a_command(self):
        sender = "--help $(touch hacked);'\"`\\"
        self.use_broker(users=[sender])
        self.alice()
        text = "$(touch hacked)\n`id`; \"quoted\" 'quoted' \\ --help\t\x1b[2J"
        self.publish(sender, f"/chat/user/alice/message/{sender}", text)
        [[arguments, told_sender, window, network, told_text, given]] = self.wait_for_told(1)
        safe = text.replace("\x1b", "\u241b")
        self.assertEqual((arguments, told_sender, window, told_text, given), ("0", sender, sender, safe, safe))
        self.assertIn("127.0.0.1", network)

    def test_what_the_broker_kept_is_told_once(self):
        senders = [f"sender {number}" for number in range(12)]
        self.use_broker(users=senders)
        for sender in senders:
            self.publish(sender, f"/chat/group/dev/message/{sender}", f"alice: kept by {sender}", "-r")
        alice = self.alice()
        alice.send("/join #dev")
        summary = "12 messages from 12 people in #dev"
        [told] = self.wait_for_told(1)
        self.assertEqual((told[1], told[2], told[4], told[5]), ("", "#dev", summary, summary))
        self.publish("bob", INBOX, "fence")
        self.assertEqual(sorted(told[5] for told in self.wait_for_told(2)), [summary, "fence"])

    def test_a_crowd_is_told_together(self):
        alice = self.alice(fold=5)
        senders = ["bob", "carol", "dan", "witness", "bob", "carol"]
        for number, sender in enumerate(senders):
            self.publish(sender, f"/chat/user/alice/message/{sender}", f"hello {number}")
        alice.expect(kind="message", text="hello 5")
        self.assertEqual(sorted(told[5] for told in self.wait_for_told(2)),
                         ["5 messages from 4 people", "hello 0"])

    def test_nothing_is_told_while_one_asks_for_quiet(self):
        alice = self.alice("/dnd")
        self.publish("bob", INBOX, "quiet?")
        alice.expect(kind="message", text="quiet?")
        alice.send("/back")
        alice.expect(kind="info", text="Your status is ONLINE.")
        self.publish("bob", INBOX, "back?")
        self.assertEqual([told[5] for told in self.wait_for_told(1)], ["back?"])

    def test_a_client_without_a_terminal_says_so(self):
        alice = self.alice()
        alice.send("/notify test")
        alice.expect(kind="info", text="bell: there is no terminal here")
        alice.expect(kind="info", text="osc9: there is no terminal here that shows it")
        alice.expect(kind="info", text="command: done")
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_a_mistake_in_a_setting_is_told_with_the_reason(self):
        alice = self.alice(options=["-j", "dev"])
        alice.send("/set notify.regex a(b")
        alice.expect(kind="error", text=re.compile(r"notify\.regex.*\("))
        alice.send("/set notify.regex b+c$")
        alice.expect(kind="info", text=re.compile(r"notify\.regex"))
        self.publish("bob", "/chat/group/dev/message/bob", "ABBC", qos=1)
        self.assertEqual([told[2] for told in self.wait_for_told(1)], ["#dev"])

    def test_unloaded_it_tells_nothing_and_chat_goes_on(self):
        alice = self.alice()
        alice.send("/plugin unload notify")
        alice.expect(kind="info", text=re.compile("notify is unloaded"))
        self.publish("bob", INBOX, "still there?")
        alice.expect(kind="message", text="still there?")
        alice.send("/plugin load notify", f"/set notify.command {self.directory}/tell")
        alice.expect(kind="info", text=re.compile("notify is loaded"))
        self.publish("bob", INBOX, "again")
        self.assertEqual([told[5] for told in self.wait_for_told(1)], ["again"])


if __name__ == "__main__":
    main()
