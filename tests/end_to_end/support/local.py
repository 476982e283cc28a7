# SPDX-License-Identifier: GPL-3.0-or-later
"""A test of --local: the place in which its private broker runs, and clients of that broker."""

import os
import pathlib
import shutil
import signal
import stat
import tempfile

from .case import GNATTER, PLUGIN_DIRECTORY, ChatTest
from .gnatter import Gnatter
from .process import run
from .waiting import eventually

NOBODY = 65534  # the user who owns nothing


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
            try:
                status = path.lstat()
            except FileNotFoundError:  # mosquitto renames its new database while we look
                continue
            self.assertEqual(stat.S_IMODE(status.st_mode), 0o700 if stat.S_ISDIR(status.st_mode) else 0o600, path)
            self.assertEqual(status.st_uid, owner, path)

    def assert_hashed(self):
        passwords = dict(line.split("\t") for line in (self.place.directory / "passwords").read_text().splitlines())
        users = (self.place.directory / "users").read_text()
        self.assertEqual({line.split(":")[0] for line in users.splitlines()}, set(passwords))
        for password in passwords.values():
            self.assertRegex(password, "^[0-9a-f]{32}$")
            self.assertNotIn(password, users)
