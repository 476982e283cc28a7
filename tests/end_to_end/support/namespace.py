# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program where the name service is what a test wants it to be: a network namespace of its own."""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

# A name server on 127.0.0.1:53 that answers nothing, or every question with "no such name" (RFC 1035, RCODE 3).
NAME_SERVER = """
import socket, sys
service = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
service.bind(("127.0.0.1", 53))
print("ready", flush=True)
while True:
    question, sender = service.recvfrom(4096)
    if sys.argv[1] == "none such":
        service.sendto(question[:2] + bytes([0x81, 0x83]) + question[4:6] + bytes(6) + question[12:], sender)
"""

SCRIPT = """
mount --bind {directory}/resolv.conf /etc/resolv.conf
ip link set lo up
{name_server} >{directory}/ready 2>/dev/null </dev/null &
trap "kill $!" EXIT
until grep -qs ready {directory}/ready; do sleep 0.02; done
{command}
"""


def unshare():
    """The words before a command that gets a network of its own."""
    return ["unshare", "--net", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]


def why_not():
    """Why there are no namespaces here, or None."""
    trial = "ip link set lo up && mount --bind /dev/null /etc/resolv.conf"
    try:
        done = subprocess.run([*unshare(), "sh", "-c", trial], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return f"no network namespaces here: {done.stderr.strip()}" if done.returncode else None


class Namespace:
    """`name_server`: "silent", or "none such" for one that knows no name."""

    def __init__(self, name_server):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-namespace-"))
        self.name_server = name_server
        (self.directory / "resolv.conf").write_text("nameserver 127.0.0.1\n")

    def run(self, command, env, timeout=20):
        server = [sys.executable, "-c", NAME_SERVER, self.name_server]
        script = SCRIPT.format(directory=self.directory, name_server=shlex.join(server), command=shlex.join(command))
        return subprocess.run([*unshare(), "sh", "-ec", script], env=env, input="", capture_output=True, text=True,
                              timeout=timeout, start_new_session=True, check=False)

    def remove(self):
        shutil.rmtree(self.directory)
