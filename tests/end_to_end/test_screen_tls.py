# SPDX-License-Identifier: GPL-3.0-or-later
"""What the screen shows of TLS: the state of the line, certificates, sentences about trouble, and the question for the
password of a key."""

import re
import shlex
import unittest

from support import Proxy, ScreenTest, main
from support.namespace import unshare, why_not
from support.screen import prompt_is, status_has, status_has_not
from support.tls_case import TlsTest, fingerprint

PEM_PROMPT = "Enter PEM pass phrase"  # OpenSSL's own


class TlsScreenTest(TlsTest, ScreenTest):
    def screen_tls(self, user="alice", *options, host="localhost", **more):
        return self.screen(user, *self.tls_options(), *options, **{"host": host, "port": self.broker.tls_port, **more})

    def certificate_words(self, *options, files=None):
        return [word for word in self.words(*self.certificate_options("alice", files), "-h", "localhost", "-p",
                                            str(self.broker.x509_port), *options) if word != "--headless"]


class TheLink(TlsScreenTest):
    def test_tls_and_a_certificate_have_their_words(self):
        pane = self.screen_tls()
        pane.wait_for(status_has("localhost tls │"))
        pane.wait_for(lambda rows: "MQTT 5, TLS 1.3" in rows[0])
        pane.wait_for(re.compile(r"Connected to localhost:\d+ as alice \(MQTT 5, TLS 1\.3\)"))
        pane = self.open_pane(*self.certificate_words("-j", "dev"))
        pane.wait_for(status_has("localhost cert │"))
        pane.wait_for("#dev is open")
        pane.enter("by certificate")
        pane.wait_for("alice │ by certificate")

    def test_a_plain_line_on_this_machine_is_no_alarm(self):
        pane = self.screen("alice")
        pane.wait_for(status_has("127.0.0.1 local │"))
        self.assertNotRegex(pane.text(), "PLAIN|TLS|tls")
        pane.enter(f"/connect -tls localhost:{self.broker.tls_port}")

    @unittest.skipIf(why_not(), why_not())
    def test_a_plain_line_to_elsewhere_is_an_alarm(self):
        broker = self.broker
        configuration = (broker.directory / "mosquitto.conf").read_text().replace(" 127.0.0.1", " 192.0.2.9")
        (broker.directory / "elsewhere.conf").write_text(configuration)
        program = shlex.join(self.screen_words("alice", host="192.0.2.9"))
        script = (f"ip link set lo up; ip address add 192.0.2.9/32 dev lo; PATH=$PATH:/usr/sbin\n"
                  f"mosquitto -c {broker.directory}/elsewhere.conf >/dev/null 2>&1 </dev/null &\n{program}")
        pane = self.open_pane(*unshare(), "--pid", "--fork", "--kill-child", "sh", "-c", script)
        pane.wait_for(status_has("192.0.2.9 PLAIN"))
        pane.settled(lambda rows: any("PLAIN: everybody on the way" in row for row in rows))
        self.assertRegex(body(pane), r"PLAIN: everybody on the way to 192\.0\.2\.9 can .* /connect -tls 192\.0\.2\.9$")
        for columns, lines in ((40, 10), (20, 4)):
            pane.resize(columns, lines)
            pane.wait_for(status_has("PLAIN"))


class Certificates(TlsScreenTest):
    def test_tls_shows_the_line_and_its_certificates(self):
        pane = self.open_pane(*self.certificate_words(), columns=120, rows=60)
        pane.wait_for(status_has("cert"))
        pane.enter("/tls")
        pane.wait_for("Your certificate")
        said = body(pane)
        for words in ("TLS 1.3", "TLS_AES_256_GCM_SHA384", "CN=localhost", "Chat MQTT CA", "CN=alice", "EC P-256"):
            self.assertIn(words, said)
        for certificate in (self.server.certificate, self.pki.cafile, self.users["alice"].certificate):
            self.assertIn(fingerprint(certificate), without_blanks(said))

    def test_it_is_aligned_and_whole_on_a_small_screen(self):
        for columns, rows in ((80, 24), (40, 10)):
            with self.subTest(columns=columns):
                pane = self.screen_tls(columns=columns, rows=rows)
                pane.wait_for(lambda _, pane=pane: "tls" in pane.text() or "Connected" in pane.text())
                pane.enter("/tls")
                last = pane.settled(lambda rows: any("SHA-256" in row for row in rows))[1:-2]
                self.assert_aligned(last)
                pane.resize(columns, 60)
                pane.settled(lambda rows: any("line     TLS" in row for row in rows))
                said = body(pane)
                for words in (fingerprint(self.server.certificate), fingerprint(self.pki.cafile),
                              "TLS_AES_256_GCM_SHA384", str(self.pki.cafile)):
                    self.assertIn(words, without_blanks(said), pane.said())

    def assert_aligned(self, rows):
        """From the row with the fingerprint's label on, its pieces stand below each other and are whole."""
        first = max(number for number, row in enumerate(rows) if "SHA-256" in row)
        column = rows[first].index("SHA-256") + len("SHA-256  ")
        for row in rows[first:]:
            self.assertRegex(row[column:].split(" ")[0], "^([0-9A-F]{2}:)+([0-9A-F]{2})?$")
        for row in rows[first + 1:]:
            self.assertRegex(row[:column], "^[ │]*$")


class Trouble(TlsScreenTest):
    def test_a_certificate_of_another_ca_stops_it_with_a_sentence_that_can_be_read(self):
        files = self.odd_server(self.elsewhere())
        broker = self.use_broker(tls=files)
        for columns, rows in ((80, 24), (40, 20)):
            with self.subTest(columns=columns):
                proxy = self.keep(Proxy(broker.tls_port))
                pane = self.open_screen("alice", *self.tls_options(), host="localhost", port=proxy.port,
                                        columns=columns, rows=rows)
                pane.wait_for(status_has("OFF"))
                pane.settled(lambda rows: any("SHA-256" in row for row in rows))
                said = body(pane)
                self.assertIn("nobody you trust has signed", said)
                self.assertIn(fingerprint(files.certificate), without_blanks(said))
                for _ in range(3):
                    self.login("carol").quit()
                self.assertNotIn("next try", pane.text())
                self.assertEqual(proxy.connections, 1)
                self.assertNotIn(b"MQTT", proxy.recorded)
                pane.enter("/quit")
                self.assertEqual(pane.wait(), 0, pane.said())

    def test_the_right_server_is_found_when_it_is_back(self):
        broker = self.use_broker(tls=self.odd_server(self.elsewhere()))
        pane = self.open_screen("alice", *self.tls_options(), host="localhost", port=broker.tls_port)
        pane.wait_for(status_has("OFF"))
        pane.wait_for("nobody you trust has signed")
        broker.renew_certificate(self.server)
        pane.enter("/connect")
        pane.wait_for(status_has("localhost tls"))

    def test_a_plain_port(self):
        pane = self.open_screen("alice", *self.tls_options(), host="localhost", port=self.broker.port)
        pane.wait_for("does not speak TLS")
        pane.wait_for(status_has("OFF"))
        self.assertNotIn("next try", pane.text())
        pane.enter("/tls")
        pane.wait_for(lambda rows: sum("does not speak TLS" in row for row in rows) == 2)

    def test_a_broker_that_is_swapped_while_it_is_away(self):
        broker = self.use_broker(persistent=True)
        pane = self.screen_tls("alice", "-j", "dev", columns=80, rows=30)
        pane.wait_for("#dev is open")
        broker.kill()
        pane.wait_for(status_has("OFF since"))
        pane.enter("kept")
        broker.renew_certificate(self.odd_server(self.elsewhere()))
        pane.wait_for(status_has(re.compile(r"localhost OFF(?!.*next try)")), limit=40)
        pane.wait_for(status_has("1 pending"))
        self.assertIn("alice … kept", pane.text())
        pane.send("M-1")
        pane.settled(lambda rows: any("SHA-256" in row for row in rows))
        self.assertEqual(body(pane).count("nobody you trust has signed"), 1)
        broker.renew_certificate(self.server)
        pane.enter("/connect")
        pane.wait_for(status_has("localhost tls"))
        pane.wait_for(status_has_not("pending"))
        pane.send("M-2")
        pane.wait_for("alice │ kept")


def body(pane):
    """The text between title and status line, without the columns around it."""
    rows = [row.split("│") for row in pane.settled()[1:-2]]
    return " ".join((cells[1] if len(cells) > 1 else cells[0]).strip() for cells in rows)


def without_blanks(text):
    return "".join(text.split())


class TheKeysPassword(TlsScreenTest):
    PASSWORD = "open sesame"

    def setUp(self):
        self.files = self.encrypted(self.users["alice"], self.PASSWORD)

    def test_it_is_asked_for_on_the_terminal_before_the_screen_opens(self):
        pane = self.open_pane(*self.certificate_words(files=self.files))
        pane.wait_for(f"Password of the key {self.files.key}:")
        self.assertEqual(pane.ask("alternate_on"), "0")
        pane.enter("wrong")
        pane.wait_for("That does not open it.")
        pane.enter(self.PASSWORD)
        pane.wait_for(status_has("localhost cert"))
        self.assertNotRegex(pane.text(), f"{self.PASSWORD}|wrong")
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0, pane.said())
        self.assertNotRegex(pane.text(), f"{self.PASSWORD}|wrong|{PEM_PROMPT}")

    def test_after_three_wrong_ones_it_ends(self):
        pane = self.open_pane(*self.certificate_words(files=self.files))
        for number in range(3):
            pane.wait_for(lambda rows: sum("Password of the key" in row for row in rows) == number + 1)
            pane.enter("wrong")
        self.assertEqual(pane.wait(), 2, pane.said())
        self.assertIn("does not open", pane.text())
        self.assertNotIn(PEM_PROMPT, pane.text())

    def ask_by_command(self):
        words = self.certificate_options(files=self.files, switch=False)
        pane = self.screen("alice", *words)
        pane.wait_for(status_has("127.0.0.1 local"))
        pane.enter(f"/connect -cert 127.0.0.1:{self.broker.x509_port}")
        pane.wait_for(self.question)
        return pane

    @staticmethod
    def question(rows):
        return re.search("(?i)password.* key", " ".join(rows[-3:]))

    def test_it_is_asked_for_in_the_prompts_place_by_connect(self):
        pane = self.ask_by_command()
        before = pane.settled()
        pane.type("wrong")
        self.assertEqual(pane.settled(), before)
        pane.send("Enter")
        pane.wait_for(lambda rows: self.question(rows) and rows != before)
        pane.type(self.PASSWORD)
        self.assertNotRegex(pane.text(), f"{self.PASSWORD}|wrong$")
        pane.send("Enter")
        pane.wait_for(status_has("127.0.0.1 cert"))
        pane.wait_for(re.compile(r"Connected to 127\.0\.0\.1:\d+ as alice"))
        pane.send("Up", "Up")
        self.assertNotRegex("\n".join(pane.settled()), f"{self.PASSWORD}|{PEM_PROMPT}")

    def test_esc_leaves_the_question(self):
        pane = self.ask_by_command()
        pane.type("half")
        pane.send("Escape")
        pane.wait_for(prompt_is(">"))
        pane.wait_for(lambda rows: not self.question(rows))
        pane.enter("/join dev")
        self.assertNotIn("half", pane.text())
        self.assertNotIn(PEM_PROMPT, pane.text())
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0, pane.said())


if __name__ == "__main__":
    main()
