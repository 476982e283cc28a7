# SPDX-License-Identifier: GPL-3.0-or-later
"""Which names are names: those work end to end, the others get nowhere."""

import re

from support import ChatTest, main

ODD_NAMES = ["Anna Lena", "j.doe", "jürgen", "日本", "a" * 64, "ü" * 32, "-x", "a@example", "100%", "o'brien",
             "back\\slash"]
NO_NAMES = {
    "a slash": "a/b",
    "a plus": "+",
    "a plus inside": "a+b",
    "a number sign inside": "a#b",
    "65 bytes": "x" * 65,
    "more than 64 bytes of UTF-8": "ü" * 33,
    "a control character": "a\x01b",
    "a C1 control": "a\u0085b",
}
DROPPED = re.compile(r"[Dd]ropped.*\b(\d+)\b")


def quoted(name):
    """As a line of input has it: quoted, and the backslashes of that escaped for the line."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\\", "\\\\") + '"'


class GoodNames(ChatTest):
    def test_users_with_odd_names_log_in_and_talk(self):
        self.use_broker(users=ODD_NAMES)
        alice = self.login("alice")
        for name in ODD_NAMES:
            with self.subTest(name=name):
                other = self.login(name)
                alice.expect(kind="login", sender=name)
                alice.send(f"{quoted(name)} hello you")
                other.expect(kind="message", window="alice", sender="alice", text="hello you")
                other.say("alice", "hello back")
                alice.expect(kind="message", window=name, sender=name, text="hello back")
                self.assertEqual(other.quit(), 0, other.said())
                alice.expect(kind="logout", sender=name)

    def test_groups_with_odd_names_are_joined_and_written_to(self):
        witness = self.witness()
        alice = self.login("alice", *(word for name in ODD_NAMES for word in ("-j", name)))
        for name in ODD_NAMES + ["with:colon"]:
            with self.subTest(name=name):
                alice.send(f"/join {quoted(name)}", f"#{quoted(name)} hello")
                witness.expect(f"/chat/group/{name}/message/alice", "hello")
                self.publish("bob", f"/chat/group/{name}/message/bob", "hello back", qos=1)
                alice.expect(kind="message", window=f"#{name}", sender="bob", text="hello back")

    def test_names_with_a_blank_need_no_quotes_in_the_output(self):
        self.use_broker(users=["Anna Lena"])
        alice = self.login("alice")
        self.publish("Anna Lena", "/chat/user/alice/message/Anna Lena", "hi")
        alice.expect(kind="message", window="Anna Lena", sender="Anna Lena", text="hi")

    def test_what_is_typed_is_composed(self):
        witness = self.witness()
        alice = self.login("alice")
        alice.say("ju\u0308rgen", "hello")
        witness.expect("/chat/user/j\u00fcrgen/message/alice", "hello")

    def test_what_comes_is_compared_by_bytes(self):
        alice = self.login("alice")
        for name in ("j\u00fcrgen", "ju\u0308rgen"):
            self.publish("admin", "/chat/login", name)
            alice.expect(kind="login", sender=name)


class BadNamesOfOurs(ChatTest):
    def lines(self):
        for name, bad in NO_NAMES.items():
            yield f"a user with {name}", f"{quoted(bad)} hello"
            yield f"a group with {name}", f"#{quoted(bad)} hello"
            yield f"joining {name}", f"/join {quoted(bad)}"
        yield "an empty user", '"" hello'
        yield "an empty group", "# hello"
        yield "an empty quoted group", '#"" hello'
        yield "a star", '"*" hello'
        yield "a group called star", '#"*" hello'
        yield "a colon", "a:b hello"
        yield "a leading blank", '" a" hello'
        yield "a trailing blank", '"a " hello'
        yield "NUL", "a\0b hello"
        yield "no UTF-8", "a\udcffb hello"
        yield "half of a character", "#a\udcc3 hello"
        yield "an open quote", '"bob hello'

    def test_each_is_refused_in_words_and_nothing_is_sent(self):
        witness = self.witness()
        alice = self.login("alice")
        for name, line in self.lines():
            with self.subTest(name):
                before = len(alice.all(kind="error"))
                alice.send(line)
                alice.wait_until(lambda: len(alice.all(kind="error")) > before, f"a word about {name}", limit=5)
        self.assertEqual(alice.quit(), 1, "a refused line makes the exit code 1")
        witness.expect("/chat/logout", "alice")
        self.assertEqual([seen.topic for seen in witness.seen if "message" in seen.topic], [])

    def test_a_user_name_that_is_none_is_an_error_of_usage(self):
        for name in [*NO_NAMES.values(), "", "*", "#", "a:b", " a", "a ", "a\udcffb"]:
            with self.subTest(name=name):
                done = self.run_to_end(name)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(self.broker.client_ids("*"), [])

    def test_a_group_to_join_that_is_none_is_an_error_of_usage(self):
        for name in ("a/b", "+", "", "x" * 65):
            with self.subTest(name=name):
                done = self.run_to_end("alice", "--join", name)
                self.assertEqual(done.returncode, 2, done.stderr)


class BadNamesOfOthers(ChatTest):
    PAYLOADS = [b"", b"a/b", b"+", b"#", b"a#", b"*", b"a:b", b" a", b"a ", b"x" * 65, b"a\0b", b"\x1b[2J", b"\xff\xfe",
                b"a\xc3", b"\xed\xa0\x80", "\u0085".encode()]

    def dropped(self, client):
        client.send("/who -v")
        return int(DROPPED.search(client.expect(kind="info", text=DROPPED).text)[1])

    def test_logins_with_them_are_dropped_and_counted(self):
        alice = self.login("alice")
        self.assertEqual(self.dropped(alice), 0)
        for topic in ("/chat/login", "/chat/active", "/chat/logout"):
            for payload in self.PAYLOADS:
                self.publish("bob", topic, payload)
        self.publish("bob", "/chat/login", "bob")
        alice.expect(kind="login", sender="bob")
        others = [event for event in alice.events if event.window == "*" and event.sender not in ("", "alice", "bob")]
        self.assertEqual(others, [])
        self.assertEqual(self.dropped(alice), 3 * len(self.PAYLOADS))
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_messages_and_statuses_from_them_are_dropped_and_counted(self):
        alice = self.login("alice", "-j", "dev")
        for name in ("x" * 65, "a:b", " a", "a ", "*"):
            self.publish("admin", f"/chat/user/alice/message/{name}", "hello")
            self.publish("admin", f"/chat/group/dev/message/{name}", "hello", qos=1)
            self.publish("admin", f"/chat/user/{name}/status", "AWAY", qos=1)
        self.publish("bob", "/chat/user/alice/message/bob", "behind them")
        alice.expect(kind="message", sender="bob", text="behind them")
        self.assertEqual(alice.all(kind="message", text="hello"), [])
        self.assertEqual([event for event in alice.all(kind="status") if event.sender != "alice"], [])
        self.assertGreaterEqual(self.dropped(alice), 10)

    def test_statuses_that_are_none_are_not_told(self):
        alice = self.login("alice")
        for payload in (b"", b"away", b"AWAY ", b"SLEEPING", b"\xff", b"\x1b[2J", b"ONLINE\n"):
            self.publish("bob", "/chat/user/bob/status", payload, qos=1)
        self.publish("bob", "/chat/user/bob/status", "DO NOT DISTURB", qos=1)
        alice.expect(kind="status", sender="bob", text="DO NOT DISTURB")
        self.assertEqual([event.text for event in alice.all(kind="status", sender="bob")], ["DO NOT DISTURB"])

    def test_a_login_of_a_mebibyte_changes_nothing(self):
        self.use_broker(limits="")
        alice = self.login("alice")
        before = alice.resident_kilobytes()
        self.publish("bob", "/chat/login", b"m" * (1 << 20))
        self.publish("bob", "/chat/user/alice/message/bob", "behind it")
        alice.expect(kind="message", sender="bob", text="behind it")
        self.assertEqual([event for event in alice.all(kind="login") if event.sender != "alice"], [])
        self.assertLess(alice.resident_kilobytes() - before, 50_000)
        self.assertEqual(alice.quit(), 0, alice.said())


if __name__ == "__main__":
    main()
