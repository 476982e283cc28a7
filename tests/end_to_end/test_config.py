# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration file: every setting everywhere, mistakes, /save, /reload, and a round trip of dotfiles."""

import difflib
import os
import pathlib
import re
import subprocess
import unittest

from support import GNATTER, PLUGIN_DIRECTORY, ChatTest, main, run
from support.screen import ScreenTest, body_has

UNSHARE = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
PAGE = pathlib.Path(__file__).parents[2] / "man" / "gnatter.1"
MALFORMED = [
    ("port = 1\nprot = 1883\n", 2, "there is no setting prot (port?)."),
    ("\nport = \"1883\"\n", 2, "port is a whole number, not \"1883\"."),
    ("port = 65536\n", 1, "port cannot be 65536: it is a number from 0 to 65535."),
    ("host = localhost\n", 1, "a value was expected"),
    ("# mine\nhost = \"open\n", 2, "a text begins and ends with \""),
    ("[network.home]\nportt = 1\n", 2, "a network has no setting portt (port?)."),
    ("[network.home]\n[network.HOME]\n", 2, "names that differ in capital letters alone are the same."),
    ("[network.home]\npassword = \"secret\"\n", 2, "password-command"),
    ("tls = yes\n", 1, "a value was expected"),
    ("join = [\"dev\", 1]\n", 1, "join is a list of texts in quotes"),
    ("look.glyphs = \"ebcdic\"\n", 1, "\"auto\", \"unicode\" or \"ascii\""),
    ("port = 1\nport = 2\n", 2, "this stands in the file already"),
    ("[look]\ntail = 1.5\n", 2, "look.tail is a whole number, not a number with a point."),
]


def settings_of(text):
    """Names with their defaults, of a printed configuration up to its example."""
    table, found = "", {}
    for line in text[:text.index("# [network.")].splitlines():
        if header := re.fullmatch(r"\[([\w-]+)\]", line):
            table = header[1] + "."
        elif setting := re.fullmatch(r"# ([\w-]+) = (.*)", line):
            found[table + setting[1]] = setting[2]
    return found


class Configuration(ScreenTest):
    def printed(self):
        done = run(GNATTER, "--print-config", env=self.home().environment())
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def file(self, text, home=None):
        path = (home or self.home()).path / "mine.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def own_settings(self):
        """Those of the client, not of plugins."""
        return {name: value for name, value in settings_of(self.printed()).items()
                if name.split(".")[0] not in ("logger", "notify", "presence") or "." not in name}

    # --- one table ---

    def test_every_setting_is_an_option(self):
        text = run(GNATTER, "--help", env=self.home().environment()).stdout
        options = set(re.findall(r"--([a-z0-9.-]+)", text))
        own = self.own_settings()
        self.assertGreater(len(own), 20)
        self.assertEqual(set(own) - options, set())

    def test_every_setting_is_in_the_manual_with_its_default(self):
        section = PAGE.read_text("utf-8").split("\n.Sh SETTINGS\n")[1].split("\n.Sh ")[0]
        items = re.findall(r"^\.It Cm ([\w.-]+) Pq Li (.*)$", section, re.MULTILINE)
        manual = {name: value.replace("\\(dq", '"').replace("\\ ", " ") for name, value in items}
        self.assertEqual(manual, self.own_settings())

    def test_every_setting_is_there_for_set_and_help(self):
        alice = self.login("alice")
        everything = settings_of(self.printed())
        alice.send("/set", *(f"/help {name}" for name in everything), "bob fence")
        alice.expect(kind="sent", text="fence")
        lines = [event.text for event in alice.all(kind="info")]
        for name in everything:
            with self.subTest(name):
                self.assertTrue(any(re.match(rf"[ *] {re.escape(name)} ", line) for line in lines))
                self.assertTrue(any(line.startswith(f"{name} - ") for line in lines))

    def test_the_settings_of_the_plugins_are_printed(self):
        names = settings_of(self.printed())
        for name in ("logger.buffers", "logger.utc"):
            self.assertIn(name, names)
        self.assertTrue(any(name.startswith("notify.") for name in names))

    def test_what_is_printed_is_taken_with_and_without_its_comments(self):
        text = self.printed()
        bare = re.sub(r"^# (?=[\w-]+ = )", "", text, flags=re.MULTILINE)
        self.assertNotEqual(text, bare)
        for content in (text, bare):
            home = self.home()
            alice = self.login("alice", "--config", str(self.file(content, home)), home=home)
            alice.send("bob fence")
            alice.expect(kind="sent", text="fence")
            self.assertEqual(alice.all(kind="error"), [])
            self.assertEqual(alice.quit(), 0)

    # --- mistakes ---

    def test_a_mistake_ends_the_start_with_its_line(self):
        for text, line, words in MALFORMED:
            with self.subTest(text):
                path = self.file(text)
                done = run(GNATTER, "--config", str(path), env=self.home().environment())
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertTrue(done.stderr.startswith(f"gnatter: {path}:{line}: "), done.stderr)
                self.assertIn(words, done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1)

    def test_what_is_no_text_ends_the_start(self):
        fifo = self.home().path / "fifo"
        os.mkfifo(fifo)
        for path, words in ((self.file(b"port = 1\nhost = \"\xe9\"\n"), ":2: this line is not UTF-8 (byte 0xE9)."),
                            (self.file(b"\nhost = \"" + b"x" * (10 << 20)), ":2: the line has more than 64 KiB"),
                            (fifo, "cannot be read: it is no file with a text in it."),
                            (self.home().path, "cannot be read: it is a directory."),
                            (self.home().path / "none", "cannot be read: No such file or directory.")):
            with self.subTest(words):
                done = run(GNATTER, "--config", str(path), env=self.home().environment())
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn(words, done.stderr)

    def test_no_screen_opens_when_the_file_has_a_mistake(self):
        path = self.file("prot = 1\n")
        pane = self.open_pane(GNATTER, "--config", str(path))
        self.assertEqual(pane.wait(), 2)
        self.assertIn(f"gnatter: {path}:1: there is no setting prot (port?).", "".join(pane.capture()))

    def test_a_table_that_is_no_plugins_starts_nothing(self):
        home = self.home()
        path = self.file("[loger]\nbuffers = \"*\"\n", home)
        done = self.run_to_end("alice", "--config", str(path), home=home)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr,
                         f"gnatter: {path}:2: there is no plugin loger (logger?) that [loger] could be for.\n")

    def test_the_plugins_of_the_command_line_are_printed_and_those_that_are_missing_told(self):
        done = run(GNATTER, "--print-config", "--plugin", "logger", "--plugin", "elsewhere",
                   *(["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []), env=self.home().environment())
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"\Agnatter: There is no elsewhere\.so in .*\n\Z")
        names = settings_of(done.stdout)
        self.assertIn("logger.utc", names)
        self.assertIn("look.tail", names)
        self.assertFalse(any(name.startswith("notify.") for name in names))

    def test_a_mistake_on_reload_changes_nothing(self):
        home = self.home()
        path = self.file("[look]\ntail = 7\n", home)
        alice = self.login("alice", "--config", str(path), home=home)
        path.write_text("[look]\ntail = 8\nglyphs = 1\n")
        alice.send("/reload", "/set look.tail")
        alice.expect(kind="error", text=re.compile(re.escape(f"{path}:3: look.glyphs is") + ".*stays as it was"))
        alice.expect(kind="info", text=re.compile(r"^look\.tail 7\b"))
        path.write_text("[look]\ntail = 8\n")
        alice.send("/reload")
        alice.expect(kind="info", text="look.tail is now 8.")

    # --- dotfiles ---

    def test_a_round_trip_of_dotfiles_changes_one_line(self):
        home = self.home()
        path = home.path / "dotfiles.toml"
        path.write_text(self.printed().replace('# user = ""', 'user = "alice"  # me'))
        link = home.path / "gnatter.toml"
        link.symlink_to(path)
        before = path.read_text()
        pane = self.screen("alice", "--config", str(link), home=home)
        for line, answer in (("/set look.tail 5", "look.tail is now 5."), ("/save", "Saved 1 setting to ~/gnatter.toml")):
            pane.enter(line)
            pane.wait_for(body_has(answer))
        changed = [line for line in difflib.unified_diff(before.splitlines(), path.read_text().splitlines(), n=0)
                   if not line.startswith(("---", "+++", "@@"))]
        self.assertEqual(changed, ["-# tail = 3", "+tail = 5"])
        self.assertTrue(link.is_symlink())
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)

    def test_what_was_saved_is_there_the_next_time(self):
        home = self.home()
        alice = self.login("alice", home=home)
        alice.send("/set keys irssi", "/set logger.utc true", "/save", "/save")
        alice.expect(kind="info", text=re.compile(r"^Saved 2 settings to .*gnatter\.toml: keys, logger\.utc\.$"))
        alice.expect(kind="info", text=re.compile(r"^Nothing was set that is not in "))
        self.assertEqual(alice.quit(), 0)
        path = home.config / "gnatter" / "gnatter.toml"
        self.assertEqual(path.read_text(), 'keys = "irssi"\n\n[logger]\nutc = true\n')
        self.assertEqual((path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777), (0o600, 0o700))
        again = self.login("alice", home=home)
        again.send("/set keys")
        again.expect(kind="info", text=re.compile(r'^keys "irssi"'))


def why_no_disk():
    """Why there can be no disk of our own here, or None."""
    try:
        done = subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    except OSError as error:
        return str(error)
    return f"no mount namespaces here: {done.stderr.decode().strip()}" if done.returncode else None


@unittest.skipIf(why_no_disk(), why_no_disk() or "")
class Disk(ChatTest):
    """/save to a disk of the test's own."""

    def save(self, then):
        """What the client says, and what is on the disk after it; `then` makes the disk unfit."""
        home = self.home()
        disk = home.path / "disk"
        disk.mkdir()
        script = (f"mount -t tmpfs -o size=8k,mode=700 none {disk}; cd {disk}; printf '# mine\\n' >gnatter.toml; {then}; "
                  f"cd /; \"$@\" || true; ls -A {disk}; cat {disk}/gnatter.toml")
        words = self.command("alice", "--config", str(disk / "gnatter.toml"))
        done = run(*UNSHARE, "sh", "-ec", script, "sh", *words, stdin="/set look.tail 5\n/save\n", env=home.environment())
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_a_disk_with_room_has_it(self):
        self.assertTrue(self.save("true").endswith("\ngnatter.toml\n# mine\n\n[look]\ntail = 5\n"))

    def test_a_full_disk_loses_nothing(self):
        said = self.save("head -c 4096 /dev/zero >full")
        self.assertIn("gnatter.toml cannot be written: No space left on device. Nothing was saved;", said)
        self.assertTrue(said.endswith("\nfull\ngnatter.toml\n# mine\n"), said)

    def test_a_disk_that_is_read_only_loses_nothing(self):
        said = self.save("cd /; mount -o remount,ro " + "$OLDPWD")
        self.assertIn("gnatter.toml cannot be written: Read-only file system. Nothing was saved;", said)
        self.assertTrue(said.endswith("\ngnatter.toml\n# mine\n"), said)


if __name__ == "__main__":
    main()
