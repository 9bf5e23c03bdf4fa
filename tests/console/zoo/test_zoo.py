#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every broken module of the zoo gets its kind, its exact sentence and its exit status."""

import os
import platform
import unittest

import tap
import zoo_run

HERE = {"x86_64": "x86-64", "aarch64": "ARM (64-bit)"}.get(platform.machine(), "?")
FOREIGN = "x86-64" if platform.machine() == "aarch64" else "ARM (64-bit)"
HOST = "chat-console 0.1.0 offers 1.0"

# module: kind, the cause as it is said, exit status. {m}: the module's file, {z}: the zoo's folder.
CASES = {
    "missing-dependency": ("missing-dependency",
                           "libzoo-absent.so.1, which {m} needs, is not installed", 6),
    "missing-deep": ("missing-dependency", "libzoo-deep.so.1, which libzoo-middle.so.1 (needed by "
                     "{m}) needs, is not installed", 6),
    "missing-version": ("missing-symbol-version",
                        "libzoo-versioned.so.1 has no version ZOO_2.0, which {m} needs", 6),
    "undefined-symbol": ("undefined-symbol", "the symbol zoo_is_defined_nowhere, which {m} uses, is "
                         "in none of its libraries", 6),
    "dependency-text": ("dependency-damaged",
                        "libzoo-text.so.1, which {m} needs, is damaged: it is a text file", 6),
    "dependency-foreign": ("dependency-wrong-architecture", "libzoo-foreign.so.1, which {m} needs, is "
                           f"there only for {FOREIGN}, this system is {HERE}", 6),
    "wrong-class": ("wrong-elf-class", "{m} is built for 32-bit programs, this one is 64-bit", 4),
    "wrong-order": ("wrong-byte-order",
                    "{m} is built for big-endian processors, this one is little-endian", 4),
    "wrong-machine": ("wrong-architecture", f"{{m}} is built for {FOREIGN}, this system is {HERE}", 4),
    "header-only": ("truncated", "{m} is cut off: it has 40 bytes and should have at least 64", 4),
    "empty": ("not-elf", "{m} is an empty file, not a shared object", 4),
    "script": ("not-elf", "{m} is a script (#!/bin/sh), not a shared object", 4),
    "archive": ("not-elf", "{m} is an archive (a static library), not a shared object", 4),
    "lfs-pointer": ("not-elf", "{m} is a Git LFS pointer (the file itself was never fetched), not a "
                    "shared object", 4),
    "zeros": ("not-elf", "{m} is filled with zeros (a full disk or a power cut can leave that), not "
              "a shared object", 4),
    "web-page": ("not-elf", "{m} is a web page, not a shared object", 4),
    "linker-script": ("not-elf", "{m} is a linker script, not a shared object", 4),
    "unknown": ("not-elf", "{m} is data of an unknown kind (first bytes 01 02 03 04), not a shared "
                "object", 4),
    "pie-program": ("not-a-shared-object",
                    "{m} is a position-independent program, not a shared object", 4),
    "program": ("not-a-shared-object", "{m} is a program, not a shared object", 4),
    "object": ("not-a-shared-object", "{m} is an object file (.o), not a shared object", 4),
    "not-loadable": ("not-loadable", "{m} forbids being loaded: it was linked with -z nodlopen", 4),
    "dangling": ("dangling-symlink",
                 "{z}/{m} is a link to nowhere/chatcfg.so.1, which does not exist", 3),
    "folder": ("not-a-regular-file", "{z}/{m} is a directory, not a file", 3),
    "pipe": ("not-a-regular-file", "{z}/{m} is a named pipe, not a file", 3),
    "nothing-there": ("file-not-found", "the file {z}/{m} does not exist", 3),
    "not-a-snapin": ("not-a-snapin", "{m} is not a snap-in: it carries no chat-console note", 4),
    "bad-note-id": ("not-a-snapin", "{m} is not a snap-in: the id in its note is not valid (allowed: "
                    "a-z, 0-9 and -, a letter first)", 4),
    "abi-too-old": ("abi-too-old", f"{{m}} is made for interface 0.9, {HOST}", 5),
    "abi-new-major": ("abi-too-new", f"{{m}} is made for interface 2.0, {HOST}", 5),
    "abi-new-minor": ("abi-too-new", f"{{m}} is made for interface 1.77, {HOST}", 5),
    "host-too-old": ("host-too-old", "{m} needs chat-console 99.1, this is 0.1.0", 5),
    "crash": ("crashed-while-loading", "it crashed while it was loaded (SIGSEGV: Segmentation fault)", 7),
    "abort": ("crashed-while-loading", "it crashed while it was loaded (SIGABRT: Aborted)", 7),
    "exit": ("exited-while-loading", "it ended the program while it was loaded (exit status 42)", 7),
    "exit-good": ("exited-while-loading",
                  "it ended the program while it was loaded (exit status 0)", 7),
    "no-entry-point": ("no-entry-point", "{m} does not export chat_console_snapin_1", 4),
    "mismatch-id": ("descriptor-mismatch", "{m} contradicts itself: its note says id mismatch-id, its "
                    "descriptor somebody-else", 4),
    "mismatch-version": ("descriptor-mismatch", "{m} contradicts itself: its note says version 1.0, "
                         "its descriptor 2.0", 4),
    "mismatch-size": ("descriptor-mismatch", "{m} contradicts itself: its descriptor has 4 bytes "
                      "instead of at least 40", 4),
    "no-init": ("descriptor-mismatch",
                "{m} contradicts itself: its descriptor has no init function", 4),
    "mismatch-abi": ("descriptor-mismatch", "{m} contradicts itself: its note says interface 1.0, "
                     "its descriptor 1.9", 4),
}


class ZooCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.zoo = zoo_run.Zoo()

    @classmethod
    def tearDownClass(cls):
        cls.zoo.remove()

    def expect(self, answer, name, kind, cause, status):
        got, report = answer
        finding = report["findings"][0]
        self.assertEqual(finding["kind"], kind)
        self.assertEqual(finding["cause"], cause)
        self.assertEqual(finding["sentence"], f"failed to load {name} module: {cause}")
        self.assertEqual(report["state"], "failed")
        self.assertEqual(got, status)
        self.assertNotEqual(len(finding["what_to_do"]), 0)
        return report


class TestKinds(ZooCase):
    """One case per row of CASES, made below."""


def make_case(name, kind, cause, status):
    def case(self):
        for user in zoo_run.users():
            said = cause.format(m=f"{name}.so", z=self.zoo.modules)
            self.expect(self.zoo.check(f"{name}.so", user), name, kind, said, status)
    return case


for _name, _row in CASES.items():
    setattr(TestKinds, "test_" + _name.replace("-", "_"), make_case(_name, *_row))


class TestMore(ZooCase):
    def test_good(self):
        for user in zoo_run.users():
            status, report = self.zoo.check("good.so", user)
            self.assertEqual((status, report["state"], report["findings"]), (0, "ok", []))
            outcomes = [stage["outcome"] for stage in report["stages"]]
            self.assertEqual(outcomes, ["ok"] * 8 + ["not reached"] * 2)

    def test_what_only_the_host_can_see(self):
        for name in ("init-good", "init-refused", "init-silent", "init-crash"):
            self.assertEqual(self.zoo.check(f"{name}.so")[0], 0)

    def test_a_link_to_a_good_one(self):
        self.assertEqual(self.zoo.check("link.so")[0], 0)

    def test_truncated(self):
        size = (self.zoo.modules / "truncated.so").stat().st_size
        report = self.zoo.check("truncated.so")[1]
        self.assertEqual(report["findings"][0]["kind"], "truncated")
        self.assertEqual(report["findings"][0]["found"], str(size))

    def test_truncated_library(self):
        """The system's loader dies of this one (SIGBUS); the checker must not."""
        status, report = self.zoo.check("dependency-cut.so")
        size = (self.zoo.modules / "lib/libzoo-cut.so.1").stat().st_size
        finding = report["findings"][0]
        self.assertEqual((status, finding["kind"]), (6, "dependency-damaged"))
        self.assertIn("which dependency-cut.so needs, is damaged: it is cut off at "
                      f"{size} of at least ", finding["cause"])

    def test_all_missing_libraries_are_named(self):
        status, report = self.zoo.check("missing-two.so")
        causes = [finding["cause"] for finding in report["findings"]]
        self.assertEqual(causes, ["libzoo-absent.so.1, which missing-two.so needs, is not installed",
                                  "libzoo-gone.so.2, which missing-two.so needs, is not installed"])
        self.assertEqual(report["reason"],
                         f"failed to load missing-two module: {causes[0]} (and 1 more problem)")
        self.assertEqual(status, 6)

    def test_where_it_looked_and_what_to_do(self):
        finding = self.zoo.check("missing-deep.so")[1]["findings"][0]
        self.assertEqual(finding["details"][0],
                         "missing-deep.so → libzoo-middle.so.1 → libzoo-deep.so.1")
        self.assertIn("looked in /usr/lib (built in)", finding["details"])
        self.assertEqual(finding["what_to_do"],
                         ["Find the package that holds it: apt-file search libzoo-deep.so.1"])
        own = self.zoo.check("missing-dependency.so")[1]["findings"][0]["details"]
        self.assertIn(f"looked in {self.zoo.modules}/lib (RUNPATH of missing-dependency.so)", own)

    def test_the_loaders_words_come_last(self):
        text = self.zoo.run("--check-snapin", self.zoo.module("missing-version.so"))[1]
        lines = text.splitlines()
        self.assertTrue(lines[0].startswith("failed to load missing-version module: "))
        self.assertTrue(lines[-1].startswith("  the loader says: "))
        self.assertIn("version `ZOO_2.0' not found", lines[-1])

    def test_what_it_printed_before_it_died(self):
        details = self.zoo.check("crash.so")[1]["findings"][0]["details"]
        self.assertIn("it printed: about to fall", details)

    def test_hang(self):
        answer = self.zoo.check("hang.so", zoo_run.ordinary())
        self.expect(answer, "hang", "load-timeout", "it was not loaded within 10 seconds", 7)

    def test_permission_denied(self):
        path = self.zoo.modules / "unreadable.so"
        path.write_bytes((self.zoo.modules / "good.so").read_bytes())
        path.chmod(0o000)
        user = zoo_run.ordinary()
        name = user or os.environ.get("USER", "")
        report = self.zoo.check("unreadable.so", user)
        finding = report[1]["findings"][0]
        self.assertEqual((report[0], finding["kind"]), (3, "permission-denied"))
        self.assertTrue(finding["cause"].startswith(f"the user {name}"))
        self.assertIn(f"may not read {path}: it has mode 0000, owner ", finding["cause"])
        self.assertEqual(finding["what_to_do"], [f"Make it readable: sudo chmod a+r {path}"])

    @unittest.skipUnless(os.geteuid() == 0, "only root can close a folder to another user")
    def test_a_closed_folder(self):
        status, report = self.zoo.check(self.zoo.module("closed-folder/good.so"), zoo_run.ordinary())
        finding = report["findings"][0]
        folder = self.zoo.modules / "closed-folder"
        self.assertEqual((status, finding["kind"]), (3, "permission-denied"))
        self.assertEqual(finding["cause"], f"the user nobody may not read {folder}/good.so: the folder "
                         f"{folder} has mode 0700, owner root:root")

    def test_world_writable(self):
        path = self.zoo.modules / "world-writable.so"
        path.chmod(0o666)
        for user in zoo_run.users():
            status, report = self.zoo.check("world-writable.so", user)
            finding = report["findings"][0]
            self.assertEqual((status, finding["kind"]), (8, "unsafe-permissions"))
            self.assertIn(f"{path} can be changed by every user (mode 0666, owner ", finding["cause"])
            self.assertIn(f"sudo chmod o-w {path}", finding["what_to_do"][0])

    def test_a_folder_that_others_can_change(self):
        folder = self.zoo.modules / "open-folder"
        folder.chmod(0o777)
        status, report = self.zoo.check(str(folder / "good.so"))
        finding = report["findings"][0]
        self.assertEqual((status, finding["subject"]), (8, str(folder)))
        self.assertEqual(self.zoo.check(str(folder / "good.so"), options=["--allow-unsafe"])[0], 0)

    @unittest.skipUnless(os.geteuid() == 0, "only root can give a file away")
    def test_somebody_elses_file(self):
        path = self.zoo.modules / "given-away.so"
        path.write_bytes((self.zoo.modules / "good.so").read_bytes())
        os.chown(path, 54321, 0)
        status, report = self.zoo.check("given-away.so", zoo_run.ordinary())
        self.assertEqual(report["findings"][0]["cause"],
                         f"{path} belongs to the user uid 54321, neither to root nor to you")
        self.assertEqual((status, report["findings"][0]["kind"]), (8, "unsafe-permissions"))


if __name__ == "__main__":
    tap.main()
