# SPDX-License-Identifier: GPL-3.0-or-later
"""Two brokers on one screen, one of which goes and comes back."""

import re

from support import GNATTER, PLUGIN_DIRECTORY, ScreenTest, eventually, main
from support.screen import prompt_is, status_has, status_has_not

NETWORK = """
[network.{name}]
host = "127.0.0.1"
port = {port}
user = "alice"
{more}
"""
KNOWS = 'password-command = "echo alice"\njoin = ["dev"]'


class NetworksTest(ScreenTest):
    def setUp(self):
        self.brokers = {"home": self.broker, "work": self.make_broker()}

    def both(self, more=KNOWS, columns=120, rows=40):
        """alice's screen; the file has both networks."""
        home = self.home()
        file = home.config / "gnatter" / "gnatter.toml"
        file.parent.mkdir(parents=True)
        file.write_text("".join(NETWORK.format(name=name, port=broker.port, more=more)
                                for name, broker in self.brokers.items()))
        file.chmod(0o600)
        plugins = ["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []
        return self.open_pane(GNATTER, *plugins, columns=columns, rows=rows, home=home)

    def at_home(self, **size):
        """alice in #dev of home; bob is in #dev of either."""
        self.bobs = {name: self.login("bob", "-j", "dev", broker=broker) for name, broker in self.brokers.items()}
        pane = self.both(**size)
        for broker in self.brokers.values():
            eventually(lambda broker=broker: broker.logins("alice"), "alice logs in", detail=pane.said)
        pane.wait_for(status_has("│ home local │ 2 #dev"))
        pane.wait_for(prompt_is("#dev>"))
        return pane

    def say(self, network, text):
        self.bobs[network].send("#dev " + text)


def list_has(*wanted):
    """The list of windows, from its first row on, blanks aside."""
    def condition(rows):
        seen = [re.split("│", row)[0].split() for row in rows[1:len(wanted) + 1]]
        return seen == [row.split() for row in wanted]
    condition.__name__ = f"the list {wanted}"
    return condition


def asked_at(network):
    return f"Wrong name or password. Password for alice at {network}:"


class TwoBrokers(NetworksTest):
    def test_each_has_its_windows_and_its_line(self):
        pane = self.at_home()
        pane.wait_for(list_has("1 home local", "2▸ #dev", "", "3 work local", "4 #dev"))
        pane.wait_for(lambda rows: rows[0].startswith(" #dev · home · open group"))
        pane.enter("hello home")
        self.bobs["home"].expect(kind="message", text="hello home")
        pane.send("M-4")
        pane.wait_for(status_has("│ alice │ work local │ 4 #dev"))
        pane.wait_for(lambda rows: rows[0].startswith(" #dev · work · open group"))
        pane.enter("hello work")
        self.bobs["work"].expect(kind="message", text="hello work")
        self.assertEqual(self.bobs["work"].all(kind="message", text="hello home"), [])
        self.assertEqual(self.bobs["home"].all(kind="message", text="hello work"), [])
        pane.send("M-x")
        pane.wait_for(status_has("│ home local │ 1 home"))
        pane.send("M-x")
        pane.wait_for(status_has("│ work local │ 3 work"))
        pane.enter("/win")
        pane.wait_for("Windows: 1 home, 2 home/#dev, 3 work, 4 #dev.")

    def test_what_is_new_on_the_other_says_where(self):
        pane = self.at_home()
        self.say("work", "psst")
        pane.wait_for(status_has("Alt-A  4 work/#dev 1"))
        pane.resize(80, 24)
        pane.wait_for(status_has("Alt-A  4 work/#dev 1"))
        pane.resize(40, 10)
        pane.wait_for(status_has("Alt-A  4 work… 1"))
        pane.resize(20, 4)
        pane.wait_for(status_has("4 wor"))
        pane.resize(120, 40)
        pane.send("M-a")
        pane.wait_for("bob │ psst")
        pane.wait_for(status_has("│ work local │ 4 #dev"))
        pane.wait_for(status_has_not("Alt-A"))

    def test_one_is_killed_and_comes_back_and_the_other_does_not_notice(self):
        pane = self.at_home()
        work = self.brokers["work"]
        work.kill()
        pane.wait_for(list_has("1 home local", "2▸ #dev", "", "3 work off", "4 #dev"))
        pane.wait_for(status_has("│ home local │ 2 #dev"))
        self.assertNotIn("OFF", pane.text())
        pane.enter("still here")
        self.bobs["home"].expect(kind="message", text="still here")
        pane.wait_for("alice │ still here")
        pane.send("M-4")
        pane.wait_for(status_has("work OFF since"))
        pane.wait_for("│ as of ")
        for columns, rows in ((80, 24), (40, 10), (20, 4), (120, 40)):
            pane.resize(columns, rows)
            pane.wait_for(status_has("OFF"))
        pane.enter("for later")
        pane.wait_for(status_has("1 pending"))
        pane.send("M-2")
        pane.wait_for(status_has("│ home local │ 2 #dev"))
        pane.wait_for(status_has("1 pending"))
        work.start()
        pane.wait_for(list_has("1 home local", "2▸ #dev", "", "3 work local", "4 #dev"), limit=60)
        pane.wait_for(status_has_not("pending"))
        self.say("work", "welcome back")
        pane.wait_for(status_has("Alt-A  4 work/#dev"))
        pane.send("M-a")
        pane.wait_for("alice │ for later")
        pane.wait_for("bob │ welcome back")


class Questions(NetworksTest):
    def test_a_refused_password_is_asked_for_by_network(self):
        pane = self.both('password-command = "echo wrong"')
        left = dict(self.brokers)
        while left:
            rows = pane.wait_for(lambda rows: any(rows[-1] == asked_at(name) for name in left))
            name = next(name for name in left if rows[-1] == asked_at(name))
            pane.enter("alice")
            broker = left.pop(name)
            eventually(lambda broker=broker: broker.logins("alice"), f"alice logs in at {name}", detail=pane.said)
        pane.wait_for(prompt_is(">"))
        pane.wait_for(list_has("1▸home local", "", "2 work local"))


if __name__ == "__main__":
    main()
