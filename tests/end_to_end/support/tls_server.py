# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that speak TLS as no mosquitto would: other versions, other certificates, other addresses."""

import select
import socket
import ssl
import threading
import warnings

from .proxy import abort
from .waiting import eventually


def server_context(files, ca=None, versions=("TLSv1_2", "TLSv1_3")):
    """`files`: certificate and key (TlsFiles); `ca`: who has to have signed the client's certificate, which is wanted
    then; `versions`: the oldest and the newest that it speaks."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of old versions, which are wanted here
        context.minimum_version, context.maximum_version = (getattr(ssl.TLSVersion, version) for version in versions)
    if versions[1] == "TLSv1_1":
        context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(files.certificate, files.key)
    if ca:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(ca)
    return context


class TlsServer:
    """Ends TLS as `context` has it, and passes what is inside on to a plain `target_port`; without one it only
    listens."""

    def __init__(self, context, target_port=None, host="127.0.0.1"):
        self.context = context
        self.target_port = target_port
        self.closes = False  # each line, right after its handshake
        self.connections = 0  # of TCP
        self.names = []  # of SNI, one for each ClientHello; None: it had none
        self.versions = []  # of each handshake that was completed: "TLSv1.3"
        self.failures = []  # of each that was not, in OpenSSL's words
        self.received = bytearray()  # what clients said inside
        self._lines = []
        context.sni_callback = lambda _, name, __: self.names.append(name)
        self._listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def said(self):
        return (f"{self.connections} connections, handshakes {self.versions}, failed {self.failures}, "
                f"{len(self.received)} bytes inside")

    def wait_for_failure(self):
        return eventually(lambda: self.failures, "a handshake that fails", detail=self.said)[-1]

    def switch(self, context):
        """From the second handshake on it has another certificate, as if two servers stood behind one address."""
        def note(line, name, _):
            self.names.append(name)
            if len(self.names) > 1:
                line.context = context
        self.context.sni_callback = note

    def cut(self):
        """Breaks every line at once."""
        lines, self._lines = self._lines, []
        for line in lines:
            abort(line)

    def remove(self):
        self._listener.close()
        self.cut()

    def _accept(self):
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, plain):
        try:
            line = self.context.wrap_socket(plain, server_side=True)
        except OSError as error:  # ssl.SSLError is one
            self.failures.append(str(error))
            return plain.close()
        self.versions.append(line.version())
        if self.closes:
            return line.close()
        far = socket.create_connection(("127.0.0.1", self.target_port)) if self.target_port else None
        self._lines += [line, far] if far else [line]
        try:
            self._pump(line, far)
        except (OSError, ValueError):  # ValueError: cut() has closed one of them
            pass
        for end in filter(None, (line, far)):
            end.close()

    def _pump(self, line, far):
        """One thread for both directions: OpenSSL wants no two on one line."""
        while True:
            ready = [line] if line.pending() else select.select([line, far] if far else [line], [], [])[0]
            if line in ready:
                data = line.recv(65536)
                if not data:
                    return
                self.received += data
                if far:
                    far.sendall(data)
            if far in ready:
                data = far.recv(65536)
                if not data:
                    return
                line.sendall(data)
