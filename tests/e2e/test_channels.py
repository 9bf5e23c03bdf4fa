#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What channels keep over a restart and over time: another name, reasons, ends, registrations."""

import signal
import sqlite3
import unittest

import server_config
import tap
from service import Client, Service

DAY = 86400
MICROSECONDS = 1000000
PASSWORD = "correct horse"
# `chatd --hash-password` of "sesame"
SESAME = ("SCRAM-SHA-256$4096:MDEyMzQ1Njc4OWFiY2RlZg==$hn4FUIkYt7Fy4b6A2QilBRpntUViQLMX9F3hmowbDlg=:"
          "VN7TGXR2mKZKoVdTp1SdRWBKnlXaYulCWS/O1xCfZeI=")
OPERATOR = {"operator boss": {"password": SESAME}}


def pass_time(service, seconds):
    """It is ended, and started again when all it stored is so much longer ago, as if the clock had
    gone on."""
    service.stop()
    columns = {"channel_list_entry": ["set_at", "expires"],
               "registered_channel": ["created", "topic_set_at", "registered_at", "used_at"],
               "account": ["registered_at", "used_at"]}
    with sqlite3.connect(service.folder / "state" / "chatd.db") as database:
        for table, names in columns.items():
            for name in names:
                database.execute(f"UPDATE {table} SET {name} = {name} - ? WHERE {name} > 0",
                                 (seconds * MICROSECONDS,))
    database.close()
    service.start()


class Case(unittest.TestCase):
    def service(self, sections=None):
        service = Service(server_config.merged(server_config.UNLIMITED, sections or {}))
        self.addCleanup(service.close)
        return service

    def client(self, service, nick, caps=""):
        client = Client(service, nick, caps=caps)
        self.addCleanup(client.close)
        return client

    def owner(self, service, nick, caps=""):
        """Logged in to an account of that name, which is made if it is not there."""
        client = self.client(service, nick, caps)
        client.send(f"PRIVMSG NickServ :IDENTIFY {nick} {PASSWORD}")
        if "logged in" not in client.expect("NOTICE"):
            client.send(f"REGISTER * * :{PASSWORD}")
            client.expect("REGISTER SUCCESS")
        return client

    def list_of(self, client, channel, letter, end):
        client.send(f"MODE {channel} {letter}")
        client.expect(end)
        return [line for line in client.lines[-20:] if f" {int(end) - 1} " in line]


class Rename(Case):
    def test_everything_follows_over_a_restart(self):
        service = self.service()
        anna = self.owner(service, "anna", "draft/chathistory batch draft/read-marker server-time "
                                           "message-tags echo-message")
        anna.send("JOIN #old", "CS REGISTER #old", "TOPIC #old :All about tea",
                  "MODE #old +b spam!*@*", "CS REASON #old spam Advertises",
                  "PRIVMSG #old :before the rename")
        anna.expect("PRIVMSG #old :before the rename")
        anna.send("MARKREAD #old timestamp=2026-01-02T03:04:05.000Z")
        anna.expect("MARKREAD #old timestamp=")
        anna.send("RENAME #old #new :Better")
        anna.expect("JOIN #new")
        anna.send("CS INFO #new")
        anna.expect("Founder: anna")
        service.stop()
        service.start()
        again = self.owner(service, "anna", "draft/chathistory batch draft/read-marker server-time "
                                            "message-tags")
        again.send("JOIN #new")
        joined = again.barrier()
        self.assertTrue(any(":All about tea" in line for line in joined), joined)
        self.assertTrue(any("MARKREAD #new timestamp=2026-01-02T03:04:05.000Z" in line
                            for line in joined), joined)
        self.assertTrue(any("MODE #new +q anna" in line for line in joined), joined)
        bans = self.list_of(again, "#new", "b", "368")
        self.assertEqual(len(bans), 1)
        self.assertTrue(bans[0].endswith(":Advertises"), bans)
        again.send("CHATHISTORY LATEST #new * 10")
        again.expect("PRIVMSG #new :before the rename")
        # Nothing is left under the name it had, which leads nowhere unless that is set.
        again.send("JOIN #old")
        entered = again.barrier()
        self.assertTrue(any(" JOIN #old" in line for line in entered), entered)
        self.assertFalse(any(" 332 " in line for line in entered), entered)
        again.send("MARKREAD #old")
        again.expect("MARKREAD #old *")

    def test_a_kill_and_the_former_name(self):
        """What was acknowledged is there after kill -9: the name, what was said, and where the old name leads."""
        service = self.service({"channels": {"rename_redirect": "1h"}})
        caps = "draft/chathistory batch message-tags echo-message labeled-response"
        anna = self.owner(service, "anna", caps)
        anna.send("JOIN #old", "CS REGISTER #old", "PRIVMSG #old :before the rename")
        anna.expect("PRIVMSG #old :before the rename")
        for old, new in (("#old", "#new"), ("#new", "#newer")):
            anna.send(f"RENAME {old} {new} :Better", f"PRIVMSG {new} :after {old}")
            anna.expect(f"PRIVMSG {new} :after {old}")
            service.stop(signal.SIGKILL)
            service.start()
            anna = self.owner(service, "anna", caps)
            anna.send("JOIN #old")
            joined = anna.barrier()
            self.assertTrue(any(f" 470 anna #old {new} " in line for line in joined), joined)
            anna.send(f"CHATHISTORY LATEST {new} * 10")
            anna.expect(f"PRIVMSG {new} :before the rename")
            anna.expect(f"PRIVMSG {new} :after {old}")

    def test_a_large_channel_of_old_clients(self):
        """More names than one slice has: everybody is told all, in his own time."""
        service = self.service()
        count = 170
        members = [self.client(service, f"m{number}") for number in range(count)]
        members[0].send("JOIN #crowd")
        members[0].expect(" 366 ")
        for member in members[1:]:
            member.send("JOIN #crowd")
        for member in members[1:]:
            member.expect(" 366 ")
        for member in members:
            member.barrier()
        members[0].send("RENAME #crowd #many")
        for member in members:
            member.expect("PART #crowd")
            member.expect("JOIN #many")
            member.expect(" 366 ")
            names = " ".join(line.split(" :", 1)[1] for line in member.lines
                             if " 353 " in line and " #many " in line)
            self.assertEqual(len(names.split()), count)


class Auditorium(Case):
    def test_large(self):
        """Past a hundred members nobody is told of each: who sees less begins anew, who sees more gets the list."""
        service = self.service()
        count = 104
        members = [self.client(service, f"m{number}") for number in range(count)]
        host, guests = members[0], members[1:]
        host.send("JOIN #hall")
        host.expect(" 366 ")
        for guest in guests:
            guest.send("JOIN #hall")
        for guest in guests:
            guest.expect(" 366 ")
        for member in members:
            member.barrier()
        host.send("MODE #hall +x")
        for guest in guests:
            guest.expect("MODE #hall +x")
            guest.expect(f":{guest.nick}!~{guest.nick}@127.0.0.1 PART #hall")
            guest.expect(f":{guest.nick}!~{guest.nick}@127.0.0.1 JOIN #hall")
            names = guest.expect(" 353 ").split(" :", 1)[1].split()
            self.assertEqual(set(names), {"@m0", guest.nick})
            guest.expect(" 366 ")
        host.send("MODE #hall +o m1")
        self.assertEqual(len(self.names(guests[0], "#hall")), count)
        host.send("MODE #hall -o m1", "MODE #hall -x")
        guests[0].expect("PART #hall")
        for guest in guests:
            guest.expect("MODE #hall -x")
            self.assertEqual(len(self.names(guest, "#hall")), count)
        self.assertFalse(any(" PART " in line for line in host.barrier()))

    def names(self, client, channel):
        """Those of the list that comes next."""
        seen = len(client.lines)
        client.expect(" 366 ")
        return " ".join(line.split(" :", 1)[1] for line in client.lines[seen:]
                        if f" {channel} :" in line and " 353 " in line).split()


class Time(Case):
    def test_timed_entries_end_while_it_is_down(self):
        service = self.service()
        anna = self.owner(service, "anna")
        anna.send("JOIN #x", "CS REGISTER #x", "MODE #x +bbe ~t:10:gone!*@* ~t:100:stays!*@* "
                  "~t:10:excepted!*@*", "MODE #x +b ever!*@*")
        anna.barrier()
        pass_time(service, 11 * 60)
        again = self.owner(service, "anna")
        again.send("JOIN #x")
        again.expect("+q anna")
        bans = self.list_of(again, "#x", "b", "368")
        self.assertEqual([line.split()[4] for line in bans], ["~t:100:stays!*@*", "ever!*@*"])
        self.assertEqual(self.list_of(again, "#x", "e", "349"), [])
        # And of the disk too.
        service.stop()
        with sqlite3.connect(service.folder / "state" / "chatd.db") as database:
            rows = database.execute("SELECT mask FROM channel_list_entry ORDER BY mask").fetchall()
        database.close()
        self.assertEqual(rows, [("ever!*@*",), ("~t:100:stays!*@*",)])
        service.start()

    def test_unused_channels(self):
        service = self.service({"channels": {"expire": "30d"}})
        anna = self.owner(service, "anna")
        anna.send("JOIN #x", "CS REGISTER #x", "TOPIC #x :Here", "QUIT")
        anna.expect_end()
        pass_time(service, 29 * DAY)
        bea = self.client(service, "bea")
        bea.send("JOIN #x")
        bea.expect(":Here")
        bea.send("PART #x")
        bea.barrier()
        pass_time(service, 2 * DAY)
        bea = self.client(service, "bea")
        bea.send("JOIN #x")
        self.assertFalse(any(":Here" in line for line in bea.barrier()))
        bea.send("CS INFO #x")
        bea.expect("is not registered")

    def test_unused_accounts(self):
        service = self.service({"accounts": {"expire": "30d"}, "channels": {"expire": 0}})
        anna = self.owner(service, "anna")
        self.owner(service, "bea").barrier()
        anna.send("JOIN #x", "CS REGISTER #x", "CS SET #x successor bea", "QUIT")
        anna.expect_end()
        pass_time(service, 20 * DAY)
        self.owner(service, "bea").barrier()
        pass_time(service, 11 * DAY)
        guest = self.client(service, "guest")
        guest.send("NS INFO anna")
        guest.expect("no account")
        guest.send("NS INFO bea")
        guest.expect("bea")
        guest.send("CS INFO #x")
        guest.expect("Founder: bea")

    def test_permanent_but_not_registered(self):
        service = self.service(OPERATOR)
        anna = self.client(service, "anna")
        anna.send("OPER boss sesame", "JOIN #x", "MODE #x +P", "MODE #x +mb spam!*@*",
                  "TOPIC #x :Stays", "PART #x")
        anna.barrier()
        service.stop()
        service.start()
        bea = self.client(service, "bea")
        bea.send("JOIN #x", "MODE #x")
        bea.expect(":Stays")
        modes = bea.expect(" 324 ").split(" #x ")[1]
        self.assertEqual(modes, "+mnPt")
        self.assertEqual(len(self.list_of(bea, "#x", "b", "368")), 1)
        # Who finds it empty is its operator, as in a new channel; -P by an operator only.
        bea.send("MODE #x -P")
        bea.expect(" 481 ")
        boss = self.client(service, "boss")
        boss.send("OPER boss sesame", "JOIN #x", "MODE #x -P")
        boss.barrier()
        boss.send("PART #x")
        bea.send("PART #x")
        boss.barrier()
        bea.barrier()
        service.stop()
        service.start()
        last = self.client(service, "last")
        last.send("JOIN #x")
        self.assertFalse(any(":Stays" in line for line in last.barrier()))


if __name__ == "__main__":
    tap.main()
