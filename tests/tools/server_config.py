# SPDX-License-Identifier: MIT
"""How tests and benchmarks start chatd: a folder of its own, loopback, ports of their choice."""

import os
import pathlib

# A load program on one address is what these limits are there to stop.
UNLIMITED = {
    "limits": {"max_users": 1000000, "connections_per_address": 1000000, "flood_burst": 10000,
               "flood_rate": 10000},
}


def find_chatd(build):
    """The program in a build directory; the layout below service/ is the build's business."""
    for path in sorted(pathlib.Path(build).glob("service/**/chatd")):
        if path.is_file() and os.access(path, os.X_OK):
            return path
    raise SystemExit(f"no chatd in {build}: build it first")


def text(sections):
    """A configuration file from {section: {key: value}}."""
    lines = []
    for section, rows in sections.items():
        lines.append(f"[{section}]")
        lines += [f"{key} = {value}" for key, value in rows.items()]
        lines.append("")
    return "\n".join(lines)


def merged(first, second):
    sections = {name: dict(rows) for name, rows in first.items()}
    for name, rows in second.items():
        sections.setdefault(name, {}).update(rows)
    return sections


def listeners(port, tls_port=None):
    found = {"listener plain": {"address": "127.0.0.1", "port": port}}
    if tls_port:
        found["listener tls"] = {"address": "127.0.0.1", "port": tls_port, "tls": "yes"}
    return found


def arguments(chatd, folder):
    """The command line of a chatd that keeps everything below `folder`."""
    command = [str(chatd), "--config", str(folder / "chatd.conf"), "--state-dir",
               str(folder / "state"), "--runtime-dir", str(folder / "runtime")]
    return command + (["--allow-root"] if os.geteuid() == 0 else [])


def command(chatd, folder, port, sections=UNLIMITED):
    """Writes the configuration of a chatd on 127.0.0.1:port and returns its command line."""
    for name in ("state", "runtime"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "chatd.conf").write_text(text(merged(sections, listeners(port))))
    return arguments(chatd, folder)
