# SPDX-License-Identifier: GPL-3.0-or-later
"""A test of TLS: a CA by certs/pki, a broker with its certificate, users with theirs."""

import itertools
import pathlib
import shutil
import tempfile
import threading

from .broker import TlsFiles
from .case import GNATTER, PLUGIN_DIRECTORY, ChatTest
from .pki import Pki, openssl
from .process import run


class Folder:
    """For files that a test writes."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-files-"))

    def write(self, name, data, mode=0o600):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        file.chmod(mode)
        return file

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class TlsTest(ChatTest):
    """`self.pki` holds `self.server`, the certificate that brokers have, and `self.users`, those of users: TlsFiles,
    made once a class and never changed by a test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pki = cls.new_pki()
        cls.pki.ca()
        cls.server = of(cls.pki, cls.pki.server("localhost", "127.0.0.1", "::1"))
        cls.users = {name: of(cls.pki, cls.pki.user(name)) for name in ("alice", "bob")}
        cls._numbers = itertools.count(1)

    @classmethod
    def new_pki(cls):
        pki = Pki()
        cls.addClassCleanup(pki.remove)
        return pki

    @classmethod
    def elsewhere(cls):
        """The folder of a CA that nobody has been told to trust."""
        if "_elsewhere" not in vars(cls):
            cls._elsewhere = cls.new_pki()
            cls._elsewhere.odd_ca()
        return cls._elsewhere

    def odd_server(self, pki=None, subject="/CN=localhost", **options):
        """A broker's certificate that is not as it should be, in words of Pki.odd()."""
        pki = pki or self.pki
        return of(pki, pki.odd(f"server-{next(self._numbers)}", subject, **options))

    def odd_user(self, pki=None, subject="/CN=alice", **options):
        pki = pki or self.pki
        return of(pki, pki.odd_user(f"user-{next(self._numbers)}", subject, **options))

    def encrypted(self, files, password):
        """The same with an encrypted key."""
        key = files.key.with_name(f"encrypted-{next(self._numbers)}.key")
        openssl("pkey", "-in", str(files.key), "-aes256", "-passout", f"pass:{password}", "-out", str(key))
        key.chmod(0o600)
        return files._replace(key=key)

    def make_broker(self, **options):
        return super().make_broker(**{"tls": self.server, **options})

    def ca_options(self, ca=None):
        return ["--cafile", str(ca or self.pki.cafile)]

    def tls_options(self, ca=None):
        return ["-v", *self.ca_options(ca)]

    def certificate_options(self, user="alice", files=None, ca=None, switch=True):
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


def feed(client, lines):
    """Writes lines from a thread of its own, as a pipe takes them; the thread."""
    data = "".join(line + "\n" for line in lines).encode()
    feeder = threading.Thread(target=client.write, args=(data,), daemon=True)
    feeder.start()
    return feeder


def of(pki, files):
    """As a broker wants them."""
    return TlsFiles(files.certificate, files.key, pki.cafile)


def fingerprint(certificate):
    """SHA-256 as the openssl program says it: "3F:9A:…:C1"."""
    said = openssl("x509", "-in", str(certificate), "-noout", "-sha256", "-fingerprint")
    return said.strip().split("=")[1]
