#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every header compiles by itself, with warnings as errors.

Usage: check_headers.py ROOT CACHE. What a header needs is remembered in CACHE, so that only what
changed is compiled again. Exits 1 if a header does not stand alone.
"""

import concurrent.futures
import hashlib
import os
import pathlib
import shlex
import subprocess
import sys

FOLDERS = ("service", "chatcfg", "console", "include", "tests")
MODULES = {
    "service": ["glib-2.0", "libevent_core", "openssl", "sqlite3", "jansson"],
    "chatcfg": ["gtk+-3.0", "gio-unix-2.0", "gmodule-2.0", "jansson"],
    "console": ["gtk+-3.0", "gio-unix-2.0", "gmodule-2.0"],
    "include": ["gtk+-3.0", "gio-unix-2.0", "gmodule-2.0"],
    "tests": ["gtk+-3.0", "gio-unix-2.0", "jansson", "libevent_core", "openssl", "sqlite3"],
}
SEARCH = {
    "service": ["service", "include"],
    "chatcfg": ["chatcfg", "include", "console"],
    "console": ["console", "include"],
    "include": ["include"],
    "tests": ["service", "tests", "tests/harness", "include", "console", "chatcfg"],
}


def flags(root, folder):
    answer = subprocess.run(["pkg-config", "--cflags", *MODULES[folder]], capture_output=True,
                            text=True, check=True)
    words = ["-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror",
             '-DCHAT_VERSION="0"']
    return words + [f"-I{root / path}" for path in SEARCH[folder]] + shlex.split(answer.stdout)


def is_fresh(stamp, command):
    """The stamp holds the command's hash and the files it read; fresh if none is newer."""
    try:
        lines = stamp.read_text().splitlines()
        when = stamp.stat().st_mtime
        return lines[0] == command and all(os.stat(f).st_mtime <= when for f in lines[1:])
    except (OSError, IndexError):
        return False


def dependencies(rule):
    words = rule.replace("\\\n", " ").split(":", 1)[-1].split()
    return [word for word in words if not word.startswith("/usr/")]


def check_header(path, words, cache):
    compiler = shlex.split(os.environ.get("CC", "cc"))
    command = [*compiler, *words, "-fsyntax-only", "-MMD", "-MF", "-", "-include", str(path),
               "-x", "c", os.devnull]
    digest = hashlib.sha256(" ".join(command).encode()).hexdigest()
    stamp = cache / (hashlib.sha256(str(path).encode()).hexdigest()[:32] + ".ok")
    if is_fresh(stamp, digest):
        return None
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        stamp.unlink(missing_ok=True)
        return f"{path}: does not compile by itself\n{answer.stderr.rstrip()}"
    read = [str(path), *(d for d in dependencies(answer.stdout) if d != os.devnull)]
    stamp.write_text("\n".join([digest, *read]) + "\n")
    return None


def check(root, cache):
    cache.mkdir(parents=True, exist_ok=True)
    jobs = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for folder in FOLDERS:
            headers = sorted((root / folder).rglob("*.h"))
            words = flags(root, folder) if headers else []
            jobs += [pool.submit(check_header, path, words, cache) for path in headers]
    problems = [job.result() for job in jobs]
    return [problem.replace(f"{root}/", "") for problem in problems if problem]


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: check_headers.py ROOT CACHE")
    problems = check(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
