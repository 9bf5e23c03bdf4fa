#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A secret channel one is not in: every command answers as if there were none."""

import os
import pathlib
import re
import unittest

import server_config
import tap
from service import Client, Service

HIDDEN, ABSENT = "#hidden", "#absent"
MSGID = "AAAAAAAAAAAAAAAAAAAAAA"

# Every command that takes a channel, in the forms that look at it; {} is the channel.
LINES = {
    "CHATHISTORY": ["CHATHISTORY LATEST {} * 10", "CHATHISTORY BEFORE {} timestamp=2030-01-01T00:00:00.000Z 5",
                    "CHATHISTORY AROUND {} msgid=" + MSGID + " 5"],
    "EDIT": ["EDIT {} " + MSGID + " :another text"],
    "INVITE": ["INVITE bea {}"],
    "KICK": ["KICK {} bea"],
    "KNOCK": ["KNOCK {}", "KNOCK {} :let me in"],
    "LIST": ["LIST {}"],
    "MARKREAD": ["MARKREAD {}", "MARKREAD {} timestamp=2020-01-01T00:00:00.000Z", "MARKREAD {}"],
    "METADATA": ["METADATA {} LIST", "METADATA {} GET url", "METADATA {} SET url :x", "METADATA {} SYNC",
                 "METADATA {} CLEAR"],
    "MODE": ["MODE {}", "MODE {} b", "MODE {} +b x!*@*", "MODE {} +k key", "MODE #own +L {}"],
    "NAMES": ["NAMES {}", "NAMES -D {}"],
    "NOTICE": ["NOTICE {} :hello"],
    "PART": ["PART {}"],
    "PRIVMSG": ["PRIVMSG {} :hello", "PRIVMSG @{} :hello", "PRIVMSG {} :\x01VERSION\x01"],
    "REDACT": ["REDACT {} " + MSGID],
    "RELAYMSG": ["RELAYMSG {} somebody/x :hello"],
    "RENAME": ["RENAME {} #other"],
    "SEARCH": ["SEARCH in={};text=anything"],
    "TAGMSG": ["@+typing=active TAGMSG {}"],
    "TOPIC": ["TOPIC {}", "TOPIC {} :mine"],
    "WHO": ["WHO {}", "WHO {} %cnf"],
    "CHANSERV": [f"CS {line}" for line in (
        "INFO {}", "REGISTER {}", "DROP {}", "DROP {} {}", "TRANSFER {} anna", "SET {}", "SET {} restricted on",
        "SET {} founder anna", "ACCESS {}", "ACCESS {} LIST", "ACCESS {} ADD anna voice", "ACCESS {} DEL anna",
        "ACCESS {} CLEAR", "FLAGS {}", "AMODE {} +o anna", "AMODE {}", "OWNER {}", "DEOWNER {} bea", "OP {}", "DEOP {} bea", "VOICE {}", "DEVOICE {}",
        "INVITE {}", "KICK {} bea", "BAN {} bea", "UNBAN {}", "CLEAR {} bans", "REASON {} x!*@* :why")],
    "HISTSERV": [f"HISTSERV {line}" for line in (
        "PLAY {}", "SEARCH {} anything", "DELETE {} " + MSGID)],
}
TAKES = r"<(channel|target)\b"
# JOIN makes it or is told a lock; the others are for operators, or take no channel.
LEFT_OUT = {"JOIN", "SAJOIN", "SAMODE", "SAPART", "TRACE", "PURGE"}


class Hidden(unittest.TestCase):
    def answers(self, client, line):
        client.send(line)
        client.send("PING :end-of-answer")
        got = []
        while "end-of-answer" not in (answer := client.receive()):
            # Ids, times and references are each line's own.
            answer = re.sub(r"^@\S+ ", "", answer)
            got.append(re.sub(r"BATCH ([+-])\S+", r"BATCH \1x", answer))
        return got

    def compare(self, registered):
        service = Service(server_config.UNLIMITED)
        self.addCleanup(service.close)
        anna, bea = (Client(service, name) for name in ("anna", "bea"))
        for client in (anna, bea):
            self.addCleanup(client.close)
            client.send(f"NS REGISTER a-password-{client.nick}")
            client.expect("NOTICE")
        bea.send(f"JOIN {HIDDEN}")
        bea.expect(" 366 ")
        if registered:
            bea.send(f"CS REGISTER {HIDDEN}")
            bea.expect("registered")
        bea.send(f"MODE {HIDDEN} +ns")
        bea.expect(" MODE ")
        bea.send(f"TOPIC {HIDDEN} :of nobody's business")
        bea.expect(" TOPIC ")
        anna.send("CAP REQ :message-tags batch draft/chathistory soju.im/search draft/message-redaction draft/message-edit "
                  "draft/metadata-3 draft/read-marker standard-replies draft/channel-rename labeled-response")
        self.assertIn(" ACK ", anna.expect(" CAP "))
        anna.send("JOIN #own")
        anna.expect(" 366 ")
        for command, lines in LINES.items():
            for line in lines:
                with self.subTest(line=line):
                    hidden = self.answers(anna, line.replace("{}", HIDDEN))
                    absent = self.answers(anna, line.replace("{}", ABSENT))
                    self.assertTrue(absent or line.startswith(("NOTICE", "TAGMSG", "@")), line)
                    self.assertEqual([text.replace(HIDDEN, ABSENT) for text in hidden], absent)
                    # The one that was asked has answered, and not that it has no such command.
                    self.assertFalse([text for text in absent if f" {line.split(' ')[0]} :Unknown" in text])
                    if command in ("CHANSERV", "HISTSERV"):
                        self.assertEqual({text.split("!")[0].lower() for text in absent}, {f":{command.lower()}"})
                        self.assertFalse([text for text in absent if "There is no command" in text])
        bea.send("PING :nothing-came")
        while "nothing-came" not in (answer := bea.receive()):
            self.assertNotIn("anna", answer)

    def test_unregistered(self):
        self.compare(registered=False)

    def test_registered(self):
        self.compare(registered=True)

    def test_every_command_is_here(self):
        """Whatever says in its syntax that it takes one."""
        folder = pathlib.Path(os.environ["CHAT_SOURCE_ROOT"]) / "service"
        rows = (folder / "proto" / "commands.def").read_text()
        takes = {row.split(",")[0] for row in rows.split("\nCOMMAND(")[1:] if re.search(TAKES, row)}
        self.assertEqual(takes - set(LINES) - LEFT_OUT, set())
        for service in ("CHANSERV", "HISTSERV"):
            rows = (folder / "cmd" / (service.lower() + ".def")).read_text()
            takes = {row.split('"')[0] for row in rows.split("\n" + service + '("')[1:] if re.search(TAKES, row)}
            self.assertEqual(takes - {line.split(" ")[1] for line in LINES[service]} - LEFT_OUT, set())


if __name__ == "__main__":
    tap.main()
