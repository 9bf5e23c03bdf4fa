# SPDX-License-Identifier: MIT
"""Each package alone in a clean system: what it brings, what it does, what it leaves."""

import pathlib
import signal
import subprocess
import unittest

from machines import wait_until

TALK = str(pathlib.Path(__file__).with_name("talk.py"))


def talk(network, *words):
    done = subprocess.run([*network, "/usr/bin/python3", TALK, *words], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise AssertionError(f"talk {words}: {done.stdout}{done.stderr}")
    return done.stdout


class Running:
    """chatd started as root without systemd, as a supervisor would; it becomes the user chatd."""

    def __init__(self, root, *options):
        self.root = root
        self.log = open(root.folder / "chatd.log", "ab")
        self.process = root.start("chatd", *options, log=self.log)
        wait_until(lambda: self.process.poll() is not None or root.exists("/run/chatd/control.sock"), "chatd")

    def text(self):
        return (self.root.folder / "chatd.log").read_text(errors="replace")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(20)
        self.log.close()
        return status


class Service(unittest.TestCase):
    def test_service_alone(self):
        """Only the service: no console, no GTK; its configuration, user and groups; a client is served."""
        with self.suite.root() as root:
            root.install(*self.builds.current.inside("chatd", "chatctl"))
            installed = root.run("dpkg-query", "-W", "-f", "${Package} ")
            for package in ("libgtk-3-0", "libgtk-3-0t64", "libx11-6", "python3"):
                self.assertNotIn(f" {package} ", installed)
            self.assertEqual(root.run("stat", "-c", "%U:%G:%a", "/etc/chatd/chatd.conf", "/etc/chatd",
                                      "/etc/chatd/conf.d", "/var/lib/chatd").split(),
                             ["chatd:chatd:640", "chatd:chatd:750", "chatd:chatd:750", "chatd:chatd:700"])
            self.assertIn("chatadmin", root.run("id", "-nG", "chatd").split())
            self.assertEqual(root.run("chatd", "--sample-config"), root.read("/etc/chatd/chatd.conf"))
            self.assertEqual(root.read("/usr/share/doc/chatd/chatd.conf.sample"), root.read("/etc/chatd/chatd.conf"))
            self.assertNotIn("chatd.conf", root.run("dpkg-query", "-W", "-f", "${Conffiles}", "chatd"))
            root.run("chatd", "--check-config")
            self.serve(root)

    def serve(self, root):
        running = Running(root)
        try:
            self.assertEqual(root.run("stat", "-c", "%U:%G:%a", "/run/chatd/control.sock").strip(),
                             "chatd:chatadmin:660", running.text())
            said = talk(root.network.enter, "127.0.0.1", "6667", "anna", "> JOIN #tea", "< 366 ")
            self.assertIn("JOIN #tea", said)
            talk(root.network.enter, "--tls", "::1", "6697", "bob", "> JOIN #tea", "< 366 ")
            self.assertIn("chatd.localhost", root.run("chatctl", "status", loopback=True))
            root.run("chatctl", "config", "set", "service.description=Changed", loopback=True)
            self.assertIn("\ndescription = Changed\n", root.read("/etc/chatd/chatd.conf"))
        finally:
            status = running.stop()
        self.assertEqual(status, 0, running.text())
        root.run("chatctl", "status", loopback=True, expect=3)

    def test_who_may_administer(self):
        """A member of chatadmin may, another is told which group he lacks."""
        with self.suite.root() as root:
            root.install(*self.builds.current.inside("chatd", "chatctl"))
            root.run("useradd", "member", "-G", "chatadmin")
            root.run("useradd", "stranger")
            running = Running(root)
            try:
                self.assertIn("administrator", root.run("runuser", "-u", "member", "--", "chatctl", "whoami",
                                                        loopback=True))
                self.assertIn("only members of the group chatadmin may", root.run(
                    "runuser", "-u", "stranger", "--", "chatctl", "status", loopback=True, expect=4))
            finally:
                running.stop()

    def test_purge_leaves_nothing(self):
        """After a purge there is nothing that was not there before; then it can be installed again."""
        with self.suite.root(self.suite.layer("sysusers", "systemd-standalone-sysusers")) as root:
            packages = ("chatd", "chatctl")
            # What these need stays: only what is ours is looked at.
            root.install(*self.builds.current.inside(*packages))
            root.run("dpkg", "--purge", *packages)
            before, accounts = root.files(), self.accounts(root)
            self.assertNotIn("chat", accounts)
            root.run("dpkg", "-i", *self.builds.current.inside(*packages))
            running = Running(root)
            talk(root.network.enter, "127.0.0.1", "6667", "anna")
            root.run("chatctl", "config", "set", "service.description=Changed", loopback=True)
            self.assertEqual(running.stop(), 0)
            self.assertTrue(root.exists("/var/lib/chatd/chatd.db"))
            root.run("dpkg", "--remove", *packages)
            self.assertIn("Changed", root.read("/etc/chatd/chatd.conf"))
            root.run("dpkg", "--purge", *packages)
            self.assertEqual(root.files() - before, set())
            self.assertEqual(self.accounts(root), accounts)
            self.assertFalse(root.exists("/run/chatd"))
            root.run("dpkg", "-i", *self.builds.current.inside(*packages))
            self.assertNotIn("Changed", root.read("/etc/chatd/chatd.conf"))
            self.serve(root)

    @staticmethod
    def accounts(root):
        return root.read("/etc/passwd") + root.read("/etc/group")

    def test_a_removed_configuration_stays_removed(self):
        with self.suite.root() as root:
            root.install(*self.builds.current.inside("chatd"))
            (root.path / "etc/chatd/chatd.conf").unlink()
            root.run("dpkg", "-i", *self.builds.current.inside("chatd"))
            self.assertFalse(root.exists("/etc/chatd/chatd.conf"))

    def test_completions_and_manual(self):
        with self.suite.root(self.builds.layer) as root:
            root.install(*self.builds.current.inside("chatd", "chatctl", "chat-console"), "bash-completion")
            for page in ("chatd.8", "chatd.conf.5", "chatctl.1", "chat-console.1"):
                section, name = page.rsplit(".", 1)[1], page.rsplit(".", 1)[0]
                path = f"/usr/share/man/man{section}/{name}.{section}.gz"
                said = root.run("sh", "-c", f"man --warnings -E UTF-8 -l -Tutf8 -Z {path} 2>&1 >/dev/null")
                self.assertEqual(said, "", page)
            asked = ("source /usr/share/bash-completion/bash_completion; source "
                     "/usr/share/bash-completion/completions/{0}; COMP_WORDS=({0} {1}); COMP_CWORD=1; _{2} {0}; "
                     "echo \"${{COMPREPLY[*]}}\"")
            for command, word, function, wanted in (("chatd", "--che", "chatd", "--check-config"),
                                                    ("chatctl", "sta", "chatctl", "status"),
                                                    ("chat-console", "--list", "chat_console", "--list-snapins")):
                self.assertIn(wanted, root.run("bash", "-c", asked.format(command, word, function)))

    def test_translations(self):
        """The console speaks German where German is spoken."""
        with self.suite.root(self.builds.layer) as root:
            root.install(*self.builds.current.inside("chat-console"), "locales")
            root.run("localedef", "-i", "de_DE", "-f", "UTF-8", "de_DE.UTF-8")
            self.assertIn("Verwaltungskonsole", root.run("chat-console", "--help", LC_ALL="de_DE.UTF-8"))
            self.assertNotIn("Verwaltungskonsole", root.run("chat-console", "--help"))
            self.assertIn("Name[de]=Chatkonsole", root.read("/usr/share/applications/org.chatd.Console.desktop"))
