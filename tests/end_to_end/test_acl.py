# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference broker's rules, each row of them: who writes and who reads, and who does not."""

import subprocess

from support import main
from support.acl_case import (ALL, ANNOUNCEMENTS, DIRECT, GROUPS, LINES, OTHERS, PEOPLE, PLAYGROUND, STATUSES, USERS,
                              AclTest, readers, writers)
from support.mqtt import topic_matches
from support.reference_broker import LISTENERS


class Rows(AclTest):
    def assert_writers(self, rules):
        """Everybody writes every topic, on every listener, in both versions: what arrives is what may."""
        witness = self.witness()
        for listener, version in LINES:
            with self.subTest("writing", listener=listener, version=version):
                tries = {(topic, user): self.fresh(user) for topic in rules for user in USERS}
                told = self.in_parallel(
                    lambda key: self.publish(self.broker.options(listener, key[1]), key[0], tries[key], version=version),
                    [[key] for key in tries])
                self.fence(witness)
                arrived = {key for key, payload in tries.items() if (key[0], payload) in witness.received}
                self.assertEqual(arrived, {key for key in tries if key[1] in writers(rules, key[0])})
                refused = {key for key, was_told in zip(tries, told) if was_told}
                self.assertEqual(refused, set(tries) - arrived if version == "5" else set())

    def assert_readers(self, rules):
        """Everybody subscribes to every topic by its name: what comes is what may."""
        for listener, version in LINES:
            with self.subTest("reading", listener=listener, version=version):
                payload = self.fresh("to read")
                there = {user: self.read(self.broker.options(listener, user), *{*rules, "/test"}, version=version)
                         for user in USERS}
                self.in_parallel(lambda topic: self.publish(self.by_password("admin"), topic, payload),
                                 [[topic] for topic in rules])
                self.fence(*there.values())
                got = {user: {topic for topic, text in reader.received if text == payload}
                       for user, reader in there.items()}
                self.assertEqual(got, {user: {topic for topic in rules if user in readers(rules, topic)}
                                       for user in USERS})
                for reader in there.values():
                    reader.stop()

    def test_everybody_writes_announcements(self):
        self.assert_writers(ANNOUNCEMENTS)

    def test_everybody_reads_announcements(self):
        self.assert_readers(ANNOUNCEMENTS)

    def test_only_the_owner_writes_a_status(self):
        self.assert_writers(STATUSES)

    def test_everybody_reads_statuses(self):
        self.assert_readers(STATUSES)

    def test_nobody_writes_direct_messages_as_another_sender(self):
        self.assert_writers(DIRECT)

    def test_only_receiver_and_sender_read_direct_messages(self):
        self.assert_readers(DIRECT)

    def test_nobody_writes_to_groups_as_another_sender(self):
        self.assert_writers(GROUPS)

    def test_everybody_reads_groups(self):
        self.assert_readers(GROUPS)

    def test_everybody_writes_the_playground_and_nothing_else(self):
        self.assert_writers({**PLAYGROUND, **OTHERS})

    def test_everybody_reads_the_playground_and_nothing_else(self):
        self.assert_readers({**PLAYGROUND, **OTHERS})


class Wildcards(AclTest):
    """mosquitto grants every subscription; what is not for the subscriber does not come."""

    FILTERS = ["#", "/#", "/chat/#", "/chat/user/#", "/chat/user/+/message/+", "/chat/user/alice/#",
               "/chat/user/alice/message/+", "/chat/user/+/message/bob", "/+/+/+/+/+", "+/+/+/+/+/+", "/chat/+/+/#",
               "$share/others/#", "$share/others/chat/user/alice/message/+", "$share/others//chat/user/alice/message/+"]

    def test_they_give_no_more_than_the_topics_one_by_one(self):
        for version in ("5", "311"):
            cases = [(user, name) for user in sorted(USERS) for name in self.FILTERS]
            # Shared subscriptions go to one reader in turn, so each has its own group.
            names = [name.replace("others", f"{user}-{number}") for number, (user, name) in enumerate(cases)]
            there = [self.read(self.by_password(user), name, "/test", version=version)
                     for (user, _), name in zip(cases, names)]
            payload = self.fresh("behind wildcards")
            self.in_parallel(lambda topic: self.publish(self.by_password("admin"), topic, payload),
                             [[topic] for topic in ALL])
            self.fence(*there)
            for (user, name), reader in zip(cases, there):
                with self.subTest(user=user, filter=name, version=version):
                    pattern = name.removeprefix("$share/others/")
                    self.assertEqual({topic for topic, text in reader.received if text == payload},
                                     {topic for topic in ALL if user in readers(ALL, topic)
                                      and (topic == "/test" or topic_matches(pattern, topic))})
            for reader in there:
                reader.stop()

    def test_the_brokers_numbers_are_for_admin(self):
        for listener in LISTENERS:
            admin = self.read(self.broker.options(listener, "admin"), "$SYS/#", "/test")
            others = [self.read(self.broker.options(listener, user), "$SYS/#", "$SYS/broker/version", "/test")
                      for user in sorted(PEOPLE)]
            admin.wait_until(lambda: any(topic == "$SYS/broker/version" for topic, _ in admin.received), "the version")
            self.fence(admin, *others)
            for reader in others:
                self.assertEqual([topic for topic, _ in reader.received if topic.startswith("$")], [], reader.said())

    def test_nobody_writes_the_brokers_numbers(self):
        reader = self.read(self.by_password("admin"), "$SYS/broker/forged", "/test")
        for user in sorted(USERS):
            self.assertTrue(self.publish(self.by_password(user), "$SYS/broker/forged", "1"), user)
        self.fence(reader)
        self.assertEqual([topic for topic, _ in reader.received if topic.startswith("$")], [])


class Ways(AclTest):
    """Other ways to write and to read what one may not."""

    def test_every_quality_of_service(self):
        witness = self.witness()
        for qos in (0, 1, 2):
            for version in ("5", "311"):
                wrong, right = self.fresh("wrong"), self.fresh("right")
                told = self.publish(self.by_password("bob"), "/chat/user/alice/message/carol", wrong, version=version,
                                    qos=qos)
                self.publish(self.by_password("bob"), "/chat/user/alice/message/bob", right, version=version, qos=qos)
                witness.wait_for("/chat/user/alice/message/bob", right)
                self.assertEqual([text for _, text in witness.received if text == wrong], [])
                self.assertEqual(told, version == "5" and qos > 0)

    def test_a_will_is_no_way_round(self):
        witness = self.witness()
        wills = {topic: self.fresh("will") for topic in (
            "/chat/user/alice/message/carol", "/chat/group/dev/message/alice", "/chat/user/alice/status",
            "/chat/other", "/chat/logout", "/chat/user/alice/message/bob", "/chat/user/bob/status")}
        for listener, version in LINES:
            for topic, payload in wills.items():
                client = self.read([*self.broker.options(listener, "bob"), "--will-topic", topic, "--will-payload",
                                    payload, "--will-qos", "1"], "/test", version=version)
                lines = len(self.broker.log_lines())
                client.stop()  # kill -9
                self.broker.wait_for_log(f"Client {client.client_id} (closed its connection|disconnected)", lines)
            self.fence(witness)
            got = {topic for topic, payload in wills.items() if (topic, payload) in witness.received}
            self.assertEqual(got, {"/chat/logout", "/chat/user/alice/message/bob", "/chat/user/bob/status"})
            witness.received.clear()

    def test_what_is_retained_is_for_the_receiver_too(self):
        topic, payload = "/chat/user/alice/message/bob", self.fresh("retained")
        self.publish(self.by_password("bob"), topic, payload, "-r")
        self.addCleanup(subprocess.run, ["mosquitto_pub", *self.by_password("bob"), "-q", "1", "-r", "-n", "-t", topic],
                        check=True)
        there = {user: self.read(self.by_password(user), topic, "#") for user in sorted(USERS)}
        self.fence(*there.values())
        self.assertEqual({user for user, reader in there.items() if (topic, payload) in reader.received},
                         {"alice", "bob", "admin"})

    def test_a_kept_session_of_another_gives_nothing_away(self):
        """Who connects with another's client id finds the session, but not what waits in it."""
        topic, payload = "/chat/user/alice/message/bob", self.fresh("kept")
        session = ["-i", "device", "-c", "-V", "311", "-q", "1"]
        alice = ["mosquitto_sub", *self.by_password("alice"), *session, "-t", topic]
        subprocess.run([*alice, "-E"], check=True, timeout=20)
        self.publish(self.by_password("bob"), topic, payload)
        fence = self.fresh("fence")
        thief = subprocess.Popen(["mosquitto_sub", *self.by_password("carol"), *session, "-t", "/test", "-v", "-C", "1"],
                                 stdout=subprocess.PIPE, text=True)
        lines = self.broker.wait_for_log(r"New client connected from \S+ as device .*u'carol'")
        self.broker.wait_for_log("Sending SUBACK to device$", lines)
        self.publish(self.by_password("admin"), "/test", fence)
        self.assertEqual(thief.communicate(timeout=20)[0], f"/test {fence}\n")


if __name__ == "__main__":
    main()
