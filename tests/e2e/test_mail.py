#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Codes by mail: completing a registration, a forgotten password, another address."""

import base64
import contextlib
import email
import email.header
import pathlib
import re
import sqlite3
import tempfile
import unittest

import tap
from service import Client, Service
from smtp_server import SmtpServer, make_certificate


class MailCase(unittest.TestCase):
    def start(self, server=None, smtp=None, mail=None, network="Chat", **accounts):
        self.smtp = smtp or SmtpServer(refused=["gone@example.org"])
        self.addCleanup(self.smtp.close)
        service = Service({
            "mail": {"server": server or f"smtp://127.0.0.1:{self.smtp.port}",
                     "sender": "chat@example.org", "tls": "none", "timeout": "5s", **(mail or {})},
            "community main": {"network": network},
            "accounts": {"login_failures": 1000, "registrations": 1000, **accounts},
        })
        self.addCleanup(service.close)
        return service

    def client(self, service, nick, **options):
        client = Client(service, nick, **options)
        self.addCleanup(client.close)
        return client

    def registering(self, service, address="anna@example.org", **options):
        """anna, who has just asked for an account with that address, and the answer."""
        anna = self.client(service, "anna", **options)
        anna.send(f"REGISTER * {address} :a password")
        return anna, anna.expect("REGISTER")

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


class Mail(MailCase):
    def test_registration(self):
        service = self.start(email_required="yes")
        anna, answer = self.registering(service, caps="sasl")
        self.assertIn("REGISTER VERIFICATION_REQUIRED anna :", answer)
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
        anna, answer = self.registering(service, "gone@example.org")
        self.assertIn("FAIL REGISTER INVALID_EMAIL anna :", answer)
        anna.send("REGISTER * * :a password")
        self.assertIn("REGISTER SUCCESS anna :", anna.expect("REGISTER"))

    def test_no_server(self):
        service = self.start(server="smtp://127.0.0.1:1")
        self.assertIn("FAIL REGISTER TEMPORARILY_UNAVAILABLE anna :", self.registering(service)[1])

    def test_forgotten_password(self):
        service = self.start()
        anna, answer = self.registering(service)
        self.assertIn("VERIFICATION_REQUIRED", answer)
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
        self.assertIn("1 client stays logged in to anna", bea.expect("NOTICE"))
        bea.send(f"NS RESETPASS anna {code} other-password")
        self.assertIn("not the code", bea.expect("NOTICE"))
        self.assertIn(" 900 ", self.log_in(service, "anna", "new-password"))
        self.assertIn(" 904 ", self.log_in(service, "anna", "a password"))

    def test_another_address(self):
        service = self.start()
        anna, answer = self.registering(service, "*")
        self.assertIn("REGISTER SUCCESS", answer)
        anna.send("NS SET EMAIL new@example.org")
        self.assertIn("A code was sent", anna.expect("NOTICE"))
        anna.send("NS INFO")
        self.assertFalse([line for line in anna.barrier() if "E-mail" in line])
        anna.send(f"NS VERIFY anna {self.code(1)}")
        anna.expect("successfully verified")
        anna.send("NS INFO")
        self.assertTrue([line for line in anna.barrier() if "E-mail: new@example.org" in line])

    def test_a_stranger_has_the_address(self):
        """The code of an address proves that, and does not log in who found it in his mail."""
        service = self.start()
        anna, bea = self.client(service, "anna"), self.client(service, "bea")
        anna.send("REGISTER * * :a password")
        anna.expect("REGISTER SUCCESS")
        anna.send("NS SET EMAIL typo@example.org")
        anna.expect("A code was sent")
        bea.send(f"VERIFY anna {self.code(1)}")
        self.assertIn("FAIL VERIFY INVALID_CODE anna :Log in", bea.expect("VERIFY"))
        bea.send("WHOIS bea")
        bea.expect(" 318 ")
        self.assertNotIn(" 330 ", bea.story())
        anna.send(f"VERIFY anna {self.code(1)}")
        anna.expect("VERIFY SUCCESS")

    def test_stored_addresses_are_looked_at(self):
        """What came into the database before there was a check, or otherwise, is no way into SMTP."""
        service = self.start()
        anna = self.client(service, "anna")
        anna.send("REGISTER * anna@example.org :a password")
        anna.expect("VERIFICATION_REQUIRED")
        anna.send(f"VERIFY anna {self.code(1)}")
        anna.expect("VERIFY SUCCESS")
        service.stop()
        bad = "anna@example.org>\r\nRCPT TO:<eve@example.org"
        with contextlib.closing(sqlite3.connect(service.folder / "state" / "chatd.db")) as database:
            database.execute("UPDATE account SET email = ?", (bad,))
            database.commit()
        service.start()
        bea = self.client(service, "bea")
        bea.send("NS SENDPASS anna")
        self.assertIn("a code is on its way", bea.expect("NOTICE"))
        self.assertIn("none that mail can be sent to", service.log_text())
        self.assertEqual(len(self.smtp.messages), 1)
        self.assertNotIn("eve@example.org", [said[1] for said in self.smtp.messages])

    def test_network_in_any_script(self):
        """Its name stands in the subject: encoded words, ASCII, and no line longer than 76."""
        network = "Плеск-Ярмарка-Юг"
        service = self.start(network=network)
        anna = self.client(service, "anna")
        anna.send("REGISTER * anna@example.org :a password")
        anna.expect("VERIFICATION_REQUIRED")
        text = self.smtp.wait_for(1)[0][2]
        head = text.split("\n\n")[0]
        self.assertTrue(head.isascii())
        self.assertLessEqual(max(map(len, head.split("\n"))), 76)
        subject = email.message_from_string(text)["Subject"]
        self.assertEqual(str(email.header.make_header(email.header.decode_header(subject))),
                         f"Your account on {network}")

    def test_lost_code(self):
        """Who mistyped his address registers once more: who knows the password, only."""
        service = self.start(email_required="yes")
        anna, answer = self.registering(service, "typo@example.org")
        self.assertIn("VERIFICATION_REQUIRED", answer)
        anna.send("REGISTER * anna@example.org :another password")
        self.assertIn("FAIL REGISTER ACCOUNT_EXISTS anna", anna.expect("REGISTER"))
        anna.send("REGISTER * anna@example.org :a password")
        anna.expect("VERIFICATION_REQUIRED")
        self.assertEqual(self.smtp.wait_for(2)[1][1], "anna@example.org")
        old = re.search(r"VERIFY \S+ ([a-z2-7]{20})", self.smtp.wait_for(1)[0][2]).group(1)
        anna.send(f"VERIFY anna {old}")
        self.assertIn("INVALID_CODE", anna.expect("VERIFY"))
        anna.send(f"VERIFY anna {self.code(2)}")
        anna.expect("VERIFY SUCCESS")


class Tls(MailCase):
    """The same with TLS and a login; only the server's own certificate is trusted."""

    LOGIN = ("chat", "secret word")

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="chat-mail-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.certificate = make_certificate(self.folder)
        (self.folder / "password").write_text(self.LOGIN[1] + "\n")

    def ask(self, implicit=False, certificate=True, **mail):
        """The answer to REGISTER with such a server."""
        smtp = SmtpServer(certificate=self.certificate if certificate else None,
                          implicit_tls=implicit, login=self.LOGIN)
        settings = {"tls": "required", "user": self.LOGIN[0],
                    "password_file": str(self.folder / "password"),
                    "ca_file": str(self.certificate[0]), **mail}
        service = self.start(server=f"{'smtps' if implicit else 'smtp'}://localhost:{smtp.port}",
                             smtp=smtp, mail=settings)
        return self.registering(service)[1]

    def test_starttls(self):
        self.assertIn("VERIFICATION_REQUIRED", self.ask())
        self.assertEqual(self.smtp.logins, [(True, *self.LOGIN)])
        self.assertEqual(self.smtp.wait_for(1)[0][1], "anna@example.org")

    def test_implicit(self):
        self.assertIn("VERIFICATION_REQUIRED", self.ask(implicit=True))
        self.assertEqual(self.smtp.logins, [(True, *self.LOGIN)])

    def test_wrong_login(self):
        self.assertIn("TEMPORARILY_UNAVAILABLE", self.ask(user="somebody"))
        self.assertEqual(self.smtp.messages, [])

    def test_untrusted(self):
        """Neither the password nor the mail goes to who cannot prove who he is."""
        for implicit in (False, True):
            self.assertIn("TEMPORARILY_UNAVAILABLE", self.ask(implicit=implicit, ca_file=""))
            self.assertEqual((self.smtp.logins, self.smtp.messages), ([], []))

    def test_no_tls_offered(self):
        self.assertIn("TEMPORARILY_UNAVAILABLE", self.ask(certificate=False))
        self.assertEqual((self.smtp.logins, self.smtp.messages), ([], []))
        self.assertIn("VERIFICATION_REQUIRED", self.ask(certificate=False, tls="if_offered"))


if __name__ == "__main__":
    tap.main()
