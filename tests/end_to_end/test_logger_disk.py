# SPDX-License-Identifier: GPL-3.0-or-later
"""Logs on a disk that is full, and in a directory that may not be written."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import GNATTER, PLUGIN_DIRECTORY, eventually, main
from support.logs import StreamTest, logs, raw_rows
from support.screen import status_has, status_has_not

NOBODY = 65534
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
UNSHARE = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]


def why_no_disk():
    """Why there can be no disk of our own here, or None."""
    try:
        done = subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    except OSError as error:
        return str(error)
    return f"no mount namespaces here: {done.stderr.decode().strip()}" if done.returncode else None


@unittest.skipIf(why_no_disk(), why_no_disk() or "")
class Full(StreamTest):
    """Logs on a disk of 64 KiB."""

    def in_namespace(self, words):
        directory = logs(self.place)
        script = f'mkdir -p {directory}; chmod 700 {directory.parent}; mount -t tmpfs -o size=64k,mode=700 none {directory}'
        return [*UNSHARE, "sh", "-ec", script + '; exec "$@"', "sh", *words]

    def command(self, user, *options, **where):
        words = super().command(user, *options, **where)
        return self.in_namespace(words) if user == "alice" else words

    def screen_words(self, user, *options, **where):
        return [word for word in self.command(user, *options, **where) if word != "--headless"]

    def inside(self, pid):
        """The log as the client sees it."""
        return pathlib.Path(f"/proc/{pid}/root") / self.path.relative_to("/")

    def fill(self, path, leave):
        """All but `leave` bytes of the disk."""
        ballast = path.parents[1] / "ballast"
        ballast.write_bytes(bytes(64 * 1024 - leave - 8192))
        return ballast

    def test_a_full_disk_is_told_once_and_nothing_is_lost(self):
        pane = self.logging_screen("alice", "-j", "dev", home=self.place, columns=200)
        path = self.inside(pane.pid)
        self.say(1)
        eventually(path.exists, "the log", detail=pane.said)
        ballast = self.fill(path, 8192)
        self.say(300, tail=" " + "x" * 60)
        pane.wait_for(status_has("not logging: disk full"))
        pane.send("M-1")
        pane.wait_for(re.compile(r"logger: no room in ~/state/gnatter/logs\. \d+ lines? waits? in memory \(room for 10,000 "))
        waiting = len(raw_rows(path))
        self.assertLess(waiting, 300)
        ballast.unlink()
        pane.wait_for(status_has_not("not logging"))
        pane.wait_for("there is room again in ~/state/gnatter/logs, everything that waited is written.")
        self.assertEqual(sum("logger: " in row for row in pane.capture()), 2)
        numbers = [int(row.split()[-2 if b"x" in row else -1]) for row in raw_rows(path)]
        self.assertEqual(numbers, list(range(301)))

    def test_what_is_beyond_the_bound_is_counted(self):
        alice = self.logger()
        path = self.inside(alice.pid)
        self.say(1)
        eventually(path.exists, "the log", detail=alice.said)
        self.fill(path, 0)
        self.say(10300)
        alice.expect(window="*", text=re.compile("logger: no room in .* in memory"))
        alice.expect(kind="message", text=f"line {self.said - 1}", limit=60)
        done = subprocess.run(["nsenter", "-t", str(alice.pid), "-m", "mount", "-o", "remount,size=8m", "none",
                               str(logs(self.place))], capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = alice.expect(window="*", text=re.compile("lines found no room to wait and are in no log"))
        lost = int(re.search(r"([\d,]+) lines found", told.text)[1].replace(",", ""))
        self.assertGreater(lost, 0)
        counted = [int(row.split()[-1]) for row in raw_rows(path)]
        self.assertEqual(counted, list(range(len(counted))))
        self.assertEqual(len(counted) + lost, self.said)
        self.assertGreaterEqual(len(counted), 10000)


class Forbidden(StreamTest):
    @unittest.skipUnless(os.geteuid() == 0, "only root may become another user")
    def test_a_directory_that_cannot_be_written(self):
        self.borrow_program()
        os.chown(self.place.path, NOBODY, NOBODY)
        network = self.path.parent
        network.mkdir(parents=True)
        for path in (self.place.state, *network.parents, network):
            if self.place.path in path.parents:
                os.chown(path, NOBODY, NOBODY)
                path.chmod(0o700)
        network.chmod(0o500)
        pane = self.logging_screen("alice", "-j", "dev", home=self.place, columns=200)
        pane.wait_for("is open")
        self.say(10)
        pane.wait_for(status_has("not logging: no right to"))
        pane.send("M-1")
        pane.wait_for("cannot be written: no right to write there")
        self.assertFalse(self.path.exists())
        network.chmod(0o700)
        pane.wait_for(status_has_not("not logging"))
        pane.wait_for("everything that waited is")
        self.assert_each_once(self.path)

    def borrow_program(self):
        """Copies that every user may run."""
        directory = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-program-"))
        self.addCleanup(shutil.rmtree, directory)
        directory.chmod(0o755)
        self.program = shutil.copy(GNATTER, directory)
        self.plugins = directory / "plugins"
        self.plugins.mkdir(mode=0o755)
        for name in ("presence", "logger"):
            shutil.copy(pathlib.Path(PLUGIN_DIRECTORY) / f"{name}.so", self.plugins)

    def command(self, user, *options, **where):
        words = super().command(user, *options, **where)
        replaced = {GNATTER: self.program, PLUGIN_DIRECTORY: str(self.plugins)}
        return AS_NOBODY + [replaced.get(word, word) for word in words]


if __name__ == "__main__":
    main()
