#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Operators with the real chatd: second factor from a file, audit and log of what they do, texts, live offers."""

import json
import signal
import subprocess
import unittest

import chatctl
import server_config
import tap
from accounts import totp_code
from service import Client, Service, wait_until

PASSWORD = ("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
            "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")  # of "pencil"


class WithOperators(unittest.TestCase):
    def start(self, sections):
        service = Service(sections, start=False)
        self.addCleanup(service.close)
        made = subprocess.run([service.chatd, "--make-totp"], capture_output=True, text=True, check=True)
        self.secret, uri = made.stdout.splitlines()
        self.assertEqual(uri, f"otpauth://totp/chatd:operator?secret={self.secret}&issuer=chatd")
        (service.folder / "totp").write_text(made.stdout)
        (service.folder / "rules").write_text("Be kind.\nNo flooding.\n")
        (service.folder / "opermotd").write_text("Look after #help.\n")
        service.start()
        return service

    def client(self, service, nick, **options):
        client = Client(service, nick, **options)
        self.addCleanup(client.close)
        return client

    def oper(self, client, *words):
        client.send("OPER " + " ".join(words))
        return client.expect(f" {client.nick} ").split(" ")[1]


class SecondFactor(WithOperators):
    def test_password_and_code(self):
        service = self.start({"operator boss": {"password": PASSWORD, "totp_file": "totp"}})
        boss, other = self.client(service, "boss"), self.client(service, "other")
        now = totp_code(self.secret)
        for said in ("pencil", "pencil:000000", f"wrong:{now}", now, "pencil:"):
            self.assertEqual(self.oper(boss, "boss", said), "464", said)
        self.assertEqual(self.oper(boss, "boss", f"pencil:{now}"), "MODE")
        # A code is good once, whoever brings it.
        self.assertEqual(self.oper(other, "boss", f"pencil:{now}"), "464")
        self.assertEqual(self.oper(other, "boss", f"pencil:{totp_code(self.secret, 1)}"), "MODE")
        text = service.log_text()
        self.assertIn("is not operator boss: wrong code", text)
        self.assertIn("Failed login from 127.0.0.1 (boss)", text)
        self.assertNotIn(self.secret, text)
        self.assertNotIn("pencil", text)

    def test_a_code_is_good_once_also_after_a_kill(self):
        service = self.start({"operator boss": {"password": PASSWORD, "totp_file": "totp"}})
        used = totp_code(self.secret, 1)
        self.assertEqual(self.oper(self.client(service, "boss"), "boss", f"pencil:{used}"), "MODE")
        service.stop(signal.SIGKILL)
        service.start()
        # It would still be in time: a minute at least.
        other = self.client(service, "other")
        self.assertEqual(self.oper(other, "boss", f"pencil:{used}"), "464")
        self.assertIn("is not operator boss: wrong code", service.log_text())

    def test_broken_file_is_refused(self):
        service = Service({"operator boss": {"password": PASSWORD, "totp_file": "totp"}}, start=False)
        self.addCleanup(service.close)
        (service.folder / "totp").write_text("no secret\n")
        checked = subprocess.run([service.chatd, "--check-config", "--config",
                                  service.folder / "chatd.conf"], capture_output=True, text=True,
                                 check=False)
        self.assertEqual(checked.returncode, 78)
        self.assertIn("[operator boss] totp_file = totp: the first line of totp is not a secret made "
                      "by chatd --make-totp", checked.stderr)


class Deeds(WithOperators):
    def audit(self, service):
        status, said, _ = chatctl.run(service.control, "--json", "audit", "list")
        self.assertEqual(status, 0)
        return {row["method"]: row for row in json.loads(said)["list"]}

    def test_audit_and_texts(self):
        service = self.start({"operator boss": {"password": PASSWORD, "privileges":
                                  "kill wallops override announce accounts channels"},
                              "community main": {"rules_file": "rules",
                                                 "operator_motd_file": "opermotd"}})
        boss, anna = self.client(service, "boss"), self.client(service, "anna")
        anna.send("RULES")
        self.assertIn("Be kind.", anna.expect(" 232 "))
        anna.expect(" 309 ")
        boss.send("OPER boss pencil")
        self.assertIn("Look after #help.", boss.expect(" 721 "))
        anna.send("JOIN #tea")
        anna.send("NS REGISTER long-enough")
        anna.expect("registered")
        boss.send("SAMODE #tea +m", "NOTICE $* :hear", "NS SUSPEND anna 1 rude", "KILL anna :enough")
        boss.barrier()
        anna.expect_end()
        rows = wait_until(lambda: (rows := self.audit(service)) if "KILL" in self.audit(service)
                          else None, "the audit")
        self.assertEqual(rows["KILL"]["object"].split("!")[0], "anna")
        self.assertEqual(rows["KILL"]["who"].split("!")[0], "boss")
        self.assertIn("SAMODE #tea +m", json.dumps(rows["override"]))
        self.assertIn("hear", json.dumps(rows["announcement"]))
        self.assertEqual(rows["account"]["object"], "anna")
        for said in ("Account anna: registered, by anna", ": rude, by boss",
                     "overrode: SAMODE #tea +m"):
            self.assertIn(said, service.log_text())

    def test_traffic_of_many(self):
        """More than one answer of a loop holds, on one loop and on several."""
        for io_threads in (0, 2):
            service = self.start({**server_config.UNLIMITED, "operator boss": {"password": PASSWORD},
                                  "service": {"io_threads": io_threads}})
            boss = self.client(service, "boss")
            many = [self.client(service, f"c{number}", register=False) for number in range(400)]
            for client in many:
                client.send("PING x")
            for client in many:
                client.expect("PONG")
            boss.send("OPER boss pencil", "STATS l")
            rows = []
            while " 219 boss l " not in (line := boss.receive()):
                rows += [line] if " 211 boss " in line else []
            self.assertEqual(len(rows), 401)
            self.assertEqual(len({row.split(" ")[3] for row in rows if "boss[" in row}), 1)

    def test_offers_follow_the_console(self):
        service = self.start({})
        client = self.client(service, "anna", register=False)
        client.send("CAP LS 302", "CAP REQ :draft/extended-isupport batch", "NICK anna",
                    "USER anna 0 * :anna", "CAP END")
        client.expect(" 001 ")
        client.barrier()
        self.assertEqual(chatctl.run(service.control, "config", "set",
                                     "accounts.mechanisms=PLAIN")[0], 0)
        self.assertEqual(client.expect(" NEW "), ":chatd.localhost CAP anna NEW :sasl=PLAIN")
        self.assertEqual(chatctl.run(service.control, "config", "set",
                                     "accounts.registration=no")[0], 0)
        self.assertEqual(client.expect(" DEL "),
                         ":chatd.localhost CAP anna DEL :draft/account-registration")
        self.assertEqual(chatctl.run(service.control, "config", "set", "limits.nick=20")[0], 0)
        self.assertIn(" 005 anna NICKLEN=20 :", client.expect(" 005 "))


if __name__ == "__main__":
    tap.main()
