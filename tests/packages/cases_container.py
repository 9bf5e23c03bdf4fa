# SPDX-License-Identifier: MIT
"""The container recipe of the examples: built from our packages on a base of the same Debian, and run."""

import json
import resource
import shutil
import subprocess
import unittest

from cases_install import talk
from machines import wait_until

BUILDAH = ["buildah", "--storage-driver", "vfs"]
BASE = "FROM scratch\nADD base.tar /\n"


def limits():
    """A newer buildah raises these unless told, an older one lowers the first to this; and what was lowered, or what
    this machine forbids, nobody raises again."""
    for name, number in (("nproc", resource.RLIMIT_NPROC), ("nofile", resource.RLIMIT_NOFILE)):
        hard = resource.getrlimit(number)[1]
        most = 32768 if hard == resource.RLIM_INFINITY else min(32768, hard)
        yield f"--ulimit={name}={most}:{most}"


class Container(unittest.TestCase):
    def buildah(self, root, *words):
        return root.run(*BUILDAH, *words, BUILDAH_ISOLATION="chroot")

    def test_recipe(self):
        needs = "buildah", "netavark", "ca-certificates", "util-linux"
        with self.suite.root(self.suite.layer("buildah", *needs)) as root:
            work = root.path / "recipe"
            work.mkdir()
            subprocess.run(["tar", "-C", self.suite.folder / "base", "--exclude=./var/cache/apt/archives/*.deb", "-cf",
                            work / "base.tar", "."], check=True)
            (work / "Basefile").write_text(BASE)
            for name in ("chatd", "chatctl"):
                shutil.copy(self.builds.current.packages[name], work)
            subprocess.run(["dpkg-deb", "-x", self.builds.current.packages["chatd"], work / "x"], check=True)
            shutil.copy(work / "x/usr/share/doc/chatd/examples/Containerfile", work)
            self.buildah(root, "bud", "-t", "localhost/base", "-f", "/recipe/Basefile", "/recipe")
            self.buildah(root, "bud", *limits(), "--network", "host", "--build-arg", "BASE=localhost/base",
                         "-t", "localhost/chatd", "-f", "/recipe/Containerfile", "/recipe")
            config = json.loads(self.buildah(root, "inspect", "--type", "image", "localhost/chatd"))
            config = config["OCIv1"]["config"]
            self.assertEqual(config["User"], "chatd")
            self.assertEqual(config["Entrypoint"], ["/usr/sbin/chatd"])
            name = self.buildah(root, "from", "localhost/chatd").split()[-1]
            tree = self.buildah(root, "mount", name).split()[-1]
            self.run_it(root, tree, config)

    def run_it(self, root, tree, config):
        """What a runtime would do: its user, its environment, its command, in its file system."""
        ids = root.run("chroot", tree, "id", "-u", "chatd").strip(), root.run("chroot", tree, "id", "-g", "chatd").strip()
        inside = ["env", "-i", *config["Env"], "chroot", "--userspec", ":".join(ids), "--groups",
                  root.run("chroot", tree, "sh", "-c", "id -G chatd").strip().replace(" ", ","), tree]
        with open(root.folder / "container.log", "wb") as log:
            process = root.start(*inside, *config["Entrypoint"], log=log)
        try:
            wait_until(lambda: root.exists(f"{tree}/run/chatd/control.sock") or process.poll() is not None, "chatd")
            talk(root.network.enter, "--tls", "127.0.0.1", "6697", "anna", "> JOIN #tea", "< 366 ")
            # The recipe's own check of health.
            root.run(*inside, "chatctl", "--timeout", "5", "status", loopback=True)
        finally:
            process.terminate()
            status = process.wait(20)
        self.assertEqual(status, 0, (root.folder / "container.log").read_text())
