# SPDX-License-Identifier: GPL-3.0-or-later
"""What the broker refuses, and what we refuse, is said in words; everything else goes on."""

import re

from support import ChatTest, FakeBroker, main
from support.broker import ACL

STATUSES = "/chat/user/+/status"
NOT_TO_BOARD = "pattern write /chat/group/dev/message/%u"


def acl(old, new):
    """The ACL with one line changed."""
    text = ACL.read_text("utf-8")
    assert old in text
    return text.replace(old, new)


class Publishing(ChatTest):
    def setUp(self):
        self.use_broker(acl=acl("pattern write /chat/group/+/message/%u", NOT_TO_BOARD))

    def test_a_refused_message_is_told_and_makes_the_exit_code_1(self):
        alice = self.login("alice", "-j", "dev", "-j", "board")
        alice.say("#board", "may I?")
        told = alice.expect(kind="error", text=re.compile("0x87"))
        self.assertEqual((told.window, told.sender), ("#board", ""))
        self.assertIn("#board", told.text)
        alice.say("#dev", "here I may")
        alice.expect(kind="sent", window="#dev", text="here I may")
        self.assertEqual(alice.all(kind="sent", window="#board"), [])
        self.assertEqual(alice.quit(), 1, alice.said())

    def test_the_exit_code_is_1_when_the_input_simply_ends_too(self):
        done = self.run_to_end("alice", stdin="#board may I?\n#dev hello\n")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("\tsent\t#dev\talice\thello\n", done.stdout)

    def test_others_do_not_see_a_refused_message(self):
        bob = self.login("bob", "-j", "board")
        alice = self.login("alice")
        alice.say("#board", "may I?")
        alice.expect(kind="error", text=re.compile("0x87"))
        alice.say("bob", "behind it")
        bob.expect(kind="message", sender="alice", text="behind it")
        self.assertEqual(bob.all(kind="message", window="#board"), [])


class WrongLines(ChatTest):
    LINES = ["/quetry bob", "bob", "#dev", "/msg", "/msg bob", "/join", "/status sleepy", "/nick carol", "/etc/passwd",
             "/plugin load", "/me waves"]

    def test_each_is_told_and_makes_the_exit_code_1(self):
        for line in self.LINES:
            with self.subTest(line=line):
                done = self.run_to_end("alice", stdin=f"{line}\nbob behind it\n")
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn("\terror\t", done.stdout)
                self.assertIn("\tsent\tbob\talice\tbehind it\n", done.stdout)

    def test_nothing_wrong_makes_it_0(self):
        done = self.run_to_end("alice", stdin="bob hello\n\n/help\n/names\n/who\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stderr, "")
        self.assertNotIn("\terror\t", done.stdout)

    def test_a_text_that_is_no_utf8_is_not_sent(self):
        witness = self.witness()
        alice = self.login("alice")
        alice.send("bob broken \udcff text")
        alice.expect(kind="error")
        self.assertEqual(alice.quit(), 1)
        witness.expect("/chat/logout", "alice")
        self.assertEqual(witness.on("/chat/user/bob/message/alice"), [])

    def test_a_message_that_is_too_long_for_the_broker_is_told_and_the_line_stands(self):
        alice = self.login("alice")
        alice.say("bob", "x" * 200_000)
        alice.expect(kind="error")
        alice.say("bob", "short")
        alice.expect(kind="sent", text="short")
        self.assertEqual(len(self.broker.client_ids("alice")), 1)
        self.assertEqual(alice.quit(), 1)


class Subscribing(ChatTest):
    def broker_with(self, table, **options):
        """A broker with a verdict on some filters."""
        return self.keep(FakeBroker(table.get, **options))

    def assert_works(self, fake, client):
        """Logged in, hears, speaks, leaves in order."""
        fake.wait_for_publish("/chat/login", b"alice")
        fake.send("/chat/user/alice/message/bob", b"do you hear me?")
        client.expect(kind="message", window="bob", sender="bob", text="do you hear me?")
        client.say("bob", "I do")
        client.expect(kind="sent", window="bob", text="I do")
        client.send("/quit")
        self.assertEqual(client.wait(), 0, client.said())
        fake.wait_for_publish("/chat/logout", b"alice")

    def test_a_group_that_may_not_be_read_is_told(self):
        for version in (5, 4):
            with self.subTest(version=version):
                fake = self.broker_with({"/chat/group/board/message/+": "refuse"}, versions=(version,))
                alice = self.start("alice", "-j", "board", "-j", "dev", port=fake.port)
                alice.expect(kind="error", text=re.compile("#board"))
                fake.wait_for_publish("/chat/login", b"alice")  # then #dev is subscribed, too
                fake.send("/chat/group/dev/message/bob", b"heard")
                alice.expect(kind="message", window="#dev", text="heard")
                self.assert_works(fake, alice)

    def test_presence_that_may_not_be_read_is_told(self):
        fake = self.broker_with({"/chat/login": "refuse", "/chat/active": "refuse"})
        alice = self.start("alice", port=fake.port)
        alice.expect(text=re.compile("does not let alice read who logs in"))
        self.assert_works(fake, alice)

    def test_statuses_refused(self):
        for version in (5, 4):
            with self.subTest(version=version):
                fake = self.broker_with({STATUSES: "refuse"}, versions=(version,))
                alice = self.start("alice", port=fake.port)
                alice.expect(text=re.compile("status"))
                self.assertEqual(fake.subscribed[-1], STATUSES)
                self.assert_works(fake, alice)
                self.assertEqual(fake.subscribed.count(STATUSES), 1)

    def test_the_line_closed_at_the_statuses(self):
        for version in (5, 4):
            with self.subTest(version=version):
                fake = self.broker_with({STATUSES: "close"}, versions=(version,))
                alice = self.start("alice", port=fake.port)
                alice.expect(text=re.compile("status"))
                self.assert_works(fake, alice)
                self.assertEqual(fake.subscribed.count(STATUSES), 1)

    def test_silence_at_the_statuses_does_not_keep_from_logging_in(self):
        fake = self.broker_with({STATUSES: "silence"})
        alice = self.start("alice", port=fake.port)
        self.assert_works(fake, alice)
        self.assertEqual(fake.subscribed.count(STATUSES), 1)

    def test_statuses_granted_but_never_given(self):
        self.use_broker(acl=acl("pattern read /chat/user/+/status", "pattern read /chat/user/%u/status"))
        alice, bob = self.login("alice"), self.login("bob")
        bob.send("/away")
        bob.expect(kind="status", sender="bob", text="AWAY")
        bob.say("alice", "hello")
        alice.expect(kind="message", sender="bob", text="hello")
        self.assertEqual(alice.all(kind="status", sender="bob"), [])
        self.assertEqual((alice.quit(), bob.quit()), (0, 0))


if __name__ == "__main__":
    main()
