#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Accounts as their owners and administrators meet them, over sockets and chatctl."""

import json
import unittest

import chatctl
import server_config
import tap
from service import Client, Service

PASSWORD = "long-enough"
LONG = "ä" * 180
FINGERPRINT = "ab" * 32


def nickserv(client, text, answer):
    client.send(f"PRIVMSG NickServ :{text}")
    return client.expect(answer)


def objects(lines):
    """The JSON objects of NickServ's NOTICEs; one that begins with a blank goes on."""
    texts = []
    for line in lines:
        text = line.split(" :", 1)[1]
        if text.startswith(" "):
            texts[-1] += text[1:]
        else:
            texts.append(text)
    return [json.loads(text) for text in texts if text.startswith("{")]


def having(rows, what, **facts):
    return [row for row in rows if row["type"] == what and
            all(row.get(name) == value for name, value in facts.items())]


class Export(unittest.TestCase):
    def setUp(self):
        self.service = Service(server_config.UNLIMITED)
        self.addCleanup(self.service.close)
        self.anna = Client(self.service, "anna", caps="draft/metadata-2")
        self.bob = Client(self.service, "bob")

    def fill(self):
        anna, bob = self.anna, self.bob
        for client in (anna, bob):
            nickserv(client, f"REGISTER {PASSWORD}", "successfully registered")
            client.send("JOIN #zimmer")
            client.expect(" 366 ")
        nickserv(anna, "GROUP ann", "belongs to the account")
        nickserv(anna, f"CERT ADD {FINGERPRINT}", "is added")
        nickserv(anna, "SET EMAIL anna@example.org", "is changed")
        nickserv(anna, "SET private yes", "private is yes")
        anna.send("PRIVMSG ChanServ :REGISTER #zimmer")
        anna.expect("ChanServ")
        anna.send("SILENCE +*!*@silenced.example", "ACCEPT bob", "METADATA * SET display-name :Anna",
                  "MARKREAD #zimmer timestamp=2026-01-02T03:04:05.000Z", "TOPIC #zimmer :her topic",
                  "MODE #zimmer +b *!*@banned.example", "PRIVMSG #zimmer :said", f"PRIVMSG bob :{LONG}")
        bob.send("PRIVMSG #zimmer :not hers", "PRIVMSG anna :not hers either")
        anna.expect("not hers either")

    def check(self, facts, said):
        self.assertTrue(having(facts, "account", name="anna", email="anna@example.org"))
        for kind, values in {
                "nick": {"nick": "ann"}, "certificate": {"fingerprint": FINGERPRINT},
                "setting": {"name": "private", "value": "yes"},
                "property": {"key": "display-name", "value": "Anna"},
                "silence": {"mask": "*!*@silenced.example"}, "accept": {"name": "bob"},
                "channel": {"channel": "#zimmer", "role": "founder"},
                "topic": {"channel": "#zimmer", "text": "her topic"},
                "list entry": {"channel": "#zimmer", "list": "b", "mask": "*!*@banned.example"},
                "read marker": {"target": "#zimmer", "time": "2026-01-02T03:04:05.000Z"},
                "user": {"nick": "anna", "channels": ["#zimmer"]}}.items():
            self.assertEqual(len(having(facts, kind, **values)), 1, (kind, facts))
        texts = [row["text"] for row in having(said, "message")]
        self.assertEqual(texts, ["said", LONG])
        self.assertEqual([row["target"] for row in having(said, "message")], ["#zimmer", "bob"])
        self.assertEqual(len(having(said, "event", kind="join")), 1)
        everything = json.dumps([facts, said])
        self.assertNotIn("SCRAM", everything)
        self.assertNotIn("not hers", everything)

    def test_owner(self):
        anna = self.anna
        self.fill()
        seen = len(anna.lines)
        nickserv(anna, "EXPORT", "That was all")
        facts = objects(line for line in anna.lines[seen:] if line.startswith(":NickServ!"))
        said, after = [], 0
        while True:
            seen = len(anna.lines)
            end = nickserv(anna, f"EXPORT MESSAGES {after}", "NOTICE anna :")
            while "For more: EXPORT MESSAGES" not in end and "That was all" not in end:
                end = anna.receive()
            said += objects(line for line in anna.lines[seen:-1] if line.startswith(":NickServ!"))
            if "That was all" in end:
                break
            after = int(end.split()[-1])
        self.check(facts, said)
        nickserv(Client(self.service, "carl"), "EXPORT", "You must be logged in")

    def test_administrator(self):
        self.fill()
        pages, cursor = [], None
        while True:
            words = ["account", "export", "anna", "--limit", "2", "--json"]
            status, out, err = chatctl.run(self.service.control, *words,
                                           *(["--cursor", cursor] if cursor else []))
            self.assertEqual(status, 0, err)
            page = json.loads(out)
            pages.append(page["list"])
            cursor = page["next_cursor"]
            if cursor is None:
                break
        self.check(pages[0], sum(pages[1:], []))
        status, out, _ = chatctl.run(self.service.control, "audit", "list", "--json")
        self.assertEqual(status, 0)
        self.assertIn("account.export", out)


if __name__ == "__main__":
    tap.main()
