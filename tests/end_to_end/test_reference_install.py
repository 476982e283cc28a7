# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands by which mosquitto/README.md makes a broker of its own are run, on a machine made for it."""

import os
import pathlib
import re
import shutil
import tempfile
import unittest

from support import main, run
from support.namespace import why_not
from support.reference_broker import MOSQUITTO

README = MOSQUITTO / "README.md"
SUDO = '#!/bin/sh\nexec "$@"\n'
# As the package's mosquitto.service does it.
SYSTEMCTL = """#!/bin/sh
case $1 in
  restart) /usr/sbin/mosquitto -c /etc/mosquitto/mosquitto.conf >log 2>&1 & echo $! >pid ;;
  reload) kill -HUP "$(cat pid)" ;;
esac
"""

SCRIPT = """
export PATH="$PWD/bin:$PATH"
ip link set lo up
mount -t tmpfs tmpfs /etc/mosquitto
mkdir /etc/mosquitto/certs /etc/mosquitto/conf.d
mount -t tmpfs -o uid=mosquitto,gid=mosquitto,mode=0755 tmpfs /var/lib/mosquitto
echo 127.0.0.1 localhost broker.example >hosts
mount --bind hosts /etc/hosts
certs/pki ca >/dev/null
printf 'secret\\nsecret\\n' | sh -eu commands >/dev/null
trap 'kill "$(cat pid)"' EXIT
certs/pki user bob >/dev/null
stat -c %U "/proc/$(cat pid)"
publish() { mosquitto_pub -h broker.example -V 5 -q 1 -t /test -m hello "$@" && echo "$1 $2"; }
until publish -p 1883 -u alice -P secret 2>/dev/null; do kill -0 "$(cat pid)"; sleep 0.05; done
publish -p 8883 --cafile certs/mqtt_ca.crt -u alice -P secret
publish -p 8884 --cafile certs/mqtt_ca.crt --cert certs/bob.crt --key certs/bob.key
cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == "0A" { print $2 }' | sort
sudo systemctl reload mosquitto
publish -p 8883 --cafile certs/mqtt_ca.crt -u alice -P secret
mosquitto_sub -h broker.example -u alice -P secret -i device -c -q 1 -t /test -E
until [ -s /var/lib/mosquitto/mosquitto.db ]; do sleep 0.05; done
"""


def commands():
    section = README.read_text("utf-8").split("## A broker of its own")[1]
    return "\n".join(re.findall(r"^    (.*)$", section, re.MULTILINE)) + "\n"


class Install(unittest.TestCase):
    @unittest.skipIf(os.geteuid() != 0 or why_not(), why_not() or "only root installs")
    def test_the_commands_of_the_readme(self):
        place = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-install-"))
        self.addCleanup(shutil.rmtree, place, ignore_errors=True)
        for name in ("mosquitto", "certs"):
            shutil.copytree(MOSQUITTO.parent / name, place / name, ignore=shutil.ignore_patterns("*.key", "*.crt", "run"))
        (place / "bin").mkdir()
        for name, text in (("sudo", SUDO), ("systemctl", SYSTEMCTL)):
            (place / "bin" / name).write_text(text)
            (place / "bin" / name).chmod(0o755)
        (place / "commands").write_text(commands())
        done = run("unshare", "--net", "--mount", "sh", "-euc", f"cd {place}\n{SCRIPT}", timeout=60)
        log = (place / "log").read_text() if (place / "log").exists() else ""
        self.assertEqual((done.returncode, done.stderr), (0, ""), log)
        on_loopback = [f"0100007F:{port:04X}" for port in (1883, 8883, 8884)]
        self.assertEqual(done.stdout.splitlines(),
                         ["mosquitto", "-p 1883", "-p 8883", "-p 8884", *on_loopback, "-p 8883"], log)


if __name__ == "__main__":
    main()
