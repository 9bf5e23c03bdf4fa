# SPDX-License-Identifier: MIT
"""Builds of the tree's packages in a clean root: as it is, an older one, snap-ins of other interfaces."""

import functools
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ["dpkg-dev", "debhelper", "ccache", "lintian", "blhc", "faketime", "apparmor", "appstream",
         "desktop-file-utils", "man-db", "binutils", "gettext"]
CACHED = {"CCACHE_DIR": "/ccache", "CCACHE_MAXSIZE": "2G", "PATH": "/usr/lib/ccache:/usr/sbin:/usr/bin:/sbin:/bin"}
JOBS = os.environ.get("PACKAGES_JOBS", "2")


def first_with_packages():
    """The first commit of this history that had packages: the older version that is upgraded from."""
    found = subprocess.run(["git", "-C", SOURCE, "log", "--diff-filter=A", "--format=%H", "--", "debian/control"],
                           capture_output=True, text=True, check=False).stdout.split()
    return found[-1] if found else None


def put_commit(folder, commit):
    """The files of a commit."""
    archive = subprocess.run(["git", "-C", SOURCE, "archive", commit], stdout=subprocess.PIPE, check=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryFile() as file:
        file.write(archive.stdout)
        file.seek(0)
        tarfile.open(fileobj=file).extractall(folder)


def take_tree(folder):
    """The files that git knows, as they lie here now: what is edited while the builds run does not disturb them."""
    shutil.rmtree(folder, ignore_errors=True)
    names = subprocess.run(["git", "-C", SOURCE, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (SOURCE / name).is_file() and not name.startswith(("tests/transcripts", "tests/fuzz")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(SOURCE / name, folder / name)
    return folder


def set_version(folder, version):
    path = folder / "debian/changelog"
    path.write_text(re.sub(r"\((.*?)\)", f"({version})", path.read_text(), count=1))


def set_interface(folder, **numbers):
    """Another number of the snap-in interface, as a later SDK would have it."""
    path = folder / "include/snapin-note.h"
    text = path.read_text()
    for name, value in numbers.items():
        text = re.sub(rf"(#define SNAPIN_ABI_{name.upper()}) \d+", rf"\1 {value}", text)
    path.write_text(text)


class Built:
    """What one build made: packages by name, and its log."""

    def __init__(self, folder, log):
        self.folder, self.log = folder, log
        self.packages = {path.name.split("_")[0]: path for path in sorted(folder.glob("*.deb"))}

    def inside(self, *names):
        """Their paths inside a root."""
        return [f"/packages/{self.folder.name}/{self.packages[name].name}" for name in names]

    def field(self, package, name):
        return subprocess.run(["dpkg-deb", "-f", self.packages[package], name], check=True, text=True,
                              capture_output=True).stdout.strip()

    def sums(self):
        return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self.packages.items()}


class Builds:
    def __init__(self, suite):
        self.suite = suite

    @functools.cached_property
    def tree(self):
        return take_tree(self.suite.roots / "tree")

    def put_tree(self, folder):
        shutil.copytree(self.tree, folder, symlinks=True)

    def bind_cache(self, root):
        """What was compiled before, for those who run with CACHED."""
        (self.suite.folder / "ccache").mkdir(exist_ok=True)
        root.bind(self.suite.folder / "ccache", "ccache")

    def install_needs(self, root):
        """Build-Depends alone, and the tools that judge packages."""
        self.put_tree(root.path / "needs")
        root.run("apt-get", "-q", "-y", "--no-install-recommends", "-o", "APT::Sandbox::User=root",
                 "-o", "APT::Keep-Downloaded-Packages=true", "build-dep", "/needs")
        root.install(*TOOLS)
        shutil.rmtree(root.path / "needs")

    @functools.cached_property
    def layer(self):
        control = (self.tree / "debian/control").read_text()
        needs = hashlib.sha256((control.split("\n\n")[0] + repr(TOOLS)).encode()).hexdigest()[:12]
        return self.suite.layer(f"build-{needs}", extra=self.install_needs)

    def make(self, name, change=None, commit=None, profiles="", place="/build/chat", ccache=True, after=None, **env):
        """Builds and keeps the packages below the suite's packages/NAME."""
        folder = self.suite.packages / name
        shutil.rmtree(folder, ignore_errors=True)
        with self.suite.root(self.layer) as root:
            tree = root.path / place.lstrip("/")
            if commit:
                put_commit(tree, commit)
            else:
                self.put_tree(tree)
            if change:
                change(tree)
            self.bind_cache(root)
            cached = CACHED if ccache else {}
            log = root.run("sh", "-c", f"cd {place} && exec nice {env.pop('wrap', '')} dpkg-buildpackage -us -uc -b "
                           + (f"-P{profiles}" if profiles else ""),
                           DEB_BUILD_OPTIONS=f"parallel={JOBS} nocheck", **cached, **env)
            folder.mkdir()
            for path in sorted(tree.parent.glob("*.*")):
                if path.suffix in (".deb", ".changes", ".buildinfo"):
                    shutil.copy(path, folder)
            (folder / "build.log").write_text(log)
            if after:
                after(root, tree, f"/packages/{name}")
        return Built(folder, log)

    @functools.cached_property
    def current(self):
        return self.make("current", lambda tree: set_version(tree, "0.1.1"))

    @functools.cached_property
    def again(self):
        """The same once more: elsewhere, later, in another zone, language and mask."""
        return self.make("again", lambda tree: set_version(tree, "0.1.1"), place="/srv/elsewhere/deep/chat-tree",
                         ccache=False, wrap="faketime -f +400d", TZ="Asia/Kathmandu", LC_ALL="C",
                         HOME="/tmp", USER="somebody")

    @functools.cached_property
    def older(self):
        def change(tree):
            set_version(tree, "0.1.0~older")
            # Its own rules asked systemd where units go, which Debian 13's does not tell.
            shutil.copy(self.tree / "debian/rules", tree / "debian/rules")
            # The first unit forbade the change of group that the first chatd made: with it nothing ever ran.
            path = tree / "service/packaging/chatd.service.in"
            path.write_text(path.read_text().replace("SystemCallFilter=~@privileged @resources\n",
                                                     "SystemCallFilter=~@resources\n"))
        return self.make("older", change, commit=first_with_packages())

    def snapin(self, name, version, **numbers):
        def change(tree):
            set_version(tree, version)
            set_interface(tree, **numbers)
        return self.make(name, change, profiles="pkg.chat.snapin")

    @functools.cached_property
    def newer_minor(self):
        return self.snapin("newer-minor", "0.2.0", minor=1)

    @functools.cached_property
    def newer_major(self):
        return self.snapin("newer-major", "1.0.0", major=2)
