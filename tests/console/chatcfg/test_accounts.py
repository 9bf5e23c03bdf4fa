#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""chatcfg.so on the built chatd: accounts appear as they are registered, and what can be done to them."""

import os
import pathlib
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "console" / "gui"), str(TESTS / "e2e")]

import gui  # noqa: E402
import tap  # noqa: E402
from gui import Atspi, wait  # noqa: E402
from service import Client, Service  # noqa: E402

FOLDER = pathlib.Path(os.environ["CHAT_BUILD_ROOT"]) / "chatcfg"
NAME, EMAIL, HERE, SUSPENDED, HOST, WANTED = 0, 1, 2, 6, 8, 9


class Accounts(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)
        self.console = gui.Console(FOLDER, ["--open", f"chatd+unix:{self.service.control}"], {})
        self.addCleanup(self.console.close)
        self.console.start()
        wait(lambda: self.console.tree_row("Accounts") is not None, "the service's children")
        self.console.select_node("Accounts")

    def client(self, nick):
        client = Client(self.service, nick)
        self.addCleanup(client.close)
        return client

    def ends_well(self):
        self.assertEqual(self.console.stop(), 0, self.console.errors())
        for word in ("ERROR: ", "runtime error", "snap-in chatcfg"):
            self.assertNotIn(word, self.console.errors())

    def cells(self, column):
        return [self.console.cell(row, column) for row in range(self.console.n_rows())]

    def answer(self, title, button, **texts):
        dialog = self.console.get("alert", title)
        for label, text in texts.items():
            role = "password text" if label == "Password" else "text"
            field = self.console.get(role, label, root=dialog)
            Atspi.EditableText.set_text_contents(field, text)
        self.console.press(button, root=dialog)

    def test_who_registers_is_listed_at_once(self):
        self.console.wait_text("There is no account")
        anna = self.client("anna")
        anna.send("NS REGISTER open-sesame")
        wait(lambda: self.cells(NAME) == ["anna"], "the account that was registered")
        wait(lambda: self.cells(HERE) == ["1"], "its user")
        wait(lambda: "1" in self.console.tree_texts("Accounts"), "how many there are, in the tree")
        anna.send("QUIT")
        wait(lambda: self.cells(HERE) == ["0"], "nobody is there")
        self.ends_well()

    def test_life(self):
        console = self.console
        console.press("Add an Account")
        self.answer("Add an account", "Add", Name="carla", Password="open-sesame",
                    **{"E-mail": "carla@example.org"})
        wait(lambda: self.cells(EMAIL) == ["carla@example.org"], "the account that was added")
        console.select_rows(0)
        unsuspend = console.get("push button", "Unsuspend")
        self.assertFalse(gui.is_sensitive(unsuspend))
        console.press("Suspend")
        self.answer("Suspend carla?", "Suspend", Reason="spam")
        wait(lambda: self.cells(SUSPENDED) == ["Yes"], "it is suspended")
        carla = self.client("carla")
        carla.send("NS IDENTIFY open-sesame")
        carla.expect("suspended")
        console.shot("chatcfg-accounts")
        console.press("Properties")
        sheet = console.get(name="carla Properties")
        console.wait_text("spam")
        console.shot("chatcfg-account-sheet")
        console.press("Cancel", root=sheet)
        console.press("Unsuspend")
        wait(lambda: self.cells(SUSPENDED) == [""], "it is not suspended")
        console.press("Rename")
        self.answer("Rename carla", "Rename", **{"New name": "dora"})
        wait(lambda: self.cells(NAME) == ["dora"], "its new name")
        console.press("Remove")
        self.answer("Remove dora?", "Remove")
        wait(lambda: self.cells(NAME) == [], "it is gone")
        self.ends_well()

    def test_a_host_that_is_asked_for(self):
        for nick in ("anna", "bert"):
            client = self.client(nick)
            client.send("NS REGISTER open-sesame", f"HS REQUEST {nick}.example")
            client.expect("An operator will look at it")
        wait(lambda: self.cells(WANTED) == ["anna.example", "bert.example"], "who waits for a host")
        console = self.console
        console.select_rows(0)
        console.shot("chatcfg-account-hosts")
        console.press("Approve Host")
        wait(lambda: self.cells(HOST) == ["anna.example", ""], "the host that was given")
        wait(lambda: self.cells(WANTED) == ["", "bert.example"], "the one who still waits")
        wait(lambda: not gui.is_sensitive(console.get("push button", "Approve Host")),
             "anna asks for nothing any more")
        console.unselect_rows(0)
        console.select_rows(1)
        console.press("Reject Host")
        self.answer("Reject the host of bert?", "Reject", Reason="not yours")
        wait(lambda: self.cells(WANTED) == ["", ""], "nobody waits")
        self.ends_well()

    def test_refusal_is_told(self):
        self.console.press("Add an Account")
        self.answer("Add an account", "Add", Name="not a nick")
        self.console.wait_text("Cannot add not a nick")
        self.ends_well()


if __name__ == "__main__":
    tap.main()
