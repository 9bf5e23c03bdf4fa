#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The console's window with a real snap-in in it: tree, lists, actions, dialogs, sheets, state."""

import os
import pathlib
import tempfile
import unittest

import gui
import tap
from gui import Atspi, wait

FOLDER = pathlib.Path(os.environ["CHAT_DEMO_FOLDER"])


class Window(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.TemporaryDirectory()
        self.addCleanup(self.state.cleanup)

    def console(self, *arguments, **environment):
        console = gui.Console(FOLDER, arguments, environment, self.state.name)
        self.addCleanup(console.close)
        console.start()
        wait(lambda: console.tree_row("Demo warehouse") is not None, "the snap-in's node")
        return console

    def goods(self, *arguments, **environment):
        console = self.console(*arguments, **environment)
        console.expand_node("Demo warehouse")
        console.select_node("Goods")
        wait(lambda: console.n_rows() == 300, "300 rows")
        return console

    def ends_well(self, console):
        self.assertEqual(console.stop(), 0, console.errors())
        for word in ("ERROR: ", "runtime error", "snap-in demo:"):
            self.assertNotIn(word, console.errors())

    def test_tree_and_list(self):
        console = self.goods()
        self.assertEqual(console.cell(0, 0), "anvil-004291")
        self.assertIn("300 rows", console.status())
        console.shot("list")
        console.select_node("Demo warehouse")
        console.wait_text("this morning")
        console.shot("overview")
        console.expand_node("Shelves")
        console.select_node("Shelves")
        wait(lambda: console.n_rows() == 12, "the children of a node without a list")
        console.select_node("Shelf 7")
        wait(lambda: console.n_rows() == 7, "the rows of a lazy node")
        self.ends_well(console)

    def test_sort_and_filter_keep_the_selection(self):
        console = self.goods()
        console.select_rows(3)
        name = console.cell(3, 0)
        console.press_header("Size")
        wait(lambda: [console.cell(r, 1) for r in range(3)] ==
             sorted((console.cell(r, 1) for r in range(3)), key=int), "rows sorted by size")
        chosen = Atspi.Table.get_selected_rows(console.list())
        self.assertEqual([console.cell(row, 0) for row in chosen], [name])
        Atspi.EditableText.set_text_contents(console.get(ident="result-search"), "ANVIL red")
        wait(lambda: 0 < console.n_rows() < 30, "few rows")
        self.assertTrue(console.cell(0, 0).startswith("anvil"))
        self.assertIn("of 300 rows", console.status())
        Atspi.EditableText.set_text_contents(console.get(ident="result-search"), "no such thing")
        console.wait_text("No row contains these words.")
        wait(lambda: "0 of 300 rows" in console.status(), "the status line")
        console.shot("filtered-empty")
        self.ends_well(console)

    def test_actions_say_why_not(self):
        console = self.goods()
        properties = console.get("push button", "Properties")
        self.assertFalse(gui.is_sensitive(properties))
        self.assertIn("Select a row first", properties.get_description())
        self.assertIn("Only the owner", console.get("push button", "Sell").get_description())
        console.select_rows(0, 1)
        wait(lambda: "Select only one row" in properties.get_description(), "another reason")
        self.assertTrue(gui.is_sensitive(console.get("push button", "Paint Red")))
        console.press("Paint Red")
        wait(lambda: console.cell(0, 2) == "red" and console.cell(1, 2) == "red", "painted rows")
        Atspi.Component.grab_focus(console.list())
        console.key("shift+F10")
        console.get("menu item", "Paint Red")
        console.shot("context-menu")
        console.key("Escape")
        self.ends_well(console)

    def test_by_keyboard_alone(self):
        console = self.console()
        console.key("alt+1", "Home", "Right", "Down")
        wait(lambda: console.n_rows() == 300, "the list of the next node")
        console.key("alt+2", "Home", "Return")
        console.get(name="anvil-004291 Properties")
        console.key("Escape")
        console.gone(name="anvil-004291 Properties")
        console.key("ctrl+f")
        console.key("b", "o", "l", "t")
        wait(lambda: console.n_rows() < 300 and console.cell(0, 0).startswith("Bolt"), "bolts")
        console.key("Delete")
        self.assertIsNone(console.find("alert", "Scrap"), "a key typed into the field")
        console.key("Escape", "End", "Delete")
        console.get("alert", "Scrap these things?")
        console.key("Escape")
        console.gone("alert", "Scrap")
        console.key("alt+Up")
        console.wait_text("this morning")
        console.key("F9")
        wait(lambda: console.find("push button", "Lose") is None, "no action pane")
        console.key("F10")
        console.get(name="Snap-ins", role="push button")
        console.key("Escape", "F9")
        self.ends_well(console)

    def test_search_that_finds_nothing(self):
        """What is typed into the tree and found nowhere leaves selected what was."""
        console = self.goods()
        console.key("alt+1")
        console.key("x", "q", "z")
        wait(lambda: [node for node in gui.walk(console.root) if node.get_role_name() == "text" and
                      gui.text_of(node) == "xqz"], "what is searched for")
        self.assertEqual(Atspi.Table.get_selected_rows(console.tree()), [console.tree_row("Goods")])
        self.assertEqual(console.n_rows(), 300)
        self.assertEqual([text for text in console.texts() if "No snap-ins" in text], [])
        console.key("Escape")
        self.ends_well(console)

    def test_dark(self):
        console = self.goods(GTK_THEME="Adwaita:dark")
        console.select_rows(2)
        console.shot("dark")
        self.ends_well(console)

    def test_question(self):
        console = self.goods()
        console.select_rows(0, 1)
        console.press("Scrap")
        dialog = console.get("alert", "Scrap these things?")
        button = console.get("push button", "Scrap", root=dialog)
        self.assertFalse(gui.is_sensitive(button))
        reason = console.get("text", "Reason", root=dialog)
        Atspi.EditableText.set_text_contents(reason, "x" * 41)
        self.assertEqual(gui.text_of(reason), "", "more bytes than the field may have")
        Atspi.EditableText.set_text_contents(reason, "rusty")
        console.shot("question")
        console.press("Scrap", root=dialog)
        console.wait_text("2 scrapped: rusty (Melt)")
        wait(lambda: console.n_rows() == 298, "298 rows")
        console.press("Details", role="toggle button")
        console.wait_text("No way back from here.")
        self.ends_well(console)

    def test_question_unanswered(self):
        console = self.goods()
        console.select_rows(0)
        console.press("Scrap")
        console.get("alert", "Scrap these things?")
        console.key("Escape")
        console.gone("alert", "Scrap")
        self.assertEqual(console.n_rows(), 300)
        console.press("Properties")
        console.get(name="anvil-004291 Properties")
        console.press("Scrap")
        console.get("alert", "Scrap these things?")
        console.process.terminate()
        self.assertEqual(console.process.wait(gui.LIMIT), 0, console.errors())

    def test_property_sheet(self):
        console = self.goods()
        console.select_rows(0)
        console.press("Properties")
        sheet = console.get(name="anvil-004291 Properties")
        apply = console.get("push button", "Apply", root=sheet)
        self.assertFalse(gui.is_sensitive(apply))
        name = console.get("text", "Name", root=sheet)
        Atspi.EditableText.set_text_contents(name, "")
        console.wait_text("A thing needs a name.")
        self.assertFalse(gui.is_sensitive(console.get("push button", "OK", root=sheet)))
        Atspi.EditableText.set_text_contents(name, "aaa")
        size = console.get("spin button", "Size", root=sheet)
        Atspi.Value.set_current_value(size, 30000)
        console.press("Apply", root=sheet)
        console.wait_text("Nothing is larger than 20000.")
        console.shot("sheet-error")
        Atspi.Value.set_current_value(size, 77)
        console.press("OK", root=sheet)
        console.gone(name="anvil-004291 Properties")
        wait(lambda: console.cell(0, 0) == "aaa" and console.cell(0, 1) == "77", "the new values")
        self.ends_well(console)

    def test_place_is_kept(self):
        console = self.goods()
        console.expand_node("Shelves")
        console.select_node("Shelf 3")
        wait(lambda: console.n_rows() == 3, "three rows")
        console.select_node("Goods")
        console.press_header("Size")
        console.select_node("Shelf 3")
        self.ends_well(console)
        again = self.console()
        wait(lambda: again.tree_row("Shelf 3") is not None, "the open branch")
        wait(lambda: again.n_rows() == 3, "the selected node's list")
        again.select_node("Goods")
        wait(lambda: again.n_rows() == 300, "300 rows")
        self.assertLess(int(again.cell(0, 1)), 40)
        self.ends_well(again)

    def test_rebuilt_tree_keeps_the_place(self):
        console = self.goods()
        console.select_node("Demo warehouse")
        console.press("Rebuild")
        wait(lambda: console.tree_row("Goods") is not None, "the node is back")
        console.wait_text("this morning")
        self.ends_well(console)

    def test_state_and_watchdog(self):
        console = self.console()
        console.press("Lose")
        console.wait_text("The warehouse does not answer.")
        console.shot("lost")
        console.press("Find")
        wait(lambda: not any("does not answer" in text for text in console.texts()), "found again")
        console.press("Block")
        console.wait_text("The snap-in demo held up the console for 1.")
        self.assertEqual(console.stop(), 0)
        self.assertIn("snap-in demo has been blocking the console", console.errors())

    def test_live_and_big_lists(self):
        console = self.console()
        console.expand_node("Demo warehouse")
        console.select_node("Deliveries")
        wait(lambda: console.n_rows() == 40, "a list that grows by itself")
        first = console.cell(0, 0)
        wait(lambda: console.cell(0, 0) != first, "rows that move on")
        console.select_node("Everything")
        wait(lambda: console.n_rows() == 100000, "100,000 rows")
        console.shot("big-list")
        self.ends_well(console)

    def test_search_beyond_what_is_loaded(self):
        console = self.console()
        console.expand_node("Demo warehouse")
        console.select_node("Catalogue")
        wait(lambda: "500 of 1000000 rows" in console.status(), "what is loaded of the whole")
        Atspi.EditableText.set_text_contents(console.get(ident="result-search"), "Bolt")
        wait(lambda: 50 < console.n_rows() < 100, "what the snap-in found")
        self.ends_well(console)

    def test_columns_are_remembered(self):
        console = self.goods()
        columns = Atspi.Table.get_n_columns(console.list())
        console.press("Choose columns", role="toggle button")
        number = console.get("check box", "Number")
        console.shot("columns")
        Atspi.Action.do_action(number, 0)
        wait(lambda: console.cell(0, columns).isdigit(), "another column")
        console.key("Escape")
        console.press("Main menu", role="toggle button")
        console.press("Reset Layout")
        self.ends_well(console)
        again = self.console()
        wait(lambda: again.n_rows() == 300, "300 rows")
        self.assertTrue(again.cell(0, columns).isdigit())
        self.ends_well(again)

    def test_windows_of_help(self):
        console = self.console()
        console.key("ctrl+shift+i")
        table = console.get("table", ident="snapins-table")
        self.assertEqual(gui.row_of(table, "loaded"), 0)
        self.assertEqual(gui.cell_text(table, 0, 3), "1.0")
        self.assertIsNotNone(gui.row_of(table, "not installed"))
        console.shot("snapins")
        console.key("Escape")
        console.gone(ident="snapins-table")
        console.key("ctrl+F1")
        console.get("label", "Shortcuts")
        console.shot("shortcuts")
        console.key("Escape")
        console.gone("label", "Shortcuts")
        self.ends_well(console)

    def test_addresses(self):
        console = self.console("--open", "demo:goods")
        wait(lambda: console.n_rows() == 300, "the node of the address")
        self.ends_well(console)
        other = self.console("--open", "gopher://example.org/")
        other.wait_text("No snap-in opens the address")
        self.ends_well(other)

    def test_export(self):
        # The file chooser makes GLib's table of quarks grow, which forgets the old one: whole
        # stacks are needed to tell that from a leak of ours.
        console = self.goods(
            ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0")
        console.press("Export the list")
        dialog = console.get(name="Export the List")
        path = pathlib.Path(self.state.name) / "goods.json"
        field = console.get("text", "Name", root=dialog)
        Atspi.EditableText.set_text_contents(field, str(path))
        console.press("Export", root=dialog)
        console.wait_text("The list was exported to")
        self.assertEqual(path.read_text().count('"name":'), 300)
        self.ends_well(console)


if __name__ == "__main__":
    tap.main()
