# SPDX-License-Identifier: MIT
"""The meson build alone, as any distribution would use it: each part with its own needs only."""

import re
import shutil
import unittest

from builds import CACHED, SOURCE

COMPILER = ["gcc", "libc6-dev", "meson", "ninja-build", "pkg-config"]
CACHE = "ccache"
GTK = "libgtk-3-dev"
NONE = {"service": "false", "chatctl": "false", "console": "false", "snapin": "false", "tests": "false"}
LAYOUT = ["--prefix=/usr", "--sysconfdir=/etc", "--libdir=lib64", "--buildtype=plain"]


def needs_of_all():
    """The list in ./dev, the only one there is."""
    return re.search(r'^PACKAGES_BUILD="([^"]*)"', (SOURCE / "dev").read_text(), re.M).group(1).split()


class Tree(unittest.TestCase):
    def build(self, needs, options=(), change=None, **parts):
        """Configures, compiles and installs into /out; returns the names of the files that came of it."""
        wanted = {**NONE, **{name: "true" for name in parts}}
        key = "-".join(sorted(parts))
        with self.suite.root(self.suite.layer(f"tree-{key}", *COMPILER, CACHE, *needs)) as root:
            self.builds.bind_cache(root)
            self.builds.put_tree(root.path / "tree")
            if change:
                change(root)
            root.run("sh", "-c", "cd /tree && meson setup /obj " + " ".join(
                [*LAYOUT, *options, *(f"-D{name}={value}" for name, value in wanted.items())]) +
                " && nice ninja -C /obj -j 2 && DESTDIR=/out meson install -C /obj --no-rebuild", **CACHED)
            installed = root.run("dpkg-query", "-W", "-f", "${Package}\n")
            if GTK not in needs:
                self.assertNotIn("libgtk-3-dev", installed)
            out = root.path / "out"
            return {"/" + str(path.relative_to(out)) for path in out.rglob("*") if not path.is_dir()}

    def test_service_alone(self):
        needs = [name for name in needs_of_all() if name != GTK and name not in COMPILER]
        files = self.build(needs, service=True)
        for name in ("/usr/sbin/chatd", "/usr/lib/systemd/system/chatd.service", "/usr/lib/sysusers.d/chatd.conf",
                     "/usr/lib/tmpfiles.d/chatd.conf", "/etc/apparmor.d/chatd", "/usr/share/man/man8/chatd.8",
                     "/usr/share/doc/chatd/chatd.conf.sample"):
            self.assertIn(name, files)
        self.assertFalse([name for name in files if "console" in name or "chatcfg" in name or "chatctl" in name])

    def test_service_without_systemd(self):
        needs = [name for name in needs_of_all() if name != GTK and name not in COMPILER]
        files = self.build(needs, ["--sbindir=bin", "-Dsystemd_unit_dir=no", "-Dsysusers_dir=no", "-Dtmpfiles_dir=no"],
                           service=True)
        self.assertIn("/usr/bin/chatd", files)
        self.assertFalse([name for name in files if re.search(r"systemd|sysusers|tmpfiles", name)])

    def test_chatctl_alone(self):
        files = self.build(["libglib2.0-dev", "libjansson-dev", "python3"], chatctl=True)
        self.assertIn("/usr/bin/chatctl", files)
        self.assertFalse([name for name in files if "chatd" in name or "console" in name])

    def test_console_alone(self):
        files = self.build([GTK, "gettext"], console=True)
        for name in ("/usr/share/locale/de/LC_MESSAGES/chat-console.mo", "/usr/share/doc/chat-console/help.html",
                     "/usr/bin/chat-console", "/usr/include/chat-console-1/snapin.h",
                     "/usr/lib64/pkgconfig/chat-console-snapin-1.pc"):
            self.assertIn(name, files)
        self.assertFalse([name for name in files if "chatcfg" in name or "chatctl" in name])

    def test_snapin_alone(self):
        """Against the installed SDK: neither the console's sources nor its headers are there."""
        def take_away(root):
            shutil.rmtree(root.path / "tree/console")
            shutil.rmtree(root.path / "tree/service")
            for path in (root.path / "tree/include").glob("snapin*.h"):
                path.unlink()
            root.run("dpkg", "-i", *self.builds.current.inside("chat-console-dev"))
        files = self.build([GTK, "libjansson-dev"], ["-Dsystem_sdk=true"], take_away, snapin=True)
        self.assertIn("/usr/lib64/chat-console/snapins-1/chatcfg.so", files)
        self.assertIn("/usr/lib64/chat-console/snapins-1/chatcfg.snapin", files)
        self.assertFalse([name for name in files if name.startswith(("/usr/bin", "/usr/include", "/usr/sbin"))])

    def test_snapin_from_the_tree(self):
        files = self.build([GTK, "libjansson-dev"], snapin=True)
        self.assertIn("/usr/lib64/chat-console/snapins-1/chatcfg.so", files)
