#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The tree's format, judged by Debian 12's clang-format (14) only: other versions disagree.

Usage: check_format.py ROOT CACHE. Exits 77 with the reason if there is no version 14. Files that
were clean when the cache was written and have not changed since are not judged again.
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

FOLDERS = ("service", "chatcfg", "console", "include", "tests")
NAMES = ("clang-format-14", "clang-format")


def find_formatter():
    for name in NAMES:
        path = shutil.which(name)
        if path:
            answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
            if "version 14." in answer.stdout:
                return path
    return None


def sources(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".c", ".h") and path.is_file():
                yield path


def load(cache):
    try:
        return set(json.loads(cache.read_text()))
    except (OSError, ValueError):
        return set()


def judge(formatter, paths):
    """The complaints of the formatter about these files, one text."""
    half = (len(paths) + 1) // 2
    runs = [subprocess.Popen([formatter, "--dry-run", "-Werror", *map(str, part)],
                             stderr=subprocess.PIPE, text=True)
            for part in (paths[:half], paths[half:]) if part]
    return "".join(run.communicate()[1] for run in runs)


def check(root, cache, formatter):
    style = (root / ".clang-format").read_bytes()
    digests = {path: hashlib.sha256(style + path.read_bytes()).hexdigest() for path in sources(root)}
    clean = load(cache)
    text = judge(formatter, [path for path, digest in digests.items() if digest not in clean])
    wrong = {path for path in digests if f"{path}:" in text}
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text(json.dumps(sorted(d for p, d in digests.items() if p not in wrong)))
    first = {}
    for line in text.splitlines():
        if "error:" in line:
            first.setdefault(line.split(":")[0], line.replace(f"{root}/", ""))
    return list(first.values())


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: check_format.py ROOT CACHE")
    formatter = find_formatter()
    if not formatter:
        print("clang-format 14 (Debian 12's) is not here")
        sys.exit(77)
    problems = check(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), formatter)
    if problems:
        print("\n".join(problems) + f"\nput it right with: {os.path.basename(formatter)} -i FILE")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
