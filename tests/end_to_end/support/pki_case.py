# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of the tests of certs/pki, and ways to disturb it."""

import os
import pathlib
import pty
import re
import shutil
import stat
import tempfile
import termios
import unittest

from .pki import Pki, openssl
from .waiting import eventually


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


class PkiTest(unittest.TestCase):
    def setUp(self):
        self.pki = self.new_pki()

    def new_pki(self):
        pki = Pki()
        self.addCleanup(pki.remove)
        return pki

    def good(self, *arguments, pki=None, **options):
        done = (pki or self.pki).run(*arguments, **options)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        return done.stdout

    def refused(self, *arguments, saying, code=1, **options):
        """Nothing is made, and one sentence with `saying` in it is said."""
        before = self.everything()
        done = self.pki.run(*arguments, **options)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertIn(saying, done.stderr)
        self.assertEqual(done.stdout, "")
        if code == 1:
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertEqual(self.everything(), before)

    def everything(self):
        """What is in the folder, hidden files too: {name: (content, mode)}."""
        return {path.name: (path.read_bytes() if path.is_file() else None, mode(path))
                for path in self.pki.directory.iterdir()}

    def text(self, path, kind="x509"):
        return openssl(kind, "-in", str(path), "-noout", "-text", "-nameopt", "multiline,-esc_msb,utf8")


class FakeOpenssl:
    """A PATH on which openssl does something else for one of its verbs; `openssl` in `script` is the real one."""

    def __init__(self, script, verb):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-openssl-"))
        fake = self.directory / "openssl"
        fake.write_text(f"""#!/bin/sh
PATH=${{PATH#*:}}
out() {{ while [ "$1" != -out ]; do shift; done; printf '%s' "$2"; }}
case $1 in {verb}) ;; *) exec openssl "$@" ;; esac
{script}
""")
        fake.chmod(0o755)
        self.environment = {**os.environ, "PATH": f"{self.directory}:{os.environ['PATH']}"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.directory)


def on_terminal(arguments, answers):
    """Runs a program on a terminal and gives the answers, each when it waits for one without echo; its exit code and
    what was on the screen."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(arguments[0], arguments)
    said = b""
    try:
        for number, answer in enumerate(answers):
            while len(re.findall(rb"pass phrase[^\r\n]*:", said)) <= number:
                said += os.read(terminal, 4096)
            eventually(lambda: not termios.tcgetattr(terminal)[3] & termios.ECHO, "the echo is off")
            os.write(terminal, answer.encode() + b"\n")
            said += os.read(terminal, 4096)
        while data := os.read(terminal, 4096):
            said += data
    except OSError:  # the other side is closed
        pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode()
