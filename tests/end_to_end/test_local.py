# SPDX-License-Identifier: GPL-3.0-or-later
"""--local and /local: a private broker that comes with the first client and goes with the last."""

import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import threading
import time
import unittest

from support import GNATTER, PLUGIN_DIRECTORY, ChatTest, FakeBroker, Gnatter, eventually, main, run

NOBODY = 65534
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


def arguments_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")[:-1]
    except OSError:
        return []


def processes(directory):
    """pid: arguments, of the watcher and the mosquitto of the broker in `directory`."""
    every = {int(path.name): arguments_of(path.name) for path in pathlib.Path("/proc").iterdir() if path.name.isdigit()}
    return {pid: words for pid, words in every.items()
            if words[1:3] == ["--local-watcher", str(directory)] or words[1:] == ["-c", f"{directory}/mosquitto.conf"]}


class Place:
    """A directory in which one private broker has its own; what is left of it at the end is ended."""

    def __init__(self, name="gnatter", owner=None):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-local-"))
        self.directory = self.path / name
        if owner is not None:
            os.chown(self.path, owner, owner)

    def watchers(self):
        return [pid for pid, words in processes(self.directory).items() if words[1] == "--local-watcher"]

    def brokers(self):
        return [pid for pid, words in processes(self.directory).items() if words[1] == "-c"]

    def is_empty(self):
        return not processes(self.directory)

    def port(self):
        return int((self.directory / "port").read_text())

    def log(self):
        log = self.directory / "log"
        return "the broker's log:\n" + log.read_text("utf-8", "replace")[-4000:] if log.exists() else "no log"

    def wait_until_empty(self):
        eventually(self.is_empty, "the end of watcher and mosquitto",
                   detail=lambda: f"{processes(self.directory)}\n{self.log()}")

    def clear(self):
        """Whether the broker's directory is gone; mosquitto may write into it while it is removed."""
        shutil.rmtree(self.directory, ignore_errors=True)
        return not self.directory.exists()

    def remove(self):
        for pid in [*self.watchers(), *self.brokers()]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.wait_until_empty()
        shutil.rmtree(self.path, ignore_errors=True)


class LocalTest(ChatTest):
    """`self.place` is the place of the test's broker, by XDG_RUNTIME_DIR."""

    def setUp(self):
        self.place = self.keep(Place())
        self.where = {"XDG_RUNTIME_DIR": str(self.place.path)}
        self.prefix = []
        self.program = GNATTER
        self.plugins = PLUGIN_DIRECTORY

    def words(self, user, *options):
        plugins = ["--plugin-dir", self.plugins] if self.plugins else []
        return [*self.prefix, self.program, "--headless", "--local", "-u", user, *plugins, *options]

    def start_local(self, user, *options, home=None, **environment):
        return self.keep(Gnatter(self.words(user, *options), home or self.home(), **{**self.where, **environment}))

    def join(self, user, *options, **environment):
        """A client that has logged in at the private broker."""
        gnatter = self.start_local(user, *options, **environment)
        gnatter.expect(kind="login", sender=user)
        return gnatter

    def run_local(self, user, *options, stdin="", **environment):
        return run(*self.words(user, *options), stdin=stdin, env=self.home().environment(**{**self.where, **environment}))

    def assert_talk(self, one, other, text):
        """`one` and `other` are (client, user); each hears the other."""
        for (sender, name), (receiver, to) in ((one, other), (other, one)):
            sender.say(to, f"{text} from {name}")
            receiver.expect(kind="message", sender=name, text=f"{text} from {name}")

    def assert_private(self, owner=None):
        owner = os.geteuid() if owner is None else owner
        paths = [self.place.directory, *self.place.directory.rglob("*")]
        self.assertGreater(len(paths), 8, paths)
        for path in paths:
            status = path.lstat()
            self.assertEqual(stat.S_IMODE(status.st_mode), 0o700 if path.is_dir() else 0o600, path)
            self.assertEqual(status.st_uid, owner, path)

    def assert_hashed(self):
        passwords = dict(line.split("\t") for line in (self.place.directory / "passwords").read_text().splitlines())
        users = (self.place.directory / "users").read_text()
        self.assertEqual({line.split(":")[0] for line in users.splitlines()}, set(passwords))
        for password in passwords.values():
            self.assertRegex(password, "^[0-9a-f]{32}$")
            self.assertNotIn(password, users)


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


class Ends(LocalTest):
    def test_kill_9_of_all_clients(self):
        clients = [self.join(user) for user in ("alice", "bob")]
        for client in clients:
            client.terminate(signal.SIGKILL)
        self.place.wait_until_empty()
        self.assertFalse((self.place.directory / "port").exists())

    def test_a_client_that_is_stopped_is_still_there(self):
        alice, bob = self.join("alice"), self.join("bob")
        alice.terminate(signal.SIGSTOP)
        self.addCleanup(alice.terminate, signal.SIGKILL)
        self.assertEqual(bob.quit(), 0)
        carol = self.join("carol")
        self.assertEqual(carol.quit(), 0)
        alice.terminate(signal.SIGCONT)
        alice.say("alice", "here")
        alice.expect(kind="sent", text="here")

    def test_kill_9_of_mosquitto(self):
        alice, bob = self.join("alice"), self.join("bob")
        before, port = self.place.brokers(), self.place.port()
        os.kill(before[0], signal.SIGKILL)
        for client in (alice, bob):
            client.expect(kind="info", text=re.compile("^local is back"))
        self.assertEqual(self.place.port(), port)
        self.assertNotEqual(self.place.brokers(), before)
        self.assert_talk((alice, "alice"), (bob, "bob"), "again")
        self.assertEqual((alice.quit(), bob.quit()), (0, 0))
        self.place.wait_until_empty()

    def test_kill_9_of_the_watcher(self):
        alice = self.join("alice")
        port = self.place.port()
        os.kill(self.place.watchers()[0], signal.SIGKILL)
        self.place.wait_until_empty()
        bob = self.join("bob")
        self.assertEqual(self.place.port(), port)
        alice.expect(kind="info", text=re.compile("^local is back"))
        self.assert_talk((alice, "alice"), (bob, "bob"), "again")
        self.assertEqual(bob.quit(), 0)
        alice.say("alice", "still here")
        alice.expect(kind="sent", text="still here")
        self.assertEqual(alice.quit(), 0)
        self.place.wait_until_empty()

    def test_a_client_that_comes_right_after_kill_9_of_the_watcher(self):
        for _ in range(5):
            alice = self.join("alice")
            os.kill(self.place.watchers()[0], signal.SIGKILL)
            bob = self.join("bob")
            alice.expect(kind="info", text=re.compile("^local is back"))
            self.assert_talk((alice, "alice"), (bob, "bob"), "again")
            self.assertEqual((alice.quit(), bob.quit()), (0, 0))
            self.place.wait_until_empty()

    def test_two_mosquittos_never_have_the_same_files(self):
        alice = self.join("alice")
        port, (broker,) = self.place.port(), self.place.brokers()
        os.kill(broker, signal.SIGSTOP)
        os.kill(self.place.watchers()[0], signal.SIGKILL)
        eventually(lambda: not self.place.watchers(), "the watcher's end")
        bob = self.start_local("bob")
        eventually(self.place.watchers, "the next watcher")
        for _ in range(50):  # it waits
            self.assertEqual(self.place.brokers(), [broker])
            time.sleep(0.01)
        os.kill(broker, signal.SIGCONT)
        bob.expect(kind="login", sender="bob")
        self.assertEqual(self.place.port(), port)
        alice.expect(kind="info", text=re.compile("^local is back"))

    def test_sigterm_of_the_watcher_ends_the_broker_in_order(self):
        alice = self.join("alice")
        os.kill(self.place.watchers()[0], signal.SIGTERM)
        self.place.wait_until_empty()
        self.assertFalse((self.place.directory / "port").exists())
        self.assertTrue(alice.running)
        self.assertRegex(self.place.log(), "mosquitto version .* terminating")

    def test_kill_9_of_everything_leaves_nothing_that_disturbs(self):
        alice = self.join("alice")
        watcher, = self.place.watchers()
        os.kill(watcher, signal.SIGSTOP)  # so that it cannot put anything in order
        for pid in (alice.pid, *self.place.brokers(), watcher):
            os.kill(pid, signal.SIGKILL)
        self.place.wait_until_empty()
        self.assertTrue((self.place.directory / "port").exists())
        self.assertEqual(self.run_local("bob", stdin="alice hi\n").returncode, 0)

    def test_the_directory_may_go(self):
        alice = self.join("alice")
        watcher, = self.place.watchers()
        eventually(self.place.clear, "nothing left to remove")
        self.assertEqual(alice.quit(), 0, alice.said())
        eventually(lambda: not arguments_of(watcher), "the watcher's end")
        self.place.wait_until_empty()


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
