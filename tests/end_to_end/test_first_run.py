# SPDX-License-Identifier: GPL-3.0-or-later
"""The first run with no configuration: what it says, and the way to a broker from there."""

import re
import shlex
import shutil
import unittest

from support import GNATTER, PLUGIN_DIRECTORY, ScreenTest, main
from support.broker import free_port
from support.namespace import unshare, why_not
from support.screen import prompt_is, status_has
from support.tls_case import TlsTest, of

PAGE = """
   gnatter VERSION                              chat on the MQTT broker you run

   No broker is set up yet. Type one of these and press Enter:

     /local                    try it now: a private broker on this machine
     /connect broker.example   your broker, over TLS; asks for name, password
     /connect localhost        a broker on this machine, without TLS

   Then:

     /join #dev     a group              Alt-1 to Alt-9   go to a window
     /query bob     one person           Alt-A            where something is new
     /away, /back   how others see you   Tab              completes everything
     /help          all the rest         /quit            leaves

   Nothing is written to disk before you connect or /save.
   Settings: ~/config/gnatter/gnatter.toml      Keys of irssi: /set keys irssi
""".split("\n")[1:-1]
HINT = "> /local or /connect HOST"


class FirstRunTest(ScreenTest):
    def first_run(self, columns=80, rows=24, home=None, **environment):
        """mika's."""
        plugins = ["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else []
        pane = self.open_pane(GNATTER, *plugins, columns=columns, rows=rows, home=home,
                              environment={"USER": "mika", **environment})
        pane.wait_for(status_has(re.compile(r"^ \d\d:\d\d │ (not connected │ )?1( gnatter)?$")))
        return pane


class ThePage(FirstRunTest):
    def test_it_is_as_it_is_drawn_on_middling_and_on_wide_screens(self):
        for columns, rows in ((80, 24), (120, 40)):
            with self.subTest(columns=columns):
                seen = self.first_run(columns, rows).settled()
                self.assertRegex(seen[0], r"^ gnatter +[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2}$")
                self.assertEqual(seen[1], "")
                # the version is as long as it is
                shown = re.sub(r"gnatter \d\S*( +)", "gnatter VERSION\\1", seen[2])
                self.assertEqual(shown.split(), PAGE[0].split())
                self.assertEqual(seen[2].index("chat on"), 44)
                self.assertEqual(seen[3:len(PAGE) + 2], PAGE[1:])
                self.assertEqual("".join(seen[len(PAGE) + 2:-2]), "")
                self.assertRegex(seen[-2], r"^ \d\d:\d\d │ not connected │ 1 gnatter$")
                self.assertEqual(seen[-1], HINT)

    def test_the_hint_goes_at_the_first_key(self):
        pane = self.first_run()
        pane.type("x")
        pane.wait_for(prompt_is("> x"))
        pane.send("BSpace")
        pane.wait_for(prompt_is(HINT))

    def test_on_small_screens_the_important_rows_stay(self):
        pane = self.first_run()
        for columns, rows in ((40, 10), (20, 4), (60, 30)):
            pane.resize(columns, rows)
            pane.wait_for(lambda rows: any(row.strip().startswith("/local") for row in rows[1:-2]))
        pane.wait_for("Settings: ~/config/gnatter/gnatter.toml")
        pane.wait_for("Keys of irssi: /set keys irssi")

    def test_what_it_says_of_the_disk_is_so(self):
        home = self.home()
        pane = self.first_run(home=home)
        pane.enter("/set keys irssi")
        pane.wait_for(prompt_is(HINT))
        pane.type("one two")
        pane.send("Left", "C-u")  # irssi's: the whole line
        pane.wait_for(prompt_is(HINT))
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0, pane.said())
        self.assertEqual([path for path in home.path.rglob("*") if path.is_file()], [])


class TheWayToABroker(FirstRunTest):
    def connect(self, pane, port=None):
        pane.enter(f"/connect 127.0.0.1 {port or self.broker.port}")

    def test_connect_asks_for_name_and_password(self):
        pane = self.first_run(120, 40)
        self.connect(pane)
        pane.wait_for(prompt_is("Your name at 127.0.0.1: mika"))
        pane.send("C-u")
        pane.type("alicf")
        pane.send("BSpace")
        pane.type("e")
        pane.wait_for(prompt_is("Your name at 127.0.0.1: alice"))
        pane.send("Enter")
        pane.wait_for(prompt_is("Password for alice at 127.0.0.1:"))
        pane.type("alice")
        before = pane.settled()
        self.assertEqual(before[-1], "Password for alice at 127.0.0.1:")
        pane.send("Enter")
        pane.wait_for("as alice (MQTT 5)")
        pane.wait_for(status_has("alice │ 127.0.0.1 local"))
        pane.send("Up")
        pane.wait_for(prompt_is(f"/connect 127.0.0.1 {self.broker.port}"))

    def test_a_name_that_is_none_is_asked_for_again(self):
        pane = self.first_run(120, 40)
        pane.enter("/join dev")
        pane.wait_for("#dev · open group")
        self.connect(pane)
        pane.wait_for(prompt_is("Your name at 127.0.0.1: mika"))
        pane.type("/x")
        pane.send("Enter")
        pane.wait_for(re.compile('"mika/x" is no user name'))
        pane.wait_for(prompt_is("Your name at 127.0.0.1: mika/x"))
        pane.send("C-u")
        pane.enter("alice")
        pane.wait_for(prompt_is("Password for alice at 127.0.0.1:"))

    def test_a_wrong_password_is_asked_for_again_by_name(self):
        pane = self.first_run(120, 40)
        self.connect(pane)
        pane.wait_for(prompt_is("Your name at 127.0.0.1: mika"))
        pane.send("C-u")
        pane.enter("bob")
        pane.wait_for(prompt_is("Password for bob at 127.0.0.1:"))
        pane.enter("wrong")
        pane.wait_for(prompt_is("Wrong name or password. Password for bob at 127.0.0.1:"))
        pane.enter("bob")
        pane.wait_for("as bob (MQTT 5)")

    def test_who_leaves_a_question_is_told_and_nothing_was_sent(self):
        for questions, key in ((1, "Escape"), (2, "C-c")):
            with self.subTest(questions=questions):
                pane = self.first_run()
                self.connect(pane)
                pane.wait_for(prompt_is("Your name at 127.0.0.1: mika"))
                if questions == 2:
                    pane.send("Enter")
                    pane.wait_for(prompt_is("Password for mika at 127.0.0.1:"))
                pane.send(key)
                pane.wait_for("Not connected: no " + ("name" if questions == 1 else "password"))
                pane.enter("/quit")
                self.assertEqual(pane.wait(), 0, pane.said())
        self.assertNotIn("New connection", "\n".join(self.broker.log_lines()))

    def test_nobody_listens(self):
        pane = self.first_run(120, 40)
        port = free_port()
        self.connect(pane, port)
        pane.wait_for(prompt_is("Your name at 127.0.0.1: mika"))
        pane.send("Enter")
        pane.wait_for(prompt_is("Password for mika at 127.0.0.1:"))
        pane.send("Enter")
        pane.wait_for(f"Nobody listens on 127.0.0.1:{port}")
        pane.wait_for(status_has("OFF"))


@unittest.skipIf(why_not(), why_not())
class Elsewhere(FirstRunTest, TlsTest):
    """A broker that is not on this machine, in a network of its own."""

    ADDRESS = "192.0.2.9"

    def elsewhere(self, *listener):
        """The first run beside a mosquitto at ADDRESS."""
        conf = (self.broker.directory / "mosquitto.conf").read_text().split("\nlistener")[0]
        file = self.broker.directory / "elsewhere.conf"
        file.write_text("\n".join([conf, *listener, ""]))
        home = self.home()
        (home.config / "gnatter").mkdir(parents=True)
        shutil.copy(self.pki.cafile, home.config / "gnatter" / "mqtt_ca.crt")
        program = shlex.join([GNATTER, *(["--plugin-dir", PLUGIN_DIRECTORY] if PLUGIN_DIRECTORY else [])])
        script = (f"ip link set lo up; ip address add {self.ADDRESS}/32 dev lo; PATH=$PATH:/usr/sbin\n"
                  f"mosquitto -c {file} >/dev/null 2>&1 </dev/null &\n{program}")
        pane = self.open_pane(*unshare(), "--pid", "--fork", "--kill-child", "sh", "-c", script, home=home,
                              environment={"USER": "alice"})
        pane.wait_for(prompt_is(HINT))
        return pane

    def log_in(self, pane):
        pane.wait_for(prompt_is(f"Your name at {self.ADDRESS}: alice"))
        pane.send("Enter")
        pane.wait_for(prompt_is(f"Password for alice at {self.ADDRESS}:"))
        pane.enter("alice")

    def test_tls_is_what_a_host_gets_that_is_not_this_one(self):
        files = of(self.pki, self.pki.server("elsewhere", self.ADDRESS))
        pane = self.elsewhere(f"listener 8883 {self.ADDRESS}", f"certfile {files.certificate}", f"keyfile {files.key}")
        pane.enter(f"/connect {self.ADDRESS}")
        self.log_in(pane)
        pane.wait_for(status_has(f"{self.ADDRESS} tls"))

    def test_without_tls_there_nothing_is_sent_plain(self):
        pane = self.elsewhere(f"listener 1883 {self.ADDRESS}")
        pane.enter(f"/connect {self.ADDRESS}")
        self.log_in(pane)
        pane.wait_for(status_has("OFF"))
        self.assertNotIn("New client", self.broker.log.read_text())
        pane.enter(f"/connect -plain {self.ADDRESS}")
        pane.wait_for(prompt_is(f"Password for alice at {self.ADDRESS}:"))  # not the one that was for TLS
        pane.enter("alice")
        pane.wait_for(status_has(f"{self.ADDRESS} PLAIN"))


if __name__ == "__main__":
    main()
