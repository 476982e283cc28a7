# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes over the wire, in which order, with which QoS: the broker's log and a witness tell."""

import re
import signal
import time

from support import ChatTest, main

SUBSCRIPTIONS = ["SUBSCRIBE /chat/login 2", "SUBSCRIBE /chat/logout 2", "SUBSCRIBE /chat/active 1",
                 "SUBSCRIBE /chat/user/alice/message/+ 2", "SUBSCRIBE /chat/group/dev/message/+ 1",
                 "SUBSCRIBE /chat/user/+/message/alice 2", "SUBSCRIBE /chat/user/+/status 0"]
LOGIN = "PUBLISH /chat/login q2 r0"
LOGOUT = "PUBLISH /chat/logout q2 r0"


class Login(ChatTest):
    def test_login_is_published_once_with_qos_2_after_every_suback(self):
        alice = self.login("alice", "-j", "dev")
        self.assertEqual(alice.quit(), 0, alice.said())
        steps = self.broker.steps(alice.client_id)
        self.assertEqual(steps.count(LOGIN), 1, steps)
        before = steps[:steps.index(LOGIN)]
        self.assertEqual(sorted(step for step in before if step.startswith("SUBSCRIBE")), sorted(SUBSCRIPTIONS))
        self.assertEqual(before.count("to SUBACK"), len(SUBSCRIPTIONS), before)

    def test_statuses_are_subscribed_last_and_alone(self):
        steps = self.broker.steps(self.login("alice", "-j", "dev").client_id)
        statuses = steps.index("SUBSCRIBE /chat/user/+/status 0")
        self.assertEqual(steps[:statuses].count("to SUBACK"), len(SUBSCRIPTIONS) - 1, steps)
        self.assertEqual(steps[statuses + 1], "to SUBACK", steps)

    def test_the_login_holds_the_bare_name(self):
        witness = self.witness()
        self.login("alice")
        message = witness.expect("/chat/login")
        self.assertEqual((message.payload, message.qos, message.retained), (b"alice", 2, False))

    def test_the_will_is_the_logout(self):
        self.login("alice")
        log = self.broker.log_lines()
        will = next(index for index, line in enumerate(log) if line.startswith("Will message specified"))
        self.assertRegex(log[will], r"\(5 bytes\) \(r0, q2\)")
        self.assertEqual(log[will + 1].strip(), "/chat/logout")

    def test_the_login_of_another_is_answered_with_active(self):
        witness = self.witness()
        self.login("alice")
        self.publish("bob", "/chat/login", "bob")
        answer = witness.expect("/chat/active")
        self.assertEqual((answer.payload, answer.qos, answer.retained), (b"alice", 1, False))

    def test_the_own_login_is_not_answered(self):
        witness = self.witness()
        alice = self.login("alice")
        self.assertEqual(alice.quit(), 0, alice.said())
        witness.expect("/chat/logout", "alice")
        self.assertEqual(witness.on("/chat/active"), [])

    def test_two_clients_see_each_other(self):
        alice = self.login("alice")
        bob = self.login("bob")
        alice.expect(kind="login", window="*", sender="bob", text="")
        bob.expect(kind="active", window="*", sender="alice", text="")
        bob.quit()
        alice.expect(kind="logout", window="*", sender="bob", text="")


class Messages(ChatTest):
    def test_a_direct_message_has_qos_2_and_is_not_retained(self):
        witness = self.witness()
        self.login("alice").say("bob", "hello")
        message = witness.expect("/chat/user/bob/message/alice")
        self.assertEqual((message.payload, message.qos, message.retained), (b"hello", 2, False))

    def test_a_group_message_has_qos_1_and_is_not_retained(self):
        witness = self.witness()
        self.login("alice", "-j", "dev").say("#dev", "hello")
        message = witness.expect("/chat/group/dev/message/alice")
        self.assertEqual((message.payload, message.qos, message.retained), (b"hello", 1, False))

    def test_sent_is_told_when_the_broker_has_acknowledged(self):
        alice = self.login("alice", "-j", "dev")
        alice.say("#dev", "one")
        alice.expect(kind="sent", window="#dev", sender="alice", text="one")
        alice.say("bob", "two")
        alice.expect(kind="sent", window="bob", sender="alice", text="two")
        # Behind it comes what one's other devices have of the line, to us as well.
        self.assertIn("to PUBCOMP", self.broker.steps(alice.client_id)[-5:])

    def test_nothing_is_sent_as_long_as_the_broker_does_not_answer(self):
        alice = self.login("alice")
        self.broker.pause()
        alice.say("bob", "hello")
        alice.send("/help quit")
        alice.expect(kind="info", text=None)
        self.assertEqual(alice.all(kind="sent"), [])
        self.broker.resume()
        alice.expect(kind="sent", window="bob", text="hello")

    def test_the_own_line_in_a_group_is_not_shown_as_a_message(self):
        alice = self.login("alice", "-j", "dev")
        alice.say("#dev", "hello")
        alice.expect(kind="sent", text="hello")
        self.publish("bob", "/chat/group/dev/message/bob", "behind it", qos=1)
        alice.expect(kind="message", window="#dev", sender="bob", text="behind it")
        self.assertEqual(alice.all(kind="message", sender="alice"), [])

    def test_what_is_written_after_part_does_not_come(self):
        alice = self.login("alice", "-j", "dev")
        alice.send("/part dev")
        self.broker.wait_for_log("UNSUBACK")
        self.publish("bob", "/chat/group/dev/message/bob", "unheard", qos=1)
        self.publish("bob", "/chat/user/alice/message/bob", "heard")
        alice.expect(kind="message", window="bob", text="heard")
        self.assertEqual(alice.all(text="unheard"), [])

    def test_a_group_joined_later_is_heard(self):
        alice = self.login("alice")
        alice.send("/join dev")
        alice.expect(window="#dev")
        self.publish("bob", "/chat/group/dev/message/bob", "heard", qos=1)
        alice.expect(kind="message", window="#dev", sender="bob", text="heard")


class Statuses(ChatTest):
    TOPIC = "/chat/user/alice/status"

    def test_a_status_has_exactly_these_bytes_and_qos_0(self):
        witness = self.witness()
        alice = self.login("alice")
        witness.expect(self.TOPIC, "ONLINE")
        for command, payload in (("/status away", b"AWAY"), ("/status dnd", b"DO NOT DISTURB"),
                                 ("/status online", b"ONLINE"), ("/away", b"AWAY"), ("/dnd", b"DO NOT DISTURB"),
                                 ("/back", b"ONLINE")):
            alice.send(command)
            message = witness.expect(self.TOPIC)
            self.assertEqual((message.payload, message.qos, message.retained), (payload, 0, False), command)

    def test_a_newcomer_is_told_a_status_that_is_not_online(self):
        alice = self.login("alice")
        alice.send("/away")
        self.broker.wait_for_log(rf"Received PUBLISH from {alice.client_id} .*{self.TOPIC}", count=2)
        bob = self.login("bob")
        bob.expect(kind="active", sender="alice")
        bob.expect(kind="status", window="*", sender="alice", text="AWAY")

    def test_online_is_not_repeated_for_newcomers(self):
        witness = self.witness()
        self.login("alice")
        witness.expect(self.TOPIC, "ONLINE")
        self.publish("bob", "/chat/login", "bob")
        witness.expect("/chat/active", "alice")
        self.publish("carol", "/chat/login", "carol")
        witness.expect("/chat/active", "alice")
        self.assertEqual(len(witness.on(self.TOPIC)), 1)

    def test_anothers_status_is_told(self):
        alice = self.login("alice")
        self.publish("bob", "/chat/login", "bob")
        self.publish("bob", "/chat/user/bob/status", "DO NOT DISTURB", qos=0)
        alice.expect(kind="status", window="*", sender="bob", text="DO NOT DISTURB")


class Leaving(ChatTest):
    def assert_logged_out_in_order(self, client):
        self.broker.wait_for_log(rf"^Client {client.client_id} (disconnected|closed)")
        steps = self.broker.steps(client.client_id)
        self.assertEqual(steps.count(LOGOUT), 1, steps)
        last = steps[steps.index(LOGOUT):]
        for step in ("PUBREL", "to PUBCOMP", "DISCONNECT"):
            self.assertIn(step, last)
            last = last[last.index(step):]

    def assert_one_logout(self, witness, user):
        """The Will did not come, too."""
        witness.expect("/chat/logout", user)
        self.publish("admin", "/chat/group/fence/message/admin", user, qos=1)
        witness.expect("/chat/group/fence/message/admin", user)
        self.assertEqual(len(witness.on("/chat/logout")), 1)

    def leaves(self, how):
        witness = self.witness()
        alice = self.login("alice", "-j", "dev")
        how(alice)
        self.assertEqual(alice.wait(), 0, alice.said())
        self.assert_logged_out_in_order(alice)
        self.assert_one_logout(witness, "alice")

    def test_quit_logs_out(self):
        self.leaves(lambda alice: alice.send("/quit"))

    def test_the_end_of_input_logs_out(self):
        self.leaves(lambda alice: alice.close_stdin())

    def test_sigterm_logs_out(self):
        self.leaves(lambda alice: alice.terminate(signal.SIGTERM))

    def test_sighup_logs_out(self):
        self.leaves(lambda alice: alice.terminate(signal.SIGHUP))

    def test_what_comes_while_leaving_does_not_cut_the_leave_short(self):
        """A shell sends SIGHUP after the kernel has; a service manager SIGTERM after an interrupt."""
        for signals in ((signal.SIGHUP, signal.SIGHUP), (signal.SIGINT, signal.SIGTERM)):
            with self.subTest(signals=signals):
                witness = self.witness()
                alice = self.login("alice")
                for number in signals:
                    alice.terminate(number)
                self.assertEqual(alice.wait(), 0, alice.said())
                self.assert_logged_out_in_order(alice)
                self.assert_one_logout(witness, "alice")

    def test_sigint_logs_out(self):
        self.leaves(lambda alice: alice.terminate(signal.SIGINT))

    def test_everything_said_before_the_end_of_input_is_sent_before_the_logout(self):
        alice = self.login("alice", "-j", "dev")
        alice.send(*(f"#dev line {number}" for number in range(200)))
        alice.close_stdin()
        self.assertEqual(alice.wait(), 0, alice.said())
        self.assertEqual([event.text for event in alice.all(kind="sent")], [f"line {n}" for n in range(200)])
        self.assert_logged_out_in_order(alice)

    def test_clients_that_leave_at_once_log_out_once_each(self):
        """The broker still has something for each when it leaves, and must read the DISCONNECT all the same."""
        clients = [self.login("alice", "-j", "dev") for _ in range(8)]
        for client in clients:
            client.close_stdin()
        self.assertEqual([client.wait() for client in clients], [0] * 8)
        for client in clients:
            self.assert_logged_out_in_order(client)

    def test_with_stay_the_end_of_input_is_not_the_end(self):
        alice = self.login("alice", "--stay")
        alice.close_stdin()
        self.publish("bob", "/chat/user/alice/message/bob", "still there?")
        alice.expect(kind="message", sender="bob", text="still there?")
        alice.terminate()
        self.assertEqual(alice.wait(), 0, alice.said())
        self.assert_logged_out_in_order(alice)

    def test_after_kill_9_the_will_logs_out_five_seconds_later(self):
        witness = self.witness()
        alice = self.login("alice")
        start = time.monotonic()
        alice.terminate(signal.SIGKILL)
        message = witness.expect("/chat/logout")
        self.assertEqual((message.payload, message.qos, message.retained), (b"alice", 2, False))
        self.assertGreater(time.monotonic() - start, 3)
        self.assertLess(time.monotonic() - start, 9)

    def test_the_delay_of_the_will_can_be_set(self):
        witness = self.witness()
        alice = self.login("alice", "--will-delay", "0")
        start = time.monotonic()
        alice.terminate(signal.SIGKILL)
        witness.expect("/chat/logout", "alice")
        self.assertLess(time.monotonic() - start, 4)

    @staticmethod
    def last_said_of(witness, name):
        return [seen.topic for seen in witness.seen if seen.payload == name][-1]

    def test_the_will_of_a_killed_client_does_not_log_out_the_one_started_after_it(self):
        witness = self.witness()
        bob = self.login("bob")
        old = self.login("alice")
        old.terminate(signal.SIGKILL)
        old.wait()
        new = self.login("alice")  # elsewhere: another client id
        self.assertNotEqual(old.client_id, new.client_id)
        witness.expect("/chat/logout", "alice")
        # The answer must come behind the logout for those, too, whom QoS 2 gives it only with the PUBREL.
        witness.wait_until(lambda: self.last_said_of(witness, b"alice") == "/chat/active", "alice is active again")
        bob.send("/names")
        bob.expect(kind="info", text=re.compile("alice"))
        self.assertEqual(bob.all(kind="logout", sender="alice"), [], bob.said())  # who came twice is not lost

    def test_a_client_killed_and_started_again_in_its_place_is_there_for_everyone(self):
        bob = self.login("bob")
        home = self.home()
        old = self.login("alice", home=home)
        old.terminate(signal.SIGKILL)
        old.wait()
        self.login("alice", home=home)
        bob.expect(kind="login", sender="alice")
        bob.expect(kind="login", sender="alice")
        time.sleep(6)  # a Will would come within its delay of 5 s; there is nothing else to wait for
        told = [event.kind for event in bob.all(window="*", sender="alice") if event.kind != "status"]
        self.assertIn(told[-1], ("login", "active"), told)


class Retaining(ChatTest):
    def test_nothing_is_ever_retained(self):
        alice = self.login("alice", "-j", "dev")
        bob = self.login("bob", "-j", "dev")
        for client, other in ((alice, "bob"), (bob, "alice")):
            client.send("#dev hello", f"{other} hello", "/away")
            client.expect(kind="sent", window=other)
        for client in (alice, bob):
            self.assertEqual(client.quit(), 0, client.said())
        published = [line for line in self.broker.log_lines() if line.startswith("Received PUBLISH")]
        self.assertGreater(len(published), 8)
        self.assertEqual([line for line in published if ", r1," in line], [])


if __name__ == "__main__":
    main()
