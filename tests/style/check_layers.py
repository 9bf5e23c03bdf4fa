#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Who may include whom: service/layers.txt, and the borders between the four programs.

Usage: check_layers.py [ROOT]. Prints "file:line: what is wrong" and exits 1 if anything is.
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCES = (".c", ".h", ".def")
TOP = "top"
# include/ is for contracts; a contract's header is seen by these folders only.
CONTRACTS = {
    "snapin.h": ("console", "chatcfg"),
    "control.h": ("service/control", "service", "chatcfg"),
    "extension.h": ("service",),
}
# ThreadSanitizer cannot see GLib's locks, and the service has no GObject and no GMainLoop.
FORBIDDEN_IN_SERVICE = re.compile(
    r"\b(G(?:Mutex|RWLock|RecMutex|Cond|AsyncQueue|ThreadPool|MainLoop|MainContext|Object)|"
    r"g_(?:mutex|rw_lock|async_queue|thread_pool|main_loop|main_context|object|timeout|idle)_\w+)\b")
# The domain returns what changed: it does not log, and time comes in as an argument.
FORBIDDEN_HEADERS = {"domain": {"base/log.h", "base/work.h", "base/mailbox.h"}}


def read_layers(path):
    """{layer: set of layers it may include} from layers.txt; '*' stands for all of them."""
    table = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, colon, allowed = line.partition(":")
        if not colon:
            raise SystemExit(f"{path}:{number}: expected 'layer: layers it may include'")
        table[name.strip()] = set(allowed.split())
    for name, allowed in table.items():
        unknown = allowed - set(table) - {"*"}
        if unknown:
            raise SystemExit(f"{path}: {name}: unknown layer {', '.join(sorted(unknown))}")
    return table


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in SOURCES and p.is_file())


def includes(path):
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == "<", match.group(2)


def check_service_file(root, path, layers):
    parts = path.relative_to(root / "service").parts
    layer = parts[0] if len(parts) > 1 else TOP
    if layer not in layers:
        yield 1, f"service/{layer}/ has no row in service/layers.txt"
        return
    allowed = layers[layer]
    for number, system, name in includes(path):
        first = name.split("/")[0]
        if system:
            if name.startswith(("gio/", "glib-object", "gobject/", "gtk/")):
                yield number, f"<{name}>: the service uses GLib without GObject"
        elif name in FORBIDDEN_HEADERS.get(layer, ()):
            yield number, f"{layer} may not use {name}"
        elif "/" in name and first in layers:
            if first != layer and "*" not in allowed and first not in allowed:
                yield number, f"{layer} may not include {first} ({name}), see service/layers.txt"
        elif name not in CONTRACTS and layer != TOP and (root / "service" / name).exists():
            yield number, f"{layer} may not include the top's {name}"
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        match = FORBIDDEN_IN_SERVICE.search(line)
        if match and not line.lstrip().startswith(("*", "/*", "//")) and '"' not in line:
            yield number, f"{match.group(1)}: use pthreads and libevent in the service"


def check_contracts(root, path):
    folder = path.relative_to(root).parent.as_posix()
    top = folder.split("/")[0]
    for number, _, name in includes(path):
        users = CONTRACTS.get(pathlib.PurePath(name).name)
        is_contract = name in CONTRACTS or name.startswith("include/")
        if users is None or not is_contract:
            continue
        if folder not in users and top not in [u for u in users if u != "service"]:
            yield number, f"{folder} may not include {name}; it is for {', '.join(users)}"


def check_program_borders(root, path, layers):
    """console and chatcfg know nothing of the service's inside, nor of each other's."""
    top = path.relative_to(root).parts[0]
    for number, system, name in includes(path):
        first = name.split("/")[0]
        here = any((base / name).exists() for base in (root / top, path.parent, root / "include"))
        if system or here or "/" not in name:
            continue
        if first in layers and (root / "service" / first).is_dir():
            yield number, f"{top} may not include the service's {name}"
        elif top == "chatcfg" and first != "modcheck" and (root / "console" / name).exists():
            yield number, f"chatcfg may not include the console's {name}"
        elif top == "console" and (root / "chatcfg" / name).exists():
            yield number, f"console may not include chatcfg's {name}"


def check(root):
    layers = read_layers(root / "service" / "layers.txt")
    problems = []
    for path in sources(root / "service"):
        problems += [(path, *p) for p in check_service_file(root, path, layers)]
    for top in ("console", "chatcfg"):
        for path in sources(root / top):
            problems += [(path, *p) for p in check_program_borders(root, path, layers)]
    for top in ("service", "console", "chatcfg"):
        for path in sources(root / top):
            problems += [(path, *p) for p in check_contracts(root, path)]
    for path in sources(root / "include"):
        if path.suffix == ".c":
            problems.append((path, 1, "include/ holds contracts only: no .c here"))
    return [f"{path.relative_to(root)}:{number}: {text}" for path, number, text in problems]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    problems = check(root)
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
