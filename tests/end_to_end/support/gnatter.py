# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless client, driven by its lines."""

import collections
import os
import pathlib
import re
import shutil
import tempfile

from .memory import resident_kilobytes
from .process import Process

# `mark`: a sixth field, which only some have.
Event = collections.namedtuple("Event", "time kind window sender text mark", defaults=[""])

_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}


def unescape(field):
    return re.sub(r"\\[tn\\]", lambda found: _ESCAPES[found[0]], field)


def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


class Home:
    """The directories that a client keeps its things in; two clients may share one."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-home-"))
        self.state = self.path / "state"
        self.config = self.path / "config"

    def environment(self, **more):
        """A clean environment: nothing of the caller's settings but what sanitizers and the loader need."""
        kept = {name: value for name, value in os.environ.items()
                if name in ("PATH", "LD_LIBRARY_PATH") or name.endswith("SAN_OPTIONS")}
        return {**kept, "HOME": str(self.path), "XDG_STATE_HOME": str(self.state), "XDG_CONFIG_HOME": str(self.config),
                "LANG": "C.UTF-8", "TZ": "CET-1", **more}

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Gnatter(Process):
    """`gnatter --headless`. Its events, in order, are in `events`."""

    def __init__(self, arguments, home, **environment):
        self.events = []
        self.strange = []  # lines of output that are no event
        self._taken = set()
        super().__init__(*arguments, env=home.environment(**environment))

    def take_line(self, line):
        fields = line.decode("utf-8", "replace").split("\t")
        if len(fields) == 5 or fields[1:2] == ["raw"] and len(fields) == 6:
            self.events.append(Event(*fields[:2], *(unescape(field) for field in fields[2:])))
        else:
            self.strange.append(line)

    def send(self, *lines):
        """Lines of input, as they are."""
        self.write("".join(line + "\n" for line in lines).encode("utf-8", "surrogateescape"))

    def say(self, target, text):
        """A message, escaped as input has it."""
        self.send(f"{target} {escape(text)}")

    def expect(self, kind=None, window=None, sender=None, text=None, **limit):
        """The oldest event like this that no expect() has returned before; waits for it. `text`: all of it, or a
        compiled regular expression that is to be found in it."""
        wanted = {name: value for name, value in (("kind", kind), ("window", window), ("sender", sender),
                                                  ("text", text)) if value is not None}

        def found():
            for index, event in enumerate(self.events):
                if index not in self._taken and matches(event, wanted):
                    self._taken.add(index)
                    return event
            return None
        return self.wait_until(found, f"{wanted} from {self.arguments[0]}", **limit)

    def all(self, **wanted):
        """Every event so far like this."""
        return [event for event in list(self.events) if matches(event, wanted)]

    def expect_login(self):
        """Ready: its own login has come back."""
        return self.expect(kind="login")

    def quit(self):
        """Ends it by /quit; the exit code."""
        self.send("/quit")
        return self.wait()

    def resident_kilobytes(self):
        return resident_kilobytes(self.pid)

    def said(self):
        return "\n".join(["events:"] + ["\t".join(event)[:300] for event in self.events[-40:]]
                         + [f"no event: {line!r}" for line in self.strange[-10:]] + [super().said()])


def matches(event, wanted):
    for name, value in wanted.items():
        field = getattr(event, name)
        if not (value.search(field) if isinstance(value, re.Pattern) else field == value):
            return False
    return True
