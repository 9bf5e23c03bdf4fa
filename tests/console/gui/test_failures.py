#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Snap-ins that cannot be loaded, refuse or crash: the console says why and goes on."""

import os
import pathlib
import shutil
import tempfile
import unittest

import gui
import tap
from gui import wait

DEMO = pathlib.Path(os.environ["CHAT_DEMO_FOLDER"])


class Failures(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name) / "snapins"
        self.folder.mkdir()
        self.state = pathlib.Path(folder.name) / "state"
        self.state.mkdir()

    def install(self, module=True):
        shutil.copy(DEMO / "demo.snapin", self.folder)
        if module:
            shutil.copy(DEMO / "demo.so", self.folder)
            shutil.copy(DEMO / "libdemogoods.so", self.folder)

    def console(self, *arguments, **environment):
        console = gui.Console(self.folder, arguments, environment, self.state)
        self.addCleanup(console.close)
        return console.start()

    def loaded(self, console):
        wait(lambda: console.tree_row("Demo warehouse") is not None, "the snap-in's node")

    def test_none_at_all(self):
        console = self.console()
        console.wait_text("failed to load chatcfg module: it is not installed")
        console.select_node("chatcfg")
        console.wait_text("sudo apt install")
        console.shot("no-snapins")
        self.assertEqual(console.stop(), 0, console.errors())

    def test_absent_file_then_try_again(self):
        self.install(module=False)
        console = self.console()
        console.wait_text("failed to load demo module: the file")
        console.wait_text("Failed to load demo module")
        console.shot("absent")
        self.install()
        console.press("Try Again")
        self.loaded(console)
        wait(lambda: console.tree_row("Demo") is None, "the error's node is gone")
        self.assertFalse([text for text in console.texts() if "failed to load" in text])
        console.wait_text("this morning")
        self.assertEqual(console.stop(), 0, console.errors())

    def test_missing_library_then_try_again(self):
        self.install()
        (self.folder / "libdemogoods.so").unlink()
        console = self.console()
        console.wait_text("failed to load demo module: libdemogoods.so, which demo.so needs,"
                          " is not installed")
        tree = console.get("toggle button", "What it needs", showing=False)
        gui.Atspi.Action.do_action(tree, 0)
        table = console.get("tree table", "What it needs", showing=False)
        self.assertIsNotNone(gui.row_of(table, "not found"))
        console.shot("missing-library")
        console.press("Try Again")
        console.wait_text("libdemogoods.so, which demo.so needs, is not installed")
        self.install()
        console.press("Try Again")
        self.loaded(console)
        self.assertEqual(console.stop(), 0, console.errors())

    def test_refusal(self):
        self.install()
        console = self.console(DEMO_REFUSE="The warehouse is on fire.")
        console.wait_text("failed to load demo module: The warehouse is on fire.")
        console.wait_text("passed")
        console.shot("refused")
        console.press("Copy Report")
        self.assertEqual(console.stop(), 0, console.errors())

    def test_damaged_file(self):
        self.install()
        module = self.folder / "demo.so"
        module.write_bytes(module.read_bytes()[:5000])
        console = self.console()
        console.wait_text("failed to load demo module: demo.so is cut off")
        self.assertEqual(console.stop(), 0, console.errors())

    def test_crash_then_quarantine(self):
        self.install()
        console = self.console(ASAN_OPTIONS="handle_abort=0:detect_leaks=0")
        self.loaded(console)
        console.press("Crash")
        console.process.wait(gui.LIMIT)
        self.assertNotEqual(console.process.returncode, 0)
        again = self.console()
        again.wait_text("it crashed the console on")
        again.shot("quarantine")
        again.press("Load Once")
        self.loaded(again)
        self.assertEqual(again.stop(), 0, again.errors())

    def test_safe_mode(self):
        self.install()
        console = self.console("--safe-mode")
        console.wait_text("The console was started without its snap-ins.")
        console.shot("safe-mode")
        console.press("Load the Snap-ins")
        self.loaded(console)
        self.assertEqual(console.stop(), 0, console.errors())

    def test_one_broken_does_not_hinder_another(self):
        self.install()
        (self.folder / "other.snapin").write_text(
            "[Snapin]\nId=other\nName=Other\nModule=other.so\nPackage=other-snapin\n")
        (self.folder / "other.so").write_text("#!/bin/sh\n")
        console = self.console()
        self.loaded(console)
        console.wait_text("failed to load other module: other.so is")
        console.press("Details")
        console.wait_text("Failed to load other module")
        console.shot("one-broken")
        self.assertEqual(console.stop(), 0, console.errors())

    def test_switched_off(self):
        self.install()
        console = self.console(DEMO_REFUSE="No.")
        console.wait_text("failed to load demo module: No.")
        console.press("Snap-ins")
        console.press("Switch Off")
        wait(lambda: console.tree_row("Demo") is None, "its node is gone")
        console.key("Escape")
        console.gone(ident="snapins-table")
        self.assertEqual(console.stop(), 0, console.errors())
        again = self.console("--safe-mode")
        again.key("ctrl+shift+i")
        wait(lambda: again.get("table", ident="snapins-table"), "the table")
        self.assertEqual(again.stop(), 0, again.errors())


if __name__ == "__main__":
    tap.main()
