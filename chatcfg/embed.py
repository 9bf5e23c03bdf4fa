#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes a C file that holds a file's bytes as NAME, and their number as NAME_size.

Usage: embed.py FILE OUTPUT NAME
"""

import pathlib
import sys


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: embed.py FILE OUTPUT NAME")
    data = pathlib.Path(sys.argv[1]).read_bytes()
    name = sys.argv[3]
    lines = [",".join(str(byte) for byte in data[at:at + 32]) for at in range(0, len(data), 32)]
    pathlib.Path(sys.argv[2]).write_text(
        "/* SPDX-License-Identifier: MIT */\n#include <stddef.h>\n"
        f"extern const unsigned char {name}[];\nextern const size_t {name}_size;\n"
        f"const unsigned char {name}[] = {{\n" + ",\n".join(lines) + "\n};\n"
        f"const size_t {name}_size = sizeof {name};\n")


if __name__ == "__main__":
    main()
