#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Counts the cases of all test programs: the last line is "N passed, N failed, N skipped".

Usage: count_results.py BUILD_DIRECTORY...; reads meson-logs/testlog.json of each. Names what failed
and why each skip was skipped. Exits 1 if a case failed or nothing passed.
"""

import collections
import json
import pathlib
import re
import sys

POINT = re.compile(r"^(not )?ok\b\s*\d*\s*(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")
DIRECTIVE = re.compile(r"\s*#\s*(SKIP|TODO)\b:?\s*(.*)$", re.IGNORECASE)
Case = collections.namedtuple("Case", "state name reason")


def tap_cases(text):
    """The cases of one program's TAP output, and how many it announced (None: it did not)."""
    cases, planned = [], None
    for line in text.splitlines():
        plan, point = PLAN.match(line), POINT.match(line)
        if plan:
            planned = int(plan.group(1))
        elif point:
            name = point.group(2)
            skip = DIRECTIVE.search(name)
            name = DIRECTIVE.sub("", name).removeprefix("- ")
            if skip and skip.group(1).upper() == "SKIP":
                cases.append(Case("skipped", name, skip.group(2) or "no reason given"))
            else:
                cases.append(Case("failed" if point.group(1) else "passed", name, ""))
    return cases, planned


def program_cases(entry):
    """The cases of one row of testlog.json. A program that died is one failed case more."""
    text = entry.get("stdout") or ""
    cases, planned = tap_cases(text)
    result, name = entry["result"], entry["name"]
    cases = [Case(c.state, f"{name} {c.name}", c.reason) for c in cases]
    if planned is None and not cases:
        last = (text.strip().splitlines() or ["no reason given"])[-1]
        state = {"OK": "passed", "SKIP": "skipped"}.get(result, "failed")
        return [Case(state, name, last if state == "skipped" else result)]
    failed = any(case.state == "failed" for case in cases)
    if planned is not None and planned > len(cases):
        cases.append(Case("failed", name, f"{planned - len(cases)} of {planned} cases did not run"))
    elif result not in ("OK", "SKIP") and not failed:
        cases.append(Case("failed", name, f"{result}, exit status {entry.get('returncode')}"))
    return cases


def read(directory):
    log = pathlib.Path(directory) / "meson-logs" / "testlog.json"
    if not log.exists():
        return [Case("failed", str(directory), "its tests did not run")]
    cases = []
    for line in log.read_text().splitlines():
        cases += program_cases(json.loads(line))
    return cases


def main():
    cases = [case for directory in sys.argv[1:] for case in read(directory)]
    for case in cases:
        if case.state != "passed":
            print(f"{case.state}: {case.name}" + (f": {case.reason}" if case.reason else ""))
    count = collections.Counter(case.state for case in cases)
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    sys.exit(1 if count["failed"] or not count["passed"] else 0)


if __name__ == "__main__":
    main()
