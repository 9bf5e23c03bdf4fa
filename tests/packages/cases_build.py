# SPDX-License-Identifier: MIT
"""What the build itself must be: clean, hardened, the same each time, linked to nothing it does not need."""

import re
import subprocess
import unittest

PACKAGES = ("chat-console", "chat-console-dev", "chatcfg", "chatctl", "chatd")
WITH_DEBUG = ("chat-console-dbgsym", "chatcfg-dbgsym", "chatctl-dbgsym", "chatd-dbgsym")
PROGRAMS = {"chatd": "usr/sbin/chatd", "chatctl": "usr/bin/chatctl", "chat-console": "usr/bin/chat-console"}


# What lintian may say, and why it is so.
REASONED = {
    "package-supports-alternative-init-but-no-init.d-script":
        "chatd stays in the foreground: any supervisor can run it, and the documentation says how",
    "hardening-no-fortify-functions":
        "the snap-in calls nothing that could be fortified; blhc sees that the flag is there",
    "appstream-metadata-validation-failed":
        "Debian 13's asks for a home page, and there is none (test_desktop_and_metadata reads the rest)",
}


class Build(unittest.TestCase):
    def judged(self, *words, expect=0):
        """Runs a tool of the build layer over the packages."""
        with self.suite.root(self.builds.layer) as root:
            return root.run(*words, expect=expect)

    def test_packages(self):
        built = self.builds.current
        self.assertEqual(sorted(built.packages), sorted(PACKAGES + WITH_DEBUG))
        self.assertEqual(built.field("chat-console", "Provides"), "chat-console-snapin-abi-1 (= 1.0)")
        self.assertIn("chat-console-snapin-abi-1 (>= 1.0)", built.field("chatcfg", "Depends"))
        self.assertEqual(built.field("chat-console", "Recommends"), "chatcfg")
        self.assertEqual(built.field("chatcfg", "Enhances"), "chat-console")
        self.assertEqual(built.field("chatcfg", "Multi-Arch"), "same")
        for package in ("chatd", "chatctl"):
            self.assertNotRegex(built.field(package, "Depends"), "gtk|libx11|libpango|libcairo|python")
        self.assertNotIn("chat", re.sub("chat-console-snapin-abi-1", "", built.field("chatcfg", "Depends")))

    def test_lintian(self):
        said = self.judged("sh", "-c", "lintian --allow-root --fail-on error,warning,info --info --display-info "
                           "--no-tag-display-limit /packages/current/*.changes", expect=None)
        tags = [line for line in said.splitlines() if re.match(r"^[EWI]: ", line)
                and line.split(": ", 2)[2].split()[0] not in REASONED]
        self.assertEqual(tags, [])

    def test_hardening(self):
        """blhc reads every compiler call of the log; the programs have what the calls promise."""
        # With ccache in front blhc would not know the compiler: the second build has none. Debian's compiler makes
        # position-independent programs without being told, so that is read from the programs.
        log = self.builds.again.folder / "build.log"
        said = self.judged("blhc", "--bindnow", f"/packages/{log.parent.name}/build.log")
        self.assertEqual(said.strip(), "")
        for package, program in PROGRAMS.items():
            with self.suite.root() as root:
                subprocess.run(["dpkg-deb", "-x", self.builds.current.packages[package], root.path / "x"], check=True)
                said = subprocess.run(["readelf", "-hldW", root.path / "x" / program], capture_output=True, text=True,
                                      check=True).stdout
            self.assertIn("DYN (Position-Independent", said)
            self.assertRegex(said, r"FLAGS.*(BIND_NOW|NOW)")
            self.assertIn("GNU_RELRO", said)
            self.assertNotRegex(said, r"GNU_STACK.*E ")

    def test_reproducible(self):
        """Built elsewhere, a year later, in another zone and language: not one bit differs."""
        self.assertEqual(self.builds.current.sums(), self.builds.again.sums())

    def test_nothing_needless_is_linked(self):
        said = self.builds.current.log
        self.assertNotIn("could avoid a useless dependency", said)
        with self.suite.root(self.builds.layer) as root:
            root.install(*self.builds.current.inside("chatd", "chatctl", "chat-console", "chatcfg"))
            module = root.run("sh", "-c", "ls /usr/lib/*/chat-console/snapins-1/chatcfg.so").strip()
            for path in [f"/{program}" for program in PROGRAMS.values()] + [module]:
                said = root.run("ldd", "-u", "-r", path, expect=None)
                # libm and libc may be named twice over by the compiler's own specs.
                unused = [line.strip() for line in said.splitlines() if line.strip().startswith("/")]
                self.assertEqual(unused, [], path)
                self.assertNotIn("undefined symbol", said)

    def test_desktop_and_metadata(self):
        with self.suite.root(self.builds.layer) as root:
            root.install(*self.builds.current.inside("chat-console", "chatcfg"))
            root.run("desktop-file-validate", "/usr/share/applications/org.chatd.Console.desktop")
            said = root.run("appstreamcli", "validate", "--no-net", "/usr/share/metainfo/org.chatd.Console.metainfo.xml",
                            "/usr/share/metainfo/org.chatd.Console.chatcfg.metainfo.xml", expect=None)
            # There is no home page that could be named.
            complaints = [line.strip() for line in said.splitlines() if re.match(r"^ *[EW]: ", line)
                          and "url-homepage-missing" not in line]
            self.assertEqual(complaints, [], said)
            self.assertRegex(said, "alidation")

    def test_apparmor_profile_parses(self):
        with self.suite.root(self.builds.layer) as root:
            root.install(*self.builds.current.inside("chatd"))
            # The kernel's abilities are those of the profile's own abi, whatever this kernel has.
            check = ["apparmor_parser", "--skip-kernel-load", "--skip-cache", "--features-file=/etc/apparmor.d/abi/3.0"]
            root.run(*check, "/etc/apparmor.d/chatd")
            root.run("sh", "-c", "printf 'profile x /bin/x {\\n  nonsense,\\n}\\n' > /broken")
            root.run(*check, "/broken", expect=1)
