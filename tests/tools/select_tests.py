#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs the test programs whose name contains a word, in every build that has them, and counts.

Usage: select_tests.py WORD...
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILDS = {"test": None, "thread": "threads"}


def names(build, suite):
    answer = subprocess.run(["meson", "introspect", "--tests", str(build)], capture_output=True,
                            text=True, check=True)
    for test in json.loads(answer.stdout):
        if suite is None or any(s.split(":")[-1] == suite for s in test["suite"]):
            yield test["name"]


def main():
    ran = []
    for name, suite in BUILDS.items():
        build = ROOT / "build" / name
        chosen = [n for n in names(build, suite) if any(word in n for word in sys.argv[1:])]
        if chosen:
            subprocess.run(["meson", "test", "-C", str(build), "--no-rebuild", "--print-errorlogs",
                            *chosen], check=False, stdin=subprocess.DEVNULL)
            ran.append(str(build))
    if not ran:
        sys.exit("no test program's name contains " + " or ".join(sys.argv[1:]))
    count = ROOT / "tests" / "tools" / "count_results.py"
    sys.exit(subprocess.run([sys.executable, str(count), *ran], check=False).returncode)


if __name__ == "__main__":
    main()
