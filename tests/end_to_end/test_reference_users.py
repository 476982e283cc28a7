# SPDX-License-Identifier: GPL-3.0-or-later
"""mosquitto/user: who may log in at the reference broker with a password."""

import os
import pathlib
import pty
import shutil
import subprocess
import termios
import time

from support import Process, eventually, main, run
from support.reference_broker import LOUD, MOSQUITTO
from support.reference_case import ReferenceTest, mode


class Users(ReferenceTest):
    def test_one_who_comes_while_it_runs(self):
        broker = self.broker()
        reader = broker.read(broker.options("password", "alice"), "/test")
        by_certificate = broker.read(broker.options("certificate", "alice"), "/test")
        self.addCleanup(by_certificate.stop)
        self.addCleanup(reader.stop)
        self.assert_not_let_in(broker, "carol")
        broker.user("--name-as-password", "carol", "Änna Léna")
        for user in ("carol", "Änna Léna"):
            eventually(lambda: broker.publish(broker.options("password", user), "/test", user).returncode == 0,
                       f"{user}'s login", detail=broker.log_end)
            for those in (reader, by_certificate):  # who was there still is
                those.wait_for("/test", user)

    def test_one_who_is_removed_is_cut_off(self):
        broker = self.plain_broker()
        reader = broker.read(broker.options("password", "alice"), "/test")
        self.addCleanup(reader.stop)
        broker.user("--delete", "alice")
        broker.wait_for_log(f"Client {reader.client_id} disconnected")
        self.assert_not_let_in(broker, "alice")
        self.assert_works(broker, user="bob")
        self.assertEqual(broker.user().stdout, "bob\n")

    def test_before_the_first_start(self):
        broker = self.plain_broker(users=(), listen=False)
        shutil.rmtree(broker.directory)
        self.assertIn("no users yet", broker.user().stdout)
        broker.user("--name-as-password", "alice")
        self.assertEqual((mode(broker.directory), mode(broker.directory / "passwd")), (0o700, 0o600))
        (broker.directory / "conf.d").mkdir()
        (broker.directory / "conf.d" / "test.conf").write_text(LOUD)
        broker.start()
        self.assert_works(broker)

    def test_a_password_is_asked_for_twice_and_not_shown(self):
        broker = self.plain_broker(users=())
        self.assertIn("Reenter", self.answer(broker, "dan", "open sesame", "open sesame")[1])
        eventually(lambda: broker.publish(broker.options("password", "dan", "open sesame"), "/test", "x").returncode == 0,
                   "dan's login")
        code, said = self.answer(broker, "dan", "one", "other")
        self.assertEqual(code, 1)
        self.assertIn("dan has no new password", said)
        self.assertEqual(broker.publish(broker.options("password", "dan", "open sesame"), "/test", "x").returncode, 0)
        self.assertNotIn("sesame", (broker.directory / "passwd").read_text())

    def answer(self, broker, user, *answers):
        """mosquitto/user on a terminal: its exit code and what was to be seen."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([str(MOSQUITTO / "user"), "-d", str(broker.directory), user], stdin=theirs,
                                   stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)
        said = b""
        for prompt, answer in zip((b"Password: ", b"Reenter password: "), answers):
            while prompt not in said:
                said += os.read(ours, 1024)
            eventually(lambda: not termios.tcgetattr(ours)[3] & termios.ECHO, "a terminal that does not show it")
            os.write(ours, answer.encode() + b"\n")
        said += self.read_to_end(ours)
        for answer in answers:
            self.assertNotIn(answer, said.decode())
        return process.wait(20), said.decode()

    def read_to_end(self, terminal):
        said = b""
        try:
            while more := os.read(terminal, 1024):
                said += more
        except OSError:  # how a terminal says it
            pass
        os.close(terminal)
        return said

    def test_names_that_cannot_be(self):
        broker = self.plain_broker(listen=False)
        for name in ("a/b", "a+b", "a#b", "#a", "a:b", "", " a", "a ", "*", "a\tb", "a\nb", "x" * 65, "\udcff", "-a"):
            with self.subTest(repr(name)):
                done = run(str(MOSQUITTO / "user"), "-d", str(broker.directory), "--name-as-password", "--", "carol", name)
                self.assertEqual((done.returncode, done.stdout), (1, ""))
                self.assertNotEqual(done.stderr, "")
                self.assertEqual(broker.user().stdout, "alice\nbob\n")  # carol neither

    def test_one_who_is_not_there_cannot_be_removed(self):
        broker = self.plain_broker(listen=False)
        done = run(str(MOSQUITTO / "user"), "-d", str(broker.directory), "--delete", "ali.e")
        self.assertEqual((done.returncode, done.stderr), (1, "mosquitto/user: there is no user ali.e\n"))
        self.assertEqual(broker.user().stdout, "alice\nbob\n")

    def test_no_password_is_on_a_command_line(self):
        """Every command line that this machine shows while users are made."""
        broker = self.plain_broker(users=(), listen=False)
        process = Process(str(MOSQUITTO / "user"), "-d", str(broker.directory), "--name-as-password",
                          *[f"visible-{number}" for number in range(20)])
        self.addCleanup(process.stop)
        seen = set()
        while process.running:
            for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    words = path.read_bytes().split(b"\0")
                except OSError:
                    continue
                if b"mosquitto_passwd" in words[0] and any(str(broker.directory).encode() in word for word in words):
                    seen.add(tuple(words))
            time.sleep(0.001)
        self.assertEqual(process.wait(), 0, process.said())
        self.assertTrue(seen)
        self.assertEqual([words for words in seen if sum(b"visible" in word for word in words) != 1], [])


if __name__ == "__main__":
    main()
