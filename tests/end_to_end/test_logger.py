# SPDX-License-Identifier: GPL-3.0-or-later
"""What the logger writes, and where."""

import datetime
import re
import stat

from support import Proxy, eventually, main
from support.logs import NETWORK, LogTest, log_path, logs, rows, said, texts, wait_for_said, wait_for_text
from support.publisher import Publisher

GROUP = "/chat/group/dev/message/"
INBOX = "/chat/user/alice/message/"


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


class Lines(LogTest):
    def setUp(self):
        self.place = self.home()

    def test_a_message_is_a_line(self):
        alice, bob = self.logging("alice", "-j", "dev", home=self.place), self.login("bob")
        before = now()
        bob.say("#dev", "one\ttwo\nthree \\n four\\")
        bob.say("#dev", "grüße, 日本 👋")
        event = alice.expect(kind="message", text="one\ttwo\nthree \\n four\\")
        path = log_path(self.place, "#dev")
        wait_for_said(path, [("bob", r"one\ttwo\nthree \\n four\\"), ("bob", "grüße, 日本 👋")])
        first = rows(path)[0]
        self.assertEqual(first.time, event.time)
        self.assertTrue(first.time.endswith("+01:00"), first)
        self.assertTrue(before <= datetime.datetime.fromisoformat(first.time), first)

    def test_the_time_is_that_of_the_sending(self):
        proxy = self.keep(Proxy(self.broker.port))
        self.logging("alice", home=self.place, port=proxy.port)
        bob = self.login("bob")
        proxy.open.clear()
        bob.say("alice", "on its way")
        sent = bob.expect(kind="sent")
        self.publish("carol", INBOX + "carol", "without a time")
        later = eventually(lambda: now() > datetime.datetime.fromisoformat(sent.time) and now(), "another second")
        proxy.open.set()
        self.assertEqual(wait_for_text(log_path(self.place, "bob"), "on its way").time, sent.time)
        row = wait_for_text(log_path(self.place, "carol"), "without a time")
        self.assertGreaterEqual(datetime.datetime.fromisoformat(row.time), later)

    def test_actions_replies_and_own_lines(self):
        alice, bob = self.logging("alice", "-j", "dev", home=self.place), self.login("bob")
        bob.send("/join #dev", "#dev hello", "/me waves")
        alice.expect(kind="action")
        alice.send("/join #dev", "#dev mine", "/me nods", "//me sings")
        bob.expect(kind="message", sender="alice", text="/me sings")
        self.publish("bob", GROUP + "bob", "I am away", "-D", "publish", "user-property", "kind", "notice")
        path = log_path(self.place, "#dev")
        wait_for_text(path, "I am away")
        self.assertEqual(said(path), [("bob", "hello"), ("* bob", "waves"), ("alice", "mine"), ("* alice", "nods"),
                                      ("alice", "/me sings"), ("-bob-", "I am away")])

    def test_a_screen_writes_the_same_and_who_comes_and_goes(self):
        pane = self.logging_screen("alice", "-j", "dev", home=self.place)
        pane.wait_for("is open")
        bob = self.login("bob", "-j", "dev")
        bob.send("#dev hello")
        pane.wait_for("hello")
        pane.enter("and back")
        path = log_path(self.place, "#dev")
        wait_for_said(path, [("bob", "hello"), ("alice", "and back")])
        wait_for_text(path, "bob is here")
        self.assertEqual(bob.quit(), 0, bob.said())
        wait_for_text(path, "bob left")
        self.assertEqual([row.sender for row in rows(path)], ["bob", "alice", "--", "--"])

    def test_a_name_that_looks_like_a_mark_is_a_name(self):
        self.logging("alice", "-j", "dev", home=self.place)
        for sender in ("--", "* bob", "-bob-", "!!", "a\\b"):
            self.publish("admin", GROUP + sender, "hello")
        wait_for_said(log_path(self.place, "#dev"), [(sender, "hello") for sender in (
            "\\--", "\\* bob", "\\-bob-", "\\!!", "a\\\\b")])

    def test_both_ends_of_a_talk_have_it_all(self):
        places = {"alice": self.place, "bob": self.home()}
        alice, bob = (self.logging(user, home=home) for user, home in places.items())
        for number in range(3):
            alice.say("bob", f"question {number}")
            bob.expect(kind="message", text=f"question {number}")
            bob.say("alice", f"answer {number}")
            alice.expect(kind="message", text=f"answer {number}")
        talk = [(who, f"{what} {number}") for number in range(3)
                for who, what in (("alice", "question"), ("bob", "answer"))]
        paths = [log_path(places["alice"], "bob"), log_path(places["bob"], "alice")]
        for path in paths:
            wait_for_said(path, talk)
        times = [[row.time for row in rows(path) if row.sender in places] for path in paths]
        self.assertEqual(times[0], times[1])

    def test_a_group_and_a_user_of_one_name(self):
        self.use_broker(users=["dev"])
        self.logging("alice", "-j", "dev", home=self.place)
        self.publish("bob", GROUP + "bob", "to all", qos=1)
        self.publish("dev", INBOX + "dev", "to you")
        wait_for_said(log_path(self.place, "#dev"), [("bob", "to all")])
        wait_for_said(log_path(self.place, "dev"), [("dev", "to you")])


class Modes(LogTest):
    def command(self, user, *options, **where):
        words = super().command(user, *options, **where)
        return ["sh", "-c", f'umask {self.mask}; exec "$@"', "sh", *words] if "logger" in options else words

    def check(self, mask):
        self.mask = mask
        place = self.home()
        alice = self.logging("alice", "-j", "dev", home=place)
        self.publish("bob", GROUP + "bob", "hello", qos=1)
        wait_for_text(log_path(place, "#dev"), "hello")
        eventually(log_path(place, "#dev").with_name(".#dev.log.position").exists, "the mark beside the log")
        self.assertEqual(alice.quit(), 0, alice.said())
        found = [*logs(place).rglob("*"), logs(place), logs(place).parent]
        for path in found:
            mode = path.lstat().st_mode
            self.assertEqual(stat.S_IMODE(mode), 0o700 if stat.S_ISDIR(mode) else 0o600, path)

    def test_with_an_open_umask(self):
        self.check("000")

    def test_with_a_narrow_umask(self):
        self.check("077")

    def test_with_an_umask_that_takes_everything(self):
        self.check("277")


# Of what paths, shells, terminals and other systems make something.
HOSTILE = ["..", "...", ".hidden", "..log", ".log", "a", "a.log", "a.log.log", "A.LOG", "a%2Elog", "-rf", "--help", "-",
           "con", "CON", "nul", "aux.txt", "COM1", "%2F", "%2f", "%", "%%", "%00", "..%2f..%2fpasswd", "\\", "..\\..\\x",
           "$HOME", "$(touch hacked)", "`touch hacked`", ";touch hacked", "a b", "a  b", "a;b", "a|b", "a&b", "a>b", "~",
           "~root", "'", '"', "!!", "?", "[a]", "{a,b}", "dev", "Dev", "DEV", "deV", "position", "a.log.position",
           "a.log.1", "lost.found", "日" * 21, "本" * 21, "日" * 20 + "本", "x" * 64, "x" * 63 + "y", "ü" * 32, "👋" * 16,
           "jürgen", "ju\u0308rgen", "JÜRGEN", "paypal", "p\u0430ypal", "pаypаl", "I", "l", "1", "0", "O", "a\u200bb",
           "a\u202eb", "a\u2028b", "a\ufeffb", "a\u00adb", "ab", "\u3000a\u3000b", "a\u00a0b", "\u2024\u2024", "．．",
           "a\uff0fb", "a\u2215b", "fi", "ﬁ", "ss", "ß", "ẞ", "İ", "i", "ı", "K", "\u212a"]


class Names(LogTest):
    def test_three_hundred_hostile_users_have_three_hundred_files(self):
        names = list(dict.fromkeys(name for name in HOSTILE if len(name.encode()) <= 64 and name.strip() == name))
        names += [f"user{chr(0x21 + number)}" for number in range(94) if chr(0x21 + number) not in "/+#:"]
        names += [("q" * 60 + f"{number:04}") for number in range(300 - len(names))]
        self.assertEqual(len(set(names)), 300)
        place = self.home()
        alice = self.logging("alice", home=place)
        before = everything(place.path)
        publisher = Publisher(self.broker.port, "admin")
        for number, name in enumerate(names):
            publisher.publish(INBOX + name, f"I am number {number}")
        publisher.finish()
        directory = logs(place) / NETWORK
        eventually(lambda: directory.exists() and len(visible(directory)) >= 300, "300 files", detail=lambda: "\n".join(
            [str(len(visible(directory))), alice.said()]))
        eventually(lambda: all(path.read_bytes().endswith(b"\n") for path in visible(directory)), "whole rows")
        self.assertEqual(alice.quit(), 0, alice.said())
        files = visible(directory)
        self.assertEqual(len(files), 300)
        written = [texts(path) for path in files]
        self.assertEqual(sorted(written), sorted([f"I am number {number}"] for number in range(300)))
        for path in files:
            self.assertNotRegex(path.name, r"^[.#-]|[\x00-\x1f/]|^\s|[^g]$")
            self.assertRegex(path.name, r"\.log$")
            self.assertFalse(any(ord(character) in (0xAD, 0x200B, 0x202E, 0x2028, 0xFEFF) for character in path.name))
        outside = {path for path in everything(place.path) - before if directory not in path.parents}
        self.assertEqual({path.name for path in outside} - {"gnatter", "logs", NETWORK}, set())
        marks = {path.name for path in directory.iterdir()} - {path.name for path in files}
        self.assertLessEqual(marks, {f".{path.name}.position" for path in files})
        self.assert_read_back(place, names)

    def assert_read_back(self, place, names):
        pane = self.logging_screen("alice", home=place)
        for name in ("..", ".hidden", "a.log", "-rf", "%2F", "日" * 21, "DEV", "$(touch hacked)"):
            pane.enter(f'/query "{name}"')
            pane.wait_for(re.compile(rf"│ I am number {names.index(name)}\b"))
            self.assertEqual(sum("I am number" in row for row in pane.settled()), 1, pane.said())


def visible(directory):
    return [path for path in directory.iterdir() if not path.name.startswith(".")]


def everything(directory):
    return set(directory.rglob("*"))


class Settings(LogTest):
    """Of the plugin, at its start and while it runs."""

    def setUp(self):
        self.place = self.home()

    def say(self, number):
        """One line in a group, in another, and to alice."""
        for group in ("dev", "ops"):
            self.publish("bob", f"/chat/group/{group}/message/bob", f"line {number}", qos=1)
        self.publish("bob", INBOX + "bob", f"line {number}")

    def alice(self, **values):
        alice = self.logging("alice", "-j", "dev", "-j", "ops", home=self.place)
        for name, value in values.items():
            self.set(alice, f"logger.{name}", value)
        return alice

    def set(self, client, name, value):
        client.send(f"/set {name} {value}")
        client.expect(kind="info", text=re.compile(f"{re.escape(name)}.*{re.escape(value)}"))

    def fence(self, alice, number):
        """What was said before has been logged, where it is."""
        for window in ("#dev", "#ops", "bob"):
            alice.expect(kind="message", window=window, text=f"line {number}")
        self.set(alice, "logger.buffers", "carol")
        self.publish("carol", INBOX + "carol", f"fence {number}")
        wait_for_text(log_path(self.place, "carol"), f"fence {number}")

    def logged(self):
        return {path.stem: texts(path) for path in (logs(self.place) / NETWORK).glob("*.log")}

    def test_which_conversations(self):
        alice = self.alice(buffers="#dev, !*/#ops")
        self.say(1)
        self.fence(alice, 1)
        self.set(alice, "logger.buffers", "!#dev, !bob")
        self.say(2)
        self.fence(alice, 2)
        self.assertEqual(self.logged(), {"#dev": ["line 1"], "#ops": ["line 2"], "carol": ["fence 1", "fence 2"]})

    def test_where(self):
        alice = self.alice(layout="NETWORK/BUFFER/YYYY-MM-DD.log")
        self.say(1)
        directory = logs(self.place) / NETWORK / "#dev"
        path = eventually(lambda: list(directory.glob("????-??-??.log")), "a log of today")[0]
        wait_for_said(path, [("bob", "line 1")])
        self.assertEqual(path.stem, rows(path)[0].time[:10])
        self.assertEqual(stat.S_IMODE(directory.stat().st_mode), 0o700)
        self.set(alice, "logger.layout", "NETWORK/BUFFER/YYYY-MM.log")
        self.say(2)
        wait_for_said(path.with_name(path.stem[:7] + ".log"), [("bob", "line 2")])
        alice.send("/unset logger.layout")
        alice.expect(kind="info", text=re.compile(r"logger\.layout"))
        self.say(3)
        wait_for_said(log_path(self.place, "#dev"), [("bob", "line 3")])

    def test_what_and_when(self):
        pane = self.logging_screen("alice", "-j", "dev", home=self.place)
        for line in ("logger.utc true", "logger.presence false"):
            pane.enter(f"/set {line}")
            pane.wait_for(re.compile(re.escape(line.split()[0]) + r".* " + line.split()[1]))
        bob = self.login("bob", "-j", "dev")
        bob.send("#dev hello")
        pane.wait_for("bob is here")
        self.publish("carol", GROUP + "carol", "fence", qos=1)
        path = log_path(self.place, "#dev")
        wait_for_text(path, "fence")
        self.assertEqual([(row.time[-6:], row.text) for row in rows(path)], [("+00:00", "hello"), ("+00:00", "fence")])

    def test_from_the_configuration_file(self):
        (self.place.config / "gnatter").mkdir(parents=True)
        (self.place.config / "gnatter" / "gnatter.toml").write_text("[logger]\nbuffers = \"bob\"\nutc = true\n")
        alice = self.alice()
        self.say(1)
        self.fence(alice, 1)
        self.assertEqual(self.logged(), {"bob": ["line 1"], "carol": ["fence 1"]})
        self.assertTrue(rows(log_path(self.place, "bob"))[0].time.endswith("+00:00"))

    def test_a_mistake_is_told(self):
        alice = self.alice()
        alice.send("/set logger.layout weekly")
        alice.expect(kind="error", text=re.compile("NETWORK/BUFFER.log"))
        alice.send("/set logger.utc maybe")
        alice.expect(kind="error", text=re.compile("maybe|true"))
        self.say(1)
        wait_for_said(log_path(self.place, "#dev"), [("bob", "line 1")])


if __name__ == "__main__":
    main()
