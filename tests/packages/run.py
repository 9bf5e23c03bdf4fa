#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Builds the packages and tries them on clean systems; the last line is "N passed, N failed, N skipped".

Usage: run.py FOLDER [--suite NAME]... [WORD]...: WORDs choose cases by part of their names. Needs root. Everything
is kept below FOLDER: what is worth keeping (bases, downloads, packages) for the next run, the rest until it ends.
"""

import os
import pathlib
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
# pylint: disable=wrong-import-position
import tap
from builds import Builds
from roots import Failed, Suite

CASES = ("cases_build", "cases_install", "cases_snapin", "cases_systemd", "cases_upgrade", "cases_proxy",
         "cases_container", "cases_tree")
SUITES = ("bookworm", "trixie")


def enter_own_mounts():
    """Again in a mount namespace of its own: whatever happens, nothing stays mounted."""
    if os.environ.get("PACKAGES_OWN_MOUNTS") != "yes":
        os.environ["PACKAGES_OWN_MOUNTS"] = "yes"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])


def arguments(words):
    suites, chosen = [], []
    words = iter(words)
    folder = pathlib.Path(next(words)).resolve()
    for word in words:
        if word == "--suite":
            suites.append(next(words))
        else:
            chosen.append(word)
    return folder, suites or list(SUITES), chosen


class Result(tap.TapResult):
    """Counts, and tells how long each took."""

    def __init__(self):
        super().__init__()
        self.passed, self.begun = 0, 0.0

    def startTest(self, test):
        super().startTest(test)
        self.begun = time.monotonic()

    def stopTest(self, test):
        super().stopTest(test)
        print(f"# {time.monotonic() - self.begun:.0f} s", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def run_suite(name, folder, chosen, result):
    print(f"# ==== {name}", flush=True)
    suite = Suite(name, folder)
    cases = list(tap.flatten(unittest.defaultTestLoader.loadTestsFromNames(CASES)))
    cases = [case for case in cases if not chosen or any(word in case.id() for word in chosen)]
    suite.prepare()
    builds = Builds(suite)
    for case in cases:
        type(case).suite, type(case).builds = suite, builds
    unittest.TestSuite(cases).run(result)
    if not chosen:
        suite.forget_unused()
    suite.close()


def main():
    if os.geteuid() != 0:
        sys.exit("packages: needs root: it makes chroots and boots containers")
    enter_own_mounts()
    folder, suites, chosen = arguments(sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    begun, result, broken = time.monotonic(), Result(), 0
    for name in suites:
        try:
            run_suite(name, folder, chosen, result)
        except Failed as failure:
            broken += 1
            print(f"not ok {name}\n# {failure}", flush=True)
    failed = len(result.failures) + len(result.errors) + broken
    print(f"1..{result.number}")
    print(f"packages: {time.monotonic() - begun:.0f} s")
    print(f"{result.passed} passed, {failed} failed, {len(result.skipped)} skipped")
    sys.exit(1 if failed or not result.passed else 0)


main()
