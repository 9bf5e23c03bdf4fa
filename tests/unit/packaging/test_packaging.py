# SPDX-License-Identifier: MIT
"""The files of debian/ and service/packaging held against each other and against the build."""

import fnmatch
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import server_config
import tap

SOURCE = pathlib.Path(os.environ["CHAT_SOURCE_ROOT"])
BUILD = pathlib.Path(os.environ["CHAT_BUILD_ROOT"])
DEBIAN = SOURCE / "debian"
# Where this Debian has units is the build's own business; here it is meson's default.
UNITS = "usr/lib/systemd/system"
PARTS = {"chatd": "service", "chatctl": "chatctl", "chat-console": "console", "chat-console-dev": "console",
         "chatcfg": "snapin"}


def read(path):
    return path.read_text(encoding="utf-8")


def introspect(what):
    done = subprocess.run(["meson", "introspect", what, BUILD], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def options():
    return {row["name"]: row["value"] for row in introspect("--buildoptions")}


def installed():
    """What `meson install` would lay down with a distribution's prefix; "usr/bin/chatctl"."""
    values = options()
    found = set()
    for name in introspect("--installed").values():
        path = os.path.join(values["prefix"], name)
        inside = os.path.relpath(path, values["prefix"])
        if inside.startswith("lib/x86_64") or inside.startswith(values["libdir"]):
            inside = "lib/TRIPLET" + inside.removeprefix(values["libdir"])
        inside = re.sub(r"^etc/", "../etc/", inside)
        found.add(os.path.normpath(os.path.join("usr", inside)))
    return found


def patterns():
    """(package, pattern) of every .install file."""
    for path in sorted(DEBIAN.glob("*.install")):
        for line in read(path).splitlines():
            yield path.stem, line.split()[0].replace("${env:UNIT_DIR}", UNITS)


def matches(name, pattern):
    return fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(name, pattern + "/*")


def unit(name):
    """[(section, key, value)] of a unit file: keys may come more than once."""
    rows, section = [], None
    for line in read(SOURCE / "service/packaging" / name).splitlines():
        if re.match(r"^\[\w+\]$", line):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            key, value = line.split("=", 1)
            rows.append((section, key, value))
    return rows


class Packages(unittest.TestCase):
    def test_every_file_is_in_one_package(self):
        for name in installed():
            owners = {package for package, pattern in patterns() if matches(name, pattern)}
            self.assertEqual(len(owners), 1, f"{name} is in {owners or 'no package'}")

    def test_every_pattern_finds_something(self):
        values = options()
        names = installed()
        for package, pattern in patterns():
            if values[PARTS[package]]:
                if pattern.endswith("chatctl.1") and values["b_sanitize"] != "none":
                    continue  # made by running chatctl, which is not done with sanitizers
                self.assertTrue([name for name in names if matches(name, pattern)], f"{package}: {pattern}")

    def test_build_depends_follow_dev(self):
        """What ./dev installs to build is what the package asks for."""
        wanted = re.search(r'^PACKAGES_BUILD="([^"]*)"', read(SOURCE / "dev"), re.M).group(1).split()
        control = read(DEBIAN / "control").split("\n\n")[0]
        needs = set(re.findall(r"^ ([a-z0-9.+-]+)", control, re.M))
        libraries = {name for name in wanted if re.match(r"^lib.*-dev$", name) and name != "libc6-dev"}
        self.assertEqual(libraries - needs, set(), "missing in Build-Depends of debian/control")
        self.assertEqual({name for name in needs if name.startswith("lib")} - libraries, set(),
                         "in Build-Depends of debian/control, but ./dev does not install them")

    def test_version_is_the_trees(self):
        version = re.search(r"version: '([^']+)'", read(SOURCE / "meson.build")).group(1)
        self.assertEqual(re.match(r"chat \(([^)]+)\)", read(DEBIAN / "changelog")).group(1), version)
        for path in [*SOURCE.glob("c*/data/*.metainfo.xml*")]:
            self.assertIn(f'<release version="{version}"', read(path), path.name)

    def test_scripts_are_sound(self):
        for path in [*DEBIAN.glob("chat*.p*"), *(DEBIAN / "tests").glob("[a-z]*"),
                     SOURCE / "service/packaging/letsencrypt-deploy-hook"]:
            if path.name == "control":
                continue
            done = subprocess.run(["sh", "-n", path], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""), path.name)
        for path in [*SOURCE.glob("*/completion/chat*"), *SOURCE.glob("service/packaging/completion/*")]:
            if path.suffix != ".fish":
                done = subprocess.run(["bash", "-n", path], capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""), path.name)

    def test_autopkgtests_exist(self):
        for names in re.findall(r"^Tests: (.*)$", read(DEBIAN / "tests/control"), re.M):
            for name in names.replace(",", " ").split():
                self.assertTrue(os.access(DEBIAN / "tests" / name, os.X_OK), name)

    def test_interface_comes_from_header_and_note(self):
        """debian/snapin-abi prints what the header says; of a module what its note says."""
        header = read(SOURCE / "include/snapin-note.h")
        major, minor = (re.search(rf"SNAPIN_ABI_{part} (\d+)", header).group(1) for part in ("MAJOR", "MINOR"))
        done = subprocess.run([DEBIAN / "snapin-abi", "TRIPLET"], cwd=SOURCE, capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout, f"-Vsnapin:Provides=chat-console-snapin-abi-{major}(={major}.{minor})\n")


class Service(unittest.TestCase):
    def test_unit_is_complete(self):
        rows = unit("chatd.service.in")
        values = {(section, key): value for section, key, value in rows}
        self.assertEqual(values["Service", "Type"], "notify")
        self.assertEqual(values["Service", "ExecStart"], "@sbindir@/chatd")
        self.assertEqual(values["Service", "RestartPreventExitStatus"], "2 78")
        self.assertEqual([value for _, key, value in rows if key == "ExecReload"],
                         ["@sbindir@/chatd --check-config", "/bin/sh -c 'kill -HUP \"$$MAINPID\"'"])
        self.assertIn(("Service", "WatchdogSec"), values)
        self.assertEqual(values["Service", "LimitCORE"], "0")
        self.assertNotIn(("Service", "PrivateUsers"), values)
        self.assertEqual({section for section, _, _ in rows}, {"Unit", "Service", "Install"})

    def test_exposure(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("no systemd-analyze here")
        path = next(iter(BUILD.glob("service/packaging/chatd.service")))
        done = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--no-pager", path], text=True,
                              capture_output=True, check=False)
        found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
        if not found:
            self.skipTest("this systemd-analyze does not judge unit files: " + done.stderr.strip()[:200])
        self.assertLessEqual(float(found.group(1)), 1.2, done.stdout)

    def test_socket_has_the_listeners_of_the_defaults(self):
        streams = {value for _, key, value in unit("chatd.socket") if key == "ListenStream"}
        self.assertEqual(streams, {f"{address}:{port}" for address in ("127.0.0.1", "[::1]") for port in (6667, 6697)})

    def test_user_and_folders(self):
        users = read(SOURCE / "service/packaging/chatd.sysusers")
        for line in ("u chatd - ", "g chatadmin -", "m chatd chatadmin"):
            self.assertIn(line, users)
        self.assertIn("d /run/chatd 2755 chatd chatadmin -", read(SOURCE / "service/packaging/chatd.tmpfiles"))
        postinst = read(DEBIAN / "chatd.postinst")
        self.assertIn("-m 2755 -o chatd -g chatadmin /run/chatd", postinst)
        self.assertLess(postinst.index("--sample-config"), postinst.index("#DEBHELPER#"))

    def test_sample_is_current(self):
        chatd = server_config.find_chatd(BUILD)
        said = subprocess.run([chatd, "--sample-config"], capture_output=True, check=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout
        self.assertEqual((BUILD / "service/packaging/chatd.conf.sample").read_bytes(), said)

    def test_packages_harness_imports(self):
        """./dev packages is not run here; that it can be read is."""
        folder = SOURCE / "tests/packages"
        for path in sorted(folder.glob("*.py")):
            compile(read(path), str(path), "exec")


if __name__ == "__main__":
    tap.main()
