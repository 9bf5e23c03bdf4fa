#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The case this project began with: the module is gone, or a library it needs is. The console says
which, stays usable, and goes on with Try Again."""

import os
import pathlib
import shutil
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "console" / "gui"), str(TESTS / "e2e")]

import gui  # noqa: E402
import taken_library  # noqa: E402
import tap  # noqa: E402
from gui import wait  # noqa: E402
from service import Service  # noqa: E402

BUILT = pathlib.Path(os.environ["CHAT_BUILD_ROOT"]) / "chatcfg"
ROOT = "Chat service — Chat"


class Module(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.service = Service()
        self.addCleanup(self.service.close)
        shutil.copy(BUILT / "chatcfg.snapin", self.folder)
        shutil.copy(BUILT / "chatcfg.so", self.folder)

    def console(self):
        console = gui.Console(self.folder, ["--open", f"chatd+unix:{self.service.control}"])
        self.addCleanup(console.close)
        return console.start()

    def recovers(self, console):
        console.press("Try Again")
        wait(lambda: console.tree_row(ROOT) is not None, "the service's node")
        wait(lambda: console.tree_row("Users") is not None, "its children")
        wait(lambda: not [text for text in console.texts() if "failed to load" in text],
             "the complaint to go")
        self.assertEqual(console.stop(), 0, console.errors())

    def test_the_module_is_gone(self):
        (self.folder / "chatcfg.so").unlink()
        console = self.console()
        console.wait_text("failed to load chatcfg module: the file")
        console.shot("chatcfg-absent")
        shutil.copy(BUILT / "chatcfg.so", self.folder)
        self.recovers(console)

    @unittest.skipIf(taken_library.why_not(), taken_library.why_not())
    def test_a_library_is_gone(self):
        library = taken_library.library_path()
        whole = taken_library.hide(library)
        try:
            console = self.console()
            console.wait_text("failed to load chatcfg module: libjansson.so.4, which chatcfg.so needs, "
                              "is not installed")
            console.shot("chatcfg-library")
        finally:
            taken_library.put_back(library, whole)
        self.recovers(console)


if __name__ == "__main__":
    tap.main()
