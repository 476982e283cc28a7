# SPDX-License-Identifier: GPL-3.0-or-later
"""--local and /local: a private broker that comes with the first client and goes with the last."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import threading
import unittest

from support import GNATTER, PLUGIN_DIRECTORY, FakeBroker, Gnatter, main, run
from support.local import NOBODY, LocalTest, Place

AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
NOT_INSTALLED = "--local needs mosquitto, which is not installed: sudo apt-get install mosquitto"

# Programs that are there, but cannot be run.
WITHOUT = """
for name in {names}; do
  program=$(command -v $name || echo /usr/sbin/$name)
  mount --bind /dev/null "$program"
done
exec "$@"
"""


def unshare():
    return ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]


def namespaces():
    done = subprocess.run([*unshare(), "mount", "--bind", "/dev/null", "/etc/passwd"], capture_output=True, check=False)
    return done.returncode == 0


class TwoPeople(LocalTest):
    def chat_and_quit(self, owner=None):
        alice, bob = self.join("alice", "-j", "dev"), self.join("bob", "-j", "dev")
        self.assertEqual([event.text[:26] for event in bob.all(kind="info", text=re.compile("^Connected"))],
                         ["Connected to local as bob "])
        self.assert_talk((alice, "alice"), (bob, "bob"), "hello")
        bob.send("#dev to all")
        alice.expect(kind="message", window="#dev", sender="bob", text="to all")
        self.assertEqual((len(self.place.watchers()), len(self.place.brokers())), (1, 1))
        self.assert_private(owner)
        self.assert_hashed()
        self.assertEqual(alice.quit(), 0, alice.said())
        self.assertFalse(self.place.is_empty())
        bob.say("bob", "still here")
        bob.expect(kind="sent", text="still here")
        self.assertEqual(bob.quit(), 0, bob.said())
        self.place.wait_until_empty()
        self.assertFalse((self.place.directory / "port").exists())
        self.assert_private(owner)

    def test_chat_and_the_broker_goes_with_the_last(self):
        self.chat_and_quit()

    def test_chat_without_a_runtime_directory(self):
        self.place = self.keep(Place(f"gnatter-{os.geteuid()}"))
        self.where = {"TMPDIR": str(self.place.path)}
        self.chat_and_quit()

    @unittest.skipUnless(os.geteuid() == 0, "only root may become another user")
    def test_chat_as_an_ordinary_user(self):
        self.place = self.keep(Place(owner=NOBODY))
        self.where = {"XDG_RUNTIME_DIR": str(self.place.path), "USER": pwd.getpwuid(NOBODY).pw_name}
        self.prefix = AS_NOBODY
        self.borrow_program()
        self.chat_and_quit(NOBODY)

    @unittest.skipUnless(os.geteuid() == 0, "only root may become another user")
    def test_nobody_else_sees_anything(self):
        alice = self.join("alice")
        self.borrow_program()
        os.chmod(self.place.path, 0o755)
        for name in ("passwords", "users", "port", "mosquitto.db", "log"):
            done = run(*AS_NOBODY, "cat", str(self.place.directory / name))
            self.assertIn("Permission denied", done.stderr)
        self.prefix = AS_NOBODY
        self.where["TMPDIR"] = str(self.keep(Place(owner=NOBODY)).path)
        done = self.run_local("bob", stdin="alice hello\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)  # at a broker of its own
        alice.say("alice", "fence")
        alice.expect(kind="sent", text="fence")
        self.assertEqual(alice.all(kind="login", sender="bob"), [])

    def borrow_program(self):
        """Copies that every user may run."""
        place = self.keep(Place()).path
        place.chmod(0o755)
        self.program = shutil.copy(GNATTER, place)
        if PLUGIN_DIRECTORY:
            self.plugins = str(shutil.copytree(PLUGIN_DIRECTORY, place / "plugins"))

    def home(self):
        home = super().home()
        if self.prefix:
            os.chown(home.path, NOBODY, NOBODY)
        return home

    def test_a_name_of_blanks_and_umlauts(self):
        anna = self.join("Änna Léna")
        bob = self.join("bob")
        bob.send('"Änna Léna" hello')
        anna.expect(kind="message", sender="bob", text="hello")

    def test_the_name_is_the_users_if_none_is_given(self):
        words = [word for word in self.words("x") if word not in ("-u", "x")]
        client = self.keep(Gnatter(words, self.home(), **self.where, USER="mika"))
        client.expect(kind="login", sender="mika")

    def test_one_user_twice(self):
        home = self.home()
        first, second = self.join("alice", home=home), self.join("alice", home=home)
        bob = self.join("bob")
        bob.say("alice", "to both")
        for client in (first, second):
            client.expect(kind="message", sender="bob", text="to both")

    def test_started_at_the_very_same_time_they_find_one_broker(self):
        for round_ in range(4):
            names = [f"user{number}" for number in range(5)]
            clients = [self.start_local(name) for name in names]
            for client, name in zip(clients, names):
                client.expect(kind="login", sender=name)
            self.assertEqual((len(self.place.watchers()), len(self.place.brokers())), (1, 1))
            self.assert_talk((clients[0], names[0]), (clients[-1], names[-1]), f"round {round_}")
            for client in clients:
                self.assertEqual(client.all(kind="error"), [])
                self.assertEqual(client.quit(), 0, client.said())
        self.place.wait_until_empty()

    def test_coming_while_the_last_one_goes(self):
        """Each starts at the moment at which the watcher gives up."""
        failed = []

        def come_and_go(user):
            for _ in range(10):
                done = self.run_local(user, stdin="alice hi\n")
                if done.returncode != 0 or "\terror\t" in done.stdout:
                    failed.append(done.stdout + done.stderr + self.place.log())
        threads = [threading.Thread(target=come_and_go, args=(user,)) for user in ("alice", "bob")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])
        self.place.wait_until_empty()


class Words(LocalTest):
    def test_what_does_not_go_with_it_is_a_mistake_of_usage(self):
        for options in (["-h", "localhost"], ["-p", "1883"], ["-P", "secret"], ["--password-command", "true"],
                        ["--password-file", "/dev/null"]):
            with self.subTest(options=options):
                done = self.run_local("alice", *options)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.assertIn("--local", done.stderr)
        self.assertFalse(self.place.directory.exists())

    @unittest.skipUnless(namespaces(), "no mount namespaces here")
    def test_without_mosquitto_there_is_one_sentence_with_the_command(self):
        for names in ("mosquitto", "mosquitto_passwd", "mosquitto mosquitto_passwd"):
            with self.subTest(names=names):
                self.prefix = [*unshare(), "sh", "-ec", WITHOUT.format(names=names), "sh"]
                done = self.run_local("alice")
                self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
                self.assertEqual(done.stderr, f"gnatter: {NOT_INSTALLED}\n")
        self.assertFalse(self.place.directory.exists())

    def test_mosquitto_is_found_off_the_path(self):
        tools = self.keep(Place()).path
        (tools / "mosquitto_passwd").symlink_to(shutil.which("mosquitto_passwd"))
        done = self.run_local("alice", stdin="bob hi\n", PATH=str(tools))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Command(LocalTest):
    def test_it_takes_the_network_to_the_private_broker(self):
        alice = self.login("alice", "-j", "dev", environment=self.where)
        alice.send("/local")
        alice.expect(kind="info", text=re.compile("^Connected to local as alice"))
        bob = self.join("bob")
        self.assert_talk((alice, "alice"), (bob, "bob"), "hello")
        self.assertEqual(bob.quit(), 0)
        alice.say("alice", "still here")
        alice.expect(kind="sent", text="still here")
        self.assertEqual(alice.quit(), 0, alice.said())
        self.place.wait_until_empty()

    def test_lines_that_wait_for_another_broker_are_not_lost_by_it(self):
        alice = self.login("alice", "-j", "dev", environment=self.where)
        self.broker.kill()
        alice.expect(kind="error", text=re.compile("the line is lost"))
        alice.say("#dev", "later")
        alice.send("/local")
        alice.expect(kind="info", text=re.compile("^Connected to local as alice"), limit=60)
        alice.say("local/bob", "meanwhile")
        alice.expect(kind="sent", window="local/bob", text="meanwhile")
        self.broker.start()
        alice.expect(kind="sent", window="127.0.0.1/#dev", text="later")

    def test_it_mends_a_private_broker_whose_watcher_was_killed(self):
        alice = self.join("alice")
        os.kill(self.place.watchers()[0], signal.SIGKILL)
        self.place.wait_until_empty()
        alice.send("/local")
        alice.expect(kind="info", text=re.compile("^(Connected to local as alice|local is back)"), limit=60)
        bob = self.join("bob")
        self.assert_talk((alice, "alice"), (bob, "bob"), "hello")

    def test_its_password_goes_to_no_other_broker(self):
        other = self.keep(FakeBroker())
        alice = self.join("alice")
        alice.send(f"/connect 127.0.0.1 {other.port}")
        connect, = other.wait_for_connects(1)
        self.assertEqual(connect.password, b"alice")

    @unittest.skipUnless(namespaces(), "no mount namespaces here")
    def test_without_mosquitto_it_says_so(self):
        broker = self.keep(FakeBroker())
        script = [*unshare(), "sh", "-ec", WITHOUT.format(names="mosquitto"), "sh"]
        client = self.keep(Gnatter([*script, *self.command("alice", port=broker.port)], self.home(), **self.where))
        client.expect(kind="login")
        client.send("/local")
        client.expect(kind="error", text=NOT_INSTALLED)


if __name__ == "__main__":
    main()
