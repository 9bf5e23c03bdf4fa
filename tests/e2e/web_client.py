# SPDX-License-Identifier: MIT
"""A WebSocket client on a raw socket, so that a test can break every rule it wants to."""

import base64
import hashlib
import os
import socket
import ssl
import struct

PATIENCE = 20.0
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def masked(payload, mask):
    return bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def frame(opcode, payload, final=True, mask=b"\x11\x22\x33\x44", reserved=0):
    """One frame as a client sends it; mask None sends it bare, which no client may."""
    first = (0x80 if final else 0) | reserved << 4 | opcode
    flag = 0x80 if mask else 0
    if len(payload) < 126:
        head = struct.pack("!BB", first, flag | len(payload))
    elif len(payload) < 65536:
        head = struct.pack("!BBH", first, flag | 126, len(payload))
    else:
        head = struct.pack("!BBQ", first, flag | 127, len(payload))
    return head + (mask + masked(payload, mask) if mask else payload)


class Closed(Exception):
    """The service closed; `code` is its close frame's, None when it sent none."""

    def __init__(self, code, reason):
        super().__init__(code, reason)
        self.code = code


class WebClient:
    def __init__(self, port, protocols=(), headers=None, tls=False, host="127.0.0.1", before=b""):
        self.socket = socket.create_connection((host, port), PATIENCE)
        self.rest = b""
        self.control = []
        if before:
            self.socket.sendall(before)
        if tls:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            self.socket = context.wrap_socket(self.socket, server_hostname="chatd.localhost")
        key = base64.b64encode(os.urandom(16)).decode()
        fields = {"Host": f"{host}:{port}", "Upgrade": "websocket", "Connection": "Upgrade",
                  "Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13"}
        if protocols:
            fields["Sec-WebSocket-Protocol"] = ", ".join(protocols)
        fields.update(headers or {})
        lines = ["GET / HTTP/1.1"] + [f"{name}: {value}" for name, value in fields.items()]
        self.socket.sendall("\r\n".join(lines + ["", ""]).encode())
        self.status, self.fields = self.receive_head()
        if self.status == 101:
            digest = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
            assert self.fields["sec-websocket-accept"] == base64.b64encode(digest).decode()
        self.protocol = self.fields.get("sec-websocket-protocol")

    def receive_head(self):
        while b"\r\n\r\n" not in self.rest:
            self.fill()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        fields = dict(line.split(": ", 1) for line in lines)
        return int(first.split()[1]), {name.lower(): value for name, value in fields.items()}

    def fill(self):
        data = self.socket.recv(65536)
        if not data:
            raise Closed(None, "end of stream")
        self.rest += data

    def take(self, length):
        while len(self.rest) < length:
            self.fill()
        part, self.rest = self.rest[:length], self.rest[length:]
        return part

    def receive_frame(self):
        """(opcode, payload) of the next frame; the service never masks nor fragments."""
        first, second = self.take(2)
        assert first & 0xF0 == 0x80, hex(first)
        assert second < 128, "masked"
        length = second
        if length == 126:
            length, = struct.unpack("!H", self.take(2))
        elif length == 127:
            length, = struct.unpack("!Q", self.take(8))
        return first & 0x0F, self.take(length)

    def receive(self):
        """The next message: str of a text frame, bytes of a binary one. Control frames are kept."""
        while True:
            opcode, payload = self.receive_frame()
            if opcode == CLOSE:
                code = struct.unpack("!H", payload[:2])[0] if payload else None
                raise Closed(code, payload[2:].decode())
            if opcode in (TEXT, BINARY):
                return payload.decode() if opcode == TEXT else payload
            self.control.append((opcode, payload))

    def send(self, message, opcode=None, **how):
        payload = message.encode() if isinstance(message, str) else message
        if opcode is None:
            opcode = TEXT if isinstance(message, str) else BINARY
        self.socket.sendall(frame(opcode, payload, **how))

    def send_close(self, code=1000):
        self.send(struct.pack("!H", code), opcode=CLOSE)

    def expect(self, part):
        """Reads up to a message that contains `part` and returns it as text."""
        while True:
            message = self.receive()
            text = message if isinstance(message, str) else message.decode(errors="replace")
            if part in text:
                return text

    def register(self, nick):
        for line in (f"NICK {nick}", f"USER {nick} 0 * :{nick}"):
            self.send(line)
        return self.expect(" 001 ")

    def expect_close(self):
        """Reads to the end and returns the close code."""
        try:
            while True:
                self.receive()
        except Closed as closed:
            return closed.code

    def close(self):
        self.socket.close()
