#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The historical case on a real library: a module of the zoo is linked with the system's own
libjansson; in a mount namespace of its own that library is taken away, and put back."""

import json
import os
import pathlib
import sys
import unittest

import tap
import zoo_run
from taken_library import MS_NOEXEC, hide, library_path, mount, why_not

def in_namespace(action):
    """Runs action() in a child that lives in a namespace without the library; its JSON answer."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            hide(library_path())
            os.write(writing, json.dumps(action()).encode())
            os._exit(0)
        except BaseException as error:  # pylint: disable=broad-except
            print(f"# {error!r}", file=sys.stderr, flush=True)
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise AssertionError("the namespace could not be made")
    return json.loads(text)


@unittest.skipIf(why_not(), why_not())
class TestTakenAway(unittest.TestCase):
    def setUp(self):
        self.zoo = zoo_run.Zoo()
        self.addCleanup(self.zoo.remove)

    def test_a_real_library_is_missing(self):
        self.assertEqual(self.zoo.check("jansson-user.so")[0], 0)
        for user in zoo_run.users():
            status, report = in_namespace(lambda who=user: self.zoo.check("jansson-user.so", who))
            finding = report["findings"][0]
            self.assertEqual(finding["sentence"], "failed to load jansson-user module: "
                             "libjansson.so.4, which jansson-user.so needs, is not installed")
            self.assertEqual((status, finding["kind"]), (6, "missing-dependency"))
            self.assertTrue(finding["loader_text"])
            if os.path.exists("/usr/bin/dpkg-query"):
                self.assertEqual(finding["what_to_do"], [
                    "The package libjansson4 is installed, but this file of it is gone; put it "
                    "back: sudo apt install --reinstall libjansson4"])
        self.assertEqual(self.zoo.check("jansson-user.so")[0], 0)

    def test_a_file_system_without_execution(self):
        def act():
            mount("tmpfs", "/usr/local/lib", "tmpfs", MS_NOEXEC)
            path = pathlib.Path("/usr/local/lib/good.so")
            path.write_bytes(pathlib.Path(self.zoo.module("good.so")).read_bytes())
            os.chmod("/usr/local/lib", 0o755)
            return self.zoo.check(str(path))
        status, report = in_namespace(act)
        finding = report["findings"][0]
        self.assertEqual((status, finding["kind"]), (8, "noexec-mount"))
        self.assertEqual(finding["cause"], "/usr/local/lib/good.so lies on a file system from which "
                         "nothing may be executed (mounted noexec)")

    def test_the_cache_does_not_list_it(self):
        """A library copied to /usr/local/lib without ldconfig: it is there, but not for the loader."""
        def act():
            mount("tmpfs", "/usr/local/lib", "tmpfs")
            source = pathlib.Path(self.zoo.module("uncached/libzoo-uncached.so.1"))
            pathlib.Path("/usr/local/lib/libzoo-uncached.so.1").write_bytes(source.read_bytes())
            return self.zoo.check("dependency-uncached.so")
        status, report = in_namespace(act)
        finding = report["findings"][0]
        self.assertEqual((status, finding["kind"]), (6, "dependency-not-cached"))
        self.assertEqual(finding["cause"], "libzoo-uncached.so.1, which dependency-uncached.so needs, is "
                         "in /usr/local/lib, but the loader's cache does not list it")
        self.assertEqual(finding["what_to_do"], ["Bring the cache up to date: sudo ldconfig"])


if __name__ == "__main__":
    tap.main()
