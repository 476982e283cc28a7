# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever speaks MQTT talks with us, and we with it: mosquitto's clients of both versions, and old brokers."""

import datetime
import re

from support import ChatTest, FakeBroker, main

VERSIONS = ("5", "311")
TEXTS = {
    "umlauts": "Grüße aus Köln",
    "CJK": "日本語も大丈夫?",
    "emoji": "👩‍💻 and 🏳️‍🌈",
    "right to left": "שלום",
    "a combining accent": "e\u0301te\u0301",
    "percent signs": "100 % %s %n %20",
    "quotes": "\"double\" 'single' `back`",
    "backslashes": "C:\\temp\\new \\t \\\\",
    "leading blanks": "  two before, two behind  ",
    "a tab and a newline": "one\ttwo\nthree",
    "a number sign": "#dev is a group",
    "100 KiB": "0123456789äöü€" * 5851,
}
ULID = r"[0-7][0-9A-HJKMNP-TV-Z]{25}"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


class FromMosquittoPub(ChatTest):
    def test_every_text_arrives_unchanged(self):
        alice = self.login("alice", "-j", "dev")
        for version in VERSIONS:
            for name, text in TEXTS.items():
                with self.subTest(text=name, version=version):
                    self.publish("bob", "/chat/user/alice/message/bob", text, version=version)
                    alice.expect(kind="message", window="bob", sender="bob", text=text)
                    self.publish("bob", "/chat/group/dev/message/bob", text, version=version, qos=1)
                    alice.expect(kind="message", window="#dev", sender="bob", text=text)

    def test_the_same_text_twice_without_an_id_is_two_messages(self):
        alice = self.login("alice")
        for _ in range(2):
            self.publish("bob", "/chat/user/alice/message/bob", "ok")
            alice.expect(kind="message", sender="bob", text="ok")

    def test_the_same_id_twice_is_one_message(self):
        alice = self.login("alice")
        first = ("-D", "publish", "user-property", "id", "01ARZ3NDEKTSV4RRFFQ69G5FAV")
        for text, options in (("once", first), ("once", first), ("behind it", ())):
            self.publish("bob", "/chat/user/alice/message/bob", text, *options)
        alice.expect(kind="message", text="behind it")
        self.assertEqual(len(alice.all(kind="message", text="once")), 1)

    def test_an_id_of_one_sender_says_nothing_about_anothers(self):
        alice = self.login("alice")
        same = ("-D", "publish", "user-property", "id", "01ARZ3NDEKTSV4RRFFQ69G5FAV")
        for sender in ("bob", "carol"):
            self.publish(sender, f"/chat/user/alice/message/{sender}", "hello", *same)
            alice.expect(kind="message", sender=sender, text="hello")

    def test_the_sent_time_is_shown_where_it_is_known(self):
        alice = self.login("alice")
        sent = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=10)
        sent = sent.replace(microsecond=sent.microsecond // 1000 * 1000)
        self.publish("bob", "/chat/user/alice/message/bob", "earlier", "-D", "publish", "user-property", "ts",
                     sent.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
        event = alice.expect(kind="message", text="earlier")
        self.assertRegex(event.time, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+01:00$")
        self.assertEqual(datetime.datetime.fromisoformat(event.time), sent)

    def test_hostile_properties_do_no_harm(self):
        alice = self.login("alice")
        for name, value in (("id", "x" * 1000), ("id", ""), ("ts", "yesterday"), ("ts", "9999-12-31T23:59:59.999Z"),
                            ("ts", "x" * 1000), ("kind", "shout"), ("kind", "k" * 60000), ("unknown", "whatever")):
            self.publish("bob", "/chat/user/alice/message/bob", f"with {name}", "-D", "publish", "user-property", name,
                         value)
            event = alice.expect(kind="message", sender="bob", text=f"with {name}")
            self.assertLess(event.time, "2200")

    def test_terminal_controls_do_not_get_through(self):
        alice = self.login("alice")
        self.publish("bob", "/chat/user/alice/message/bob", b"\x1b[2Jred\x9b31m \xff\x07\x00")
        event = alice.expect(kind="message", sender="bob")
        self.assertEqual(event.text, "\u241b[2Jred\ufffd31m \ufffd\u2407\u2400")

    def test_a_payload_with_me_before_it_is_an_action(self):
        alice = self.login("alice", "-j", "dev")
        for version in VERSIONS:
            self.publish("bob", "/chat/group/dev/message/bob", "/me waves", version=version, qos=1)
            alice.expect(kind="action", window="#dev", sender="bob", text="waves")
            self.publish("bob", "/chat/user/alice/message/bob", "/me nods", version=version)
            alice.expect(kind="action", window="bob", sender="bob", text="nods")

    def test_the_kind_goes_before_the_text(self):
        alice = self.login("alice")
        for kind, shown in (("message", ("message", "/me waves")), ("action", ("action", "waves"))):
            self.publish("bob", "/chat/user/alice/message/bob", "/me waves", "-D", "publish", "user-property", "kind",
                         kind)
            alice.expect(kind=shown[0], sender="bob", text=shown[1])

    def test_a_message_not_meant_for_us_is_not_shown(self):
        alice = self.login("alice")
        self.publish("bob", "/chat/user/carol/message/bob", "secret")
        self.publish("bob", "/chat/group/dev/message/bob", "not joined", qos=1)
        self.publish("bob", "/chat/user/alice/message/bob", "behind them")
        alice.expect(kind="message", text="behind them")
        self.assertEqual(len(alice.all(kind="message")), 1)


class ToMosquittoSub(ChatTest):
    def test_every_text_arrives_unchanged(self):
        alice = self.login("alice", "-j", "dev")
        for version in VERSIONS:
            bob = self.witness("/chat/user/bob/message/+", "/chat/group/dev/message/+", user="bob", version=version)
            for name, text in TEXTS.items():
                with self.subTest(text=name, version=version):
                    alice.say("bob", text)
                    bob.expect("/chat/user/bob/message/alice", text)
                    alice.expect(kind="sent", window="bob", text=text)
                    alice.say("#dev", text)
                    bob.expect("/chat/group/dev/message/alice", text)
                    alice.expect(kind="sent", window="#dev", text=text)

    def test_an_action_goes_out_as_its_line(self):
        witness = self.witness()
        alice = self.login("alice", "-j", "dev")
        alice.send("/join dev", "/me waves")
        message = witness.expect("/chat/group/dev/message/alice", "/me waves")
        self.assertIn("kind:action", message.properties)
        alice.expect(kind="sent", window="#dev", sender="alice", text="/me waves")

    def test_a_doubled_slash_sends_the_slash(self):
        witness = self.witness()
        alice = self.login("alice")
        alice.send("/query bob", "//me waves", "//etc/passwd")
        message = witness.expect("/chat/user/bob/message/alice", "/me waves")
        self.assertIn("kind:message", message.properties)
        witness.expect("/chat/user/bob/message/alice", "/etc/passwd")

    def test_messages_carry_id_time_and_kind(self):
        witness = self.witness()
        alice = self.login("alice")
        alice.say("bob", "hello")
        message = witness.expect("/chat/user/bob/message/alice", "hello")
        self.assertEqual(message.content_type, "text/plain;charset=utf-8")
        for property_ in (f"id:{ULID}", f"ts:{TIME}", "kind:message"):
            self.assertRegex(message.properties, rf"(^| ){property_}( |$)")

    def test_ids_differ_and_grow(self):
        witness = self.witness()
        alice = self.login("alice")
        alice.send(*["bob the same"] * 50)
        messages = witness.wait_for("/chat/user/bob/message/alice", 50)
        ids = [re.search(f"id:({ULID})", message.properties)[1] for message in messages]
        self.assertEqual(ids, sorted(set(ids)))


class TwoOfUs(ChatTest):
    def test_they_talk_both_ways_in_private_and_in_a_group(self):
        alice, bob = self.login("alice", "-j", "dev"), self.login("bob", "-j", "dev")
        for sender, receiver, names in ((alice, bob, ("alice", "bob")), (bob, alice, ("bob", "alice"))):
            sender.say(names[1], "in private")
            receiver.expect(kind="message", window=names[0], sender=names[0], text="in private")
            sender.say("#dev", "to all")
            receiver.expect(kind="message", window="#dev", sender=names[0], text="to all")
            sender.send("/join dev", "/me waves")
            receiver.expect(kind="action", window="#dev", sender=names[0], text="waves")
            sender.send("//me shows how")
            receiver.expect(kind="message", window="#dev", sender=names[0], text="/me shows how")

    def test_the_other_device_of_the_same_user_is_shown(self):
        here, there = self.login("alice", "-j", "dev"), self.login("alice", "-j", "dev")
        here.say("#dev", "from here")
        there.expect(kind="sent", window="#dev", sender="alice", text="from here")
        here.expect(kind="sent", text="from here")
        self.assertEqual(here.all(kind="message"), [])

    def test_a_message_to_oneself_arrives(self):
        here, there = self.login("alice"), self.login("alice")
        here.say("alice", "note")
        here.expect(kind="sent", window="alice", text="note")
        there.expect(kind="sent", window="alice", sender="alice", text="note")


class OldBroker(ChatTest):
    """A broker that knows MQTT 3.1.1 alone and closes the line on anything newer."""

    def start_at(self, fake, user, *options):
        client = self.start(user, *options, port=fake.port)
        fake.wait_for_publish("/chat/login", user.encode())
        return client

    def test_two_of_us_talk_over_it(self):
        fake = self.keep(FakeBroker(versions=(4,)))
        alice, bob = self.start_at(fake, "alice", "-j", "dev"), self.start_at(fake, "bob", "-j", "dev")
        alice.say("bob", "grüß dich")
        bob.expect(kind="message", window="alice", sender="alice", text="grüß dich")
        bob.say("#dev", "hello all")
        alice.expect(kind="message", window="#dev", sender="bob", text="hello all")
        bob.expect(kind="sent", window="#dev", text="hello all")
        alice.send("/join dev", "/me waves")
        bob.expect(kind="action", window="#dev", sender="alice", text="waves")
        self.assertEqual((alice.all(kind="message", sender="alice"), bob.all(kind="message", sender="bob")), ([], []))
        self.assertEqual((alice.quit(), bob.quit()), (0, 0), alice.said() + bob.said())
        self.assertEqual([message.payload for message in fake.published if message.topic == "/chat/logout"],
                         [b"alice", b"bob"])

    def test_newer_first_then_older_once(self):
        fake = self.keep(FakeBroker(versions=(4,)))
        self.start_at(fake, "alice")
        self.assertEqual([connect.version for connect in fake.connects], [5, 4])

    def test_an_equal_line_of_another_device_is_shown(self):
        fake = self.keep(FakeBroker(versions=(4,)))
        alice = self.start_at(fake, "alice", "-j", "dev")
        alice.say("#dev", "ok")
        alice.expect(kind="sent", text="ok")
        fake.send("/chat/group/dev/message/alice", b"ok")
        alice.expect(kind="sent", window="#dev", sender="alice", text="ok")
        self.assertEqual(len(alice.all(sender="alice", text="ok")), 2)


if __name__ == "__main__":
    main()
