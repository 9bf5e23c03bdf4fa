# SPDX-License-Identifier: MIT
"""Accounts and channels of another program's database, with a dry run first."""

import contextlib
import json
import sqlite3
import subprocess
import unittest

import tap
from service import Client, Service

EXPORT = {
    "version": 1,
    "users": {"Ann": {"hash": "$2a$10$abcdefghijklmnopqrstuv", "email": "ann@example.org",
                      "registeredAt": 1500000000000000000, "additionalNicks": ["Annie"]},
              "bob": {"hash": ""}, "1up": {"hash": ""}},
    "channels": {"#room": {"founder": "ann", "registeredAt": 1500000000000000000, "topic": "old times",
                           "topicSetBy": "ann", "topicSetAt": 1500000000000000000, "modes": "nt",
                           "amode": {"ann": "q", "bob": "o", "cleo": "v"}}},
}


class ImportTest(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)
        self.file = self.service.folder / "export.json"
        self.file.write_text(json.dumps(EXPORT))

    def take_over(self, *words, status=0):
        done = subprocess.run(
            [self.service.chatd, "--state-dir", self.service.folder / "state", "--runtime-dir",
             self.service.folder / "runtime", "--allow-root", "--import-accounts", "ergo", self.file, *words],
            capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_import(self):
        self.assertIn("the service runs", self.take_over(status=1))
        self.assertEqual(self.service.stop(), 0)
        said = self.take_over("--dry-run")
        self.assertIn("would be taken over: 2 accounts, 1 channels", said)
        self.assertIn("channel #room: access v of cleo is not taken over", said)
        self.assertIn("account 1up: this is no nick here", said)
        self.assertIn("to be taken over: 2 accounts, 1 channels", self.take_over())
        self.assertIn("to be taken over: 0 accounts, 0 channels", self.take_over())
        with contextlib.closing(sqlite3.connect(self.service.folder / "state" / "chatd.db")) as database:
            self.assertEqual(database.execute("SELECT kind, mask FROM channel_list_entry").fetchall(),
                             [("o", "~a:bob")])
        self.service.start()
        client = Client(self.service, "bob")
        client.send("TOPIC #room")
        client.expect(" 332 bob #room :old times")
        client.close()


if __name__ == "__main__":
    tap.main()
