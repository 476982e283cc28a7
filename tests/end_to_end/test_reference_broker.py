# SPDX-License-Identifier: GPL-3.0-or-later
"""mosquitto/start: the reference broker from the source tree, and what it keeps."""

import os
import pathlib
import shutil
import signal
import socket
import unittest

from support import Process, eventually, main, run
from support.broker import free_port
from support.local import NOBODY
from support.mqtt import CONNACK, CONNECT, Fields, packet, read_packet, text
from support.reference_broker import LISTENERS, MOSQUITTO, Reader
from support.reference_case import ReferenceTest, listening, mode


class Starting(ReferenceTest):
    def test_all_three_listeners_answer(self):
        broker = self.broker()
        for listener in LISTENERS:
            self.assert_works(broker, listener)

    def test_they_are_on_loopback(self):
        broker = self.broker()
        for port in (broker.port, broker.tls_port, broker.x509_port):
            self.assertEqual(listening(port), ["127.0.0.1"])

    def test_another_address(self):
        broker = self.broker(listen=False)
        broker.start("-a", "127.0.0.2", address="127.0.0.2")
        for port in (broker.port, broker.tls_port, broker.x509_port):
            self.assertEqual(listening(port), ["127.0.0.2"])

    def test_no_place_of_the_template_is_left_open(self):
        broker = self.broker()
        made = (broker.directory / "mosquitto.conf").read_text()
        self.assertNotIn("@", made)
        for name in ("passwd", "acl", "certs/server.crt", "certs/server.key", "certs/mqtt_ca.crt", "conf.d"):
            self.assertIn(f" {broker.directory}/{name}\n", made)
            self.assertTrue((broker.directory / name).exists(), name)
        self.assertIn(f"\npersistence_location {broker.directory}/\n", made)

    def test_a_directory_with_an_odd_name(self):
        broker = self.broker(listen=False)
        odd = broker.place / "a b&c|d\\e'f"
        broker.directory.rename(odd)
        broker.directory = odd
        broker.start()
        self.assert_works(broker, "tls")

    def test_without_tls(self):
        broker = self.plain_broker()
        self.assert_works(broker)
        for port in (broker.tls_port, broker.x509_port):
            with self.assertRaises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port))

    def test_two_at_once(self):
        one, other = self.broker(["alice"]), self.broker(["bob"])
        self.assert_works(one, user="alice")
        self.assert_works(other, user="bob")
        self.assert_not_let_in(one, "bob")

    def test_a_second_one_in_the_same_directory_is_told(self):
        broker = self.plain_broker()
        broker.port, port = free_port(), broker.port
        self.assert_refused(broker.run(), str(broker.directory), str(broker.pid), "already")
        broker.port = port
        self.assert_works(broker)

    def test_also_when_only_mosquitto_is_left_of_the_first(self):
        broker = self.plain_broker()
        self.addCleanup(os.kill, broker.pid, signal.SIGKILL)
        broker.process.process.kill()
        broker.process.process.wait()
        self.assert_refused(broker.run(), str(broker.pid), "already")

    def test_a_taken_port_is_named_and_what_to_do(self):
        for name, address in (("port", "127.0.0.1"), ("tls_port", ""), ("x509_port", "::")):
            broker = self.broker(listen=False)
            with socket.create_server((address, getattr(broker, name)),
                                      family=socket.AF_INET6 if ":" in address else socket.AF_INET):
                self.assert_refused(broker.run(), f"port {getattr(broker, name)} is taken", "-p ", "systemctl stop")
            broker.start()

    def test_a_port_that_is_taken_elsewhere_is_free_here(self):
        broker = self.plain_broker(listen=False)
        with socket.create_server(("127.0.0.2", broker.port)):
            broker.start()
            self.assert_works(broker)

    def test_a_file_of_ones_own_that_mosquitto_does_not_understand(self):
        broker = self.plain_broker(listen=False)
        (broker.directory / "conf.d" / "own.conf").write_text("no_such_option 1\n")
        done = broker.run()
        self.assertEqual(done.returncode, 3)  # mosquitto's own
        self.assertIn("no_such_option", done.stderr)
        self.assertIn("mosquitto ended with 3", done.stderr)

    def test_lines_of_ones_own_hold(self):
        broker = self.plain_broker(more="max_inflight_messages 33\n", listen=False)
        (broker.directory / "acl.local").write_text("pattern readwrite sensors/#\n")
        broker.start()
        self.assertEqual(announced(broker)[0x21], 33)
        reader = broker.read(broker.options("password", "bob"), "sensors/#")
        self.addCleanup(reader.stop)
        broker.publish(broker.options("password", "alice"), "sensors/1", "21 degrees")
        reader.wait_for("sensors/1", "21 degrees")

    def test_mistakes_of_usage(self):
        for words in (["-x"], ["-d"], ["-p", "1883"], ["-p", "1,2,3,4"], ["-p", "1883,1883,8884"], ["-p", "1883,x,8884"],
                      ["-p", "0,8883,8884"], ["-p", "1883,8883,65536"], ["-a", "a;b"], ["stop"], ["-s", "../x"]):
            with self.subTest(words=words):
                done = run(str(MOSQUITTO / "start"), "-d", "/nonexistent", *words)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_help(self):
        for name in ("start", "user"):
            done = run(str(MOSQUITTO / name), "--help")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn(f"mosquitto/{name} [-d DIR]", done.stdout)
            self.assertIn("-d DIR", done.stdout)


class Ending(ReferenceTest):
    def assert_ended(self, broker):
        with self.assertRaises(ProcessLookupError):
            os.kill(broker.pid, 0)
        self.assertFalse((broker.directory / "pid").exists())

    def test_by_every_signal_that_ends_a_program(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            broker = self.plain_broker()
            self.assertEqual(broker.stop(number), 0)
            self.assert_ended(broker)

    def test_by_what_a_terminal_sends_to_both(self):
        for number in (signal.SIGINT, signal.SIGHUP):
            broker = self.plain_broker()
            os.killpg(broker.process.pid, number)
            self.assertEqual(broker.process.wait(), 0)
            self.assert_ended(broker)

    def test_the_exit_code_is_mosquittos(self):
        broker = self.plain_broker()
        self.assertEqual(broker.kill(), 128 + signal.SIGKILL)
        self.assert_ended(broker)


class Keeping(ReferenceTest):
    def test_messages_wait_over_an_orderly_end(self):
        broker = self.plain_broker()
        self.keep_a_session(broker)
        broker.publish(broker.options("password", "alice"), "/test", "kept")
        broker.stop()
        broker.start()
        self.assertEqual(self.come_back(broker), ["kept"])

    def test_messages_wait_over_a_kill(self):
        """One message alone, which is one change; mosquitto writes it after it has acknowledged it."""
        broker = self.plain_broker()
        self.keep_a_session(broker)
        broker.publish(broker.options("password", "alice"), "/test", "kept over a kill")
        database = broker.directory / "mosquitto.db"
        eventually(lambda: database.exists() and b"kept over a kill" in database.read_bytes(), "the message on disk")
        broker.kill()
        broker.start()
        self.assertEqual(self.come_back(broker), ["kept over a kill"])

    def test_the_next_start_takes_up_what_has_changed_and_keeps_the_rest(self):
        broker = self.plain_broker(["alice"])
        (broker.directory / "conf.d" / "own.conf").write_text("max_inflight_messages 44\n")
        broker.stop()
        users = (broker.directory / "passwd").read_text()
        for name in ("mosquitto.conf", "acl"):
            path = broker.directory / name
            path.write_text(path.read_text() + "# of an older template\n")
        broker.start()
        for name in ("mosquitto.conf", "acl"):
            self.assertNotIn("older", (broker.directory / name).read_text())
        self.assertEqual((broker.directory / "passwd").read_text(), users)
        self.assertEqual(announced(broker)[0x21], 44)
        self.assert_works(broker)

    def test_everything_in_it_is_for_its_user_alone(self):
        broker = self.broker(listen=False)
        broker.prefix = ["sh", "-c", 'umask 000; exec "$@"', "sh"]
        shutil.rmtree(broker.directory)
        process = Process(*broker.words())
        self.addCleanup(process.stop)
        eventually((broker.directory / "pid").exists, "the broker's number")
        run("sh", "-c", 'umask 000; exec "$@"', "sh", str(MOSQUITTO / "user"), "-d", str(broker.directory),
            "--name-as-password", "alice", "bob")
        eventually(lambda: broker.publish(broker.options("password", "bob"), "/test", "x").returncode == 0, "bob's login")
        self.keep_a_session(broker)
        process.terminate()
        process.wait()
        paths = [broker.directory, *broker.directory.rglob("*")]
        self.assertIn(broker.directory / "mosquitto.db", paths)
        for path in paths:
            if not path.is_symlink():
                self.assertEqual(mode(path), 0o700 if path.is_dir() else 0o600, path)

    def test_a_directory_that_others_may_read_is_not_taken_and_not_changed(self):
        broker = self.plain_broker(listen=False)
        for bits in (0o755, 0o701, 0o720):
            broker.directory.chmod(bits)
            self.assert_refused(broker.run(), "others may look into", f"chmod 700 {broker.directory}")
            self.assertEqual(mode(broker.directory), bits)

    @unittest.skipUnless(os.geteuid() == 0, "only root has other users")
    def test_a_directory_of_another_user_is_not_taken(self):
        broker = self.plain_broker(listen=False)
        os.chown(broker.directory, NOBODY, NOBODY)
        self.assert_refused(broker.run(), "belongs to another user")

    @unittest.skipUnless(os.geteuid() == 0, "only root may become another user")
    def test_an_ordinary_user_starts_it_too(self):
        broker = self.broker(["alice"], pki=self.new_pki(), listen=False)
        broker.place.chmod(0o755)
        for path in [*broker.place.rglob("*"), broker.pki.directory, *broker.pki.directory.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
        tree = self.borrow_tree()
        broker.prefix = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "sh", "-c",
                         f'shift; exec {tree}/start "$@"', "sh"]
        broker.start()
        self.assertEqual(pathlib.Path(f"/proc/{broker.pid}").stat().st_uid, NOBODY)
        self.assert_works(broker, "tls")

    def borrow_tree(self):
        """A copy that every user may read."""
        place = self.plain_broker(listen=False)
        place.place.chmod(0o755)
        return shutil.copytree(MOSQUITTO, place.place / "mosquitto", ignore=shutil.ignore_patterns("run"))


def announced(broker):
    """What the broker's CONNACK says of its limits: property: value, of those that are numbers."""
    with socket.create_connection(("127.0.0.1", broker.port)) as line:
        flags = bytes([5, 0xC2]) + (6000).to_bytes(2, "big") + b"\0"
        line.sendall(packet(CONNECT, text("MQTT") + flags + text("probe") + text("alice") + text("alice")))
        answer = read_packet(line)
    assert answer.kind == CONNACK and answer.body[1] == 0, answer
    fields = Fields(Fields(answer.body[2:]).properties())
    sizes = {0x13: 2, 0x21: 2, 0x22: 2, 0x27: 4}
    values = {}
    while fields.rest:
        key = fields.number(1)
        values[key] = fields.number(sizes[key])
    return values


class Limits(ReferenceTest):
    def test_they_are_announced(self):
        values = announced(self.plain_broker())
        self.assertEqual(values[0x27], 131072)  # maximum packet size
        self.assertEqual(values[0x21], 200)     # receive maximum
        self.assertEqual(values[0x13], 600)     # server keep alive

    def test_a_packet_that_is_too_large_is_not_taken(self):
        broker = self.plain_broker()
        reader = broker.read(broker.options("password", "bob"), "/test")
        self.addCleanup(reader.stop)
        sizes = {"large": 131072 - 20, "too large": 131073}
        for size in sizes.values():
            run("mosquitto_pub", *broker.options("password", "alice"), "-q", "1", "-t", "/test", "-s", stdin="x" * size)
        broker.publish(broker.options("password", "alice"), "/test", "fence")
        reader.wait_for("/test", "fence")
        self.assertEqual([len(payload) for _, payload in reader.received], [sizes["large"], len("fence")])

    def test_a_queue_that_is_full_drops_the_newest(self):
        broker = self.plain_broker(more="autosave_on_changes false\nautosave_interval 1800\n")
        self.keep_a_session(broker)
        count = 10500
        done = run("mosquitto_pub", *broker.options("password", "alice"), "-q", "1", "-t", "/test", "-l",
                   stdin="".join(f"{number}\n" for number in range(count)), timeout=120)
        self.assertEqual((done.returncode, done.stderr), (0, ""))  # the sender hears nothing of it
        bob = Reader("device", [*broker.options("password", "bob"), "-c"], ["/test"], "311")
        self.addCleanup(bob.stop)
        bob.wait_for("/test", "9999")
        broker.publish(broker.options("password", "alice"), "/test", "fence")
        bob.wait_for("/test", "fence")
        self.assertEqual([payload for _, payload in bob.received], [*map(str, range(10000)), "fence"])


if __name__ == "__main__":
    main()
