# SPDX-License-Identifier: GPL-3.0-or-later
"""Brokers that mosquitto is not, and ports where no broker is."""

import socket
import threading

from . import mqtt
from .waiting import eventually

REFUSED = {4: 0x80, 5: 0x87}


class FakeBroker:
    """Takes every user and passes messages on (at QoS 0).

    `on_subscribe(filter)` gives None to grant it, "refuse", "close" (the line, without a word) or "silence".
    `versions`: those it speaks; a CONNECT of another one is closed without a word.
    """

    def __init__(self, on_subscribe=lambda _: None, versions=(4, 5)):
        self.on_subscribe = on_subscribe
        self.versions = versions
        self.connects = []  # mqtt.Connect, also those not taken
        self.subscribed = []  # filters asked for, in order
        self.published = []  # mqtt.Publish, in order
        self.disconnects = 0  # orderly ones
        self._lines = {}  # socket: (granted filters, version, lock)
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def log_end(self):
        return (f"connects: {self.connects}\nsubscribed: {self.subscribed}\n"
                f"published: {[(message.topic, message.payload[:80]) for message in self.published[-20:]]}")

    def wait_for_publish(self, topic, payload=None, count=1):
        def found():
            messages = [message for message in list(self.published)
                        if message.topic == topic and payload in (None, message.payload)]
            return messages[count - 1] if len(messages) >= count else None
        return eventually(found, f"a publish on {topic}", detail=self.log_end)

    def wait_for_connects(self, count):
        return eventually(lambda: self.connects if len(self.connects) >= count else None, f"{count} connects",
                          detail=self.log_end)

    def send(self, topic, payload):
        """As if somebody had published it."""
        with self._lock:
            lines = list(self._lines.items())
        for line, (filters, version, lock) in lines:
            if any(mqtt.topic_matches(pattern, topic) for pattern in filters):
                body = mqtt.text(topic) + (b"\0" if version == 5 else b"") + payload
                self._answer(line, lock, mqtt.packet(mqtt.PUBLISH, body))

    def remove(self):
        self._listener.close()
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _accept(self):
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line):
        try:
            first = mqtt.read_packet(line)
            if first.kind != mqtt.CONNECT:
                return
            connect = mqtt.parse_connect(first.body)
            self.connects.append(connect)
            if connect.version not in self.versions:
                return
            filters, lock = [], threading.Lock()
            with self._lock:
                self._lines[line] = (filters, connect.version, lock)
            self._answer(line, lock, mqtt.packet(mqtt.CONNACK, b"\0\0" + (b"\0" if connect.version == 5 else b"")))
            while self._handle(line, lock, filters, connect.version, mqtt.read_packet(line)):
                pass
        except (OSError, EOFError):
            pass
        finally:
            with self._lock:
                self._lines.pop(line, None)
            line.close()

    def _handle(self, line, lock, filters, version, packet):
        """Answers one packet; False ends the line."""
        properties = b"\0" if version == 5 else b""
        if packet.kind == mqtt.SUBSCRIBE:
            return self._subscribe(line, lock, filters, version, packet)
        if packet.kind == mqtt.UNSUBSCRIBE:
            packet_id, gone = mqtt.parse_filters(packet.body, version, with_options=False)
            filters[:] = [pattern for pattern in filters if pattern not in gone]
            codes = bytes(len(gone)) if version == 5 else b""
            self._answer(line, lock, mqtt.packet(mqtt.UNSUBACK, packet_id.to_bytes(2, "big") + properties + codes))
        elif packet.kind == mqtt.PUBLISH:
            message = mqtt.parse_publish(packet.flags, packet.body, version)
            if message.qos:
                kind = mqtt.PUBACK if message.qos == 1 else mqtt.PUBREC
                self._answer(line, lock, mqtt.packet(kind, message.packet_id.to_bytes(2, "big")))
            self.published.append(message)
            self.send(message.topic, message.payload)
        elif packet.kind == mqtt.PUBREL:
            self._answer(line, lock, mqtt.packet(mqtt.PUBCOMP, packet.body[:2]))
        elif packet.kind == mqtt.PINGREQ:
            self._answer(line, lock, mqtt.packet(mqtt.PINGRESP, b""))
        elif packet.kind == mqtt.DISCONNECT:
            self.disconnects += 1
            return False
        return True

    def _subscribe(self, line, lock, filters, version, packet):
        packet_id, asked = mqtt.parse_filters(packet.body, version, with_options=True)
        codes = b""
        for pattern, qos in asked:
            self.subscribed.append(pattern)
            verdict = self.on_subscribe(pattern)
            if verdict == "close":
                return False
            if verdict == "silence":
                return True
            if verdict is None:
                filters.append(pattern)
            codes += bytes([qos if verdict is None else REFUSED[version]])
        properties = b"\0" if version == 5 else b""
        self._answer(line, lock, mqtt.packet(mqtt.SUBACK, packet_id.to_bytes(2, "big") + properties + codes))
        return True

    def _answer(self, line, lock, data):
        try:
            with lock:
                line.sendall(data)
        except OSError:
            pass


class TextServer:
    """A port that accepts connections, says `greeting` (an SSH server's, say) and nothing else; with `closes` it then
    ends the connection."""

    def __init__(self, greeting=b"", closes=False):
        self.greeting = greeting
        self.closes = closes
        self.connections = 0
        self.received = bytearray()  # all that clients have sent
        self._lines = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def remove(self):
        self._listener.close()
        for line in self._lines:
            line.close()

    def _accept(self):
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._lines.append(line)  # kept open
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line):
        try:
            line.sendall(self.greeting)
            if self.closes:
                return line.shutdown(socket.SHUT_WR)
            while data := line.recv(65536):
                self.received += data
        except OSError:
            pass
