# SPDX-License-Identifier: MIT
"""The units under a real systemd, in a container whose network is loopback only."""

import contextlib
import re
import subprocess
import time
import unittest

from builds import SOURCE
from cases_install import talk
from machines import Machine, wait_until
from roots import Failed

EXPOSURE_MOST = 1.2
OURS = re.compile(r"chat(d|ctl|cfg|admin|-console)")
WITH_SYSTEMD = ("systemd", "systemd-sysv", "dbus", "openssl")


@contextlib.contextmanager
def machine(case, *packages):
    """A running machine on which these packages are installed while it runs; what they need is there before."""
    def needs(root):
        root.bind(case.suite.packages, "packages")
        root.install(*case.builds.current.inside("chatd", "chatctl"))
        root.run("dpkg", "--purge", "chatd", "chatctl")
    key = case.builds.current.sums()["chatd"][:12]
    below = case.suite.layer(f"systemd-{key}", *WITH_SYSTEMD, extra=needs)
    with case.suite.root(below, chroot=False) as root:
        running = Machine(root)
        try:
            running.run("dpkg", "-i", *packages)
            yield running
        finally:
            running.close()


def is_active(running, unit="chatd"):
    return running.run("systemctl", "is-active", unit, expect=None).strip()


def main_process(running):
    return int(running.property("chatd", "MainPID"))


def answers(running):
    try:
        talk(running.network(), "127.0.0.1", "6667", "probe")
        return True
    except AssertionError:
        return False


class Unit(unittest.TestCase):
    def current(self, *names):
        return self.builds.current.inside(*(names or ("chatd", "chatctl")))

    def test_autopkgtest_service(self):
        """debian/tests/service, as autopkgtest would run it."""
        with machine(self, *self.current()) as running:
            script = (SOURCE / "debian/tests/service").read_text().split("python3 -")[0]
            (running.root.path / "root/service-test").write_text(script)
            running.run("sh", "/root/service-test")
            talk(running.network(), "127.0.0.1", "6667", "tester")
            self.assertEqual(is_active(running), "active")

    def test_exposure(self):
        with machine(self, *self.current()) as running:
            said = running.run("systemd-analyze", "security", "--offline=yes", "--no-pager",
                               running.property("chatd", "FragmentPath"))
            exposure = float(re.search(r"exposure level for chatd.service: ([\d.]+)", said).group(1))
            self.assertLessEqual(exposure, EXPOSURE_MOST, said)
            said = running.run("systemd-analyze", "verify", "chatd.service", "chatd.socket", expect=None)
            # The machine has no man to show a page with.
            complaints = [line for line in said.splitlines() if "Command 'man" not in line and "chatd" in line]
            self.assertEqual(complaints, [])

    def test_hardening_holds(self):
        """What the unit promises is so in the process, and chatd does its work in there."""
        with machine(self, *self.current()) as running:
            self.assertEqual(is_active(running), "active", running.journal())
            status = running.run("cat", f"/proc/{main_process(running)}/status")
            for line in ("NoNewPrivs:\t1", "Seccomp:\t2", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000"):
                self.assertIn(line, status)
            limits = running.run("cat", f"/proc/{main_process(running)}/limits")
            self.assertRegex(limits, r"Max open files +(\d{5,})")
            running.run("chatctl", "config", "set", "service.description=Hardened", "limits.topic=300")
            self.assertIn("description = Hardened", running.root.read("/etc/chatd/chatd.conf"))
            said = running.run("nsenter", "-t", str(main_process(running)), "-m", "sh", "-c",
                               "touch /etc/x /usr/x /root/x; touch /etc/chatd/x /var/lib/chatd/x && echo ours", expect=0)
            self.assertEqual(said.count("Read-only"), 3 - said.count("Permission denied"), said)
            self.assertIn("ours", said)
            talk(running.network(), "--tls", "127.0.0.1", "6697", "anna", "> JOIN #tea", "< 366 ")

    def test_readiness_restart_and_watchdog(self):
        with machine(self, *self.current()) as running:
            self.assertEqual(running.property("chatd", "Type"), "notify")
            # Ready is said when clients are served, not before.
            running.run("systemctl", "restart", "chatd")
            self.assertTrue(answers(running))
            first = main_process(running)
            running.run("sh", "-c", f"kill -KILL {first}")
            wait_until(lambda: main_process(running) not in (0, first) and is_active(running) == "active",
                       "a killed service to be back")
            running.run("mkdir", "-p", "/etc/systemd/system/chatd.service.d")
            (running.root.path / "etc/systemd/system/chatd.service.d/quick.conf").write_text(
                "[Service]\nWatchdogSec=2\nTimeoutAbortSec=2\n")
            running.run("systemctl", "daemon-reload")
            running.run("systemctl", "restart", "chatd")
            second = main_process(running)
            time.sleep(5)  # more than two intervals: a service that turns is left alone
            self.assertEqual(main_process(running), second)
            running.run("sh", "-c", f"kill -STOP {second}")
            wait_until(lambda: main_process(running) not in (0, second) and is_active(running) == "active",
                       "a hanging service to be replaced")
            self.assertIn("atchdog", running.journal())

    def test_reload(self):
        """A mistake fails the reload and changes nothing; a good change holds, without a restart."""
        with machine(self, *self.current()) as running:
            process = main_process(running)
            path = running.root.path / "etc/chatd/conf.d/here.conf"
            path.write_text("[limits]\ntopic = many\n")
            running.run("systemctl", "reload", "chatd", expect=1)
            self.assertIn("topic", running.journal())
            self.assertEqual(is_active(running), "active")
            path.write_text("[limits]\ntopic = 222\n")
            running.run("systemctl", "reload", "chatd")
            wait_until(lambda: "TOPICLEN=222" in talk(running.network(), "127.0.0.1", "6667", "anna",
                                                      "> PING x", "< PONG"), "the new limit")
            self.assertEqual(main_process(running), process)

    def test_mistake_is_not_tried_again(self):
        with machine(self, *self.current()) as running:
            (running.root.path / "etc/chatd/conf.d/here.conf").write_text("[limits]\ntopic = many\n")
            running.run("systemctl", "restart", "chatd", expect=1)
            self.assertEqual(is_active(running), "failed")
            self.assertEqual(running.property("chatd", "ExecMainStatus"), "78")
            self.assertEqual(running.property("chatd", "NRestarts"), "0")
            self.assertIn("conf.d/here.conf", running.journal())

    def test_socket_activation(self):
        """A connection starts the service; during a restart clients wait instead of being refused."""
        with machine(self, *self.current()) as running:
            running.run("systemctl", "stop", "chatd")
            self.assertFalse(answers(running))
            running.run("systemctl", "enable", "--now", "chatd.socket")
            self.assertEqual(is_active(running), "inactive")
            talk(running.network(), "127.0.0.1", "6667", "anna", "> JOIN #tea", "< 366 ")
            self.assertEqual(is_active(running), "active")
            talk(running.network(), "--tls", "::1", "6697", "bob")
            running.run("systemctl", "kill", "-s", "KILL", "chatd")
            self.assertTrue(answers(running))  # at once: the socket never closed
            running.run("systemctl", "stop", "chatd.socket", "chatd")
            self.assertFalse(answers(running))

    def test_low_ports(self):
        """The drop-in of the examples: a port below 1024, without root."""
        with machine(self, *self.current()) as running:
            (running.root.path / "etc/chatd/conf.d/low.conf").write_text(
                "[listener low]\naddress = 127.0.0.1\nport = 443\ntls = yes\n[listener control]\nkind = control\n"
                "path = control.sock\n")
            running.run("systemctl", "restart", "chatd", expect=1)
            running.run("mkdir", "-p", "/etc/systemd/system/chatd.service.d")
            running.run("cp", "/usr/share/doc/chatd/examples/low-ports.conf", "/etc/systemd/system/chatd.service.d/")
            running.run("systemctl", "daemon-reload")
            running.run("systemctl", "reset-failed", "chatd")
            running.run("systemctl", "restart", "chatd")
            talk(running.network(), "--tls", "127.0.0.1", "443", "anna")

    def test_letsencrypt_hook(self):
        """A renewed certificate is served to new connections; those that are open stay open."""
        with machine(self, *self.current()) as running:
            names = ("first", "second")
            for name in names:
                running.run("mkdir", "-p", f"/etc/letsencrypt/live/{name}")
                running.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                            "-nodes", "-days", "2", "-subj", f"/CN={name}.example",
                            "-keyout", f"/etc/letsencrypt/live/{name}/privkey.pem",
                            "-out", f"/etc/letsencrypt/live/{name}/fullchain.pem")
            (running.root.path / "etc/chatd/conf.d/tls.conf").write_text(
                "[listener tls]\naddress = 127.0.0.1\nport = 6697\ntls = yes\ncertificate = tls/fullchain.pem\n"
                "key = tls/privkey.pem\n[listener control]\nkind = control\npath = control.sock\n")
            hook = "/usr/share/doc/chatd/examples/letsencrypt-deploy-hook"
            running.run("env", "RENEWED_LINEAGE=/etc/letsencrypt/live/first", "sh", hook, expect=None)
            running.run("systemctl", "restart", "chatd")
            process = main_process(running)
            self.assertEqual(self.subject(running), "first.example")
            running.run("env", "RENEWED_LINEAGE=/etc/letsencrypt/live/second", "sh", hook)
            wait_until(lambda: self.subject(running) == "second.example", "the second certificate")
            self.assertEqual(main_process(running), process)
            self.assertEqual(running.run("stat", "-c", "%U:%a", "/etc/chatd/tls/privkey.pem").strip(), "chatd:640")

    @staticmethod
    def subject(running):
        pem = subprocess.run([*running.network(), "/usr/bin/python3", str(SOURCE / "tests/packages/talk.py"),
                              "--certificate", "127.0.0.1", "6697"], capture_output=True, text=True, timeout=30,
                             check=False).stdout
        done = subprocess.run(["openssl", "x509", "-noout", "-subject", "-nameopt", "multiline"], input=pem, text=True,
                              capture_output=True, check=False).stdout
        found = re.search(r"commonName *= (\S+)", done)
        return found.group(1) if found else None

    def test_removal_stops(self):
        with machine(self, *self.current()) as running:
            running.run("systemctl", "stop", "chatd")
            running.run("systemctl", "enable", "--now", "chatd.socket")
            running.run("systemctl", "start", "chatd")
            running.run("dpkg", "--purge", "chatd", "chatctl")
            self.assertFalse(answers(running))
            self.assertRegex(running.run("systemctl", "status", "chatd.service", expect=None),
                             "could not be found|not-found")
            left = [name for name in running.root.files() if OURS.search(name.rsplit("/", 1)[-1])]
            self.assertEqual(left, [])
            with self.assertRaises(Failed):
                running.run("getent", "passwd", "chatd")
