# SPDX-License-Identifier: MIT
"""Accounts and channels of another program's database, with a dry run first."""

import base64
import contextlib
import hashlib
import hmac
import json
import sqlite3
import subprocess
import unittest

import tap
from accounts import PASSWORD, log_in, register
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


def command(*words):
    """As Ergo's database has it."""
    return b"*%d\r\n" % len(words) + b"".join(
        b"$%d\r\n%s\r\n" % (len(word), word.encode()) for word in words)


class ImportTest(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)
        self.file = self.service.folder / "export.json"
        self.file.write_text(json.dumps(EXPORT))

    def take_over(self, *words, status=0, file=None):
        done = subprocess.run(
            [self.service.chatd, "--state-dir", self.service.folder / "state", "--runtime-dir",
             self.service.folder / "runtime", "--allow-root", "--import-accounts", "ergo", file or self.file, *words],
            capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_import(self):
        self.assertIn("the service runs", self.take_over(status=1))
        self.assertEqual(self.service.stop(), 0)
        said = self.take_over("--dry-run")
        self.assertIn("would be taken over: 2 accounts, 1 channels", said)
        self.assertIn("channel #room: access v of cleo is not taken over", said)
        self.assertIn("account bob: needs a new password", said)
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


    def test_hostile(self):
        """Line ends in texts, a certificate of two accounts, and a founder's name that is somebody else's
        here: nothing of it gets through, and what is stored is whole."""
        register(self.service, "eve")
        self.assertEqual(self.service.stop(), 0)
        certificate = "0123456789abcdef" * 4
        self.file.write_text(json.dumps({
            "version": 1,
            "users": {"ann": {"certfps": [certificate]}, "bob": {"certfps": [certificate]},
                      "eve": {"email": "eve@example.org"}},
            "channels": {"#room": {"founder": "ann", "topic": "tea\r\n:x QUIT",
                                   "topicSetBy": "a\nb", "amode": {"eve": "o"}},
                         "#hers": {"founder": "eve"}}}))
        said = self.take_over()
        self.assertIn("account bob: a certificate is another account's, too", said)
        self.assertIn("channel #hers: its founder eve is not taken over", said)
        self.assertIn("to be taken over: 2 accounts, 1 channels", said)
        self.service.start()
        client = Client(self.service, "watcher")
        self.addCleanup(client.close)
        client.send("TOPIC #room")
        client.expect(" 332 watcher #room :tea  :x QUIT")
        with contextlib.closing(sqlite3.connect(self.service.folder / "state" / "chatd.db")) as database:
            self.assertEqual(database.execute("SELECT name FROM registered_channel").fetchall(),
                             [("#room",)])
            self.assertEqual(database.execute("SELECT mask FROM channel_list_entry").fetchall(), [])

    def test_database_of_ergo(self):
        """Its own file, with keys of SCRAM: the password is good as it is."""
        salt, rounds = b"0123456789abcdef", 4096
        salted = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, rounds)
        stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
        texts = {name: base64.b64encode(part).decode() for name, part in (
            ("Salt", salt), ("StoredKey", stored),
            ("ServerKey", hmac.digest(salted, b"Server Key", "sha256")))}
        file = self.service.folder / "ircd.db"
        file.write_bytes(b"".join(command(*words) for words in (
            ("set", "account.exists ann", "1"), ("set", "account.name ann", "Ann"),
            ("set", "account.verified ann", "1"),
            ("set", "account.credentials ann", json.dumps({"Version": 1, "Iters": rounds, **texts})),
            ("set", "1 AAAA", json.dumps({"Name": "#tea", "Founder": "ann", "Topic": "Green?",
                                          "Modes": [110, 116], "AccountToUMode": {}})))))
        self.assertEqual(self.service.stop(), 0)
        self.assertIn("would be taken over: 1 accounts, 1 channels", self.take_over("--dry-run", file=file))
        self.assertIn("done", self.take_over(file=file))
        self.service.start()
        ann = log_in(self.service, "Ann")
        self.addCleanup(ann.close)
        ann.send("JOIN #tea")
        ann.expect(" MODE #tea +q Ann")
        ann.expect(" 332 Ann #tea :Green?")
        ann.expect(" 333 Ann #tea Ann ")


if __name__ == "__main__":
    tap.main()
