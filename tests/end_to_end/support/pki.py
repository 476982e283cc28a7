# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and certificates for tests, made by certs/pki, and those that certs/pki would never make."""

import collections
import datetime
import os
import pathlib
import shutil
import subprocess
import tempfile

from .process import run

PROGRAM = pathlib.Path(__file__).parents[3] / "certs" / "pki"
LOCALHOST = ("DNS:localhost", "IP:127.0.0.1", "IP:::1")

# Paths; a broker's certificate has no request.
Files = collections.namedtuple("Files", "certificate key request")

CONFIG = """
[req]
distinguished_name = any
string_mask = utf8only
[ca]
default_ca = odd
[odd]
database = {work}/index
new_certs_dir = {work}
unique_subject = no
rand_serial = yes
policy = any
preserve = yes
email_in_dn = yes
string_mask = utf8only
[any]
commonName = optional
organizationName = optional
[extensions]
"""


class Pki:
    """A folder (0700) with a CA and what it signed. `cafile` is what clients and brokers trust.

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

    # --- what certs/pki refuses to make, by openssl itself ---

    def odd(self, name, subject=None, names=LOCALHOST, purpose="serverAuth", begins=-1.0, ends=365.0,
            signer="mqtt_ca", digest="sha256", key="EC", more=()):
        """A certificate as wrong as one likes. `subject` is as openssl's -subj takes it (/CN=name unless given; a
        slash in a name is \\/). `begins`, `ends`: days from now. `signer`: the name of a CA in this folder; None for
        self-signed. `digest`: "sha1", …, "md5" with a CA that has an RSA key. `key`: "EC", "ED25519", or "1024" for
        RSA of so many bits. `more`: further lines of extensions."""
        made = self.files(name)
        self.make_key(made.key, key)
        extensions = ["basicConstraints = critical, CA:FALSE", *([f"extendedKeyUsage = {purpose}"] if purpose else []),
                      *([f"subjectAltName = {', '.join(names)}"] if names else []), *more]
        self._sign(made, subject or f"/CN={name}", extensions, begins, ends, signer, digest)
        return made

    def expired_server(self, name="localhost", days=19):
        return self.odd(name, begins=-365, ends=-days)

    def future_server(self, name="localhost", days=19):
        """Not valid for so many days yet."""
        return self.odd(name, begins=days)

    def client_as_server(self, name="localhost"):
        """A certificate for the right host, but for clients alone."""
        return self.odd(name, purpose="clientAuth")

    def odd_user(self, name, subject, **more):
        """A user's certificate with any subject: CN `a/b` is "/CN=a\\/b", none at all "/O=Chat"."""
        return self.odd(name, subject, **{"names": (), "purpose": "clientAuth", **more})

    def odd_ca(self, name="mqtt_ca", signer=None, begins=-1.0, ends=365.0):
        """A CA without a limit on what stands below it; signed by `signer` it is an intermediate one."""
        made = self.files(name)
        self.make_key(made.key, "EC")
        extensions = ["basicConstraints = critical, CA:TRUE", "keyUsage = critical, keyCertSign, cRLSign",
                      "subjectKeyIdentifier = hash"]
        self._sign(made, f"/O=Chat/CN=Chat {name}", extensions, begins, ends, signer, "sha256")
        return made

    def chained_server(self, name="localhost"):
        """A root CA at `cafile`, an intermediate one, and a certificate of it in one file with the intermediate's."""
        self.odd_ca()
        middle = self.odd_ca("intermediate", signer="mqtt_ca")
        made = self.odd(name, signer="intermediate")
        made.certificate.write_text(made.certificate.read_text() + middle.certificate.read_text())
        return made

    @staticmethod
    def make_key(path, kind):
        what = {"EC": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "ED25519": ["ED25519"]}.get(
            kind, ["RSA", "-pkeyopt", f"rsa_keygen_bits:{kind}"])
        openssl("genpkey", "-out", str(path), "-algorithm", *what)
        path.chmod(0o600)

    def _sign(self, made, subject, extensions, begins, ends, signer, digest):
        with tempfile.TemporaryDirectory(prefix="gnatter-pki-") as work:
            config, request = pathlib.Path(work, "config"), str(pathlib.Path(work, "request"))
            config.write_text(CONFIG.format(work=work) + "\n".join(extensions) + "\n")
            pathlib.Path(work, "index").touch()
            openssl("req", "-new", "-config", str(config), "-key", str(made.key), "-utf8", "-subj", subject,
                    "-out", request)
            who = self.files(signer) if signer else made
            by = ["-cert", str(who.certificate)] if signer else ["-selfsign"]
            openssl("ca", "-batch", "-notext", "-utf8", "-config", str(config), "-extensions", "extensions",
                    "-in", request, "-out", str(made.certificate), "-keyfile", str(who.key), *by, "-md", digest,
                    "-startdate", from_now(begins), "-enddate", from_now(ends))


def from_now(days):
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return when.strftime("%Y%m%d%H%M%SZ")


def openssl(*arguments):
    """Runs it, on no configuration but the one given; its standard output."""
    done = subprocess.run(["openssl", *arguments], env={**os.environ, "OPENSSL_CONF": "/dev/null"}, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    if done.returncode:
        raise AssertionError(f"openssl {' '.join(arguments)}\n{done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8", "replace")
