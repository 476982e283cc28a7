# SPDX-License-Identifier: GPL-3.0-or-later
"""A test of TLS: a CA by certs/pki, a broker with its certificate, users with theirs."""

import threading

from .authority import Authority, fingerprint
from .broker import TlsFiles
from .case import GNATTER, PLUGIN_DIRECTORY, ChatTest
from .pki import Pki
from .process import run


class TlsTest(ChatTest):
    """`self.server`: the certificate that brokers have (TlsFiles); `self.users`: those of users; `self.ca`: the CA of
    all of them (Authority). They are made once a class and never changed by a test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pki = Pki()
        cls.addClassCleanup(cls.pki.remove)
        cls.pki.ca()
        cls.ca = Authority(cls.pki.directory, cls.pki.cafile, cls.pki.directory / "mqtt_ca.key")
        cls.server = trusted(cls, cls.pki.server("localhost", "127.0.0.1", "::1"))
        cls.users = {name: trusted(cls, cls.pki.user(name)) for name in ("alice", "bob")}

    def make_broker(self, **options):
        return super().make_broker(**{"tls": self.server, **options})

    def another_ca(self):
        """A CA that nobody has been told to trust."""
        return Authority.make(self.pki.directory)

    def ca_options(self, ca=None):
        return ["--cafile", str(ca or self.ca.certificate)]

    def tls_options(self, ca=None):
        return ["-v", *self.ca_options(ca)]

    def certificate_options(self, user=None, files=None, ca=None, switch=True):
        """`files`: TlsFiles of the user's certificate; without a key there is no option for it."""
        files = files or self.users[user]
        return [*(["-V"] if switch else []), *self.ca_options(ca), "--cert", str(files.certificate),
                *(["--key", str(files.key)] if files.key else [])]

    def login_tls(self, user, *options, broker=None, **more):
        broker = broker or self.broker
        return self.login(user, *self.tls_options(), *options,
                          **{"broker": broker, "port": broker.tls_port, "host": "localhost", **more})

    def login_certificate(self, user, *options, files=None, broker=None, **more):
        """By the certificate alone: neither -u nor a password."""
        broker = broker or self.broker
        return self.login(None, *self.certificate_options(user, files), *options, name=user, password=False,
                          **{"broker": broker, "port": broker.x509_port, "host": "localhost", **more})

    def run_words(self, *words, stdin="", home=None, environment=None):
        """The client with these words; the finished process."""
        return run(*self.words(*words), stdin=stdin, env=(home or self.home()).environment(**(environment or {})))

    @staticmethod
    def words(*words):
        return [GNATTER, "--headless", *(["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []), *words]

    @staticmethod
    def feed(client, lines):
        """Writes lines from a thread of its own, as a pipe takes them; the thread."""
        data = "".join(line + "\n" for line in lines).encode()
        feeder = threading.Thread(target=client.write, args=(data,), daemon=True)
        feeder.start()
        return feeder

    @staticmethod
    def fingerprint(certificate):
        return fingerprint(certificate)


def trusted(cls, files):
    return TlsFiles(files.certificate, files.key, cls.pki.cafile)
