# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom the reference broker lets in, on each listener, and who somebody with an odd name is to its rules."""

import itertools
import subprocess

from support import main
from support.acl_case import ALL, DIRECT, GROUPS, LINES, STATUSES, USERS, AclTest

# The broker's words, which it gets from OpenSSL.
NO_CERTIFICATE = "peer did not return a certificate"
NOT_TRUSTED = "certificate verify failed"


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
