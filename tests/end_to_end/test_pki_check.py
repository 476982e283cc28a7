#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""certs/pki tells what certificates, requests and keys are, prints no private key, and finds what is wrong."""

import pathlib
import re
import shutil
import tempfile
import unittest

from support import main, run
from support.pki import PROGRAM, openssl
from support.pki_case import PkiTest


class Show(PkiTest):
    def test_certificates_requests_and_keys_are_told_and_no_key_is_printed(self):
        self.good("ca")
        self.pki.server("localhost", "127.0.0.1", "::1")
        self.good("user", "Zoë")
        made = self.pki.files("Zoë")
        said = self.good("show", *(str(path) for path in sorted(self.pki.directory.iterdir())))
        fingerprint = openssl("x509", "-in", str(made.certificate), "-noout", "-fingerprint", "-sha256")
        for wanted in ("subject  CN=Zoë\n", "issuer   O=Chat, CN=Chat MQTT CA\n", "key      RSA 3072\n",
                       "key      EC 256 (P-256)\n", "365 days left\n", "3650 days left\n", "825 days left\n",
                       "names    localhost, 127.0.0.1, 0:0:0:0:0:0:0:1\n", "purpose  client\n", "purpose  server\n",
                       "purpose  CA\n", "SHA-256  " + fingerprint.split("=")[1], "signed   by its own key\n",
                       "readable by its owner alone\n"):
            self.assertIn(wanted, said)
        self.assertNotIn("PRIVATE", said)
        for key in self.pki.directory.glob("*.key"):
            for line in key.read_text().splitlines()[1:-1]:
                self.assertNotIn(line, said)
            numbers = openssl("pkey", "-in", str(key), "-noout", "-text")
            secret = re.search(r"(?:privateExponent|priv):\n +(\S+)", numbers)[1]
            self.assertNotIn(secret, said)

    def test_dates_are_told_as_they_stand(self):
        self.pki.ca()
        for made, wanted in ((self.pki.expired_server(days=19), "19 days ago"),
                             (self.pki.future_server("later", days=40), ", in 40 days"),
                             (self.pki.odd("leap", begins=-1, ends=365 * 9), f"{365 * 9} days left")):
            self.assertIn(wanted, self.good("show", str(made.certificate)))

    def test_hostile_text_is_shown_safely(self):
        self.pki.ca()
        made = self.pki.odd_user("odd", "/O=x\u202ey\u009b1m/CN=al\x1b[31mice\n  issuer   O=Fake\\, Inc, CN=CA")
        said = self.good("show", str(made.certificate))
        for never in ("\x1b", "\u202e", "\u009b", "\n  issuer   O=Fake"):
            self.assertNotIn(never, said)
        self.assertIn("CN=al\\1B[31mice\\0A", said)

    def test_what_it_cannot_tell_of_is_named(self):
        self.refused("show", "/nonexistent.crt", saying="/nonexistent.crt")
        junk = self.pki.directory / "junk.crt"
        for content in ("", "text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
            junk.write_text(content)
            self.refused("show", str(junk), saying=str(junk))
        self.refused("show", str(self.pki.directory), saying=str(self.pki.directory))


class Check(PkiTest):
    def setUp(self):
        super().setUp()
        self.pki.ca()

    def finds(self, path, *wanted):
        """`check` says WRONG to these and to nothing else."""
        done = self.pki.run("check", str(path))
        found = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
        self.assertEqual((done.returncode, len(found)), (1, len(wanted)), done.stdout + done.stderr)
        for text in wanted:
            self.assertTrue(any(text in line for line in found), f"{text}: {found}")

    def test_what_is_well_is_said_line_by_line(self):
        for made in (self.pki.user("alice"), self.pki.user("bob", "--bits", "2048"),
                     self.pki.server("localhost", "::1")):
            said = self.good("check", *(str(path) for path in made if path.exists()))
            self.assertNotRegex(said, "(?m)^(?!ok ).+")
        self.good("check", str(self.pki.cafile))

    def test_a_certificate_whose_key_is_elsewhere_is_no_trouble(self):
        made = self.pki.user("alice")
        made.key.unlink()
        self.assertIn("note   " + str(made.key), self.good("check", str(made.certificate)))
        (self.pki.directory / "mqtt_ca.key").unlink()
        self.assertNotIn("note", self.good("check", str(self.pki.cafile)))

    def test_each_trouble_of_a_certificate_is_found(self):
        for made, *wanted in (
                (self.pki.expired_server("expired"), "expired on"),
                (self.pki.future_server("future"), "not valid before"),
                (self.pki.odd("weak", key="1024"), "RSA 1024", "too weak"),
                (self.pki.odd("old", digest="sha1"), "too weak"),
                (self.pki.odd("nohost", names=()), "names no host"),
                (self.pki.odd("mail", purpose="emailProtection"), "neither users nor brokers"),
                (self.pki.odd("self", signer=None), "self-signed"),
                (self.pki.odd_user("slash", "/CN=a\\/b"), "MQTT topics use: \"a/b\""),
                (self.pki.odd_user("nobody", "/O=Chat"), "must not be empty"),
                (self.pki.odd_user("twice", "/CN=alice/CN=bob"), "alice + bob"),
                (self.pki.odd_user("hostile", "/CN=a\x1b[31mb\n"), "control characters")):
            with self.subTest(made.certificate.name):
                self.finds(made.certificate, *wanted)

    def test_a_certificate_of_another_ca_or_with_no_ca_here_is_found(self):
        other = self.new_pki()
        other.ca("Foo CA")
        stranger = other.user("alice")
        done = self.pki.run("check", str(stranger.certificate))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, "WRONG .* not trusted by the CA in .*unable to get local issuer.*Foo CA")
        other.cafile.unlink()
        done = other.run("check", str(stranger.certificate))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, "WRONG .*there is no CA's certificate")

    def test_a_chain_in_one_file_is_followed(self):
        pki = self.new_pki()
        made = pki.chained_server()
        self.assertIn("is signed by the CA", self.good("check", str(made.certificate), pki=pki))
        self.assertIn("1 more in the same file", self.good("show", str(made.certificate), pki=pki))

    def test_a_key_of_another_or_for_everybodys_eyes_is_found(self):
        alice, bob = self.pki.user("alice"), self.pki.user("bob")
        shutil.copy(bob.key, alice.key)
        self.finds(alice.certificate, "alice.key does not belong to")
        self.finds(alice.request, "alice.key does not belong to")
        bob.key.chmod(0o640)
        self.finds(bob.certificate, "chmod 600")
        self.finds(bob.key, "chmod 600")
        bob.key.write_text("nonsense")
        self.finds(bob.certificate, "holds no private key")

    def test_a_locked_key_is_looked_into_with_its_pass_phrase_alone(self):
        phrase = self.pki.directory / "pass"
        phrase.write_text("open sesame\n")
        phrase.chmod(0o600)
        made = self.pki.user("alice", "--pass", str(phrase))
        said = self.good("check", str(made.certificate), str(made.key))
        self.assertIn("note   " + str(made.key), said)
        self.assertIn("locked   with a pass phrase", self.good("show", str(made.key)))
        self.assertIn("EC 256 (P-256)", self.good("show", "--pass", str(phrase), str(made.key)))
        phrase.write_text("open cesame\n")
        done = self.pki.run("check", "--pass", str(phrase), str(made.certificate))
        self.assertEqual(done.returncode, 1)
        self.assertIn("does not open with the pass phrase in", done.stdout)

    def test_trouble_in_one_of_many_is_enough(self):
        made, bad = self.pki.user("alice"), self.pki.expired_server()
        done = self.pki.run("check", str(bad.certificate), str(made.certificate), "/nonexistent.crt")
        self.assertEqual((done.returncode, done.stdout.count("WRONG")), (1, 2), done.stdout)


class Folder(unittest.TestCase):
    """certs/ as it stands in the source tree."""

    def test_the_walk_of_the_readme_can_be_done_line_by_line(self):
        work = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-pki-"))
        self.addCleanup(shutil.rmtree, work)
        (work / "certs").mkdir()
        for name in ("pki", "parts", "README.md"):
            copy = shutil.copytree if (PROGRAM.parent / name).is_dir() else shutil.copy
            copy(PROGRAM.parent / name, work / "certs" / name)
        steps = [line.strip().replace("/tmp/other", "other")
                 for line in (work / "certs" / "README.md").read_text("utf-8").splitlines()
                 if line.startswith("    certs/pki ")]
        self.assertGreater(len(steps), 8)
        for step in steps:
            done = run("sh", "-c", f"cd '{work}' && {step}")
            self.assertEqual((done.returncode, done.stderr), (0, ""), step + "\n" + done.stdout)
        self.assertTrue((work / "other" / "alice.key").exists())

    def test_git_takes_certificates_and_requests_but_no_key_and_nothing_unfinished(self):
        git = shutil.which("git")
        if not git or run(git, "-C", str(PROGRAM.parent), "rev-parse").returncode:
            self.skipTest("this is no clone")

        def ignored(name):
            return run(git, "-C", str(PROGRAM.parent), "check-ignore", "-q", "--no-index", name).returncode == 0
        self.assertEqual([ignored(name) for name in ("mqtt_ca.key", "alice b.key", ".pki-aBc123/said")], [True] * 3)
        self.assertEqual([ignored(name) for name in ("mqtt_ca.crt", "alice.csr", "alice.crt", "pki")], [False] * 4)


if __name__ == "__main__":
    main()
