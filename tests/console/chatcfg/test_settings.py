#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Settings, Change History, Log and Audit of the snap-in, with the real service behind it."""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "console" / "gui"), str(TESTS / "console"), str(TESTS / "e2e")]

import fake_service  # noqa: E402
import gui  # noqa: E402
import service  # noqa: E402
import tap  # noqa: E402
from gui import Atspi, wait  # noqa: E402

FOLDER = pathlib.Path(os.environ["CHAT_BUILD_ROOT"]) / "chatcfg"
SETTINGS = ("Settings", "Change History", "Log", "Audit")


def call(path, method, **params):
    """One call on a control socket of its own: what another administrator does."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(gui.LIMIT)
        sock.connect(str(path))
        request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        sock.sendall(json.dumps(request).encode() + b"\n")
        with sock.makefile() as lines:
            answer = json.loads(lines.readline())
    if "error" in answer:
        raise AssertionError(f"{method}: {answer['error']}")
    return answer["result"]


class Pane(unittest.TestCase):
    """A console with one service in its tree, and what is done in the forms of its settings."""

    def start(self, control):
        self.console = gui.Console(FOLDER, ["--open", f"chatd+unix:{control}"])
        self.addCleanup(self.console.close)
        self.console.start()
        wait(lambda: self.console.tree_row("Settings") is not None, "the node Settings")

    def tearDown(self):
        # The keys that end it go to the window that is active, which a sheet was until it closed.
        wait(lambda: self.console.get("frame").get_state_set().contains(Atspi.StateType.ACTIVE),
             "the console's window is the active one")
        self.assertEqual(self.console.stop(), 0, self.console.errors())
        # A notebook's accessible asks for a tab that is gone when a sheet closes: GTK's own.
        errors = "".join(line for line in self.console.errors().splitlines(True)
                         if "gtk_notebook_get_tab_label" not in line)
        for word in ("ERROR: ", "runtime error", "CRITICAL", "snap-in chatcfg:"):
            self.assertNotIn(word, errors)

    # ---- getting there ----

    def open(self, title):
        """Selects a node below the service, or below its Settings."""
        console = self.console
        if title not in SETTINGS and console.tree_row(title) is None:
            console.expand_node("Settings")
        console.select_node(title)
        return console

    def field(self, key, root=None):
        return self.console.get(ident=key, root=root)

    def type_in(self, key, text, root=None):
        field = self.field(key, root)
        wait(lambda: gui.is_sensitive(field), f"{key} can be typed in")
        Atspi.EditableText.set_text_contents(field, text)
        return field

    def apply(self):
        button = self.console.get(ident="settings-apply")
        wait(lambda: gui.is_sensitive(button), "Apply can be pressed")
        Atspi.Action.do_action(button, 0)


class Settings(Pane):
    def setUp(self):
        self.service = service.Service({"log": {"level": "info"}})
        self.addCleanup(self.service.close)
        self.start(self.service.control)

    def set_elsewhere(self, section, key, value, comment=""):
        change = {"section": section, "key": key, "value": value}
        call(self.service.control, "config.set", changes=[change], comment=comment)

    def nick_length(self, nick):
        """What a client is told in numeric 005."""
        client = service.Client(self.service, nick)
        self.addCleanup(client.close)
        line = next(line for line in client.lines if "NICKLEN=" in line)
        return next(word for word in line.split() if word.startswith("NICKLEN="))

    # ---- the tests ----

    def test_a_limit_is_raised_listed_and_undone(self):
        self.assertEqual(self.nick_length("anna"), "NICKLEN=32")
        console = self.open("Limits")
        field = self.field("nick")
        self.assertEqual(gui.text_of(field), "32")
        self.assertIn("9 to 63 bytes", field.get_description())
        console.shot("settings-limits")
        self.type_in("nick", "40")
        console.wait_text("1 change not applied")
        comment = console.get("text", "Comment")
        Atspi.EditableText.set_text_contents(comment, "longer names")
        console.shot("settings-typed")
        self.apply()
        wait(lambda: not console.find(ident="settings-apply"), "nothing left to apply")
        self.assertEqual(self.nick_length("bert"), "NICKLEN=40")
        self.open("Change History")
        wait(lambda: console.n_rows() == 1, "the change in the history")
        self.assertEqual(console.cell(0, 2), "limits.nick (default) → 40")
        self.assertEqual(console.cell(0, 3), "longer names")
        console.select_rows(0)
        console.press("Properties")
        sheet = console.get(name="Change 1 Properties")
        wait(lambda: any("longer names" in text for text in console.texts(sheet)), "the comment")
        console.shot("history-properties")
        console.press("Cancel", root=sheet)
        console.press("Undo")
        dialog = console.get("alert", "Undo change 1?")
        console.shot("history-undo")
        console.press("Undo", root=dialog)
        wait(lambda: console.n_rows() == 2, "the undoing in the history")
        self.assertEqual(console.cell(0, 3), "Undo of change 1")
        self.assertEqual(self.nick_length("carl"), "NICKLEN=32")
        self.open("Limits")
        wait(lambda: gui.text_of(self.field("nick")) == "32", "the field follows")

    def test_going_to_a_setting(self):
        """It comes into sight and has the focus, also in a long section that was open before."""
        console = self.open("Limits")
        self.field("nick")
        last = "whowas_entries"
        self.assertIsNone(console.find(ident=last), "it is further down")
        self.open("Settings")
        names = wait(lambda: [console.cell(row, 1) for row in range(console.n_rows())], "the settings")
        label = next(row["label"] for row in call(self.service.control, "describe")["settings"]
                     if (row["section"], row["key"]) == ("limits", last))
        console.select_rows(names.index(label))
        console.press("Go to Setting")
        wait(lambda: self.field(last).get_state_set().contains(Atspi.StateType.FOCUSED), "the focus")

    def test_sections_have_their_names(self):
        console = self.open("Limits")
        for title in ("TLS", "OAuth", "Mail"):
            self.assertIsNotNone(console.tree_row(title), title)
        self.open("TLS")

    def test_a_refusal_is_shown_at_its_field(self):
        console = self.open("Limits")
        self.type_in("nick", "400")
        self.type_in("topic", "380")
        self.apply()
        console.wait_text("Must be a whole number from 9 to 63 bytes")
        console.shot("settings-refused")
        self.assertEqual(gui.text_of(self.field("nick")), "400")
        self.assertTrue(self.field("nick").get_state_set().contains(Atspi.StateType.FOCUSED))
        limits = call(self.service.control, "config.get", section="limits", key="topic")
        self.assertEqual(limits["list"][0]["value"], "390", "all or nothing")
        self.type_in("nick", "41")
        self.apply()
        wait(lambda: not console.find(ident="settings-apply"), "applied")
        self.assertEqual(self.nick_length("dora"), "NICKLEN=41")

    def test_fields_follow_unless_they_were_touched(self):
        console = self.open("Limits")
        self.type_in("topic", "350")
        self.set_elsewhere("limits", "nick", "44")
        wait(lambda: gui.text_of(self.field("nick")) == "44", "the untouched field follows")
        self.set_elsewhere("limits", "topic", "400")
        console.wait_text("changed it to 400 meanwhile")
        self.assertEqual(gui.text_of(self.field("topic")), "350")
        console.shot("settings-meanwhile")
        Atspi.Action.do_action(console.get(ident="settings-discard"), 0)
        wait(lambda: gui.text_of(self.field("topic")) == "400", "the service's value")

    def test_a_sheet_applies_all_pages_at_once(self):
        console = self.open("Settings")
        wait(lambda: console.n_rows() > 40, "all settings")
        console.shot("settings-all")
        console.press("Properties")
        sheet = console.get(name="Settings Properties")
        self.page(sheet, "Limits")
        self.type_in("nick", "42", sheet)
        console.shot("settings-sheet")
        self.page(sheet, "Log")
        level = self.field("level", sheet)
        self.choose(level, "warn")
        self.page(sheet, "Service")
        self.type_in("description", "x" * 101, sheet)
        console.press("Apply", root=sheet)
        console.wait_text("Must be one line of 1 to 100 bytes")
        console.shot("settings-sheet-refused")
        self.assertEqual(call(self.service.control, "config.history")["total"], 0)
        self.type_in("description", "Ours", sheet)
        self.page(sheet, "Limits")
        self.type_in("nick", "99", sheet)
        console.press("Apply", root=sheet)
        console.wait_text("Must be a whole number from 9 to 63 bytes")
        self.type_in("nick", "42", sheet)
        console.press("OK", role="push button", root=sheet)
        console.gone(name="Settings Properties")
        history = call(self.service.control, "config.history")
        self.assertEqual(history["total"], 1, "one config.set for all pages")
        named = {(c["section"], c["key"], c["to"]) for c in history["list"][0]["changes"]}
        for change in (("limits", "nick", "42"), ("log", "level", "warn"),
                       ("service", "description", "Ours")):
            self.assertIn(change, named)

    def page(self, sheet, title):
        tabs = self.console.get("page tab list", root=sheet)

        def place():
            for index, tab in enumerate(gui.children(tabs)):
                if any(title == node.get_name() for node in gui.walk(tab, 3)):
                    return index + 1
            return None

        Atspi.Selection.select_child(tabs, wait(place, f"the tab {title}") - 1)

    def choose(self, combo, word):
        names = [node.get_name() for node in gui.walk(combo)
                 if node.get_role_name() == "menu item"]
        Atspi.Selection.select_child(combo, names.index(word))

    def test_a_listener_comes_and_goes(self):
        port = service.free_ports(1)[0]
        console = self.open("Settings")
        wait(lambda: console.n_rows() > 40, "all settings")
        console.press("New Listener")
        dialog = console.get("alert", "New Listener")
        Atspi.EditableText.set_text_contents(console.get("text", "Name", root=dialog), "extra")
        console.press("Continue", root=dialog)
        sheet = console.get(name="Listener extra Properties")
        self.type_in("port", str(port), sheet)
        console.shot("settings-new-listener")
        console.press("OK", root=sheet)
        wait(lambda: console.tree_row("Listener extra") is not None, "the listener's node")
        with socket.create_connection(("127.0.0.1", port), gui.LIMIT):
            pass
        console.select_node("Listener extra")
        wait(lambda: gui.text_of(self.field("port")) == str(port), "its form")
        console.shot("settings-listener")
        console.press("Remove")
        dialog = console.get("alert", "Remove the listener extra?")
        console.press("Remove", root=dialog)
        wait(lambda: console.tree_row("Listener extra") is None, "the node goes")

    def test_an_operator_needs_a_password(self):
        console = self.open("Settings")
        wait(lambda: console.n_rows() > 40, "all settings")
        console.press("New Operator")
        dialog = console.get("alert", "New Operator")
        Atspi.EditableText.set_text_contents(console.get("text", "Name", root=dialog), "anna")
        console.press("Continue", root=dialog)
        sheet = console.get(name="Operator anna Properties")
        self.field("password", sheet)
        console.press("Apply", root=sheet)
        console.wait_text("password_file or certificates is missing")
        console.shot("settings-new-operator")
        hashed = subprocess.run([self.service.chatd, "--hash-password"], input="swordfish\n",
                                capture_output=True, text=True, check=True).stdout.strip()
        self.type_in("password", hashed, sheet)
        console.press("OK", root=sheet)
        wait(lambda: console.tree_row("Operator anna") is not None, "the operator's node")
        client = service.Client(self.service, "anna")
        self.addCleanup(client.close)
        client.send("OPER anna swordfish")
        client.expect(" 381 ")

    def test_a_file_edited_by_hand_is_told(self):
        path = self.service.folder / "chatd.conf"
        path.write_text(path.read_text() + "\n[limits]\nnick = 50\n")
        console = self.open("Settings")
        console.wait_text("1 setting in it is not in force")
        console.press("Show Difference")
        sheet = console.get(name="Configuration File Properties")
        console.shot("settings-difference")
        console.press("Cancel", root=sheet)
        self.open("Limits")
        self.type_in("topic", "350")
        self.apply()
        console.wait_text("was edited by hand and is not in force")
        console.wait_text("see Show Difference")
        console.shot("settings-conflict")
        self.open("Settings")
        console.press("Reload File")
        dialog = console.get("alert", "Put the file on the disk into force?")
        console.press("Reload File", root=dialog)
        wait(lambda: not any("not in force" in text for text in console.texts()), "the bar goes")
        self.assertEqual(self.nick_length("emil"), "NICKLEN=50")
        self.open("Limits")
        wait(lambda: gui.text_of(self.field("nick")) == "50", "the field follows the file")

    def test_what_was_typed_outlasts_a_restart(self):
        console = self.open("Limits")
        self.type_in("nick", "43")
        self.service.stop()
        wait(lambda: not gui.is_sensitive(self.field("nick")), "nothing to be typed")
        console.shot("settings-gone")
        self.service.start()
        wait(lambda: gui.is_sensitive(self.field("nick")), "the connection is back")
        self.assertEqual(gui.text_of(self.field("nick")), "43")
        self.apply()
        wait(lambda: not console.find(ident="settings-apply"), "applied")
        self.assertEqual(self.nick_length("hans"), "NICKLEN=43")

    def test_the_log_is_live(self):
        console = self.open("Log")
        wait(lambda: self.log_has("SERVICE_STARTED") or self.log_has("chatd 0.1.0"), "old rows")
        before = console.n_rows()
        client = service.Client(self.service, "frida")
        self.addCleanup(client.close)
        wait(lambda: console.n_rows() > before and self.log_has("frida"), "the connect, live")
        console.shot("log")
        console.press("Pause", role="toggle button")
        paused = console.n_rows()
        other = service.Client(self.service, "gustav")
        self.addCleanup(other.close)
        console.wait_text("waiting")
        self.assertEqual(console.n_rows(), paused)
        console.press("Resume", role="toggle button")
        wait(lambda: self.log_has("gustav"), "what came meanwhile")
        for number in range(60):
            call(self.service.control, "log.send", msg=f"Row {number}", level="warn",
                 subsystem="test", event_id="TEST")
        wait(lambda: self.log_has("Row 59"), "the last of many rows")
        wait(self.log_is_at_its_end, "the newest row in sight")
        console.shot("log-follow")
        self.choose(console.get("combo box", "Subsystem"), "connect")
        wait(lambda: console.n_rows() == 2, "frida and gustav")
        self.choose(console.get("combo box", "Least level"), "Warnings")
        wait(lambda: console.n_rows() == 0, "nothing")
        self.choose(console.get("combo box", "Least level"), "All")
        self.choose(console.get("combo box", "Subsystem"), "All")
        Atspi.EditableText.set_text_contents(console.get(ident="result-search"), "FRIDA")
        wait(lambda: console.n_rows() == 1 and self.log_has("frida"), "one row")
        console.select_rows(0)
        console.press("Properties")
        console.wait_text("Exactly")
        console.shot("log-properties")
        console.press("Cancel")

    def log_is_at_its_end(self):
        """The last row stands within the list's own rectangle."""
        table = self.console.list()
        cell = Atspi.Table.get_accessible_at(table, self.console.n_rows() - 1, 3)
        inside = Atspi.Component.get_extents(table, Atspi.CoordType.SCREEN)
        at = Atspi.Component.get_extents(cell, Atspi.CoordType.SCREEN)
        return at.height > 0 and inside.y <= at.y and at.y + at.height <= inside.y + inside.height

    def log_has(self, word):
        console = self.console
        return any(word in console.cell(row, 3) for row in range(console.n_rows()))

    def test_the_audit_lists_what_was_done_and_refused(self):
        self.set_elsewhere("limits", "nick", "44", "first")
        with self.assertRaises(AssertionError):
            self.set_elsewhere("limits", "nick", "444")
        console = self.open("Audit")
        wait(lambda: console.n_rows() == 2, "both records")
        self.assertIn("must be a whole number", console.cell(0, 4))
        self.assertEqual(console.cell(1, 4), "done")
        console.shot("audit")
        console.select_rows(1)
        console.press("Properties")
        console.wait_text("config.set")
        console.shot("audit-properties")
        console.press("Cancel")
        self.set_elsewhere("limits", "nick", "45")
        wait(lambda: console.n_rows() == 3, "the next one while it is shown")


def setting(section, key, value, default):
    return {"section": section, "key": key, "value": value, "default": default,
            "source": "x.conf", "live": True, "pending": False}


def change(number, section, key, old, new):
    return {"id": number, "time": "2026-05-01T12:34:56.000Z", "who": "otto (uid 7)", "comment": "",
            "state": "done", "undo_of": None,
            "changes": [{"section": section, "key": key, "from": old, "to": new}]}


class Scripted(Pane):
    """What takes two administrators at the same moment, or rights that tests do not have."""

    def scripted(self, **answers):
        folder = tempfile.TemporaryDirectory(prefix="chatcfg-")
        self.addCleanup(folder.cleanup)
        rows = [setting("limits", "nick", "32", "32"), setting("limits", "topic", "390", "390"),
                dict(setting("operator anna", "password", None, ""), set=True),
                setting("operator anna", "privileges", "kill wallops", "kill")]
        self.fake = fake_service.FakeService(pathlib.Path(folder.name) / "control.sock", answers)
        self.fake.answers.setdefault("config.set", True)
        self.fake.answers["config.get"] = {"list": rows}
        self.addCleanup(self.fake.stop)
        self.start(self.fake.path)

    def test_somebody_was_faster(self):
        self.scripted()
        console = self.open("Limits")
        self.type_in("nick", "40")

        def refuse(params):
            self.fake.answers["config.history"] = fake_service.page(
                change(7, "limits", "nick", "32", "36"))
            self.fake.answers["config.get"] = {"list": [
                setting("limits", "nick", "36", "32"), setting("limits", "topic", "390", "390")]}
            return fake_service.Error(-1006, "the last change is 7, not 0")

        self.fake.answers["config.set"] = refuse
        self.apply()
        console.wait_text("otto (uid 7) changed limits.nick meanwhile")
        self.assertEqual(self.fake.wait_call("config.set")["expect"], 0)
        console.shot("settings-faster")
        console.press("Reload")
        console.wait_text("changed it to 36 meanwhile")
        self.assertEqual(gui.text_of(self.field("nick")), "40")
        self.fake.answers["config.set"] = {"id": 8, "changed": [], "restart_needed": []}
        self.apply()
        wait(lambda: [params["expect"] for method, params in self.fake.calls
                      if method == "config.set"] == [0, 7], "the second try knows of the change")

    def test_who_may_only_look_is_told(self):
        self.scripted(**{"service.whoami": {"uid": 7, "user": "v", "role": "viewer", "groups": []}})
        console = self.open("Limits")
        console.wait_text("This takes the role administrator; yours is viewer")
        self.assertFalse(gui.is_sensitive(self.field("nick")))
        console.shot("settings-viewer")

    def test_a_secret_is_only_written(self):
        self.scripted()
        console = self.open("Operator anna")
        password = self.field("password")
        self.assertEqual(password.get_role_name(), "password text")
        self.assertEqual(gui.text_of(password), "")
        boxes = {name: console.get("check box", name) for name in ("kill", "rehash", "wallops")}
        checked = [name for name, box in boxes.items()
                   if box.get_state_set().contains(Atspi.StateType.CHECKED)]
        self.assertEqual(checked, ["kill", "wallops"])
        Atspi.Action.do_action(boxes["rehash"], 0)
        console.shot("settings-operator")
        self.type_in("password", "SCRAM-SHA-256$1:a$b:c")
        self.apply()
        changes = self.fake.wait_call("config.set")["changes"]
        self.assertEqual([(c["key"], c["value"]) for c in changes],
                         [("privileges", "kill rehash wallops"),
                          ("password", "SCRAM-SHA-256$1:a$b:c")])


if __name__ == "__main__":
    tap.main()
