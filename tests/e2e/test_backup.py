# SPDX-License-Identifier: MIT
"""One command backs up a running service, one puts the back-up in place."""

import json
import os
import subprocess
import unittest

import chatctl
import tap
from service import Client, Service


class BackupTest(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)

    def ctl(self, *words, status=0):
        code, out, err = chatctl.run(self.service.control, *words)
        self.assertEqual(code, status, f"{words}: {out}{err}")
        return out if status == 0 else err

    def describe(self, text):
        self.ctl("config", "set", f"service.description={text}")

    def restore(self, name, status=0):
        done = subprocess.run(
            [self.service.chatd, "--config", self.service.folder / "chatd.conf", "--state-dir",
             self.service.folder / "state", "--runtime-dir", self.service.folder / "runtime", "--restore", name],
            capture_output=True, text=True, timeout=chatctl.PATIENCE, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_back_up_and_restore(self):
        client = Client(self.service, "anna")
        self.describe("before")
        answer = json.loads(self.ctl("--json", "service", "backup", "--name", "mine"))
        self.assertEqual(answer["path"], str(self.service.folder / "state/backups/mine"))
        self.assertGreater(answer["bytes"], 4096)
        client.barrier()
        client.close()
        kept = self.ctl("config", "history")
        self.describe("after")
        # Not over the head of a service that runs.
        self.assertIn("the service runs", self.restore("mine", 1))
        self.assertEqual(self.service.stop(), 0)
        said = self.restore("mine")
        self.assertIn("what was there before is in", said)
        self.assertIn("description = before", (self.service.folder / "chatd.conf").read_text())
        self.service.start()
        self.assertEqual(self.ctl("config", "history"), kept)
        Client(self.service, "anna").close()
        aside = said.split()[-1]
        with open(f"{aside}/config/chatd.conf", encoding="utf-8") as file:
            self.assertIn("description = after", file.read())

    def test_newest_are_kept(self):
        for number in range(4):
            self.ctl("service", "backup", "--name", f"number-{number}", "--keep", "2")
        self.assertEqual(sorted(os.listdir(self.service.folder / "state/backups")), ["number-2", "number-3"])
        self.assertIn("there is a backup", self.ctl("service", "backup", "--name", "number-3", status=1))
        self.assertIn("letters", self.ctl("service", "backup", "--name", "../out", status=1))
        self.assertFalse((self.service.folder / "state/out").exists())

    def test_name_of_its_own(self):
        path = json.loads(self.ctl("--json", "service", "backup"))["path"]
        self.assertRegex(path, r"/\d{8}T\d{6}Z$")
        audit = self.ctl("audit", "list")
        self.assertIn("service.backup", audit)
        self.assertIn(path, audit)

    def test_restore_refuses(self):
        self.assertEqual(self.service.stop(), 0)
        database = (self.service.folder / "state/chatd.db").read_bytes()
        self.assertIn("nothing was changed", self.restore("missing", 1))
        self.assertIn("is no backup", self.restore(str(self.service.folder), 1))
        self.assertEqual((self.service.folder / "state/chatd.db").read_bytes(), database)


if __name__ == "__main__":
    tap.main()
