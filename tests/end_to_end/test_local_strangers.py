# SPDX-License-Identifier: GPL-3.0-or-later
"""A private broker and what is not its own: what stands in the way of its start, and what it lets nobody see."""

import os
import pathlib
import re
import socket
import unittest

from support import Gnatter, main
from support.local import NOBODY, LocalTest, Place


class Strangers(LocalTest):
    """What stands in the way when a client starts."""

    def test_the_last_port_is_taken_again(self):
        alice = self.join("alice")
        port = self.place.port()
        self.assertEqual(alice.quit(), 0)
        self.place.wait_until_empty()
        self.join("alice")
        self.assertEqual(self.place.port(), port)

    def test_the_last_port_is_taken_by_somebody_else(self):
        self.place.directory.mkdir(0o700)
        with socket.create_server(("127.0.0.1", 0)) as stranger:
            taken = stranger.getsockname()[1]
            for name in ("last-port", "port"):  # one that a machine's crash left behind
                (self.place.directory / name).write_text(f"{taken}\n")
            alice, bob = self.join("alice"), self.join("bob")
            self.assertNotEqual(self.place.port(), taken)
            self.assert_talk((alice, "alice"), (bob, "bob"), "hello")

    def test_files_full_of_nonsense(self):
        self.place.directory.mkdir(0o700)
        for name in ("last-port", "port", "passwords", "users", "acl", "mosquitto.conf", "log", "start.lock",
                     "clients.lock", "watcher.lock", "broker.lock"):
            (self.place.directory / name).write_bytes(b"nonsense\n\xff\0\n")
        alice, bob = self.join("alice"), self.join("bob")
        self.assert_talk((alice, "alice"), (bob, "bob"), "hello")

    def test_a_broker_that_cannot_start_is_told_with_its_own_words(self):
        self.place.directory.mkdir(0o700)
        (self.place.directory / "acl").mkdir()  # can be neither read nor replaced
        done = self.run_local("alice")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertIn("The private broker could not be started", done.stderr)
        self.assertIn(f"All of its log: {self.place.directory}/log", done.stderr)
        self.place.wait_until_empty()

    def test_messages_that_cannot_be_read_any_more_are_put_aside(self):
        self.place.directory.mkdir(0o700)
        (self.place.directory / "mosquitto.db").write_bytes(b"nonsense" * 100)
        alice = self.join("alice")
        self.assertEqual((self.place.directory / "mosquitto.db.unreadable").read_bytes(), b"nonsense" * 100)
        self.assertEqual(alice.quit(), 0)

    def refused(self, path):
        done = self.run_local("alice")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertIn(str(path), done.stderr)
        self.assertTrue(self.place.is_empty())

    def test_a_link_in_the_temporary_directory_is_refused(self):
        place = self.keep(Place(f"gnatter-{os.geteuid()}"))
        elsewhere = self.keep(Place()).path
        place.directory.symlink_to(elsewhere)
        self.where = {"TMPDIR": str(place.path)}
        self.refused(place.directory)
        self.assertEqual(list(elsewhere.iterdir()), [])

    def test_a_directory_that_others_can_enter_is_refused(self):
        place = self.keep(Place(f"gnatter-{os.geteuid()}"))
        place.directory.mkdir()
        place.directory.chmod(0o755)
        self.where = {"TMPDIR": str(place.path)}
        self.refused(place.directory)
        self.assertEqual(list(place.directory.iterdir()), [])

    @unittest.skipUnless(os.geteuid() == 0, "only root may give files away")
    def test_somebody_elses_directory_is_refused(self):
        place = self.keep(Place("gnatter-0"))
        place.directory.mkdir(0o700)
        os.chown(place.directory, NOBODY, NOBODY)
        self.where = {"TMPDIR": str(place.path)}
        self.refused(place.directory)
        self.assertEqual(list(place.directory.iterdir()), [])


class Secrets(LocalTest):
    def test_nothing_is_open_to_others_with_any_umask(self):
        for umask in ("000", "777"):
            with self.subTest(umask=umask):
                self.prefix = ["sh", "-c", f'umask {umask}; exec "$@"', "sh"]
                home = self.home()
                for name in ("state", "config"):
                    (home.path / name / "gnatter").mkdir(parents=True)
                alice = self.join("alice", home=home)
                bob = self.join("bob")
                self.assert_talk((alice, "alice"), (bob, "bob"), "hello")
                self.assert_private()
                self.assert_hashed()
                for pid in (*self.place.watchers(), *self.place.brokers()):  # for what is written and gone again
                    self.assertRegex(pathlib.Path(f"/proc/{pid}/status").read_text(), r"Umask:\s+0077\n")
                self.assertEqual((alice.quit(), bob.quit()), (0, 0))
                self.place.wait_until_empty()
                self.assert_private()

    def test_a_password_of_the_environment_is_handed_to_nobody(self):
        alice = self.join("alice", GNATTER_PASSWORD="correct horse")
        for pid in (alice.pid, *self.place.watchers(), *self.place.brokers()):
            self.assertNotIn(b"correct horse", pathlib.Path(f"/proc/{pid}/environ").read_bytes())

    def test_the_watcher_holds_nothing_of_the_client(self):
        with open(self.home().path / "open", "w", encoding="utf-8") as extra:
            os.set_inheritable(extra.fileno(), True)
            alice = self.keep(Gnatter(["sh", "-c", f'exec "$@" 9>{extra.name}', "sh", *self.words("alice")],
                                      self.home(), **self.where))
            alice.expect(kind="login")
            self.assertIn(extra.name, self.open_files(alice.pid))
        for pid in (*self.place.watchers(), *self.place.brokers()):
            files = self.open_files(pid)
            self.assertNotIn(extra.name, files)
            self.assertFalse([name for name in files if name.startswith(("/dev/pts", "/dev/tty"))], files)
            self.assertEqual([files[0]] + sorted(set(files[1:3])), ["/dev/null", f"{self.place.directory}/log"])
            self.assertNotEqual(os.getsid(pid), os.getsid(alice.pid))
            self.assertEqual(os.readlink(f"/proc/{pid}/cwd"), str(self.place.directory))

    def test_no_child_of_a_client_keeps_the_broker(self):
        alice = self.join("alice")
        locks = [number for number, name in enumerate(self.open_files(alice.pid)) if name.endswith("clients.lock")]
        self.assertEqual(len(locks), 1)
        flags = re.search(r"flags:\s+(\d+)", pathlib.Path(f"/proc/{alice.pid}/fdinfo/{locks[0]}").read_text())[1]
        self.assertTrue(int(flags, 8) & os.O_CLOEXEC)

    @staticmethod
    def open_files(pid):
        """What descriptor N is open on, in place N."""
        folder = pathlib.Path(f"/proc/{pid}/fd")
        numbers = sorted(int(path.name) for path in folder.iterdir())
        return [os.readlink(folder / str(number)) if number in numbers else "" for number in range(numbers[-1] + 1)]


if __name__ == "__main__":
    main()
