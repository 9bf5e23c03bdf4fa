# SPDX-License-Identifier: MIT
"""chatctl, as a test runs it."""

import os
import pathlib
import subprocess

BUILD = pathlib.Path(os.environ.get("CHAT_BUILD_ROOT", "build/test")).resolve()
PROGRAM = BUILD / "chatcfg" / "chatctl"
PATIENCE = 30


def environment(control):
    surroundings = dict(os.environ, TZ="UTC", XDG_RUNTIME_DIR="/nonexistent",
                        XDG_STATE_HOME="/nonexistent")
    surroundings.pop("CHATD_CONTROL", None)
    if control is not None:
        surroundings["CHATD_CONTROL"] = str(control)
    return surroundings


def run(control, *words, said=""):
    """(exit status, what it said, what it complained about)"""
    done = subprocess.run([PROGRAM, *words], env=environment(control), capture_output=True,
                          input=said, text=True, timeout=PATIENCE, check=False)
    return done.returncode, done.stdout, done.stderr


def start(control, *words):
    return subprocess.Popen([PROGRAM, *words], env=environment(control), stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)
