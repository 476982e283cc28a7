# SPDX-License-Identifier: GPL-3.0-or-later
"""A broker that does not know MQTT 5."""

import socket
import threading

from .mqtt import CONNACK, CONNECT, packet, parse_connect, read_packet


class OldBroker:
    """Listens on 127.0.0.1:port; refuses a CONNECT of MQTT 5 as servers of 3.1.1 do, and hands any other line on to
    the broker at `target_port`."""

    def __init__(self, target_port):
        self.target_port = target_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def remove(self):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near):
        with near:
            try:
                first = read_packet(near)
                if first.kind != CONNECT or parse_connect(first.body).version == 5:
                    return near.sendall(packet(CONNACK, b"\0\1"))
                with socket.create_connection(("127.0.0.1", self.target_port)) as far:
                    far.sendall(packet(CONNECT, first.body))
                    back = threading.Thread(target=_pump, args=(far, near), daemon=True)
                    back.start()
                    _pump(near, far)
                    back.join()
            except (OSError, EOFError):
                pass


def _pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
