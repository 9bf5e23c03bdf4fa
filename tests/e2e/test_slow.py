#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A client that reads slowly and asks for more than its send queue holds (SAFELIST), and one that never reads."""

import os
import re
import signal
import socket
import time
import unittest

import server_config
import tap
from service import Client, Service, wait_until

PASSWORD = ("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
            "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")  # of "pencil"
SENDQ = 65536
CHANNELS = 6000
MAKERS = 12
PIECE = 16384  # bytes that the slow client reads at once
TOPIC = "t" * 380


def lists_that_fill():
    """So many that the kernel's buffers do not hold them."""
    with open("/proc/sys/net/ipv4/tcp_wmem", encoding="ascii") as file:
        return 2 + int(file.read().split()[2]) // (CHANNELS * len(TOPIC))


class Slow(unittest.TestCase):
    def setUp(self):
        """A sanitizer that keeps what was freed is not to be taken for the service."""
        before = os.environ.get("ASAN_OPTIONS", "")
        os.environ["ASAN_OPTIONS"] = ":".join(filter(None, [before, "quarantine_size_mb=1"]))
        self.addCleanup(os.environ.__setitem__, "ASAN_OPTIONS", before)

    def start(self, io_threads=0):
        service = Service(server_config.merged(server_config.UNLIMITED, {
            "service": {"io_threads": io_threads},
            "limits": {"sendq": SENDQ, "user_channels": 1000, "list_delay": "0s"},
            "operator boss": {"password": PASSWORD}}))
        self.addCleanup(service.close)
        return service

    def client(self, service, nick, **options):
        client = Client(service, nick, **options)
        self.addCleanup(client.close)
        return client

    def slow_client(self, service, nick, caps=""):
        """With as little room on its side as there may be."""
        slow = Client.__new__(Client)
        slow.nick, slow.rest, slow.lines = nick, b"", []
        slow.socket = socket.socket()
        slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.socket.settimeout(20)
        slow.socket.connect(("127.0.0.1", service.port))
        self.addCleanup(slow.close)
        slow.register(caps)
        return slow

    def make_channels(self, service):
        share = CHANNELS // MAKERS
        for maker in range(MAKERS):
            client = self.client(service, f"maker{maker}")
            for number in range(maker * share, (maker + 1) * share):
                client.send(f"JOIN #c{number}", f"TOPIC #c{number} :{number} {TOPIC}")
                if number % 50 == 49:
                    client.barrier()
            client.barrier()

    def memory(self, service):
        for line in open(f"/proc/{service.process.pid}/status", encoding="ascii"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise AssertionError("no VmRSS")

    def unsent(self, boss, nick):
        """What waits in the send queue of a user, as STATS l tells it."""
        boss.send(f"STATS l {nick}")
        found = 0
        while " 219 " not in (line := boss.receive()):
            if " 211 " in line:
                found = int(line.split(" ")[4])
        return found

    def standing_queue(self, boss, nick):
        """What waits once nothing goes any more: what the kernel did not take of the last part of a list. The next
        part comes when an eighth of the queue is left."""
        seen = []

        def stands():
            seen.append(self.unsent(boss, nick))
            return seen[-1] > SENDQ // 8 and seen[-3:] == [seen[-1]] * 3
        wait_until(stands, "the queue to stand")
        return seen[-1]

    def read_all(self, slow, boss, end):
        """In pieces, with others served in between; returns all of it and the most that waited meanwhile."""
        got, most = b"", 0
        while end not in got[-PIECE - 100:]:
            piece = slow.socket.recv(PIECE)
            self.assertNotEqual(piece, b"", got[-300:])
            got += piece
            if len(got) // PIECE % 8 == 0:
                began = time.monotonic()
                most = max(most, self.unsent(boss, slow.nick))
                self.assertLess(time.monotonic() - began, 5)
        return got.decode(), most

    def assert_complete(self, text, lists):
        numbers = [int(number) for number in re.findall(rf" 322 slow #c\d+ \d+ :(\d+) {TOPIC}\r\n", text)]
        self.assertEqual(sorted(numbers), sorted(list(range(CHANNELS)) * lists))
        self.assertEqual(text.count(" 323 "), lists)
        self.assertNotIn(" 416 ", text)

    def slow_list(self, io_threads):
        service = self.start(io_threads)
        self.make_channels(service)
        boss = self.client(service, "boss")
        boss.send("OPER boss pencil")
        boss.expect(" 381 ")
        slow = self.slow_client(service, "slow")
        before = self.memory(service)
        lists = lists_that_fill()
        slow.send(*["LIST"] * lists, "PING all")
        wait_until(lambda: self.unsent(boss, "slow") > 0, "the queue to fill")
        text, most = self.read_all(slow, boss, b"PONG chatd.localhost :all\r\n")
        self.assert_complete(text, lists)
        self.assertGreater(len(text), 20 * SENDQ)
        self.assertLessEqual(most, SENDQ)
        # Far less than what it was told.
        self.assertLess(self.memory(service) - before, 8 << 20)
        self.assertNotIn("SendQ", service.log_text())
        self.assertNotIn("Send queue", service.log_text())
        return service, boss, slow

    def test_list(self):
        self.slow_list(0)

    def test_list_with_threads(self):
        self.slow_list(2)

    def test_another_queue(self):
        """A larger send queue holds for who is connected already, too: an answer is reckoned by it."""
        service = self.start()
        self.make_channels(service)
        slow, boss = self.slow_client(service, "slow"), self.client(service, "boss")
        boss.send("OPER boss pencil")
        boss.expect(" 381 ")
        path = service.folder / "chatd.conf"
        path.write_text(path.read_text().replace(f"sendq = {SENDQ}", f"sendq = {20 * SENDQ}"))
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "are in force" in service.log_text(), "the reload")
        lists = lists_that_fill()
        slow.send(*["LIST"] * lists, "PING all")
        wait_until(lambda: self.unsent(boss, "slow") > 2 * SENDQ, "the queue to fill")
        text, most = self.read_all(slow, boss, b"PONG chatd.localhost :all\r\n")
        self.assert_complete(text, lists)
        self.assertLessEqual(most, 20 * SENDQ)

    def test_many_questions_at_once(self):
        """One answer after the other, each whole; under a label too."""
        service = self.start()
        self.make_channels(service)
        boss = self.client(service, "boss")
        boss.send("OPER boss pencil")
        boss.expect(" 381 ")
        for number in range(300):
            boss.send(f"PRIVMSG #c0 :{number}") if number else boss.send("JOIN #c0")
        boss.barrier()
        slow = self.slow_client(service, "slow", "batch labeled-response draft/chathistory")
        slow.send("JOIN #c0", "@label=one LIST", "NAMES #c0", "WHO *", "CHATHISTORY LATEST #c0 * 100",
                  "STATS u", "LIST", "CHATHISTORY LATEST #c0 * 100", "NAMES #c0,#c1", "PING all")
        text, most = self.read_all(slow, boss, b"PONG chatd.localhost :all\r\n")
        self.assert_complete(text, 2)
        self.assertLessEqual(most, SENDQ)
        self.assertEqual(text.count("@label=one :chatd.localhost BATCH +"), 1)
        reference = text.split(" labeled-response")[0].rsplit("+", 1)[1]
        self.assertEqual(text.count(f"@batch={reference} "), CHANNELS + 2)
        self.assertEqual(text.count(f"BATCH -{reference}\r\n"), 1)
        self.assertEqual(text.count(" PRIVMSG #c0 :"), 200)
        self.assertEqual(text.count(" 352 "), MAKERS + 2)
        self.assertEqual(text.count(" 315 "), 1)
        self.assertEqual(text.count(" 366 "), 3)

    def test_who_never_reads(self):
        """He asks, waits, and goes when what others say has no room any more; they are told."""
        service = self.start()
        self.make_channels(service)
        boss, talker = self.client(service, "boss"), self.client(service, "talker")
        boss.send("OPER boss pencil", "JOIN #c0")
        boss.expect(" 366 ")
        deaf = self.slow_client(service, "deaf")
        deaf.send("JOIN #c0", *["LIST"] * lists_that_fill())
        boss.expect(" JOIN #c0")
        held = self.standing_queue(boss, "deaf")
        boss.barrier()
        self.assertEqual(self.unsent(boss, "deaf"), held)  # the list waits for him
        before = self.memory(service)
        text = "x" * 400
        for _ in range(SENDQ // 400):
            talker.send(f"PRIVMSG deaf :{text}")
        talker.barrier()
        quit_line = boss.expect(":deaf!")
        while " QUIT " not in quit_line:
            quit_line = boss.expect(":deaf!")
        self.assertIn("SendQ exceeded", quit_line)
        self.assertLess(self.memory(service) - before, 16 << 20)
        talker.send("WHOIS deaf")
        talker.expect(" 401 ")


if __name__ == "__main__":
    tap.main()
