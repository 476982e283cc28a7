# SPDX-License-Identifier: GPL-3.0-or-later
"""A CA that signs whatever a test wants, also what certs/pki would not."""

import pathlib
import subprocess

from .broker import TlsFiles

CONFIGURATION = """
[req]
distinguished_name = none
[none]
[signing]
new_certs_dir = {folder}
database = {folder}/index
unique_subject = no
default_md = sha256
policy = anything
rand_serial = yes
[anything]
commonName = optional
organizationName = optional
[extensions]
{extensions}
"""
CA_EXTENSIONS = "basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign"
LEAF_EXTENSIONS = "basicConstraints = critical, CA:FALSE\nkeyUsage = critical, digitalSignature"
LONG_AGO = ("20200101000000Z", "20210101000000Z")
LONG_HENCE = ("20990101000000Z", "21000101000000Z")
LOCAL = ("localhost", "127.0.0.1", "::1")


class Authority:
    """`certificate` and `key`: the CA's. What it makes comes as TlsFiles, each in a folder of its own under
    `directory`: the certificate (with those of intermediate CAs behind it), its private key, and the CA that signed
    in the end. Keys are "ec:CURVE" or "rsa:BITS"."""

    def __init__(self, directory, certificate, key, chain=b"", root=None):
        self.directory = pathlib.Path(directory)
        self.certificate = certificate
        self.key = key
        self._chain = chain  # PEM, behind what it signs
        self._root = root or certificate

    @classmethod
    def make(cls, directory, subject="/O=Elsewhere/CN=Another CA"):
        """A CA of its own, trusted by nobody yet."""
        files = cls(directory, None, None)._self_signed(subject, "ca", CA_EXTENSIONS)
        return cls(directory, files.certificate, files.key)

    def intermediate(self, subject="/CN=Issuing CA", send_chain=True):
        """A CA that this one has signed. Without `send_chain` what it makes comes without its certificate."""
        files = self.sign(subject, "issuing", CA_EXTENSIONS)
        chain = files.certificate.read_bytes() if send_chain else b""
        return Authority(self.directory, files.certificate, files.key, chain, self._root)

    def server(self, *names, subject=None, purpose="serverAuth", **options):
        names = names or LOCAL
        return self.sign(subject or f"/CN={names[0]}", "server", leaf(purpose, names), **options)

    def user(self, name, purpose="clientAuth", **options):
        return self.sign("/CN=" + name.replace("/", r"\/"), "user", leaf(purpose), **options)

    def self_signed(self, *names):
        names = names or LOCAL
        return self._self_signed(f"/CN={names[0]}", "server", leaf("serverAuth", names))

    def sign(self, subject, name, extensions, key="ec:P-256", dates=None, password=None):
        folder = self._folder()
        files = TlsFiles(folder / f"{name}.crt", folder / f"{name}.key", self._root)
        config = self._configuration(folder, extensions)
        make_key(files.key, key, password)
        openssl("req", "-new", "-config", config, "-utf8", "-subj", subject, "-key", files.key,
                *(["-passin", f"pass:{password}"] if password else []), "-out", folder / "request")
        openssl("ca", "-batch", "-config", config, "-name", "signing", "-cert", self.certificate, "-keyfile", self.key,
                "-extensions", "extensions", "-notext", "-preserveDN", "-utf8", "-in", folder / "request",
                "-out", files.certificate,
                *(["-startdate", dates[0], "-enddate", dates[1]] if dates else ["-days", "30"]))
        with files.certificate.open("ab") as certificate:
            certificate.write(self._chain)
        return files

    def _self_signed(self, subject, name, extensions):
        folder = self._folder()
        files = TlsFiles(folder / f"{name}.crt", folder / f"{name}.key", self._root)
        make_key(files.key, "ec:P-256")
        openssl("req", "-x509", "-new", "-config", self._configuration(folder, extensions), "-extensions",
                "extensions", "-utf8", "-subj", subject, "-key", files.key, "-days", "30", "-out", files.certificate)
        return files

    def _folder(self):
        folder = self.directory / f"made-{len(list(self.directory.iterdir()))}"
        folder.mkdir(mode=0o700)
        return folder

    @staticmethod
    def _configuration(folder, extensions):
        (folder / "index").touch()
        path = folder / "configuration"
        path.write_text(CONFIGURATION.format(folder=folder, extensions=extensions), "utf-8")
        return path


def leaf(purpose, names=()):
    kinds = [("IP" if ":" in name or name.replace(".", "").isdigit() else "DNS") + f":{name}" for name in names]
    return "\n".join([LEAF_EXTENSIONS, f"extendedKeyUsage = {purpose}",
                      *(["subjectAltName = " + ", ".join(kinds)] if kinds else [])])


def make_key(path, kind, password=None):
    """`kind`: "ec:P-256", "rsa:3072". Readable by its owner alone."""
    algorithm, size = kind.split(":")
    choice = f"ec_paramgen_curve:{size}" if algorithm == "ec" else f"rsa_keygen_bits:{size}"
    openssl("genpkey", "-algorithm", algorithm.upper(), "-pkeyopt", choice, "-out", path,
            *(["-aes-256-cbc", "-pass", f"pass:{password}"] if password else []))
    path.chmod(0o600)


def openssl(*words):
    """Runs the openssl program; what it printed."""
    done = subprocess.run(["openssl", *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise AssertionError(f"openssl {words}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8", "replace")


def fingerprint(certificate):
    """SHA-256 as the openssl program says it: "3F:9A:…:C1"."""
    return openssl("x509", "-in", certificate, "-noout", "-sha256", "-fingerprint").strip().split("=")[1]
