#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Users who stay without a client: what they were told is on the disk, whatever happens to chatd, and
the channels they stay in come back as they were."""

import contextlib
import random
import signal
import sqlite3
import unittest

import server_config
import stream
import tap
from accounts import log_in, password_hash, register
from control import Console
from service import Client, Service, wait_until

ROUNDS = 25
PEOPLE = 4
IN_FLIGHT = 8
ROOMS = 6


def read(service, sql, *values):
    database = sqlite3.connect(f"file:{service.folder}/state/chatd.db?mode=ro", uri=True)
    with contextlib.closing(database):
        return database.execute(sql, values).fetchall()


class State:
    """What a user is: nick, away, modes, channels with their topics (None: none yet)."""

    def __init__(self, nick, away="", modes="", rooms=None):
        self.nick, self.away, self.modes, self.rooms = nick, away, modes, dict(rooms or {})

    def copy(self):
        return State(self.nick, self.away, self.modes, self.rooms)

    def apply(self, command):
        """What the user is after the command; another one."""
        after = self.copy()
        word, *rest = command.split(" ")
        if word == "JOIN":
            after.rooms[rest[0]] = None
        elif word == "PART":
            del after.rooms[rest[0]]
        elif word == "TOPIC":
            after.rooms[rest[0]] = rest[1][1:]
        elif word == "NICK":
            after.nick = rest[0]
        elif word == "AWAY":
            after.away = rest[0][1:]
        elif word == "MODE":
            after.modes = "i" if rest[1] == "+i" else ""
        return after

    def person(self):
        return (self.nick, self.away, self.modes, sorted(self.rooms))

    def __repr__(self):
        return repr((self.person(), self.rooms))


def stored(service, account):
    """As it is on the disk now, and the topics of the channels there."""
    rows = read(service, "SELECT nick, away, modes FROM presence JOIN account ON id = account "
                "WHERE account.name = ?", account)
    rooms = read(service, "SELECT channel, topic FROM presence_seat JOIN account ON id = account "
                 "LEFT JOIN registered_channel AS r ON r.name_folded = channel WHERE account.name = ?", account)
    return State(*rows[0], {name: topic or None for name, topic in rooms})


class Stayer(stream.Stream):
    """A user who stays and changes something as fast as the changes are acknowledged."""

    def __init__(self, service, account, before, dice):
        self.account, self.dice = account, dice
        super().__init__(log_in(service, before.nick, login=account, caps="labeled-response batch"),
                         IN_FLIGHT)
        # One client that is at it: nobody is away by himself.
        self.states = [State(before.nick, "", before.modes, before.rooms)]

    def next_command(self, number):
        command = self.choose(number + 1)
        self.states.append(self.states[-1].apply(command))
        return command

    def choose(self, number):
        """One that changes something."""
        now = self.states[-1]
        kind = self.dice.choice(("JOIN", "JOIN", "PART", "TOPIC", "TOPIC", "NICK", "AWAY", "MODE"))
        room = f"#{self.account}-{self.dice.randrange(ROOMS)}"
        if kind == "NICK":
            return f"NICK {self.account}n{number}"
        if kind == "AWAY":
            return f"AWAY :away{number}"
        if kind == "MODE":
            return f"MODE {now.nick} {'-i' if now.modes else '+i'}"
        if room not in now.rooms:
            return f"JOIN {room}"
        return f"PART {room}" if kind == "PART" else f"TOPIC {room} :topic{number}"

    def explains(self, found):
        """Is what was found one of the states from the last acknowledged one on? A channel that is
        being left may be gone already."""
        for number in range(self.acknowledged, len(self.states)):
            state = self.states[number]
            leaving = {command.split(" ")[1] for command in self.commands[self.acknowledged:]
                       if command.startswith("PART ")}
            if state.person() == found.person() and all(
                    found.rooms[name] == topic or name in leaving
                    for name, topic in state.rooms.items()):
                return True
        return False


class Kill(unittest.TestCase):
    def test_acknowledged_is_stored(self):
        service = Service(server_config.merged(server_config.UNLIMITED, {
            "accounts": {"registrations": 1000}}))
        self.addCleanup(service.close)
        dice = random.Random(4)
        names = [f"stay{number}" for number in range(PEOPLE)]
        for name in names:
            register(service, name, "PERSISTENCE SET ON")
        acknowledged = 0
        for _ in range(ROUNDS):
            before = {name: stored(service, name) for name in names}
            stayers = [Stayer(service, name, before[name], dice) for name in names]
            stream.run(service, stayers, dice.randrange(1, 120))
            self.assertEqual(service.stop(signal.SIGKILL), -signal.SIGKILL)
            for stayer in stayers:
                stayer.take_rest()
                acknowledged += stayer.acknowledged
                found = stored(service, stayer.account)
                self.assertTrue(stayer.explains(found), (
                    found, stayer.acknowledged, stayer.commands, stayer.states[stayer.acknowledged:]))
            service.start()
            self.check_returned(service, [stored(service, name) for name in names])
        self.assertGreater(acknowledged, 2 * ROUNDS)

    def check_returned(self, service, states):
        """Everybody is where the disk says."""
        watcher = Client(service, "watcher")
        for state in states:
            for name, topic in state.rooms.items():
                watcher.send(f"NAMES {name}", f"TOPIC {name}")
                self.assertIn(f"@{state.nick}" if not state.modes else " 366 ",
                              watcher.expect(f" {'353' if not state.modes else '366'} "))
                if topic:
                    watcher.expect(f" 332 watcher {name} :{topic}")
        watcher.barrier()
        watcher.send("QUIT")
        watcher.expect_end()
        watcher.close()


class Held(unittest.TestCase):
    """Channels that nobody registered."""

    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)
        register(self.service, "anna", "PERSISTENCE SET ON")

    def client(self, nick, caps=""):
        client = Client(self.service, nick, caps=caps)
        self.addCleanup(client.close)
        return client

    def rows(self):
        return [name for name, in read(self.service, "SELECT name FROM registered_channel ORDER BY name")]

    def test_comes_back_as_it_was(self):
        anna = log_in(self.service, "anna", caps="draft/metadata-2")
        self.addCleanup(anna.close)
        anna.send("JOIN #tea", "TOPIC #tea :Green or black?", "MODE #tea +klmb secret 20 *!*@evil.example",
                  "MODE #tea +eI good!*@* ~a:bob", "MODE #tea -b *!*@evil.example",
                  "MODE #tea +b *!*@worse.example", "METADATA #tea SET url :https://tea.example/")
        anna.barrier()
        bob = self.client("bob")
        bob.send("JOIN #tea secret", "JOIN #other")
        bob.barrier()
        self.service.stop(signal.SIGKILL)
        self.service.start()
        watcher = self.client("watcher", caps="draft/metadata-2")
        watcher.send("JOIN #tea")
        watcher.expect(" 475 ")
        watcher.send("JOIN #tea secret", "MODE #tea", "MODE #tea +b", "METADATA #tea GET url", "LIST")
        watcher.expect(" 332 watcher #tea :Green or black?")
        self.assertIn("@anna", watcher.expect(" 353 "))
        watcher.expect(" 324 watcher #tea +klmnt secret 20")
        self.assertIn("*!*@worse.example anna!", watcher.expect(" 367 "))
        watcher.expect(" 368 ")
        watcher.expect("https://tea.example/")
        watcher.expect(" 323 ")
        self.assertFalse([line for line in watcher.lines if " 322 watcher #other" in line])
        self.assertEqual(self.rows(), ["#tea"])
        self.assertEqual(read(self.service, "SELECT kind, mask FROM channel_list_entry ORDER BY kind"),
                         [("I", "~a:bob"), ("b", "*!*@worse.example"), ("e", "good!*@*")])

    def test_goes_with_the_last(self):
        anna = log_in(self.service, "anna")
        self.addCleanup(anna.close)
        bob = self.client("bob")
        anna.send("JOIN #a,#b,#c,#d,#e")
        anna.barrier()
        bob.send("JOIN #b,#c,#d")
        bob.barrier()
        self.assertEqual(self.rows(), ["#a", "#b", "#c", "#d", "#e"])
        anna.send("PART #a", "PART #b", "MODE #c +o bob")
        anna.barrier()
        bob.send("KICK #c anna", "PING done")
        bob.expect("done")
        bob.barrier()
        # Nobody waits for what is no longer kept.
        wait_until(lambda: self.rows() == ["#d", "#e"], "only the channels he is in to be held")
        # Not to stay any more: what he holds is stored no longer, though he and others are there.
        anna.send("PERSISTENCE SET OFF")
        wait_until(lambda: self.rows() == [], "no channel to be held")
        anna.send("PERSISTENCE SET ON")
        wait_until(lambda: self.rows() == ["#d", "#e"], "both channels to be held again")

    def test_registration_comes_and_goes(self):
        anna = log_in(self.service, "anna")
        self.addCleanup(anna.close)
        register(self.service, "bob")
        anna.send("JOIN #tea", "CS REGISTER #tea", "CS AMODE #tea +o bob", "TOPIC #tea :kept")
        anna.expect(" TOPIC #tea :kept")
        anna.send("CS DROP #tea #tea")
        anna.barrier()
        self.assertEqual(read(self.service, "SELECT name, registered_by, topic FROM registered_channel"),
                         [("#tea", "", "kept")])
        self.assertEqual(read(self.service, "SELECT mask FROM channel_list_entry"), [])
        self.service.stop(signal.SIGKILL)
        self.service.start()
        watcher = self.client("watcher")
        watcher.send("JOIN #tea")
        watcher.expect(" 332 watcher #tea :kept")


class Hosts(unittest.TestCase):
    def test_worn_after_a_restart(self):
        """A host that HostServ gave is worn by who stays and by who logs in again; an administrator sees
        who waits for one."""
        service = Service({"operator boss": {"password": password_hash(b"sesame"),
                                             "privileges": "accounts notices"}})
        self.addCleanup(service.close)
        register(service, "stay", "PERSISTENCE SET ON")
        register(service, "comes")
        register(service, "waits", "HS REQUEST waiting.example")
        boss = Client(service, "boss")
        self.addCleanup(boss.close)
        boss.send("OPER boss sesame", "MODE boss +s h")
        stay = log_in(service, "stay")
        self.addCleanup(stay.close)
        stay.send("HS REQUEST stay.example")
        boss.expect("stay wants stay.example")
        console = Console(service.control)
        self.addCleanup(console.close)
        rows = console.call("account.list", filter="vhost_wanted:?*", sort="name")["list"]
        self.assertEqual([(row["name"], row["vhost_wanted"]) for row in rows],
                         [("stay", "stay.example"), ("waits", "waiting.example")])
        boss.send("HS APPROVE stay", "HS SET comes comes.example")
        boss.expect("Given")
        service.stop(signal.SIGKILL)
        service.start()
        watcher = Client(service, "watcher")
        self.addCleanup(watcher.close)
        watcher.send("WHOIS stay")
        watcher.expect(" 311 watcher stay ~stay stay.example ")
        for name in ("stay", "comes"):
            client = log_in(service, name)
            self.addCleanup(client.close)
            watcher.send(f"WHOIS {name}")
            watcher.expect(f" 311 watcher {name} ~{name} {name}.example ")


if __name__ == "__main__":
    tap.main()
