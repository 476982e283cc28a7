# SPDX-License-Identifier: GPL-3.0-or-later
"""Conversations in files, as the plugin logger writes them, read without it."""

import collections
import datetime
import re
import time

from .publisher import Publisher
from .screen import ScreenTest
from .waiting import LIMIT, eventually

WITH_LOGGER = ["--plugin", "presence", "--plugin", "logger"]
NETWORK = "127.0.0.1"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d")

Row = collections.namedtuple("Row", "time sender text")


def logs(home):
    return home.state / "gnatter" / "logs"


def log_path(home, name, network=NETWORK):
    return logs(home) / network / f"{name}.log"


def raw_rows(path):
    """Bytes; nothing when the file is not there. What is no whole row is an error."""
    data = path.read_bytes() if path.exists() else b""
    if data and not data.endswith(b"\n"):
        raise AssertionError(f"{path} ends with {data[-200:]!r}")
    return data.split(b"\n")[:-1]


def rows(path):
    """All rows of a log, its escapes as they stand. What is no row is an error."""
    found = []
    for line in raw_rows(path):
        fields = line.decode().split("\t")
        if len(fields) != 3 or not TIME.fullmatch(fields[0]):
            raise AssertionError(f"no row of a log: {line[:300]!r}")
        found.append(Row(*fields))
    return found


def said(path):
    """Of what was said in a log [(sender, text)]; not who came and went."""
    return [(row.sender, row.text) for row in rows(path) if not row.sender.startswith("--")]


def texts(path):
    return [text for _, text in said(path)]


def wait_for_said(path, wanted, limit=LIMIT):
    """Until a log has said just this, [(sender, text)]."""
    eventually(lambda: path.exists() and said_so_far(path) == wanted, f"{path.name}: {str(wanted)[:300]}", limit,
               lambda: str(said_so_far(path))[-2000:])


def wait_for_text(path, text, limit=LIMIT):
    """Until a log has a row with this text; its first such row."""
    def found():
        return next((row for row in map(row_of, whole_lines(path)) if row and row.text == text), None)
    return eventually(found, f"{text[:200]!r} in {path.name}", limit, lambda: str(whole_lines(path)[-5:])[:2000])


def whole_lines(path):
    """Of a file that may grow meanwhile."""
    data = path.read_bytes() if path.exists() else b""
    return data[:data.rfind(b"\n") + 1].decode("utf-8", "replace").split("\n")[:-1]


def row_of(line):
    fields = line.split("\t")
    return Row(*fields) if len(fields) == 3 else None


def said_so_far(path):
    both = (row_of(line) for line in whole_lines(path))
    return [(row.sender, row.text) for row in both if row and not row.sender.startswith("--")]


def write_log(home, name, lines):
    """A log as another run has left it: (sender, text) in the order they were said, a minute apart, the last of them
    some days ago."""
    path = log_path(home, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    for directory in path.relative_to(home.path).parents:
        (home.path / directory).chmod(0o700)
    start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=3, minutes=len(lines))
    path.write_text("".join(
        f"{(start + datetime.timedelta(minutes=number)).isoformat(timespec='milliseconds')}\t{sender}\t{text}\n"
        for number, (sender, text) in enumerate(lines)), "utf-8")
    path.chmod(0o600)
    return path


class LogTest(ScreenTest):
    """Clients with the logger, and presence."""

    def logging(self, user, *options, **more):
        return self.login(user, *WITH_LOGGER, *options, **more)

    def logging_screen(self, user, *options, **more):
        return self.screen(user, *WITH_LOGGER, *options, **more)


class StreamTest(LogTest):
    """bob says "line 0", "line 1", … in #dev, which is logged."""

    def setUp(self):
        self.place = self.home()
        self.path = log_path(self.place, "#dev")
        self.said = 0

    def logger(self, *options, **where):
        return self.logging("alice", "-j", "dev", *options, home=self.place, **where)

    @property
    def publisher(self):
        if not hasattr(self, "_publisher"):
            self._publisher = self.keep(Publisher(self.broker.port, "bob"))
        return self._publisher

    def say(self, count, pace=0.0, tail=""):
        """That many lines, one each `pace` seconds."""
        for _ in range(count):
            self.publisher.publish("/chat/group/dev/message/bob", f"line {self.said}{tail}")
            self.said += 1
            time.sleep(pace)
        self.publisher.wait()

    def assert_each_once(self, *paths):
        """All that bob said so far, in these files together."""
        wanted = {f"line {number}" for number in range(self.said)}
        eventually(lambda: wanted <= set(self.counted(*paths)), f"all {self.said} lines in the log",
                   detail=lambda: f"missing: {sorted(wanted - set(self.counted(*paths)))[:20]}")
        self.assertEqual([text for text, count in self.counted(*paths).items() if count > 1], [])

    @staticmethod
    def counted(*paths):
        found = collections.Counter()
        for path in paths:
            found += collections.Counter(row.split(b"\t")[-1].decode() for row in raw_rows(path))
        return found
