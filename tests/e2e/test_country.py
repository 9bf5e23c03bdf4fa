#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A database of countries on a running service: 344 in WHOIS, ~G: bans and mutes, another file, a broken one."""

import signal
import socket
import unittest

import country_file
import tap
from service import Client, Service, free_ports, wait_until

PASSWORD = ("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
            "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")  # of "pencil"
KIWI, FRENCH, NOWHERE = "192.0.2.1", "198.51.100.7", "203.0.113.1"
COUNTRIES = {"192.0.2.0/24": "NZ", "198.51.100.0/24": "FR", "2001:db8::/32": "FR"}


class Countries(unittest.TestCase):
    def start(self):
        self.proxied, = free_ports(1)
        service = Service({
            "service": {"geoip_database": "countries.mmdb"},
            "gateway front": {"from": "127.0.0.1", "tells": "proxy"},
            "listener proxied": {"address": "127.0.0.1", "port": self.proxied, "proxy": "yes"},
            "operator boss": {"password": PASSWORD}}, start=False)
        self.addCleanup(service.close)
        self.database = service.folder / "countries.mmdb"
        country_file.write(self.database, COUNTRIES)
        service.start()
        return service

    def client(self, nick, address):
        family, protocol = ("::1", "TCP6") if ":" in address else ("127.0.0.1", "TCP4")
        client = Client.__new__(Client)
        client.nick, client.rest, client.lines = nick, b"", []
        client.socket = socket.create_connection(("127.0.0.1", self.proxied), 20)
        self.addCleanup(client.close)
        client.send(f"PROXY {protocol} {address} {family} 4242 6667")
        client.register("")
        return client

    def boss(self, service):
        boss = Client(service, "boss")
        self.addCleanup(boss.close)
        boss.send("OPER boss pencil", "JOIN #tea")
        boss.expect(" 381 ")
        boss.expect(" 366 ")
        return boss

    def country_of(self, asker, nick):
        asker.send(f"WHOIS {nick}")
        found = [line for line in asker.barrier() if " 344 " in line]
        return found[0].split(" ")[4] if found else None

    def reload(self, service, outcome):
        seen = service.log_text().count(outcome)
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: service.log_text().count(outcome) > seen, "the reload")

    def test_whois(self):
        service = self.start()
        boss = self.boss(service)
        kiwi = self.client("kiwi", KIWI)
        for nick, address, country in (("jean", FRENCH, "FR"), ("six", "2001:db8::1", "FR"),
                                       ("far", NOWHERE, None)):
            self.client(nick, address)
            self.assertEqual(self.country_of(boss, nick), country)
        self.assertEqual(self.country_of(boss, "kiwi"), "NZ")
        # Where others are is not everybody's business.
        self.assertIsNone(self.country_of(kiwi, "jean"))

    def test_ban_and_mute(self):
        service = self.start()
        boss = self.boss(service)
        kiwi, jean = self.client("kiwi", KIWI), self.client("jean", FRENCH)
        boss.send("MODE #tea +b ~G:FR")
        boss.expect(" MODE #tea +b ~G:FR")
        jean.send("JOIN #tea")
        jean.expect(" 474 jean #tea ")
        kiwi.send("JOIN #tea")
        kiwi.expect(" 366 ")
        boss.send("MODE #tea -b+b ~G:FR ~m:~G:fr")
        boss.expect(" MODE #tea -b+b ~G:FR ~m:~G:")
        jean.send("JOIN #tea")
        jean.expect(" 366 ")
        jean.send("PRIVMSG #tea :bonjour")
        jean.expect(" 404 jean #tea ")
        kiwi.send("PRIVMSG #tea :kia ora")
        self.assertIn(":kia ora", boss.expect("PRIVMSG #tea"))
        # An exception by country lets in whom a ban keeps out.
        boss.send("MODE #tea +be *!*@* ~G:NZ")
        boss.expect(" MODE #tea +be ")
        kiwi.send("PART #tea", "JOIN #tea")
        kiwi.expect(" 366 ")

    def test_another_file(self):
        service = self.start()
        boss = self.boss(service)
        kiwi, jean = self.client("kiwi", KIWI), self.client("jean", FRENCH)
        boss.send("MODE #tea +b ~G:FR")
        boss.expect(" MODE #tea +b ")
        # The other way round: who is connected already is found anew, too.
        country_file.write(self.database, {"192.0.2.0/24": "FR", "198.51.100.0/24": "NZ"})
        self.reload(service, "The configuration was read again")
        self.assertEqual(self.country_of(boss, "kiwi"), "FR")
        self.assertEqual(self.country_of(boss, "jean"), "NZ")
        kiwi.send("JOIN #tea")
        kiwi.expect(" 474 kiwi #tea ")
        jean.send("JOIN #tea")
        jean.expect(" 366 ")
        self.client("new", KIWI)
        self.assertEqual(self.country_of(boss, "new"), "FR")

    def test_broken_file(self):
        service = self.start()
        boss = self.boss(service)
        self.client("kiwi", KIWI)
        self.database.unlink()
        self.database.write_bytes(b"half a file")
        self.reload(service, "Nothing was changed")
        text = service.log_text()
        self.assertIn(f"[service] geoip_database = countries.mmdb: country database {self.database}: ", text)
        # What was in force stays so.
        self.assertEqual(self.country_of(boss, "kiwi"), "NZ")
        self.client("more", FRENCH)
        self.assertEqual(self.country_of(boss, "more"), "FR")

    def test_taken_away(self):
        service = self.start()
        boss = self.boss(service)
        self.client("kiwi", KIWI)
        path = service.folder / "chatd.conf"
        path.write_text(path.read_text().replace("geoip_database = countries.mmdb", ""))
        self.reload(service, "Other settings are in force")
        self.assertIsNone(self.country_of(boss, "kiwi"))
        boss.send("MODE #tea +b ~G:FR")
        self.assertIn("~G:FR", boss.expect(" 696 "))


if __name__ == "__main__":
    tap.main()
