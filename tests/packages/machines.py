# SPDX-License-Identifier: MIT
"""A machine of its own: a root that systemd runs as process 1, in a container with loopback only."""

import os
import pathlib
import signal
import subprocess
import time

from roots import PATIENCE, QUIET, Failed

BOOT_PATIENCE = 90
POLL = 0.1
# Debian 13's systemd wants to be told that the host has the older kind of control groups.
OLDER_GROUPS = ["SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1"]


def wait_until(condition, what, patience=30):
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {patience} s")
        time.sleep(POLL)


def is_first_of_its_own(process):
    """Is it process 1 of a namespace below ours?"""
    try:
        for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("NSpid:"):
                numbers = line.split()[1:]
                return len(numbers) > 1 and numbers[-1] == "1"
    except OSError:
        pass
    return False


def children(process):
    try:
        return [int(word) for word in
                pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


class Machine:
    """Boots the root; run() runs a command inside, talk() a program of ours on its network."""

    def __init__(self, root):
        self.root = root
        self.log_path = root.folder / "boot.log"
        arguments = [word for pair in OLDER_GROUPS for word in ("--setenv", pair)]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                ["systemd-nspawn", "--quiet", "-D", str(root.path), "--private-network", "--register=no",
                 "--keep-unit", "--kill-signal=SIGRTMIN+3", f"--bind={root.archives}:/var/cache/apt/archives",
                 f"--bind-ro={root.path}/packages:/packages", *arguments, "-b", *OLDER_GROUPS],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, "SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE": "1"})
        try:
            self.leader = wait_until(self._find_leader, "process 1", BOOT_PATIENCE)
            wait_until(self._is_up, "the machine to be up", BOOT_PATIENCE)
        except Failed as failure:
            self.close()
            raise Failed(f"{failure}\n{self.boot_log()}") from None

    def boot_log(self):
        return self.log_path.read_text(errors="replace")[-4000:]

    def _find_leader(self):
        if self.process.poll() is not None:
            raise Failed("systemd-nspawn ended")
        found = children(self.process.pid)
        for child in found + [grandchild for one in found for grandchild in children(one)]:
            if is_first_of_its_own(child):
                return child
        return None

    def _is_up(self):
        return self.run("systemctl", "is-system-running", expect=None).strip() in ("running", "degraded")

    def run(self, *words, expect=0, user=None):
        """As Root.run(), inside the running machine."""
        if user:
            words = ("runuser", "-u", user, "--", *words)
        done = subprocess.run(["nsenter", "-t", str(self.leader), "-a", "-r", "-w", *words],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=PATIENCE, env=QUIET, check=False)
        if expect is not None and done.returncode != expect:
            raise Failed(f"{' '.join(words)}: ended with {done.returncode}, not {expect}:\n"
                         f"{done.stdout[-6000:]}")
        return done.stdout

    def network(self):
        return ["nsenter", "-t", str(self.leader), "-n"]

    def property(self, unit, name):
        return self.run("systemctl", "show", "-P", name, unit).strip()

    def journal(self, unit="chatd"):
        return self.run("journalctl", "-q", "--no-pager", "-o", "cat", "-u", unit, expect=None)

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
