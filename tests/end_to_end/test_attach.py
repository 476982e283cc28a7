# SPDX-License-Identifier: GPL-3.0-or-later
"""Any program as a plugin: real ones, beside a real client; the README's samples as they stand there."""

import pathlib
import re
import shutil
import signal
import subprocess
import time

from support import ChatTest, eventually, main

README = pathlib.Path(__file__).parents[2] / "plugins" / "README.md"


def sample(language):
    return re.search(rf"```{language}\n(.*?)```", README.read_text("utf-8"), re.DOTALL)[1]


def processes_of(parent):
    """The process ids of its children."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


class AttachTest(ChatTest):
    def script(self, home, name, text):
        path = home.path / name
        path.write_text(text, "utf-8")
        path.chmod(0o700)
        return path

    def attach(self, client, command, name):
        client.send(f"/attach {command}")
        return client.expect(kind="info", text=re.compile(rf"^{re.escape(name)} is attached, pid \d+\.$"))


class Samples(AttachTest):
    def setUp(self):
        self.place = self.home()
        self.alice = self.login("alice", "-j", "dev", home=self.place)
        self.seen = self.witness("/chat/group/dev/message/alice")

    def ask(self, text, sender="bob"):
        self.publish(sender, f"/chat/group/dev/message/{sender}", text, qos=1)

    def answered(self, question, pattern):
        self.ask(question)
        message = self.seen.expect("/chat/group/dev/message/alice")
        self.assertRegex(message.payload.decode(), pattern)

    def test_they_are_short(self):
        for language in ("sh", "awk", "python"):
            with self.subTest(language=language):
                self.assertLess(len(sample(language).splitlines()), 15)

    def test_uptime_in_sh(self):
        script = self.script(self.place, "uptime.sh", sample("sh"))
        self.attach(self.alice, f"sh {script}", "uptime.sh")
        self.ask("uptime?")
        self.answered("!uptime", r"load average")
        self.assertEqual(len(self.seen.seen), 1)

    def test_count_in_awk(self):
        script = self.script(self.place, "count.awk", sample("awk"))
        is_mawk = "mawk" in pathlib.Path(shutil.which("awk")).resolve().name
        self.attach(self.alice, f"awk {'-W interactive ' if is_mawk else ''}-f {script}", "count.awk")
        self.answered("!count", r"^nobody has said a word$")
        self.ask("one")
        self.ask("two")
        self.ask("three", sender="carol")
        self.answered("!count", r"^(bob 2 carol 1|carol 1 bob 2)$")

    def test_dice_in_python(self):
        script = self.script(self.place, "dice.py", sample("python"))
        self.attach(self.alice, f"python3 {script}", "dice.py")
        self.ask("!roll 0x6")
        self.answered("!roll 20d6", r"^bob rolls (\d\d+)$")
        self.answered("!roll 3d1", r"^bob rolls 3$")

    def test_all_three_at_once_from_the_file(self):
        self.assertEqual(self.alice.quit(), 0, self.alice.said())
        commands = [f"sh {self.script(self.place, 'uptime.sh', sample('sh'))}",
                    f"python3 {self.script(self.place, 'dice.py', sample('python'))}"]
        self.place.config.joinpath("gnatter").mkdir(parents=True, exist_ok=True)
        self.place.config.joinpath("gnatter", "gnatter.toml").write_text(f"attach = {commands!r}\n", "utf-8")
        self.alice = self.login("alice", "-j", "dev", home=self.place)
        self.answered("!uptime", r"load average")
        self.answered("!roll 2d1", r"^bob rolls 2$")
        self.assertEqual(self.alice.quit(), 0, self.alice.said())


class Attached(AttachTest):
    def test_a_failing_one_is_named_and_started_again(self):
        place = self.home()
        flag = place.path / "flag"
        script = self.script(place, "bot.sh", f"#!/bin/sh\n[ -e {flag} ] && exec cat >/dev/null\n"
                             f"touch {flag}\necho 'no such table' >&2\nexit 4\n")
        alice = self.login("alice", home=place)
        self.attach(alice, script, "bot.sh")
        alice.expect(kind="error", window="*", text="bot.sh: no such table")
        alice.expect(kind="error", window="*", text=re.compile(
            r'^bot\.sh ended with exit code 4: "no such table"\. It is started again in 1 s; '))

        def runs_again():
            alice.send("/attach")
            return alice.expect(kind="info", text=re.compile(r"^1 bot\.sh: ")).text
        eventually(lambda: re.match(r"1 bot\.sh: pid \d+, runs since \d\d:\d\d, 1 restart: ", runs_again()), "it runs again",
                   detail=alice.said)
        alice.send("/attach -stop bot.sh")
        alice.expect(kind="info", text="bot.sh is not attached any more.")

    def test_one_that_is_killed_and_one_that_is_done(self):
        alice = self.login("alice")
        event = self.attach(alice, "sleep 1000", "sleep")
        subprocess.run(["kill", "-9", re.search(r"pid (\d+)", event.text)[1]], check=True)
        alice.expect(kind="error", text=re.compile(r"^sleep was ended by signal 9 \(SIGKILL\)\. It is started again in 1 s"))
        alice.send("/attach true")
        alice.expect(kind="info", text="true has ended, and is not attached any more.")

    def test_what_is_not_there_is_told_at_the_start_and_not_tried_again(self):
        alice = self.login("alice", "--attach", "gnatter-no-such-program", "--attach", "cat /dev/null")
        alice.expect(kind="error", text=re.compile(r"^There is no program gnatter-no-such-program"))
        alice.expect(kind="info", text="cat has ended, and is not attached any more.")
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_it_may_end_the_client(self):
        alice = self.login("alice", "--attach", "sh -c 'echo /quit; cat >/dev/null'", "--stay")
        self.assertEqual(alice.wait(), 0, alice.said())

    def test_nothing_of_them_is_left_and_nobody_waits_long(self):
        place = self.home()
        stubborn = self.script(place, "stubborn", "#!/bin/sh\ntrap '' TERM\necho 'bob up'\nwhile :; do sleep 1; done\n")
        alice = self.login("alice", "--attach", str(stubborn), "--attach", "cat", home=place)
        alice.expect(kind="sent", text="up")
        children = processes_of(alice.pid)
        self.assertEqual(len(children), 2)
        from_ = time.monotonic()
        self.assertEqual(alice.quit(), 0, alice.said())
        self.assertLess(time.monotonic() - from_, 8)
        for child in children:
            self.assertFalse(pathlib.Path(f"/proc/{child}").exists() and
                             "Z" not in pathlib.Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1][:3])

    def test_a_client_that_is_told_to_end_ends_them(self):
        alice = self.login("alice", "--attach", "sleep 1000", "--stay")
        child = eventually(lambda: processes_of(alice.pid), "it runs")[0]
        alice.terminate(signal.SIGTERM)
        self.assertEqual(alice.wait(), 0, alice.said())
        eventually(lambda: not pathlib.Path(f"/proc/{child}").exists(), "it has ended")

    def test_one_that_does_not_read_holds_nobody_up(self):
        alice = self.login("alice", "-j", "dev", "--attach", "sleep 1000")
        text = "x" * 50_000
        for number in range(40):
            self.publish("bob", "/chat/group/dev/message/bob", f"{number} {text}", qos=1)
        alice.expect(kind="error", text="sleep does not read what happens: it misses events until it does.")
        alice.say("bob", "still there")
        alice.expect(kind="sent", text="still there")


class OnTheScreen(AttachTest):
    def open_screen(self, *options, home):
        words = [word for word in self.command("alice", *options) if word != "--headless"]
        pane = self.open_pane(*words, home=home, columns=100, rows=24)
        pane.wait_for("Connected to")
        return pane

    def test_it_works_there_too_and_a_flood_leaves_the_keys_alone(self):
        home = self.home()
        flood = self.script(home, "flood.sh", "#!/bin/sh\nwhile :; do echo '/notice bob again'; done\n")
        bot = self.script(home, "bot.sh", "#!/bin/sh\necho 'bob from the bot'\ncat >/dev/null\n")
        witness = self.witness("/chat/user/bob/message/alice")
        pane = self.open_screen("--attach", str(bot), home=home)
        witness.expect("/chat/user/bob/message/alice", "from the bot")
        pane.enter(f"/attach {flood}")
        witness.wait_for("/chat/user/bob/message/alice", 200)
        pane.type("typed meanwhile")
        pane.wait_for("typed meanwhile")
        pane.send("C-e", "C-u")
        pane.enter("/attach -stop flood.sh")
        pane.wait_for("flood.sh is not attached any more.")
        pane.wait_until_gone(" pending")
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0)


class Run(AttachTest):
    def test_lines_of_the_start_are_typed_in_order(self):
        witness = self.witness("/chat/#")
        alice = self.login("alice", "--run", "/join #dev", "--run", "#dev hello", "--run", "/nosuch", "--run", "bob one\\ntwo")
        witness.expect("/chat/group/dev/message/alice", "hello")
        witness.expect("/chat/user/bob/message/alice", "one\ntwo")
        alice.expect(kind="error", text=re.compile(r"^/nosuch: There is no /nosuch\."))
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_the_file_has_them_too(self):
        place = self.home()
        place.config.joinpath("gnatter").mkdir(parents=True)
        place.config.joinpath("gnatter", "gnatter.toml").write_text('run = ["/join #dev", "#dev from the file"]\n', "utf-8")
        witness = self.witness("/chat/#")
        self.login("alice", home=place)
        witness.expect("/chat/group/dev/message/alice", "from the file")

    def test_they_wait_for_a_broker_that_comes_later(self):
        self.broker.kill()
        words = [word for word in self.command("alice", "--run", "bob waited") if word != "--headless"]
        pane = self.open_pane(*words, columns=100, rows=24)
        pane.wait_for("1 pending")
        self.broker.start()
        self.broker.wait_for_log(r"Received PUBLISH from .*'/chat/user/bob/message/alice'")


if __name__ == "__main__":
    main()
