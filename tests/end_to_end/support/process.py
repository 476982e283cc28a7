# SPDX-License-Identifier: GPL-3.0-or-later
"""Child processes that are read while they run and ended by their own process id."""

import signal
import subprocess
import threading

from .waiting import LIMIT


def run(*arguments, stdin="", env=None, timeout=LIMIT):
    """Runs a program to its end, without a terminal; text in, text out."""
    return subprocess.run(arguments, input=stdin, env=env, timeout=timeout, capture_output=True, text=True,
                          errors="surrogateescape", start_new_session=True)


class Process:
    """A running program, in a session of its own. Its output is read by threads as it comes."""

    def __init__(self, *arguments, env=None, cwd=None):
        self.arguments = arguments
        self.changed = threading.Condition()
        self.errors = []  # lines of standard error
        self.reading = threading.Event()  # cleared: its standard output is not read, until the pipe is full
        self.reading.set()
        self._open_streams = 2
        self.process = subprocess.Popen(arguments, env=env, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, start_new_session=True)
        self._readers = [threading.Thread(target=self._read, args=(stream, take), daemon=True)
                         for stream, take in ((self.process.stdout, self.take_line),
                                              (self.process.stderr, self._take_error))]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self):
        return self.process.pid

    @property
    def running(self):
        return self.process.poll() is None

    def take_line(self, line):
        """One line of standard output, bytes without the newline; called with `changed` held."""

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def close_stdin(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass

    def terminate(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self, limit=LIMIT):
        """The exit code (negative: the signal that ended it), once all output has been read."""
        try:
            code = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"within {limit:g} s: the end of {self.arguments[0]}\n{self.said()}") from None
        for reader in self._readers:
            reader.join(limit)
        return code

    def wait_until(self, condition, what, limit=LIMIT):
        """The first true value of `condition()`, looked at whenever a line of output came or the process ended."""
        value = None

        def settled():
            nonlocal value
            value = condition()
            return value or not self._open_streams
        with self.changed:
            self.changed.wait_for(settled, limit)
        if value:
            return value
        raise AssertionError(f"within {limit:g} s: {what}\n{self.said()}")

    def said(self):
        """The end of what the program said, for the message of a failure."""
        return "\n".join(["standard error:"] + self.errors[-40:])

    def stop(self):
        """Ends it at once, whatever it does."""
        self.reading.set()
        if self.running:
            self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join(LIMIT)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass

    def _take_error(self, line):
        self.errors.append(line.decode("utf-8", "replace"))

    def _read(self, stream, take):
        for line in stream:
            if stream is self.process.stdout:
                self.reading.wait()
            with self.changed:
                take(line.removesuffix(b"\n"))
                self.changed.notify_all()
        with self.changed:
            self._open_streams -= 1
            self.changed.notify_all()
