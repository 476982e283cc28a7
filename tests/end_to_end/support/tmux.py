# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees and types: programs in the panes of a real tmux."""

import fcntl
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import threading
import time

from .waiting import LIMIT, eventually

CONFIGURATION = """
set -s exit-empty off
set -s escape-time 0
set -s default-terminal "{term}"
set -g default-shell /bin/sh
set -g status off
set -g remain-on-exit on
set -g remain-on-exit-format ""
"""
STEADY = 0.1  # seconds that a screen must not change in to count as settled


class Tmux:
    """A tmux server on a socket of its own, that knows nothing of its caller's settings and environment. Every pane is
    a session by itself, without a status line.

    `term`: TERM of the panes (tmux-256color, screen, xterm, …). `settings`: more lines of tmux.conf.
    """

    def __init__(self, term="tmux-256color", settings=()):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-tmux-"))
        self.directory.chmod(0o700)
        self.socket = self.directory / "socket"
        self.panes = []
        configuration = self.directory / "tmux.conf"
        configuration.write_text(CONFIGURATION.format(term=term) + "".join(line + "\n" for line in settings), "utf-8")
        self.base = ["tmux", "-u", "-S", str(self.socket), "-f", str(configuration)]
        self.run("start-server")
        self._server = process_descriptor(int(self.run("display-message", "-p", "#{pid}")))

    def environment(self):
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        return {**kept, "HOME": str(self.directory), "TMUX_TMPDIR": str(self.directory), "TERM": "xterm-256color",
                "LC_ALL": "C.UTF-8"}

    def run(self, *arguments, stdin=b""):
        """A command of tmux; what it prints."""
        done = subprocess.run([*self.base, *arguments], input=stdin, env=self.environment(), capture_output=True,
                              timeout=LIMIT, check=False)
        if done.returncode:
            raise AssertionError(f"tmux {shlex.join(arguments)[:200]}: {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8", "replace")

    def open(self, *command, columns=120, rows=40, environment=None):
        """A new pane in which `command` runs. Its environment is what tmux gives it, LANG=C.UTF-8 and `environment`
        (None: not set)."""
        pane = Pane(self, command, columns, rows, environment or {})
        self.panes.append(pane)
        return pane

    def look_for_dead_children(self):
        """tmux 3.3 now and then overlooks one, until the next SIGCHLD."""
        signal.pidfd_send_signal(self._server, signal.SIGCHLD)

    def remove(self):
        """Ends the server and the programs in its panes."""
        for pane in self.panes:
            pane.detach()
            pane.stop()
        end(self._server)
        shutil.rmtree(self.directory, ignore_errors=True)


class Pane:
    """A program on a screen. `capture()` and its kin see what a person sees."""

    def __init__(self, tmux, command, columns, rows, environment):
        self.tmux = tmux
        self.command = command
        self._client = None  # of attach()
        values = {"LANG": "C.UTF-8", "LC_ALL": None, **environment}  # over tmux's own, TERM too
        unset = [word for name, value in values.items() if value is None for word in ("-u", name)]
        values = [f"{name}={value}" for name, value in values.items() if value is not None]
        line = "exec env " + shlex.join([*unset, *values, *map(str, command)])
        self.target, pid = tmux.run("new-session", "-d", "-P", "-F", "#{pane_id} #{pane_pid}", "-x", str(columns),
                                         "-y", str(rows), line).split()
        self.pid = int(pid)
        self._process = process_descriptor(self.pid)

    # --- the person's hands ---

    def send(self, *keys):
        """Keys by tmux's names: "Enter", "M-1", "C-r", "PPage", "F11", "a"."""
        self.tmux.run("send-keys", "-t", self.target, "--", *map(literal, keys))

    def type(self, text):
        """Characters as they are, key by key; a newline is Ctrl-J."""
        for start in range(0, len(text), 1000):  # a command of tmux has a limited length
            self.tmux.run("send-keys", "-t", self.target, "-l", "--", literal(text[start:start + 1000]))

    def enter(self, text):
        """A line and Enter."""
        self.type(text)
        self.send("Enter")

    def paste(self, text):
        """As from the clipboard: bracketed when the program has asked for it, newlines as CR."""
        self._paste(text.encode(), "-p")

    def send_bytes(self, data):
        """Any bytes, at once, as if a terminal had sent them."""
        self._paste(data, "-r")

    def _paste(self, data, *options):
        buffer = f"buffer{self.target}"
        self.tmux.run("load-buffer", "-b", buffer, "-", stdin=data)
        self.tmux.run("paste-buffer", "-d", *options, "-b", buffer, "-t", self.target)

    def resize(self, columns, rows):
        self.tmux.run("resize-window", "-t", self.target, "-x", str(columns), "-y", str(rows))
        eventually(lambda: self.size() == (columns, rows), f"{columns}x{rows}", detail=lambda: str(self.size()))

    # --- the person's eyes ---

    def ask(self, variable):
        """A variable of tmux: "pane_title", "alternate_on", "mouse_any_flag", …"""
        return self._ask(variable)[0]

    def _ask(self, *variables):
        """At one moment."""
        wanted = "\t".join(f"#{{{variable}}}" for variable in variables)
        return self.tmux.run("display-message", "-p", "-t", self.target, wanted).removesuffix("\n").split("\t")

    def size(self):
        """Columns and rows."""
        return tuple(map(int, self._ask("pane_width", "pane_height")))

    def capture(self):
        """The rows of the screen, top to bottom, without the blanks at their ends."""
        return self._capture()

    def capture_styled(self):
        """The rows with the blanks at their ends and SGR sequences; what a row leaves on goes on in the next one."""
        return self._capture("-e", "-N")

    def _capture(self, *options):
        return self.tmux.run("capture-pane", "-p", "-t", self.target, *options).split("\n")[:-1]

    def text(self):
        return "\n".join(self.capture())

    def cursor(self):
        """Column and row, from 0; None when it is hidden."""
        column, row, visible = map(int, self._ask("cursor_x", "cursor_y", "cursor_flag"))
        return (column, row) if visible else None

    def title(self):
        return self.ask("pane_title")

    def wait_for(self, wanted, limit=LIMIT):
        """Waits until the screen shows `wanted`: text within a row, a compiled regular expression found in the rows
        joined by newlines, or a condition on the list of rows. Returns the rows."""
        rows = []

        def shown():
            rows[:] = self.capture()
            return shows(rows, wanted)
        eventually(shown, f"{describe(wanted)} on the screen of {self.command[0]}", limit, self.said)
        return rows

    def wait_until_gone(self, unwanted, limit=LIMIT):
        """Waits until wait_for(unwanted) would fail; returns the rows."""
        return self.wait_for(lambda rows: not shows(rows, unwanted), limit)

    def settled(self, wanted=lambda rows: True, limit=LIMIT):
        """The rows, with `wanted` in them, once they stay the same for a tenth of a second."""
        return self._settle(self.capture, wanted, limit)

    def settled_styled(self, wanted=lambda rows: True, limit=LIMIT):
        """As settled(), with colours."""
        return self._settle(self.capture_styled, wanted, limit)

    def _settle(self, capture, wanted, limit):
        last, since = None, 0

        def steady():
            nonlocal last, since
            now = self.capture(), self.cursor(), capture()
            if now != last:
                last, since = now, time.monotonic()
            return shows(last[0], wanted) and time.monotonic() - since > STEADY
        eventually(steady, f"{describe(wanted)} on a screen that keeps still", limit, self.said)
        return last[2]

    def said(self):
        """The screen, for the message of a failure."""
        try:
            columns, rows = self.size()
            state = f"ended with {self.status()}" if self.dead() else "runs"
            edge = "+" + "-" * columns + "+"
            return "\n".join([f"the screen ({columns}x{rows}, {shlex.join(map(str, self.command))[:200]} {state}):", edge,
                              *("|" + row for row in self.capture()), edge])
        except AssertionError as error:
            return f"there is no such pane any more: {error}"

    # --- life and death ---

    def alive(self):
        """Whether the program runs."""
        return runs(self._process)

    def dead(self):
        """Whether tmux has seen the program end; the pane stays, with its last screen."""
        return self.status() is not None

    def status(self):
        """The exit code, negative: the signal; None while it runs."""
        if not self.alive():
            self.tmux.look_for_dead_children()
        code, number = self._ask("pane_dead_status", "pane_dead_signal")
        return -int(number) if number else int(code) if code else None

    def wait(self, limit=LIMIT):
        """The exit code (negative: the signal that ended it). Its last screen can still be captured."""
        eventually(self.dead, f"the end of {self.command[0]}", limit, self.said)
        return self.status()

    def wait_until_ended(self, limit=LIMIT):
        """As wait(), when the pane itself may be gone: nothing is returned."""
        eventually(lambda: not self.alive(), f"the end of {self.command[0]}", limit)

    def signal(self, number):
        signal.pidfd_send_signal(self._process, number)

    def kill_pane(self):
        """Closes the pane under the program, as prefix x does; wait_until_ended() tells when it has noticed."""
        self.tmux.run("kill-pane", "-t", self.target)

    def stop(self):
        """Ends the program at once, whatever it does."""
        end(self._process)
        self._process = None

    # --- the terminal around tmux ---

    def attach(self, columns=120, rows=40):
        """Somebody sits down before the pane with a terminal of this size, which the pane gets."""
        self.tmux.run("set-option", "-w", "-t", self.target, "window-size", "latest")
        self._client = Client(self.tmux, self.target, columns, rows)
        eventually(lambda: self.ask("session_attached") == "1" and self.size() == (columns, rows),
                   f"a terminal of {columns}x{rows} at the pane", detail=self.said)

    def terminal_got(self):
        """All bytes so far that tmux has sent to the terminal of attach()."""
        return bytes(self._client.got)

    def detach(self):
        """And goes away, leaving it running."""
        if self._client:
            self._client.stop()
            self._client = None


class Client:
    """A terminal in which `tmux attach` runs."""

    def __init__(self, tmux, target, columns, rows):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen([*tmux.base, "attach-session", "-t", target], stdin=slave, stdout=slave,
                                        stderr=slave, env=tmux.environment(), start_new_session=True)
        os.close(slave)
        self.got = bytearray()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        try:
            while data := os.read(self.master, 65536):
                self.got += data
        except OSError:
            pass  # the other side is closed

    def stop(self):
        self.process.terminate()
        self.process.wait(LIMIT)
        self._reader.join(LIMIT)
        os.close(self.master)


def literal(word):
    """An argument for tmux, to which a ; at the end is the end of the command."""
    return word[:-1] + r"\;" if word.endswith(";") else word


def process_descriptor(pid):
    """None when it has ended."""
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


def runs(descriptor, limit=0):
    return descriptor is not None and not select.select([descriptor], [], [], limit)[0]


def end(descriptor):
    """Ends a process at once and waits until it has."""
    if runs(descriptor):
        signal.pidfd_send_signal(descriptor, signal.SIGKILL)
        runs(descriptor, LIMIT)
    if descriptor is not None:
        os.close(descriptor)


def shows(rows, wanted):
    if isinstance(wanted, str):
        return any(wanted in row for row in rows)
    if isinstance(wanted, re.Pattern):
        return wanted.search("\n".join(rows))
    return wanted(rows)


def describe(wanted):
    return repr(wanted) if isinstance(wanted, (str, re.Pattern)) else getattr(wanted, "__name__", str(wanted))
