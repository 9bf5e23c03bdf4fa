# SPDX-License-Identifier: MIT
"""Runs unittest cases and reports them in TAP, as GLib's test programs do.

Use at the end of a test file:  if __name__ == "__main__": tap.main()
"""

import sys
import traceback
import unittest


class TapResult(unittest.TestResult):
    """Prints one line per case; what a case prints itself is kept as comments."""

    def __init__(self):
        super().__init__()
        self.number = 0
        self.subtests_failed = False

    def startTest(self, test):
        super().startTest(test)
        self.subtests_failed = False

    def _line(self, ok, test, suffix=""):
        self.number += 1
        word = "ok" if ok else "not ok"
        print(f"{word} {self.number} {test.id().removeprefix('__main__.')}{suffix}", flush=True)

    def _details(self, error):
        text = "".join(traceback.format_exception(*error))
        for line in text.splitlines():
            print("# " + line, flush=True)

    def addSuccess(self, test):
        if not self.subtests_failed:
            self._line(True, test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._details(error)
        self._line(False, test)

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.subtests_failed = True
            self._details(error)
            self._line(False, subtest)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line(True, test, " # SKIP " + reason)


def main(module="__main__"):
    """Runs every case of the module, or those whose name contains an argument; exits."""
    suite = unittest.defaultTestLoader.loadTestsFromName(module)
    wanted = sys.argv[1:]
    cases = [case for case in flatten(suite) if not wanted or any(w in case.id() for w in wanted)]
    result = TapResult()
    unittest.TestSuite(cases).run(result)
    print(f"1..{result.number}", flush=True)
    sys.exit(0 if result.wasSuccessful() and result.number else 1)


def flatten(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flatten(item)
        else:
            yield item
