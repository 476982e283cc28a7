# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens when the broker goes, comes back, or was never there."""

import re
import time

from support import SLOW, ChatTest, FakeBroker, Proxy, TextServer, main
from support.broker import free_port
from support.namespace import Namespace, why_not

LOST = re.compile("line is lost|no answer|OFF|shutting down")
BACK = re.compile("is back")


def numbers(texts):
    return [int(text.split()[-1]) for text in texts]


class TheBrokerGoes(ChatTest):
    def test_a_killed_broker_is_told_at_once(self):
        alice = self.login("alice")
        start = time.monotonic()
        self.broker.kill()
        alice.expect(text=LOST)
        self.assertLess(time.monotonic() - start, 3)

    def test_what_is_sent_meanwhile_is_pending_and_goes_out_in_order(self):
        self.use_broker(persistent=True)
        alice = self.login("alice", "-j", "dev")
        self.broker.kill()
        alice.expect(text=LOST)
        alice.send(*(f"#dev line {number}" for number in range(50)))
        alice.send("/help quit")
        alice.expect(kind="info", text=re.compile("quit"))
        self.assertEqual(alice.all(kind="sent"), [])
        self.broker.start()
        alice.expect(kind="sent", text="line 49")
        self.assertEqual(numbers(event.text for event in alice.all(kind="sent")), list(range(50)))
        alice.expect(text=BACK)
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_under_traffic_nothing_is_shown_twice_or_out_of_order(self):
        self.kill_under_traffic(20 if SLOW else 3)

    def kill_under_traffic(self, kills):
        self.use_broker(persistent=True)
        alice, bob = self.login("alice", "-j", "dev"), self.login("bob", "-j", "dev")
        for start in range(0, 100 * kills, 100):
            alice.send(*(f"#dev line {number}" for number in range(start, start + 100)))
            alice.expect(kind="sent", text=f"line {start + 10}")
            self.broker.kill()
            self.broker.start()
        alice.expect(kind="sent", text=f"line {100 * kills - 1}")
        sent = numbers(event.text for event in alice.all(kind="sent"))
        self.assertEqual(sent, list(range(100 * kills)))
        alice.say("bob", "the end")
        bob.expect(kind="message", window="alice", text="the end")
        received = numbers(event.text for event in bob.all(kind="message", window="#dev"))
        self.assertEqual(received, sorted(set(received)))

    def test_the_login_is_repeated_after_a_loss(self):
        alice = self.login("alice")
        self.broker.kill()
        self.broker.start()
        alice.expect(text=BACK)
        self.broker.wait_for_log(r"Received PUBLISH from gnatter-\S+ .*'/chat/login'", count=2)
        self.publish("bob", "/chat/user/alice/message/bob", "welcome back")
        alice.expect(kind="message", sender="bob", text="welcome back")

    def test_an_orderly_stop_of_the_broker_is_told_too(self):
        alice = self.login("alice")
        self.broker.stop()
        alice.expect(text=LOST)
        self.broker.start()
        alice.expect(text=BACK)

    def test_the_end_of_input_during_an_outage_waits_for_the_broker(self):
        self.use_broker(persistent=True)
        alice = self.login("alice")
        self.broker.kill()
        alice.expect(text=LOST)
        alice.send("bob still there?")
        alice.close_stdin()
        self.broker.start()
        self.assertEqual(alice.wait(), 0, alice.said())
        self.assertEqual([event.text for event in alice.all(kind="sent")], ["still there?"])

    def test_a_signal_during_an_outage_ends_it_and_tells_what_was_not_sent(self):
        alice = self.login("alice")
        self.broker.kill()
        alice.expect(text=LOST)
        alice.send("bob still there?", "/help quit")
        alice.expect(kind="info", text=re.compile("quit"))
        start = time.monotonic()
        alice.terminate()
        self.assertEqual(alice.wait(), 1, alice.said())
        self.assertLess(time.monotonic() - start, 5)
        self.assertRegex("\n".join(alice.errors), r"\b1 message")


class TheLineIsCut(ChatTest):
    def test_nothing_is_lost_and_nothing_is_shown_twice(self):
        self.cut_under_traffic(20 if SLOW else 3)

    def cut_under_traffic(self, cuts):
        proxies = [self.keep(Proxy(self.broker.port)) for _ in range(2)]
        alice = self.login("alice", "-j", "dev", port=proxies[0].port)
        bob = self.login("bob", "-j", "dev", port=proxies[1].port)
        for start in range(0, 100 * cuts, 100):
            alice.send(*(f"#dev line {number}" for number in range(start, start + 100)))
            alice.send(*(f"bob line {number}" for number in range(start, start + 100)))
            bob.expect(kind="message", window="#dev", text=f"line {start + 5}")
            proxies[start // 100 % 2].cut()
        for window in ("#dev", "alice"):
            bob.expect(kind="message", window=window, text=f"line {100 * cuts - 1}")
            received = numbers(event.text for event in bob.all(kind="message", window=window))
            self.assertEqual(received, list(range(100 * cuts)), window)
        self.assertEqual((alice.quit(), bob.quit()), (0, 0), alice.said() + bob.said())

    def test_a_short_cut_does_not_log_out(self):
        proxy = self.keep(Proxy(self.broker.port))
        witness = self.witness()
        alice = self.login("alice", port=proxy.port)
        proxy.cut()
        alice.expect(text=BACK)
        time.sleep(6)  # a Will would come within its delay of 5 s; there is nothing else to wait for
        self.assertEqual(witness.on("/chat/logout"), [])

    def test_what_others_sent_meanwhile_arrives(self):
        proxy = self.keep(Proxy(self.broker.port))
        alice = self.login("alice", "-j", "dev", port=proxy.port)
        alice.expect(kind="status", sender="alice")  # the login is done: with a QoS 2 publish open none is resumed
        proxy.refusing = True
        proxy.cut()
        alice.expect(text=LOST)
        self.publish("bob", "/chat/user/alice/message/bob", "while you were away")
        self.publish("bob", "/chat/group/dev/message/bob", "to all", qos=1)
        proxy.refusing = False
        alice.expect(kind="message", window="bob", text="while you were away")
        alice.expect(kind="message", window="#dev", text="to all")

    def test_a_line_on_which_nothing_gets_through_is_given_up(self):
        proxy = self.keep(Proxy(self.broker.port))
        alice = self.login("alice", port=proxy.port)
        proxy.open.clear()
        alice.say("bob", "into the void")
        alice.expect(text=LOST, limit=40)
        proxy.cut()
        proxy.open.set()
        alice.expect(kind="sent", text="into the void", limit=40)


class NeverThere(ChatTest):
    """Headless does not wait for a broker that was never there: a sentence on standard error, exit code 1."""

    def assert_fails(self, words, done, start):
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertRegex(done.stderr, words)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertLess(time.monotonic() - start, 10)

    def fails(self, words, user="alice", **where):
        start = time.monotonic()
        self.assert_fails(words, self.run_to_end(user, stdin="bob hello\n", **where), start)

    def test_nobody_listens(self):
        port = free_port()
        self.fails(f"Nobody listens on 127.0.0.1:{port} ", port=port)

    def test_the_password_is_wrong(self):
        self.use_broker(passwords={"alice": "something else"})
        self.fails(rf"127.0.0.1:{self.broker.port} refused alice: .*password")

    def test_the_user_is_unknown(self):
        self.fails("refused stranger: ", user="stranger")

    def test_the_port_is_an_ssh_servers(self):
        port = self.keep(TextServer(b"SSH-2.0-OpenSSH_9.2p1\r\n")).port
        self.fails(rf"127.0.0.1:{port} .*does not speak MQTT", port=port)

    def test_the_port_is_a_web_servers(self):
        port = self.keep(TextServer(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")).port
        self.fails(rf"127.0.0.1:{port} .*does not speak MQTT", port=port)

    def test_the_port_stays_silent(self):
        port = self.keep(TextServer()).port
        self.fails(rf"127.0.0.1:{port} .*does not speak MQTT", port=port)

    def test_the_port_closes_at_once(self):
        port = self.keep(FakeBroker(versions=())).port
        self.fails(rf"127.0.0.1:{port} .*does not speak MQTT", port=port)

    def test_each_also_is_an_event(self):
        done = self.run_to_end("alice", port=free_port())
        self.assertRegex(done.stdout, r"\terror\t\*\t\tNobody listens")

    def in_namespace(self, name_server):
        reason = why_not()
        if reason:
            self.skipTest(reason)
        start = time.monotonic()
        command = self.command("alice", host="broker.example", port=1883)
        return self.keep(Namespace(name_server)).run(command, self.home().environment()), start

    def test_the_host_is_unknown(self):
        self.assert_fails(r"No address for broker\.example\.", *self.in_namespace("none such"))

    def test_the_name_service_is_dead(self):
        self.assert_fails(r"No address for broker\.example: the name service", *self.in_namespace("silent"))


class RetriedWhenItWasThere(ChatTest):
    def test_a_password_changed_during_an_outage_ends_the_tries(self):
        alice = self.login("alice")
        self.broker.kill()
        alice.expect(text=LOST)
        passwords = self.broker.directory / "passwd"
        passwords.write_text("".join(line for line in passwords.read_text().splitlines(True)
                                     if not line.startswith("alice:")))
        self.broker.start()
        alice.expect(kind="error", text=re.compile("refused alice"))


class CommandsInOneBreath(ChatTest):
    """Connects and disconnects on top of each other: the last word counts, nothing hangs."""

    def test_two_connects_make_one_connection(self):
        alice = self.login("alice")
        alice.send("/connect 127.0.0.1", "/connect 127.0.0.1", "#dev hello")
        alice.expect(kind="sent", text="hello")
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_a_disconnect_takes_a_connect_back(self):
        alice = self.login("alice", "--stay")
        alice.send("/connect 127.0.0.1", "/disconnect")
        alice.expect(kind="info", text=re.compile("Disconnected"))
        alice.send("#dev hello")
        alice.expect(kind="info", text=re.compile("Not connected"))
        self.assertEqual(len(alice.all(kind="info", text=re.compile("Connected to"))), 1, alice.said())
        self.assertEqual(alice.quit(), 1, alice.said())

    def test_lines_that_no_connection_waits_for_end_with_code_one(self):
        alice = self.login("alice")
        alice.send(*(f"#dev line {number}" for number in range(200)), "/disconnect")
        alice.close_stdin()
        self.assertEqual(alice.wait(), 1, alice.said())


if __name__ == "__main__":
    main()
