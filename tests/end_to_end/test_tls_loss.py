# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines over TLS that are cut, and brokers that are killed, under traffic."""

from support import SLOW, Proxy, main
from support.tls_case import TlsTest


def numbers(events):
    return [int(event.text.split()[-1]) for event in events]


class TheBrokerGoes(TlsTest):
    KILLS = 20 if SLOW else 5

    def test_under_traffic_nothing_is_lost_or_out_of_order(self):
        broker = self.use_broker(persistent=True)
        proxies = [self.keep(Proxy(broker.tls_port)) for _ in range(2)]
        alice = self.login_tls("alice", "-j", "dev", port=proxies[0].port)
        bob = self.login_tls("bob", "-j", "dev", port=proxies[1].port)
        for start in range(0, 100 * self.KILLS, 100):
            alice.send(*(f"#dev line {number}" for number in range(start, start + 100)))
            alice.send(*(f"bob line {number}" for number in range(start, start + 100)))
            bob.expect(kind="message", window="#dev", text=f"line {start + 5}", limit=40)
            proxies[start // 100 % 2].cut()
        for window in ("#dev", "alice"):
            bob.expect(kind="message", window=window, text=f"line {100 * self.KILLS - 1}", limit=40)
            self.assertEqual(numbers(bob.all(kind="message", window=window)), list(range(100 * self.KILLS)), window)
        self.assertEqual((alice.quit(), bob.quit()), (0, 0), alice.said() + bob.said())

    def test_a_killed_broker_gets_every_line_in_order(self):
        broker = self.use_broker(persistent=True)
        alice, bob = self.login_tls("alice", "-j", "dev"), self.login_certificate("bob", "-j", "dev")
        for start in range(0, 100 * self.KILLS, 100):
            alice.send(*(f"#dev line {number}" for number in range(start, start + 100)))
            alice.expect(kind="sent", text=f"line {start + 10}", limit=40)
            broker.kill()
            broker.start()
        alice.expect(kind="sent", text=f"line {100 * self.KILLS - 1}", limit=40)
        self.assertEqual(numbers(alice.all(kind="sent")), list(range(100 * self.KILLS)))
        alice.say("bob", "the end")
        bob.expect(kind="message", window="alice", text="the end", limit=40)
        received = numbers(bob.all(kind="message", window="#dev"))
        self.assertEqual(received, sorted(set(received)))


if __name__ == "__main__":
    main()
