# SPDX-License-Identifier: MIT
"""Trees of Debian to work in: a base made by debootstrap, and layers over it that are thrown away.

Needs root and a mount namespace of its own (run.py sees to it): nothing stays mounted when it ends.
"""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess

BRING_UP = ("import fcntl, socket, struct, sys\n"
            "s = socket.socket()\n"
            "fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 0x1 | 0x40))\n"
            "print('up', flush=True)\n"
            "sys.stdin.read()\n")
QUIET = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
         "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
APT = ["apt-get", "-q", "-y", "--no-install-recommends", "-o", "APT::Sandbox::User=root",
       "-o", "APT::Keep-Downloaded-Packages=true", "-o", "Acquire::Languages=none"]
PATIENCE = 900


class Failed(AssertionError):
    """A command that ended otherwise than it should; its text is what it said."""


class LoopbackOnly:
    """A network namespace with nothing but loopback, held open by a process of its own."""

    def __init__(self):
        self.holder = subprocess.Popen(["unshare", "--net", "/usr/bin/python3", "-c", BRING_UP],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.holder.stdout.readline()
        self.enter = ["nsenter", f"--net=/proc/{self.holder.pid}/ns/net"]

    def close(self):
        self.holder.stdin.close()
        self.holder.wait(10)
        self.holder.stdout.close()


class Root:
    """One tree: the layers below it are read, what is written goes to a layer of its own."""

    def __init__(self, folder, below, archives):
        self.folder, self.below, self.archives = pathlib.Path(folder), below, archives
        self.path = self.folder / "root"
        self.network = None
        self.mounts = []
        for name in ("upper", "work", "root"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._mount("-t", "overlay", "overlay", self.path, "-o",
                    f"lowerdir={':'.join(map(str, below))},upperdir={self.folder}/upper,"
                    f"workdir={self.folder}/work")
        self._mount("--bind", archives, self.path / "var/cache/apt/archives")

    def _mount(self, *words):
        subprocess.run(["mount", *map(str, words)], check=True)
        place = words[-1] if words[0] == "--bind" or words[0] == "--rbind" else words[3]
        self.mounts.append(place)

    def bind(self, outside, inside):
        """Shows a folder of the machine inside the tree."""
        place = self.path / inside.lstrip("/")
        place.mkdir(parents=True, exist_ok=True)
        self._mount("--bind", outside, place)

    def enable_chroot(self):
        """Processes and devices, for everything that does not boot."""
        self._mount("-t", "proc", "proc", self.path / "proc")
        self._mount("--rbind", "/dev", self.path / "dev")
        shutil.copy("/etc/resolv.conf", self.path / "etc/resolv.conf")

    def command(self, words, loopback=False):
        """The words that run a command in here; with loopback nothing else of a network is there."""
        enter = []
        if loopback:
            self.network = self.network or LoopbackOnly()
            enter = self.network.enter
        return [*enter, "chroot", str(self.path), *words]

    def run(self, *words, expect=0, loopback=False, **environment):
        """Runs it and returns what it said; another end than `expect` (None: any) is a failure."""
        done = subprocess.run(self.command(words, loopback), stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE,
                              errors="replace", env={**QUIET, **environment}, check=False)
        if expect is not None and done.returncode != expect:
            raise Failed(f"{' '.join(words)}: ended with {done.returncode}, not {expect}:\n"
                         f"{done.stdout[-6000:]}")
        return done.stdout

    def start(self, *words, loopback=True, log=None):
        """A command that stays, for the caller to end."""
        return subprocess.Popen(self.command(words, loopback), stdin=subprocess.DEVNULL, stdout=log,
                                stderr=subprocess.STDOUT, env=QUIET)

    def install(self, *packages, expect=0):
        return self.run(*APT, "install", *packages, expect=expect)

    def read(self, path):
        return (self.path / path.lstrip("/")).read_text(errors="replace")

    def exists(self, path):
        return os.path.lexists(self.path / path.lstrip("/"))

    def files(self):
        """All there is, but for what keeping a system makes by itself."""
        passing = ("proc", "dev", "run", "sys", "tmp", "var/cache", "var/log", "var/lib/apt", "var/lib/dpkg",
                   "var/lib/systemd", "packages", "root")
        found = set()
        for folder, names, plain in os.walk(self.path):
            inside = os.path.relpath(folder, self.path)
            if inside in passing:
                names.clear()
                continue
            found.update(os.path.normpath(os.path.join(inside, name)) for name in [*names, *plain])
        return found

    def close(self, keep=False):
        if self.network:
            self.network.close()
        for place in reversed(self.mounts):
            subprocess.run(["umount", "--recursive", "--lazy", str(place)], check=True)
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)


class Suite:
    """One release of Debian: its base, made once, and roots over it."""

    def __init__(self, name, folder):
        self.name, self.folder = name, pathlib.Path(folder) / name
        self.archives = self.folder / "archives"
        self.roots = self.folder / "roots" / str(os.getpid())
        self.packages = self.roots / "packages"
        self.count = 0
        self.used = set()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.lock = open(self.folder / "lock", "wb")

    def prepare(self):
        """The base, kept from one run to the next. Two runs share layers and downloads: the second waits."""
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        for place in (self.archives / "partial", self.packages):
            place.mkdir(parents=True, exist_ok=True)
        base = self.folder / "base"
        if not base.exists():
            partial = self.folder / "base.partial"
            shutil.rmtree(partial, ignore_errors=True)
            with open(self.folder / "debootstrap.log", "wb") as log:
                done = subprocess.run(["debootstrap", "--variant=minbase", self.name, partial],
                                      stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
            if done.returncode != 0:
                raise Failed(f"debootstrap of {self.name} failed, see {self.folder}/debootstrap.log")
            (partial / "etc/dpkg/dpkg.cfg.d/quick").write_text("force-unsafe-io\n")
            partial.rename(base)

    def layer(self, name, *packages, extra=None):
        """A tree with these packages, kept: the layers to put below a root."""
        below = [self.folder / "base"]
        if packages:
            name += "-" + hashlib.sha256(" ".join(packages).encode()).hexdigest()[:8]
        self.used.add(name)
        kept = self.folder / "layers" / name
        if not (kept / "complete").exists():
            self.make_layer(kept, below, packages, extra)
        return [kept / "upper", *below]

    def make_layer(self, kept, below, packages, extra):
        shutil.rmtree(kept, ignore_errors=True)
        root = Root(kept, below, self.archives)
        try:
            root.enable_chroot()
            root.run(*APT, "update")
            if packages:
                root.install(*packages)
            if extra:
                extra(root)
        finally:
            root.close(keep=True)
        (kept / "complete").touch()

    def close(self):
        """What runs that are over left behind; of this one the packages stay, for whoever wants to look."""
        kept = self.folder / "packages"
        if any(self.packages.glob("*")):
            shutil.rmtree(kept, ignore_errors=True)
            self.packages.rename(kept)
        for left in (self.folder / "roots").glob("*"):
            shutil.rmtree(left, ignore_errors=True)
        self.lock.close()

    def forget_unused(self):
        """Layers that this run did not need were of other packages or needs."""
        for kept in (self.folder / "layers").glob("*"):
            if kept.name not in self.used:
                shutil.rmtree(kept, ignore_errors=True)

    @contextlib.contextmanager
    def root(self, below=None, chroot=True):
        """A clean tree for one test; it is gone afterwards."""
        self.count += 1
        folder = self.roots / str(self.count)
        root = Root(folder, below or self.layer("plain"), self.archives)
        try:
            root.bind(self.packages, "packages")
            if chroot:
                root.enable_chroot()
            yield root
        finally:
            root.close()
