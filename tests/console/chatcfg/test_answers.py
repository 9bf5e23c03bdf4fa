#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""chatcfg.so in a console, on a scripted service: refusals, missing rights, ends of connections."""

import os
import pathlib
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "console" / "gui"), str(TESTS / "console")]

import gui  # noqa: E402
import tap  # noqa: E402
from fake_service import SILENCE, Error, FakeService, page  # noqa: E402
from gui import Atspi, wait  # noqa: E402

FOLDER = pathlib.Path(os.environ["CHAT_BUILD_ROOT"]) / "chatcfg"
USER = {"id": "00000000000001", "name": "bob", "username": "~bob", "hostname": "host", "ip": "::1",
        "realname": "Bob", "account": None, "modes": "", "away": None, "operator": None,
        "connected_since": "2026-05-01T12:34:56.000Z", "idle_since": "2026-05-01T12:34:56.000Z",
        "channels": 0, "tls": False}


class Answers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="chatcfg-")
        self.addCleanup(folder.cleanup)
        self.service = FakeService(pathlib.Path(folder.name) / "control.sock",
                                   {"user.list": page(USER)})
        self.addCleanup(self.service.stop)

    def console(self):
        console = gui.Console(FOLDER, ["--open", f"chatd+unix:{self.service.path}"])
        self.addCleanup(console.close)
        return console.start()

    def users(self):
        console = self.console()
        wait(lambda: console.tree_row("Users") is not None, "the node of the users")
        console.select_node("Users")
        wait(lambda: console.n_rows() == 1, "one user")
        console.select_rows(0)
        return console

    def ends_well(self, console):
        self.assertEqual(console.stop(), 0, console.errors())
        for word in ("ERROR: ", "runtime error", "CRITICAL"):
            self.assertNotIn(word, console.errors())

    def disconnect(self, console):
        console.press("Disconnect")
        dialog = console.get("alert", "Disconnect bob?")
        field = console.get("text", "Reason", root=dialog)
        Atspi.EditableText.set_text_contents(field, "be nice")
        console.press("Disconnect", root=dialog)

    def test_a_viewer_is_told_which_role_is_needed(self):
        self.service.answers["service.whoami"] = {"uid": 7, "user": "v", "role": "viewer",
                                                  "groups": []}
        console = self.users()
        button = console.get("push button", "Disconnect")
        wait(lambda: not gui.is_sensitive(button), "no right to disconnect")
        told = f"{button.get_description()} {button.get_name()}"
        self.assertIn("operator", told)
        console.shot("chatcfg-viewer")
        self.ends_well(console)

    def test_a_refusal_is_shown(self):
        self.service.answers["user.kill"] = Error(-1005, "The service protects bob.")
        console = self.users()
        self.disconnect(console)
        console.wait_text("The service protects bob.")
        self.assertEqual(self.service.wait_call("user.kill")["reason"], "be nice")
        console.shot("chatcfg-refused")
        self.ends_well(console)

    def test_no_rights(self):
        self.service.greeting = (b'{"jsonrpc":"2.0","error":{"code":-32000,'
                                 b'"message":"uid 7 is not in the group chatadmin"}}\n')
        console = self.console()
        console.wait_text("uid 7 is not in the group chatadmin")
        console.shot("chatcfg-no-rights")
        self.ends_well(console)

    def test_not_a_chat_service(self):
        self.service.greeting = b"* OK IMAP4 ready\r\n"
        console = self.console()
        console.wait_text("not JSON")
        self.ends_well(console)

    def test_events_before_and_after(self):
        console = self.users()
        for number in range(300):
            row = dict(USER, id=f"1{number:013}", name=f"user{number:03}")
            self.service.push("service.event", {"type": "user.add", "user": row})
        wait(lambda: console.n_rows() == 301, "the users that came")
        self.service.push("service.event", {"type": "user.remove", "id": USER["id"],
                                            "name": "bob", "reason": "gone"})
        wait(lambda: console.n_rows() == 300, "one less")
        self.service.answers["user.list"] = page(USER)
        self.service.push("service.event", {"type": "resync", "topics": ["user"]})
        wait(lambda: console.n_rows() == 1, "the list read again")
        self.ends_well(console)

    def test_silence_does_not_freeze(self):
        self.service.answers["user.kill"] = SILENCE
        console = self.users()
        self.disconnect(console)
        self.service.wait_call("user.kill")
        console.select_node("Channels")
        console.wait_text("Channels")
        self.ends_well(console)


if __name__ == "__main__":
    tap.main()
