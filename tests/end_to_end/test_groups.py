# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups that come back at the next start, and groups that are only looked at."""

import re

from support import GNATTER, PLUGIN_DIRECTORY, FakeBroker, ScreenTest, eventually, main
from support.screen import prompt_is

GROUP = "/chat/group/{}/message/bob"


class Remembered(ScreenTest):
    def kept(self, home, account=None):
        """The names in the file of an account."""
        account = account or f"alice@127.0.0.1%3A{self.broker.port}"
        file = home.state / "gnatter" / "groups" / account / "joined"
        return file.read_text("utf-8").splitlines() if file.exists() else []

    def wait_until_kept(self, home, *groups, **account):
        eventually(lambda: self.kept(home, **account) == list(groups), f"{groups} in the file",
                   detail=lambda: f"{self.kept(home, **account)} in {list(home.state.rglob('joined'))}")

    def pane(self, home, *options, user="alice"):
        plugins = ["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []
        return self.open_pane(GNATTER, "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", user, "-P", user, *plugins,
                              *options, home=home)

    def assert_in(self, client, group):
        self.publish("bob", GROUP.format(group), f"hello {group}", qos=1)
        client.expect(kind="message", window=f"#{group}", text=f"hello {group}")

    def test_groups_come_back_until_they_are_left(self):
        home = self.home()
        alice = self.login("alice", home=home)
        alice.send("/join dev", '/join "ops team"', "/join gone", "/join closed", "/close")
        self.wait_until_kept(home, "dev", "ops team", "gone")
        alice.send("/part gone")
        self.wait_until_kept(home, "dev", "ops team")
        self.assertEqual(alice.quit(), 0, alice.said())
        alice = self.login("alice", home=home)
        self.assert_in(alice, "dev")
        self.assert_in(alice, "ops team")
        self.assertEqual(alice.all(text=re.compile("is open: everybody")), [], alice.said())
        for window in ("#gone", "#closed"):
            self.assertEqual(alice.all(window=window), [], alice.said())

    def test_a_kill_after_the_join_loses_nothing(self):
        home = self.home()
        alice = self.login("alice", home=home)
        alice.send("/join dev")
        self.wait_until_kept(home, "dev")
        alice.stop()  # kill -9
        self.assert_in(self.login("alice", home=home), "dev")

    def test_the_file_is_for_its_owner_alone(self):
        home = self.home()
        alice = self.login("alice", "-j", "dev", home=home)
        self.wait_until_kept(home, "dev")
        self.assertEqual(alice.quit(), 0)
        folder = home.state / "gnatter" / "groups"
        for path in (folder, *folder.rglob("*")):
            self.assertEqual(path.stat().st_mode & 0o7777, 0o700 if path.is_dir() else 0o600, path)

    def test_two_at_once_lose_nothing_of_each_other(self):
        home = self.home()
        clients = [self.login("alice", home=home) for _ in range(2)]
        for number, client in enumerate(clients):
            client.send(*[f"/join group{number}x{count}" for count in range(25)])
        wanted = {f"group{number}x{count}" for number in (0, 1) for count in range(25)}
        eventually(lambda: set(self.kept(home)) == wanted, "all of both", detail=lambda: str(self.kept(home)))
        for number, client in enumerate(clients):
            client.send(*[f"/part group{number}x{count}" for count in range(24)])
        eventually(lambda: set(self.kept(home)) == {"group0x24", "group1x24"}, "one of each",
                   detail=lambda: str(self.kept(home)))

    def test_each_account_has_its_own(self):
        home = self.home()
        alice = self.login("alice", "-j", "dev", home=home)
        self.wait_until_kept(home, "dev")
        carol = self.login("carol", "-j", "ops", home=home)
        self.assert_in(carol, "ops")
        self.assert_in(alice, "dev")
        self.assertEqual(carol.all(window="#dev"), [], carol.said())

    def test_a_line_that_is_no_name_is_passed_over_and_told(self):
        home = self.home()
        alice = self.login("alice", "-j", "dev", home=home)
        self.wait_until_kept(home, "dev")
        self.assertEqual(alice.quit(), 0)
        next((home.state / "gnatter" / "groups").rglob("joined")).write_text("a/b\n\x1b[2J\ndev\n", "utf-8")
        alice = self.login("alice", home=home)
        alice.expect(kind="error", text=re.compile("joined, line 1: that is no name of a group"))
        self.assert_in(alice, "dev")
        self.assertEqual(len(alice.all(kind="error")), 1, alice.said())

    def test_on_the_screen_they_stand_in_their_order_and_take_no_focus(self):
        home = self.home()
        pane = self.pane(home)
        pane.wait_for("Connected to")
        for group in ("zoo", "dev"):
            pane.enter(f"/join {group}")
            pane.wait_for(prompt_is(f"#{group}>"))
        pane.enter("/quit")
        pane.wait()
        pane = self.pane(home)
        pane.wait_for(re.compile(r"2  #zoo.*\n 3  #dev", re.DOTALL))
        pane.wait_for(prompt_is(">"))
        pane.enter("/quit")
        pane.wait()
        pane = self.pane(home, "-j", "ops")
        pane.wait_for(re.compile(r"2  #zoo.*\n 3  #dev.*\n 4▸ #ops", re.DOTALL))
        pane.wait_for(prompt_is("#ops>"))


class Watched(ScreenTest):
    def fence(self, client):
        self.publish("carol", f"/chat/user/{client.user}/message/carol", "fence")
        client.expect(kind="message", text="fence")

    def device(self, user, *options):
        client = self.login(user, *options)
        client.user = user
        return client

    def test_groups_are_counted_without_a_window_and_those_joined_come_once(self):
        alice = self.device("alice", "-j", "dev")
        alice.send("/list -watch")
        self.broker.wait_for_log(re.escape("/chat/group/+/message/+ (QoS 1)"))
        for version in ("5", "311"):
            for group in ("dev", "ops"):
                self.publish("bob", GROUP.format(group), f"by hand {version}", qos=1, version=version)
        bob = self.device("bob", "-j", "dev")
        bob.say("#dev", "from one of us")
        alice.expect(kind="message", window="#dev", text="from one of us")
        self.fence(alice)
        for text in ("by hand 5", "by hand 311", "from one of us"):
            self.assertEqual(len(alice.all(window="#dev", text=text)), 1, alice.said())
        self.assertEqual(alice.all(window="#ops"), [], alice.said())
        alice.send("/list")
        alice.expect(kind="info", text=re.compile("^#ops: not joined, 2 lines, bob wrote last, "))
        alice.expect(kind="info", text=re.compile("^#dev: joined, 3 lines, bob wrote last, "))
        alice.send("/list -watch off")
        self.broker.wait_for_log("Received UNSUBSCRIBE from " + alice.client_id)
        self.publish("bob", GROUP.format("ops"), "not seen", qos=1)
        self.publish("bob", GROUP.format("dev"), "still seen", qos=1)
        alice.expect(kind="message", window="#dev", text="still seen")
        alice.send("/list")
        alice.expect(kind="info", text=re.compile("^#dev: joined, 4 lines"))
        alice.expect(kind="info", text=re.compile("^#ops: not joined, 2 lines"))

    def test_the_same_on_an_older_line(self):
        fake = self.keep(FakeBroker(versions=(4,)))
        alice = self.start("alice", "-j", "dev", port=fake.port)
        fake.wait_for_publish("/chat/login", b"alice")
        alice.send("/list -watch")
        eventually(lambda: "/chat/group/+/message/+" in fake.subscribed, "the watch", detail=alice.said)
        for group in ("dev", "ops"):
            fake.send(GROUP.format(group), b"hello")
        fake.send("/chat/user/alice/message/carol", b"fence")
        alice.expect(kind="message", text="fence")
        self.assertEqual(len(alice.all(kind="message", text="hello")), 1, alice.said())
        alice.send("/list")
        alice.expect(kind="info", text=re.compile("^#dev: joined, 1 line, bob"))
        alice.expect(kind="info", text=re.compile("^#ops: not joined, 1 line, bob"))

    def test_what_was_seen_can_be_joined_by_tab(self):
        plugins = ["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []
        pane = self.open_pane(GNATTER, "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", "alice", "-P", "alice",
                              *plugins)
        pane.wait_for("Connected to")
        pane.enter("/list -watch")
        self.broker.wait_for_log(re.escape("/chat/group/+/message/+ (QoS 1)"))
        self.publish("bob", GROUP.format("zoologists"), "hello", qos=1)

        def listed():
            pane.enter("/list")
            return any("#zoologists: not joined, 1 line" in row for row in pane.settled())
        eventually(listed, "the group in the list", detail=pane.said)
        pane.type("/join zoo")
        pane.send("Tab")
        pane.wait_for(prompt_is("/join #zoologists"))


if __name__ == "__main__":
    main()
