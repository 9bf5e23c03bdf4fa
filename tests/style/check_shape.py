#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Shape of files: lengths, licence line, header habits, mirrored tests. There are no exceptions.

Usage: check_shape.py [ROOT]. Prints "file:line: what is wrong" and exits 1 if anything is.
"""

import pathlib
import re
import sys

FOLDERS = ("service", "chatcfg", "console", "include", "tests")
MOST_LINES = {".c": 500, ".h": 150, ".py": 500, ".sh": 500}
MOST_FUNCTION_LINES = 60
SPDX = {".c": "/* SPDX-License-Identifier: MIT */", ".py": "# SPDX-License-Identifier: MIT"}
SPDX.update({".h": SPDX[".c"], ".def": SPDX[".c"], ".sh": SPDX[".py"]})
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def sources(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SPDX and path.is_file() and "__pycache__" not in path.parts:
                yield path


def check_licence(path, lines):
    first = lines[1:2] if lines and lines[0].startswith("#!") else lines[:1]
    if first != [SPDX[path.suffix]]:
        yield 1, f"the first line must be {SPDX[path.suffix]}"


def check_length(path, lines):
    most = MOST_LINES.get(path.suffix)
    if most and len(lines) > most:
        yield most + 1, f"{len(lines)} lines, at most {most} are allowed"


def check_functions(path, lines):
    """A function's body runs from a brace alone in column 0 to the next closing one there."""
    if path.suffix not in (".c", ".h"):
        return
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{" and start is None:
            start = number
        elif line.startswith("}") and start is not None:
            length = number - start + 1
            if length > MOST_FUNCTION_LINES:
                yield start, f"function of {length} lines, at most {MOST_FUNCTION_LINES} are allowed"
            start = None


def check_header(root, path, lines):
    if path.suffix != ".h":
        return
    if "#pragma once" not in lines:
        yield 1, "a header needs #pragma once"
    comment = []
    for line in lines[1:]:
        if line.startswith("#"):
            break
        comment.append(line)
    in_service = path.is_relative_to(root / "service")
    if not any(line.strip("/* \t") for line in comment):
        yield 2, "a header begins with a comment: what noun it owns, its invariant, its thread"
    elif in_service and not any("Thread:" in line for line in comment):
        yield 2, "the comment of a header in service/ needs a 'Thread:' (state, io or any)"


def check_own_header_first(path, lines):
    own = path.with_suffix(".h")
    if path.suffix != ".c" or not own.exists():
        return
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            if pathlib.PurePath(match.group(1)).name != own.name:
                yield number, f"{own.name} must be included first: that proves it stands alone"
            return


def check_mirror(root, path):
    """tests/unit/<layer>/test_<file>[_more].c tests a file that exists."""
    unit = root / "tests" / "unit"
    if path.suffix != ".c" or not path.is_relative_to(unit) or path.parent == unit:
        return
    layer = path.parent.name
    if not path.name.startswith("test_"):
        return
    folders = [root / "service" / layer, root / "console" / layer, root / layer,
               root / "tests" / layer]
    folders += [root / "service"] if layer == "top" else []
    folders += [root / "chatcfg"] if layer == "chatctl" else []
    words = path.stem.removeprefix("test_").split("_")
    names = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    kinds = (".c", ".h", ".def", ".py")
    if not any((folder / (n + kind)).exists() for folder in folders for n in names for kind in kinds):
        yield 1, f"no file {names[0]}.c or .h in {layer} that this would test"


def check_readmes(root):
    """Every folder of sources down to the second level tells on one screen what lives there."""
    holders = {path.parent for path in sources(root) if len(path.relative_to(root).parts) <= 3}
    for folder in sorted(holders):
        if not (folder / "README.md").exists():
            yield folder, 1, "a folder of sources needs a README.md"


def check(root):
    problems = list(check_readmes(root))
    for path in sources(root):
        lines = path.read_text(errors="replace").splitlines()
        for found in (check_licence(path, lines), check_length(path, lines),
                      check_functions(path, lines), check_header(root, path, lines),
                      check_own_header_first(path, lines), check_mirror(root, path)):
            problems += [(path, *p) for p in found]
    return [f"{path.relative_to(root)}:{number}: {text}" for path, number, text in problems]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    problems = check(root)
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
