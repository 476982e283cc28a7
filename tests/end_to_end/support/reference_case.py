# SPDX-License-Identifier: GPL-3.0-or-later
"""A test of mosquitto/start and mosquitto/user."""

import pathlib
import re
import socket
import stat
import subprocess
import unittest

from .pki import Pki
from .process import run
from .reference_broker import ReferenceBroker

KEPT = ["-i", "device", "-c", "-V", "311", "-q", "1", "-t", "/test"]


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def listening(port):
    """The addresses on which somebody listens there."""
    table = pathlib.Path("/proc/net/tcp").read_text() + pathlib.Path("/proc/net/tcp6").read_text()
    return [socket.inet_ntoa(bytes.fromhex(found)[::-1]) if len(found) == 8 else found
            for found in re.findall(rf" (\S+):{port:04X} \S+ 0A ", table)]


class ReferenceTest(unittest.TestCase):
    """`self.pki`: a CA and the certificate of `localhost`, never changed by a test."""

    @classmethod
    def setUpClass(cls):
        cls.pki = cls.new_pki(cls)
        cls.pki.user("alice")

    def new_pki(self):
        pki = Pki()
        (self.addClassCleanup if isinstance(self, type) else self.addCleanup)(pki.remove)
        pki.ca()
        pki.server("localhost", "127.0.0.1", "::1")
        return pki

    def broker(self, users=("alice", "bob"), pki=None, **options):
        broker = ReferenceBroker(pki or self.pki, users, **options)
        self.addCleanup(broker.remove)
        return broker

    def plain_broker(self, users=("alice", "bob"), **options):
        broker = ReferenceBroker(None, users, **options)
        self.addCleanup(broker.remove)
        return broker

    def assert_works(self, broker, listener="password", user="alice"):
        reader = broker.read(broker.options(listener, user), "/test")
        self.addCleanup(reader.stop)
        done = broker.publish(broker.options(listener, user), "/test", "hello")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        reader.wait_for("/test", "hello")

    def assert_not_let_in(self, broker, user, password=None):
        done = broker.publish(broker.options("password", user, password), "/test", "x")
        self.assertIn("not authori", done.stderr.casefold())

    def keep_a_session(self, broker):
        """bob's, with a subscription, and bob away."""
        subprocess.run(["mosquitto_sub", *broker.options("password", "bob"), *KEPT, "-E"], check=True, timeout=20)

    def come_back(self, broker):
        """What has waited for bob, as soon as something has."""
        return run("mosquitto_sub", *broker.options("password", "bob"), *KEPT, "-C", "1").stdout.splitlines()

    def assert_refused(self, done, *says):
        """mosquitto/start has said so and was not mosquitto yet."""
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        for words in says:
            self.assertIn(words, done.stderr)
