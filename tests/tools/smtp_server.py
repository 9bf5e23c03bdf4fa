# SPDX-License-Identifier: MIT
"""A submission server for tests: real SMTP on loopback, what came is kept in memory."""

import re
import socketserver
import threading


class Handler(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write((text + "\r\n").encode())

    def read_message(self):
        lines = []
        while True:
            line = self.rfile.readline().decode().rstrip("\r\n")
            if line == ".":
                return "\n".join(lines)
            lines.append(line[1:] if line.startswith(".") else line)

    def handle(self):
        owner = self.server.owner
        recipient = sender = None
        self.say("220 mail.test ESMTP")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            verb = line.split(" ", 1)[0].upper()
            if verb in ("EHLO", "HELO"):
                self.wfile.write(b"250-mail.test\r\n250 8BITMIME\r\n")
            elif verb == "MAIL":
                sender = re.search(r"<(.*?)>", line).group(1)
                self.say("250 ok")
            elif verb == "RCPT":
                recipient = re.search(r"<(.*?)>", line).group(1)
                self.say("550 no such user" if recipient in owner.refused else "250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                with owner.changed:
                    owner.messages.append((sender, recipient, self.read_message()))
                    owner.changed.notify_all()
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class SmtpServer:
    """Listens on a port of its own until close()."""

    def __init__(self, refused=()):
        self.refused = set(refused)
        self.messages = []
        self.changed = threading.Condition()
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.owner = self
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def wait_for(self, count, patience=20):
        """The messages once there are that many."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.messages) >= count, patience):
                raise AssertionError(f"{len(self.messages)} mails came, not {count}")
            return list(self.messages)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
