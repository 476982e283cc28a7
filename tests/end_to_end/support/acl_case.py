# SPDX-License-Identifier: GPL-3.0-or-later
"""A test of the reference broker's rules: the rules as they should be, users, and a broker that all tests of a class use.

What must not arrive is awaited with something behind it that must: the broker keeps the order."""

import concurrent.futures
import itertools
import unittest

from .pki import Pki
from .reference_broker import LISTENERS, ReferenceBroker

PEOPLE = {"alice", "bob", "carol", "admin2"}
USERS = PEOPLE | {"admin"}
NOBODY = set()
LINES = list(itertools.product(LISTENERS, ("5", "311")))  # listener and version of MQTT

# Topic: who writes it and who reads it, besides admin, who does both. Direct messages are read by whom they are for, and
# by who has written them, on another device.
ANNOUNCEMENTS = {topic: (PEOPLE, PEOPLE) for topic in ("/chat/login", "/chat/logout", "/chat/active")}
STATUSES = {"/chat/user/alice/status": ({"alice"}, PEOPLE),
            "/chat/user/nosuch/status": (NOBODY, PEOPLE)}
DIRECT = {"/chat/user/alice/message/bob": ({"bob"}, {"alice", "bob"}),
          "/chat/user/bob/message/alice": ({"alice"}, {"bob", "alice"}),
          "/chat/user/alice/message/alice": ({"alice"}, {"alice"}),
          "/chat/user/alice/message/nosuch": (NOBODY, {"alice"}),
          "/chat/user/alice/message/": (NOBODY, {"alice"}),
          "/chat/user/nosuch/message/bob": ({"bob"}, {"bob"}),
          "/chat/user/admin/message/bob": ({"bob"}, {"bob"}),
          "/chat/user/bob/message/admin": (NOBODY, {"bob"})}
GROUPS = {"/chat/group/dev/message/alice": ({"alice"}, PEOPLE),
          "/chat/group/admin/message/bob": ({"bob"}, PEOPLE),
          "/chat/group/dev/message/admin": (NOBODY, PEOPLE)}
PLAYGROUND = {"/test": (PEOPLE, PEOPLE)}
OTHERS = {topic: (NOBODY, NOBODY) for topic in (
    "/", "/chat", "/chat/", "/chat/other", "/chat/login/alice", "/chat/user", "/chat/user/alice",
    "/chat/user/alice/message", "/chat/user/alice/message/bob/more",
    "/chat/user/alice/status/more", "/chat/user/alice/other", "/chat/user//message/x", "/chat/group/dev",
    "/chat/group/dev/message", "/chat/group/dev/message/alice/more", "/chat/group/dev/x/message/alice",
    "/chat/groups/dev/message/alice", "chat/login", "chat/user/alice/message/bob", "//chat/login", "/test/more", "test",
    "sensors/alice")}
ALL = {**ANNOUNCEMENTS, **STATUSES, **DIRECT, **GROUPS, **PLAYGROUND, **OTHERS}


def writers(rules, topic):
    return rules[topic][0] | {"admin"}


def readers(rules, topic):
    return rules[topic][1] | {"admin"}


class AclTest(unittest.TestCase):
    """One broker for all: its rules do not change."""

    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.pki, cls.elsewhere = Pki(), Pki()
        for pki in (cls.pki, cls.elsewhere):
            cls.addClassCleanup(pki.remove)
            pki.ca()
        cls.pki.server("localhost", "127.0.0.1", "::1")
        for user in USERS:
            cls.pki.user(user)
        cls.broker = ReferenceBroker(cls.pki, USERS)
        cls.addClassCleanup(cls.broker.remove)
        cls.numbers = itertools.count(1)

    def fresh(self, *words):
        """A payload that nobody has sent before."""
        return " ".join([*words, str(next(self.numbers))])

    def read(self, options, *filters, version="5"):
        reader = self.broker.read(options, *filters, version=version)
        self.addCleanup(reader.stop)
        return reader

    def publish(self, options, topic, payload, *more, **how):
        """Publishes, and says whether the broker refused; only MQTT 5 tells."""
        done = self.broker.publish(options, topic, payload, *more, **how)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(done.stderr, ("", "Warning: Publish 1 failed: Not authorized.\n"))
        return done.stderr != ""

    def by_password(self, user):
        return self.broker.options("password", user)

    def witness(self):
        """admin, who reads everything."""
        return self.read(self.by_password("admin"), "#")

    def fence(self, *behind):
        """Waits until these readers have got everything that was published so far."""
        payload = self.fresh("fence")
        self.publish(self.by_password("admin"), "/test", payload)
        for reader in behind:
            reader.wait_for("/test", payload)

    def in_parallel(self, function, argument_lists):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            return list(pool.map(function, *zip(*argument_lists)))
