#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A step of certs/pki overwrites nothing and leaves nothing half; requests go out, and are signed with care."""

import os
import shutil
import signal
import subprocess

from support import eventually, main, run
from support.pki import PROGRAM, openssl
from support.pki_case import FakeOpenssl, PkiTest

HALF = 'openssl "$@"; file=$(out "$@"); head -c 100 "$file" >"$file.half"; cat "$file.half" >"$file"; rm "$file.half"; '


def heed_ctrl_c():
    """A shell starts what runs in its background with SIGINT ignored, and a script cannot change that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class NothingIsOverwritten(PkiTest):
    def test_what_is_there_stays(self):
        self.pki.ca()
        self.pki.server()
        self.pki.user("alice")
        for arguments in (["ca"], ["server", "localhost"], ["user", "alice"], ["csr", "alice"],
                          ["sign", str(self.pki.files("alice").request)], ["server", "alice"], ["user", "localhost"]):
            with self.subTest(arguments):
                self.refused(*arguments, saying="is there already")

    def test_one_file_of_a_step_is_enough_even_a_dangling_link(self):
        self.pki.ca()
        for extension in ("key", "csr", "crt"):
            (self.pki.directory / f"{extension}.{extension}").symlink_to("nowhere")
            self.refused("user", extension, saying=f"{extension}.{extension} is there already")

    def test_what_appears_meanwhile_stays_and_nothing_of_the_step_remains(self):
        self.pki.ca()
        certificate = self.pki.files("alice").certificate
        with FakeOpenssl(f'openssl "$@"; code=$?; echo mine >"{certificate}"; exit $code', verb="genpkey") as fake:
            done = self.pki.run("user", "alice", env=fake.environment)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"Another run has just made {certificate}", done.stderr)
        self.assertEqual(certificate.read_text(), "mine\n")
        self.assertEqual(set(self.everything()), {"mqtt_ca.key", "mqtt_ca.crt", "alice.crt"})

    def test_runs_at_once_do_not_disturb_each_other(self):
        self.pki.ca()
        names = [f"user{number}" for number in range(6)] + ["alice"] * 4
        runs = [subprocess.Popen([PROGRAM, "-d", self.pki.directory, "--ec", "user", name], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True) for name in names]
        ends = [(each.communicate(timeout=60)[1], each.returncode) for each in runs]
        self.assertEqual([code for _, code in ends[:6]], [0] * 6, ends)
        self.assertEqual(sorted(code for _, code in ends[6:]), [0, 1, 1, 1], ends)
        certificates = sorted(str(path) for path in self.pki.directory.glob("*.crt") if path.name != "mqtt_ca.crt")
        self.assertEqual(len(certificates), 7)
        self.good("check", *certificates)
        self.assertEqual(len({openssl("x509", "-in", path, "-noout", "-serial") for path in certificates}), 7)
        self.assertEqual(list(self.pki.directory.glob(".*")), [])


class CutOff(PkiTest):
    """Whatever ends a step in its middle: nothing of it is there."""

    def setUp(self):
        super().setUp()
        self.pki.ca()

    def test_when_openssl_fails_is_killed_or_writes_half(self):
        for verb in ("genpkey", "req"):
            for script, saying in (("echo oh dear >&2; exit 1", "oh dear"), (HALF + "kill -9 $$", "alice."),
                                   (HALF + "exit 0", "alice."), (HALF + "exit 1", "alice.")):
                with self.subTest(f"{verb}: {script}"), FakeOpenssl(script, verb) as fake:
                    self.refused("user", "alice", "--ec", saying=saying, env=fake.environment)

    def test_when_the_disk_takes_no_more(self):
        with FakeOpenssl('ulimit -f 4; exec openssl "$@" 2>/dev/null', "genpkey") as fake:
            self.refused("user", "alice", saying="alice.key", env=fake.environment)

    def test_when_the_folder_cannot_be_written(self):
        done = run(str(PROGRAM), "-d", "/proc/self", "csr", "alice")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/proc/self", done.stderr)

    def cut(self, number):
        before = self.everything()
        with FakeOpenssl('echo $$ >"$STARTED.new"; mv "$STARTED.new" "$STARTED"; exec sleep 60', "req") as fake:
            started = fake.directory / "started"
            child = subprocess.Popen([PROGRAM, "-d", self.pki.directory, "user", "--ec", "alice"],
                                     env={**fake.environment, "STARTED": str(started)}, start_new_session=True,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                     preexec_fn=heed_ctrl_c)
            eventually(started.exists, "openssl is started")
            made = [path.name for path in self.pki.directory.glob(".pki-*")]
            os.killpg(child.pid, number)
            code = child.wait(30)
        self.assertEqual(len(made), 1)
        return code, before

    def test_by_ctrl_c_and_other_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                code, before = self.cut(number)
                self.assertEqual(code, 128 + number)
                self.assertEqual(self.everything(), before)

    def test_by_kill_9_nothing_is_in_the_final_place_and_the_next_run_works(self):
        _, before = self.cut(signal.SIGKILL)
        left = {name: how for name, how in self.everything().items() if name not in before}
        self.assertEqual([name[:5] for name in left], [".pki-"])
        self.assertEqual([rights for _, rights in left.values()], [0o700])
        self.pki.user("alice")


class Requests(PkiTest):
    """A user here, the CA elsewhere."""

    def setUp(self):
        super().setUp()
        self.elsewhere = self.new_pki()
        self.elsewhere.ca()

    def hand_in(self, request):
        copy = self.elsewhere.directory / request.name
        shutil.copy(request, copy)
        return copy

    def test_a_request_goes_there_and_the_certificate_comes_back(self):
        said = self.good("csr", "Zoë B", "--ec")
        made = self.pki.files("Zoë B")
        self.assertEqual({path.name for path in self.pki.directory.iterdir()}, {"Zoë B.key", "Zoë B.csr"})
        self.assertRegex(said, r"Send .*Zoë B.csr to .* and never .*Zoë B.key")
        self.assertIn("verify OK", run("openssl", "req", "-in", str(made.request), "-noout", "-verify").stderr)
        there = self.hand_in(made.request)
        self.assertIn("Zoë B.crt", self.good("sign", str(there), pki=self.elsewhere))
        shutil.copy(there.with_suffix(".crt"), made.certificate)
        shutil.copy(self.elsewhere.cafile, self.pki.cafile)
        self.good("check", str(made.certificate))
        self.assertIn("TLS Web Client Authentication", self.text(made.certificate))

    def test_a_key_that_is_there_is_used_and_not_changed(self):
        key = self.pki.files("alice").key
        self.pki.make_key(key, "2048")
        before = key.read_bytes()
        self.refused("csr", "alice", "--ec", saying="is used as it is")
        self.good("csr", "alice")
        self.assertEqual(key.read_bytes(), before)
        self.assertEqual(openssl("pkey", "-in", str(key), "-pubout"),
                         openssl("req", "-in", str(self.pki.files("alice").request), "-noout", "-pubkey"))

    def test_an_encrypted_key_that_is_there_is_used(self):
        file = self.pki.directory / "pass"
        file.write_text("open sesame\n")
        file.chmod(0o600)
        self.good("csr", "alice", "--pass", str(file), "--ec")
        self.pki.files("alice").request.unlink()
        self.refused("csr", "alice", saying="alice.key")
        self.good("csr", "alice", "--pass", str(file))

    def test_a_key_that_is_weak_or_readable_by_others_is_not_used(self):
        key = self.pki.files("alice").key
        self.pki.make_key(key, "1024")
        self.refused("csr", "alice", saying="RSA 1024")
        key.chmod(0o644)
        self.refused("csr", "alice", saying="chmod 600")

    def test_nothing_but_name_and_key_is_taken_from_a_request(self):
        key, config = self.pki.files("mallory").key, self.pki.directory / "config"
        self.pki.make_key(key, "EC")
        config.write_text("[req]\ndistinguished_name = d\nreq_extensions = e\n[d]\n[e]\nbasicConstraints = CA:TRUE\n"
                          "subjectAltName = DNS:localhost\nextendedKeyUsage = serverAuth\nkeyUsage = keyCertSign\n")
        request = self.elsewhere.directory / "mallory.csr"
        openssl("req", "-new", "-key", str(key), "-config", str(config), "-subj", "/C=DE/O=Chat/CN=mallory/OU=admins",
                "-out", str(request))
        self.good("sign", str(request), "--days", "7", pki=self.elsewhere)
        text = self.text(request.with_suffix(".crt"))
        self.assertRegex(text, r"Subject: *\n *commonName *= mallory\n *Subject Public")
        for never in ("CA:TRUE", "localhost", "Server Auth", "Certificate Sign", "admins"):
            self.assertNotIn(never, text)

    def test_a_broker_elsewhere_has_its_request_signed(self):
        self.good("csr", "broker.example", "--ec")
        there = self.hand_in(self.pki.files("broker.example").request)
        self.good("sign", str(there), "server", "10.0.0.1", pki=self.elsewhere)
        text = self.text(there.with_suffix(".crt"))
        self.assertIn("DNS:broker.example, IP Address:10.0.0.1\n", text)
        self.assertIn("TLS Web Server Authentication", text)

    def test_a_request_in_the_working_folder_is_signed_beside_itself(self):
        self.good("csr", "alice", "--ec")
        done = subprocess.run([PROGRAM, "-d", self.elsewhere.directory, "sign", "alice.csr"], cwd=self.pki.directory,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(self.pki.files("alice").certificate.exists())

    def test_requests_that_are_not_what_they_should_be_are_refused(self):
        self.pki = self.elsewhere
        for subject, kind, saying in (("/CN=a\\/b", "EC", '/, + or #, which MQTT topics use: "a/b"'),
                                      ("/O=Chat", "EC", "has no common name"),
                                      ("/CN=alice/CN=bob", "EC", "alice + bob"),
                                      ("/CN=a\x1b[31mb", "EC", "control characters"), ("/CN=a\nb", "EC", "control"),
                                      ("/CN=alice", "1024", "RSA 1024"), ("/CN=mqtt_ca", "EC", "mqtt_ca")):
            with self.subTest(subject):
                self.request("odd", subject, kind)
                self.refused("sign", str(self.pki.files("odd").request), saying=saying)

    def request(self, name, subject, kind):
        made = self.pki.files(name)
        self.pki.make_key(made.key, kind)
        config = self.pki.directory / "config"
        config.write_text("[req]\ndistinguished_name = d\nstring_mask = utf8only\n[d]\n")
        openssl("req", "-new", "-config", str(config), "-key", str(made.key), "-utf8", "-subj", subject,
                "-out", str(made.request))

    def test_a_request_with_a_broken_signature_or_none_at_all_is_refused(self):
        self.pki = self.elsewhere
        self.request("alice", "/CN=alice", "EC")
        request = self.pki.files("alice").request
        bare = self.pki.directory / "bare"
        openssl("req", "-in", str(request), "-outform", "DER", "-out", str(bare))
        data = bytearray(bare.read_bytes())
        data[-1] ^= 1
        bare.write_bytes(data)
        openssl("req", "-inform", "DER", "-in", str(bare), "-out", str(request))
        self.refused("sign", str(request), saying="not signed by its own key")
        for content in ("", "nonsense", self.pki.cafile.read_text(), self.pki.files("alice").key.read_text(),
                        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"):
            request.write_text(content)
            self.refused("sign", str(request), saying="holds no certificate request")
        self.refused("sign", "/nonexistent/alice.csr", saying="/nonexistent")
        self.refused("sign", str(request), "client", saying="server", code=2)


class Usage(PkiTest):
    def test_help_tells_every_step(self):
        said = self.good("--help")
        for verb in ("ca", "server", "user", "csr", "sign", "show", "check", "--bits", "--ec", "--pass"):
            self.assertRegex(said, rf"(?m)^ +(?:-d, |pki )?{verb} ")

    def test_mistakes_end_with_2_and_the_usage(self):
        for arguments in ([], ["nonsense"], ["--nonsense", "ca"], ["ca", "a", "b"], ["server"], ["user"],
                          ["user", "a", "b"], ["csr"], ["sign"], ["show"], ["check"], ["ca", "--encrypt"],
                          ["show", "--ec", "x"],
                          ["csr", "alice", "--days", "3"], ["ca", "-d"], ["ca", "-d", ""]):
            with self.subTest(arguments):
                self.refused(*arguments, saying="pki ca [NAME]", code=2)

    def test_without_openssl_the_package_is_named(self):
        tools = self.pki.directory / "bin"
        tools.mkdir()
        for name in ("sh", "sed", "tr", "dirname", "readlink"):
            (tools / name).symlink_to(shutil.which(name))
        self.refused("ca", saying="openssl", env={"PATH": str(tools)})

    def test_shellcheck_has_nothing_to_say(self):
        if not shutil.which("shellcheck"):
            self.skipTest("shellcheck is not here")
        done = run("shellcheck", str(PROGRAM), *map(str, sorted((PROGRAM.parent / "parts").iterdir())))
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    main()
