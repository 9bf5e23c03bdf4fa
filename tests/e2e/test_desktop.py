#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""HexChat and catgirl, both over TLS and logged in with SASL: talk, topics, kicks, nicks, away, history,
and what they do after the service was killed. Runs on a display (tests/console/gui/run_gui.py)."""

import signal
import unittest

import tap
from accounts import PASSWORD, register
from desktop import HexChat
from service import Client, Service, wait_until
from terminal import catgirl, irssi


class Desktop(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)
        register(self.service, "anna", "PERSISTENCE SET ON")
        register(self.service, "bob")
        self.anna = self.start_catgirl()
        self.anna.wait_for("You arrive in Chat")
        self.anna.type("/join #tea")
        self.anna.wait_for("anna arrives in #tea")
        self.bob = HexChat(self.service, "bob", login=("bob", PASSWORD))
        self.addCleanup(self.bob.close)
        self.bob.wait_for("You are now logged in as bob")
        self.bob.wait_for("Welcome to Chat, bob!")
        self.bob.type("/join #tea")
        self.anna.wait_for("bob arrives in #tea")
        self.bob.place = "#tea"

    def start_catgirl(self):
        terminal = catgirl(self.service, "anna", login=("anna", PASSWORD))
        self.addCleanup(terminal.close)
        return terminal

    def test_talk(self):
        cleo = irssi(self.service, "cleo")
        self.addCleanup(cleo.close)
        cleo.wait_for("-!-", "Welcome to Chat", "cleo")
        cleo.type("/join #tea")
        self.anna.wait_for("cleo", "arrives in #tea")
        self.anna.type("hello from catgirl, grüße ☕")
        self.bob.wait_for("<anna>", "hello from catgirl, grüße ☕")
        cleo.wait_for("anna>", "hello from catgirl, grüße ☕")
        self.bob.type("hello from HexChat, grüße ☕")
        self.anna.wait_for("<bob> hello from HexChat, grüße ☕")
        cleo.wait_for("bob>", "hello from HexChat, grüße ☕")
        cleo.type("hello from irssi")
        self.anna.wait_for("<cleo> hello from irssi")
        self.bob.wait_for("<cleo>", "hello from irssi")
        self.bob.type("/me waves")
        self.anna.wait_for("* bob waves")
        self.bob.type("/msg anna between us")
        self.anna.type("/query bob")
        self.anna.wait_for("<bob> between us")
        self.anna.type("yes")
        self.bob.wait_for("<anna>", "yes")

    def test_channel(self):
        self.anna.type("/topic Green or black?")
        self.bob.wait_for("anna has changed the topic to: Green or black?")
        self.bob.type("/nick bobby")
        self.anna.wait_for("bob is now known as bobby")
        self.bob.wait_for("You are now known as bobby")
        self.anna.type("/away lunch")
        self.bob.type("/msg anna are you there")
        self.bob.wait_for("anna", "is away", "lunch")
        self.anna.type("/op bobby")
        self.bob.wait_for("anna gives channel operator status to bobby")
        self.bob.type("/mode #tea +b *!*@evil.example")
        self.anna.wait_for("bobby", "*!*@evil.example")
        self.anna.type("/kick bobby not your cup")
        self.bob.wait_for("You have been kicked from #tea by anna", "not your cup")
        self.anna.wait_for("anna kicks bobby", "not your cup")

    def test_history(self):
        self.anna.type("said before")
        self.bob.wait_for("<anna>", "said before")
        # Neither knows batches: HistServ tells it, with the time in front.
        self.bob.place = None
        self.bob.type("/msg HistServ PLAY #tea")
        self.bob.wait_for("HistServ", "<anna> said before")
        self.anna.type("/msg HistServ SEARCH #tea before")
        self.anna.wait_for("2 HistServ")
        self.anna.type("/window 2")
        self.anna.wait_for("<anna> said before")

    def test_killed(self):
        """HexChat comes back by itself, logged in and into its channel; who uses catgirl starts it again
        and is where he was."""
        self.anna.type("/topic Green or black?")
        self.bob.wait_for("anna has changed the topic to")
        self.service.stop(signal.SIGKILL)
        self.service.start()
        watcher = Client(self.service, "watcher")
        self.addCleanup(watcher.close)
        watcher.send("JOIN #tea", "WHOIS anna")
        watcher.expect(" 332 watcher #tea :Green or black?")
        self.assertIn("anna", watcher.expect(" 353 "))
        watcher.expect(" 330 watcher anna anna ")
        watcher.expect(":bob!")
        again = self.start_catgirl()
        again.wait_for("You arrive in Chat")
        again.type("/window #tea")
        again.wait_for("anna arrives in #tea")
        again.type("I am back")
        watcher.expect(":anna!~anna@127.0.0.1 PRIVMSG #tea :I am back")
        self.bob.wait_for("<anna>", "I am back")
        self.bob.type("me too")
        again.wait_for("<bob> me too")
        watcher.send("WHOIS bob")
        watcher.expect(" 330 watcher bob bob ")


if __name__ == "__main__":
    tap.main()
