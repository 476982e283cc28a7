# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand messages a second come on the topics of a filter."""

import re
import threading
import time

from support import ScreenTest, eventually, main
from support.memory import COST_OF_SANITIZERS, KEEPING_LITTLE, resident_kilobytes
from support.publisher import Publisher
from support.screen import named, prompt_is, status_has

A_SECOND = 10_000
CHUNK = 500
TOPICS = 5_000
PATIENCE = 3.0  # seconds from a key to its echo, with sanitizers on a busy machine
LIMIT = 120
ALLOWED_KILOBYTES = 60_000 + COST_OF_SANITIZERS


class Flood:
    """Publishes as long as it is not stopped, at about A_SECOND."""

    def __init__(self, port):
        self._publisher = Publisher(port, "bob")
        self._stopped = threading.Event()
        self.sent = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        start = time.monotonic()
        while not self._stopped.is_set():
            self._publisher.pour((f"flood/{(self.sent + number) % TOPICS}", '{ "value": %d }' % (self.sent + number))
                                 for number in range(CHUNK))
            self.sent += CHUNK
            self._stopped.wait(max(0.0, start + self.sent / A_SECOND - time.monotonic()))

    def stop(self):
        self._stopped.set()
        self._thread.join()
        self._publisher.remove()


def folded(rows):
    return any(re.search(r"-- │ [\d,]+ more in this second", row) for row in rows)


class RawFlood(ScreenTest):
    def setUp(self):
        self.use_broker(acl="pattern readwrite #\n",
                        limits="max_queued_messages 100000\nmax_queued_bytes 0\nmax_inflight_messages 200\n")

    def echo(self, pane, key, typed):
        """Seconds from a key to its echo."""
        start = time.monotonic()
        pane.type(key)
        pane.wait_for(named(f"{typed!r} in the input line", lambda rows: rows[-1] == typed), limit=LIMIT)
        return time.monotonic() - start

    def test_it_is_folded_and_nobody_waits(self):
        pane, carol = self.screen("alice", "-j", "dev", environment=KEEPING_LITTLE), self.login("carol")
        pane.enter("/sub flood/# 0")
        pane.wait_for("Subscribed to flood/#, QoS 0.")
        flood = self.keep(Flood(self.broker.port))
        pane.wait_for(named("a folded flood", folded), limit=LIMIT)
        pid = self.pid_of(pane)
        before, echoes = resident_kilobytes(pid), []
        for number in range(10):
            eventually(lambda: flood.sent >= (number + 1) * A_SECOND / 2, "half a second of the flood", limit=LIMIT)
            echoes += [self.echo(pane, "a", "> a"), self.echo(pane, "b", "> ab")]
            pane.send("C-u")
            pane.wait_for(prompt_is(">"), limit=LIMIT)
            carol.send(f"alice hello {number}")
            pane.wait_for(status_has(f"carol {number + 1}!"), limit=LIMIT)
        pane.wait_for(named("the title", lambda rows: re.match(
            r" flood/# · QoS 0 · 1,000\+ topics · [\d,]+ a second", rows[0])), limit=LIMIT)
        self.assertLess(max(echoes), PATIENCE, echoes)
        self.assertLess(resident_kilobytes(pid) - before, ALLOWED_KILOBYTES)
        flood.stop()
        pane.enter("/query carol")
        pane.wait_for("hello 9", limit=LIMIT)
        said = [found[1] for row in pane.capture() if (found := re.search(r"hello (\d)", row))]
        self.assertEqual(said, [str(number) for number in range(10)])
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0, pane.said())

    @staticmethod
    def pid_of(pane):
        return int(pane.ask("pane_pid"))


if __name__ == "__main__":
    main()
