# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line, the environment and the files: what is taken, what is refused, what can be seen by others."""

import os
import pathlib
import re
import shlex
import stat

from support import GNATTER, ChatTest, main, run
from support.tls_case import TlsTest

SECRET = "correct horse'battery \"staple"


def proc(client, name):
    return pathlib.Path(f"/proc/{client.pid}/{name}").read_bytes()


class Usage(ChatTest):
    def gnatter(self, *arguments):
        return run(GNATTER, *arguments, env=self.home().environment())

    def test_help_lists_the_options_on_standard_output(self):
        done = self.gnatter("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in ("-h", "-p", "-u", "-P", "-j", "--headless", "--stay", "--plugin-dir", "--client-id", "--config",
                       "--password-command", "--password-file", "-v", "--tls", "-V", "--x509", "--cafile", "--cert",
                       "--key", "--key-password-command", "--help", "--version"):
            self.assertIn(option, done.stdout)

    def test_version_is_one_line(self):
        done = self.gnatter("--version")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"^gnatter \d+\.\d+\.\d+\n$")

    def test_errors_of_usage_are_a_sentence_and_exit_code_2(self):
        for arguments in (["--nonsense"], ["--hos", "x"], ["--headles"], ["-p"], ["-p", "x"],
                          ["-p", "65536"], ["-p", "-1"], ["-p", "18 83"], ["stray"], ["-h", ""], ["-h", "a b"],
                          ["--config", "/nonexistent"], ["-p", "1883", "-p", "1884"], ["--cafile"], ["-v", "-v"],
                          ["-v", "--cafile", ""], ["--tls=perhaps"], ["--local", "-v"], ["--local", "--cert", "x"]):
            with self.subTest(arguments=arguments):
                done = self.gnatter("--headless", "-u", "alice", "-P", "alice", *arguments)
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertRegex(done.stderr, r"\S")
                self.assertLess(len(done.stderr.splitlines()), 4, done.stderr)

    def test_a_mistake_in_the_configuration_names_file_and_line(self):
        home = self.home()
        file = home.config / "gnatter" / "gnatter.toml"
        file.parent.mkdir(parents=True)
        for text in ("host = \n", "user = \"alice\"\nport = \"many\"\n", "user = \"alice\"\nnonsense = 1\n",
                     "tls = \"yes\"\n", "host = \"localhost\"\nx509 = 1\n", "tls = true\ncafile = 5\n"):
            with self.subTest(text=text):
                file.write_text(text)
                done = run(GNATTER, "--headless", env=home.environment())
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("gnatter.toml", done.stderr)
                self.assertRegex(done.stderr, rf"\b{len(text.splitlines())}\b")

    def test_what_stands_in_the_configuration_is_taken(self):
        home = self.home()
        file = home.config / "gnatter" / "gnatter.toml"
        file.parent.mkdir(parents=True)
        file.write_text(f'host = "127.0.0.1"\nport = {self.broker.port}\nuser = "alice"\njoin = ["dev"]\n')
        plugins = ["--plugin-dir", os.environ["GNATTER_PLUGIN_DIR"]]
        done = run(GNATTER, "--headless", *plugins, stdin="#dev hello\n", env=home.environment())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("\tsent\t#dev\talice\thello\n", done.stdout)

    def test_files_of_tls_on_a_line_that_would_be_plain_are_refused(self):
        done = self.gnatter("--headless", "-h", "broker.example", "-u", "alice", "-P", "x", "--cafile", "/nonexistent")
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertRegex(done.stderr, r"--cafile .* would be plain: -v ")

    def test_without_a_terminal_and_without_headless_it_says_so(self):
        done = self.gnatter("-h", "127.0.0.1", "-u", "alice", "-P", "alice")
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertRegex(done.stderr, "--headless")


class ExitCodes(ChatTest):
    def test_0_when_all_was_sent(self):
        done = self.run_to_end("alice", stdin="bob hello\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_0_without_any_input(self):
        done = self.run_to_end("alice")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_a_last_line_without_newline_counts(self):
        done = self.run_to_end("alice", stdin="bob hello")
        self.assertIn("\tsent\tbob\talice\thello\n", done.stdout)

    def test_every_line_of_output_is_an_event(self):
        alice = self.login("alice", "-j", "dev")
        alice.send("#dev a\\tb\\nc\\\\d", "/help", "/names", "/who -v", "/plugin list", "/quetry", "bob hi")
        alice.expect(kind="sent", window="#dev", text="a\tb\nc\\d")
        alice.quit()
        self.assertEqual(alice.strange, [])
        for event in alice.events:
            self.assertRegex(event.time, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+01:00$")
            self.assertIn(event.kind, ("message", "action", "sent", "login", "logout", "active", "status", "raw",
                                       "info", "error"))
            self.assertTrue(event.kind not in ("info", "error") or event.sender == "", event)


class Passwords(ChatTest):
    def setUp(self):
        self.use_broker(passwords={"alice": SECRET})

    def assert_logs_in(self, *options, **environment):
        alice = self.login("alice", *options, password=False, environment=environment)
        self.assertNotIn(b"battery", proc(alice, "cmdline"))
        return alice

    def test_on_the_command_line_it_is_wiped_at_once(self):
        for options in (["-P", SECRET], [f"-P{SECRET}"], ["--password", SECRET], [f"--password={SECRET}"]):
            with self.subTest(options=options):
                alice = self.assert_logs_in(*options)
                self.assertIn(b"alice", proc(alice, "cmdline"))

    def test_from_a_command(self):
        path = self.home().path / "it's a \"file\""
        path.write_text(SECRET + "\nsecond line\n")
        for words in (f"cat {shlex.quote(str(path))}", 'cat "' + str(path).replace('"', '\\"') + '"',
                      "cat " + re.sub(r"([ '\"])", r"\\\1", str(path))):
            with self.subTest(words=words):
                self.assert_logs_in("--password-command", words)

    def test_from_a_command_without_a_shell(self):
        done = self.run_to_end("alice", "--password-command", "echo $HOME; echo x", password=False)
        self.assertEqual(done.returncode, 1, done.stderr)  # taken as words, so a wrong password

    def test_a_command_that_fails_is_told(self):
        for command in ("false", "/nonexistent/program", "true", "sh -c 'kill -9 $$'", "'unclosed"):
            with self.subTest(command=command):
                done = self.run_to_end("alice", "--password-command", command, password=False)
                self.assertIn(done.returncode, (1, 2), done.stderr)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_the_command_line_goes_before_the_command(self):
        self.assert_logs_in("-P", SECRET, "--password-command", "echo wrong")

    def file(self, mode):
        path = self.home().path / "password"
        path.write_text(SECRET + "\nsecond line\n")
        path.chmod(mode)
        return str(path)

    def test_from_a_private_file(self):
        for mode in (0o600, 0o400):
            self.assert_logs_in("--password-file", self.file(mode))

    def test_a_file_that_others_can_read_is_refused(self):
        for mode in (0o644, 0o640, 0o604):
            with self.subTest(mode=oct(mode)):
                done = self.run_to_end("alice", "--password-file", self.file(mode), password=False)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertRegex(done.stderr, "password")
                self.assertNotIn("battery", done.stderr)
        self.assertEqual(self.broker.client_ids("alice"), [])

    def test_a_file_that_is_not_there_is_told(self):
        done = self.run_to_end("alice", "--password-file", "/nonexistent", password=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("/nonexistent", done.stderr)

    def test_from_the_environment_and_wiped_there(self):
        alice = self.assert_logs_in(GNATTER_PASSWORD=SECRET)
        self.assertNotIn(b"battery", proc(alice, "environ"))

    def test_the_command_does_not_see_the_environments_password(self):
        alice = self.assert_logs_in("--password-command", "sh -c 'test -z \"$GNATTER_PASSWORD\" && cat " +
                                    self.file(0o600) + "'", GNATTER_PASSWORD="wrong")
        alice.quit()

    def test_without_one_and_without_a_terminal_the_user_name_is_taken_and_that_is_said(self):
        bob = self.login("bob", password=False)
        bob.wait_until(lambda: any(re.search("password", line) for line in bob.errors)
                       or bob.all(kind="info", text=re.compile("password")), "a word about the password")
        self.assertEqual(bob.quit(), 0, bob.said())

    def test_a_password_never_comes_from_standard_input(self):
        done = self.run_to_end("alice", stdin=SECRET + "\n", password=False)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)

    def test_it_is_in_no_output_and_no_file(self):
        home = self.home()
        alice = self.login("alice", "-P", SECRET, password=False, home=home)
        self.assertEqual(alice.quit(), 0, alice.said())
        self.assertNotIn("battery", alice.said())
        for path in home.path.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"battery", path.read_bytes(), path)


class KeyPasswords(TlsTest):
    """Of an encrypted key of one's own; what the screen asks is in test_screen_tls.py."""

    def setUp(self):
        self.files = self.encrypted(self.users["alice"], SECRET)

    def options(self, *more):
        return [*self.certificate_options(files=self.files), "-h", "localhost", "-p", str(self.broker.x509_port), *more]

    def in_a_file(self):
        path = self.home().path / "password"
        path.write_text(SECRET + "\nsecond line\n")
        return path

    def test_by_a_command_without_a_shell(self):
        alice = self.login_certificate("alice", "--key-password-command", f"cat '{self.in_a_file()}'", files=self.files)
        self.assertNotIn(b"battery", proc(alice, "cmdline") + proc(alice, "environ"))
        self.assertEqual(alice.quit(), 0, alice.said())
        self.assertNotIn("battery", alice.said())

    def test_the_command_does_not_see_the_environments_password(self):
        command = f"sh -c 'test -z \"$GNATTER_PASSWORD\" && cat {self.in_a_file()}'"
        alice = self.login_certificate("alice", "--key-password-command", command, files=self.files,
                                       environment={"GNATTER_PASSWORD": "broker"})
        self.assertNotIn(b"GNATTER_PASSWORD=broker", proc(alice, "environ"))
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_a_command_that_is_no_good_is_told(self):
        for command in ("false", "/nonexistent/program", "true", "'unclosed", "echo wrong"):
            with self.subTest(command=command):
                done = self.run_words(*self.options("--key-password-command", command))
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_without_a_terminal_the_option_is_named_and_standard_input_is_not_read(self):
        done = self.run_words(*self.options(), stdin=SECRET + "\n")
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertRegex(done.stderr, f"{self.files.key} is encrypted.*--key-password-command")

    def test_on_a_terminal_ctrl_c_ends_the_question_and_puts_the_terminal_back(self):
        pane = self.open_pane("sh", "-c", '"$@"; echo "ended with $?"; stty -a', "sh", *self.words(*self.options()))
        pane.wait_for(f"Password of the key {self.files.key}:")
        pane.send("C-c")
        rows = "\n".join(pane.wait_for("ended with 2"))
        self.assertIn("No password was given.", rows)
        pane.wait_for(re.compile(r"(?<!-)\becho\b"))
        self.assertRegex(pane.text(), r"(?<!-)\bicanon\b")

    def test_headless_too_asks_on_the_terminal(self):
        pane = self.open_pane(*self.words(*self.options()))
        pane.wait_for("Password of the key")
        pane.enter("wrong")
        pane.wait_for("That does not open it. Password of the key")
        pane.enter(SECRET)
        pane.wait_for(re.compile(r"Connected to .* as alice"))
        self.assertNotIn("battery", pane.text())


class TlsInTheConfiguration(TlsTest):
    def configured(self, text):
        home = self.home()
        folder = home.config / "gnatter"
        folder.mkdir(parents=True)
        (folder / "gnatter.toml").write_text(text)
        return home

    def test_a_home_directory_is_written_with_a_tilde(self):
        home = self.configured(f'tls = true\nhost = "localhost"\nport = {self.broker.tls_port}\nuser = "alice"\n'
                               'password-file = "~/password"\ncafile = "~/ca.crt"\n')
        (home.path / "ca.crt").write_bytes(self.pki.cafile.read_bytes())
        (home.path / "password").write_text("alice\n")
        (home.path / "password").chmod(0o600)
        done = self.run_words(home=home, stdin="bob hello\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertIn(f"Connected to localhost:{self.broker.tls_port} as alice (MQTT 5, TLS 1.3)", done.stdout)

    def test_the_command_line_takes_back_a_login_by_certificate(self):
        home = self.configured(f'x509 = true\ncert = "{self.users["bob"].certificate}"\ncafile = "{self.pki.cafile}"\n')
        done = self.run_words("-v", "-h", "localhost", "-p", str(self.broker.tls_port), "-u", "alice", "-P", "alice",
                              home=home)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(" as alice (MQTT 5, TLS 1.3)", done.stdout)

    def test_what_is_wrong_there_is_told_before_anybody_is_asked(self):
        home = self.configured('tls = true\ncafile = "none.crt"\n')
        pane = self.open_pane(*self.words("-u", "alice"), home=home)
        self.assertEqual(pane.wait(), 2, pane.said())
        self.assertIn("none.crt is not there", " ".join(pane.capture()))
        self.assertNotIn("Password", pane.text())


class PluginsInTheConfiguration(ChatTest):
    def configured(self, text):
        home = self.home()
        folder = home.config / "gnatter"
        folder.mkdir(parents=True)
        (folder / "gnatter.toml").write_text(text)
        return home

    def test_a_plugins_table_is_its_settings(self):
        home = self.configured('plugin = ["presence", "notify"]\n[notify]\nfold = 7\nbell = false\nregex = "release"\n')
        alice = self.login("alice", home=home)
        alice.send("/set notify.fold", "/set notify.bell", "/set notify.regex", "/set notify.fold 20",
                   "/plugin reload notify")
        for text in ("notify.fold 7 (default 10)", "notify.bell false (default true)",
                     'notify.regex "release" (default "")', "notify.fold is now 20.", "Plugin notify is loaded."):
            alice.expect(kind="info", text=text)
        alice.send("/set notify.fold")
        alice.expect(kind="info", text="notify.fold 20 (default 10)")
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_what_is_wrong_there_starts_nothing(self):
        for text, said in (
                ("fold = -1\n", "2: notify.fold cannot be -1: it is a number of seconds from 0 to 3600."),
                ("bell = true\nosc9 = \"yes\"\n", '3: notify.osc9 is true or false, not "yes".'),
                ("bel = true\n", "2: there is no setting notify.bel (notify.bell?)."),
                ("[other]\nx = 1\n", "3: there is no plugin other that [other] could be for."),
                ("bel = true\nfold = -1\n[other]\nx = 1\n",
                 "2: there is no setting notify.bel (notify.bell?). 2 more are wrong.")):
            with self.subTest(text):
                done = self.run_to_end("alice", "--plugin", "presence", "--plugin", "notify",
                                       home=self.configured("[notify]\n" + text))
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertTrue(done.stderr.endswith(f"gnatter.toml:{said}\n"), done.stderr)
                self.assertEqual(self.broker.client_ids("alice"), [])

    def test_a_table_of_a_plugin_that_is_not_loaded_waits_for_it(self):
        home = self.configured('plugin = ["presence", "elsewhere"]\n[notify]\nfold = -1\n[elsewhere]\nx = 1\n')
        alice = self.login("alice", home=home)
        alice.expect(kind="error", text=re.compile(r"There is no elsewhere\.so in "))
        alice.send("/plugin load notify")
        alice.expect(kind="error", text=re.compile(r"gnatter\.toml:3: notify\.fold cannot be -1: .* It stays 10\.$"))
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_a_value_of_the_command_line_that_does_not_fit_starts_nothing(self):
        done = self.run_to_end("alice", "--plugin", "notify", "--set", "notify.fold=ten")
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertIn('--set: notify.fold is a whole number, not "ten".', done.stderr)

    def test_a_table_that_holds_more_than_values_starts_nothing(self):
        for text in ("[notify]\n\nfold = 1.5\n", "[notify]\nfold = 1\n[notify.more]\n",
                     "[notify]\nfold = 1\nregex = []\n"):
            done = self.run_to_end("alice", home=self.configured(text))
            self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
            self.assertRegex(done.stderr,
                             r"gnatter\.toml:3: notify\.\w+ is true or false, a whole number or a text")


class Files(ChatTest):
    def test_everything_is_below_the_state_directory_and_private(self):
        home = self.home()
        alice = self.login("alice", "-j", "dev", home=home, environment={"GNATTER_TEST": "1"})
        alice.say("#dev", "hello")
        alice.expect(kind="sent")
        self.assertEqual(alice.quit(), 0, alice.said())
        paths = [path for path in home.path.rglob("*")]
        self.assertTrue(paths)
        for path in paths:
            self.assertTrue(path == home.state or path.is_relative_to(home.state / "gnatter"), path)
            if path.is_relative_to(home.state / "gnatter"):
                mode = stat.S_IMODE(path.stat().st_mode)
                self.assertEqual(mode, 0o700 if path.is_dir() else 0o600, f"{path} {mode:o}")

    def test_a_client_id_is_kept(self):
        home = self.home()
        ids = []
        for _ in range(2):
            alice = self.login("alice", home=home)
            ids.append(alice.client_id)
            self.assertEqual(alice.quit(), 0, alice.said())
        self.assertEqual(ids[0], ids[1])
        self.assertRegex(ids[0], r"^gnatter-[0-9a-f]{32}$")

    def test_two_clients_of_one_user_run_at_once(self):
        home = self.home()
        first, second = (self.login("alice", "-j", "dev", home=home) for _ in range(2))
        self.assertNotEqual(first.client_id, second.client_id)
        self.publish("bob", "/chat/user/alice/message/bob", "to both")
        for client in (first, second):
            client.expect(kind="message", sender="bob", text="to both")
        self.assertEqual((first.quit(), second.quit()), (0, 0))

    def test_the_same_chosen_client_id_twice_is_refused(self):
        home = self.home()
        first = self.login("alice", "--client-id", "mine", home=home)
        self.assertEqual(first.client_id, "mine")
        done = self.run_to_end("alice", "--client-id", "mine", home=home)
        self.assertIn(done.returncode, (1, 2), done.stdout)
        self.assertIn("mine", done.stderr)
        first.say("bob", "undisturbed")
        first.expect(kind="sent", text="undisturbed")
        self.assertEqual(len(self.broker.client_ids("alice")), 1)

    def test_a_state_directory_that_cannot_be_made_is_told(self):
        home = self.home()
        home.state.write_text("a file stands here")
        done = self.run_to_end("alice", home=home)
        self.assertIn(done.returncode, (1, 2), done.stdout + done.stderr)
        self.assertIn(str(home.state), done.stderr)


if __name__ == "__main__":
    main()
