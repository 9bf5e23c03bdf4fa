# SPDX-License-Identifier: MIT
"""A scripted control socket: what the real service does rarely or never, at will and always alike.

It speaks the envelope of service/control/README.md on a real Unix socket. Answers are looked up by
method in `answers`: a value is the result, an Error the refusal, a function is called with the
parameters, SILENCE gives no answer, HANG_UP ends the connection instead.
"""

import json
import pathlib
import socket
import threading

SILENCE = object()
HANG_UP = object()
DESCRIPTION = pathlib.Path(__file__).resolve().parents[2] / "chatcfg" / "describe.json"


class Error(Exception):
    """A refusal: code, sentence and, of methods of ours, data."""

    def __init__(self, code, message, **data):
        super().__init__(message)
        self.object = {"code": code, "message": message}
        if data:
            self.object["data"] = data


def page(*rows):
    return {"list": list(rows), "next_cursor": None, "total": len(rows)}


def ordinary_answers():
    """A service with nobody on it, as its administrator sees it."""
    return {
        "describe": json.loads(DESCRIPTION.read_text()),
        "service.whoami": {"uid": 0, "user": "root", "role": "administrator", "groups": ["root"]},
        "service.status": {
            "name": "chat.example.org", "network": "Fake", "version": "0.1.0", "state": "running",
            "started_at": "2026-05-01T12:34:56.000Z", "uptime": 60, "users": 0, "users_peak": 0,
            "users_maximum": 100, "unregistered": 0, "operators": 0, "channels": 0,
            "memory_bytes": 1 << 20, "descriptors": {"used": 10, "limit": 1024}, "io_threads": 0,
            "turn_longest_us": 10, "listeners": [], "database": {"state": "ok", "path": "/x"},
            "config": {"path": "/x.conf", "state": "ok", "detail": None}},
        "service.subscribe": True, "log.subscribe": True, "log.unsubscribe": True,
        "log.list": {"list": []}, "user.list": page(), "channel.list": page(),
        "channel.members": page(), "config.get": {"list": []}, "config.history": page(),
        "config.diff": {"state": "ok", "list": [], "errors": []}, "audit.list": page(),
        "metrics.get": {"counters": []},
    }


class FakeService:
    def __init__(self, path, answers=None):
        self.path = pathlib.Path(path)
        self.answers = ordinary_answers()
        self.answers.update(answers or {})
        self.greeting = None  # bytes said to each newcomer
        self.calls = []  # (method, params) in their order
        self.changed = threading.Condition()
        self.connections = []
        self.listener = None
        self.start()

    def start(self):
        self.path.unlink(missing_ok=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.path))
        self.listener.listen(16)
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def stop(self):
        """As a service that ends: the socket goes, then its connections."""
        self.path.unlink(missing_ok=True)
        for connection in [self.listener, *self.connections]:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            connection.close()
        self.connections = []

    def push(self, method, result):
        line = {"jsonrpc": "2.0", "method": method, "result": result}
        for connection in list(self.connections):
            self._say(connection, line)

    def wait_call(self, method, limit=20.0):
        """The parameters of the first call of that method, once it came."""
        def find():
            return next((call for call in self.calls if call[0] == method), None)
        with self.changed:
            if not self.changed.wait_for(find, limit):
                raise AssertionError(f"{method} was not called within {limit} s: {self.calls}")
            return find()[1]

    def _accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            if self.greeting is not None:
                connection.sendall(self.greeting)
                connection.shutdown(socket.SHUT_RDWR)
                return
            for line in connection.makefile("r", encoding="utf-8", newline="\n"):
                if not self._answer(connection, json.loads(line)):
                    connection.shutdown(socket.SHUT_RDWR)
                    return
        except OSError:
            pass

    def _answer(self, connection, request):
        method, params = request["method"], request.get("params") or {}
        with self.changed:
            self.calls.append((method, params))
            self.changed.notify_all()
        answer = self.answers.get(method, Error(-32601, "Unsupported method"))
        line = {"jsonrpc": "2.0", "method": method, "id": request["id"]}
        try:
            result = answer(params) if callable(answer) else answer
            if isinstance(result, Error):
                raise result
            if result is HANG_UP:
                return False
            if result is SILENCE:
                return True
            line["result"] = result
        except Error as error:
            line["error"] = error.object
        self._say(connection, line)
        return True

    @staticmethod
    def _say(connection, line):
        try:
            connection.sendall(json.dumps(line).encode() + b"\n")
        except OSError:
            pass
