# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for what is to happen, never for a time that should be enough."""

import time

LIMIT = 20.0  # seconds that anything may take before a test gives up


def eventually(condition, what, limit=LIMIT, detail=lambda: ""):
    """Returns the first true value of `condition()`; AssertionError naming `what` after `limit` seconds."""
    end = time.monotonic() + limit
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"within {limit:g} s: {what}\n{detail()}")
        time.sleep(0.01)
