# SPDX-License-Identifier: GPL-3.0-or-later
"""Logs survive what happens to them: no line is lost that was on the screen for a second, and none is there twice."""

import collections
import os
import re
import shutil
import signal
import time

from support import Gnatter, Proxy, eventually, main
from support.logs import StreamTest, logs, rows, texts, wait_for_text


class Timed(Gnatter):
    """Remembers when each line of output came."""

    def __init__(self, *arguments, **environment):
        self.moments = {}
        super().__init__(*arguments, **environment)

    def take_line(self, line):
        self.moments[line.rpartition(b"\t")[2].decode("utf-8", "replace")] = time.monotonic()
        super().take_line(line)


class Killed(StreamTest):
    def start(self, user, *options, home=None, environment=None, **where):
        return self.keep(Timed(self.command(user, *options, **where), home or self.home(), **(environment or {})))

    def test_kill_in_a_stream_loses_nothing_that_stood_for_a_second(self):
        alice = self.logger()
        killed = None
        while self.said < 1000:
            self.say(1, pace=0.002)
            if killed is None and self.said > 600 and time.monotonic() - alice.moments.get("line 100", 1e12) > 1.2:
                killed = time.monotonic()
                alice.terminate(signal.SIGKILL)
        self.assertIsNotNone(killed)
        alice.wait()
        stood = {text for text, moment in alice.moments.items() if text.startswith("line") and moment < killed - 1}
        self.assertGreater(len(stood), 100)
        self.assert_no_line_twice(stood)
        again = self.logger()
        again.expect(kind="info", text=re.compile("^Connected"))
        self.say(20)
        wait_for_text(self.path, f"line {self.said - 1}")
        self.assert_no_line_twice(stood | {f"line {number}" for number in range(1000, 1020)})

    def assert_no_line_twice(self, wanted):
        counted = self.counted(self.path)
        self.assertEqual(sorted(text for text in wanted if counted[text] != 1), [])
        self.assertEqual([text for text, count in counted.items() if text.startswith("line") and count > 1], [])

    def test_what_is_said_again_after_a_cut_line_is_there_as_often_as_on_the_screen(self):
        proxy = self.keep(Proxy(self.broker.port))
        alice = self.logger(port=proxy.port)
        for _ in range(3):
            self.say(100)
            proxy.cut()
        self.say(1)
        alice.expect(kind="message", text="line 300")
        wait_for_text(self.path, "line 300")
        self.assertEqual(texts(self.path), [event.text for event in alice.all(kind="message", window="#dev")])

    def test_what_the_broker_hands_over_again_after_a_kill_is_there_once(self):
        """A retained message, which comes at every start, and is the same line by the time of its sending."""
        sent = ["-D", "publish", "user-property", "ts"]
        self.publish("bob", "/chat/group/dev/message/bob", "kept", "-r", *sent, "2026-11-20T10:00:00.123Z", qos=1)
        for start in range(3):
            alice = self.logger()
            alice.expect(kind="message", window="#dev", text="kept")
            self.publish("bob", "/chat/group/dev/message/bob", f"fence {start}", qos=1)
            wait_for_text(self.path, f"fence {start}")
            if start == 1:
                eventually(self.path.with_name(".#dev.log.position").exists, "the mark beside the log")
            alice.terminate(signal.SIGKILL)
            alice.wait()
        self.assertEqual(texts(self.path), ["kept", "fence 0", "fence 1", "fence 2"])
        self.assertEqual(rows(self.path)[0].time, "2026-11-20T11:00:00.123+01:00")

    def test_a_torn_last_line_is_closed(self):
        alice = self.logger()
        self.say(3)
        wait_for_text(self.path, "line 2")
        alice.terminate(signal.SIGKILL)
        alice.wait()
        with open(self.path, "ab") as log:
            log.write(b"2026-11-22T10:54:39.123+01:00\tbob\tthis is ha")
        self.logger()
        self.say(1)
        wait_for_text(self.path, "line 3")
        self.assertEqual(texts(self.path), ["line 0", "line 1", "line 2", "this is ha", "line 3"])

    def test_zeros_of_a_lost_power_supply_go(self):
        alice = self.logger()
        self.say(1)
        wait_for_text(self.path, "line 0")
        alice.terminate(signal.SIGKILL)
        alice.wait()
        with open(self.path, "ab") as log:
            log.write(bytes(3000))
        self.logger()
        self.say(1)
        wait_for_text(self.path, "line 1")
        self.assertEqual(texts(self.path), ["line 0", "line 1"])


class Moved(StreamTest):
    """What logrotate and people do to a file in use."""

    def setUp(self):
        super().setUp()
        self.logger()
        self.say(100)
        wait_for_text(self.path, "line 99")

    def say_until_begun_anew(self):
        """The file is there again, within 3 s of a stream."""
        until = time.monotonic() + 3
        while time.monotonic() < until and not self.path.exists():
            self.say(10, pace=0.002)
        self.say(50)
        self.assertTrue(self.path.exists())

    def test_renamed(self):
        old = self.path.with_suffix(".log.1")
        self.path.rename(old)
        self.say_until_begun_anew()
        self.assert_each_once(old, self.path)
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)

    def test_renamed_and_made_anew(self):
        """logrotate's `create`."""
        old = self.path.with_suffix(".log.1")
        self.path.rename(old)
        self.path.touch(0o600)
        self.say(20)
        eventually(lambda: self.say(10, pace=0.002) or self.path.stat().st_size, "rows in the new file")
        self.assert_each_once(old, self.path)

    def test_removed(self):
        kept = self.path.with_name("kept")
        os.link(self.path, kept)  # what the file had, and still gets for a second
        self.path.unlink()
        self.say_until_begun_anew()
        self.assert_each_once(kept, self.path)

    def test_removed_with_its_directory(self):
        aside = self.place.path / "aside"
        logs(self.place).rename(aside)
        self.say_until_begun_anew()
        self.assert_each_once(aside / self.path.relative_to(logs(self.place)), self.path)

    def test_copied_and_cut_short(self):
        old = self.path.with_suffix(".log.1")
        self.assert_each_once(self.path)
        shutil.copy(self.path, old)
        os.truncate(self.path, 0)
        self.say(100, pace=0.002)
        self.assert_each_once(old, self.path)
        self.assertNotIn(b"\0", self.path.read_bytes())
        self.say(50)
        self.assert_each_once(old, self.path)


class Shared(StreamTest):
    def test_two_clients_on_one_log_do_not_tear(self):
        self.logger()
        self.logging("carol", "-j", "dev", home=self.place)
        self.say(1)  # might be known as written already: it is the same line, in the same millisecond
        wait_for_text(self.path, "line 0")
        tails = [" " + letter * size for letter, size in (("x", 10), ("y", 1000), ("ü", 4000), ("z", 9000))]
        for _ in range(50):
            for tail in tails:
                self.say(1, tail=tail)
        wanted = {f"line {number}{tails[(number - 1) % 4]}": 2 for number in range(1, 201)}
        eventually(lambda: self.path.read_bytes().count(b"line 200 ") == 2, "the last line twice")
        counted = collections.Counter(row.text for row in rows(self.path) if row.text != "line 0")
        self.assertEqual(counted, wanted)


if __name__ == "__main__":
    main()
