#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The snap-in command line: registration, lists, switches, usage, golden reports."""

import json
import os
import pathlib
import re
import unittest

import tap
import zoo_run

GOLDEN = pathlib.Path(__file__).parent / "golden"


class CliCase(unittest.TestCase):
    def setUp(self):
        self.zoo = zoo_run.Zoo()
        self.addCleanup(self.zoo.remove)
        self.folder = self.zoo.folder / "snapins-1"
        self.folder.mkdir(mode=0o755)

    def register(self, name, module="good.so", folder=None, **keys):
        """A key file, with a copy of a module of the zoo beside it."""
        folder = folder or self.folder
        values = {"Id": name, "Name": name.title(), "Module": f"{name}.so", "Package": name}
        values.update(keys)
        lines = [f"{key}={value}" for key, value in values.items() if value is not None]
        path = folder / f"{name}.snapin"
        path.write_text("[Snapin]\n" + "\n".join(lines) + "\n")
        if module:
            content = (self.zoo.modules / module).read_bytes()
            target = folder / f"{name}.so"
            target.write_bytes(content)
            target.chmod(0o644)
        return path

    def list(self, *words, **options):
        """(exit status, {id: entry}) of --list-snapins."""
        status, output, errors = self.zoo.run("--list-snapins", "--format=json", "--snapin-dir",
                                              self.folder, *words, **options)
        self.assertTrue(output.startswith("{"), output + errors)
        return status, {entry["id"]: entry for entry in json.loads(output)["snapins"]}

    def check(self, name, *words):
        return self.zoo.check(name, options=["--snapin-dir", self.folder, *words]) \
            if "/" in name else self._check_id(name, *words)

    def _check_id(self, name, *words):
        status, output, errors = self.zoo.run("--check-snapin", name, "--json", "--snapin-dir",
                                              self.folder, *words)
        self.assertTrue(output.startswith("{"), output + errors)
        return status, json.loads(output)


class TestRegistration(CliCase):
    def test_good(self):
        self.register("good")
        status, entries = self.list()
        self.assertEqual((status, entries["good"]["state"]), (0, "ok"))
        self.assertEqual(entries["good"]["package"], "good")
        self.assertEqual(self.check("good")[0], 0)

    def test_the_file_is_absent(self):
        key_file = self.register("chatcfg", module=None)
        status, report = self.check("chatcfg")
        finding = report["findings"][0]
        self.assertEqual((status, finding["kind"]), (3, "file-not-found"))
        self.assertEqual(finding["sentence"], "failed to load chatcfg module: the file "
                         f"{self.folder}/chatcfg.so does not exist")
        self.assertEqual(finding["details"], [f"{key_file} names it"])
        self.assertEqual(finding["what_to_do"],
                         ["Install the package chatcfg: sudo apt install --reinstall chatcfg",
                          f"Remove {key_file} if it is no longer wanted."])
        self.assertEqual(self.list()[0], 1)

    def test_nothing_at_all(self):
        status, entries = self.list()
        finding = entries["chatcfg"]["findings"][0]
        self.assertEqual((status, finding["kind"]), (1, "not-installed"))
        self.assertEqual(finding["sentence"],
                         "failed to load chatcfg module: it is not installed")
        self.assertEqual(finding["what_to_do"],
                         ["Install the package chatcfg: sudo apt install chatcfg"])
        self.assertIn(f"looked for chatcfg.snapin in {self.folder}", finding["details"])
        self.assertEqual(self.check("chatcfg")[0], 3)

    def test_a_folder_that_is_absent(self):
        self.folder.rmdir()
        self.assertEqual(self.list()[1]["chatcfg"]["findings"][0]["kind"], "not-installed")

    def test_an_unknown_name_is_not_given_a_package(self):
        status, report = self.check("chatcgf")
        self.assertEqual(status, 3)
        self.assertEqual(report["findings"][0]["what_to_do"],
                         ["Check the name; what is registered: chat-console --list-snapins"])

    def test_one_id_twice(self):
        first = self.register("good")
        other = self.zoo.folder / "other"
        other.mkdir(mode=0o755)
        self.register("good", folder=other)
        status, output, _ = self.zoo.run("--list-snapins", "--format=json", "--snapin-dir",
                                         self.folder, "--snapin-dir", other)
        entries = json.loads(output)["snapins"]
        self.assertEqual([entry["state"] for entry in entries], ["ok", "failed"])
        self.assertEqual(entries[1]["reason"],
                         f"failed to load good module: {first} already registers a module of this name")
        self.assertEqual(entries[1]["findings"][0]["kind"], "duplicate-id")
        self.assertEqual(status, 1)
        self.assertEqual(self.zoo.run("--check-snapin", other / "good.so", "--snapin-dir", self.folder,
                                      "--snapin-dir", other)[0], 8)

    def test_the_note_says_another_id(self):
        key_file = self.register("chatcfg")
        status, report = self.check("chatcfg")
        self.assertEqual(status, 4)
        self.assertEqual(report["reason"], "failed to load chatcfg module: chatcfg.so says its name "
                         f"is good, {key_file} says chatcfg")

    def test_bad_key_files(self):
        allowed = "the name of a .so file in the same folder"
        id_allowed = "a-z, 0-9 and - (a letter first, at most 31)"
        for keys, problem in (
                ({"Module": "../evil.so"}, f'Module is "../evil.so", allowed is {allowed}'),
                ({"Module": None}, f"Module is missing ({allowed})"),
                ({"Id": None}, f"Id is missing ({id_allowed})"),
                ({"Package": "x; rm"}, 'Package is "x; rm", allowed is a package\'s name'),
                ({"Schemes": "chatd+unix;Bad Scheme;"}, 'Schemes has "Bad Scheme", allowed are at most '
                 "16 of a-z, 0-9, +, - and . (a letter first)")):
            with self.subTest(problem):
                key_file = self.register("odd", **keys)
                status, report = self.check("odd")
                self.assertEqual((status, report["findings"][0]["kind"]), (4, "registration-invalid"))
                self.assertEqual(report["reason"],
                                 f"failed to load odd module: {key_file} is not valid: {problem}")

    def test_a_key_file_that_is_none(self):
        (self.folder / "odd.snapin").write_bytes(b"\xff\xfe not a key file\n")
        (self.folder / "none.snapin").write_text("[Other]\nId=none\n")
        os.mkfifo(self.folder / "pipe.snapin")
        status, entries = self.list()
        self.assertEqual(status, 1)
        self.assertEqual(sorted(entries), ["none", "odd", "pipe"])
        self.assertIn("it has no group [Snapin]", entries["none"]["reason"])


class TestSwitches(CliCase):
    def test_disable_and_enable(self):
        self.register("good")
        self.assertEqual(self.zoo.run("--disable-snapin", "good", "--snapin-dir", self.folder)[0], 0)
        self.assertEqual(self.list()[1]["good"]["state"], "disabled")
        self.assertIn("--enable-snapin good", self.check("good")[1]["notices"][0])
        self.assertEqual(self.zoo.run("--enable-snapin", "good", "--snapin-dir", self.folder)[0], 0)
        self.assertEqual(self.list()[1]["good"]["state"], "ok")

    def test_a_quarantine_holds_for_the_file_that_crashed(self):
        self.register("good")
        module = self.folder / "good.so"
        status = module.stat()
        stamp = f"{status.st_size} {status.st_mtime_ns // 10**9}.{status.st_mtime_ns % 10**9:09d}"
        (self.zoo.state / "chat-console").mkdir()
        (self.zoo.state / "chat-console" / "snapins.ini").write_text(
            f"[Quarantine good]\nCall=expand\nWhen=1700000000\nFile={stamp}\n")
        code, report = self.check("good")
        self.assertEqual((code, report["state"]), (8, "quarantined"))
        self.assertRegex(report["reason"], r"^failed to load good module: it crashed the console on "
                         r"2023-11-1\d \d\d:\d\d in expand$")
        os.utime(module, ns=(0, 12345))
        self.assertEqual(self.check("good")[0], 0)
        os.utime(module, ns=(status.st_atime_ns, status.st_mtime_ns))
        self.assertEqual(self.check("good")[0], 8)
        self.assertEqual(self.zoo.run("--enable-snapin", "good")[0], 0)
        self.assertEqual(self.check("good")[0], 0)

    def test_safe_mode(self):
        self.register("good")
        self.assertEqual(self.list("--safe-mode")[1]["good"]["state"], "off (safe mode)")

    def test_folders(self):
        status, output, errors = self.zoo.run("--print-snapin-dirs", "--snapin-dir", self.folder)
        lines = output.splitlines()
        self.assertEqual((status, lines[0], len(lines), errors), (0, str(self.folder), 2, ""))
        self.assertTrue(lines[1].endswith("/chat-console/snapins-1"))

    def test_the_environment(self):
        variable = {"CHAT_CONSOLE_SNAPIN_PATH": f"{self.folder}:/nowhere"}
        user = zoo_run.ordinary()
        output = self.zoo.run("--print-snapin-dirs", environment=variable, user=user)[1]
        self.assertEqual(output.splitlines()[:2], [str(self.folder), "/nowhere"])
        if os.geteuid() == 0:
            _, output, errors = self.zoo.run("--print-snapin-dirs", environment=variable)
            self.assertNotIn(str(self.folder), output)
            self.assertEqual(errors, "chat-console: CHAT_CONSOLE_SNAPIN_PATH is ignored: this program "
                             "runs as root (use --snapin-dir)\n")

    def test_no_display_is_needed(self):
        self.assertEqual(self.zoo.run("--list-snapins", environment={"DISPLAY": ":1234567"})[0], 1)


class TestUsage(CliCase):
    def test_usage(self):
        for words, said in (
                (["--list-snapins", "--format=xml"],
                 '--format is "xml", allowed are table and json'),
                (["--check-snapin"], "Missing argument for --check-snapin"),
                (["--check-snapin", "a", "--list-snapins"], "one command at a time"),
                (["--list-snapins", "extra"], "there is an argument too many"),
                (["--list-snapins", "--colour"], "Unknown option --colour"),
                (["--disable-snapin", "Not An Id"], '"Not An Id" is no snap-in\'s id (a-z, 0-9 and -, '
                 "a letter first)")):
            with self.subTest(said):
                status, output, errors = self.zoo.run(*words)
                self.assertEqual((status, output, errors), (2, "", f"chat-console: {said}\n"))

    def test_the_table(self):
        self.register("good")
        self.register("abi-too-old", "abi-too-old.so")
        status, output, _ = self.zoo.run("--list-snapins", "--snapin-dir", self.folder)
        lines = output.splitlines()
        self.assertEqual(status, 1)
        self.assertEqual(lines[0].split(), ["ID", "VERSION", "INTERFACE", "STATE", "PACKAGE", "PATH"])
        self.assertEqual(lines[1].split(), ["abi-too-old", "1.0", "0.9", "failed", "abi-too-old",
                                            f"{self.folder}/abi-too-old.so"])
        self.assertEqual(lines[2], "    failed to load abi-too-old module: abi-too-old.so is made for "
                         "interface 0.9, chat-console 0.1.0 offers 1.0")
        self.assertEqual(lines[4].split(), ["good", "1.0", "1.0", "ok", "good",
                                            f"{self.folder}/good.so"])

    def test_verbose_shows_stages_and_tree(self):
        text = self.zoo.run("--check-snapin", self.zoo.module("missing-deep.so"), "--verbose")[1]
        self.assertIn("\nstages:\n   1 path         ok", text)
        self.assertIn("\n   5 dependencies failed", text)
        self.assertIn("\n  missing-deep.so\n    libzoo-middle.so.1 => ", text)
        self.assertIn("\n      libzoo-deep.so.1 => NOT FOUND\n", text)


class TestGolden(CliCase):
    """Whole reports. What depends on the system is replaced by a word in capitals."""

    def normalise(self, report):
        for finding in report["findings"]:
            finding["details"] = [line for line in finding["details"]
                                  if not line.startswith("looked in")]
        report["dependencies"] = [line for line in report["dependencies"]
                                  if "zoo" in line["soname"]]
        text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
        text = text.replace(str(self.zoo.modules), "ZOO")
        text = re.sub(r"\d+ bytes", "SIZE bytes", text)
        text = re.sub(r"mode 0644, owner [^\"]*", "mode 0644, owner OWNER", text)
        return re.sub(r"shared object for [^\"]*", "shared object for THIS SYSTEM", text)

    def test_reports(self):
        for name in ("missing-deep", "missing-two", "abi-new-major", "mismatch-id", "exit"):
            with self.subTest(name):
                got = self.normalise(self.zoo.check(f"{name}.so")[1])
                golden = GOLDEN / f"{name}.json"
                if os.environ.get("CHAT_ACCEPT"):
                    golden.write_text(got)
                self.assertEqual(got, golden.read_text())


if __name__ == "__main__":
    tap.main()
