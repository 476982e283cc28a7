# SPDX-License-Identifier: GPL-3.0-or-later
"""Chat over TLS, by password and by certificate: all that works on a plain line, on real listeners."""

import re
import signal

from support import FakeBroker, TlsServer, main, mqtt, server_context
from support.tls_case import TlsTest, feed, fingerprint

LOGOUT = "/chat/logout"


class ByPassword(TlsTest):
    def test_two_users_chat(self):
        alice, bob = self.login_tls("alice", "-j", "dev"), self.login_tls("bob", "-j", "dev")
        alice.say("bob", "hello bob")
        alice.expect(kind="sent", text="hello bob")
        bob.expect(kind="message", window="alice", sender="alice", text="hello bob")
        bob.say("#dev", "hello all")
        alice.expect(kind="message", window="#dev", sender="bob", text="hello all")
        self.assertEqual((alice.quit(), bob.quit()), (0, 0), alice.said() + bob.said())
        self.assertIn("PUBLISH /chat/user/bob/message/alice q2 r0", self.broker.steps(alice.client_id))
        self.broker.wait_for_log(f"New connection from .* on port {self.broker.tls_port}", 2)
        self.assertNotIn(f" on port {self.broker.port}.", "\n".join(self.connections()))

    def connections(self):
        return [line for line in self.broker.log_lines() if line.startswith("New connection")]

    def test_the_start_says_that_the_line_is_encrypted(self):
        alice = self.login_tls("alice")
        alice.expect(kind="info", text=re.compile(r"Connected to localhost:\d+ as alice \(MQTT 5, TLS 1\.3\)"))

    def test_a_host_by_name_and_by_address(self):
        for host, address in (("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1")):
            with self.subTest(host=host):
                server = self.keep(TlsServer(server_context(self.server), self.broker.port, host=address))
                alice = self.login("alice", *self.tls_options(), host=host, port=server.port)
                self.assertEqual(alice.quit(), 0, alice.said())
                if host == "localhost":
                    self.assertEqual(set(server.names), {"localhost"})
                self.assertEqual((set(server.versions), server.failures), ({"TLSv1.3"}, []))

    def test_a_server_that_knows_only_tls_1_2(self):
        context = server_context(self.server, versions=("TLSv1_2", "TLSv1_2"))
        server = self.keep(TlsServer(context, self.broker.port))
        alice = self.login("alice", *self.tls_options(), port=server.port)
        alice.expect(kind="info", text=re.compile(r"\(MQTT 5, TLS 1\.2\)"))
        self.assertEqual(set(server.versions), {"TLSv1.2"})

    def test_a_server_that_knows_only_mqtt_3_1_1(self):
        fake = self.keep(FakeBroker(versions=(4,)))
        server = self.keep(TlsServer(server_context(self.server), fake.port))
        alice = self.start("alice", *self.tls_options(), port=server.port)
        alice.expect(kind="info", text=re.compile(r"\(MQTT 3\.1\.1, TLS 1\.3\)"))
        fake.wait_for_publish("/chat/login", b"alice")
        fake.send("/chat/user/alice/message/bob", b"over TLS")
        alice.expect(kind="message", window="bob", text="over TLS")
        self.assertEqual(alice.quit(), 0, alice.said())
        self.assertEqual([connect.version for connect in fake.connects], [5, 4])

    def test_a_wrong_password_is_refused_as_on_a_plain_line(self):
        done = self.run_to_end("alice", *self.tls_options(), "-P", "wrong", password=False, host="localhost",
                               port=self.broker.tls_port)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("refused alice: wrong name or password", done.stdout + done.stderr)

    def test_a_signature_by_way_of_an_intermediate_ca(self):
        pki = self.new_pki()
        server = self.keep(TlsServer(server_context(pki.chained_server()), self.broker.port))
        alice = self.login("alice", *self.tls_options(pki.cafile), port=server.port)
        self.assertEqual(alice.quit(), 0, alice.said())


class MuchAndLong(TlsTest):
    LINES = 5000

    def test_nothing_of_a_flood_in_both_directions_is_lost_or_out_of_order(self):
        alice, bob = self.login_tls("alice", "-j", "dev"), self.login_tls("bob", "-j", "dev")
        pairs = ((alice, "alice", bob), (bob, "bob", alice))
        for client, _, _ in pairs:
            client.feeder = feed(client, (f"#dev line {number}" for number in range(self.LINES)))
        for _, name, other in pairs:
            other.expect(kind="message", sender=name, text=f"line {self.LINES - 1}", limit=90)
        for client, name, other in pairs:
            client.feeder.join()
            client.expect(kind="sent", text=f"line {self.LINES - 1}", limit=90)
            wanted = [f"line {number}" for number in range(self.LINES)]
            self.assertEqual([event.text for event in other.all(kind="message", sender=name)], wanted)
            self.assertEqual([event.text for event in client.all(kind="sent")], wanted)
        self.assertEqual((alice.quit(), bob.quit()), (0, 0), alice.said() + bob.said())

    def test_a_long_message_arrives_whole(self):
        alice, bob = self.login_tls("alice"), self.login_tls("bob")
        text = "".join(f"{number:09} " for number in range(10_000)) + "end"
        alice.say("bob", text)
        bob.expect(kind="message", sender="alice", text=text)
        bob.say("alice", text)
        alice.expect(kind="message", sender="bob", text=text)


class TheEnd(TlsTest):
    def test_a_quit_is_a_logout_and_no_will(self):
        witness = self.witness()
        alice = self.login_tls("alice", "--will-delay", "0")
        self.assertEqual(alice.quit(), 0, alice.said())
        witness.expect(LOGOUT, "alice")
        steps = self.broker.steps(alice.client_id)
        self.assertEqual(steps[-1], "DISCONNECT", steps)
        self.login("bob").quit()  # behind it: a Will would have come before
        witness.expect(LOGOUT, "bob")
        self.assertEqual([message.payload for message in witness.on(LOGOUT)], [b"alice", b"bob"])

    def test_a_killed_client_is_logged_out_by_its_will(self):
        witness = self.witness()
        alice = self.login_tls("alice", "--will-delay", "0")
        alice.terminate(signal.SIGKILL)
        witness.expect(LOGOUT, "alice")

    def test_sigterm_is_a_logout(self):
        witness = self.witness()
        alice = self.login_tls("alice", "--will-delay", "0")
        alice.terminate()
        alice.wait()
        witness.expect(LOGOUT, "alice")
        self.assertEqual(self.broker.steps(alice.client_id)[-1], "DISCONNECT")

    def test_an_end_of_input_at_once_loses_nothing(self):
        bob = self.login_tls("bob")
        for number in range(3):
            done = self.run_to_end("alice", *self.tls_options(), stdin=f"bob quick {number}\n", host="localhost",
                                   port=self.broker.tls_port)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            bob.expect(kind="message", sender="alice", text=f"quick {number}")

    def test_a_quit_while_it_connects(self):
        done = self.run_to_end("alice", *self.tls_options(), stdin="/quit\n", host="localhost",
                               port=self.broker.tls_port)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)


class ByCertificate(TlsTest):
    def test_two_users_chat_as_their_certificates_name_them(self):
        alice, bob = self.login_certificate("alice"), self.login_certificate("bob")
        alice.say("bob", "hello bob")
        bob.expect(kind="message", window="alice", sender="alice", text="hello bob")
        bob.say("alice", "hello alice")
        alice.expect(kind="message", window="bob", sender="bob", text="hello alice")
        self.assertEqual((alice.quit(), bob.quit()), (0, 0), alice.said() + bob.said())
        self.broker.wait_for_log(f"New connection from .* on port {self.broker.x509_port}", 2)
        self.broker.wait_for_log("New client connected from .* u'alice'")

    def test_a_password_is_sent_only_when_one_is_given(self):
        for options, password in ([], None), (["-P", "secret"], b"secret"):
            with self.subTest(options=options):
                fake = self.keep(FakeBroker())
                server = self.keep(TlsServer(server_context(self.server, ca=self.pki.cafile), fake.port))
                alice = self.start(None, *self.certificate_options("alice"), *options, password=False, port=server.port)
                fake.wait_for_publish("/chat/login", b"alice")
                self.assertEqual(alice.quit(), 0, alice.said())
                self.assertEqual((fake.connects[0].user, fake.connects[0].password), ("alice", password or b""))
                self.assertEqual(bool(connect_flags(server.received) & 0x40), password is not None)

    def test_another_name_may_be_given_which_this_broker_does_not_take(self):
        alice = self.start("bob", *self.certificate_options("alice"), password=False, port=self.broker.x509_port)
        self.broker.wait_for_log("New client connected from .* u'alice'")
        self.assertNotIn("u'bob'", "\n".join(self.broker.log_lines()))
        alice.expect(kind="info", text=re.compile("Connected to .* as bob"))

    def test_keys_of_other_kinds(self):
        for kind in ("4096", "2048", "ED25519"):
            with self.subTest(kind=kind):
                alice = self.login_certificate("alice", files=self.odd_user(key=kind))
                self.assertEqual(alice.quit(), 0, alice.said())

    def test_a_server_with_an_rsa_key(self):
        broker = self.make_broker(tls=self.odd_server(key="3072"))
        alice = self.login_certificate("alice", broker=broker)
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_the_password_of_a_key_by_a_command(self):
        files = self.encrypted(self.users["alice"], "open sesame")
        alice = self.login_certificate("alice", "--key-password-command", "echo 'open sesame'", files=files)
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_certificate_and_key_in_one_file(self):
        files = self.users["alice"]
        bundle = files.certificate.with_name("alice.pem")
        bundle.write_bytes(files.certificate.read_bytes() + files.key.read_bytes())
        bundle.chmod(0o600)
        alice = self.login_certificate("alice", files=files._replace(certificate=bundle, key=None))
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_the_key_is_looked_for_beside_the_certificate(self):
        files = self.users["alice"]
        self.assertEqual(files.key, files.certificate.with_suffix(".key"))
        alice = self.login_certificate("alice", files=files._replace(key=None))
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_a_certificate_signed_by_way_of_an_intermediate_ca(self):
        pki = self.new_pki()
        middle = (pki.chained_server(), pki.files("intermediate"))[1]
        files = self.odd_user(pki, signer="intermediate")
        files.certificate.write_bytes(files.certificate.read_bytes() + middle.certificate.read_bytes())
        broker = self.make_broker(tls=self.server._replace(ca=pki.cafile))
        alice = self.login_certificate("alice", files=files, broker=broker)
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_both_switches_are_the_certificate(self):
        alice = self.login(None, "-v", *self.certificate_options("alice"), password=False,
                           port=self.broker.x509_port, name="alice")
        self.assertEqual(alice.quit(), 0, alice.said())


class ByCommand(TlsTest):
    """/connect and /tls."""

    def test_a_url_with_mqtts_connects_over_tls(self):
        alice = self.login("alice", *self.ca_options())
        alice.send(f"/connect mqtts://alice@localhost:{self.broker.tls_port}")
        self.assert_connected(alice, r"\(MQTT 5, TLS 1\.3\)", self.broker.tls_port)

    def test_options_of_connect(self):
        alice = self.login("alice", *self.certificate_options("alice", switch=False))
        for option, port, words in (("-tls", self.broker.tls_port, r"\(MQTT 5, TLS 1\.3\)"),
                                    ("-cert", self.broker.x509_port, r"\(MQTT 5, TLS 1\.3\)"),
                                    ("-plain", self.broker.port, r"\(MQTT 5\)")):
            with self.subTest(option=option):
                alice.send(f"/connect {option} localhost:{port}")
                self.assert_connected(alice, words, port)

    def assert_connected(self, client, words, port):
        client.expect(kind="info", text=re.compile(f"Connected to localhost:{port} as alice {words}"))
        client.say("alice", f"to myself on {port}")
        client.expect(kind="sent", text=f"to myself on {port}")
        self.broker.wait_for_log(f"New connection from .* on port {port}")

    def test_a_password_is_for_the_broker_and_the_line_that_it_was_given_for(self):
        self.use_broker(passwords={"alice": "hunter2"})
        fake = self.keep(FakeBroker())
        for where in (f"127.0.0.1:{fake.port}", f"-plain localhost:{fake.port}"):
            with self.subTest(where=where):
                alice = self.login("alice", *self.tls_options(), "-P", "hunter2", password=False, host="localhost",
                                   port=self.broker.tls_port)
                count = len(fake.connects)
                alice.send(f"/connect {where}")
                fake.wait_for_connects(count + 1)
                self.assertNotIn(b"hunter2", [connect.password for connect in fake.connects])
                alice.stop()

    def test_what_tls_says_of_the_line(self):
        alice = self.login_certificate("alice")
        alice.send("/tls")
        alice.send("alice the end")
        alice.expect(kind="sent", text="the end")
        said = "\n".join(event.text for event in alice.all(kind="info"))
        for files in (self.server, self.users["alice"]):
            self.assertIn(fingerprint(files.certificate), said)
        self.assertIn(fingerprint(self.pki.cafile), said)
        for words in ("TLS 1.3", "TLS_", str(self.pki.cafile), "localhost", "CN=alice", "EC P-256"):
            self.assertIn(words, said)

    def test_what_tls_says_of_a_plain_line(self):
        alice = self.login("alice")
        alice.send("/tls", "alice the end")
        alice.expect(kind="sent", text="the end")
        said = "\n".join(event.text for event in alice.all(kind="info"))
        self.assertRegex(said, "(?i)plain|not encrypted|no TLS")
        self.assertNotRegex(said, "SHA-256")


class WithThePrivateBroker(TlsTest):
    def test_it_goes_with_no_tls(self):
        for option in ("-v", "-V"):
            with self.subTest(option=option):
                done = self.run_words("--local", option, "-u", "alice")
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn("--local and --", done.stderr)


def connect_flags(received):
    """Of the first packet, a CONNECT."""
    body = mqtt.Fields(bytes(received)[2 if received[1] < 0x80 else 3:])
    assert body.text() == b"MQTT"
    body.number(1)
    return body.number(1)


if __name__ == "__main__":
    main()
