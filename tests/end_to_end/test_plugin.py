# SPDX-License-Identifier: GPL-3.0-or-later
"""Plugins come and go while the client runs; presence is one of them."""

import ctypes.util
import pathlib
import re
import shutil
import signal
import tempfile

from support import PLUGIN_DIRECTORY, ChatTest, main


class Presence(ChatTest):
    def unload(self, client):
        client.send("/plugin unload presence")
        client.expect(kind="info", text=re.compile("presence is unloaded"))

    def test_unloading_it_logs_out_and_chat_goes_on(self):
        witness = self.witness()
        alice = self.login("alice", "-j", "dev")
        self.unload(alice)
        logout = witness.expect("/chat/logout", "alice")
        self.assertEqual((logout.qos, logout.retained), (2, False))
        self.publish("bob", "/chat/user/alice/message/bob", "still there?")
        alice.expect(kind="message", sender="bob", text="still there?")
        alice.say("bob", "yes")
        witness.expect("/chat/user/bob/message/alice", "yes")
        alice.say("#dev", "here too")
        alice.expect(kind="sent", window="#dev", text="here too")
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_without_it_nobody_is_answered_shown_or_logged_out(self):
        witness = self.witness()
        alice = self.login("alice")
        self.unload(alice)
        witness.expect("/chat/logout", "alice")
        self.publish("bob", "/chat/login", "bob")
        self.publish("bob", "/chat/user/alice/message/bob", "hello")
        alice.expect(kind="message", sender="bob", text="hello")
        self.assertEqual(alice.all(kind="login", sender="bob"), [])
        self.assertEqual(alice.quit(), 0, alice.said())
        self.publish("bob", "/chat/logout", "bob")
        witness.expect("/chat/logout", "bob")
        self.assertEqual(len([seen for seen in witness.on("/chat/logout") if seen.payload == b"alice"]), 1)
        self.assertEqual([seen.payload for seen in witness.on("/chat/active")], [])

    def test_without_it_a_killed_client_leaves_no_will(self):
        alice = self.login("alice")
        self.unload(alice)
        self.broker.wait_for_log(f"New client connected from .* as {alice.client_id} ", count=2)
        log = self.broker.log_lines()
        last = max(index for index, line in enumerate(log) if f" as {alice.client_id} " in line)
        self.assertEqual(log[last + 1], "No will message specified.", log[last:])

    def test_loading_it_again_logs_in_and_answers(self):
        witness = self.witness()
        alice = self.login("alice")
        witness.expect("/chat/login", "alice")
        self.unload(alice)
        witness.expect("/chat/logout", "alice")
        alice.send("/plugin load presence")
        witness.expect("/chat/login", "alice")
        self.publish("bob", "/chat/login", "bob")
        witness.expect("/chat/active", "alice")
        alice.expect(kind="login", sender="bob")
        alice.terminate(signal.SIGKILL)
        witness.expect("/chat/logout", "alice")  # its Will is there again

    def test_it_can_be_unloaded_and_loaded_many_times(self):
        witness = self.witness()
        alice = self.login("alice")
        witness.expect("/chat/login", "alice")
        for _ in range(5):
            self.unload(alice)
            witness.expect("/chat/logout", "alice")
            alice.send("/plugin load presence")
            witness.expect("/chat/login", "alice")
        alice.send("/plugin reload presence")
        witness.expect("/chat/logout", "alice")
        witness.expect("/chat/login", "alice")
        self.assertEqual(alice.quit(), 0, alice.said())

    def test_a_reconnect_for_the_will_loses_no_message(self):
        witness = self.witness("/chat/group/#")
        alice = self.login("alice", "-j", "dev")
        for start in range(0, 60, 20):
            alice.send(*(f"#dev line {number}" for number in range(start, start + 10)))
            alice.send("/plugin unload presence" if start != 20 else "/plugin load presence")
            alice.send(*(f"#dev line {number}" for number in range(start + 10, start + 20)))
        seen = witness.wait_for("/chat/group/dev/message/alice", 60)
        self.assertEqual([message.payload.decode() for message in seen], [f"line {n}" for n in range(60)])

    def test_an_unload_beside_a_leave_logs_out_once(self):
        for lines in (("/plugin reload presence", "/quit"), ("/disconnect", "/plugin unload presence", "/quit")):
            with self.subTest(lines=lines):
                witness = self.witness()
                alice = self.login("alice")
                alice.send(*lines)
                self.assertEqual(alice.wait(), 0, alice.said())
                witness.expect("/chat/logout", "alice")
                self.publish("bob", "/chat/logout", "bob")
                witness.expect("/chat/logout", "bob")
                self.assertEqual(len(witness.on("/chat/logout")), 2)

    def test_a_retained_message_is_shown_once(self):
        self.publish("bob", "/chat/user/alice/message/bob", "kept", "-r")
        alice = self.login("alice")
        alice.expect(kind="message", sender="bob", text="kept")
        alice.send("/plugin reload presence")
        alice.expect(kind="info", text=re.compile("presence is loaded"))
        alice.expect(kind="login", sender="alice")
        self.publish("bob", "/chat/user/alice/message/bob", "fence")
        alice.expect(kind="message", sender="bob", text="fence")
        self.assertEqual(len(alice.all(kind="message", text="kept")), 1)

    def test_without_presence_names_says_so(self):
        alice = self.login("alice")
        self.unload(alice)
        alice.send("/names")
        alice.expect(kind="info", text=re.compile("presence"))

    def test_started_without_it_nobody_is_told_anything(self):
        witness = self.witness()
        alice = self.start("alice", "--plugin", "")
        alice.say("bob", "hello")
        witness.expect("/chat/user/bob/message/alice", "hello")
        self.assertEqual(alice.quit(), 0, alice.said())
        self.assertEqual([seen.topic for seen in witness.seen if "message" not in seen.topic], [])


class Loading(ChatTest):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-plugins-"))
        self.addCleanup(shutil.rmtree, self.directory)

    def file(self, name, content):
        (self.directory / f"{name}.so").write_bytes(content)

    def assert_told_and_alive(self, name):
        alice = self.login("alice", "--plugin-dir", str(self.directory))
        alice.send(f"/plugin load {name}")
        alice.expect(kind="error", text=re.compile(re.escape(name)))
        alice.say("bob", "still here")
        alice.expect(kind="sent", text="still here")
        self.assertEqual(alice.quit(), 1, alice.said())

    def test_a_plugin_that_is_missing_is_told(self):
        self.assert_told_and_alive("nosuch")

    def test_a_file_that_is_no_plugin_is_told(self):
        self.file("broken", b"this is no shared object\n")
        self.assert_told_and_alive("broken")

    def test_an_empty_file_is_told(self):
        self.file("broken", b"")
        self.assert_told_and_alive("broken")

    def test_a_truncated_plugin_is_told(self):
        whole = (pathlib.Path(PLUGIN_DIRECTORY) / "presence.so").read_bytes()
        for size in (10, 100, 4096, len(whole) // 4, len(whole) // 2):
            with self.subTest(size=size):
                self.file("broken", whole[:size])
                self.assert_told_and_alive("broken")

    def test_a_library_that_is_no_plugin_is_told(self):
        library = pathlib.Path("/lib") / ctypes.util.find_library("utf8proc")
        found = next(iter(pathlib.Path("/usr/lib").rglob(library.name)))
        self.file("foreign", found.read_bytes())
        self.assert_told_and_alive("foreign")

    def test_a_name_is_no_path(self):
        self.file("outside", b"x")
        self.assert_told_and_alive("../outside")

    def test_a_plugin_loaded_twice_is_told(self):
        alice = self.login("alice")
        alice.send("/plugin load presence")
        alice.expect(kind="error", text=re.compile("presence"))

    def test_unloading_what_is_not_loaded_is_told(self):
        alice = self.login("alice")
        alice.send("/plugin unload nosuch")
        alice.expect(kind="error", text=re.compile("nosuch"))

    def test_list_names_what_is_loaded(self):
        alice = self.login("alice")
        alice.send("/plugin list")
        alice.expect(kind="info", text=re.compile(r"\bpresence\b"))


if __name__ == "__main__":
    main()
