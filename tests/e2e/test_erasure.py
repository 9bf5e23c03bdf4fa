#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""An account that is erased is gone from the files: what it said, what was said to it, its name."""

import signal
import sqlite3
import unittest

import server_config
import tap
from service import Client, Service, wait_until

LINES = 1300  # three slices
MANY = 6000
NAME = "annalisa"
PASSWORD = "long-enough"


def number(service, name, sql):
    database = sqlite3.connect(f"file:{service.folder}/state/{name}.db?mode=ro", uri=True)
    try:
        return database.execute(sql).fetchone()[0]
    finally:
        database.close()


def holders(service, *words):
    """Files of the state that hold one of the words."""
    return [path.name for path in (service.folder / "state").iterdir() if path.is_file() and
            any(word.encode() in path.read_bytes() for word in words)]


def register(client):
    client.send(f"PRIVMSG NickServ :REGISTER {PASSWORD}")
    client.expect("Account successfully registered")


def say(client, target, word, count):
    for first in range(0, count, 100):
        client.send(*(f"PRIVMSG {target} :{word}{index}" for index in range(first, first + 100)))
        client.barrier()


class Erasure(unittest.TestCase):
    def setUp(self):
        self.service = Service(server_config.merged(server_config.UNLIMITED, {
            "history": {"channel_messages": 0}}))
        self.addCleanup(self.service.close)

    def live(self, anna, bob):
        """Leaves a trace wherever one can be left."""
        for client in (anna, bob):
            register(client)
            client.send("JOIN #zimmer")
            client.expect(" 366 ")
        anna.send("MODE #zimmer +b *!*@zyxbanned", "TOPIC #zimmer :a topic")
        anna.expect(" TOPIC #zimmer ")
        anna.send("PRIVMSG ChanServ :REGISTER #zimmer")
        anna.expect("ChanServ")
        anna.send("PRIVMSG ChanServ :SET #zimmer successor bob")
        anna.expect("ChanServ")
        anna.send("SILENCE +*!*@zyxsilenced", "MARKREAD #zimmer timestamp=2026-01-01T00:00:00.000Z",
                  "PRIVMSG NickServ :SET EMAIL zyxmail@example.org")
        anna.expect("The e-mail address is changed")
        say(anna, "#zimmer", "zyxsaid", LINES)
        anna.send("PRIVMSG bob :zyxtold")
        bob.expect("zyxtold")
        bob.send(f"PRIVMSG {NAME} :zyxanswer", "PRIVMSG #zimmer :staysbob")
        anna.expect("staysbob")

    def test_files_hold_nothing(self):
        service = self.service
        anna, bob = Client(service, NAME), Client(service, "bob")
        self.live(anna, bob)
        again = Client(service, "other")
        again.send(f"PRIVMSG NickServ :IDENTIFY {NAME} {PASSWORD}", "JOIN #zimmer")
        again.expect(" 366 ")
        anna.send("MODE #zimmer +q bob")
        bob.expect("+q bob")
        # Named behind another, in a line that is not hers.
        bob.send("KICK #zimmer other", f"MODE #zimmer +vv bob {NAME}")
        bob.expect(f"+vv bob {NAME}")
        again.send("QUIT")
        again.expect_end()
        anna.send("NICK somebody")
        anna.expect("NICK somebody")
        wait_until(lambda: "history.db" in " ".join(holders(service, "zyxsaid1")), "the words")
        anna.send(f"PRIVMSG NickServ :ERASE {NAME} wrong")
        anna.expect("The password is wrong")
        anna.send(f"PRIVMSG NickServ :ERASE {NAME} {PASSWORD}")
        anna.expect("is gone")
        wait_until(lambda: number(service, "chatd", "SELECT count(*) FROM erasure") == 0,
                   "the end of the erasure")
        wait_until(lambda: not holders(service, "zyxsaid", "zyxtold", "zyxanswer", "zyxmail",
                                       "zyxsilenced", NAME), "the files to be rid of her")
        self.assertEqual(number(service, "history", "SELECT count(*) FROM message WHERE text = "
                                "'staysbob'"), 1)
        bob.send("TOPIC #zimmer", "MODE #zimmer b", f"WHOWAS {NAME}", "WHOWAS other")
        self.assertIn("chatd.localhost", bob.expect(" 333 "))
        self.assertIn("chatd.localhost", bob.expect(" 367 "))
        bob.expect(" 406 ")
        bob.expect(" 406 ")
        bob.send("PRIVMSG ChanServ :INFO #zimmer")
        self.assertIn("bob", bob.expect("ounder"))
        self.assertEqual(number(service, "chatd", "SELECT who = object FROM audit WHERE method = "
                                "'ERASE'"), 1)

    def test_survives_a_kill(self):
        service = self.service
        anna = Client(service, NAME)
        register(anna)
        anna.send("JOIN #zimmer")
        anna.expect(" 366 ")
        say(anna, "#zimmer", "zyxsaid", MANY)
        count = "SELECT count(*) FROM message WHERE text LIKE 'zyx%'"
        wait_until(lambda: number(service, "history", count) == MANY, "all to be stored")
        anna.send(f"PRIVMSG NickServ :ERASE {NAME} {PASSWORD}")
        wait_until(lambda: 0 < number(service, "history", count) < MANY, "the first slice")
        service.stop(signal.SIGKILL)
        self.assertGreater(number(service, "history", count), 0)
        self.assertEqual(number(service, "chatd", "SELECT count(*) FROM erasure"), 1)
        self.assertEqual(number(service, "chatd", "SELECT count(*) FROM account"), 0)
        service.start()
        wait_until(lambda: number(service, "chatd", "SELECT count(*) FROM erasure") == 0,
                   "the end of the erasure")
        self.assertEqual(number(service, "history", count), 0)
        wait_until(lambda: not holders(service, "zyxsaid"), "the file to be rid of it")


if __name__ == "__main__":
    tap.main()
