# SPDX-License-Identifier: GPL-3.0-or-later
"""Twenty thousand messages come while somebody types and pulls at the window."""

import itertools
import time

from support import ScreenTest, main
from support.screen import named, picture, prompt_is, redraw, wait_for_picture

COUNT = 20_000
SIZES = [(120, 40), (80, 24), (40, 10), (20, 4), (10, 3)]
PATIENCE = 3.0  # seconds from a key to its echo, with sanitizers on a busy machine
LIMIT = 150


class Flood(ScreenTest):
    def setUp(self):
        self.use_broker(limits="max_queued_messages 100000\nmax_queued_bytes 0\nmax_inflight_messages 200\n")

    def type_and_wait(self, pane, key, typed):
        """Seconds from a key to its echo."""
        start = time.monotonic()
        pane.type(key)
        pane.wait_for(named(f"{typed!r} in the input line", lambda rows: rows[-1] == typed), limit=LIMIT)
        return time.monotonic() - start

    def test_typing_and_resizing_in_a_flood(self):
        pane = self.screen("alice", "-j", "dev")
        pane.wait_for("is open")
        pour = self.pour("bob", "/chat/group/dev/message/bob",
                         [b"message %d of many, with some text behind it" % number for number in range(COUNT)]
                         + [b"the last."])
        pane.wait_for("message ")
        echoes, in_flood = [], 0
        for size in itertools.cycle(SIZES):
            pane.resize(*size)
            if size == (10, 3):
                pane.wait_for(named("too small", lambda rows: rows[0] == "too small"))
                continue
            for key, typed in (("a", "#dev> a"), ("b", "#dev> ab"), ("C-u", "#dev>")):
                if key == "C-u":
                    pane.send(key)
                    pane.wait_for(prompt_is(typed), limit=LIMIT)
                else:
                    echoes.append(self.type_and_wait(pane, key, typed))
            in_flood += not any("the last." in row for row in pane.capture())
            if pour.poll() is not None and len(echoes) >= 2 * len(SIZES):
                break
        self.assertGreater(in_flood, 1)
        self.assertLess(max(echoes), PATIENCE, echoes)
        pane.resize(120, 40)
        rows = pane.wait_for(named("the last line lowest", lambda rows: "│ the last." in rows[-3]), limit=LIMIT)
        self.assertIn(f"message {COUNT - 1} of many", rows[-4])
        before = picture(pane)
        redraw(pane, "#dev>")
        wait_for_picture(pane, before)
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0, pane.said())


if __name__ == "__main__":
    main()
