# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and certificates for tests, made by certs/pki."""

import collections
import pathlib
import shutil
import tempfile

from .process import run

PROGRAM = pathlib.Path(__file__).parents[3] / "certs" / "pki"

# Paths; a broker's certificate has no request.
Files = collections.namedtuple("Files", "certificate key request")


class Pki:
    """A folder (0700) with a CA and what it signed. `directory / "mqtt_ca.crt"` is what clients and brokers trust.

    Keys are on P-256, which is quick; with --bits N among the options they are RSA keys.
    """

    def __init__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-pki-"))  # 0700

    @property
    def cafile(self):
        return self.directory / "mqtt_ca.crt"

    def ca(self, *options):
        """Makes the CA; the path of its certificate."""
        return self._make("ca", options, "mqtt_ca").certificate

    def server(self, name="localhost", *options):
        """A broker's certificate; further names and addresses are among the options."""
        return self._make("server", (name, *options), name)

    def user(self, name, *options):
        return self._make("user", (name, *options), name)

    def run(self, *arguments, **options):
        """certs/pki in this folder, whatever becomes of it: the finished process."""
        return run(str(PROGRAM), "-d", str(self.directory), *arguments, **options)

    def remove(self):
        shutil.rmtree(self.directory, ignore_errors=True)

    def files(self, name):
        """Where what is called `name` is, or will be."""
        return Files(*(self.directory / f"{name}.{extension}" for extension in ("crt", "key", "csr")))

    def _make(self, verb, options, name):
        quick = [] if {"--bits", "--ec"} & set(options) else ["--ec"]
        done = self.run(verb, *quick, *options)
        if done.returncode:
            raise AssertionError(f"pki {verb} {options}: {done.returncode}\n{done.stdout}{done.stderr}")
        return self.files(name)
