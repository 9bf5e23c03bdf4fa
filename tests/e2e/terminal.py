# SPDX-License-Identifier: MIT
"""A program on a terminal of its own (tmux), driven by keys and read from the screen."""

import os
import pathlib
import shlex
import shutil
import subprocess
import tempfile

from service import wait_until

COLUMNS, ROWS = 160, 50


def need(program):
    """A client that is not here is a failure, not a skip: the session is what must be seen."""
    path = shutil.which(program)
    if not path:
        raise AssertionError(f"{program} is not installed")
    return path


class Shown:
    """A program that is read from what it shows: shown() is all of that."""

    def wait_for(self, *parts):
        """Waits until one line that it shows contains all of the parts; returns the line."""
        def line():
            for row in self.shown().splitlines():
                if all(part in row for part in parts):
                    return row
            return None
        try:
            return wait_until(line, " and ".join(map(repr, parts)))
        except AssertionError as error:
            raise AssertionError(f"{error}; what is shown:\n{self.shown()[-3000:]}") from None


class Terminal(Shown):
    def __init__(self, command, name):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"chat-{name}-"))
        self.socket = self.folder / "tmux"
        self.environment = dict(os.environ, HOME=str(self.folder), TERM="xterm-256color",
                                LC_ALL="C.UTF-8")
        self.environment.pop("TMUX", None)
        # Sanitizer settings are for our own programs.
        for name_ in ("ASAN_OPTIONS", "G_DEBUG", "G_SLICE"):
            self.environment.pop(name_, None)
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS),
                  shlex.join(map(str, command)))
        # A client that dies leaves its last words on the screen.
        self.tmux("set-option", "-g", "remain-on-exit", "on")

    def tmux(self, *arguments):
        answer = subprocess.run([need("tmux"), "-S", str(self.socket), *arguments],
                                capture_output=True, text=True, check=False, env=self.environment,
                                cwd=self.folder, timeout=20)
        if answer.returncode:
            raise AssertionError(f"tmux {arguments[0]}: {answer.stderr.strip()}")
        return answer.stdout

    def screen(self):
        rows = self.tmux("capture-pane", "-p", "-J").splitlines()
        return "\n".join(row.rstrip() for row in rows if row.strip())

    def type(self, text):
        """One line of input, with Enter."""
        self.tmux("send-keys", "-l", "--", text)
        self.tmux("send-keys", "Enter")

    shown = screen

    def close(self):
        try:
            self.tmux("kill-server")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def irssi(service, nick, tls=False, login=None):
    """With `login`, (name, password), it logs in with SASL."""
    terminal = Terminal([need("irssi"), "--noconnect", "-n", nick], "irssi")
    terminal.wait_for("[(status)]")
    # Its own flood protection would make it wait 2.5 s between commands.
    terminal.type("/set cmd_queue_speed 10msec")
    port, options = (service.tls_port, "-tls -notls_verify") if tls else (service.port, "")
    if login:
        terminal.type(f"/network add -sasl_mechanism PLAIN -sasl_username {login[0]} "
                      f"-sasl_password {login[1]} here")
        terminal.type(f"/server add {options} -network here 127.0.0.1 {port}")
        terminal.type("/connect here")
    else:
        terminal.type(f"/connect {options} 127.0.0.1 {port}")
    return terminal


def weechat(service, nick, tls=False, login=None):
    """WeeChat with nothing configured but this one server; `login` as for irssi."""
    port = service.tls_port if tls else service.port
    add = f"/server add here 127.0.0.1/{port} {'-tls' if tls else '-notls'}"
    if weechat_version() < (4, 0):
        add = add.replace("-tls", "-ssl").replace("-notls", "-nossl")
    check = "ssl_verify" if weechat_version() < (4, 0) else "tls_verify"
    commands = [add, f"/set irc.server.here.nicks {nick}", f"/set irc.server.here.{check} off",
                "/set irc.server.here.autoconnect off"]
    if login:
        commands += [f"/set irc.server.here.sasl_username {login[0]}",
                     f"/set irc.server.here.sasl_password {login[1]}"]
    commands.append("/connect here")
    words = [need("weechat"), "--temp-dir"]
    for command in commands:
        words += ["--run-command", command]
    return Terminal(words, "weechat")


def catgirl(service, nick, login=None):
    """catgirl speaks TLS only, and trusts the certificate that it is given."""
    server = ["-h", "127.0.0.1", "-p", str(service.tls_port)]
    trusted = service.folder / "trusted.pem"
    with open(trusted, "wb") as file:
        subprocess.run([need("catgirl"), "-o", *server], stdout=file, check=True, timeout=20)
    words = [need("catgirl"), *server, "-t", str(trusted), "-n", nick]
    if login:
        words += ["-a", ":".join(login)]
    return Terminal(words, "catgirl")


def weechat_version():
    answer = subprocess.run([need("weechat"), "--version"], capture_output=True, text=True,
                            check=True)
    return tuple(int(part) for part in answer.stdout.strip().split("-")[0].split(".")[:2])
