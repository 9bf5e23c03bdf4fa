#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Clients that cannot ask for the history: what they missed is sent to each device, nothing of it is
lost, and nothing is sent twice while somebody speaks all the time."""

import re
import select
import signal
import unittest

import server_config
import tap
from accounts import PASSWORD, log_in, registered
from service import Client, Service
from terminal import irssi

ROUNDS = 12


def device(service, login):
    """A client of anna's on that device; what it missed is still to come."""
    return log_in(service, "anna", login, settled=False)


def numbers(lines):
    """Of the lines "n<number>", whatever stands before that."""
    found = (re.search(r"PRIVMSG #tea :(?:\[[^]]*\] )?n(\d+)$", line) for line in lines)
    return [int(match[1]) for match in found if match]


class Bounds(unittest.TestCase):
    def tea(self):
        """A service, anna's client who is always there, and bea, in one channel."""
        service = Service(server_config.UNLIMITED)
        self.addCleanup(service.close)
        keeper = registered(service, "anna", "JOIN #tea")
        speaker = Client(service, "bea")
        speaker.send("JOIN #tea")
        speaker.expect(" 366 ")
        return service, keeper, speaker

    def comes_and_goes(self, patient):
        """What a device got in all its visits, and the newest before each of them."""
        service, keeper, speaker = self.tea()
        said, got, newest = 0, [], []
        for _ in range(ROUNDS):
            phone = device(service, "anna@phone")
            phone.expect(" 366 anna #tea")
            if said and patient:
                phone.expect(f"n{said - 1}")
            for number in range(40):
                if number == 20:
                    phone.send("QUIT")
                speaker.send(f"PRIVMSG #tea :n{said + number}")
            said += 40
            phone.expect_end()
            newest.append(got[-1] if got else 0)
            got += numbers(phone.lines)
            speaker.barrier()
            phone.close()
        phone = device(service, "anna@phone")
        phone.expect(f"n{said - 1}")
        phone.barrier()
        newest.append(got[-1])
        got += numbers(phone.lines)
        self.assertEqual(set(got), set(range(said)))
        for client in (phone, keeper, speaker):
            client.close()
        return got, newest

    def test_nothing_lost(self):
        """Whoever goes before he was told what he missed has it still to come."""
        self.comes_and_goes(patient=False)

    def test_nothing_twice(self):
        """But for what was said in the millisecond in which it left."""
        got, newest = self.comes_and_goes(patient=True)
        doubled = [number for index, number in enumerate(got) if number in got[:index]]
        self.assertTrue(all(any(before - 20 < number <= before for before in newest)
                            for number in doubled), doubled)

    def test_live_lines_beside_the_replay(self):
        """Each line once, while it comes and while others are said."""
        service, keeper, speaker = self.tea()
        phone = device(service, "anna@phone")
        phone.expect(" 366 anna #tea")
        phone.send("QUIT")
        phone.expect_end()
        phone.close()
        said = 0
        for _ in range(ROUNDS):
            start = said
            for _ in range(30):
                speaker.send(f"PRIVMSG #tea :n{said}")
                said += 1
            keeper.barrier()
            speaker.barrier()
            phone = device(service, "anna@phone")
            # The service is reading what was missed while these are said.
            while not select.select([phone.socket], [], [], 0)[0] and said < start + 60:
                speaker.send(f"PRIVMSG #tea :n{said}")
                said += 1
            speaker.send(f"PRIVMSG #tea :n{said}")
            said += 1
            phone.expect(f"n{said - 1}")
            speaker.barrier()
            while not set(numbers(phone.lines)) >= set(range(start, said)):
                phone.expect("PRIVMSG #tea")
            phone.barrier()
            got = sorted(numbers(phone.lines))
            # The newest before that may have been said in the millisecond in which it left.
            self.assertEqual([number for number in got if number >= start],
                             list(range(start, said)))
            self.assertGreater(got[0], start - 5)
            phone.send("QUIT")
            phone.expect_end()
            phone.close()
        keeper.close()
        speaker.close()


class People(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)
        registered(self.service, "anna", "PERSISTENCE SET ON", "JOIN #tea").close()
        self.bea = Client(self.service, "bea", caps="away-notify")
        self.addCleanup(self.bea.close)
        self.bea.send("JOIN #tea")
        self.bea.expect(" 366 ")

    def come(self, login):
        client = irssi(self.service, "anna", login=(login, PASSWORD))
        self.addCleanup(client.close)
        client.wait_for("[Act:")
        client.type("/window goto #tea")
        client.wait_for("2:here/#tea")
        return client

    def test_irssi_comes_back(self):
        """What its device missed, in the channel and from who wrote to it, and not what the other
        device missed."""
        desk = self.come("anna@desk")
        self.bea.send("PRIVMSG #tea :seen by the desk")
        desk.wait_for("bea>", "seen by the desk")
        desk.type("/quit")
        self.bea.expect(" AWAY :")
        self.bea.send("PRIVMSG #tea :while the desk is off", "PRIVMSG anna :just for you")
        self.bea.expect(" 301 ")
        desk = self.come("anna@desk")
        desk.wait_for("bea>", "while the desk is off")
        desk.type("/window 3")
        desk.wait_for("bea", "just for you")
        desk.type("/window 2")
        desk.wait_for("while the desk is off")
        self.assertNotIn("seen by the desk", desk.screen())
        # Nobody is sent it again by what comes after.
        self.bea.send("PRIVMSG #tea :now")
        desk.wait_for("bea>", "now")
        self.assertEqual(desk.screen().count("while the desk is off"), 1)

    def test_after_a_kill(self):
        """A device that was here when the service died gets what was said after it came."""
        desk = device(self.service, "anna@desk")
        desk.barrier()
        self.bea.send("PRIVMSG #tea :before the end")
        desk.expect("before the end")
        # What the store was given is on the disk when this is.
        registered(self.service, "other").close()
        self.service.stop(signal.SIGKILL)
        desk.close()
        self.service.start()
        bea = Client(self.service, "bea")
        self.addCleanup(bea.close)
        bea.send("JOIN #tea", "PRIVMSG #tea :after the start")
        bea.barrier()
        desk = device(self.service, "anna@desk")
        self.addCleanup(desk.close)
        self.assertRegex(desk.expect("PRIVMSG #tea :"), r":\[\d\d:\d\d:\d\dZ\] before the end$")
        self.assertRegex(desk.expect("PRIVMSG #tea :"), r":\[\d\d:\d\d:\d\dZ\] after the start$")


if __name__ == "__main__":
    tap.main()
