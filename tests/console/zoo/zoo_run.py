# SPDX-License-Identifier: MIT
"""Runs chat-console's snap-in commands on a copy of the zoo, as this user or as another."""

import json
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

ORDINARY_USER = "nobody"


class Zoo:
    """A private copy of the zoo and of the program, readable by everybody, gone at the end."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chat-zoo-"))
        self.folder.chmod(0o755)
        self.modules = self.folder / "modules"
        self.program = self.folder / "chat-console"
        self.state = self.folder / "state"
        self.state.mkdir()
        self.state.chmod(0o777)
        shutil.copy(os.environ["CHAT_CONSOLE_PROGRAM"], self.program)
        source = pathlib.Path(os.environ["CHAT_ZOO"])
        shutil.copytree(source, self.modules, symlinks=True, copy_function=self._copy,
                        ignore=lambda folder, names: self._skipped(pathlib.Path(folder), names))
        os.mkfifo(self.modules / "pipe.so")
        (self.modules / "closed-folder").chmod(0o700)

    @staticmethod
    def _skipped(folder, names):
        return [n for n in names if n in ("source", "linked", "pipe.so")
                or (folder / n).is_file() and not os.access(folder / n, os.R_OK)]

    @staticmethod
    def _copy(source, target):
        shutil.copy(source, target)

    def module(self, name):
        return str(self.modules / name)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words, user=None, environment=None):
        """(exit status, standard output, standard error); `user` only works for root."""
        command = [str(self.program), *map(str, words)]
        if user:
            entry = pwd.getpwnam(user)
            command = ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}",
                       "--clear-groups", *command]
        variables = {k: v for k, v in os.environ.items() if not k.startswith(("LD_", "XDG_"))}
        variables.pop("DISPLAY", None)
        variables["XDG_STATE_HOME"] = str(self.state)
        variables.update(environment or {})
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=90,
                                env=variables, cwd="/")
        return answer.returncode, answer.stdout, answer.stderr

    def check(self, name, user=None, environment=None, options=()):
        """The JSON report of --check-snapin, and the exit status."""
        target = name if "/" in name else self.module(name)
        status, output, errors = self.run("--check-snapin", target, "--json", *options, user=user,
                                          environment=environment)
        if not output.startswith("{"):
            raise AssertionError(f"no report of {name}: status {status}\n{output}{errors}")
        return status, json.loads(output)


def users():
    """Who runs the cases: root also as an ordinary user, everybody else as he is."""
    return [None, ORDINARY_USER] if os.geteuid() == 0 else [None]


def ordinary():
    """The user for what cannot happen to root; None: we are one."""
    return ORDINARY_USER if os.geteuid() == 0 else None
