#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A client in a few words, for a network namespace this program is started in.

Usage: talk.py [--tls] ADDRESS PORT NICK STEP...; a STEP is "> line to send" or "< part to wait for". Prints what
came; exits 1 when something did not come. With --certificate it prints the name in the server's certificate only.
"""

import socket
import ssl
import sys

PATIENCE = 15


class Talk:
    def __init__(self, address, port, tls):
        self.socket = socket.create_connection((address, port), PATIENCE)
        if tls:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            self.socket = context.wrap_socket(self.socket)
        self.rest = b""

    def send(self, line):
        self.socket.sendall(line.encode() + b"\r\n")

    def expect(self, part):
        while True:
            while b"\n" not in self.rest:
                data = self.socket.recv(65536)
                if not data:
                    sys.exit(f"talk: the connection ended before {part!r}")
                self.rest += data
            line, self.rest = self.rest.split(b"\n", 1)
            text = line.decode(errors="replace").rstrip("\r")
            print(text, flush=True)
            if text.startswith("PING "):
                self.send("PONG" + text[4:])
            if part in text:
                return


def main():
    words = sys.argv[1:]
    tls = words[0] == "--tls"
    if words[0] == "--certificate":
        print(ssl.get_server_certificate((words[1], int(words[2]))))
        return
    address, port, nick, *steps = words[tls:]
    talk = Talk(address, int(port), tls)
    talk.send(f"NICK {nick}")
    talk.send(f"USER {nick} 0 * :{nick}")
    talk.expect(f" 001 {nick} ")
    for step in steps:
        if step.startswith("> "):
            talk.send(step[2:])
        else:
            talk.expect(step[2:])
    talk.send("QUIT")


main()
