# SPDX-License-Identifier: GPL-3.0-or-later
"""/rawlog: every packet in a window, as the broker's log has them."""

import re
import subprocess
import time

from support import ChatTest, main
from support.waiting import eventually


class RawLog(ChatTest):
    def row(self, client, pattern):
        return client.expect(kind="info", window="rawlog", text=re.compile(pattern)).text

    def on(self, client):
        client.send("/rawlog on")
        self.row(client, r"^Every packet to \(->\) and from \(<-\) ")

    def test_a_conversation_with_topics_and_codes(self):
        alice = self.login("alice", "-j", "dev")
        self.on(alice)
        alice.say("bob", "hello bob")
        self.row(alice, r"^-> PUBLISH \d+, QoS 2, /chat/user/bob/message/alice, (id=.*)?9 bytes: hello bob$")
        self.row(alice, r"^<- PUBREC \d+")
        self.row(alice, r"^-> PUBREL \d+$")
        self.row(alice, r"^<- PUBCOMP \d+")
        self.publish("bob", "/chat/group/dev/message/bob", "one\ttwo", qos=1, version="5")
        self.row(alice, r"^<- PUBLISH \d+, QoS 1, /chat/group/dev/message/bob, 7 bytes: one two$")
        self.row(alice, r"^-> PUBACK \d+$")
        alice.send("/join #other")
        self.row(alice, r"^-> SUBSCRIBE \d+, QoS 1, /chat/group/other/message/\+$")
        self.row(alice, r"^<- SUBACK \d+, granted QoS 1$")
        alice.send("/part #other")
        self.row(alice, r"^-> UNSUBSCRIBE \d+, /chat/group/other/message/\+$")
        self.row(alice, r"^<- UNSUBACK \d+")
        self.row(alice, r"^-> PINGREQ$")
        self.row(alice, r"^<- PINGRESP$")
        alice.send("/reconnect")
        self.row(alice, r"^-> DISCONNECT")
        connect = self.row(alice, r"^-> CONNECT, MQTT 5, client id [^,]+, user alice, with a password, keep alive 10 s, ")
        self.assertIn("Will on /chat/logout", connect)
        self.row(alice, r"^<- CONNACK, success, ")
        for event in alice.all(window="rawlog"):
            self.assertNotIn("password alice", event.text)

    def test_a_refusal_has_its_code(self):
        alice = self.login("alice")
        self.on(alice)
        alice.send("/pub -q 1 /chat/user/bob/message/carol forged")
        self.row(alice, r"^-> PUBLISH \d+, QoS 1, /chat/user/bob/message/carol, 6 bytes: forged$")
        self.row(alice, r"^<- PUBACK \d+, not authorized \(0x87\)$")

    def test_off_is_off_and_closing_is_off(self):
        alice = self.login("alice", "-j", "dev")
        for end in ("/rawlog off", "/close"):
            with self.subTest(end=end):
                self.on(alice)
                alice.say("bob", "shown")
                self.row(alice, r"bytes: shown$")
                alice.send(end)
                if end == "/rawlog off":
                    self.row(alice, r"are not shown any more\.$")
                alice.say("bob", "hidden")
                alice.expect(kind="sent", text="hidden")
                self.assertEqual(alice.all(window="rawlog", text=re.compile("hidden")), [])
        alice.send("/rawlog off")
        alice.expect(kind="info", text=re.compile(r"are not shown\. /rawlog on shows them\.$"))
        alice.send("/rawlog")
        alice.expect(kind="error", text="Usage: /rawlog on|off")

    def test_a_flood_is_folded_and_the_chat_goes_on(self):
        alice = self.login("alice", "-j", "dev")
        self.on(alice)
        from_ = time.monotonic()
        self.flood("/chat/group/dev/message/bob", 5000)
        alice.expect(kind="message", window="#dev", text="4999", limit=60)
        self.row(alice, r"^ +\d+ more packets in that second$")
        seconds = time.monotonic() - from_ + 2
        self.assertLess(len(alice.all(window="rawlog")), 60 * seconds + 100)

    def test_it_is_a_window_on_the_screen(self):
        words = [word for word in self.command("alice", "-j", "dev") if word != "--headless"]
        pane = self.open_pane(*words, columns=110, rows=24)
        pane.wait_for("#dev · open group")
        eventually(lambda: self.broker.logins("alice"), "alice logs in", detail=self.broker.log_end)
        pane.enter("/rawlog on")
        pane.wait_for("Every packet to (->)")
        self.publish("bob", "/chat/group/dev/message/bob", "hello all", qos=1)
        pane.wait_for(re.compile(r"<- PUBLISH \d+, QoS 1, /chat/group/dev/message/bob"))
        self.flood("/chat/group/dev/message/bob", 3000)
        pane.wait_for(re.compile(r"more packets in that second"))
        pane.type("typed meanwhile")
        pane.wait_for("typed meanwhile")

    def flood(self, topic, count):
        done = subprocess.run(
            ["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", "bob", "-P", "bob", "-q", "1",
             "-t", topic, "-l"], input="".join(f"{number}\n" for number in range(count)).encode(), capture_output=True,
            timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

if __name__ == "__main__":
    main()
