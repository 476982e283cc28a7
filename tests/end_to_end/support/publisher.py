# SPDX-License-Identifier: GPL-3.0-or-later
"""Publishes much, on many topics, over one line; mosquitto_pub knows one topic."""

import socket

from .mqtt import CONNACK, CONNECT, PUBACK, PUBLISH, packet, read_packet, text
from .waiting import LIMIT

AT_ONCE = 100  # unanswered; the broker takes more, but a queue of its own is bounded


class Publisher:
    """MQTT 3.1.1, QoS 1 but for pour(). `user` is its own password."""

    def __init__(self, port, user):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=LIMIT)
        self._sent = self._answered = 0
        who = text(f"publisher-{user}-{id(self)}") + text(user) + text(user)
        self._socket.sendall(packet(CONNECT, text("MQTT") + bytes([4, 0xC2, 0, 0]) + who))
        answer = read_packet(self._socket)
        if answer.kind != CONNACK or answer.body[1]:
            raise AssertionError(f"the broker refuses {user}: {answer}")

    def publish(self, topic, payload):
        """Text or bytes; waits when many are unanswered."""
        data = payload.encode() if isinstance(payload, str) else payload
        number = self._sent % 65535 + 1
        self._socket.sendall(packet(PUBLISH, text(topic) + number.to_bytes(2, "big") + data, 2))
        self._sent += 1
        if self._sent - self._answered >= AT_ONCE:
            self._take_answer()

    def pour(self, messages):
        """Pairs of topic and payload, with QoS 0: nobody answers, and the broker may drop them."""
        self._socket.sendall(b"".join(packet(PUBLISH, text(topic) + payload.encode()) for topic, payload in messages))

    def wait(self):
        """Until the broker has everything."""
        while self._answered < self._sent:
            self._take_answer()

    def finish(self):
        self.wait()
        self.remove()

    def remove(self):
        self._socket.close()

    def _take_answer(self):
        if read_packet(self._socket).kind != PUBACK:
            raise AssertionError("no PUBACK from the broker")
        self._answered += 1
