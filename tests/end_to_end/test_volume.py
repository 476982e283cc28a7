# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand messages each way (in the slow run fifty): all there, in order, in bounded memory."""

import os
import subprocess
import threading
import time

from support import SLOW, ChatTest, eventually, main
from support.memory import COST_OF_SANITIZERS, KEEPING_LITTLE

COUNT = 50_000 if SLOW else 10_000
LINES = [f"line {number} of many, with some text behind it" for number in range(COUNT)]
ALLOWED_KILOBYTES = 60_000 + COST_OF_SANITIZERS
LIMIT = 120


class Flood(ChatTest):
    def setUp(self):
        # More may wait for a reader than ever come: what is tested is the client, not mosquitto's limit.
        self.use_broker(limits="max_queued_messages 100000\nmax_queued_bytes 0\nmax_inflight_messages 200\n")

    def pour(self, lines):
        subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", "bob", "-P", "bob",
                        "-V", "5", "-q", "1", "-t", "/chat/group/dev/message/bob", "-l"],
                       input="\n".join(lines) + "\n", text=True, check=True, timeout=LIMIT)

    def test_messages_from_mosquitto_pub_arrive_in_order(self):
        alice = self.login("alice", "-j", "dev", environment=KEEPING_LITTLE)
        before = alice.resident_kilobytes()
        self.pour(LINES)
        alice.expect(kind="message", text=LINES[-1], limit=LIMIT)
        self.assertEqual([event.text for event in alice.all(kind="message", window="#dev")], LINES)
        self.assertLess(alice.resident_kilobytes() - before, ALLOWED_KILOBYTES)
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_lines_of_standard_input_are_sent_in_order(self):
        witness = self.witness("/chat/group/dev/message/#")
        alice = self.login("alice", "-j", "dev", environment=KEEPING_LITTLE)
        before = alice.resident_kilobytes()
        writer = threading.Thread(target=lambda: alice.send(*(f"#dev {line}" for line in LINES)))
        writer.start()
        alice.expect(kind="sent", text=LINES[-1], limit=LIMIT)
        self.assertLess(alice.resident_kilobytes() - before, ALLOWED_KILOBYTES)
        writer.join()
        seen = witness.wait_for("/chat/group/dev/message/alice", COUNT, limit=LIMIT)
        self.assertEqual([message.payload.decode() for message in seen], LINES)
        self.assertEqual([event.text for event in alice.all(kind="sent")], LINES)
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_private_messages_arrive_exactly_once(self):
        alice, bob = self.login("alice"), self.login("bob")
        writer = threading.Thread(target=lambda: alice.send(*(f"bob {line}" for line in LINES)))
        writer.start()
        bob.expect(kind="message", text=LINES[-1], limit=LIMIT)
        writer.join()
        self.assertEqual([event.text for event in bob.all(kind="message", window="alice")], LINES)


class HoldingBack(ChatTest):
    def test_standard_input_is_not_read_while_the_broker_does_not_take_more(self):
        alice = self.login("alice", "-j", "dev")
        line = b"#dev " + b"x" * 1000 + b"\n"
        written = 0
        self.broker.pause()
        pipe = alice.process.stdin.fileno()
        os.set_blocking(pipe, False)
        last_progress = time.monotonic()
        while time.monotonic() - last_progress < 1.0:  # the client had a second and took nothing
            try:
                written += os.write(pipe, line)
                last_progress = time.monotonic()
            except BlockingIOError:
                time.sleep(0.01)
            self.assertLess(written, 8 << 20, "standard input is read without bound")
        self.broker.resume()
        os.set_blocking(pipe, True)
        if written % len(line):
            os.write(pipe, line[written % len(line):])
        whole = -(-written // len(line))
        self.assertGreater(whole, 100)
        alice.wait_until(lambda: len(alice.all(kind="sent")) == whole, f"{whole} lines sent", limit=60)
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_memory_stays_bounded_when_nobody_reads_the_output(self):
        self.use_broker(limits="max_queued_messages 100000\nmax_queued_bytes 0\nmax_inflight_messages 200\n")
        alice = self.login("alice", "-j", "dev", environment=KEEPING_LITTLE)
        alice.send("/help quit")
        alice.expect(kind="info")
        before = alice.resident_kilobytes()
        alice.reading.clear()
        text = "y" * 10_000
        done = subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", "bob", "-P",
                               "bob", "-V", "5", "-q", "1", "-t", "/chat/group/dev/message/bob", "-l"],
                              input="".join(f"{number} {text}\n" for number in range(6000)), text=True, check=False,
                              timeout=LIMIT)
        self.assertEqual(done.returncode, 0)
        self.settle(alice)
        self.assertLess(alice.resident_kilobytes() - before, ALLOWED_KILOBYTES)
        alice.reading.set()
        alice.wait_until(lambda: len(alice.all(kind="message")) == 6000, "all of it once it is read", limit=LIMIT)
        self.assertEqual([int(event.text.split()[0]) for event in alice.all(kind="message")], list(range(6000)))

    @staticmethod
    def settle(client):
        """Waits until the client uses no more processor time: it has taken what it will take."""
        def ticks():
            fields = open(f"/proc/{client.pid}/stat", encoding="ascii").read().rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])
        last = [ticks()]

        def quiet():
            time.sleep(0.5)
            now = ticks()
            still = now - last[0] <= 1
            last[0] = now
            return still
        eventually(quiet, "the client rests", limit=60)


if __name__ == "__main__":
    main()
