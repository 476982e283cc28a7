# SPDX-License-Identifier: GPL-3.0-or-later
"""./gnatter: what it installs, builds and refuses, and what comes of being interrupted; on a machine of stand-ins."""

import pathlib
import re
import signal
import subprocess
import time

from support import ChatTest, Process, eventually, main, run
from support.fresh_machine import PACKAGES, FreshMachine, unprivileged

ODD = ["", "a b", "*", "it's", '"', "two\nlines", "$HOME", "-j", "--", "ü"]


class StartTest(ChatTest):
    def machine(self, **options):
        return self.keep(FreshMachine(**options))

    def start(self, machine, *arguments, stdin="", **environment):
        return run(str(machine.start), *arguments, stdin=stdin, env=machine.environment(**environment))

    def on_terminal(self, machine, *arguments):
        return self.tmux.open(str(machine.start), *arguments, columns=100, rows=30, environment=machine.environment())


class FirstStart(StartTest):
    def test_it_installs_builds_and_opens_a_local_chat(self):
        machine = self.machine()
        done = self.start(machine)
        self.assertEqual((done.returncode, done.stdout), (0, "user someone\n<--local>\n"), done.stderr)
        self.assertEqual(machine.installs(), [sorted(PACKAGES)])
        self.assertEqual(machine.steps(), ["one", "two", "three"])
        for package in PACKAGES:
            self.assertRegex(done.stderr, rf"(?m)^setup: installing {re.escape(package)} \(.+\)$")
        self.assertRegex(done.stderr, r"(?m)^gnatter: building$")
        self.assertNotIn("\r", done.stderr)

    def test_what_is_there_is_not_installed(self):
        machine = self.machine(installed=set(PACKAGES) - {"g++", "libreadline-dev"})
        done = self.start(machine)
        self.assertEqual((done.returncode, machine.installs()), (0, [["g++", "libreadline-dev"]]))
        self.assertNotIn("1883", done.stderr)

    def test_root_needs_no_sudo(self):
        machine = self.machine(installed=set(PACKAGES) - {"g++"}, root=True, without=["sudo"])
        self.assertEqual((self.start(machine).returncode, machine.installs()), (0, [["g++"]]))

    def test_arguments_and_input_are_passed_on_as_they_are(self):
        machine = self.machine()
        done = self.start(machine, *ODD, "--cat", stdin="typed\n", USER="alice")
        self.assertEqual(done.stdout, "user alice\n" + "".join(f"<{argument}>\n" for argument in ODD)
                         + "<--cat>\ntyped\n")

    def test_it_is_found_through_a_link_from_anywhere(self):
        machine = self.machine()
        link = machine.state / "a link"
        link.symlink_to(machine.start)
        done = subprocess.run(["../a link", "x"], cwd=machine.state / "tmp", env=machine.environment(),
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, "user someone\n<x>\n"), done.stderr)

    def test_two_at_the_same_time_build_once(self):
        machine = self.machine(installed=PACKAGES)
        machine.put("build waits")
        first = self.keep(Process(str(machine.start), "first", env=machine.environment()))
        eventually(lambda: machine.steps() == ["one"], "the first one builds", detail=first.said)
        second = self.keep(Process(str(machine.start), "second", env=machine.environment()))
        eventually(lambda: any("waiting" in line for line in second.errors), "the second one waits", detail=second.said)
        machine.take_away("build waits")
        self.assertEqual((first.wait(), second.wait()), (0, 0))
        self.assertEqual(machine.steps(), ["one", "two", "three"])


class NextStart(StartTest):
    def test_it_takes_under_a_second_and_says_nothing(self):
        machine = self.machine()
        self.start(machine)
        before = machine.calls()
        begin = time.monotonic()
        done = self.start(machine, "-P", "secret")
        self.assertLess(time.monotonic() - begin, 1)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "user someone\n<-P>\n<secret>\n", ""))
        self.assertEqual(set(machine.calls()[len(before):]), {"id -un"})

    def test_what_has_changed_is_built(self):
        machine = self.machine()
        self.start(machine)
        program = machine.tree / "program"
        program.write_text(program.read_text().replace("user", "USER"))
        self.assertEqual(self.start(machine).stdout, "USER someone\n<--local>\n")
        self.assertEqual(machine.steps(), ["one", "two", "three", "three"])
        self.assertEqual(len(machine.calls("cmake")), 1)

    def test_a_folder_that_was_moved_is_prepared_again(self):
        machine = self.machine()
        self.start(machine)
        cache = machine.tree / "build" / "CMakeCache.txt"
        cache.write_text(cache.read_text().replace("a clone", "another clone"))
        self.assertEqual(self.start(machine).returncode, 0)
        self.assertEqual(len(machine.calls("cmake")), 2)

    def test_setup_is_asked_again_when_it_has_changed(self):
        machine = self.machine(installed=PACKAGES)
        self.start(machine)
        asked = len(machine.calls("dpkg-query"))
        (machine.tree / "setup").touch()
        self.start(machine)
        self.assertGreater(len(machine.calls("dpkg-query")), asked)

    def test_somebody_else_runs_what_is_built(self):
        machine = self.machine()
        self.start(machine)
        for file in [machine.tree, *machine.tree.rglob("*")]:
            file.chmod(0o555 if file.is_dir() or file.stat().st_mode & 0o100 else 0o444)
        self.addCleanup(lambda: [file.chmod(0o755) for file in [machine.tree, *machine.tree.rglob("*")]])
        done = run(*unprivileged(), str(machine.start), env=machine.environment(USER="someone"))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "user someone\n<--local>\n", ""))
        (machine.tree / "program").touch()
        done = run(*unprivileged(), str(machine.start), env=machine.environment(USER="someone"))
        self.assertEqual((done.returncode, done.stdout), (0, "user someone\n<--local>\n"))
        self.assertIn("changed since the build", done.stderr)


class Refusals(StartTest):
    def test_a_password_is_not_taken_while_it_must_build(self):
        machine = self.machine()
        for arguments in (["-P", "secret"], ["-Psecret"], ["--password", "secret"], ["--password=secret"],
                          ["-h", "localhost", "-vP", "secret"], ["-u", "alice", "-P=secret"]):
            with self.subTest(arguments=arguments):
                done = self.start(machine, *arguments)
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn("./gnatter --version", done.stderr)
                self.assertNotIn("secret", done.stderr)
        self.assertEqual(machine.installs(), [])

    def test_nor_when_something_has_changed(self):
        machine = self.machine()
        self.start(machine)
        (machine.tree / "program").touch()
        self.assertEqual(self.start(machine, "-P", "secret").returncode, 2)
        self.assertEqual(len(machine.steps()), 3)

    def test_what_only_looks_like_a_password_is_taken(self):
        for arguments in (["-uPaul"], ["-hP"], ["-jP"], ["-vuPaul"], ["--password-file", "x"], ["--password-command=x"],
                          ["--Plugin"], ["P"]):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.start(self.machine(installed=PACKAGES), *arguments).returncode, 0)

    def test_neither_root_nor_sudo_gets_the_command_to_run(self):
        machine = self.machine(installed=set(PACKAGES) - {"cmake", "g++"}, without=["sudo"])
        done = self.start(machine)
        self.assertEqual((done.returncode, machine.installs()), (1, []))
        self.assertRegex(done.stderr, r"(?m)^ *apt-get install --no-install-recommends cmake g\+\+$")

    def test_nor_does_somebody_whom_sudo_refuses(self):
        machine = self.machine()
        machine.put("sudo refuses")
        done = self.start(machine)
        self.assertEqual((done.returncode, machine.installs(), len(machine.calls("sudo"))), (1, [], 1))
        self.assertIn("apt-get install --no-install-recommends cmake", done.stderr)

    def test_without_apt_the_packages_are_listed(self):
        machine = self.machine(without=["apt-get", "dpkg", "dpkg-query", "cmake"])
        done = self.start(machine)
        self.assertEqual(done.returncode, 1)
        for package in PACKAGES:
            self.assertIn(f" {package}", done.stderr)

    def test_without_apt_what_is_there_may_do(self):
        machine = self.machine(without=["apt-get", "dpkg", "dpkg-query"])
        done = self.start(machine)
        self.assertEqual((done.returncode, done.stdout), (0, "user someone\n<--local>\n"), done.stderr)

    def test_a_failed_installation_shows_why_and_the_next_start_tries_again(self):
        machine = self.machine()
        machine.put("apt fails")
        done = self.start(machine)
        self.assertEqual(done.returncode, 1)
        self.assertIn("E: no such package", done.stderr)
        self.assertIn("apt-get install --no-install-recommends cmake", done.stderr)
        machine.take_away("apt fails")
        self.assertEqual(self.start(machine).returncode, 0)

    def test_a_failed_build_shows_why_and_the_next_start_goes_on(self):
        machine = self.machine()
        machine.put("build fails")
        done = self.start(machine)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("program.cpp: error: nonsense", done.stderr)
        machine.take_away("build fails")
        self.assertEqual(self.start(machine).returncode, 0)
        self.assertEqual(machine.steps(), ["one", "two", "three"])

    def test_a_build_that_cannot_be_prepared_shows_why(self):
        machine = self.machine()
        machine.put("cmake fails")
        done = self.start(machine)
        self.assertEqual(done.returncode, 1)
        self.assertIn("CMake Error: no compiler", done.stderr)

    def test_a_folder_that_may_not_be_written_is_told(self):
        machine = self.machine()
        machine.tree.chmod(0o555)
        self.addCleanup(machine.tree.chmod, 0o755)
        done = run(*unprivileged(), str(machine.start), env=machine.environment())
        self.assertEqual((done.returncode, machine.installs()), (1, []))
        self.assertRegex(done.stderr, r"^gnatter: You may not write to .*a clone.*\n$")


class Broker(StartTest):
    def test_without_a_terminal_its_service_is_not_left_enabled(self):
        machine = self.machine()
        done = self.start(machine)
        self.assertIn("not left enabled", done.stderr)
        self.check_it_was_switched_off(machine)

    def test_on_a_terminal_it_is_asked_for_and_no_is_the_default(self):
        machine = self.machine()
        pane = self.on_terminal(machine)
        pane.wait_for("port 1883")
        pane.wait_for("[y/N]")
        self.assertEqual(machine.installs(), [])
        pane.send("Enter")
        self.assertEqual(pane.wait(), 0)
        self.check_it_was_switched_off(machine)

    def test_yes_leaves_it_alone(self):
        machine = self.machine()
        pane = self.on_terminal(machine)
        pane.wait_for("[y/N]")
        pane.send("y", "Enter")
        self.assertEqual(pane.wait(), 0)
        self.assertEqual([call for call in machine.calls("sudo") if "apt-get" not in call], ["sudo true"])

    def check_it_was_switched_off(self, machine):
        calls = (machine.state / "calls").read_text()
        before, install, after = re.split(r"(\napt-get .* install .*\n)", calls)
        if not pathlib.Path("/usr/sbin/policy-rc.d").exists():  # as in a container
            self.assertIn("policy-rc.d", before)
        self.assertIn("mosquitto", install)
        self.assertIn("disable mosquitto", after)


class OnATerminal(StartTest):
    def test_one_line_counts(self):
        machine = self.machine(installed=PACKAGES)
        pane = self.on_terminal(machine, "x")
        self.assertEqual(pane.wait(), 0)
        self.assertEqual([row for row in pane.capture() if "building" in row], ["gnatter: building 3 of 3"])

    def test_a_build_cut_off_by_ctrl_c_goes_on(self):
        machine = self.machine(installed=PACKAGES)
        machine.put("build waits")
        pane = self.on_terminal(machine)
        pane.wait_for("building 1 of 3")
        pane.send("C-c")
        self.assertEqual(pane.wait(), -signal.SIGINT, pane.said())
        pane.wait_for("the next start goes on")
        machine.take_away("build waits")
        self.assertEqual(self.start(machine).returncode, 0)
        self.assertEqual(machine.steps(), ["one", "two", "three"])

    def test_an_installation_cut_off_by_ctrl_c_leaves_no_service_and_goes_on(self):
        machine = self.machine()
        machine.put("apt waits")
        pane = self.on_terminal(machine)
        pane.wait_for("[y/N]")
        pane.send("Enter")
        pane.wait_for("installing  50 %")
        pane.send("C-c")
        self.assertEqual(pane.wait(), -signal.SIGINT, pane.said())
        self.assertIn("disable mosquitto", "\n".join(machine.calls("")))
        self.assertEqual(list((machine.state / "tmp").iterdir()), [])
        machine.take_away("apt waits")
        self.assertEqual(self.start(machine).returncode, 0)


if __name__ == "__main__":
    main()
