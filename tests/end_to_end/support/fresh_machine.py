# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine on which nothing is installed, as far as the start script can tell: its PATH holds the tools that every
Debian has, and stand-ins for what would change the machine. What they are asked to do is in `calls()`."""

import os
import pathlib
import shutil
import tempfile

ROOT = pathlib.Path(__file__).parents[3]
ESSENTIAL = ("awk basename cat chmod cp cut dirname env find flock grep head ls mkdir mktemp nproc printf readlink rm "
             "sed sh sleep sort tail touch tr true uname").split()
PACKAGES = ("cmake ninja-build g++ libpaho-mqttpp-dev libpaho-mqtt-dev libssl-dev libboost-program-options-dev "
            "libtoml11-dev libutf8proc-dev libncurses-dev libreadline-dev mosquitto").split()

# Each begins with its call in the list.
STAND_INS = {
    "id": """case $1 in -u) cat "$MACHINE/uid" ;; *) echo someone ;; esac""",
    # Only apt-get is let through: the rest would change this machine.
    "sudo": """
        if [ -e "$MACHINE/sudo refuses" ]; then exit 1; fi
        case $1 in env) exec "$@" ;; esac""",
    "dpkg": "",
    "dpkg-query": """
        for package in "$@"; do if grep -qx -e "$package" "$MACHINE/installed"; then echo "installed $package"; fi; done""",
    "apt-get": """
        case " $* " in *" install "*) ;; *) exit 0 ;; esac
        echo pmstatus:some-package:50.0:Unpacking
        while [ -e "$MACHINE/apt waits" ]; do sleep 0.02; done
        if [ -e "$MACHINE/apt fails" ]; then echo "E: no such package"; exit 100; fi
        printf '%s\\n' "$@" >>"$MACHINE/installed" """,
    "cmake": """
        if [ -e "$MACHINE/cmake fails" ]; then echo "CMake Error: no compiler"; exit 1; fi
        cd -- "$MACHINE/a clone"
        mkdir -p build/src
        echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/CMakeCache.txt
        cp build.ninja.in build/build.ninja""",
}

# Three steps; the second one waits while "build waits" is there and fails while "build fails" is.
BUILD = """
rule step
  command = $do
build one: step
  do = echo one >>"$$MACHINE/steps" && touch one
build two: step one
  do = while [ -e "$$MACHINE/build waits" ]; do sleep 0.02; done; if [ -e "$$MACHINE/build fails" ]; then $
    echo "program.cpp: error: nonsense"; exit 1; fi; echo two >>"$$MACHINE/steps" && touch two
build src/gnatter: step ../program two
  do = echo three >>"$$MACHINE/steps" && cp ../program src/gnatter && chmod 755 src/gnatter
"""
PROGRAM = """#!/bin/sh
echo "user $USER"
for argument in "$@"; do
  printf '<%s>\\n' "$argument"
  if [ "$argument" = --cat ]; then cat; fi
done
"""


class FreshMachine:
    """`tree` is a clone with the real start script and setup, and a program that tells its arguments.

    `state / NAME` may be made and removed: "sudo refuses", "apt waits", "apt fails", "cmake fails", "build waits",
    "build fails".
    """

    def __init__(self, installed=(), root=False, without=()):
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-machine-"))
        self.state.chmod(0o755)
        self.tree = self.state / "a clone"
        self.start = self.tree / "gnatter"
        self.bin = self.state / "bin"
        for directory in (self.tree, self.bin, self.state / "tmp"):
            directory.mkdir()
        (self.state / "installed").write_text("".join(package + "\n" for package in installed))
        (self.state / "uid").write_text("0\n" if root else "1000\n")
        self._make_tree()
        self._make_tools(without)

    def _make_tree(self):
        for name in ("gnatter", "setup"):
            shutil.copy(ROOT / name, self.tree)
        (self.tree / "build.ninja.in").write_text(BUILD)
        (self.tree / "program").write_text(PROGRAM)

    def _make_tools(self, without):
        for name in [*ESSENTIAL, "ninja"]:
            if name not in without:
                (self.bin / name).symlink_to(shutil.which(name))
        for name, what in STAND_INS.items():
            if name not in without:
                tool = self.bin / name
                call = f'printf "%s\\n" "{name} $*" >>"$MACHINE/calls"\n'
                tool.write_text("#!/bin/sh\n" + call + what + "\n")
                tool.chmod(0o755)

    def environment(self, **more):
        """Without USER and LANG, unless given."""
        return {"PATH": str(self.bin), "MACHINE": str(self.state), "TMPDIR": str(self.state / "tmp"), **more}

    def calls(self, name=""):
        """What the stand-ins were called with, in order; all, or those of one."""
        return [line for line in self._lines("calls") if line.split()[0].startswith(name)]

    def steps(self):
        """The steps of the build that were done, in order."""
        return self._lines("steps")

    def installs(self):
        """The packages that each `apt-get install` was asked for."""
        return [sorted(set(call.split()) & set(PACKAGES)) for call in self.calls("apt-get") if " install " in call]

    def put(self, name):
        (self.state / name).touch()

    def take_away(self, name):
        (self.state / name).unlink()

    def _lines(self, name):
        file = self.state / name
        return file.read_text().splitlines() if file.exists() else []

    def remove(self):
        shutil.rmtree(self.state, ignore_errors=True)


def unprivileged():
    """What stands before a command so that file modes hold for it, where the tests run as root."""
    setpriv = [shutil.which("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"]
    return setpriv if os.geteuid() == 0 else []
