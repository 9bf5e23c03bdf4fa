# SPDX-License-Identifier: MIT
"""Every translation holds all that the sources say today; the help page has every reason."""

import os
import pathlib
import re
import subprocess
import unittest
import xml.etree.ElementTree

import tap

SOURCE = pathlib.Path(os.environ["CHAT_SOURCE_ROOT"])
BUILD = pathlib.Path(os.environ["CHAT_BUILD_ROOT"])
FOLDERS = {"console/po": "console/po/chat-console.pot"}


class Translations(unittest.TestCase):
    def run_tool(self, *words):
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, f"{words}: {done.stdout}{done.stderr}")

    def test_complete(self):
        for folder, catalogue in FOLDERS.items():
            languages = (SOURCE / folder / "LINGUAS").read_text().split()
            self.assertIn("de", languages)
            for language in languages:
                path = SOURCE / folder / f"{language}.po"
                self.run_tool("msgfmt", "--check", "--output-file=/dev/null", path)
                # Untranslated and fuzzy entries fail this, as do those the catalogue does not have.
                self.run_tool("msgcmp", path, BUILD / catalogue)

    def test_every_source_is_looked_at(self):
        for folder in FOLDERS:
            named = {line for line in (SOURCE / folder / "POTFILES").read_text().splitlines() if line[:1] != "#"}
            component = SOURCE / folder.split("/")[0]
            marked = {str(path.relative_to(SOURCE)) for path in component.glob("*.c")
                      if any(mark in path.read_text() for mark in (' _("', '(_("', 'N_("', "g_dngettext("))}
            self.assertEqual(marked - named, set(), f"missing in {folder}/POTFILES")
            self.assertEqual([name for name in named if not (SOURCE / name).exists()], [])


class Help(unittest.TestCase):
    def test_every_reason_has_its_place(self):
        """A report names the anchor of its reason: it is there."""
        page = xml.etree.ElementTree.parse(BUILD / "console/help/help.html")
        anchors = {element.get("id") for element in page.iter() if element.get("id")}
        rows = re.findall(r'^MODULE_KIND\(\w+, "([a-z-]+)"',
                          (SOURCE / "console/modcheck/module_kinds.def").read_text(), re.M)
        self.assertGreater(len(rows), 20)
        self.assertEqual(set(rows) - anchors, set())


if __name__ == "__main__":
    tap.main()
