# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of MQTT 3.1.1 and 5 as a fake broker needs: packets read from a socket, answers built."""

import collections

CONNECT, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP = 1, 2, 3, 4, 5, 6, 7
SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK, PINGREQ, PINGRESP, DISCONNECT = 8, 9, 10, 11, 12, 13, 14

Packet = collections.namedtuple("Packet", "kind flags body")
Connect = collections.namedtuple("Connect", "version client_id user password")
Publish = collections.namedtuple("Publish", "topic payload qos retain packet_id")


def read_exactly(stream, size):
    data = b""
    while len(data) < size:
        more = stream.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def read_packet(stream):
    first = read_exactly(stream, 1)[0]
    size = shift = 0
    while True:
        byte = read_exactly(stream, 1)[0]
        size |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    return Packet(first >> 4, first & 0xF, read_exactly(stream, size))


def packet(kind, body, flags=0):
    size, length = len(body), b""
    while True:
        size, byte = size >> 7, size & 0x7F
        length += bytes([byte | (0x80 if size else 0)])
        if not size:
            return bytes([kind << 4 | flags]) + length + body


class Fields:
    """Takes one field after the other off a packet's body."""

    def __init__(self, body):
        self.rest = body

    def take(self, size):
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def number(self, size):
        return int.from_bytes(self.take(size), "big")

    def text(self):
        return self.take(self.number(2))

    def properties(self):
        size = shift = 0
        while True:
            byte = self.number(1)
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return self.take(size)


def text(value):
    data = value.encode() if isinstance(value, str) else value
    return len(data).to_bytes(2, "big") + data


def parse_connect(body):
    fields = Fields(body)
    fields.text()
    version, flags = fields.number(1), fields.number(1)
    fields.number(2)
    if version == 5:
        fields.properties()
    client_id = fields.text()
    if flags & 0x04:
        if version == 5:
            fields.properties()
        fields.text()
        fields.text()
    user = fields.text() if flags & 0x80 else b""
    password = fields.text() if flags & 0x40 else b""
    return Connect(version, client_id.decode(), user.decode(), bytes(password))


def parse_publish(flags, body, version):
    fields = Fields(body)
    topic = fields.text().decode()
    qos = flags >> 1 & 3
    packet_id = fields.number(2) if qos else 0
    if version == 5:
        fields.properties()
    return Publish(topic, fields.rest, qos, bool(flags & 1), packet_id)


def parse_filters(body, version, with_options):
    """The packet id and the filters of a SUBSCRIBE or UNSUBSCRIBE."""
    fields = Fields(body)
    packet_id = fields.number(2)
    if version == 5:
        fields.properties()
    filters = []
    while fields.rest:
        name = fields.text().decode()
        filters.append((name, fields.number(1) & 3) if with_options else name)
    return packet_id, filters


def topic_matches(pattern, topic):
    levels, names = pattern.split("/"), topic.split("/")
    for index, level in enumerate(levels):
        if level == "#":
            return True
        if index >= len(names) or level not in ("+", names[index]):
            return False
    return len(levels) == len(names)
