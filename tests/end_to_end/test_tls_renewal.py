# SPDX-License-Identifier: GPL-3.0-or-later
"""A broker whose certificate changes while the line is lost: the same CA goes on, another one stops it."""

import re
import shutil
import signal

from support import FakeBroker, Proxy, TextServer, TlsServer, eventually, main, server_context
from support.broker import TlsFiles
from support.tls_case import Folder, TlsTest, fingerprint

LOST = re.compile("line is lost|no answer|OFF")
BACK = re.compile("is back")
UNTRUSTED = re.compile("nobody you trust has signed")


def numbers(events):
    return [int(event.text.split()[-1]) for event in events]


class RenewingTest(TlsTest):
    """`self.proxies`: the line of each user."""

    def setUp(self):
        self.folder = self.keep(Folder())
        self.live = TlsFiles(self.folder.path / "server.crt", self.folder.path / "server.key", self.pki.cafile)
        self.install(self.server)
        self.use_broker(tls=self.live)  # persistent, mosquitto 2.0.11 now and then crashes after a SIGHUP
        self.proxies = {}

    def install(self, files):
        shutil.copy(files.certificate, self.live.certificate)
        shutil.copy(files.key, self.live.key)

    def renew(self, files):
        """As an operator does: the files are replaced, and the broker is told, which goes on."""
        self.assertNotEqual(fingerprint(files.certificate), fingerprint(self.live.certificate))
        count = sum("Reloading config" in line for line in self.broker.log_lines())
        self.install(files)
        self.broker.process.send_signal(signal.SIGHUP)
        self.broker.wait_for_log("Reloading config", count + 1)

    def chat_by_proxy(self, user, *options, certificate=False):
        proxy = self.proxies[user] = self.keep(Proxy(self.broker.x509_port if certificate else self.broker.tls_port))
        login = self.login_certificate if certificate else self.login_tls
        client = login(user, "-j", "dev", *options, port=proxy.port)
        # It comes once the client has the PUBCOMP of its login: from then on the session can be resumed.
        self.broker.wait_for_log(f"Received PUBLISH from {re.escape(client.client_id)} .*'/chat/user/{user}/status'")
        return client

    def cut(self, *clients):
        for proxy in self.proxies.values():
            proxy.refusing = True
            proxy.cut()
        for client in clients:
            client.expect(text=LOST)

    def mend(self):
        for proxy in self.proxies.values():
            proxy.recorded.clear()
            proxy.refusing = False

    def wait_until_resumed(self, client):
        self.broker.wait_for_log(rf"Sending CONNACK to {re.escape(client.client_id)} \(1, 0\)")  # session present

    def assert_nothing_sent(self, user):
        for secret in (b"MQTT", user.encode(), b"line 0", b"/chat/"):
            self.assertNotIn(secret, self.proxies[user].recorded)


class TheCertificateIsRenewed(RenewingTest):
    """Under the same CA."""

    def test_the_session_goes_on_with_all_that_was_said_meanwhile(self):
        alice, bob = self.chat_by_proxy("alice"), self.chat_by_proxy("bob", certificate=True)
        self.cut(alice, bob)
        alice.send(*(f"#dev line {number}" for number in range(50)), *(f"bob line {number}" for number in range(50)))
        alice.send("/help quit")
        alice.expect(kind="info", text=re.compile("quit"))
        self.assertEqual(alice.all(kind="sent"), [])
        self.publish("carol", "/chat/user/alice/message/carol", "while you were away")
        files = self.odd_server()
        self.renew(files)
        self.mend()
        for client in (alice, bob):
            client.expect(text=BACK)
            self.wait_until_resumed(client)
        alice.expect(kind="message", window="carol", text="while you were away")
        for window in ("#dev", "alice"):
            bob.expect(kind="message", window=window, text="line 49")
            self.assertEqual(numbers(bob.all(kind="message", window=window)), list(range(50)))
        for window in ("#dev", "bob"):
            alice.expect(kind="sent", window=window, text="line 49")
            self.assertEqual(numbers(alice.all(kind="sent", window=window)), list(range(50)))
        self.assertEqual((alice.quit(), bob.quit()), (0, 0), alice.said() + bob.said())

    def test_tls_then_shows_the_new_one(self):
        alice = self.chat_by_proxy("alice")
        files = self.odd_server()
        self.renew(files)
        self.proxies["alice"].cut()
        alice.expect(text=BACK)
        alice.send("/tls")
        alice.expect(kind="info", text=re.compile(fingerprint(files.certificate)))

    def test_a_broker_that_ends_before_it_has_an_opinion_of_our_certificate_is_tried_again(self):
        fake, context = self.keep(FakeBroker()), server_context(self.server, ca=self.pki.cafile)
        context.num_tickets = 0  # the first word of a server that has taken a certificate
        server = self.keep(TlsServer(context, fake.port))
        alice = self.start(None, *self.certificate_options("alice"), "--stay", password=False, port=server.port)
        fake.wait_for_publish("/chat/login", b"alice")
        server.closes = True
        server.cut()
        alice.expect(text=LOST)
        handshakes = len(server.versions)
        eventually(lambda: len(server.versions) > handshakes, "another attempt", detail=server.said)
        server.closes = False
        alice.expect(text=BACK)

    def test_after_a_restart_of_the_broker_too(self):
        self.use_broker(persistent=True, tls=self.live)
        alice = self.chat_by_proxy("alice")
        self.proxies["alice"].cut()  # from now on mosquitto saves the session
        alice.expect(text=BACK)
        self.wait_until_resumed(alice)
        self.broker.renew_certificate(TlsFiles(*self.odd_server()))
        self.broker.wait_for_log(rf"Sending CONNACK to {re.escape(alice.client_id)} \(1, 0\)", 2)
        alice.expect(text=BACK)


class TheCertificateIsSwapped(RenewingTest):
    """For one that nobody trusts."""

    def swap(self, *options):
        """A client that stands before another server than it knew, with two lines that wait."""
        alice = self.chat_by_proxy("alice", *options)
        self.cut(alice)
        alice.send("#dev line 0", "#dev line 1")
        self.renew(self.odd_server(self.elsewhere()))
        self.mend()
        return alice

    def others_log_in(self):
        """On the plain listener, a few times: long enough for a wrong attempt of alice's."""
        for _ in range(5):
            self.assertEqual(self.login("carol").quit(), 0)

    def test_it_stops_says_so_once_and_keeps_what_waits(self):
        alice = self.swap("--stay")
        told = alice.expect(kind="error", text=UNTRUSTED, limit=40)
        self.assertIn(fingerprint(self.live.certificate), told.text)
        self.assertNotIn("Next try", told.text)
        attempts = self.proxies["alice"].connections
        self.others_log_in()
        self.assertEqual(self.proxies["alice"].connections, attempts)
        self.assertEqual(len(alice.all(text=UNTRUSTED)), 1)
        self.assertEqual(alice.all(kind="sent"), [])
        self.assert_nothing_sent("alice")
        alice.send("/pending")
        alice.expect(kind="info", text=re.compile("line 0"))

    def test_swapped_back_it_goes_on_when_asked_to(self):
        bob, alice = self.login("bob", "-j", "dev"), self.swap("--stay")
        alice.expect(kind="error", text=UNTRUSTED, limit=40)
        self.renew(self.server)
        alice.send("/connect")
        for number in range(2):
            bob.expect(kind="message", sender="alice", text=f"line {number}")
            alice.expect(kind="sent", text=f"line {number}")
        alice.send("#dev line 2")
        bob.expect(kind="message", sender="alice", text="line 2")
        self.assertEqual(numbers(bob.all(kind="message", sender="alice")), [0, 1, 2])

    def test_a_client_that_need_not_stay_ends_and_tells_what_was_not_sent(self):
        alice = self.swap()
        self.assertEqual(alice.wait(40), 1, alice.said())
        errors = "\n".join(alice.errors)
        self.assertRegex(errors, UNTRUSTED)
        self.assertIn("2 messages were not sent", errors)
        self.assert_nothing_sent("alice")

    def test_what_was_written_for_an_encrypted_line_goes_out_on_no_other(self):
        alice = self.swap("--stay")
        alice.expect(kind="error", text=UNTRUSTED, limit=40)
        alice.send(f"/connect -plain localhost:{self.broker.port}")
        alice.expect(kind="error", text=re.compile("2 lines wait"))
        alice.send("/discard all", f"/connect -plain localhost:{self.broker.port}", "#dev line 2")
        alice.expect(kind="sent", text="line 2")
        self.assertEqual(numbers(alice.all(kind="sent")), [2])

    def test_what_does_not_speak_tls_in_its_place_is_not_spoken_to(self):
        for what, port in (("plain", self.broker.port), ("silent", self.keep(TextServer()).port)):
            with self.subTest(what=what):
                alice = self.chat_by_proxy("alice")
                proxy = self.proxies["alice"]
                self.cut(alice)
                alice.send("#dev line 0")
                proxy.target_port = port
                self.mend()
                attempts = proxy.connections
                eventually(lambda: proxy.connections >= attempts + 2, "two more attempts")
                self.assert_nothing_sent("alice")
                self.assertEqual(alice.all(kind="sent"), [])
                alice.stop()


if __name__ == "__main__":
    main()
