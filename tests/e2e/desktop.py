# SPDX-License-Identifier: MIT
"""HexChat on the display and the session bus it is run on (tests/console/gui/run_gui.py), told what
to do over that bus and read from the logs it writes of what its windows show. One at a time."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from service import wait_until
from terminal import Shown, need

# HexChat's own numbers: of network flags (servlist.conf F=) and login types (L=).
USE_TLS, AUTO_CONNECT, ACCEPT_CERTIFICATES = 4, 8, 32
LOGIN_SASL = 6


class HexChat(Shown):
    def __init__(self, service, nick, login=None):
        """`login`, (name, password): it logs in with SASL; over TLS in any case."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chat-hexchat-"))
        self.place = None
        name, password = login or (nick, "")
        (self.folder / "servlist.conf").write_text("\n".join([
            "v=2.16.1", "", "N=here", f"I={nick}", f"U={name}", f"P={password}",
            f"L={LOGIN_SASL if login else 0}", "E=UTF-8",
            f"F={USE_TLS | AUTO_CONNECT | ACCEPT_CERTIFICATES}", "D=0",
            f"S=127.0.0.1/+{service.tls_port}", "", ""]))
        (self.folder / "hexchat.conf").write_text("\n".join([
            "gui_slist_skip = 1", "irc_logging = 1", f"irc_nick1 = {nick}", f"irc_user_name = {nick}",
            f"irc_real_name = {nick}", "irc_reconnect_rejoin = 1", "net_reconnect_delay = 1",
            "gui_tab_dialogs = 1", "gui_single = 1", "stamp_log = 0", "irc_skip_motd = 1", ""]))
        self.process = subprocess.Popen([need("hexchat"), "-d", str(self.folder)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        if os.geteuid() == 0:
            self.dismiss(wait_until(lambda: self.find("--class", "hexchat"), "the warning to root"))
        self.window = wait_until(lambda: self.find("--name", "HexChat"), "HexChat's window")

    def find(self, *how):
        """Its window that is so, by its number."""
        found = subprocess.run([need("xdotool"), "search", "--all", "--onlyvisible", "--pid",
                                str(self.process.pid), *how], capture_output=True, text=True,
                               check=False)
        return found.stdout.split()[0] if found.stdout.split() else None

    def dismiss(self, window):
        subprocess.run([need("xdotool"), "windowactivate", "--sync", window, "key", "Return"],
                       check=True, timeout=20)

    def type(self, text):
        """What somebody would type into the window of `place`: a command, or what is said there."""
        command = text[1:] if text.startswith("/") else f"say {text}"
        if self.place:
            command = f"doat {self.place} {command}"
        subprocess.run([need("hexchat"), "-d", str(self.folder), "--existing", "--command", command],
                       check=True, timeout=20, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def shown(self):
        """What its windows have shown so far, the one that was written to last at the end."""
        logs = sorted(self.folder.glob("logs/**/*.log"), key=lambda path: path.stat().st_mtime_ns)
        return "\n".join(path.read_text(errors="replace") for path in logs)

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
