#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs a program with a display, a session bus and a home of its own, and cleans up after it.

Usage: run_gui.py COMMAND [ARGUMENT...]. The exit status is the command's.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SCREEN = "1280x800x24"
SETTINGS = "[Settings]\ngtk-enable-animations=0\ngtk-cursor-blink=0\n"


def start_display():
    """Xvfb picks a free display and says which once it listens."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", SCREEN, "-noreset", "-nolisten", "tcp"],
        pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    if not number:
        sys.exit(f"Xvfb did not start (exit status {server.wait()})")
    return server, ":" + number


def environment(display, home):
    env = dict(os.environ)
    for name in ("WAYLAND_DISPLAY", "XAUTHORITY", "XDG_STATE_HOME", "XDG_CACHE_HOME",
                 "XDG_DATA_HOME", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE",
                 "CHAT_CONSOLE_SNAPIN_PATH"):
        env.pop(name, None)
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    config = home / ".config"
    (config / "gtk-3.0").mkdir(parents=True)
    (config / "gtk-3.0" / "settings.ini").write_text(SETTINGS)
    env.update(DISPLAY=display, HOME=str(home), XDG_RUNTIME_DIR=str(runtime),
               XDG_CONFIG_HOME=str(config), GTK_THEME=env.get("GTK_THEME", "Adwaita"),
               GDK_BACKEND="x11", LC_ALL="C.UTF-8", GSETTINGS_BACKEND="memory",
               LIBGL_ALWAYS_SOFTWARE="1")
    return env


def main():
    for program in ("Xvfb", "dbus-run-session", "openbox", "xdotool", "import"):
        if not shutil.which(program):
            sys.exit(f"{program} is not installed")
    os.dup2(1, 3)
    os.dup2(2, 4)
    server, display = start_display()
    try:
        with tempfile.TemporaryDirectory(prefix="chat-gui-", ignore_cleanup_errors=True) as folder:
            env = environment(display, pathlib.Path(folder))
            manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            # What the bus and its services print is not the test's output.
            run = subprocess.run(
                ["dbus-run-session", "--", "sh", "-c", 'exec "$@" >&3 2>&4', "sh", *sys.argv[1:]],
                env=env, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=[3, 4])
            manager.terminate()
            manager.wait()
    finally:
        server.terminate()
        server.wait()
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
