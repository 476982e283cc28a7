# SPDX-License-Identifier: GPL-3.0-or-later
"""The program with its screen, in a pane."""

import pathlib
import re
import subprocess
import tempfile
import unicodedata

from .case import ChatTest
from .waiting import eventually

SGR = re.compile(r"\x1b\[[\d;:]*m")


def prompt_is(row):
    """A condition for Pane.wait_for(): the lowest row, prompt and text, is this."""
    return named(f"the input line {row!r}", lambda rows: rows[-1].rstrip() == row.rstrip())


def status_has(text):
    """A condition: the status line, above an input of one row, has this (text or a compiled expression)."""
    expression = text if isinstance(text, re.Pattern) else re.compile(re.escape(text))
    return named(f"{text!r} in the status line", lambda rows: expression.search(rows[-2]))


def status_has_not(text):
    return named(f"no {text!r} in the status line", lambda rows: text not in rows[-2])


def named(name, condition):
    condition.__name__ = name
    return condition


def picture(pane, *wanted):
    """The settled screen with its colours; of the lowest row the text alone, for blanks behind it may have been drawn
    or not."""
    return without_lowest_colours(pane.settled_styled(*wanted))


def without_lowest_colours(rows):
    return [*map(as_seen, rows[:-1]), SGR.sub("", rows[-1]).rstrip()]


def as_seen(row):
    """Blanks at the end of a row may have been drawn or not, and the row after then begins with a reset or not."""
    return re.sub(r"(\x1b\[[0-9;]*m|\s)+$", "", re.sub(r"^(\x1b\[(0|39|49)?m)+", "", row))


def wait_for_picture(pane, wanted):
    """Until the screen is again what picture() has returned."""
    rows = []

    def same():
        rows[:] = without_lowest_colours(pane.capture_styled())
        return rows == wanted
    eventually(same, "the same picture", detail=lambda: "\n".join(
        f"{number}: {old!r}\n{number}: {new!r}" for number, (old, new) in enumerate(zip(wanted, rows)) if old != new))


def redraw(pane, lowest):
    """Ctrl-L; it has been done when this returns. `lowest`: the lowest row."""
    pane.send("C-l")
    pane.type(" x")
    pane.wait_for(prompt_is(lowest + (" x" if lowest[-1] != ">" else "  x")))
    pane.send("BSpace", "BSpace")
    pane.wait_for(prompt_is(lowest))


def popup(rows):
    """The sentence over the lowest rows; of a screen with a list of windows and a roster."""
    first = next((number for number, row in enumerate(rows) if row[19:21] == "!!"), len(rows))
    return " ".join(" ".join(row[21:103] for row in rows[first:-2]).split())


def popup_is(sentence):
    return named(f"over the lowest rows {sentence!r}", lambda rows: popup(rows) == sentence)


def body_has(text):
    """A condition: a row between title and status line has this."""
    return named(f"{text!r} between title and status line", lambda rows: any(text in row for row in rows[1:-2]))


def body_has_not(text):
    return named(f"no {text!r} between title and status line", lambda rows: not any(text in row for row in rows[1:-2]))


def ends_of_rows(pane):
    """How many cells each row has up to its last character, as the terminal counts them; pane.capture() knows only
    characters."""
    rows = pane.size()[1]
    words = ["copy-mode", "-t", pane.target, ";", "send-keys", "-t", pane.target, "-X", "top-line"]
    for row in range(rows):
        words += [";", "send-keys", "-t", pane.target, "-X", *(["cursor-down"] if row else ["start-of-line"]),
                  ";", "send-keys", "-t", pane.target, "-X", "end-of-line",
                  ";", "display-message", "-t", pane.target, "-p", "#{copy_cursor_y} #{copy_cursor_x}"]
    words += [";", "send-keys", "-t", pane.target, "-X", "cancel"]
    said = [tuple(map(int, line.split())) for line in pane.tmux.run(*words).split("\n")[:-1]]
    if [row for row, _ in said] != list(range(rows)):
        raise AssertionError(f"copy mode went over the rows {said}\n{pane.said()}")
    return [column for _, column in said]


def columns_of_last_bar(pane):
    """The columns in which `│` stands before the roster, a set, of all rows between title and status line. A row
    without is None."""
    rows, ends = pane.settled(), ends_of_rows(pane)
    return {end - cells(row[row.rindex("│"):]) if "│" in row else None for row, end in zip(rows[1:-2], ends[1:-2])}


def cells(text):
    """Of characters that all terminals agree on."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def child_of(pid):
    """The process that `pid`, a shell, has started."""
    return eventually(lambda: pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[:1],
                      f"a child of {pid}")[0]


class ScreenTest(ChatTest):
    def screen_words(self, user, *options, **where):
        """The command line of a client with a screen."""
        return [word for word in self.command(user, *options, **where) if word != "--headless"]

    def open_screen(self, user, *options, columns=120, rows=40, home=None, environment=None, **where):
        """A screen, whatever it shows."""
        return self.open_pane(*self.screen_words(user, *options, **where), columns=columns, rows=rows, home=home,
                              environment=environment)

    def screen(self, user, *options, broker=None, **more):
        """A screen that has logged in."""
        broker = broker or self.broker
        before = broker.logins(user)
        pane = self.open_screen(user, *options, port=more.pop("port", broker.port), **more)
        eventually(lambda: broker.logins(user) > before or not pane.alive(), f"{user} logs in",
                   detail=lambda: pane.said() + "\n" + broker.log_end())
        self.assertTrue(pane.alive(), pane.said())
        pane.client_id = broker.client_ids(user)[-1]
        return pane

    def pour(self, user, topic, lines, qos=1):
        """Starts mosquitto_pub, which publishes line by line. `lines` are bytes."""
        with tempfile.TemporaryFile() as file:
            file.write(b"".join(line + b"\n" for line in lines))
            file.seek(0)
            process = subprocess.Popen(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", user,
                                        "-P", user, "-V", "5", "-q", str(qos), "-t", topic, "-l"], stdin=file)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process
