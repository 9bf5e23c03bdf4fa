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

    def page(self, console, sheet, title):
        """Brings that page of the sheet to the front."""
        tab = console.get("page tab", title, root=sheet, showing=False)
        Atspi.Selection.select_child(tab.get_parent(), tab.get_index_in_parent())

    def choose(self, console, box, item, sheet):
        """One item of a combo box."""
        box = console.get("combo box", box, root=sheet)
        menu = box.get_child_at_index(0)
        names = [child.get_name() for child in gui.children(menu)]
        Atspi.Selection.select_child(box, names.index(item))

    def all_applied(self, console, sheet):
        apply = console.get("push button", "Apply", root=sheet)
        wait(lambda: not gui.is_sensitive(apply), "nothing is left to apply")

    def leave(self, console, sheet):
        console.press("Cancel", root=sheet)
        console.gone(name="#lobby Properties")
        self.ends_well(console)

    def test_topic_in_the_sheet(self):
        anna = self.client("anna", "#lobby")
        console = self.channel("#lobby")
        sheet = self.sheet(console, "#lobby")
        topic = console.get("text", "Topic", root=sheet)
        wait(lambda: gui.is_sensitive(topic), "the channel as it is")
        self.fill(console, "Topic", "Welcome", sheet)
        console.shot("chatcfg-channel-sheet")
        console.press("Apply", root=sheet)
        self.assertIn("Welcome", anna.expect("TOPIC #lobby"))
        self.all_applied(console, sheet)
        self.leave(console, sheet)

    def test_modes_in_the_sheet(self):
        """Flags and modes with a value, all that the service describes; what it refuses is said."""
        anna = self.client("anna", "#lobby")
        console = self.channel("#lobby")
        sheet = self.sheet(console, "#lobby")
        self.page(console, sheet, "Modes")
        locked = console.get("check box", "Topic locked (+t)", root=sheet)
        wait(lambda: gui.is_sensitive(locked) and is_checked(locked), "the modes in force")
        registered = console.get("check box", "Registered (+r)", root=sheet)
        self.assertFalse(gui.is_sensitive(registered))
        moderated = console.get("check box", "Moderated (+m)", root=sheet)
        self.assertFalse(is_checked(moderated))
        Atspi.Action.do_action(moderated, 0)
        self.fill(console, "Key (+k)", "sesame", sheet)
        self.fill(console, "Flood protection (+F)", "strict", sheet)
        self.fill(console, "Slow mode (+W)", "5", sheet)
        limited = console.get("check box", "No more than", root=sheet)
        Atspi.Action.do_action(limited, 0)
        Atspi.Value.set_current_value(console.get("spin button", "Limit (+l)", root=sheet), 20)
        console.shot("chatcfg-channel-modes")
        console.press("Apply", root=sheet)
        self.assertIn("+klFWm sesame 20 ", anna.expect("MODE #lobby"))
        self.all_applied(console, sheet)
        # One of two is refused: the other one is done, and both stay as they were typed.
        self.fill(console, "Slow mode (+W)", "often", sheet)
        Atspi.Action.do_action(moderated, 0)
        console.press("Apply", root=sheet)
        self.assertIn("-m", anna.expect("MODE #lobby"))
        console.wait_text("often")
        console.shot("chatcfg-channel-modes-refused")
        self.assertFalse(is_checked(moderated))
        self.fill(console, "Slow mode (+W)", "", sheet)
        self.fill(console, "Key (+k)", "", sheet)
        console.press("OK", root=sheet)
        anna.expect("MODE #lobby -kW ")
        console.gone(name="#lobby Properties")
        self.ends_well(console)

    def test_access(self):
        """Bans with their ends and reasons, and ranks that a registered channel gives."""
        anna = self.client("anna", "#lobby")
        anna.send("NS REGISTER open-sesame", "CS REGISTER #lobby", "MODE #lobby +e good!*@*")
        anna.expect("MODE #lobby +e")
        console = self.channel("#lobby")
        sheet = self.sheet(console, "#lobby")
        self.page(console, sheet, "Access")
        mask = console.get("text", "Mask", root=sheet)
        wait(lambda: gui.is_sensitive(mask), "the list in force")
        table = console.get(name="Access list of the channel", root=sheet)
        level, masks, reason, until, by = 0, 1, 2, 3, 4
        wait(lambda: gui.cell_text(table, 0, masks) == "good!*@*", "what is there")
        self.assertEqual(gui.cell_text(table, 0, level), "ban exception")
        self.choose(console, "Level", "ban", sheet)
        self.choose(console, "How long", "1 hour", sheet)
        self.fill(console, "Reason", "Advertises", sheet)
        Atspi.EditableText.set_text_contents(mask, "bad!*@*")
        console.press("Add", root=sheet)
        self.choose(console, "Level", "operator", sheet)
        self.choose(console, "How long", "For good", sheet)
        self.fill(console, "Reason", "Helps", sheet)
        Atspi.EditableText.set_text_contents(mask, "anna")
        console.press("Add", root=sheet)
        console.shot("chatcfg-channel-access")
        console.press("Apply", root=sheet)
        self.assertIn("+b ~t:60:bad!*@*", anna.expect("MODE #lobby"))
        self.all_applied(console, sheet)
        setter = f"{pwd.getpwuid(os.getuid()).pw_name} (uid {os.getuid()})"

        def rows():
            return {gui.cell_text(table, row, masks): row
                    for row in range(Atspi.Table.get_n_rows(table))}

        wait(lambda: set(rows()) == {"good!*@*", "~t:60:bad!*@*", "~a:anna"}, "all three")
        banned, helper = rows()["~t:60:bad!*@*"], rows()["~a:anna"]
        self.assertEqual([gui.cell_text(table, banned, column) for column in (level, by, reason)],
                         ["ban", setter, "Advertises"])
        self.assertRegex(gui.cell_text(table, banned, until), r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
        self.assertEqual([gui.cell_text(table, helper, column) for column in (level, by, reason)],
                         ["operator", setter, "Helps"])
        # A long list is looked through.
        self.fill(console, "Filter", "ADVERT", sheet)
        wait(lambda: set(rows()) == {"~t:60:bad!*@*"}, "one row")
        Atspi.Table.add_row_selection(table, 0)
        console.press("Remove", root=sheet)
        self.fill(console, "Filter", "", sheet)
        wait(lambda: set(rows()) == {"good!*@*", "~a:anna"}, "the others")
        Atspi.Table.add_row_selection(table, rows()["~a:anna"])
        console.press("Remove", root=sheet)
        console.press("OK", root=sheet)
        anna.expect("MODE #lobby -b ~t:60:bad!*@*")
        console.gone(name="#lobby Properties")
        anna.send("CS ACCESS #lobby LIST")
        self.assertFalse([line for line in anna.barrier() if "Helps" in line])
        self.ends_well(console)

    def test_access_refused(self):
        """What the service refuses is said in the page, and stays to be put right."""
        anna = self.client("anna", "#lobby")
        console = self.channel("#lobby")
        sheet = self.sheet(console, "#lobby")
        self.page(console, sheet, "Access")
        mask = console.get("text", "Mask", root=sheet)
        wait(lambda: gui.is_sensitive(mask), "the list in force")
        self.choose(console, "Level", "owner", sheet)
        Atspi.EditableText.set_text_contents(mask, "anna")
        console.press("Add", root=sheet)
        console.wait_text("Only a registered channel gives ranks")
        self.choose(console, "Level", "ban", sheet)
        for text in ("bad!*@*", "~q:nonsense"):
            Atspi.EditableText.set_text_contents(mask, text)
            console.press("Add", root=sheet)
        console.press("Apply", root=sheet)
        self.assertIn("+b bad!*@*", anna.expect("MODE #lobby"))
        console.wait_text("~q:nonsense")
        console.shot("chatcfg-channel-access-refused")
        table = console.get(name="Access list of the channel", root=sheet)
        wait(lambda: "~q:nonsense" in [gui.cell_text(table, row, 1) for row in range(2)],
             "what was refused is still there")
        Atspi.Table.add_row_selection(table, gui.row_of(table, "~q:nonsense"))
        console.press("Remove", root=sheet)
        self.all_applied(console, sheet)
        self.leave(console, sheet)

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
