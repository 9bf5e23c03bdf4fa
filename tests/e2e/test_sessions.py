#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Several clients of one user: irssi and WeeChat on one nick, and a user who stays without any,
also when the service is killed and started again."""

import base64
import re
import signal
import unittest

import tap
from accounts import PASSWORD, log_in, register
from control import Console
from service import Client, Service, wait_until
from terminal import irssi, weechat


class Sessions(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)

    def client(self, *arguments, **options):
        client = log_in(self.service, *arguments, **options)
        self.addCleanup(client.close)
        return client

    def watcher(self):
        client = Client(self.service, "watcher", caps="away-notify chghost")
        self.addCleanup(client.close)
        client.send("JOIN #tea")
        client.barrier()
        return client

    def test_one_user(self):
        register(self.service, "anna")
        watcher = self.watcher()
        desk = self.client("anna", caps="echo-message")
        desk.send("JOIN #tea")
        watcher.expect(":anna!")
        phone = self.client("anna", login="anna@phone", caps="draft/whoami chghost")
        joined = [line for line in phone.burst if " JOIN #tea" in line]
        self.assertEqual(len(joined), 1, phone.story())
        self.assertTrue(any(" 353 anna = #tea " in line for line in phone.burst), phone.story())
        order = [line.split(" ")[1] for line in phone.burst]
        self.assertIn("SETNAME", order)
        self.assertLess(order.index("SETNAME"), order.index("251"))
        self.assertGreater(order.index("SETNAME"), order.index("005"))
        self.assertEqual(watcher.barrier(), [])
        # What one says the other sees; what is said to the user both see.
        phone.send("PRIVMSG #tea :from the phone")
        self.assertIn("from the phone", desk.expect("PRIVMSG #tea"))
        watcher.expect("from the phone")
        watcher.send("PRIVMSG anna :to both")
        desk.expect("to both")
        phone.expect("to both")
        desk.send("JOIN #second", "NICK anna2")
        phone.expect(" JOIN #second")
        phone.expect(" 366 anna #second")
        phone.expect(" NICK anna2")
        # Away is who is away everywhere; the last one to go takes the user along.
        desk.send("AWAY :lunch")
        desk.expect(" 306 ")
        self.assertFalse([line for line in watcher.barrier() if " AWAY" in line])
        phone.send("QUIT")
        phone.expect_end()
        watcher.expect(" AWAY :lunch")
        desk.send("QUIT :all of me")
        watcher.expect("QUIT :Quit: all of me")

    def test_wrong_password(self):
        """Who cannot log in gets neither the nick nor into the user."""
        register(self.service, "anna")
        desk = self.client("anna")
        thief = Client(self.service, "anna", register=False)
        self.addCleanup(thief.close)
        token = base64.b64encode(b"\0anna\0wrong-horse").decode()
        thief.send("CAP LS 302", "NICK anna", "USER anna 0 * :anna", "CAP REQ :sasl",
                   "AUTHENTICATE PLAIN", f"AUTHENTICATE {token}")
        thief.expect(" 904 ")
        thief.send("CAP END")
        thief.expect(" 433 ")
        thief.send("NICK other")
        thief.expect(" 001 other")
        self.assertEqual(desk.barrier(), [])

    def stays(self, how):
        """anna stays in #tea as its operator when her client goes and chatd ends and starts."""
        register(self.service, "anna", "PERSISTENCE SET ON")
        desk = self.client("anna", caps="draft/persistence")
        self.assertTrue(any("PERSISTENCE STATUS ON ON" in line for line in desk.burst),
                        desk.story())
        desk.send("JOIN #tea", "MODE anna +i", "AWAY :asleep")
        desk.barrier()
        watcher = self.watcher()
        desk.send("QUIT")
        desk.expect_end()
        self.assertFalse([line for line in watcher.barrier() if "QUIT" in line])
        watcher.send("PRIVMSG anna :are you there")
        watcher.expect(" 301 watcher anna :asleep")
        self.service.stop(how)
        self.service.start()
        watcher = self.watcher()
        watcher.send("NAMES #tea", "PRIVMSG anna :and now")
        self.assertIn("@anna", watcher.expect(" 353 "))
        watcher.expect(" 301 watcher anna :asleep")
        desk = self.client("anna", caps="draft/persistence")
        watcher.expect(":anna!~anna@127.0.0.1 AWAY")
        self.assertTrue(any(line.endswith(" JOIN #tea") for line in desk.burst), desk.story())
        self.assertTrue(any(line.endswith(" MODE anna :+i") for line in desk.burst), desk.story())
        # Not to stay any more, and killed again.
        desk.send("PERSISTENCE SET OFF", "QUIT :for good")
        watcher.expect("QUIT :Quit: for good")

    def test_stays_after_a_stop(self):
        self.stays(signal.SIGTERM)

    def test_stays_after_a_kill(self):
        self.stays(signal.SIGKILL)

    def test_killed_with_a_client(self):
        """The connection of an always-on user is cut by the end of the service."""
        register(self.service, "anna", "PERSISTENCE SET ON")
        desk = self.client("anna")
        desk.send("JOIN #tea", "JOIN #late")
        desk.barrier()
        self.service.stop(signal.SIGKILL)
        self.service.start()
        watcher = self.watcher()
        watcher.send("WHOIS anna", "PRIVMSG anna :hello")
        watcher.expect("#tea")
        watcher.expect(" 301 watcher anna :auto-away")


class Clients(unittest.TestCase):
    """Programs that people use, on one nick."""

    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)
        register(self.service, "anna")
        self.watcher = Client(self.service, "watcher")
        self.addCleanup(self.watcher.close)
        self.watcher.send("JOIN #tea")
        self.desk = irssi(self.service, "anna", login=("anna", PASSWORD))
        self.addCleanup(self.desk.close)
        self.desk.wait_for("-!-", "Welcome to Chat", "anna")
        self.desk.type("/join #tea")
        self.watcher.expect(":anna!")
        self.phone = weechat(self.service, "anna", tls=True, login=("anna@phone", PASSWORD))
        self.addCleanup(self.phone.close)
        # It is put into the channel where irssi is.
        self.phone.wait_for("Channel #tea: 2 nicks")

    def test_talk(self):
        self.phone.type("hello from WeeChat")
        self.watcher.expect("PRIVMSG #tea :hello from WeeChat")
        self.desk.wait_for("anna>", "hello from WeeChat")
        self.desk.type("hello from irssi")
        self.watcher.expect("PRIVMSG #tea :hello from irssi")
        self.phone.wait_for("anna", "hello from irssi")
        self.watcher.send("PRIVMSG #tea :hello both")
        self.desk.wait_for("watcher>", "hello both")
        self.phone.wait_for("watcher", "hello both")

    def test_private(self):
        """What one says in private from one client, the others of the user show as his."""
        self.phone.type("/msg watcher from the phone")
        self.watcher.expect("PRIVMSG watcher :from the phone")
        self.desk.type("/query watcher")
        self.desk.wait_for("anna>", "from the phone")
        self.watcher.send("PRIVMSG anna :to both")
        self.desk.wait_for("watcher>", "to both")
        self.phone.type("/query watcher")
        self.phone.wait_for("watcher", "to both")

    def test_away(self):
        """He is away when both are, and back with the first of them."""
        follower = Client(self.service, "follower", caps="away-notify")
        self.addCleanup(follower.close)
        follower.send("JOIN #tea")
        follower.barrier()
        self.desk.type("/away lunch")
        # irssi's status bar.
        self.desk.wait_for("(zZzZ)")
        self.assertFalse([line for line in follower.barrier() if " AWAY" in line])
        self.phone.type("/away asleep")
        follower.expect(" AWAY :asleep")
        self.desk.type("/away")
        follower.expect(" AWAY")
        self.watcher.send("WHOIS anna")
        self.watcher.expect(" 318 ")
        self.assertFalse([line for line in self.watcher.lines if " 301 " in line])

    def test_stays_and_returns(self):
        """With always-on both leave and he stays; one comes back to where he was, as he was."""
        self.desk.type("/quote PERSISTENCE SET ON")
        wait_until(lambda: self.ask("account.get", account="anna")["account"]["settings"]["always-on"] == "on",
                   "always-on")
        self.watcher.send("TOPIC #tea :where we were")
        self.watcher.expect(" TOPIC #tea :where we were")
        self.desk.type("/quit")
        self.phone.type("/quit")
        wait_until(lambda: self.sessions() == 0, "both to be gone")
        self.watcher.send("PRIVMSG anna :are you there")
        self.watcher.expect(" 301 watcher anna :auto-away")
        self.assertFalse([line for line in self.watcher.lines if " QUIT " in line])
        again = weechat(self.service, "anna", tls=True, login=("anna@phone", PASSWORD))
        self.addCleanup(again.close)
        again.wait_for("Channel #tea: 2 nicks")
        again.wait_for("where we were")
        again.type("back again")
        self.watcher.expect("PRIVMSG #tea :back again")

    def test_a_lost_one_is_ended(self):
        """NickServ lists both with what tells them apart, and ends the one, which does not come back
        with the password that it remembers."""
        self.desk.type("/query NickServ")
        self.desk.type("CLIENTS LIST")
        here = self.desk.wait_for(": a client as anna from ", "(this one)")
        self.assertIn("without TLS", here)
        lost = self.desk.wait_for(": phone as anna from ")
        self.assertIn("with TLS", lost)
        number = re.search(r"(\d+): phone as anna", lost)[1]
        self.desk.type(f"PASSWD {PASSWORD} another-horse")
        self.desk.wait_for("assword", "changed")
        self.desk.type(f"CLIENTS LOGOUT {number}")
        self.desk.wait_for("1 client is logged out")
        self.phone.type("/buffer irc.server.here")
        self.phone.wait_for("Logged out by its owner")
        self.phone.wait_for("disconnected from server")
        self.phone.type("/reconnect here")
        self.phone.wait_for("SASL authentication failed")
        self.assertEqual(self.sessions(), 1)
        self.watcher.send("PRIVMSG #tea :still there")
        self.desk.type("/window goto #tea")
        self.desk.wait_for("watcher>", "still there")

    def ask(self, method, **params):
        """As an administrator's console."""
        console = Console(self.service.control)
        try:
            return console.call(method, **params)
        finally:
            console.close()

    def sessions(self):
        """How many clients anna has."""
        rows = self.ask("user.list", filter="name:anna", fields=["name", "sessions"])["list"]
        return rows[0]["sessions"]

    def test_goes(self):
        self.desk.type("/quit")
        wait_until(lambda: "hello" in self.say("hello"), "the phone to be there still")
        self.phone.type("/quit the last one")
        self.watcher.expect("QUIT :Quit: the last one")
        self.assertEqual(len([line for line in self.watcher.lines if " QUIT " in line]), 1)

    def say(self, text):
        self.watcher.send(f"PRIVMSG #tea :{text}")
        return self.phone.wait_for("watcher", text)


if __name__ == "__main__":
    tap.main()
