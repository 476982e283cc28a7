# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of TLS: where they are looked for, and what is said of one that cannot be used, before anything is sent."""

import os
import re
import shutil
import unittest

from support import GNATTER, Gnatter, TextServer, main, run
from support.tls_case import Folder, TlsTest


class FilesTest(TlsTest):
    def setUp(self):
        self.folder = self.keep(Folder())

    def refuse(self, *options):
        """What it says before it ends, without having been anywhere."""
        server = self.keep(TextServer())
        done = self.run_words("-h", "localhost", "-p", str(server.port), "-P", "secret", *map(str, options))
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"^gnatter: [^\n]+\n$")
        self.assertEqual(server.connections, 0)
        return done.stderr


class TheCa(FilesTest):
    def refuse_ca(self, file):
        sentence = self.refuse("-v", "-u", "alice", "--cafile", file)
        self.assertIn(str(file), sentence)
        return sentence

    def test_one_that_is_not_there(self):
        self.assertIn("is not there", self.refuse_ca(self.folder.path / "nowhere.crt"))

    def test_a_directory(self):
        self.assertIn("is a directory", self.refuse_ca(self.folder.path))

    def test_an_empty_file(self):
        self.assertIn("is empty", self.refuse_ca(self.folder.write("ca.crt", b"")))

    def test_one_that_is_not_pem(self):
        self.assertIn("not PEM", self.refuse_ca(self.folder.write("ca.crt", "This is no certificate.\n" * 10)))

    def test_one_with_a_private_key(self):
        self.assertIn("private key", self.refuse_ca(self.users["alice"].key))

    def test_one_that_is_no_ca(self):
        self.assertIn("CN=alice", self.refuse_ca(self.users["alice"].certificate))

    def test_one_that_is_damaged(self):
        text = self.pki.cafile.read_text()
        self.assertIn("damaged", self.refuse_ca(self.folder.write("ca.crt", text.replace("MII", "MIX", 1))))

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_one_that_cannot_be_read(self):
        self.assertIn("cannot be read", self.refuse_ca(self.folder.write("ca.crt", b"x", 0)))


class OurOwn(FilesTest):
    def refuse_files(self, certificate, key):
        return self.refuse("-V", *self.ca_options(), "--cert", certificate, "--key", key)

    def test_a_key_of_another_certificate(self):
        alice, bob = self.users["alice"], self.users["bob"]
        sentence = self.refuse_files(alice.certificate, bob.key)
        for words in (str(alice.certificate), str(bob.key), "does not belong", "CN=alice"):
            self.assertIn(words, sentence)

    def test_a_key_that_others_can_read_is_told_with_the_chmod_to_run(self):
        key = self.folder.write("a key.pem", self.users["alice"].key.read_bytes(), 0o640)
        sentence = self.refuse_files(self.users["alice"].certificate, key)
        command = re.search("chmod 600 .*", sentence)[0]
        self.assertEqual(run("sh", "-c", command).returncode, 0, command)
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        alice = self.login_certificate("alice", files=self.users["alice"]._replace(key=key))
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_files_that_are_swapped(self):
        alice = self.users["alice"]
        self.assertIn("swapped", self.refuse_files(alice.key, alice.certificate))

    def test_files_that_are_not_there(self):
        alice, nowhere = self.users["alice"], self.folder.path / "nowhere"
        for files in ((nowhere, alice.key), (alice.certificate, nowhere)):
            self.assertRegex(self.refuse_files(*files), f"{nowhere} is not there")

    def test_a_certificate_that_has_expired(self):
        files = self.odd_user(begins=-100, ends=-19)
        sentence = self.refuse_files(files.certificate, files.key)
        self.assertRegex(sentence, r"expired on \d+ [A-Z][a-z]{2} 20\d\d, 19 days ago")
        for words in (str(files.certificate), "CN=alice"):
            self.assertIn(words, sentence)

    def test_a_certificate_that_is_not_yet_valid(self):
        files = self.odd_user(begins=19.5, ends=30)
        self.assertRegex(self.refuse_files(files.certificate, files.key), "in (19|20) days.*clock")

    def test_a_key_that_is_too_short(self):
        files = self.odd_user(key="1024")
        sentence = self.refuse_files(files.certificate, files.key)
        for words in (str(files.certificate), "RSA 1024 bits", "2048"):
            self.assertIn(words, sentence)

    def test_a_password_of_the_key_that_is_missing_or_wrong(self):
        files = self.encrypted(self.users["alice"], "open sesame")
        sentence = self.refuse_files(files.certificate, files.key)
        for words in (str(files.key), "--key-password-command"):
            self.assertIn(words, sentence)
        sentence = self.refuse(*self.certificate_options(files=files), "--key-password-command", "echo wrong")
        for words in (str(files.key), "password"):
            self.assertIn(words, sentence)
        self.assertNotIn("wrong\n", sentence)

    def test_a_password_command_that_fails(self):
        files = self.encrypted(self.users["alice"], "open sesame")
        sentence = self.refuse(*self.certificate_options(files=files), "--key-password-command", "false")
        self.assertIn("key-password-command", sentence)

    def test_a_certificate_whose_name_is_no_user_name(self):
        for name in ("a\\/b", "a+b", "#", "*", "a:b", " a", "a\nb", "a\x1b[31mb"):
            with self.subTest(name=name):
                files = self.odd_user(subject=f"/CN={name}".replace("+", "\\+"))
                sentence = self.refuse(*self.certificate_options(files=files))
                self.assertIn(str(files.certificate), sentence)
                self.assertIn("-u", sentence)
                self.assertNotRegex(sentence[:-1], "[\x00-\x1f\x7f]")

    def test_a_certificate_without_a_name(self):
        files = self.odd_user(subject="/O=Chat")
        sentence = self.refuse(*self.certificate_options(files=files))
        for words in (str(files.certificate), "-u"):
            self.assertIn(words, sentence)

    def test_no_certificate_at_all(self):
        sentence = self.refuse("-V", *self.ca_options())
        for words in ("--cert", "client.crt", "client.key"):
            self.assertIn(words, sentence)


class DefaultPlaces(FilesTest):
    """Nothing on the command line but -v or -V."""

    def login_at(self, switch, user, home=None, program=GNATTER, **environment):
        port = self.broker.x509_port if switch == "-V" else self.broker.tls_port
        words = [program, *self.words(switch, "-h", "localhost", "-p", str(port))[1:],
                 *(["-u", user, "-P", user] if switch == "-v" else [])]
        before = self.broker.logins(user)
        client = self.keep(Gnatter(words, home or self.home(), **environment))
        client.expect(kind="login", sender=user)
        self.assertEqual(self.broker.logins(user), before + 1)
        self.assertEqual(client.quit(), 0, client.said())

    def configured(self, files):
        """A home with these files in the folder of the configuration."""
        home = self.home()
        folder = home.config / "gnatter"
        folder.mkdir(parents=True)
        for name, data in files.items():
            path = folder / name
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
            path.chmod(0o600)
        return home

    def test_the_ca_in_the_users_configuration(self):
        self.login_at("-v", "alice", home=self.configured({"mqtt_ca.crt": self.pki.cafile.read_bytes()}))

    def test_the_ca_that_the_system_trusts(self):
        self.login_at("-v", "alice", SSL_CERT_FILE=str(self.pki.cafile))

    def test_the_ca_of_the_source_tree_that_the_program_was_built_in(self):
        tree = self.folder.path
        self.folder.write("certs/mqtt_ca.crt", self.pki.cafile.read_bytes(), 0o644)
        self.folder.write("build/CMakeCache.txt", "")
        self.login_at("-v", "alice", program=self.copy_program(tree / "build" / "src"))

    def test_the_ca_of_the_installation(self):
        self.folder.write("usr/share/gnatter/certs/mqtt_ca.crt", self.pki.cafile.read_bytes(), 0o644)
        self.login_at("-v", "alice", program=self.copy_program(self.folder.path / "usr" / "bin"))

    def copy_program(self, folder):
        folder.mkdir(parents=True)
        return shutil.copy(shutil.which(GNATTER), folder / "gnatter")

    def test_without_any_of_them_nothing_is_trusted(self):
        done = self.run_words("-v", "-h", "localhost", "-p", str(self.broker.tls_port), "-u", "alice", "-P", "alice",
                              environment={"SSL_CERT_FILE": str(self.folder.path / "none.crt")})
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertIn("none.crt", done.stderr)

    def test_certificate_and_key_in_the_users_configuration(self):
        alice = self.users["alice"]
        home = self.configured({"mqtt_ca.crt": self.pki.cafile.read_bytes(), "client.key": alice.key.read_bytes(),
                                "client.crt": alice.certificate.read_bytes()})
        self.login_at("-V", "alice", home=home)

    def test_all_of_it_in_the_configuration_file(self):
        alice = self.users["alice"]
        settings = (f'tls = true\nhost = "localhost"\nport = {self.broker.tls_port}\nuser = "alice"\n'
                    f'password-command = "echo alice"\ncafile = "ca/chat.crt"\n')
        home = self.configured({"gnatter.toml": settings})
        (home.config / "gnatter" / "ca").mkdir()
        shutil.copy(self.pki.cafile, home.config / "gnatter" / "ca" / "chat.crt")
        self.assert_logs_in("alice", home)
        settings = (f'x509 = true\nhost = "localhost"\nport = {self.broker.x509_port}\n'
                    f'cafile = "{self.pki.cafile}"\ncert = "{alice.certificate}"\nkey = "alice.key"\n')
        home = self.configured({"gnatter.toml": settings, "alice.key": alice.key.read_bytes()})
        self.assert_logs_in("alice", home)

    def assert_logs_in(self, user, home):
        before = self.broker.logins(user)
        client = self.keep(Gnatter(self.words(), home))
        client.expect(kind="login", sender=user)
        self.assertEqual(self.broker.logins(user), before + 1)
        self.assertEqual(client.quit(), 0, client.said())


if __name__ == "__main__":
    main()
