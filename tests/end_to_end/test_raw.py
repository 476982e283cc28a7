# SPDX-License-Identifier: GPL-3.0-or-later
"""Topics beside the chat's: /sub, /unsub, /pub and /broker against a real broker."""

import json
import re

from support import ChatTest, ScreenTest, eventually, main
from support.logs import logs
from support.old_broker import OldBroker
from support.screen import named, prompt_is, status_has

# Everybody may use everything but /secret; what is below $SYS comes every second.
ACL = """
pattern readwrite #
pattern read $SYS/#
pattern deny /secret/#
"""
LIMITS = "max_queued_messages 100000\nmax_queued_bytes 0\nmax_inflight_messages 200\nsys_interval 1\n"
DEV = "/chat/group/dev/message/bob"


class OpenBroker(ChatTest):
    def setUp(self):
        self.use_broker(acl=ACL, limits=LIMITS)

    def subscribe(self, client, words):
        name = words.split()[0]
        client.send(f"/sub {words}")
        client.expect(kind="info", window=name, text=re.compile(re.escape(f"Subscribed to {name}, QoS ")))


class Lines(OpenBroker):
    def test_each_message_is_a_line_with_its_topic(self):
        alice = self.login("alice")
        self.subscribe(alice, "sensors/# 1")
        for payload, shown in (("21.5", "21.5"), ('{ "a": [1, 2],\n  "b": " x " }', '{"a":[1,2],"b":" x "}'),
                               ("two\nrows", "two␊rows"), (b"\x1f\x8b\x08", "1f 8b 08 (binary, 3 bytes)"),
                               ("\x1b]0;x\x07", "␛]0;x␇"), ("", "(empty)")):
            with self.subTest(payload):
                self.publish("bob", "sensors/hall", payload, qos=1)
                event = alice.expect(kind="raw", window="sensors/#")
                self.assertEqual((event.sender, event.text, event.mark), ("sensors/hall", shown, ""))
        self.publish("bob", "lights/hall", "on", qos=1)
        self.publish("bob", "sensors", "the last", qos=1)
        self.assertEqual(alice.expect(kind="raw").text, "the last")
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_what_the_broker_has_kept_is_marked(self):
        self.publish("bob", "sensors/hall", "old", "-r", qos=1)
        alice = self.login("alice")
        self.subscribe(alice, "sensors/#")
        self.assertEqual(alice.expect(kind="raw", text="old").mark, "retained")
        self.publish("bob", "sensors/hall", "new", "-r", qos=1)
        self.assertEqual(alice.expect(kind="raw", text="new").mark, "")

    def test_after_unsub_and_close_nothing_comes(self):
        alice = self.login("alice")
        self.subscribe(alice, "a/#")
        self.subscribe(alice, "b/#")
        alice.send("/close", "/unsub a/#")
        alice.expect(kind="info", window="a/#", text=re.compile("Unsubscribed from a/#"))
        self.broker.wait_for_log(f"Sending UNSUBACK to {re.escape(alice.client_id)}", count=2)
        self.subscribe(alice, "c/#")
        for topic in ("a/1", "b/1", "c/1"):
            self.publish("bob", topic, "x", qos=1)
        alice.expect(kind="raw", sender="c/1")
        self.assertEqual([event.sender for event in alice.all(kind="raw")], ["c/1"])

    def test_it_is_subscribed_again_when_the_broker_is_back(self):
        alice = self.login("alice")
        self.subscribe(alice, "a/# 1")
        logins = self.broker.logins("alice")
        self.broker.kill()
        self.broker.start()
        eventually(lambda: self.broker.logins("alice") > logins, "alice is back", detail=alice.said)
        self.publish("bob", "a/1", "after", qos=1)
        alice.expect(kind="raw", window="a/#", sender="a/1", text="after")

    def test_a_shared_subscription_is_shared(self):
        alice, bob = self.login("alice"), self.login("bob")
        for client in (alice, bob):
            self.subscribe(client, "$share/readers/work/+ 1")
        for number in range(10):
            self.publish("carol", f"work/{number}", str(number), qos=1)
        both = (alice, bob)
        alice.wait_until(lambda: sum(len(one.all(kind="raw")) for one in both) == 10, "each once to one of both")

    def test_raw_windows_are_not_logged(self):
        home = self.home()
        alice = self.login("alice", "-j", "dev", home=home)
        self.subscribe(alice, "sensors/#")
        self.publish("bob", "sensors/hall", "for nobody's log", qos=1)
        alice.expect(kind="raw")
        alice.send("#dev for the log")
        alice.expect(kind="sent")
        self.assertEqual(alice.quit(), 0, alice.said())
        written = "".join(path.read_text("utf-8") for path in home.path.rglob("*.log"))
        self.assertNotIn("for nobody's log", written)
        self.assertNotIn("sensors", " ".join(str(path) for path in home.path.rglob("*")))


class Overlap(OpenBroker):
    """A filter that takes in the chat's topics."""

    def check(self, port):
        alice = self.login("alice", "-j", "dev", port=port)
        self.subscribe(alice, "# 0")
        self.subscribe(alice, "/chat/group/dev/message/+ 0")
        for number in range(20):  # without an id, as mosquitto_pub writes
            self.publish("bob", DEV, "the same", qos=1)
            self.publish("bob", "/chat/user/alice/message/bob", f"for alice {number}", qos=2)
        self.publish("bob", "/end", "end", qos=1)
        alice.expect(kind="raw", window="#", sender="/end")
        alice.wait_until(lambda: len(alice.all(kind="message", window="bob")) >= 20, "the direct messages")
        self.assertEqual([event.text for event in alice.all(kind="message", window="#dev")], ["the same"] * 20)
        self.assertEqual([event.text for event in alice.all(kind="message", window="bob")],
                         [f"for alice {number}" for number in range(20)])
        for window in ("#", "/chat/group/dev/message/+"):
            self.assertEqual(len(alice.all(kind="raw", window=window, sender=DEV)), 20, window)
        self.assertEqual(len(alice.all(kind="raw", window="#", sender="/chat/user/alice/message/bob")), 20)
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_on_mqtt_5(self):
        self.check(self.broker.port)

    def test_on_mqtt_3_1_1(self):
        self.check(self.keep(OldBroker(self.broker.port)).port)


class Publishing(OpenBroker):
    def test_what_is_published_reaches_others_as_it_was_typed(self):
        bob = self.witness("#")
        done = self.run_to_end("alice", stdin="/pub sensors/kitchen  two  blanks \n"
                               '/pub -q 2 -r "living room/light" {"on": true}\n/pub -q 2 -r "living room/light"\n'
                               "/pub -q 1 /chat/group/dev/message/alice as anybody\n")
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        seen = bob.expect("sensors/kitchen")
        self.assertEqual((seen.payload, seen.qos, seen.retained, seen.properties), (b" two  blanks ", 0, False, ""))
        seen = bob.expect("living room/light")
        self.assertEqual((json.loads(seen.payload), seen.qos, seen.retained), ({"on": True}, 2, True))
        self.assertEqual(bob.expect("living room/light").payload, b"")
        bob.expect("/chat/group/dev/message/alice", "as anybody")
        reader = self.login("carol")
        self.subscribe(reader, "+/light")
        reader.send("/pub -q 1 hall/light on")
        reader.expect(kind="raw", sender="hall/light")
        self.assertEqual(len(reader.all(kind="raw")), 1)  # nothing is kept any more

    def test_a_refusal_is_told_and_fails_the_run(self):
        done = self.run_to_end("alice", stdin="/pub -q 1 /secret/x y\n")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("not sent: 127.0.0.1 does not let alice write to /secret/x (0x87).", done.stdout)
        done = self.run_to_end("alice", stdin="/pub a/# y\n")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("stands for many topics", done.stdout)


class OnTheScreen(OpenBroker, ScreenTest):
    def test_a_window_of_topics(self):
        pane = self.screen("alice", "-j", "dev")
        pane.wait_for(prompt_is("#dev>"))
        pane.enter("/sub sensors/# 1")
        pane.wait_for("Subscribed to sensors/#, QoS 1. Nothing has come yet.")
        self.publish("bob", "sensors/hall", "21.5", "-r", qos=1)
        pane.wait_for("│ sensors/hall 21.5")
        self.assertNotIn("Nothing has come yet", pane.text())
        title = " sensors/# · QoS 1 · 1 topic · 1 a minute"
        pane.wait_for(named("the title", lambda rows: rows[0].startswith(title)))
        pane.enter("hello")
        pane.wait_for("/pub TOPIC TEXT publishes")
        pane.send("C-u", "M-1")
        self.publish("bob", "sensors/hall", "22", qos=1)
        pane.wait_for(status_has("Alt-A  3 sensors/# 1"))
        pane.send("M-3")
        pane.enter("/unsub")
        pane.wait_for("Unsubscribed from sensors/#. /close closes this window.")
        pane.enter("/sub sensors/# 1")
        pane.wait_for("retained │ sensors/hall 21.5")
        pane.enter("/close")
        pane.wait_for(named("its window is gone", lambda rows: "sensors/#" not in "".join(rows)))

    def test_the_broker_s_status_stays_in_its_rows(self):
        pane = self.screen("alice")
        pane.enter("/broker")
        pane.wait_for("│ $SYS/broker/version mosquitto version ")
        pane.wait_for("─ in short ─")
        first = pane.wait_for(re.compile(r"\$SYS/broker/uptime (\d+) seconds"))
        rows = [row for row in first if "$SYS/broker/" in row]
        uptime = next(row for row in rows if "uptime" in row)
        later = pane.wait_for(named("another uptime", lambda rows: uptime not in rows and any(
            "$SYS/broker/uptime" in row for row in rows)))
        self.assertEqual(sum("$SYS/broker/uptime" in row for row in later), 1)
        self.assertTrue(later[0].startswith(" $SYS/# · QoS 0 · "), later[0])
        self.assertIn("topics", later[0])


if __name__ == "__main__":
    main()
