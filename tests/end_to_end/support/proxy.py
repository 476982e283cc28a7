# SPDX-License-Identifier: GPL-3.0-or-later
"""A line between client and broker that can be cut, and that remembers what was said."""

import socket
import struct
import threading


class Proxy:
    """Listens on 127.0.0.1:port and passes everything on to `target_port`."""

    def __init__(self, target_port):
        self.target_port = target_port
        self.refusing = False
        self.open = threading.Event()  # cleared: nothing gets through, and nobody is told
        self.open.set()
        self.connections = 0
        self.recorded = bytearray()  # all that clients have sent
        self.answered = bytearray()  # all that the broker has sent
        self._lines = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Breaks every line at once, both ends."""
        with self._lock:
            lines, self._lines = self._lines, []
        for end in lines:
            abort(end)

    def remove(self):
        self.refusing = True
        self.open.set()
        self._listener.close()
        self.cut()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            try:
                if self.refusing:
                    raise OSError
                far = socket.create_connection(("127.0.0.1", self.target_port))
            except OSError:
                abort(near)
                continue
            with self._lock:
                self._lines += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink, source is near), daemon=True).start()

    def _pump(self, source, sink, from_client):
        try:
            while data := source.recv(65536):
                self.open.wait()
                with self._lock:
                    if from_client:
                        self.recorded += data
                    else:
                        self.answered += data
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            abort(source)
            abort(sink)


def abort(end):
    """Closes with a reset, so that the other side knows at once."""
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()
