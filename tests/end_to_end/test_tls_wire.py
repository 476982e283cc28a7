# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody on the way can read: everything on a plain line, nothing of it over TLS."""

from support import Proxy, main
from support.tls_case import TlsTest

USER, PASSWORD, GROUP, OTHER = "zaphod", "heart-of-gold", "magrathea", "trillian"
SAID, HEARD = "so long and thanks for all the fish", "life and the universe and everything"
SECRETS = {"user": USER, "password": PASSWORD, "group": GROUP, "topic": f"/chat/group/{GROUP}/message/{USER}",
           "text sent": SAID, "text received": HEARD, "login": "/chat/login", "protocol": "MQTT",
           "client id": "device-4711"}


class Wire(TlsTest):
    def setUp(self):
        self.use_broker(users=[USER, OTHER], passwords={USER: PASSWORD})

    def record_a_chat(self, port, *options, user, password):
        """The bytes of both directions. `options` and where: of the client that is listened to."""
        proxy = self.keep(Proxy(port))
        credentials = ["-P", PASSWORD] if password else []
        client = self.login(user, "-j", GROUP, "--client-id", "device-4711", *credentials, *options, password=False,
                            name=USER, host="localhost", port=proxy.port)
        other = self.login(OTHER, "-j", GROUP)
        client.say(f"#{GROUP}", SAID)
        other.expect(kind="message", sender=USER, text=SAID)
        other.say(f"#{GROUP}", HEARD)
        client.expect(kind="message", sender=OTHER, text=HEARD)
        client.say(OTHER, SAID)
        other.expect(kind="message", window=USER, text=SAID)
        self.assertEqual((client.quit(), other.quit()), (0, 0), client.said())
        self.assertGreater(min(len(proxy.recorded), len(proxy.answered)), 500)
        return bytes(proxy.recorded), bytes(proxy.answered)

    def assert_hidden(self, sent, answered):
        for what, secret in SECRETS.items():
            self.assertNotIn(secret.encode(), sent + answered, what)
        self.assertIn(b"localhost", sent, "the name of the host (SNI)")

    def test_a_plain_line_shows_everything(self):
        sent, answered = self.record_a_chat(self.broker.port, user=USER, password=True)
        for what, secret in SECRETS.items():
            if what != "text received":
                self.assertIn(secret.encode(), sent, what)
        for what in ("text received", "user", "group", "topic"):
            self.assertIn(SECRETS[what].encode(), answered, what)

    def test_nothing_of_it_is_seen_over_tls(self):
        sent, answered = self.record_a_chat(self.broker.tls_port, *self.tls_options(), user=USER, password=True)
        self.assert_hidden(sent, answered)

    def test_nothing_of_it_is_seen_with_a_certificate(self):
        files = self.odd_user(subject=f"/CN={USER}")
        options = self.certificate_options(files=files)
        sent, answered = self.record_a_chat(self.broker.x509_port, *options, user=None, password=False)
        self.assert_hidden(sent, answered)


if __name__ == "__main__":
    main()
