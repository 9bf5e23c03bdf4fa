#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Codes by mail: completing a registration, a forgotten password, another address."""

import base64
import re
import socket
import time
import unittest

import tap
from service import Client, Service
from smtp_server import SmtpServer


class Mail(unittest.TestCase):
    def start(self, server=None, **accounts):
        self.smtp = SmtpServer(refused=["gone@example.org"])
        self.addCleanup(self.smtp.close)
        service = Service({
            "mail": {"server": server or f"smtp://127.0.0.1:{self.smtp.port}",
                     "sender": "chat@example.org", "tls": "none", "timeout": "5s"},
            "accounts": {"login_failures": 1000, "registrations": 1000, **accounts},
        })
        self.addCleanup(service.close)
        return service

    def client(self, service, nick, **options):
        client = Client(service, nick, **options)
        self.addCleanup(client.close)
        return client

    def code(self, count):
        """The code in the newest mail."""
        text = self.smtp.wait_for(count)[-1][2]
        return re.search(r"/msg NickServ \w+ \S+ ([a-z2-7]{20})", text).group(1)

    def log_in(self, service, nick, password):
        client = self.client(service, nick, register=False)
        client.send("CAP REQ :sasl", "AUTHENTICATE PLAIN")
        client.expect("AUTHENTICATE +")
        client.send("AUTHENTICATE " + base64.b64encode(f"\0{nick}\0{password}".encode()).decode())
        return client.expect(" 90")

    def test_registration(self):
        service = self.start(email_required="yes")
        anna = self.client(service, "anna", caps="sasl")
        anna.send("REGISTER * anna@example.org :a password")
        self.assertIn("REGISTER VERIFICATION_REQUIRED anna :", anna.expect("REGISTER"))
        sender, recipient, text = self.smtp.wait_for(1)[0]
        self.assertEqual((sender, recipient), ("chat@example.org", "anna@example.org"))
        self.assertIn("To: anna@example.org\n", text)
        self.assertIn(" 902 ", self.log_in(service, "anna", "a password"))
        anna.send("VERIFY anna wrong")
        self.assertIn("FAIL VERIFY INVALID_CODE anna :", anna.expect("FAIL"))
        anna.send(f"VERIFY anna {self.code(1)}")
        self.assertIn("VERIFY SUCCESS anna :", anna.expect("VERIFY"))
        anna.expect(" 900 ")
        self.assertIn(" 900 ", self.log_in(service, "anna", "a password"))
        # A code is good once.
        bea = self.client(service, "bea")
        bea.send(f"VERIFY anna {self.code(1)}")
        self.assertIn("FAIL VERIFY INVALID_CODE", bea.expect("FAIL"))

    def test_refused_address(self):
        service = self.start()
        anna = self.client(service, "anna")
        anna.send("REGISTER * gone@example.org :a password")
        self.assertIn("FAIL REGISTER INVALID_EMAIL anna :", anna.expect("FAIL"))
        anna.send("REGISTER * * :a password")
        self.assertIn("REGISTER SUCCESS anna :", anna.expect("REGISTER"))

    def test_no_server(self):
        service = self.start(server="smtp://127.0.0.1:1")
        anna = self.client(service, "anna")
        anna.send("REGISTER * anna@example.org :a password")
        self.assertIn("FAIL REGISTER TEMPORARILY_UNAVAILABLE anna :", anna.expect("FAIL"))

    def test_silent_server(self):
        """It takes connections and says nothing: nobody but who asked for mail waits, and neither
        does the end of the service."""
        silent = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.addCleanup(silent.close)
        self.smtp = SmtpServer()
        self.addCleanup(self.smtp.close)
        service = Service({
            "mail": {"server": f"smtp://127.0.0.1:{silent.getsockname()[1]}",
                     "sender": "chat@example.org", "tls": "none", "timeout": "60s"},
            "accounts": {"registrations": 1000},
        })
        self.addCleanup(service.close)
        anna = self.client(service, "anna", caps="sasl")
        anna.send("REGISTER * * :a password")
        anna.expect("REGISTER SUCCESS")
        askers = [self.client(service, f"asker{i}") for i in range(12)]
        for i, asker in enumerate(askers):
            asker.send(f"REGISTER * asker{i}@example.org :a password")
        silent.settimeout(20)
        connections = [silent.accept()[0] for _ in range(4)]
        self.addCleanup(lambda: [connection.close() for connection in connections])
        self.assertIn(" 900 ", self.log_in(service, "anna", "a password"))
        # One who leaves makes room for the next at once.
        askers[0].close()
        connections.append(silent.accept()[0])
        begin = time.monotonic()
        self.assertEqual(service.stop(), 0)
        self.assertLess(time.monotonic() - begin, 15)

    def test_forgotten_password(self):
        service = self.start()
        anna = self.client(service, "anna")
        anna.send("REGISTER * anna@example.org :a password")
        anna.expect("VERIFICATION_REQUIRED")
        anna.send(f"VERIFY anna {self.code(1)}")
        anna.expect("VERIFY SUCCESS")
        bea = self.client(service, "bea")
        bea.send("NS SENDPASS nobody")
        unknown = bea.expect("NOTICE")
        bea.send("NS SENDPASS anna")
        self.assertEqual(bea.expect("NOTICE"), unknown)
        code = self.code(2)
        bea.send("NS RESETPASS anna wrong new-password")
        self.assertIn("not the code", bea.expect("NOTICE"))
        bea.send(f"NS RESETPASS anna {code} short")
        self.assertIn("at least", bea.expect("NOTICE"))
        bea.send(f"NS RESETPASS anna {code} new-password")
        self.assertIn("is changed", bea.expect("NOTICE"))
        bea.send(f"NS RESETPASS anna {code} other-password")
        self.assertIn("not the code", bea.expect("NOTICE"))
        self.assertIn(" 900 ", self.log_in(service, "anna", "new-password"))
        self.assertIn(" 904 ", self.log_in(service, "anna", "a password"))

    def test_another_address(self):
        service = self.start()
        anna = self.client(service, "anna")
        anna.send("REGISTER * * :a password")
        anna.expect("REGISTER SUCCESS")
        anna.send("NS SET EMAIL new@example.org")
        self.assertIn("A code was sent", anna.expect("NOTICE"))
        anna.send("NS INFO")
        self.assertFalse([line for line in anna.barrier() if "E-mail" in line])
        anna.send(f"NS VERIFY anna {self.code(1)}")
        anna.expect("successfully verified")
        anna.send("NS INFO")
        self.assertTrue([line for line in anna.barrier() if "E-mail: new@example.org" in line])


if __name__ == "__main__":
    tap.main()
