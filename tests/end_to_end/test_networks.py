# SPDX-License-Identifier: GPL-3.0-or-later
"""One client on several brokers: each its own network, and the trouble of one nobody else's."""

import os
import re
import sys
import time
import unittest

from support import ChatTest, main
from support.broker import free_port
from support.case import GNATTER, PLUGIN_DIRECTORY
from support.gnatter import Gnatter
from support.namespace import Namespace, why_not
from support.waiting import eventually

INSIDE = "GNATTER_TEST_INSIDE"  # this test runs in a network namespace whose name service is dead
BACK = re.compile("is back")
LOST = re.compile("line is lost|no answer|OFF|shutting down")

TABLE = """
[network.{name}]
host = "{host}"
port = {port}
user = "alice"
password-command = "echo alice"
{more}
"""


class NetworkTest(ChatTest):
    def configured(self, home, *tables):
        (home.config / "gnatter").mkdir(parents=True, exist_ok=True)
        (home.config / "gnatter" / "gnatter.toml").write_text("".join(tables))
        return home

    @staticmethod
    def table(name, port, more="", host="127.0.0.1"):
        return TABLE.format(name=name, host=host, port=port, more=more)

    def run_configured(self, home, *options):
        plugins = ["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []
        return self.keep(Gnatter([GNATTER, "--headless", "--stay", *plugins, *options], home))

    def two_networks(self):
        """The client, and the brokers of its networks home and work."""
        home, work = self.make_broker(persistent=True), self.make_broker(persistent=True)
        place = self.configured(self.home(), self.table("home", home.port, 'join = ["dev"]'),
                                self.table("work", work.port, 'join = ["dev", "ops"]'))
        client = self.run_configured(place)
        for broker in (home, work):
            eventually(lambda: broker.logins("alice") or not client.running, "alice logs in", detail=client.said)
        return client, home, work


class SeveralNetworks(NetworkTest):
    def test_each_has_its_own_people_groups_and_lines(self):
        alice, home, work = self.two_networks()
        bob, carol = self.login("bob", "-j", "dev", broker=home), self.login("carol", "-j", "dev", broker=work)
        alice.expect(kind="login", window="home/*", sender="bob")
        alice.expect(kind="login", window="work/*", sender="carol")
        alice.say("#dev", "to home")
        alice.say("work/#dev", "to work")
        alice.expect(kind="sent", window="home/#dev", text="to home")
        alice.expect(kind="sent", window="work/#dev", text="to work")
        bob.expect(kind="message", window="#dev", sender="alice", text="to home")
        carol.expect(kind="message", window="#dev", sender="alice", text="to work")
        bob.say("alice", "hello from home")
        carol.say("alice", "hello from work")
        alice.expect(kind="message", window="home/bob", text="hello from home")
        alice.expect(kind="message", window="work/carol", text="hello from work")
        alice.send("/names", "/msg -work carol by a dash", "/query work/carol by its name")
        self.assertNotIn("carol", alice.expect(kind="info", text=re.compile("Here on home")).text)
        carol.expect(kind="message", sender="alice", text="by a dash")
        carol.expect(kind="message", sender="alice", text="by its name")
        self.assertEqual([event.text for event in bob.all(kind="message")], ["to home"])
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_one_that_is_killed_and_revived_does_not_touch_the_other(self):
        alice, home, work = self.two_networks()
        carol = self.login("carol", "-j", "dev", broker=work)
        home.kill()
        alice.expect(window="home/*", text=LOST)
        for number in range(20):
            alice.say("work/#dev", f"line {number}")
            carol.expect(kind="message", window="#dev", text=f"line {number}")
        alice.say("home/#dev", "kept for home")
        home.start()
        alice.expect(window="home/*", text=BACK)
        alice.expect(kind="sent", window="home/#dev", text="kept for home")
        self.assertFalse([event for event in alice.events if event.window == "work/*" and LOST.search(event.text)])
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_networks_are_listed_and_taken_up_and_down(self):
        alice, home, work = self.two_networks()
        alice.send("/network")
        alice.expect(kind="info", text=re.compile(f"^home: 127.0.0.1:{home.port} as alice, connected, 2 windows$"))
        alice.expect(kind="info", text=re.compile(f"^work: 127.0.0.1:{work.port} as alice, connected, 3 windows$"))
        alice.send("/network disconnect work")
        alice.expect(window="work/*", text=re.compile("Disconnected from work"))
        alice.say("home/#dev", "still here")
        alice.expect(kind="sent", window="home/#dev", text="still here")
        alice.send("/network connect work")
        eventually(lambda: work.logins("alice") == 2, "alice is back", detail=alice.said)
        alice.send("/msg elsewhere/bob hi")
        alice.expect(kind="error", text="There is no network elsewhere: there is home, work. Nothing was sent.")
        alice.stop()

    def test_a_network_that_does_not_connect_itself_waits_for_its_name(self):
        home, work = self.make_broker(), self.make_broker()
        place = self.configured(self.home(), self.table("home", home.port),
                                self.table("work", work.port, 'autoconnect = false\njoin = ["ops"]'))
        alice = self.run_configured(place)
        eventually(lambda: home.logins("alice"), "alice logs in at home", detail=alice.said)
        alice.send("/network list")
        alice.expect(kind="info", text=f"work: 127.0.0.1:{work.port}, not connected")
        alice.send("/msg work/bob hi")
        alice.expect(kind="error", text=re.compile("^work is not connected: /network connect work does that."))
        alice.send("/connect work")
        eventually(lambda: work.logins("alice"), "alice logs in at work", detail=alice.said)
        alice.say("work/bob", "hi")
        alice.expect(kind="sent", window="work/bob", text="hi")
        alice.say("work/#ops", "joined as the table says")
        alice.expect(kind="sent", window="work/#ops", text="joined as the table says")
        self.login("bob", "-j", "ops", broker=work).say("#ops", "and heard")
        alice.expect(kind="message", window="work/#ops", sender="bob", text="and heard")
        alice.stop()

    def test_what_is_wrong_with_one_is_told_and_the_others_connect(self):
        home, work = self.make_broker(), self.make_broker()
        place = self.configured(self.home(), self.table("home", home.port).replace("echo alice", "false"),
                                self.table("work", work.port))
        alice = self.run_configured(place)
        alice.expect(kind="error", window="home/*", text=re.compile("password-command"))
        eventually(lambda: work.logins("alice"), "alice logs in at work", detail=alice.said)
        self.assertEqual(home.client_ids("alice"), [])
        alice.stop()

    def test_a_host_that_is_typed_is_a_further_network(self):
        home, work = self.make_broker(), self.make_broker()
        alice = self.login("alice", "--stay", broker=home)
        alice.send(f"/connect mqtt://alice@localhost:{work.port}")
        eventually(lambda: work.logins("alice"), "alice logs in at the second", detail=alice.said)
        alice.say("127.0.0.1/bob", "to the first")
        alice.expect(kind="sent", window="127.0.0.1/bob", text="to the first")
        alice.say("localhost/bob", "to the second")
        alice.expect(kind="sent", window="localhost/bob", text="to the second")
        self.assertEqual(alice.quit(), 0, alice.said())


class TheCommandLine(NetworkTest):
    def test_it_names_one_network_and_goes_before_its_table(self):
        home, work = self.make_broker(users=["alice", "bob"]), self.make_broker(users=["alice", "bob"])
        place = self.configured(self.home(), self.table("home", home.port), self.table("work", free_port()))
        bob = self.run_configured(place, "--network", "work", "-p", str(work.port), "-u", "bob", "-P", "bob")
        eventually(lambda: work.logins("bob"), "bob logs in at work", detail=bob.said)
        self.assertEqual(home.logins("alice"), 0)
        bob.stop()

    def test_one_that_is_not_clear_is_refused(self):
        place = self.configured(self.home(), self.table("home", 1), self.table("work", 2))
        client = self.run_configured(place, "-j", "dev")
        self.assertEqual(client.wait(), 2)
        self.assertIn("--network NAME says which one --join is for.", client.said())


@unittest.skipIf(why_not(), why_not())
class ADeadNameServer(NetworkTest):
    def test_it_slows_no_other_network(self):
        environment = {**os.environ, INSIDE: "1"}
        done = Namespace("silent").run([sys.executable, os.path.abspath(__file__), "InsideTheNamespace"], environment,
                                       timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


@unittest.skipUnless(os.environ.get(INSIDE), "only in a network namespace")
class InsideTheNamespace(NetworkTest):
    def test_lines_come_and_go_while_a_name_is_looked_for(self):
        work = self.make_broker()
        place = self.configured(self.home(), self.table("home", 1883, host="nowhere.example"),
                                self.table("work", work.port))
        alice = self.run_configured(place)
        eventually(lambda: work.logins("alice"), "alice logs in at work", detail=alice.said)
        bob = self.login("bob", broker=work)
        slowest, number = 0.0, 0
        while not alice.all(kind="error", window="home/*"):  # until the first search has been given up
            start = time.monotonic()
            alice.say("work/bob", f"line {number}")
            bob.expect(kind="message", sender="alice", text=f"line {number}")
            bob.say("alice", f"answer {number}")
            alice.expect(kind="message", window="work/bob", text=f"answer {number}")
            slowest, number = max(slowest, time.monotonic() - start), number + 1
        self.assertGreater(number, 10, "the name was not looked for long enough to tell")
        self.assertLess(slowest, 3, "a round trip waited for the other network's name")


if __name__ == "__main__":
    main()
