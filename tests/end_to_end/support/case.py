# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of the tests: makes what they need and puts everything away after each."""

import os
import subprocess
import unittest

from .broker import Broker
from .gnatter import Gnatter, Home
from .process import run
from .tmux import Tmux
from .waiting import eventually
from .witness import Witness

GNATTER = os.environ.get("GNATTER", "gnatter")
PLUGIN_DIRECTORY = os.environ.get("GNATTER_PLUGIN_DIR", "")
SLOW = bool(os.environ.get("GNATTER_SLOW"))


def main():
    unittest.main(verbosity=2)


class ChatTest(unittest.TestCase):
    """`self.broker` is a broker of the test's own; what the methods make is ended and removed after the test."""

    maxDiff = 2000

    @property
    def broker(self):
        if not hasattr(self, "_broker"):
            self._broker = self.make_broker()
        return self._broker

    def make_broker(self, **options):
        return self.keep(Broker(**options))

    def use_broker(self, **options):
        """Makes the test's own broker, with options."""
        self._broker = self.make_broker(**options)
        return self._broker

    def keep(self, thing):
        """Sees to it that `thing` is removed or stopped after the test."""
        self.addCleanup(thing.remove if hasattr(thing, "remove") else thing.stop)
        return thing

    def home(self):
        return self.keep(Home())

    def command(self, user, *options, port=None, host="127.0.0.1", password=True):
        """The command line of a headless client. `user` None: the program is to find out."""
        plugins = ["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []
        return [GNATTER, "--headless", "-h", host, "-p", str(port or self.broker.port),
                *(["-u", user] if user else []), *(["-P", user] if password else []), *plugins, *options]

    def start(self, user, *options, home=None, environment=None, **where):
        """A client that may or may not get anywhere."""
        return self.keep(Gnatter(self.command(user, *options, **where), home or self.home(), **(environment or {})))

    def login(self, user, *options, broker=None, name=None, **more):
        """A client that has logged in at the broker (or through a proxy before it, with port=). `name`: who it will
        turn out to be, where `user` does not say."""
        broker, name = broker or self.broker, user or name
        before = broker.logins(name)
        gnatter = self.start(user, *options, **{"port": broker.port, **more})
        eventually(lambda: broker.logins(name) > before or not gnatter.running, f"{name} logs in",
                   detail=lambda: gnatter.said() + "\n" + broker.log_end())
        self.assertTrue(gnatter.running, gnatter.said())
        gnatter.client_id = broker.client_ids(name)[-1]
        return gnatter

    def run_to_end(self, user, *options, stdin="", home=None, environment=None, **where):
        """A client with its whole input at once; the finished process. Its output is text."""
        return run(*self.command(user, *options, **where), stdin=stdin,
                   env=(home or self.home()).environment(**(environment or {})))

    @property
    def tmux(self):
        """A tmux of the test's own."""
        if not hasattr(self, "_tmux"):
            self.use_tmux()
        return self._tmux

    def use_tmux(self, **options):
        """Makes the test's own tmux, with options: term="screen"."""
        self._tmux = self.keep(Tmux(**options))
        return self._tmux

    def open_pane(self, *command, columns=120, rows=40, home=None, environment=None):
        """A program on a screen of its own, in a clean home."""
        clean = (home or self.home()).environment(**(environment or {}))
        return self.tmux.open(*command, columns=columns, rows=rows, environment=clean)

    def witness(self, *topics, broker=None, **options):
        return self.keep(Witness(broker or self.broker, *([topics] if topics else []), **options))

    def publish(self, user, topic, payload, *options, version="5", qos=2):
        """mosquitto_pub; waits until the broker has taken it."""
        data = payload.encode() if isinstance(payload, str) else payload
        done = subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", user, "-P", user,
                               "-V", version, "-q", str(qos), "-t", topic, "-s" if data else "-n", *options],
                              input=data, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
