# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference broker as mosquitto/start runs it: three listeners on free ports, in a directory of its own."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile

from .broker import free_ports
from .process import Process, run
from .waiting import LIMIT, eventually

MOSQUITTO = pathlib.Path(__file__).parents[3] / "mosquitto"
# Of one's own lines for it; also what makes its log tell everything.
LOUD = "log_type all\nlog_timestamp false\n"
LISTENERS = ("password", "tls", "certificate")


class Reader(Process):
    """mosquitto_sub, at QoS 1, which comes in the order in which it was published. `received`: (topic, payload)."""

    def __init__(self, client_id, options, filters, version="5"):
        self.received = []
        subscriptions = [word for name in filters for word in ("-t", name)]
        super().__init__("mosquitto_sub", *options, "-i", client_id, "-V", version, "-q", "1", *subscriptions,
                         "-F", r"%t\t%p")
        self.client_id = client_id

    def take_line(self, line):
        self.received.append(tuple(line.decode("utf-8", "replace").split("\t", 1)))

    def wait_for(self, topic, payload):
        return self.wait_until(lambda: (topic, payload) in self.received, f"{payload} on {topic} comes")

    def said(self):
        return "\n".join([f"{self.client_id} read:", *map(repr, self.received[-40:]), *self.errors])


class ReferenceBroker:
    """`pki`: a Pki with `ca` and the server `localhost`; None: --plain. `users` have their name as password. `more`:
    lines for conf.d. `listen=False`: not started yet."""

    def __init__(self, pki=None, users=(), more="", listen=True):
        self.pki = pki
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-reference-"))
        self.directory = self.place / "run"
        self.directory.mkdir(0o700)
        (self.directory / "conf.d").mkdir(0o700)
        (self.directory / "conf.d" / "test.conf").write_text(LOUD + more)
        self.prefix = ()  # words before the command line
        self.process = None  # of mosquitto/start
        self.pid = None  # of mosquitto
        self.take_ports()
        if users:
            self.user("--name-as-password", *users)
        if listen:
            self._start_on_free_ports()

    def _start_on_free_ports(self):
        for attempts_left in reversed(range(5)):  # somebody may take a port before mosquitto does
            try:
                return self.start()
            except AssertionError:
                if not attempts_left:
                    raise
            self.take_ports()

    def take_ports(self):
        self.port, self.tls_port, self.x509_port = free_ports(3)

    def words(self, *more):
        where = ["-c", str(self.pki.directory)] if self.pki else ["--plain"]
        ports = f"{self.port},{self.tls_port},{self.x509_port}"
        return [*self.prefix, str(MOSQUITTO / "start"), "-d", str(self.directory), *where, "-p", ports, *more]

    def start(self, *more, address="127.0.0.1"):
        """Starts it (again, on the same ports) and waits until it answers: before, it takes no signals either."""
        if self.process:
            self.process.stop()
        self.process = Process(*self.words(*more))
        try:
            self.process.wait_until(lambda: any(" running" in line for line in self.log_lines()), "mosquitto listens")
            self.pid = int(eventually(self._pid_text, "mosquitto's number"))
            with socket.create_connection((address, self.port)):
                self.wait_for_log("New connection from")
        except AssertionError:
            self.stop()
            raise

    def _pid_text(self):
        path = self.directory / "pid"
        return path.read_text().strip() if path.exists() else ""

    def run(self, *more):
        """mosquitto/start that is expected to end by itself: the finished process."""
        words = self.words(*more)
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, start_new_session=True)
        try:
            return subprocess.CompletedProcess(words, process.wait(LIMIT), *process.communicate())
        except subprocess.TimeoutExpired:
            process.terminate()  # and with it the broker that should not have come up
            raise AssertionError(f"within {LIMIT:g} s: the end of {words}\n{process.communicate()}") from None

    def user(self, *words):
        """mosquitto/user, to its end."""
        done = run(str(MOSQUITTO / "user"), "-d", str(self.directory), *words)
        if done.returncode:
            raise AssertionError(f"user {words}: {done.stderr}")
        return done

    def stop(self, number=signal.SIGTERM):
        """An orderly end; the exit code."""
        if self.process.running:
            self.process.terminate(number)
        return self.process.wait()

    def kill(self):
        """kill -9 to mosquitto; the exit code of mosquitto/start."""
        os.kill(self.pid, signal.SIGKILL)
        return self.process.wait()

    def remove(self):
        if self.process:
            try:
                self.stop()
            except AssertionError:  # it does not end, and what it started neither
                os.kill(self.pid, signal.SIGKILL)
            self.process.stop()
        shutil.rmtree(self.place, ignore_errors=True)

    def log_lines(self):
        return list(self.process.errors)

    def log_end(self):
        return "\n".join(["the broker's log:", *self.log_lines()[-60:]])

    def wait_for_log(self, pattern, after=0):
        """Waits until `pattern` (a regular expression) is found in a line, not in the first `after`; its number."""
        expression = re.compile(pattern)

        def found():
            lines = self.log_lines()
            return next((number + 1 for number in range(after, len(lines)) if expression.search(lines[number])), None)
        return eventually(found, f"{pattern!r} in the broker's log", detail=self.log_end, limit=LIMIT)

    # --- clients ---

    def options(self, listener, user, password=None, files=None):
        """For mosquitto_pub and mosquitto_sub, by a listener of LISTENERS; `files` (Files) of the user's certificate."""
        by_password = ["-u", user, "-P", password or user]
        if listener == "password":
            return ["-h", "127.0.0.1", "-p", str(self.port), *by_password]
        where = ["-h", "localhost", "--cafile", str(self.pki.cafile)]
        if listener == "tls":
            return [*where, "-p", str(self.tls_port), *by_password]
        files = files or self.pki.files(user)
        return [*where, "-p", str(self.x509_port), "--cert", str(files.certificate), "--key", str(files.key)]

    def publish(self, options, topic, payload, *more, version="5", qos=1):
        """mosquitto_pub to its end: the finished process."""
        return run("mosquitto_pub", *options, "-V", version, "-q", str(qos), "-t", topic, "-m", payload, *more)

    def read(self, options, *filters, version="5"):
        """A Reader that is subscribed; stop() it."""
        self._readers = getattr(self, "_readers", 0) + 1
        reader = Reader(f"reader-{self._readers}", options, filters, version)
        try:
            self.wait_for_log(f"Sending SUBACK to {reader.client_id}$")
        except AssertionError:
            reader.stop()
            raise
        return reader
