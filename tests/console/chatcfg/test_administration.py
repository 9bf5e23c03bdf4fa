#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""chatcfg.so in a console, on the built chatd: what an administrator does, seen by IRC clients."""

import os
import pathlib
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "console" / "gui"), str(TESTS / "e2e")]

import gui  # noqa: E402
import tap  # noqa: E402
from accounts import log_in, register  # noqa: E402
from gui import Atspi, wait  # noqa: E402
from service import Client, Service  # noqa: E402

FOLDER = pathlib.Path(os.environ["CHAT_BUILD_ROOT"]) / "chatcfg"
ROOT = "Chat service — Chat"


class Administration(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)

    def client(self, nick, *channels):
        client = Client(self.service, nick)
        self.addCleanup(client.close)
        for channel in channels:
            client.send(f"JOIN {channel}")
        client.barrier()
        return client

    def console(self):
        console = gui.Console(FOLDER, ["--open", f"chatd+unix:{self.service.control}"])
        self.addCleanup(console.close)
        console.start()
        wait(lambda: console.tree_row(ROOT) is not None, "the service's node")
        wait(lambda: console.tree_row("Users") is not None, "its children")
        return console

    def ends_well(self, console):
        self.assertEqual(console.stop(), 0, console.errors())
        # A notebook's accessible asks for a tab that is gone when a sheet closes: GTK's own.
        errors = "".join(line for line in console.errors().splitlines(True)
                         if "gtk_notebook_get_tab_label" not in line)
        for word in ("ERROR: ", "runtime error", "CRITICAL"):
            self.assertNotIn(word, errors)

    def names(self, console):
        return [console.cell(row, 0) for row in range(console.n_rows())]

    def wait_names(self, console, *names):
        wait(lambda: sorted(self.names(console)) == sorted(names), f"the rows {names}")

    def row(self, console, name):
        wait(lambda: name in self.names(console), f"the row {name}")
        return self.names(console).index(name)

    def fill(self, console, label, text, root):
        Atspi.EditableText.set_text_contents(console.get("text", label, root=root), text)

    def test_users_and_channels_are_live(self):
        anna, bob = self.client("anna", "#lobby"), self.client("bob", "#lobby")
        console = self.console()
        console.select_node("Users")
        self.wait_names(console, "anna", "bob")
        carla = self.client("carla")
        self.wait_names(console, "anna", "bob", "carla")
        bob.send("QUIT :bye")
        self.wait_names(console, "anna", "carla")
        anna.send("NICK anne")
        self.wait_names(console, "anne", "carla")
        console.expand_node("Channels")
        console.select_node("#lobby")
        self.wait_names(console, "anne")
        carla.send("JOIN #lobby")
        self.wait_names(console, "anne", "carla")
        carla.send("JOIN #second")
        wait(lambda: console.tree_row("#second") is not None, "the new channel in the tree")
        carla.send("PART #second")
        wait(lambda: console.tree_row("#second") is None, "the empty channel to go")
        console.shot("chatcfg-channel")
        self.ends_well(console)

    def test_topic(self):
        anna = self.client("anna", "#lobby")
        console = self.console()
        console.expand_node("Channels")
        console.select_node("#lobby")
        console.press("Set Topic")
        dialog = console.get("alert")
        self.fill(console, "Topic", "It's né <b>日本</b>", dialog)
        console.shot("chatcfg-topic")
        buttons = [node for node in gui.walk(dialog) if node.get_role_name() == "push button"
                   and "Cancel" not in (node.get_name() or "") and gui.is_showing(node)]
        Atspi.Action.do_action(buttons[-1], 0)
        self.assertIn("It's né <b>日本</b>", anna.expect("TOPIC #lobby"))
        console.select_node("Channels")
        wait(lambda: any("It's né <b>日本</b>" in console.cell(0, column)
                         for column in range(Atspi.Table.get_n_columns(console.list()))),
             "the topic in the list")
        self.ends_well(console)

    def test_disconnect_with_reason(self):
        self.client("anna")
        bob = self.client("bob")
        console = self.console()
        console.select_node("Users")
        console.select_rows(self.row(console, "bob"))
        console.press("Disconnect")
        dialog = console.get("alert", "Disconnect bob?")
        button = console.get("push button", "Disconnect", root=dialog)
        self.assertFalse(gui.is_sensitive(button), "a reason is needed")
        self.fill(console, "Reason", "be nice", dialog)
        console.shot("chatcfg-disconnect")
        console.press("Disconnect", root=dialog)
        self.assertIn("be nice", bob.expect("ERROR"))
        self.wait_names(console, "anna")
        self.ends_well(console)

    def test_clients_of_a_user(self):
        """One user with two clients: each is told apart by its device."""
        register(self.service, "anna")
        for name in ("desk", "phone"):
            client = log_in(self.service, "anna", f"anna@{name}")
            self.addCleanup(client.close)
        console = self.console()
        console.select_node("Users")
        console.select_rows(self.row(console, "anna"))
        console.press("Properties")
        sheet = console.get(name="anna Properties")
        tab = console.get("page tab", "Clients", root=sheet, showing=False)
        Atspi.Selection.select_child(tab.get_parent(), tab.get_index_in_parent())
        table = console.get(name="Clients of the user", root=sheet)
        wait(lambda: Atspi.Table.get_n_rows(table) == 2, "both clients")
        self.assertEqual({(gui.cell_text(table, row, 0), gui.cell_text(table, row, 1))
                          for row in range(2)}, {("desk", "127.0.0.1"), ("phone", "127.0.0.1")})
        console.shot("chatcfg-user-clients")
        console.press("Cancel", root=sheet)
        console.gone(name="anna Properties")
        self.ends_well(console)

    def test_limit_raised_live(self):
        anna = self.client("anna")
        console = self.console()
        console.expand_node("Settings")
        console.select_node("Limits")
        nick = console.get("text", ident="nick")
        wait(lambda: gui.text_of(nick) == "32", "the value in force")
        Atspi.EditableText.set_text_contents(nick, "40")
        console.shot("chatcfg-limits")
        console.press("Apply Changes")
        wait(lambda: "nick = 40" in (self.service.folder / "chatd.conf").read_text(), "the file")
        anna.send("NICK " + "n" * 40)
        anna.expect("n" * 40)
        self.assertEqual(self.service.process.poll(), None)
        self.ends_well(console)

    def test_service_restarts(self):
        self.client("anna")
        console = self.console()
        console.select_node("Users")
        self.wait_names(console, "anna")
        self.assertEqual(self.service.stop(), 0)
        console.select_node(ROOT)
        console.wait_text("again")
        console.shot("chatcfg-waiting")
        self.service.start()
        self.client("dora")
        console.select_node("Users")
        self.wait_names(console, "dora")
        self.ends_well(console)


if __name__ == "__main__":
    tap.main()
