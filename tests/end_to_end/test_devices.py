# SPDX-License-Identifier: GPL-3.0-or-later
"""Two devices of one user: what each of them sends, how they are, and what others see of them leaving."""

import re

from support import ChatTest, FakeBroker, main
from support.broker import ACL

TO_BOB = "/chat/user/bob/message/alice"
HERE_TOO = re.compile("^You are here with another device too")
NO_COPIES = re.compile("does not hand it to your others.*pattern read /chat/user/\\+/message/%u")
STILL_HERE = re.compile("^Your other device has left")
FORGED = re.compile("^Somebody announced that you left")


def without_copies():
    """The reference ACL without its line for the devices of one user."""
    return ACL.read_text("utf-8").replace("pattern read /chat/user/+/message/%u\n", "")


class Devices(ChatTest):
    def settle(self, *clients, sender="carol"):
        """Until each has got a message that was sent after everything so far."""
        self.fences = getattr(self, "fences", 0) + 1
        for client in clients:
            self.publish(sender, f"/chat/user/{client.user}/message/{sender}", f"fence {self.fences}")
            client.expect(kind="message", sender=sender, text=f"fence {self.fences}")

    def device(self, user="alice", *options, **more):
        client = self.login(user, *options, **more)
        client.user = user
        client.expect_login()
        return client


class Lines(Devices):
    def test_what_one_device_sends_to_one_person_stands_on_the_other_as_sent(self):
        home = self.home()
        desk, phone = self.device(home=home), self.device(home=home)
        self.assertNotEqual(desk.client_id, phone.client_id)
        bob = self.device("bob")
        phone.say("bob", "from the phone")
        phone.send("/query bob", "/me waves")
        bob.expect(kind="message", window="alice", text="from the phone")
        for client in (desk, phone):
            client.expect(kind="sent", window="bob", sender="alice", text="from the phone")
            client.expect(kind="sent", window="bob", sender="alice", text="/me waves")
        self.settle(desk, phone)
        for client in (desk, phone):
            self.assertEqual(len(client.all(window="bob", sender="alice")), 2, client.said())

    def test_the_same_on_an_older_line(self):
        fake = self.keep(FakeBroker(versions=(4,)))
        desk, phone = self.at_fake(fake), self.at_fake(fake)
        phone.say("bob", "ok")
        phone.say("bob", "ok")
        for client in (desk, phone):
            for _ in range(2):
                client.expect(kind="sent", window="bob", text="ok")
        for client in (desk, phone):
            fake.send("/chat/user/alice/message/carol", b"behind it")
            client.expect(kind="message", text="behind it")
            self.assertEqual(len(client.all(window="bob", sender="alice")), 2, client.said())

    def at_fake(self, fake):
        before = len(fake.published)
        client = self.start("alice", port=fake.port)
        client.wait_until(lambda: any(message.topic == "/chat/login" for message in fake.published[before:]), "a login")
        return client

    def test_mosquitto_pub_as_oneself_is_another_device(self):
        desk = self.device()
        for version in ("5", "311"):
            self.publish("alice", TO_BOB, f"by hand {version}", version=version)
            desk.expect(kind="sent", window="bob", sender="alice", text=f"by hand {version}")
        self.settle(desk)
        self.assertEqual(len(desk.all(kind="sent")), 2, desk.said())

    def test_a_line_to_oneself_stands_once_on_each(self):
        desk, phone = self.device(), self.device()
        phone.say("alice", "a note")
        self.publish("alice", "/chat/user/alice/message/alice", "by hand")
        for client in (desk, phone):
            for text in ("a note", "by hand"):
                client.expect(kind="sent", window="alice", sender="alice", text=text)
        self.settle(desk, phone)
        for client in (desk, phone):
            self.assertEqual(len(client.all(window="alice", sender="alice")), 2, client.said())

    def test_a_group_has_the_lines_of_both_devices_as_own(self):
        desk, phone = self.device("alice", "-j", "dev"), self.device("alice", "-j", "dev")
        phone.say("#dev", "from the phone")
        self.publish("alice", "/chat/group/dev/message/alice", "by hand", qos=1)
        for client in (desk, phone):
            for text in ("from the phone", "by hand"):
                client.expect(kind="sent", window="#dev", sender="alice", text=text)
        self.settle(desk, phone)
        for client in (desk, phone):
            self.assertEqual(len(client.all(window="#dev", sender="alice")), 2, client.said())

    def test_what_was_sent_elsewhere_is_logged(self):
        home = self.home()
        desk = self.device(home=home)
        self.publish("alice", TO_BOB, "by hand")
        desk.expect(kind="sent", text="by hand")
        self.assertEqual(desk.quit(), 0)
        logs = list((home.state / "gnatter" / "logs").rglob("bob.log"))
        self.assertEqual(len(logs), 1, desk.said())
        self.assertEqual(logs[0].read_text("utf-8").count("\talice\tby hand"), 1, logs[0].read_text("utf-8"))


class Told(Devices):
    def test_another_device_is_told_once_on_both(self):
        desk = self.device()
        self.settle(desk)
        self.assertEqual(desk.all(kind="info", text=HERE_TOO), [])
        phone = self.device()
        for client in (desk, phone):
            client.expect(kind="info", text=HERE_TOO)
        self.device("bob")
        self.settle(desk, phone)
        for client in (desk, phone):
            self.assertEqual(len(client.all(text=HERE_TOO)), 1, client.said())
            self.assertEqual(client.all(text=NO_COPIES), [], client.said())

    def test_where_copies_do_not_come_that_is_told_once_with_the_line_that_is_missing(self):
        self.use_broker(acl=without_copies())
        desk, phone = self.device(), self.device()
        for client in (desk, phone):
            client.expect(kind="info", text=HERE_TOO)
        phone.say("bob", "hello")
        phone.say("bob", "again")
        phone.expect(kind="info", text=NO_COPIES)
        self.settle(desk, phone)
        self.assertEqual(len(phone.all(text=NO_COPIES)), 1, phone.said())
        self.assertEqual(len(phone.all(kind="sent")), 2, phone.said())
        self.assertEqual(desk.all(kind="sent"), [], desk.said())

    def test_where_nobody_else_is_nothing_is_told_of_copies(self):
        self.use_broker(acl=without_copies())
        desk = self.device()
        desk.say("bob", "hello")
        desk.expect(kind="sent", text="hello")
        self.settle(desk)
        self.assertEqual(desk.quit(), 0)
        self.assertEqual(desk.all(text=NO_COPIES), [], desk.said())


class NotBorne(Devices):
    """Brokers that do not take the filter for what other devices send."""

    COPIES = "/chat/user/+/message/alice"

    def assert_works(self, verdict, lines):
        for version in (5, 4):
            with self.subTest(verdict=verdict, version=version):
                fake = self.keep(FakeBroker({self.COPIES: verdict}.get, versions=(version,)))
                client = self.start("alice", port=fake.port)
                fake.wait_for_publish("/chat/login", b"alice")
                fake.send("/chat/user/alice/message/bob", b"do you hear me?")
                client.expect(kind="message", window="bob", text="do you hear me?")
                self.assertEqual(fake.subscribed.count(self.COPIES), 1)
                self.assertEqual(len([connect for connect in fake.connects if connect.version == version]), lines)
                fake.send("/chat/login", b"alice")  # the own one has come back
                client.expect(kind="info", text=HERE_TOO)
                client.expect(kind="info", text=NO_COPIES)
                self.assertEqual(client.quit(), 0, client.said())
                self.assertEqual(len(client.all(text=NO_COPIES)), 1, client.said())

    def test_one_that_refuses_it(self):
        self.assert_works("refuse", 1)

    def test_one_that_closes_the_line_at_it(self):
        self.assert_works("close", 2)

    def test_one_that_says_nothing(self):
        self.assert_works("silence", 1)


class Leaving(Devices):
    def assert_never_lost(self, watcher):
        self.assertEqual(watcher.all(kind="logout", sender="alice"), [], watcher.said())
        watcher.send("/names")
        watcher.expect(kind="info", text=re.compile("^Here on .* alice( |$)"))

    def test_who_has_another_device_stays_for_those_who_were_there_before(self):
        bob = self.device("bob")
        desk, phone = self.device(), self.device()
        desk.expect(kind="info", text=HERE_TOO)
        witness = self.witness("/chat/logout", "/chat/active")
        self.assertEqual(phone.quit(), 0)
        witness.expect("/chat/logout", "alice")
        witness.expect("/chat/active", "alice")
        desk.expect(kind="info", text=STILL_HERE)
        self.assert_never_lost(bob)
        self.assertEqual(desk.all(text=FORGED), [], desk.said())
        desk.say("bob", "still here")
        bob.expect(kind="message", text="still here")

    def test_who_has_another_device_stays_for_those_who_came_later(self):
        desk, phone = self.device(), self.device()
        bob = self.device("bob")
        witness = self.witness("/chat/logout", "/chat/active")
        self.settle(bob, sender="dan")
        phone.stop()  # kill -9
        witness.expect("/chat/logout", "alice")  # the Will
        witness.expect("/chat/active", "alice")
        desk.expect(kind="info", text=STILL_HERE)
        self.assert_never_lost(bob)

    def test_after_the_last_device_one_is_gone(self):
        bob = self.device("bob")
        desk, phone = self.device(), self.device()
        desk.expect(kind="info", text=HERE_TOO)
        self.assertEqual(phone.quit(), 0)
        desk.expect(kind="info", text=STILL_HERE)
        self.assertEqual(desk.quit(), 0)
        bob.expect(kind="logout", sender="alice")
        self.assertEqual(len(bob.all(kind="logout", sender="alice")), 1, bob.said())


class Statuses(Devices):
    def actives(self, client):
        return [step for step in self.broker.steps(client.client_id) if step.startswith("PUBLISH /chat/active")]

    def test_what_is_typed_on_one_holds_on_both(self):
        witness = self.witness("/chat/user/alice/status")
        desk, phone = self.device(), self.device()
        desk.expect(kind="info", text=HERE_TOO)
        witness.wait_for("/chat/user/alice/status", 2)
        desk.send("/away")
        phone.expect(kind="info", text="You are AWAY now, as your other device has it; /back ends it on both.")
        phone.send("/back")
        desk.expect(kind="info", text="You are ONLINE again, as your other device has it.")
        witness.wait_for("/chat/user/alice/status", 4)
        self.settle(desk, phone)
        said = [message.payload.decode() for message in witness.on("/chat/user/alice/status")]
        self.assertEqual(said[2:], ["AWAY", "ONLINE"])  # who follows says nothing

    def test_who_comes_takes_the_status_of_who_is_there(self):
        desk = self.device()
        desk.send("/dnd")
        desk.expect(kind="info", text="Your status is DO NOT DISTURB.")
        bob = self.device("bob")
        bob.expect(kind="status", sender="alice", text="DO NOT DISTURB")
        # Who has just come itself defends nothing, for 3 s: a second logout is answered after more than that.
        for count in (1, 2, 3):
            self.publish("alice", "/chat/logout", "alice")
            bob.wait_until(lambda: len(self.actives(desk)) > count, "an answer")
        phone = self.device()
        phone.expect(kind="info", text=re.compile("^You are DO NOT DISTURB now, as your other device has it"))
        self.settle(bob)
        self.assertEqual(desk.all(text=re.compile("as your other device has it")), [], desk.said())
        bob.send("/who alice")
        bob.expect(kind="info", text=re.compile("^alice: DO NOT DISTURB"))


if __name__ == "__main__":
    main()
