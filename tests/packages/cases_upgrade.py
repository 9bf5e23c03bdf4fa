# SPDX-License-Identifier: MIT
"""From the first package there was to this one, with live data; and back, as the documentation says."""

import unittest

from cases_install import talk
from cases_systemd import is_active, machine
from machines import wait_until
from roots import Failed

CONFIGURED = "[service]\n# Kept as it is, this line too.\ndescription = Before the upgrade\n[limits]\ntopic = 345\n"


def schema(running, name="chatd.db"):
    """PRAGMA user_version, which SQLite keeps at byte 60; the file is quiet, its log taken in."""
    data = (running.root.path / "var/lib/chatd" / name).read_bytes()
    return int.from_bytes(data[60:64], "big")


class Upgrade(unittest.TestCase):
    def older(self, *names):
        return self.builds.older.inside(*(names or ("chatd", "chatctl")))

    def current(self, *names):
        return self.builds.current.inside(*(names or ("chatd", "chatctl")))

    def make_kept(self, running):
        """A registered channel with a topic: what must outlive an upgrade."""
        (running.root.path / "etc/chatd/chatd.conf").write_text(CONFIGURED)
        running.run("systemctl", "restart", "chatd")
        talk(running.network(), "127.0.0.1", "6667", "anna", "> JOIN #tea", "< 366 ", "> TOPIC #tea :kept tea",
             "< TOPIC", "> MODE #tea +b bad!*@*", "< MODE")
        return running

    def test_service_is_upgraded(self):
        with machine(self, *self.older()) as running:
            self.make_kept(running)
            running.run("chatctl", "config", "set", "service.description=Changed before")
            before = running.root.read("/etc/chatd/chatd.conf")
            running.run("systemctl", "stop", "chatd")
            old_schema = schema(running)
            running.run("systemctl", "start", "chatd")
            running.run("dpkg", "-i", *self.current())
            self.assertEqual(is_active(running), "active", running.journal())
            self.assertEqual(running.root.read("/etc/chatd/chatd.conf"), before)
            said = running.run("chatctl", "config", "history")
            self.assertIn("service.description", said)
            said = talk(running.network(), "127.0.0.1", "6667", "bob", "> PING x", "< PONG")
            self.assertIn("TOPICLEN=345", said)
            running.run("systemctl", "stop", "chatd")
            self.back(running, old_schema)

    def back(self, running, old_schema):
        """The older one refuses what the newer wrote, says so, and runs again on the copy."""
        new_schema = schema(running)
        if new_schema == old_schema:
            self.fail(f"both versions have schema {old_schema}: the older package is not old enough to prove anything")
        backup = f"chatd.db.version-{old_schema}.backup"
        self.assertTrue(running.root.exists(f"/var/lib/chatd/{backup}"))
        running.run("dpkg", "-i", *self.older())
        running.run("systemctl", "start", "chatd", expect=1)
        said = running.journal()
        self.assertIn(f"has schema version {new_schema}, this chatd knows up to version {old_schema}", said)
        running.run("systemctl", "stop", "chatd")
        running.run("systemctl", "reset-failed", "chatd")
        self.assertEqual(schema(running), new_schema)
        running.run("sh", "-c", f"cd /var/lib/chatd && mkdir newer && mv chatd.db* newer/ && install -m 0600 -o chatd "
                    f"-g chatd newer/{backup} chatd.db")
        running.run("systemctl", "start", "chatd")
        self.assertIn("service.description", running.run("chatctl", "config", "history"))
        # Forward once more.
        running.run("dpkg", "-i", *self.current())
        self.assertEqual(is_active(running), "active")

    def test_any_order(self):
        """Tools before the service, and the service before its tools."""
        with machine(self, *self.older()) as running:
            running.run("dpkg", "-i", *self.current("chatctl"))
            self.assertIn("0.1.0", running.run("chatctl", "status"))
            running.run("chatctl", "config", "set", "service.description=By a newer tool")
            running.run("dpkg", "-i", *self.older("chatctl"))
            running.run("dpkg", "-i", *self.current("chatd"))
            running.run("chatctl", "status")
            running.run("chatctl", "config", "set", "service.description=By an older tool")
            self.assertIn("By an older tool", running.run("chatctl", "config", "get", "service.description"))

    def test_clients_come_back(self):
        """An upgrade restarts the service once; it serves again at once."""
        with machine(self, *self.older()) as running:
            before = running.property("chatd", "MainPID")
            running.run("dpkg", "-i", *self.current())
            self.assertNotEqual(running.property("chatd", "MainPID"), before)
            wait_until(lambda: self.served(running), "a client to be served", 5)

    @staticmethod
    def served(running):
        try:
            return talk(running.network(), "127.0.0.1", "6667", "anna")
        except (AssertionError, Failed):
            return None
