# SPDX-License-Identifier: MIT
"""Console and snap-in: together, apart, of versions that do not fit, with a library taken away."""

import unittest


class Snapin(unittest.TestCase):
    def console(self, *more):
        """A root over one with the console (and more of ours) installed."""
        def install(root):
            root.install(*self.builds.current.inside("chat-console", *more))
        names = "-".join(("chat-console", *more))
        key = self.builds.current.sums()["chat-console"][:8] + self.builds.current.sums()["chatcfg"][:8]
        return self.suite.root(self.suite.layer(f"{names}-{key}", extra=self.with_packages(install)))

    def with_packages(self, install):
        def extra(root):
            root.bind(self.suite.packages, "packages")
            install(root)
        return extra

    def test_console_without_snapin(self):
        with self.console() as root:
            said = root.run("chat-console", "--list-snapins", expect=1)
            self.assertIn("chatcfg", said)
            said = root.run("chat-console", "--check-snapin", "chatcfg", expect=3)
            self.assertIn("failed to load chatcfg module: ", said)
            self.assertIn("install", said.lower())

    def test_console_with_snapin(self):
        with self.console("chatcfg") as root:
            root.run("chat-console", "--check-snapin", "chatcfg")
            said = root.run("chat-console", "--list-snapins")
            self.assertRegex(said, r"(?m)^chatcfg +0\.1\.\d+ +1\.0 +ok +chatcfg ")

    def test_newer_minor(self):
        """dpkg refuses the pair; one that was forced is the loader's case, and it says which side is too old."""
        newer = self.builds.newer_minor
        self.assertIn("chat-console-snapin-abi-1 (>= 1.1)", newer.field("chatcfg", "Depends"))
        with self.console("chatcfg") as root:
            said = root.install(*newer.inside("chatcfg"), expect=100)
            self.assertIn("chat-console-snapin-abi-1", said)
            said = root.run("dpkg", "-i", *newer.inside("chatcfg"), expect=1)
            self.assertIn("chat-console-snapin-abi-1 (>= 1.1)", said)
            root.run("dpkg", "--force-depends", "-i", *newer.inside("chatcfg"))
            said = root.run("chat-console", "--check-snapin", "chatcfg", expect=5)
            self.assertIn("failed to load chatcfg module: ", said)
            self.assertIn("1.1", said)
            self.assertIn("1.0", said)
            # Back to one that fits.
            root.run("dpkg", "-i", *self.builds.current.inside("chatcfg"))
            root.run("chat-console", "--check-snapin", "chatcfg")

    def test_newer_major(self):
        newer = self.builds.newer_major
        self.assertIn("chat-console-snapin-abi-2 (>= 2.0)", newer.field("chatcfg", "Depends"))
        with self.console("chatcfg") as root:
            root.install(*newer.inside("chatcfg"), expect=100)
            root.run("dpkg", "-i", *newer.inside("chatcfg"), expect=1)
            root.run("dpkg", "--force-depends", "-i", *newer.inside("chatcfg"))
            # It lies in the folder of its own interface: here, there is none.
            said = root.run("chat-console", "--check-snapin", "chatcfg", expect=3)
            self.assertIn("failed to load chatcfg module: ", said)
            module = root.run("dpkg", "-L", "chatcfg").split("chatcfg.so")[0].split()[-1] + "chatcfg.so"
            self.assertIn("/snapins-2/", module)
            said = root.run("chat-console", "--check-snapin", module, expect=5)
            self.assertIn("failed to load chatcfg module: ", said)
            self.assertIn("2.0", said)

    def test_library_taken_away(self):
        with self.console("chatcfg") as root:
            root.run("dpkg", "--force-depends", "--remove", "libjansson4")
            said = root.run("chat-console", "--check-snapin", "chatcfg", expect=6)
            self.assertIn("failed to load chatcfg module: libjansson.so.4, which chatcfg.so needs, is not installed",
                          said)
            self.assertIn("libjansson4", said)
            root.run("chat-console", "--list-snapins", expect=1)
            root.install("-f")
            root.run("dpkg", "-s", "libjansson4")
            root.run("chat-console", "--check-snapin", "chatcfg")

    def test_purge_and_reinstall(self):
        with self.console("chatcfg") as root:
            root.run("dpkg", "--purge", "chatcfg")
            said = root.run("chat-console", "--list-snapins", expect=1)
            self.assertIn("chatcfg", said)
            root.run("dpkg", "-i", *self.builds.current.inside("chatcfg"))
            root.run("chat-console", "--check-snapin", "chatcfg")
            root.run("dpkg", "--purge", "chatcfg", "chat-console")
            left = [name for name in root.files() if "chat-console" in name or "chatcfg" in name or "chatd" in name]
            self.assertEqual(left, [])

    def test_sdk_builds_a_snapin(self):
        """autopkgtest's own script: the template against the installed SDK."""
        with self.console("chatcfg", "chat-console-dev") as root:
            root.install("gcc", "libc6-dev", "meson", "pkgconf")
            script = root.path / "sdk"
            script.write_text((self.source / "debian/tests/sdk").read_text())
            said = root.run("sh", "/sdk", AUTOPKGTEST_TMP="/tmp")
            self.assertIn("example", said)
            for name in ("snapin_api", "snapin_abi", "snapindir"):
                said = root.run("pkgconf", f"--variable={name}", "chat-console-snapin-1")
                self.assertTrue(said.strip(), name)
            self.assertTrue(root.exists(said.strip()))

    @property
    def source(self):
        from builds import SOURCE
        return SOURCE
