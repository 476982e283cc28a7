# SPDX-License-Identifier: GPL-3.0-or-later
"""An onlooker that sees everything in the chat's topics, as the administrator may."""

import collections

from .process import Process

# Without the larger window mosquitto_sub leaves when mosquitto hands it many QoS 2 messages at once.
MODERN = ["--retain-as-published", "-D", "connect", "receive-maximum", "65535"]

Seen = collections.namedtuple("Seen", "topic payload qos retained content_type properties")


class Witness(Process):
    """mosquitto_sub; the payload in hex, so that newlines and other bytes come through."""

    def __init__(self, broker, topics=("/chat/#",), user="admin", version="5"):
        self.seen = []
        self._taken = set()
        subscriptions = [word for topic in topics for word in ("-t", topic)]
        client_id = f"witness-{user}-{id(self)}"
        super().__init__("mosquitto_sub", "-h", "127.0.0.1", "-p", str(broker.port), "-u", user, "-P", user,
                         "-i", client_id, "-V", version, "-q", "2",
                         *(MODERN if version == "5" else []), *subscriptions,
                         "-F", r"%q\t%r\t%x\t%C\t%P\t%t")
        broker.wait_for_log(f"Sending SUBACK to {client_id}")

    def take_line(self, line):
        qos, retained, payload, content_type, properties, topic = line.split(b"\t", 5)
        self.seen.append(Seen(topic.decode(), bytes.fromhex(payload.decode()), int(qos), retained == b"1",
                              content_type.decode(), properties.decode()))

    def expect(self, topic, payload=None, **limit):
        """The oldest message on `topic` (with `payload`) that no expect() has returned before; waits for it. Between
        topics of different QoS the order here means nothing: a QoS 2 message comes with its PUBREL."""
        wanted = payload.encode() if isinstance(payload, str) else payload

        def found():
            for index, message in enumerate(self.seen):
                if index not in self._taken and message.topic == topic and wanted in (None, message.payload):
                    self._taken.add(index)
                    return message
            return None
        return self.wait_until(found, f"{topic} {payload!r} reaches the witness", **limit)

    def on(self, topic):
        """All messages so far on `topic`."""
        return [message for message in list(self.seen) if message.topic == topic]

    def wait_for(self, topic, count, **limit):
        """Waits until `count` messages have come on `topic`; returns all of them."""
        return self.wait_until(lambda: (lambda all_: all_ if len(all_) >= count else None)(self.on(topic)),
                               f"{count} messages on {topic} reach the witness", **limit)

    def said(self):
        return "\n".join(["the witness saw:"] + [repr(message)[:200] for message in self.seen[-30:]] + self.errors)
