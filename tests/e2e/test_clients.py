#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""irssi (plain) and WeeChat (TLS) in one session: register, join, talk, topic, kick, kill."""

import unittest

import tap
from accounts import password_hash
from service import Client, Service
from terminal import irssi, weechat


class Session(unittest.TestCase):
    def setUp(self):
        self.service = Service({"operator boss": {"password": password_hash(b"sesame")}})
        self.addCleanup(self.service.close)
        self.anna = irssi(self.service, "anna")
        self.addCleanup(self.anna.close)
        self.bob = weechat(self.service, "bob", tls=True)
        self.addCleanup(self.bob.close)
        # The numeric 001 as each client shows it.
        self.anna.wait_for("-!-", "Welcome to Chat", "anna")
        self.bob.wait_for("Welcome to Chat", "bob")
        self.anna.type("/join #tea")
        self.anna.wait_for("anna", "has joined #tea")
        self.bob.type("/join #tea")
        self.anna.wait_for("bob", "has joined #tea")
        self.bob.wait_for("Channel #tea: 2 nicks")

    def test_talk(self):
        self.anna.type("hello from irssi")
        self.bob.wait_for("anna", "hello from irssi")
        self.bob.type("hello from WeeChat, grüße ☕")
        self.anna.wait_for("bob>", "hello from WeeChat, grüße ☕")
        self.bob.type("/msg anna between us")
        self.anna.type("/query bob")
        self.anna.wait_for("bob>", "between us")

    def test_topic(self):
        self.anna.type("/topic Green or black?")
        self.bob.wait_for("anna has changed topic for #tea", "Green or black?")
        self.anna.wait_for("anna changed the topic of #tea to: Green or black?")

    def test_kick(self):
        self.anna.type("/kick bob not your cup")
        self.bob.wait_for("anna has kicked bob", "not your cup")
        self.anna.wait_for("bob was kicked from #tea by anna", "not your cup")

    def test_part(self):
        self.bob.type("/part #tea off for lunch")
        self.anna.wait_for("bob", "has left #tea", "off for lunch")

    def test_quit(self):
        self.bob.type("/quit until tomorrow")
        self.anna.wait_for("bob", "has quit", "until tomorrow")

    def test_kill(self):
        boss = Client(self.service, "boss")
        self.addCleanup(boss.close)
        boss.send("OPER boss sesame")
        boss.expect(" 381 ")
        boss.send("KILL bob :enough of this")
        self.bob.type("/buffer irc.server.here")
        self.bob.wait_for("enough of this")
        self.bob.wait_for("disconnected from server")
        self.anna.wait_for("bob", "has quit", "enough of this")
        boss.send("KILL anna :you too")
        self.anna.type("/window goto 1")
        self.anna.wait_for("Connection lost to 127.0.0.1")
        self.anna.wait_for("ERROR", "you too")


if __name__ == "__main__":
    tap.main()
