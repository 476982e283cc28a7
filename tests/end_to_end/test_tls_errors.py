# SPDX-License-Identifier: GPL-3.0-or-later
"""Brokers that are not who they should be, or do not speak TLS: each is told in its own words, asked once, and hears
nothing but a handshake."""

import re

from support import Proxy, TextServer, TlsServer, main, server_context
from support.broker import free_port
from support.gnatter import unescape
from support.pki import openssl
from support.tls_case import TlsTest, fingerprint

SECRETS = {"user": "zaphod", "password": "heart-of-gold", "client id": "device-4711", "text": "life-and-everything"}
SSH = b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"


class Refused(TlsTest):
    """Clients that are to end without having been anywhere."""

    def try_to_chat(self, port, *options, host="127.0.0.1"):
        """A client with all its secrets at hand, at the end of its input; the finished process."""
        return self.run_words("-h", host, "-p", str(port), "-u", SECRETS["user"], "-P", SECRETS["password"],
                              "--client-id", SECRETS["client id"], *options, stdin=f"bob {SECRETS['text']}\n")

    def refuse(self, port, *options, host="127.0.0.1"):
        """What it says after one connection over which nothing but a handshake went; it says so once."""
        proxy = self.keep(Proxy(port))
        done = self.try_to_chat(proxy.port, *(options or self.tls_options()), host=host)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(proxy.connections, 1, done.stdout)
        self.assert_nothing_but_a_handshake(bytes(proxy.recorded))
        errors = [line.split("\t")[4] for line in done.stdout.splitlines() if "\terror\t" in line]
        self.assertEqual(len(errors), 1, done.stdout)
        self.assertEqual(done.stderr, f"gnatter: {unescape(errors[0])}\n")
        self.assertNotIn("Next try", errors[0])
        return errors[0]

    def assert_nothing_but_a_handshake(self, sent):
        for what, secret in [*SECRETS.items(), ("protocol", "MQTT")]:
            self.assertNotIn(secret.encode(), sent, what)
        self.assertIn(b"\x16\x03\x01", sent[:3])
        for kind, _ in records(sent):
            self.assertIn(kind, (20, 21, 22, 23))  # change of cipher, alert, handshake, and what TLS 1.3 hides

    def serve(self, files, **context):
        """A server with this certificate."""
        return self.keep(TlsServer(server_context(files, **context)))

    def refuse_server(self, files, host="127.0.0.1", **context):
        """What it says of a server with this certificate, inside whose TLS nothing was heard."""
        server = self.serve(files, **context)
        sentence = self.refuse(server.port, host=host)
        self.assertEqual((bytes(server.received), server.connections), (b"", 1), server.said())
        return sentence

    def assert_names(self, sentence, certificate):
        """Subject, issuer and fingerprint are in the sentence, as openssl says them."""
        self.assertIn(fingerprint(certificate), sentence)
        said = openssl("x509", "-in", str(certificate), "-noout", "-subject", "-issuer", "-nameopt", "multiline,utf8")
        for name in re.findall("= (.*)", said):
            self.assertIn(name, sentence)


class NotToBeTrusted(Refused):
    def test_a_ca_that_is_not_ours(self):
        files = self.odd_server(self.elsewhere())
        broker = self.make_broker(tls=files)
        sentence = self.refuse(broker.tls_port)
        self.assert_names(sentence, files.certificate)
        self.assertIn(str(self.pki.cafile), sentence)
        self.assertNotIn("New client", "\n".join(broker.log_lines()))

    def test_a_ca_of_the_same_name_with_another_key(self):
        pki = self.new_pki()
        pki.ca()
        files = self.odd_server(pki)
        self.assert_names(self.refuse_server(files), files.certificate)

    def test_a_self_signed_certificate(self):
        files = self.odd_server(signer=None)
        self.assert_names(self.refuse_server(files), files.certificate)

    def test_an_intermediate_ca_that_is_not_sent(self):
        pki = self.new_pki()
        pki.chained_server()
        files = self.odd_server(pki, signer="intermediate")
        server = self.serve(files)
        sentence = self.refuse(server.port, *self.tls_options(pki.cafile))
        self.assert_names(sentence, files.certificate)

    def test_an_expired_certificate(self):
        files = self.odd_server(begins=-100, ends=-19)
        broker = self.make_broker(tls=files)
        sentence = self.refuse(broker.tls_port)
        self.assertRegex(sentence, r"expired on \d+ [A-Z][a-z]{2} 20\d\d, 19 days ago")
        self.assert_names(sentence, files.certificate)

    def test_an_expired_ca(self):
        pki = self.new_pki()
        pki.odd_ca(begins=-100, ends=-19)
        files = self.odd_server(pki)
        server = self.serve(files)
        sentence = self.refuse(server.port, *self.tls_options(pki.cafile))
        self.assertRegex(sentence, r"expired on \d+ [A-Z][a-z]{2} 20\d\d, 19 days ago")
        self.assert_names(sentence, pki.cafile)

    def test_a_certificate_that_is_not_yet_valid(self):
        files = self.odd_server(begins=19.5, ends=30)
        sentence = self.refuse_server(files)
        self.assertRegex(sentence, r"in (19|20) days")
        self.assertIn("clock", sentence)
        self.assert_names(sentence, files.certificate)

    def test_a_certificate_for_another_host(self):
        names = ("DNS:mqtt.example", "DNS:*.chat.example", "IP:192.0.2.7")
        files = self.odd_server(subject="/CN=mqtt.example", names=names)
        broker = self.make_broker(tls=files)
        for host in ("localhost", "127.0.0.1"):
            with self.subTest(host=host):
                sentence = self.refuse(broker.tls_port, host=host)
                for name in names:
                    self.assertIn(name.split(":")[1], sentence)
                self.assertIn(f"not for {host}", sentence)
                self.assert_names(sentence, files.certificate)

    def test_a_name_in_the_subject_is_no_address(self):
        files = self.odd_server(subject="/CN=127.0.0.1", names=("DNS:localhost",))
        self.assertIn("not for 127.0.0.1", self.refuse_server(files))

    def test_a_certificate_for_clients(self):
        files = self.odd_server(purpose="clientAuth")
        self.assert_names(self.refuse_server(files), files.certificate)

    def test_control_characters_of_a_certificate_are_not_shown(self):
        for number, subject in enumerate(("/CN=a\x1b]0;owned\x07b\x1b[31mc", "/CN=x\r\ny\tz", "/CN=\u202egpj.exe")):
            with self.subTest(subject=subject):
                files = self.odd_server(subject=subject, signer=None, names=("DNS:localhost",))
                server = self.serve(files)
                done = self.try_to_chat(server.port, *self.tls_options())
                said = done.stdout + done.stderr
                self.assertEqual(done.returncode, 1, said)
                self.assertIn(fingerprint(files.certificate), said)
                self.assertNotRegex(said.replace("\n", "").replace("\t", ""), "[\x00-\x1f\x7f-\x9f\u202e]")
                self.assertEqual(said.count("\n"), 2, said)


class TwoServersBehindOneAddress(Refused):
    """The right one is looked at, and the line itself gets to the other."""

    def test_the_line_itself_is_checked_too(self):
        elsewhere = {"subject": "/CN=x.example", "names": ("DNS:x.example",)}
        for words, files in (("nobody you trust has signed", self.odd_server(self.elsewhere())),
                             ("is for x.example, not for", self.odd_server(**elsewhere)),
                             ("expired on", self.odd_server(begins=-10, ends=-2)),
                             ("cannot be used", self.odd_server(purpose="clientAuth"))):
            for host in ("localhost", "127.0.0.1"):
                with self.subTest(words=words, host=host):
                    server = self.serve(self.server)
                    server.switch(server_context(files))
                    done = self.try_to_chat(server.port, *self.tls_options(), host=host)
                    self.assertEqual((done.returncode, bytes(server.received)), (1, b""), server.said())
                    self.assertIn(words, done.stderr)
                    self.assertIn(fingerprint(files.certificate), done.stderr)
                    self.assertGreater(len(server.names), 1)


class NoTls(Refused):
    def test_a_plain_listener(self):
        sentence = self.refuse(self.broker.port)
        self.assertIn("does not speak TLS", sentence)
        self.assertNotIn("New client", "\n".join(self.broker.log_lines()))

    def test_servers_of_another_kind(self):
        for what, server in (("SSH", TextServer(SSH)), ("silent", TextServer()), ("closing", TextServer(closes=True))):
            with self.subTest(server=what):
                self.assertRegex(self.refuse(self.keep(server).port), "does not speak TLS|not.* TLS")
                self.assertEqual(server.connections, 1)

    def test_a_server_that_knows_only_tls_1_1(self):
        server = self.serve(self.server, versions=("TLSv1", "TLSv1_1"))
        sentence = self.refuse(server.port)
        self.assertIn("TLS 1.2", sentence)
        self.assertEqual((server.versions, len(server.failures)), ([], 1))

    def test_nobody_listens(self):
        port = free_port()
        for options in (self.tls_options(), []):
            done = self.try_to_chat(port, *options)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, rf"^gnatter: Nobody listens on 127\.0\.0\.1:{port} [^\n]*\n$")

    def test_a_plain_client_at_a_port_for_tls(self):
        done = self.try_to_chat(self.broker.tls_port)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, rf"\terror\t.*127\.0\.0\.1:{self.broker.tls_port}.* TLS")
        self.assertIn("-v", done.stdout)


class OurCertificate(Refused):
    def test_a_port_that_wants_one_and_gets_none(self):
        for versions in (("TLSv1_2", "TLSv1_2"), ("TLSv1_3", "TLSv1_3")):
            with self.subTest(versions=versions):
                server = self.serve(self.server, ca=self.pki.cafile, versions=versions)
                self.assert_wants_one(self.refuse(server.port))
                self.assertEqual(server.received, b"")
        self.assert_wants_one(self.refuse(self.broker.x509_port))

    def assert_wants_one(self, sentence):
        self.assertRegex(sentence, "wants .*certificate")
        self.assertIn("-V", sentence)

    def test_one_of_another_ca(self):
        files = self.odd_user(self.elsewhere())
        for versions in (("TLSv1_2", "TLSv1_2"), ("TLSv1_3", "TLSv1_3")):
            with self.subTest(versions=versions):
                server = self.serve(self.server, ca=self.pki.cafile, versions=versions)
                self.assert_refused(self.refuse(server.port, *self.certificate_options(files=files)), files)
                self.assertEqual(server.received, b"")
        sentence = self.refuse(self.broker.x509_port, *self.certificate_options(files=files))
        self.assert_refused(sentence, files)

    def assert_refused(self, sentence, files):
        self.assertIn("unknown CA", sentence)
        self.assert_names(sentence, files.certificate)

    def test_one_for_servers(self):
        files = self.odd_user(purpose="serverAuth")
        sentence = self.refuse(self.broker.x509_port, *self.certificate_options(files=files))
        self.assert_names(sentence, files.certificate)

    def test_one_that_the_server_does_not_ask_for_is_no_login(self):
        server = self.keep(TlsServer(server_context(self.server), self.broker.port))
        done = self.run_words("-h", "127.0.0.1", "-p", str(server.port), *self.certificate_options("alice"), stdin="")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("refused alice", done.stdout)


def records(sent):
    """The kinds and lengths of the records of TLS in `sent`; it consists of nothing else."""
    while sent:
        kind, version, length = sent[0], sent[1], int.from_bytes(sent[3:5], "big")
        assert version == 3 and len(sent) >= 5 + length, sent[:80]
        yield kind, length
        sent = sent[5 + length:]


if __name__ == "__main__":
    main()
