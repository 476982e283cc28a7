# SPDX-License-Identifier: GPL-3.0-or-later
"""The tools of these tests tell the truth: held against mosquitto's own clients."""

import subprocess

from support import Broker, ChatTest, FakeBroker, Proxy, eventually, main
from support.gnatter import escape, unescape


class Tools(ChatTest):
    def test_the_witness_sees_every_byte(self):
        witness = self.witness()
        payload = bytes(range(256)) + b"\n\n\t%p"
        self.publish("alice", "/chat/group/dev/message/alice", payload, "-D", "publish", "user-property", "id", "a:b",
                     qos=1)
        seen = witness.expect("/chat/group/dev/message/alice")
        self.assertEqual((seen.payload, seen.qos, seen.retained, seen.properties), (payload, 1, False, "id:a:b"))

    def test_the_witness_sees_what_is_retained(self):
        witness = self.witness()
        self.publish("alice", "/chat/login", "alice", "-r")
        self.assertTrue(witness.expect("/chat/login").retained)

    def test_the_brokers_log_tells_the_order(self):
        self.publish("alice", "/chat/login", "alice")
        [client_id] = self.broker.client_ids("alice")
        self.broker.wait_for_log(rf"^Client {client_id} disconnected")
        self.assertEqual(self.broker.steps(client_id),
                         ["to CONNACK", "PUBLISH /chat/login q2 r0", "to PUBREC", "PUBREL", "to PUBCOMP", "DISCONNECT"])
        self.assertEqual((self.broker.logins("alice"), self.broker.logins("bob")), (1, 0))

    def test_the_acl_keeps_senders_apart(self):
        done = subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", "bob",
                               "-P", "bob", "-V", "5", "-q", "1", "-t", "/chat/user/carol/message/alice", "-m", "x"],
                              capture_output=True, text=True, check=False)
        self.assertIn("Not authorized", done.stdout + done.stderr)

    def test_a_persistent_broker_keeps_its_log_when_killed_and_started_again(self):
        broker = self.use_broker(persistent=True)
        self.publish("alice", "/chat/login", "alice")
        broker.kill()
        broker.start()
        self.assertEqual(broker.logins("alice"), 1)

    def test_brokers_are_apart(self):
        brokers = [self.keep(Broker()) for _ in range(3)]
        self.assertEqual(len({broker.port for broker in brokers}), 3)

    def test_a_fake_broker_serves_both_versions(self):
        verdicts = {"/refused/+": "refuse"}
        fake = self.keep(FakeBroker(verdicts.get))
        listening = subprocess.Popen(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(fake.port), "-V", "5", "-d",
                                      "-t", "/x/+", "-t", "/refused/+", "-C", "2"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(listening.stdout.close)
        self.addCleanup(listening.wait)
        self.addCleanup(listening.kill)
        eventually(lambda: len(fake.subscribed) == 2, "both filters", detail=fake.log_end)
        for version, qos in (("5", "2"), ("311", "1")):
            subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(fake.port), "-V", version, "-t", "/x/y",
                            "-m", "hello", "-q", qos], check=True, timeout=20)
        said = listening.communicate(timeout=20)[0]
        self.assertIn("Subscribed (mid: 1): 0, 135", said)
        self.assertEqual(said.count("\nhello\n"), 2)
        self.assertEqual([message.qos for message in fake.published], [2, 1])
        self.assertEqual([connect.version for connect in fake.connects], [5, 5, 4])

    def test_a_fake_broker_may_close_a_version_it_does_not_know(self):
        fake = self.keep(FakeBroker(versions=(4,)))
        done = subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(fake.port), "-V", "5", "-t", "/x",
                               "-m", "x"], capture_output=True, check=False, timeout=20)
        self.assertNotEqual(done.returncode, 0)

    def test_a_proxy_passes_on_until_it_is_cut(self):
        proxy = self.keep(Proxy(self.broker.port))
        listening = subprocess.Popen(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(proxy.port), "-u", "bob",
                                      "-P", "bob", "-i", "through-proxy", "-t", "/test"], stdout=subprocess.DEVNULL)
        self.addCleanup(listening.wait)
        self.addCleanup(listening.kill)
        self.broker.wait_for_log("Sending SUBACK to through-proxy")
        proxy.cut()
        self.broker.wait_for_log("Client through-proxy (closed|disconnected)")

    def test_fields_are_read_back(self):
        for text in ("a\tb\nc\\d", "\\t", "\\\\n", "\\"):
            self.assertEqual(unescape(escape(text)), text)


if __name__ == "__main__":
    main()
