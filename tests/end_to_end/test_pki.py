#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""certs/pki makes keys and certificates that are what they must be, for those names alone that may be."""

import os
import re
import shutil
import unittest

from support import Broker, main, run
from support.broker import LIMITS, free_port
from support.pki import PROGRAM, Pki, openssl
from support.pki_case import PkiTest, mode, on_terminal

HOSTILE_CONFIG = """
[req]
default_md = md5
default_bits = 512
string_mask = nombstr
distinguished_name = asked
x509_extensions = theirs
[asked]
countryName = Country
countryName_min = 2
[theirs]
basicConstraints = CA:FALSE
"""
NO_ALGORITHMS = """
openssl_conf = start
[start]
providers = few
[few]
base = on
[on]
activate = 1
"""


class Making(PkiTest):
    def test_the_ca_is_one_for_end_entities_for_ten_years(self):
        self.assertIn("mqtt_ca.crt", self.good("ca"))
        text = self.text(self.pki.cafile)
        for wanted in ("Public-Key: (3072 bit)", "organizationName          = Chat",
                       "commonName                = Chat MQTT CA", "X509v3 Basic Constraints: critical\n"
                       "                CA:TRUE, pathlen:0", "X509v3 Key Usage: critical\n"
                       "                Certificate Sign, CRL Sign", "X509v3 Subject Key Identifier",
                       "sha256WithRSAEncryption"):
            self.assertIn(wanted, text)
        openssl("x509", "-in", str(self.pki.cafile), "-noout", "-checkend", str(3649 * 86400))

    def test_a_ca_may_have_a_name_of_its_own(self):
        self.good("ca", "Café / CA + \\more", "--ec")
        self.assertIn("commonName                = Café / CA + \\\\more\n", self.text(self.pki.cafile))

    def test_a_brokers_certificate_names_every_host_and_address(self):
        self.pki.ca()
        self.good("server", "localhost", "127.0.0.1", "::1", "*.example.org")
        made = self.pki.files("localhost")
        text = self.text(made.certificate)
        for wanted in ("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:*.example.org\n",
                       "TLS Web Server Authentication\n", "CA:FALSE", "Public-Key: (3072 bit)"):
            self.assertIn(wanted, text)
        openssl("verify", "-x509_strict", "-CAfile", str(self.pki.cafile), "-purpose", "sslserver",
                "-verify_hostname", "localhost", str(made.certificate))
        openssl("x509", "-in", str(made.certificate), "-noout", "-checkend", str(824 * 86400))

    def test_a_user_has_key_request_and_certificate(self):
        self.pki.ca()
        self.good("user", "alice")
        made = self.pki.files("alice")
        self.assertRegex(self.text(made.certificate), r"Subject: *\n *commonName *= alice\n *Subject Public")
        self.assertIn("TLS Web Client Authentication\n", self.text(made.certificate))
        openssl("verify", "-x509_strict", "-CAfile", str(self.pki.cafile), "-purpose", "sslclient",
                str(made.certificate))
        public = {openssl("x509", "-in", str(made.certificate), "-noout", "-pubkey"),
                  openssl("req", "-in", str(made.request), "-noout", "-pubkey"),
                  openssl("pkey", "-in", str(made.key), "-pubout")}
        self.assertEqual(len(public), 1)

    def test_only_certificates_and_requests_are_for_others(self):
        self.addCleanup(os.umask, os.umask(0))
        self.pki.ca()
        self.pki.server()
        self.pki.user("alice")
        self.assertEqual({path.name: oct(mode(path)) for path in self.pki.directory.iterdir()}, {
            "mqtt_ca.key": "0o600", "mqtt_ca.crt": "0o644", "localhost.key": "0o600", "localhost.crt": "0o644",
            "alice.key": "0o600", "alice.csr": "0o644", "alice.crt": "0o644"})

    def test_days_are_counted_and_an_earlier_end_of_the_ca_is_told(self):
        self.pki.ca("--days", "30")
        self.assertNotIn("Note", self.good("server", "localhost", "--days", "20"))
        openssl("x509", "-in", str(self.pki.files("localhost").certificate), "-noout", "-checkend", str(19 * 86400))
        self.assertRegex(self.good("user", "alice"), r"Note: the CA is only valid until .*, 30 days left")

    def test_names_and_folders_may_have_blanks_quotes_and_more(self):
        self.pki.directory = self.pki.directory / "it's a \"place\" $HOME"
        self.addCleanup(shutil.rmtree, self.pki.directory.parent)
        self.pki.ca()
        for name in ("alice b", "it's", 'a "b"', "a\\b", "a=b,c;d", "-x", "--ec", "$HOME `id`", "Zoë", "日本 👩",
                     ".", "?"):
            with self.subTest(name):
                self.good("--ec", "user", "--", name)
                made = self.pki.files(name)
                escaped = name.replace("\\", "\\\\")
                self.assertIn(f"commonName                = {escaped}\n", self.text(made.certificate))
                self.good("check", str(made.certificate))

    def test_the_command_it_tells_can_be_pasted(self):
        self.pki.ca()
        told = self.good("user", "--ec", "it's alice").splitlines()[-1].split("--key ")[1]
        self.assertEqual(run("sh", "-c", f"printf %s {told}").stdout, str(self.pki.files("it's alice").key))

    def test_a_ca_makes_its_folder_and_uses_the_one_of_the_script_unless_told(self):
        self.pki.directory = self.pki.directory / "a" / "b"
        self.addCleanup(shutil.rmtree, self.pki.directory.parents[1])
        self.pki.ca()
        self.assertEqual(mode(self.pki.directory), 0o700)
        copy = self.pki.directory / "certs"
        shutil.copytree(PROGRAM.parent, copy, ignore=shutil.ignore_patterns("*.key", "*.crt", "*.csr"))
        link = self.pki.directory / "link"
        link.symlink_to(copy / "pki")
        for program, name in ((copy / "pki", "mqtt_ca.crt"), (link, "localhost.crt")):
            done = run(str(program), "--ec", *(["ca"] if name == "mqtt_ca.crt" else ["server", "localhost"]))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue((copy / name).exists())

    def test_no_configuration_of_openssl_counts(self):
        for text in (HOSTILE_CONFIG, NO_ALGORITHMS, "this is = no [ configuration"):
            config = self.pki.directory / "openssl.cnf"
            config.write_text(text)
            environment = {**os.environ, "OPENSSL_CONF": str(config), "LC_ALL": "de_DE.UTF-8"}
            pki = self.new_pki()
            for arguments in (("ca",), ("server", "localhost"), ("user", "Zoë")):
                self.good(*arguments, pki=pki, env=environment)
            self.assertIn("sha256WithRSAEncryption", self.text(pki.cafile))
            self.assertIn("CA:TRUE, pathlen:0", self.text(pki.cafile))
            self.assertIn("ok ", self.good("check", str(pki.files("Zoë").certificate), pki=pki, env=environment))

    def test_without_a_ca_a_user_is_told_of_the_request(self):
        self.refused("user", "alice", saying="csr alice")
        self.refused("server", "localhost", saying="There is no CA in")
        self.pki.ca()
        (self.pki.directory / "mqtt_ca.key").unlink()
        self.refused("user", "alice", saying="not its private key")

    def test_an_expired_ca_signs_nothing(self):
        self.pki.odd_ca(ends=-0.5)
        self.refused("user", "alice", saying="mqtt_ca.crt has expired")

    def test_a_ca_with_the_key_of_another_signs_nothing(self):
        self.pki.ca()
        other = self.new_pki()
        other.ca()
        shutil.copy(other.directory / "mqtt_ca.key", self.pki.directory)
        self.refused("user", "alice", saying="alice.crt was not signed with")


class Keys(PkiTest):
    def key_of(self, name, **options):
        """"RSA 4096", as the tool itself tells it."""
        return re.search(r"key +(.*)", self.good("show", str(self.pki.files(name).certificate), **options))[1]

    def test_rsa_keys_of_other_sizes_and_curves(self):
        self.pki.ca()
        for name, options, kind in (("four", ["--bits", "4096"], "RSA 4096"), ("two", ["--bits", "2048"], "RSA 2048"),
                                    ("curve", ["--ec"], "EC 256 (P-256)"), ("plain", [], "RSA 3072")):
            self.good(*options, "user", name)
            self.assertEqual(self.key_of(name), kind)

    def test_what_is_weak_or_no_number_is_refused(self):
        for arguments in (["--bits", "2047"], ["--bits", "1024"], ["--bits", "08192"], ["--bits", "x"],
                          ["--bits", "9999999999"], ["--bits", ""], ["--bits"], ["--days", "0"],
                          ["--days", "-1"], ["--ec", "--bits", "3072"]):
            with self.subTest(arguments):
                self.refused("ca", *arguments, saying="--", code=2)

    def make_pass_file(self, text="open sesame\nsecond line\n"):
        file = self.pki.directory / "a pass"
        file.write_text(text)
        file.chmod(0o600)
        return file

    def test_a_pass_phrase_from_a_file_encrypts_the_key(self):
        self.pki.ca()
        file = self.make_pass_file()
        for options in (["--ec"], ["--encrypt"]):
            name = "alice" + options[0]
            self.good("user", name, "--pass", str(file), *options)
            made = self.pki.files(name)
            self.assertIn("BEGIN ENCRYPTED PRIVATE KEY", made.key.read_text())
            self.assertIn("aes-256-cbc", openssl("asn1parse", "-in", str(made.key)))
            openssl("pkey", "-in", str(made.key), "-noout", "-passin", "pass:open sesame")
            self.assertIn(f"{made.key} belongs to", self.good("check", "--pass", str(file), str(made.certificate)))

    def test_a_pass_file_that_others_can_read_or_without_a_phrase_is_refused(self):
        self.pki.ca()
        file = self.make_pass_file()
        file.chmod(0o640)
        self.refused("user", "alice", "--pass", str(file), saying="chmod 600")
        file = self.make_pass_file("\nsecond line\n")
        self.refused("user", "alice", "--pass", str(file), saying="is empty")
        self.refused("user", "alice", "--pass", "/nonexistent/pass", saying="/nonexistent/pass")

    def test_a_pass_phrase_is_asked_for_on_the_terminal_alone(self):
        self.pki.ca()
        self.refused("user", "alice", "--encrypt", saying="no terminal", stdin="secret\nsecret\nsecret\n")
        code, said = on_terminal([str(PROGRAM), "-d", str(self.pki.directory), "user", "alice", "--ec", "--encrypt"],
                                 ["open sesame"] * 3)
        self.assertEqual(code, 0, said)
        self.assertNotIn("open sesame", said)
        openssl("pkey", "-in", str(self.pki.files("alice").key), "-noout", "-passin", "pass:open sesame")

    def test_pass_phrases_that_differ_make_nothing(self):
        self.pki.ca()
        before = self.everything()
        code, said = on_terminal([str(PROGRAM), "-d", str(self.pki.directory), "user", "alice", "--ec", "--encrypt"],
                                 ["open sesame", "open cesame"])
        self.assertEqual(code, 1, said)
        self.assertIn("alice.key", said)
        self.assertEqual(self.everything(), before)


class Names(PkiTest):
    def test_what_is_no_users_name_is_refused_with_the_reason(self):
        self.pki.ca()
        for name, reason in (("a/b", "/, + or #"), ("a+b", "/, + or #"), ("#a", "/, + or #"), ("a:b", "colon"),
                             ("*", "must not be *"), ("", "empty"), (" a", "blank"), ("a ", "blank"),
                             ("a\u00a0", "blank"), ("\u3000a", "blank"), ("\u2003a", "blank"), ("a\tb", "control"),
                             ("a\nb", "control"), ("a\n", "control"), ("a\x7f", "control"), ("a\x9bb", "control"),
                             ("a\x1b[31mb", "control"), ("ä" * 33, "64 bytes"),
                             ("a\udcff", "UTF-8"), ("mqtt_ca", "mqtt_ca")):
            for verb in ("user", "csr"):
                with self.subTest(f"{verb} {name!r}"):
                    self.refused(verb, name, saying=reason)

    def test_the_longest_name_is_taken(self):
        self.pki.ca()
        for name in ("ä" * 32, "x" * 64):
            self.good("user", name, "--ec")

    def test_a_reason_shows_a_hostile_name_safely(self):
        done = self.pki.run("csr", "a\x1b[31m\x9b\u202eb\n")
        self.assertEqual(done.returncode, 1)
        self.assertIn('"a?[31m??b?"', done.stderr)

    def test_what_is_no_host_is_refused(self):
        self.pki.ca()
        for names in (["a b"], ["a/b"], [""], ["bücher.example"], ["*.example.org"], ["x" * 65], ["a\nb"], ["mqtt_ca"],
                      ["localhost", "a,IP:1.2.3.4"], ["localhost", ""], ["--", "-x"]):
            with self.subTest(names):
                self.refused("server", *names, saying="pki: ")
        self.refused("server", "localhost", "1.2.3.999", saying="localhost.crt was not signed")


class Mosquitto(unittest.TestCase):
    """What pki makes is what a real broker and real clients take."""

    def test_users_log_in_by_their_certificates_and_others_do_not(self):
        pki, other = Pki(), Pki()
        self.addCleanup(pki.remove)
        self.addCleanup(other.remove)
        self.assertEqual(pki.run("ca").returncode, 0)
        pki.server("localhost", "127.0.0.1", "--bits", "3072")
        other.ca()
        port = free_port()
        made = pki.files("localhost")
        broker = Broker(limits=f"{LIMITS}\nlistener {port} 127.0.0.1\ncafile {pki.cafile}\n"
                               f"certfile {made.certificate}\nkeyfile {made.key}\nrequire_certificate true\n"
                               "use_identity_as_username true\n")
        self.addCleanup(broker.remove)

        def publish(user, host="localhost", cafile=pki.cafile):
            return run("mosquitto_pub", "-h", host, "-p", str(port), "--cafile", str(cafile), "--cert",
                       str(user.certificate), "--key", str(user.key), "-t", "/test", "-m", "hello", "-q", "1")

        for user, options in (("alice", ["--ec"]), ("bob b", ["--bits", "4096"]), ("Zoë", ["--bits", "2048"])):
            for host in ("localhost", "127.0.0.1"):
                done = publish(pki.user(user, *options) if host == "localhost" else pki.files(user), host)
                self.assertEqual((done.returncode, done.stderr), (0, ""), broker.log_end())
            broker.wait_for_log(re.escape(f"u'{user}')"))
        self.assertNotEqual(publish(other.user("alice")).returncode, 0)
        self.assertNotEqual(publish(pki.files("alice"), cafile=other.cafile).returncode, 0)
        self.assertNotEqual(publish(made).returncode, 0)  # a broker's certificate is no user's


if __name__ == "__main__":
    main()
