#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The counting of results is itself tested: a wrong sum would hide failures."""

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import count_results
import tap


class Counting(unittest.TestCase):
    def states(self, stdout, result="OK", returncode=0):
        entry = {"name": "t", "stdout": stdout, "result": result, "returncode": returncode}
        return [case.state for case in count_results.program_cases(entry)]

    def test_glib_output(self):
        text = "TAP version 13\n# random seed: R02\n1..3\n# Start of a tests\nok 1 /a/b\n" \
               "ok 2 /a/c # SKIP no network\nnot ok 3 /a/d - ERROR:x\n"
        self.assertEqual(self.states(text, "FAIL", 1), ["passed", "skipped", "failed"])

    def test_skip_reason(self):
        case = count_results.tap_cases("ok 2 /a/c # SKIP no network\n")[0][0]
        self.assertEqual((case.name, case.reason), ("/a/c", "no network"))

    def test_crash_after_a_pass(self):
        self.assertEqual(self.states("ok 1 /a\n", "ERROR", -11), ["passed", "failed"])

    def test_crash_at_exit_with_full_plan(self):
        self.assertEqual(self.states("1..1\nok 1 /a\n", "ERROR", 1), ["passed", "failed"])

    def test_too_few_for_the_plan(self):
        self.assertEqual(self.states("1..3\nok 1 /a\n", "ERROR", -6), ["passed", "failed"])

    def test_program_without_tap(self):
        self.assertEqual(self.states("words", "OK"), ["passed"])
        self.assertEqual(self.states("no clang here", "SKIP", 77), ["skipped"])
        self.assertEqual(self.states("", "TIMEOUT"), ["failed"])

    def test_whole_log(self):
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder) / "meson-logs" / "testlog.json"
            log.parent.mkdir()
            rows = [{"name": "a", "stdout": "1..1\nok 1 x\n", "result": "OK", "returncode": 0},
                    {"name": "b", "stdout": "1..1\nnot ok 1 y\n", "result": "FAIL", "returncode": 1}]
            log.write_text("\n".join(map(json.dumps, rows)))
            self.assertEqual([c.name for c in count_results.read(folder)], ["a x", "b y"])

    def test_tests_that_did_not_run(self):
        self.assertEqual([c.state for c in count_results.read("/nonexistent")], ["failed"])


class Tap(unittest.TestCase):
    def run_cases(self, *functions):
        class Cases(unittest.TestCase):
            pass
        for function in functions:
            setattr(Cases, "test_" + function.__name__, function)
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            unittest.defaultTestLoader.loadTestsFromTestCase(Cases).run(tap.TapResult())
        return [c.state for c in count_results.tap_cases(output.getvalue())[0]]

    def test_states(self):
        def a_good(case):
            case.assertTrue(True)

        def b_bad(case):
            case.assertTrue(False)

        def c_left_out(case):
            case.skipTest("why")

        def d_half(case):
            for value in (1, 2):
                with case.subTest(value=value):
                    case.assertEqual(value, 1)

        states = self.run_cases(a_good, b_bad, c_left_out, d_half)
        self.assertEqual(states, ["passed", "failed", "skipped", "failed"])


if __name__ == "__main__":
    tap.main()
