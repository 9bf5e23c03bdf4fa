#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What must be the same, or used up, after a restart."""

import base64
import unittest

import tap
from accounts import PASSWORD, register, totp_code
from service import Client, Service


class Secrets(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)

    def client(self, nick):
        client = Client(self.service, nick)
        self.addCleanup(client.close)
        return client

    def restart(self):
        self.service.stop()
        self.service.start()

    def test_a_code_is_good_once_also_over_a_restart(self):
        register(self.service, "anna")
        anna = self.client("anna")
        anna.send(f"NS IDENTIFY anna {PASSWORD}")
        anna.expect("logged in as anna")
        anna.send("NS TOTP NEW")
        secret = anna.expect("Secret: ").split("Secret: ")[1]
        anna.send(f"NS TOTP ON {totp_code(secret)}")
        anna.expect("From now on")
        # The next one is good already.
        line = f"NS IDENTIFY anna {PASSWORD}:{totp_code(secret, 1)}"
        bea = self.client("bea")
        bea.send(line)
        bea.expect("logged in as anna")
        self.restart()
        eve = self.client("eve")
        eve.send(line)
        eve.expect("code behind the password is missing or wrong")

    def salt(self, name):
        client = Client(self.service, "asker", register=False)
        self.addCleanup(client.close)
        first = base64.b64encode(f"n,,n={name},r=abcdefgh".encode()).decode()
        client.send("CAP REQ :sasl", "AUTHENTICATE SCRAM-SHA-256")
        client.expect("AUTHENTICATE +")
        client.send(f"AUTHENTICATE {first}")
        challenge = client.expect("AUTHENTICATE ").rsplit(" ", 1)[1]
        client.close()
        return base64.b64decode(challenge).decode().split(",")[1]

    def test_salts_of_nobody_survive_a_restart(self):
        before = [self.salt(name) for name in ("nobody", "Nobody", "noone")]
        self.assertEqual(before[0], before[1])
        self.assertNotEqual(before[0], before[2])
        key = self.service.folder / "state" / "decoy.key"
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        self.restart()
        self.assertEqual([self.salt(name) for name in ("nobody", "Nobody", "noone")], before)


if __name__ == "__main__":
    tap.main()
