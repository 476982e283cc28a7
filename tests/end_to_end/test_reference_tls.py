# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference broker's three listeners, and the certificates that mosquitto/start takes for them."""

import itertools
import os
import shutil
import signal
import socket
import ssl
import warnings

from support import GNATTER, PLUGIN_DIRECTORY, Gnatter, eventually, main
from support.gnatter import Home
from support.pki import Pki
from support.reference_case import ReferenceTest


class Listeners(ReferenceTest):
    def test_three_users_by_three_listeners_are_in_one_chat(self):
        broker, ca = self.broker(["bob", "carol"]), ["--cafile", str(self.pki.cafile)]
        alice = self.pki.files("alice")
        clients = {
            "alice": self.client("-V", "-p", str(broker.x509_port), *ca, "--cert", str(alice.certificate), "--key",
                                 str(alice.key)),
            "bob": self.client("-v", "-p", str(broker.tls_port), *ca, "-u", "bob", "-P", "bob"),
            "carol": self.client("-p", str(broker.port), "-u", "carol", "-P", "carol")}
        for name, client in clients.items():
            client.expect(kind="login", sender=name)
        for (sender, one), (receiver, other) in itertools.permutations(clients.items(), 2):
            one.say("#dev", f"to {receiver}")
            one.say(receiver, "hello")
            other.expect(kind="message", window="#dev", sender=sender, text=f"to {receiver}")
            other.expect(kind="message", window=sender, sender=sender, text="hello")
        self.assertEqual([client.quit() for client in clients.values()], [0, 0, 0])

    def client(self, *options):
        home = Home()
        self.addCleanup(home.remove)
        plugins = ["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []
        client = Gnatter([GNATTER, "--headless", "-h", "localhost", *plugins, "-j", "dev", *options], home)
        self.addCleanup(client.stop)
        return client

    def test_the_oldest_version(self):
        broker = self.broker()
        for port in (broker.tls_port, broker.x509_port):
            for version, works in (("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)):
                with self.subTest(version, port=port):
                    self.assertEqual(self.handshake(port, version), version.replace("_", ".") if works else
                                     "TLSV1_ALERT_PROTOCOL_VERSION")

    def handshake(self, port, version):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.pki.cafile)
        context.load_cert_chain(*self.pki.files("alice")[:2])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, version)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")  # else we ourselves would not speak 1.1
        try:
            with context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname="localhost") as line:
                return line.version()
        except ssl.SSLError as error:
            return error.reason

    def test_a_renewed_certificate_is_shown_after_a_hup(self):
        pki = self.new_pki()
        broker = self.broker(pki=pki)
        before = self.serial(broker)
        for path in pki.files("localhost")[:2]:
            path.unlink()
        pki.server("localhost", "127.0.0.1", "::1")
        self.assertEqual(self.serial(broker), before)
        os.kill(broker.pid, signal.SIGHUP)
        eventually(lambda: self.serial(broker) != before, "the new certificate")
        self.assert_works(broker, "tls")

    def serial(self, broker):
        pem = ssl.get_server_certificate(("127.0.0.1", broker.tls_port))
        return ssl.PEM_cert_to_DER_cert(pem)

    def test_without_certificates_it_says_how_to_make_them(self):
        broker = self.broker(pki=self.empty(), listen=False)
        commands = {"localhost": ["certs/pki ca", "certs/pki server localhost 127.0.0.1 ::1"],
                    "broker.example": ["certs/pki ca", "certs/pki server broker.example"]}
        for server, words in commands.items():
            self.assert_refused(broker_run(broker, server), "There is no", "mqtt_ca.crt", *words, "--plain")
        broker.pki.ca()
        done = broker_run(broker, "localhost")
        self.assert_refused(done, "There is no", "localhost.crt", commands["localhost"][1])
        self.assertNotIn("pki ca\n", done.stderr)
        broker.pki.server("localhost")
        broker.start()

    def empty(self):
        pki = Pki()
        self.addCleanup(pki.remove)
        return pki

    def test_certificates_that_no_client_would_trust(self):
        pki = self.new_pki()
        pki.odd("expired", ends=-1)
        pki.odd("future", begins=1)
        pki.odd("selfsigned", signer=None)
        pki.client_as_server("client")
        for server, words in {"expired": "expired", "future": "not yet valid", "selfsigned": "self-signed",
                              "client": "purpose"}.items():
            with self.subTest(server):
                done = broker_run(self.broker(pki=pki, listen=False), server)
                self.assert_refused(done, f"{server}.crt", words, "certs/pki")

    def test_a_key_of_another_certificate(self):
        pki = self.new_pki()
        pki.server("other")
        shutil.copy(pki.files("other").key, pki.files("localhost").key)
        self.assert_refused(self.broker(pki=pki, listen=False).run(), "localhost.key", "is not the key of")

    def test_files_that_are_no_certificates(self):
        for name in ("mqtt_ca.crt", "localhost.crt"):
            pki = self.new_pki()
            (pki.directory / name).write_text("hello\n")
            self.assert_refused(self.broker(pki=pki, listen=False).run(), name, "no certificate")


def broker_run(broker, server):
    return broker.run("-s", server)


if __name__ == "__main__":
    main()
