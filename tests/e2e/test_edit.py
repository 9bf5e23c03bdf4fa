#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Edited messages over real sockets, restarts and files; retention and private talks by chatctl."""

import json
import signal
import sqlite3
import unittest

import chatctl
import server_config
import tap
from service import Client, Service, wait_until

CAPS = "batch message-tags echo-message draft/message-edit draft/chathistory soju.im/search"


def msgid(line):
    tags = dict(tag.partition("=")[::2] for tag in line.split(" ")[0][1:].split(";"))
    return tags["msgid"]


class Edit(unittest.TestCase):
    def start(self, history):
        self.service = Service(server_config.merged(server_config.UNLIMITED, {"history": history}))
        self.addCleanup(self.service.close)

    def client(self, nick, caps=CAPS):
        client = Client(self.service, nick, caps=caps)
        self.addCleanup(client.close)
        client.send("JOIN #tea")
        client.expect(" 366 ")
        return client

    def ctl(self, *words, status=0):
        code, out, err = chatctl.run(self.service.control, "--json", *words)
        self.assertEqual(code, status, f"{words}: {out}{err}")
        return json.loads(out) if status == 0 else err

    def files_with(self, text):
        state = self.service.folder / "state"
        return [path.name for path in state.glob("history.db*") if text in path.read_bytes()]

    def test_gone_for_good(self):
        self.start({})
        anna, bea = self.client("anna"), self.client("bea", "message-tags")
        anna.send("PRIVMSG #tea :my word is Sesamum")
        said = msgid(anna.expect("PRIVMSG #tea"))
        bea.expect("Sesamum")
        anna.send(f"EDIT #tea {said} :never mind")
        self.assertIn(f"EDIT #tea {said} :never mind", anna.expect(" EDIT "))
        self.assertEqual([line for line in bea.barrier() if "EDIT" in line], [])
        wait_until(lambda: not self.files_with(b"Sesamum"), "the old text to be in no file")
        # An edit that was told is on the disk.
        self.service.stop(signal.SIGKILL)
        self.service.start()
        database = sqlite3.connect(f"file:{self.service.folder}/state/history.db?mode=ro", uri=True)
        self.addCleanup(database.close)
        self.assertEqual(database.execute("SELECT text FROM message WHERE said = 1").fetchall(),
                         [("never mind",)])
        trace = self.ctl("audit", "list")["list"][0]
        self.assertEqual(trace["method"], "EDIT")
        self.assertIn(said, trace["object"])
        self.assertNotIn("Sesamum", json.dumps(trace))

    def test_administrators(self):
        self.start({"edit_versions": "yes", "private_access": "yes"})
        anna = self.client("anna", CAPS + " draft/account-registration")
        anna.send("REGISTER * * correct-horse")
        anna.expect("REGISTER SUCCESS")
        bea = self.client("bea")
        anna.send("PRIVMSG #tea :teh word", "PRIVMSG bea :just us")
        said = msgid(anna.expect("PRIVMSG #tea"))
        anna.expect("just us")
        anna.send(f"EDIT #tea {said} :the word")
        anna.expect(" EDIT ")
        self.assertEqual([row["text"] for row in self.ctl("history", "versions", "#tea", said)["list"]],
                         ["teh word"])
        self.assertEqual([row["with"] for row in self.ctl("history", "talks", "anna")["list"]], ["bea"])
        self.assertEqual([row["text"] for row in self.ctl("history", "talk", "anna", "bea")["list"]],
                         ["just us"])
        looks = [row["method"] for row in self.ctl("audit", "list")["list"]]
        # Each page of a talk is a look.
        self.assertEqual(looks[:4], ["history.talk"] * 2 + ["history.talks", "history.versions"])
        self.ctl("history", "set-retention", "#tea", "--messages", "5")
        self.assertEqual(self.ctl("history", "list-retention")["list"],
                         [{"channel": "#tea", "messages": 5, "age": None}])
        self.ctl("config", "set", "history.private_access=no")
        self.assertIn("private_access", self.ctl("history", "talk", "anna", "bea", status=1))
        bea.barrier()


if __name__ == "__main__":
    tap.main()
