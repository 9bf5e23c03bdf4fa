#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""chatcfg.so on the built chatd: channels, their properties and members; the service's own acts."""

import os
import pathlib
import pwd
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "console" / "gui"), str(TESTS / "e2e")]

import gui  # noqa: E402
import tap  # noqa: E402
from gui import Atspi, wait  # noqa: E402
from service import Client, Service  # noqa: E402

FOLDER = pathlib.Path(os.environ["CHAT_BUILD_ROOT"]) / "chatcfg"
ROOT = "Chat service — Chat"


def is_checked(node):
    return node.get_state_set().contains(Atspi.StateType.CHECKED)


class Channels(unittest.TestCase):
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

    def console(self, **environment):
        console = gui.Console(FOLDER, ["--open", f"chatd+unix:{self.service.control}"], environment)
        self.addCleanup(console.close)
        console.start()
        return console

    def channel(self, name):
        console = self.console()
        wait(lambda: console.tree_row("Channels") is not None, "the service's children")
        console.expand_node("Channels")
        console.select_node(name)
        return console

    def ends_well(self, console):
        self.assertEqual(console.stop(), 0, console.errors())
        for word in ("ERROR: ", "runtime error", "snap-in chatcfg"):
            self.assertNotIn(word, console.errors())

    def names(self, console):
        return [console.cell(row, 0) for row in range(console.n_rows())]

    def fill(self, console, label, text, root):
        Atspi.EditableText.set_text_contents(console.get("text", label, root=root), text)

    def sheet(self, console, name):
        console.press("Properties")
        sheet = console.get(name=f"{name} Properties")
        return sheet

    def test_modes_in_the_sheet(self):
        anna = self.client("anna", "#lobby")
        console = self.channel("#lobby")
        sheet = self.sheet(console, "#lobby")
        locked = console.get("check box", "Topic locked (+t)", root=sheet)
        wait(lambda: gui.is_sensitive(locked) and is_checked(locked), "the modes in force")
        moderated = console.get("check box", "Moderated (+m)", root=sheet)
        self.assertFalse(is_checked(moderated))
        Atspi.Action.do_action(moderated, 0)
        self.fill(console, "Key", "sesame", sheet)
        self.fill(console, "Topic", "Welcome", sheet)
        console.shot("chatcfg-channel-sheet")
        console.press("Apply", root=sheet)
        self.assertIn("Welcome", anna.expect("TOPIC #lobby"))
        mode = anna.expect("MODE #lobby")
        self.assertIn("+mk sesame", mode)
        apply = console.get("push button", "Apply", root=sheet)
        wait(lambda: not gui.is_sensitive(apply), "nothing is left to apply")
        self.fill(console, "Key", "", sheet)
        console.press("OK", root=sheet)
        self.assertIn("-k", anna.expect("MODE #lobby"))
        console.gone(name="#lobby Properties")
        self.ends_well(console)

    def test_bans(self):
        anna = self.client("anna", "#lobby")
        console = self.channel("#lobby")
        sheet = self.sheet(console, "#lobby")
        tab = console.get("page tab", "Bans and Exceptions", root=sheet, showing=False)
        Atspi.Selection.select_child(tab.get_parent(), tab.get_index_in_parent())
        mask = console.get("text", "Mask", root=sheet)
        wait(lambda: gui.is_sensitive(mask), "the lists in force")
        Atspi.EditableText.set_text_contents(mask, "bad!*@*")
        console.press("Add", root=sheet)
        console.shot("chatcfg-channel-bans")
        console.press("Apply", root=sheet)
        self.assertIn("+b bad!*@*", anna.expect("MODE #lobby"))
        table = console.get(name="Masks of the channel", root=sheet)
        setter = f"{pwd.getpwuid(os.getuid()).pw_name} (uid {os.getuid()})"
        wait(lambda: gui.cell_text(table, 0, 2) == setter, "who set it")
        Atspi.Table.add_row_selection(table, 0)
        console.press("Remove", root=sheet)
        console.press("OK", root=sheet)
        self.assertIn("-b bad!*@*", anna.expect("MODE #lobby"))
        console.gone(name="#lobby Properties")
        self.ends_well(console)

    def test_kick(self):
        anna, bob = self.client("anna", "#lobby"), self.client("bob", "#lobby")
        console = self.channel("#lobby")
        wait(lambda: sorted(self.names(console)) == ["anna", "bob"], "the members")
        self.assertEqual(console.cell(self.names(console).index("anna"), 1), "operator")
        console.select_rows(self.names(console).index("bob"))
        console.press("Kick")
        dialog = console.get("alert", "Kick bob from #lobby?")
        self.fill(console, "Reason", "off topic", dialog)
        console.press("Kick", root=dialog)
        self.assertIn("off topic", bob.expect("KICK #lobby bob"))
        wait(lambda: self.names(console) == ["anna"], "one member")
        anna.send("PART #lobby")
        console.wait_text("This channel is gone")
        self.client("carla", "#lobby")
        wait(lambda: self.names(console) == ["carla"], "the channel again")
        self.ends_well(console)

    def test_registered_channel_stays_over_a_restart(self):
        self.client("anna", "#lobby")
        console = self.channel("#lobby")
        console.press("Register")
        unregister = console.get("push button", "Unregister")
        wait(lambda: gui.is_sensitive(unregister), "the channel is registered")
        self.assertEqual(self.service.stop(), 0)
        console.wait_text("Not connected to the service")
        self.service.start()
        wait(lambda: self.names(console) == [], "nobody is in it yet")
        self.client("bob", "#lobby")
        wait(lambda: self.names(console) == ["bob"], "the same node lists the members")
        self.assertIn("#lobby", " ".join(console.texts()))
        self.ends_well(console)

    def test_edited_configuration_is_reloaded(self):
        console = self.console()
        console.wait_text("Not yet registered")
        path = self.service.folder / "chatd.conf"
        path.write_text(path.read_text() + "\n[limits]\ntopic = 200\n")
        console.wait_text("was edited since it was read", limit=30)
        console.shot("chatcfg-edited")
        console.press("Reload Configuration")
        console.wait_text("The configuration was reloaded")
        wait(lambda: not [text for text in console.texts() if "was edited" in text],
             "the file is what runs")
        path.write_text(path.read_text().replace("topic = 200", "topic = a lot"))
        console.wait_text("has an error", limit=30)
        console.press("Reload Configuration")
        console.wait_text("was not reloaded")
        console.wait_text("[limits] topic = a lot: must be a whole number")
        console.shot("chatcfg-invalid")
        self.ends_well(console)

    def test_another_service(self):
        other = Service()
        self.addCleanup(other.close)
        # Whole stacks are needed to tell what GTK forgets from a leak of ours.
        console = self.console(
            ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0")
        wait(lambda: console.tree_row(ROOT) is not None, "the first service")
        console.press("Connect to Another")
        dialog = console.get("alert", "Connect to another service")
        self.fill(console, "Socket", "relative", dialog)
        console.press("Connect", root=dialog)
        console.wait_text("There is no service to connect to")
        console.press("Connect to Another")
        dialog = console.get("alert", "Connect to another service")
        self.fill(console, "Socket", str(other.control), dialog)
        console.press("Connect", root=dialog)
        wait(lambda: str(other.control) in console.status(), "the other service")
        console.press("Remove from the Tree")
        wait(lambda: str(self.service.control) in console.status(), "the first service again")
        remove = console.get("push button", "Remove from the Tree")
        wait(lambda: not gui.is_sensitive(remove), "the last one stays")
        self.ends_well(console)

    def test_stop(self):
        anna = self.client("anna")
        console = self.console()
        console.press("Stop Service")
        dialog = console.get("alert", "Stop the service?")
        self.fill(console, "Reason", "new kernel", dialog)
        console.press("Stop", root=dialog)
        self.assertIn("new kernel", anna.expect("ERROR"))
        console.wait_text("trying again in")
        self.ends_well(console)


if __name__ == "__main__":
    tap.main()
