# SPDX-License-Identifier: GPL-3.0-or-later
"""A real mosquitto with a password file, the reference ACL, and a log that tells everything in order."""

import collections
import getpass
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile

from .waiting import eventually

ACL = pathlib.Path(__file__).parents[3] / "mosquitto" / "configs" / "acl"
USERS = ["admin", "alice", "bob", "carol", "dan", "witness"]

# What a broker for chat has besides listener, password file and ACL.
LIMITS = """
max_packet_size 131072
message_size_limit 131072
max_inflight_messages 200
max_inflight_bytes 0
max_queued_messages 20000
max_queued_bytes 67108864
queue_qos0_messages false
"""
PERSISTENCE = """
persistence true
persistence_location {directory}/
persistence_file broker.db
autosave_interval 1
autosave_on_changes true
"""


def free_port():
    return free_ports(1)[0]


def free_ports(count):
    """Different ones: all are held until the last is found."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


# Beside the plain listener, as the reference broker has them on 8883 and 8884.
TLS = """
listener {tls_port} 127.0.0.1
certfile {server.certificate}
keyfile {server.key}
tls_version tlsv1.2
listener {x509_port} 127.0.0.1
cafile {ca}
certfile {server.certificate}
keyfile {server.key}
require_certificate true
use_identity_as_username true
tls_version tlsv1.2
"""

# Files of a server's certificate, and of the CA that signs those of users.
TlsFiles = collections.namedtuple("TlsFiles", "certificate key ca")


class Broker:
    """Listens on 127.0.0.1:port. A user's password is the user's name, unless `passwords` has another. With `tls`
    (TlsFiles) also on tls_port, for TLS with passwords, and on x509_port, for certificates of users."""

    def __init__(self, users=(), passwords=None, acl=None, limits=LIMITS, persistent=False, tls=None):
        self.tls = tls
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-broker-"))
        self.directory.chmod(0o700)
        self.log = self.directory / "log"
        self.log.touch()
        self.process = None
        self._write_users({user: user for user in [*USERS, *users]} | (passwords or {}))
        self._write("acl", ACL.read_text("utf-8") if acl is None else acl)
        self._start_on_a_free_port(limits + (PERSISTENCE.format(directory=self.directory) if persistent else ""))

    def _start_on_a_free_port(self, more):
        for attempts_left in reversed(range(5)):  # somebody may take the port before mosquitto does
            self.port, self.tls_port, self.x509_port = free_ports(3)
            self._more = more
            self._write_configuration()
            try:
                return self.start()
            except AssertionError:
                if not attempts_left:
                    raise

    def renew_certificate(self, tls):
        """Ends it with kill -9 and starts it again with other files (TlsFiles), on the same ports."""
        self.kill()
        self.tls = tls
        self._write_configuration()
        self.start()

    def _write_configuration(self):
        self._write("mosquitto.conf", "\n".join([
            f"user {getpass.getuser()}",  # root would become someone who cannot read a private directory
            "per_listener_settings false", "allow_anonymous false", f"password_file {self.directory}/passwd",
            f"acl_file {self.directory}/acl", f"log_dest file {self.log}", "log_type all", "log_timestamp false",
            "connection_messages true", "sys_interval 0", self._more, "set_tcp_nodelay true",
            f"listener {self.port} 127.0.0.1", self._tls_listeners()]))

    def _tls_listeners(self):
        if not self.tls:
            return ""
        return TLS.format(server=self.tls, ca=self.tls.ca, tls_port=self.tls_port, x509_port=self.x509_port)

    def start(self):
        """Starts it (again, on the same port) and waits until it listens."""
        starts = self._starts()
        program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"  # Debian keeps sbin off a user's PATH
        self.process = subprocess.Popen([program, "-c", str(self.directory / "mosquitto.conf")],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        eventually(lambda: self._runs(starts), "mosquitto listens", detail=self.log_end)

    def stop(self):
        """An orderly end."""
        self._end(signal.SIGTERM)

    def kill(self):
        """kill -9."""
        self._end(signal.SIGKILL)

    def pause(self):
        """Neither reads nor answers any more, until resume()."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def remove(self):
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def log_lines(self):
        return self.log.read_text("utf-8", "replace").splitlines()

    def log_end(self):
        return "\n".join(["the broker's log:"] + self.log_lines()[-60:])

    def wait_for_log(self, pattern, count=1):
        """Waits until `pattern` (a regular expression) has been found in `count` lines; returns the last of them."""
        expression = re.compile(pattern)

        def found():
            lines = [line for line in self.log_lines() if expression.search(line)]
            return lines[count - 1] if len(lines) >= count else None
        return eventually(found, f"{count} times {pattern!r} in the broker's log", detail=self.log_end)

    def logins(self, user):
        """How often `user` has published a login so far."""
        senders = [f"Received PUBLISH from {client_id} " for client_id in self.client_ids(user)]
        return sum("'/chat/login'" in line and any(line.startswith(sender) for sender in senders)
                   for line in self.log_lines())

    def client_ids(self, user):
        """The client ids under which `user` connected, oldest first, each once."""
        ids = re.findall(r"New client connected from \S+ as (.+) \(p\d, c\d, k\d+, u'" + re.escape(user) + r"'\)",
                         "\n".join(self.log_lines()))
        return list(dict.fromkeys(ids))

    def steps(self, client_id):
        """What the broker saw of one client, in order: "SUBSCRIBE /chat/login 2", "to SUBACK",
        "PUBLISH /chat/login q2 r0", "to PUBREC", "PUBREL", "DISCONNECT", …; "to " stands before what it sent there."""
        return list(_steps(self.log_lines(), client_id))

    def _starts(self):
        return sum("running" in line for line in self.log_lines() if line.startswith("mosquitto version"))

    def _runs(self, starts_before):
        if self.process.poll() is not None:
            raise AssertionError(f"mosquitto ended with {self.process.returncode}\n{self.log_end()}")
        return self._starts() > starts_before

    def _end(self, number):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(number)
        if self.process:
            self.process.wait()

    def _write(self, name, text):
        path = self.directory / name
        path.write_text(text, "utf-8")
        path.chmod(0o600)

    def _write_users(self, passwords):
        self._write("passwd", "".join(f"{user}:{password}\n" for user, password in passwords.items()))
        subprocess.run(["mosquitto_passwd", "-U", str(self.directory / "passwd")], check=True, capture_output=True)


def _steps(lines, client_id):
    who = re.escape(client_id)
    received = re.compile(rf"^Received (\w+) from {who}(?: \((.*)\))?$")
    sending = re.compile(rf"^Sending (\w+) to {who}(?: \((.*)\))?$")
    publish = re.compile(r"^d\d, q(\d), r(\d), m\d+, '(.*)', \.\.\. \(\d+ bytes\)$")
    topics = None
    for line in lines:
        if topics is not None and line.startswith("\t"):
            found = re.match(r"^\t(.*) \(QoS (\d)\)$", line)
            yield f"{topics} {found[1]} {found[2]}" if found else f"{topics} {line.strip()}"
            continue
        topics = None
        for expression, prefix in ((received, ""), (sending, "to ")):
            found = expression.match(line)
            if not found:
                continue
            kind, rest = found[1], found[2] or ""
            if kind in ("SUBSCRIBE", "UNSUBSCRIBE"):
                topics = kind
            elif kind == "PUBLISH" and publish.match(rest):
                qos, retain, topic = publish.match(rest).groups()
                yield f"{prefix}PUBLISH {topic} q{qos} r{retain}"
            else:
                yield prefix + kind
