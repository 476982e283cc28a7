# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference broker's rules, each row of them: who writes, who reads, who does not, and who is not let in at all.

What must not arrive is awaited with something behind it that must: the broker keeps the order."""

import concurrent.futures
import itertools
import subprocess
import unittest

from support import main
from support.mqtt import topic_matches
from support.pki import Pki
from support.reference_broker import LISTENERS, ReferenceBroker

PEOPLE = {"alice", "bob", "carol", "admin2"}
USERS = PEOPLE | {"admin"}
NOBODY = set()
LINES = list(itertools.product(LISTENERS, ("5", "311")))  # listener and version of MQTT

# Topic: who writes it and who reads it, besides admin, who does both.
ANNOUNCEMENTS = {topic: (PEOPLE, PEOPLE) for topic in ("/chat/login", "/chat/logout", "/chat/active")}
STATUSES = {"/chat/user/alice/status": ({"alice"}, PEOPLE),
            "/chat/user/nosuch/status": (NOBODY, PEOPLE)}
DIRECT = {"/chat/user/alice/message/bob": ({"bob"}, {"alice"}),
          "/chat/user/bob/message/alice": ({"alice"}, {"bob"}),
          "/chat/user/alice/message/alice": ({"alice"}, {"alice"}),
          "/chat/user/alice/message/nosuch": (NOBODY, {"alice"}),
          "/chat/user/alice/message/": (NOBODY, {"alice"}),
          "/chat/user/nosuch/message/bob": ({"bob"}, NOBODY),
          "/chat/user/admin/message/bob": ({"bob"}, NOBODY),
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

# The broker's words, which it gets from OpenSSL.
NO_CERTIFICATE = "peer did not return a certificate"
NOT_TRUSTED = "certificate verify failed"


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


class Rows(AclTest):
    def assert_writers(self, rules):
        """Everybody writes every topic, on every listener, in both versions: what arrives is what may."""
        witness = self.witness()
        for listener, version in LINES:
            with self.subTest("writing", listener=listener, version=version):
                tries = {(topic, user): self.fresh(user) for topic in rules for user in USERS}
                told = self.in_parallel(
                    lambda key: self.publish(self.broker.options(listener, key[1]), key[0], tries[key], version=version),
                    [[key] for key in tries])
                self.fence(witness)
                arrived = {key for key, payload in tries.items() if (key[0], payload) in witness.received}
                self.assertEqual(arrived, {key for key in tries if key[1] in writers(rules, key[0])})
                refused = {key for key, was_told in zip(tries, told) if was_told}
                self.assertEqual(refused, set(tries) - arrived if version == "5" else set())

    def assert_readers(self, rules):
        """Everybody subscribes to every topic by its name: what comes is what may."""
        for listener, version in LINES:
            with self.subTest("reading", listener=listener, version=version):
                payload = self.fresh("to read")
                there = {user: self.read(self.broker.options(listener, user), *{*rules, "/test"}, version=version)
                         for user in USERS}
                self.in_parallel(lambda topic: self.publish(self.by_password("admin"), topic, payload),
                                 [[topic] for topic in rules])
                self.fence(*there.values())
                got = {user: {topic for topic, text in reader.received if text == payload}
                       for user, reader in there.items()}
                self.assertEqual(got, {user: {topic for topic in rules if user in readers(rules, topic)}
                                       for user in USERS})
                for reader in there.values():
                    reader.stop()

    def test_everybody_writes_announcements(self):
        self.assert_writers(ANNOUNCEMENTS)

    def test_everybody_reads_announcements(self):
        self.assert_readers(ANNOUNCEMENTS)

    def test_only_the_owner_writes_a_status(self):
        self.assert_writers(STATUSES)

    def test_everybody_reads_statuses(self):
        self.assert_readers(STATUSES)

    def test_nobody_writes_direct_messages_as_another_sender(self):
        self.assert_writers(DIRECT)

    def test_only_the_receiver_reads_direct_messages(self):
        self.assert_readers(DIRECT)

    def test_nobody_writes_to_groups_as_another_sender(self):
        self.assert_writers(GROUPS)

    def test_everybody_reads_groups(self):
        self.assert_readers(GROUPS)

    def test_everybody_writes_the_playground_and_nothing_else(self):
        self.assert_writers({**PLAYGROUND, **OTHERS})

    def test_everybody_reads_the_playground_and_nothing_else(self):
        self.assert_readers({**PLAYGROUND, **OTHERS})


class Wildcards(AclTest):
    """mosquitto grants every subscription; what is not for the subscriber does not come."""

    FILTERS = ["#", "/#", "/chat/#", "/chat/user/#", "/chat/user/+/message/+", "/chat/user/alice/#",
               "/chat/user/alice/message/+", "/chat/user/+/message/bob", "/+/+/+/+/+", "+/+/+/+/+/+", "/chat/+/+/#",
               "$share/others/#", "$share/others/chat/user/alice/message/+", "$share/others//chat/user/alice/message/+"]

    def test_they_give_no_more_than_the_topics_one_by_one(self):
        for version in ("5", "311"):
            cases = [(user, name) for user in sorted(USERS) for name in self.FILTERS]
            # Shared subscriptions go to one reader in turn, so each has its own group.
            names = [name.replace("others", f"{user}-{number}") for number, (user, name) in enumerate(cases)]
            there = [self.read(self.by_password(user), name, "/test", version=version)
                     for (user, _), name in zip(cases, names)]
            payload = self.fresh("behind wildcards")
            self.in_parallel(lambda topic: self.publish(self.by_password("admin"), topic, payload),
                             [[topic] for topic in ALL])
            self.fence(*there)
            for (user, name), reader in zip(cases, there):
                with self.subTest(user=user, filter=name, version=version):
                    pattern = name.removeprefix("$share/others/")
                    self.assertEqual({topic for topic, text in reader.received if text == payload},
                                     {topic for topic in ALL if user in readers(ALL, topic)
                                      and (topic == "/test" or topic_matches(pattern, topic))})
            for reader in there:
                reader.stop()

    def test_the_brokers_numbers_are_for_admin(self):
        for listener in LISTENERS:
            admin = self.read(self.broker.options(listener, "admin"), "$SYS/#", "/test")
            others = [self.read(self.broker.options(listener, user), "$SYS/#", "$SYS/broker/version", "/test")
                      for user in sorted(PEOPLE)]
            admin.wait_until(lambda: any(topic == "$SYS/broker/version" for topic, _ in admin.received), "the version")
            self.fence(admin, *others)
            for reader in others:
                self.assertEqual([topic for topic, _ in reader.received if topic.startswith("$")], [], reader.said())

    def test_nobody_writes_the_brokers_numbers(self):
        reader = self.read(self.by_password("admin"), "$SYS/broker/forged", "/test")
        for user in sorted(USERS):
            self.assertTrue(self.publish(self.by_password(user), "$SYS/broker/forged", "1"), user)
        self.fence(reader)
        self.assertEqual([topic for topic, _ in reader.received if topic.startswith("$")], [])


class Ways(AclTest):
    """Other ways to write and to read what one may not."""

    def test_every_quality_of_service(self):
        witness = self.witness()
        for qos in (0, 1, 2):
            for version in ("5", "311"):
                wrong, right = self.fresh("wrong"), self.fresh("right")
                told = self.publish(self.by_password("bob"), "/chat/user/alice/message/carol", wrong, version=version,
                                    qos=qos)
                self.publish(self.by_password("bob"), "/chat/user/alice/message/bob", right, version=version, qos=qos)
                witness.wait_for("/chat/user/alice/message/bob", right)
                self.assertEqual([text for _, text in witness.received if text == wrong], [])
                self.assertEqual(told, version == "5" and qos > 0)

    def test_a_will_is_no_way_round(self):
        witness = self.witness()
        wills = {topic: self.fresh("will") for topic in (
            "/chat/user/alice/message/carol", "/chat/group/dev/message/alice", "/chat/user/alice/status",
            "/chat/other", "/chat/logout", "/chat/user/alice/message/bob", "/chat/user/bob/status")}
        for listener, version in LINES:
            for topic, payload in wills.items():
                client = self.read([*self.broker.options(listener, "bob"), "--will-topic", topic, "--will-payload",
                                    payload, "--will-qos", "1"], "/test", version=version)
                lines = len(self.broker.log_lines())
                client.stop()  # kill -9
                self.broker.wait_for_log(f"Client {client.client_id} (closed its connection|disconnected)", lines)
            self.fence(witness)
            got = {topic for topic, payload in wills.items() if (topic, payload) in witness.received}
            self.assertEqual(got, {"/chat/logout", "/chat/user/alice/message/bob", "/chat/user/bob/status"})
            witness.received.clear()

    def test_what_is_retained_is_for_the_receiver_too(self):
        topic, payload = "/chat/user/alice/message/bob", self.fresh("retained")
        self.publish(self.by_password("bob"), topic, payload, "-r")
        self.addCleanup(subprocess.run, ["mosquitto_pub", *self.by_password("bob"), "-q", "1", "-r", "-n", "-t", topic],
                        check=True)
        there = {user: self.read(self.by_password(user), topic, "#") for user in sorted(USERS)}
        self.fence(*there.values())
        self.assertEqual({user for user, reader in there.items() if (topic, payload) in reader.received},
                         {"alice", "admin"})

    def test_a_kept_session_of_another_gives_nothing_away(self):
        """Who connects with another's client id finds the session, but not what waits in it."""
        topic, payload = "/chat/user/alice/message/bob", self.fresh("kept")
        session = ["-i", "device", "-c", "-V", "311", "-q", "1"]
        alice = ["mosquitto_sub", *self.by_password("alice"), *session, "-t", topic]
        subprocess.run([*alice, "-E"], check=True, timeout=20)
        self.publish(self.by_password("bob"), topic, payload)
        fence = self.fresh("fence")
        thief = subprocess.Popen(["mosquitto_sub", *self.by_password("carol"), *session, "-t", "/test", "-v", "-C", "1"],
                                 stdout=subprocess.PIPE, text=True)
        lines = self.broker.wait_for_log(r"New client connected from \S+ as device .*u'carol'")
        self.broker.wait_for_log("Sending SUBACK to device$", lines)
        self.publish(self.by_password("admin"), "/test", fence)
        self.assertEqual(thief.communicate(timeout=20)[0], f"/test {fence}\n")


class Names(AclTest):
    def user(self, name, directory=None):
        """A user whom mosquitto/user would not make."""
        passwd = str(self.broker.directory / "passwd")
        subprocess.run(["mosquitto_passwd", passwd, name], input=f"{name}\n{name}\n", text=True, check=True,
                       capture_output=True)
        self.broker.user("--name-as-password", "alice")  # has the broker read them

    def assert_refused_everything(self, options):
        witness = self.witness()
        reader = self.read(options, "#", "/test", "/chat/user/alice/message/bob")
        tries = {topic: self.fresh("wrong") for topic in ALL}
        told = self.in_parallel(lambda topic: self.publish(options, topic, tries[topic]), [[topic] for topic in ALL])
        self.assertEqual(set(told), {True})
        self.publish(self.by_password("bob"), "/chat/user/alice/message/bob", "for alice")
        self.fence(witness)
        self.assertEqual([text for _, text in witness.received if text in tries.values()], [])
        lines = len(self.broker.log_lines())
        self.broker.publish(options, "/test", "fence", "-i", "behind")
        self.broker.wait_for_log("Received DISCONNECT from behind", lines)
        self.assertEqual(reader.received, [])

    def test_a_wildcard_in_a_password_users_name(self):
        for name in ("+", "we+rd", "a#b"):
            with self.subTest(name):
                self.user(name)
                self.assert_refused_everything(self.by_password(name))

    def test_a_wildcard_in_a_certificates_name(self):
        for number, name in enumerate(("+", "#", "alice+")):
            with self.subTest(name):
                subject = "/CN=" + name.replace("+", "\\+")  # a bare + adds a second name to the first
                files = self.pki.odd_user(f"wildcard-{number}", subject)
                self.assert_refused_everything(self.broker.options("certificate", name, files=files))

    def test_a_name_that_begins_with_a_hash_cannot_log_in(self):
        self.user("#")
        done = self.broker.publish(self.by_password("#"), "/test", "x")
        self.assertNotEqual(done.returncode, 0)

    def test_a_slash_in_a_name_opens_no_other_ones_topics(self):
        self.user("a/b")
        slash = self.pki.odd_user("slash", "/CN=a\\/b")
        for options in (self.by_password("a/b"), self.broker.options("certificate", "a/b", files=slash)):
            witness = self.witness()
            reader = self.read(options, "#")
            topics = [*DIRECT, *STATUSES, *GROUPS, "/chat/user/a/status", "/chat/user/alice/message/b",
                      "/chat/user/alice/message/a", "/chat/group/dev/message/b"]
            payload = self.fresh("wrong")
            told = self.in_parallel(lambda topic: self.publish(options, topic, payload), [[topic] for topic in topics])
            self.assertEqual(set(told), {True})
            for topic in DIRECT:
                self.publish(self.by_password("admin"), topic, "not for a/b")
            self.fence(witness, reader)
            self.assertEqual([text for _, text in witness.received if text == payload], [])
            self.assertEqual([topic for topic, _ in reader.received if topic in DIRECT], [])

    def test_admin_is_this_very_name(self):
        names = ["Admin", "admin ", "administrator"]
        for number, name in enumerate(names):
            files = self.pki.odd_user(f"nearly-{number}", f"/CN={name}")
            for topic in ("/chat/other", "/chat/user/alice/message/admin", "/chat/user/alice/status"):
                self.assertTrue(self.publish(self.broker.options("certificate", name, files=files), topic, "x"), name)


class Admission(AclTest):
    def assert_not_let_in(self, options, says="error", why=""):
        """Tried on a topic that everybody writes. `says`: what the client does; `why`: what the broker's log does."""
        witness = self.witness()
        for version in ("5", "311"):
            payload = self.fresh("wrong")
            lines = len(self.broker.log_lines())
            done = self.broker.publish(options, "/test", payload, version=version)
            self.assertNotEqual(done.returncode, 0)
            self.assertRegex(done.stderr.casefold(), says)
            self.broker.wait_for_log(why, lines)
            self.fence(witness)
            self.assertEqual([text for _, text in witness.received if text == payload], [])

    def certificate(self, files):
        return self.broker.options("certificate", "", files=files)

    def test_the_right_ones_are(self):
        witness = self.witness()
        for (listener, version), user in itertools.product(LINES, USERS):
            payload = self.fresh("right")
            self.assertFalse(self.publish(self.broker.options(listener, user), "/test", payload, version=version))
            witness.wait_for("/test", payload)

    def test_anonymous_on_no_listener(self):
        self.assert_not_let_in(["-h", "127.0.0.1", "-p", str(self.broker.port)], "not authori")
        self.assert_not_let_in(self.only_ca(self.broker.tls_port), "not authori")
        self.assert_not_let_in(self.only_ca(self.broker.x509_port), why=NO_CERTIFICATE)

    def only_ca(self, port):
        return ["-h", "localhost", "-p", str(port), "--cafile", str(self.pki.cafile)]

    def test_a_wrong_password(self):
        for listener in ("password", "tls"):
            for user, password in (("alice", "wrong"), ("alice", "bob"), ("nosuch", "nosuch"), ("admin", "Admin")):
                self.assert_not_let_in(self.broker.options(listener, user, password), "not authori")

    def test_a_name_without_a_password(self):
        self.assert_not_let_in(["-h", "127.0.0.1", "-p", str(self.broker.port), "-u", "alice"], "not authori")

    def test_a_password_instead_of_a_certificate(self):
        self.assert_not_let_in([*self.only_ca(self.broker.x509_port), "-u", "alice", "-P", "alice"], why=NO_CERTIFICATE)

    def test_a_certificate_of_another_ca(self):
        self.assert_not_let_in(self.certificate(self.elsewhere.user("alice")), why=NOT_TRUSTED)

    def test_a_certificate_that_nobody_signed(self):
        files = self.pki.odd_user("selfmade", "/CN=alice", signer=None)
        self.assert_not_let_in(self.certificate(files), why=NOT_TRUSTED)

    def test_an_expired_certificate(self):
        files = self.pki.odd_user("expired", "/CN=alice", begins=-20, ends=-1)
        self.assert_not_let_in(self.certificate(files), why=NOT_TRUSTED)

    def test_a_servers_certificate_is_no_users(self):
        self.assert_not_let_in(self.certificate(self.pki.files("localhost")), why=NOT_TRUSTED)

    def test_a_certificate_without_a_name(self):
        self.assert_not_let_in(self.certificate(self.pki.odd_user("nameless", "/O=Chat")), "authori|user name|identifier")

    def test_the_name_is_the_certificates_whatever_else_is_said(self):
        witness = self.witness()
        for said in (["-u", "bob", "-P", "bob"], ["-u", "admin", "-P", "wrong"], ["-u", "alice", "-P", "wrong"]):
            options = [*self.broker.options("certificate", "alice"), *said]
            as_bob, as_alice = self.fresh("wrong"), self.fresh("right")
            self.assertTrue(self.publish(options, "/chat/group/dev/message/bob", as_bob))
            self.assertTrue(self.publish(options, "/chat/other", as_bob))
            self.assertFalse(self.publish(options, "/chat/group/dev/message/alice", as_alice))
            witness.wait_for("/chat/group/dev/message/alice", as_alice)
            self.assertEqual([text for _, text in witness.received if text == as_bob], [])

    def test_a_certificate_needs_no_entry_in_the_password_file(self):
        witness, payload = self.witness(), self.fresh("right")
        self.pki.user("newcomer")
        self.assertFalse(self.publish(self.broker.options("certificate", "newcomer"), "/chat/login", payload))
        witness.wait_for("/chat/login", payload)


if __name__ == "__main__":
    main()
