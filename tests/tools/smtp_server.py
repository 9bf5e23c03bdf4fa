# SPDX-License-Identifier: MIT
"""A submission server for tests: real SMTP on loopback, what came is kept in memory."""

import base64
import re
import socketserver
import ssl
import subprocess
import threading


def make_certificate(folder):
    """(certificate, key) of localhost that nobody else signed."""
    certificate, key = folder / "smtp.pem", folder / "smtp.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
                    str(key), "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key


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

    def start_tls(self):
        self.request = self.server.owner.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self.secure = True

    def tell_extensions(self):
        owner = self.server.owner
        names = ["mail.test", "8BITMIME"]
        if owner.context and not self.secure:
            names.append("STARTTLS")
        if owner.login:
            names.append("AUTH PLAIN")
        for name in names[:-1]:
            self.say("250-" + name)
        self.say("250 " + names[-1])

    def log_in(self, line):
        """AUTH PLAIN, with the response at once or when it is asked for."""
        words = line.split(" ")
        if len(words) < 3:
            self.say("334 ")
            words.append(self.rfile.readline().decode().strip())
        given = base64.b64decode(words[2]).decode().split("\0")[1:]
        self.logged_in = given == list(self.server.owner.login)
        self.server.owner.logins.append((self.secure, *given))
        self.say("235 welcome" if self.logged_in else "535 wrong")

    def handle(self):
        self.secure = False
        try:
            if self.server.owner.implicit_tls:
                self.start_tls()
            self.talk()
        except (ssl.SSLError, ConnectionError):
            pass  # who does not trust the certificate goes

    def talk(self):
        owner = self.server.owner
        recipient = sender = None
        self.logged_in = not owner.login
        self.say("220 mail.test ESMTP")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            verb = line.split(" ", 1)[0].upper()
            if verb in ("EHLO", "HELO"):
                self.tell_extensions()
            elif verb == "STARTTLS":
                self.say("220 go on")
                self.start_tls()
            elif verb == "AUTH":
                self.log_in(line)
            elif not self.logged_in and verb != "QUIT":
                self.say("530 log in first")
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

    def __init__(self, refused=(), certificate=None, implicit_tls=False, login=None):
        self.refused = set(refused)
        self.implicit_tls = implicit_tls
        self.login = login
        self.logins = []
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
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
