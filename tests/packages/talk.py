#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A client in a few words, for a network namespace this program is started in.

Usage: talk.py [--tls] [--from ADDRESS] [--websocket PATH] ADDRESS PORT NICK STEP...; a STEP is "> line to send" or
"< part to wait for". Prints what came; exits 1 when something did not come. talk.py --certificate ADDRESS PORT prints
the server's certificate.
"""

import argparse
import os
import socket
import ssl
import struct
import sys

PATIENCE = 15


class Lines:
    """IRC as it is: lines over a stream."""

    def __init__(self, sock):
        self.socket = sock
        self.rest = b""

    def send(self, line):
        self.socket.sendall(line.encode() + b"\r\n")

    def more(self):
        data = self.socket.recv(65536)
        if not data:
            sys.exit("talk: the connection ended")
        self.rest += data

    def receive(self):
        while b"\n" not in self.rest:
            self.more()
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode(errors="replace").rstrip("\r")


class Frames(Lines):
    """IRC in WebSocket text frames, one line each (RFC 6455 5.2; ircv3 websocket)."""

    def __init__(self, sock, host, path):
        super().__init__(sock)
        sock.sendall((f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                      "Sec-WebSocket-Protocol: text.ircv3.net\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.rest:
            self.more()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            sys.exit(f"talk: no WebSocket: {head.decode(errors='replace')}")

    def send(self, line):
        data, key = line.encode(), os.urandom(4)
        length = struct.pack("!B", 0x80 | len(data)) if len(data) < 126 else struct.pack("!BH", 0xFE, len(data))
        self.socket.sendall(b"\x81" + length + key + bytes(byte ^ key[i % 4] for i, byte in enumerate(data)))

    def need(self, count):
        while len(self.rest) < count:
            self.more()

    def receive(self):
        self.need(2)
        length, start = self.rest[1] & 0x7F, 2
        if length == 126:
            self.need(4)
            length, start = struct.unpack("!H", self.rest[2:4])[0], 4
        self.need(start + length)
        data, self.rest = self.rest[start:start + length], self.rest[start + length:]
        return data.decode(errors="replace")


def connect(options):
    source = (options.source, 0) if options.source else None
    sock = socket.create_connection((options.address, options.port), PATIENCE, source)
    if options.tls:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        sock = context.wrap_socket(sock, server_hostname="chat.example.org")
    return Frames(sock, "chat.example.org", options.websocket) if options.websocket else Lines(sock)


def expect(talk, part):
    while True:
        text = talk.receive()
        print(text, flush=True)
        if text.startswith("PING "):
            talk.send("PONG" + text[4:])
        if part in text:
            return


def main():
    if sys.argv[1] == "--certificate":
        print(ssl.get_server_certificate((sys.argv[2], int(sys.argv[3]))))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--from", dest="source")
    parser.add_argument("--websocket")
    parser.add_argument("address")
    parser.add_argument("port", type=int)
    parser.add_argument("nick")
    parser.add_argument("steps", nargs="*")
    options = parser.parse_args()
    talk = connect(options)
    talk.send(f"NICK {options.nick}")
    talk.send(f"USER {options.nick} 0 * :{options.nick}")
    expect(talk, f" 001 {options.nick} ")
    for step in options.steps:
        if step.startswith("> "):
            talk.send(step[2:])
        else:
            expect(talk, step[2:])
    talk.send("QUIT")


main()
