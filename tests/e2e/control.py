# SPDX-License-Identifier: MIT
"""A console's end of the control socket: calls with answers, and what is pushed meanwhile."""

import json
import socket

PATIENCE = 20.0


class Refused(Exception):
    """An error object of the service."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.code = error["code"]
        self.data = error.get("data", {})


class Console:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(str(path))
        self.rest = b""
        self.id = 0
        self.pushes = []

    def send_bytes(self, data):
        self.socket.sendall(data)

    def send(self, method, params=None, number=None):
        self.id = self.id + 1 if number is None else number
        call = {"jsonrpc": "2.0", "id": self.id, "method": method, "params": params}
        self.send_bytes(json.dumps(call).encode() + b"\n")

    def receive(self):
        """The next object; None when the service ended the connection."""
        while b"\n" not in self.rest:
            try:
                data = self.socket.recv(1 << 20)
            except ConnectionResetError:
                data = b""
            if not data:
                return None
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)

    def answer(self):
        while True:
            got = self.receive()
            if got is None:
                raise AssertionError("the service closed the control connection")
            if got.get("id") != self.id:
                self.pushes.append(got)
            elif "error" in got:
                raise Refused(got["error"])
            else:
                return got["result"]

    def call(self, method, **params):
        self.send(method, params)
        return self.answer()

    def push(self, wanted):
        """The next service.event of that type; others before it are dropped."""
        while True:
            got = self.pushes.pop(0) if self.pushes else self.receive()
            if got is None:
                raise AssertionError(f"no push of type {wanted}")
            if got.get("result", {}).get("type") == wanted:
                return got["result"]

    def close(self):
        self.socket.close()
