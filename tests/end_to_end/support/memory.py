# SPDX-License-Identifier: GPL-3.0-or-later
"""How much memory a client takes. What a sanitizer keeps of what was freed has nothing to do with the client."""

import os
import pathlib
import re

KEEPING_LITTLE = {"ASAN_OPTIONS": ":".join(filter(None, (os.environ.get("ASAN_OPTIONS"), "quarantine_size_mb=16")))}
# The quarantine, and what is around each piece of memory in use.
COST_OF_SANITIZERS = 40_000 if os.environ.get("GNATTER_SANITIZE") else 0


def resident_kilobytes(pid):
    return int(re.search(r"VmRSS:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text())[1])
