#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What was acknowledged is in the history, whatever happens to chatd; and nothing is in it twice."""

import random
import signal
import sqlite3
import unittest

import server_config
import stream
import tap
from service import Client, Service, wait_until

ROUNDS = 50
SENDERS = 4
IN_FLIGHT = 16


def stored_texts(service):
    database = sqlite3.connect(f"file:{service.folder}/state/history.db?mode=ro", uri=True)
    try:
        return [row[0] for row in database.execute("SELECT text FROM message WHERE said = 1")]
    finally:
        database.close()


class Sender(stream.Stream):
    """Somebody who is acknowledged by the echo, or every other one by ACK."""

    def __init__(self, service, number, round_number):
        caps = "batch message-tags labeled-response" + (" echo-message" if number % 2 == 0 else "")
        super().__init__(Client(service, f"sender{number}", caps=caps), IN_FLIGHT)
        self.client.send("JOIN #stream")
        self.client.expect(" 366 ")
        self.prefix = f"r{round_number}s{number}n"

    def next_command(self, number):
        return f"PRIVMSG #stream :{self.prefix}{number}"

    def acknowledged_texts(self):
        return {f"{self.prefix}{number}" for number in range(self.acknowledged)}


class Order(unittest.TestCase):
    def test_a_question_stands_before_its_answer(self):
        """The echo waits for the disk; who answers sooner waits behind it."""
        service = Service()
        self.addCleanup(service.close)
        anna = Client(service, "anna", caps="echo-message")
        bert = Client(service, "bert")
        for client in (anna, bert):
            client.send("JOIN #x")
            client.expect(" 366 ")
        for number in range(30):
            anna.send(f"PRIVMSG #x :question {number}")
            bert.expect(f":question {number}")
            bert.send(f"PRIVMSG #x :answer {number}")
            story = []
            while not story or "answer" not in story[-1]:
                story.append(anna.expect("PRIVMSG"))
            self.assertIn(f":question {number}", story[0])
            self.assertIn(f":answer {number}", story[1])


class Kill(unittest.TestCase):
    def test_acknowledged_is_stored_once(self):
        service = Service(server_config.merged(server_config.UNLIMITED, {
            "history": {"channel_messages": 0}}), start=False)
        self.addCleanup(service.close)
        dice = random.Random(4)
        acknowledged = set()
        for round_number in range(ROUNDS):
            service.start()
            senders = [Sender(service, number, round_number) for number in range(SENDERS)]
            stream.run(service, senders, dice.randrange(1, 150))
            self.assertEqual(service.stop(signal.SIGKILL), -signal.SIGKILL)
            for sender in senders:
                sender.take_rest()
                acknowledged |= sender.acknowledged_texts()
            texts = stored_texts(service)
            self.assertEqual(len(texts), len(set(texts)), "stored twice")
            self.assertEqual(acknowledged - set(texts), set(), "acknowledged, but not stored")
        self.assertGreater(len(acknowledged), ROUNDS)


class BrokenDisk(unittest.TestCase):
    def test_what_is_not_stored_is_not_acknowledged(self):
        service = Service(server_config.UNLIMITED)
        self.addCleanup(service.close)
        anna = Client(service, "anna", caps="batch echo-message labeled-response standard-replies")
        bob = Client(service, "bob")
        for client in (anna, bob):
            self.addCleanup(client.close)
            client.send("JOIN #tea")
            client.expect(" 366 ")
        anna.send("PRIVMSG #tea :before")
        anna.expect(" PRIVMSG #tea :before")
        thief = sqlite3.connect(service.folder / "state" / "history.db", isolation_level=None)
        thief.execute("BEGIN IMMEDIATE")
        anna.send("PRIVMSG #tea :lost", "PING after")
        bob.expect(" PRIVMSG #tea :lost")
        answers = []
        while not answers or " PONG " not in answers[-1]:
            answers.append(anna.receive())
        thief.execute("ROLLBACK")
        thief.close()
        self.assertIn("FAIL PRIVMSG NOT_STORED", answers[0])
        self.assertEqual(len(answers), 2)
        anna.send("PRIVMSG #tea :found")
        anna.expect(" PRIVMSG #tea :found")
        self.assertEqual([text for text in stored_texts(service)], ["before", "found"])
        self.assertIn("HISTORY_NOT_STORED", service.log_text())


if __name__ == "__main__":
    tap.main()
