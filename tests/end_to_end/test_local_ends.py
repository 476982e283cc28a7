# SPDX-License-Identifier: GPL-3.0-or-later
"""How a private broker ends: clients, watcher and mosquitto killed or stopped in every order."""

import os
import pathlib
import re
import signal
import time

from support import eventually, main
from support.local import LocalTest, arguments_of


def is_over(pid):
    """All threads of the process have ended: then its locks are free, reaped or not."""
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
        return state in "ZX" and len(os.listdir(f"/proc/{pid}/task")) == 1
    except (FileNotFoundError, ProcessLookupError):
        return True


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
            (watcher,) = self.place.watchers()
            os.kill(watcher, signal.SIGKILL)
            # Who joined before the kill took effect would be there with alice, waiting for the next client.
            eventually(lambda: is_over(watcher), "the watcher's end")
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


if __name__ == "__main__":
    main()
