# SPDX-License-Identifier: MIT
"""chatctl against a scripted service: answers that the real one gives rarely or never."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "console"))

import chatctl  # noqa: E402
import tap  # noqa: E402
from fake_service import HANG_UP, SILENCE, Error, FakeService, page  # noqa: E402


class AnswersTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="chatctl-")
        self.addCleanup(folder.cleanup)
        self.service = FakeService(pathlib.Path(folder.name) / "control.sock")
        self.addCleanup(self.service.stop)

    def ctl(self, *words):
        return chatctl.run(self.service.path, *words)

    def test_refusals_become_exit_codes(self):
        rows = [(-32000, 4), (-1000, 5), (-1005, 1), (-1006, 1), (-32602, 1), (-32601, 2),
                (-32603, 1), (-32002, 1)]
        for code, status in rows:
            with self.subTest(code=code):
                self.service.answers["stats.get"] = Error(code, "Because.", allowed="only this")
                answer = self.ctl("stats", "get")
                self.assertEqual(answer, (status, "", "chatctl: Because. (allowed: only this)\n"))

    def test_no_rights_at_all(self):
        self.service.greeting = (b'{"jsonrpc":"2.0","error":{"code":-32000,'
                                 b'"message":"uid 7 is not in the group chatadmin"}}\n')
        status, out, err = self.ctl("status")
        self.assertEqual((status, out), (4, ""))
        self.assertIn("uid 7 is not in the group chatadmin", err)

    def test_another_program_listens(self):
        self.service.greeting = b"* OK IMAP4 ready\r\n"
        status, _, err = self.ctl("status")
        self.assertEqual(status, 3)
        self.assertIn("is this the control socket of chatd?", err)

    def test_too_deep(self):
        self.service.greeting = b"[" * 100000 + b"\n"
        self.assertEqual(self.ctl("status")[0], 3)

    def test_hangs_up_and_silence(self):
        self.service.answers["stats.get"] = HANG_UP
        status, _, err = self.ctl("stats", "get")
        self.assertEqual((status, err), (3, "chatctl: the service closed the connection\n"))
        self.service.answers["stats.get"] = SILENCE
        status, _, err = self.ctl("--timeout", "1", "stats", "get")
        self.assertEqual((status, err), (3, "chatctl: the service did not answer stats.get in time\n"))

    def test_end_while_following(self):
        self.service.answers["log.subscribe"] = True
        follower = chatctl.start(self.service.path, "log")
        self.service.wait_call("log.subscribe")
        self.service.push("log.event", {"timestamp": "2026-05-01T12:34:56.000Z", "level": "info",
                                        "subsystem": "a", "event_id": "B", "msg": "c\x1b[2J"})
        self.assertEqual(follower.stdout.readline(), "2026-05-01 12:34:56 info  a.B  c\ufffd[2J\n")
        self.service.stop()
        _, err = follower.communicate(timeout=chatctl.PATIENCE)
        self.assertEqual((follower.returncode, err),
                         (3, "chatctl: the service closed the connection\n"))

    def test_pages_to_the_end(self):
        def users(params):
            start = int(params.get("cursor", 0))
            rows = [{"name": f"u{start + number}"} for number in range(3)]
            return {"list": rows, "total": 9, "next_cursor": str(start + 3) if start < 6 else None}

        self.service.answers["user.list"] = users
        status, out, _ = self.ctl("--no-headers", "--columns", "name", "user", "list")
        self.assertEqual((status, out.split()), (0, [f"u{number}" for number in range(9)]))

    def test_commands_of_a_newer_service(self):
        self.service.answers["describe"]["methods"].append(
            {"name": "bot.teach", "role": "operator", "label": "Teach", "help": "Teaches.",
             "danger": False, "params": [{"name": "trick", "type": "string", "required": True,
                                          "default": None, "help": "What.", "values": None}]})
        self.service.answers["bot.teach"] = True
        self.assertEqual(self.ctl("bot", "teach", "jump"), (0, "done\n", ""))
        self.assertEqual(self.service.wait_call("bot.teach"), {"trick": "jump"})
        self.assertIn("Teaches.", self.ctl("bot", "--help")[1])

    def test_columns_and_empty_lists(self):
        self.service.answers["channel.list"] = page()
        self.assertEqual(self.ctl("channel", "list"),
                         (0, "NAME  NUM USERS  MODES  REGISTERED  TOPIC\n", ""))


class NoServiceTest(unittest.TestCase):
    def test_places_are_named(self):
        status, _, err = chatctl.run(None, "status")
        self.assertEqual(status, 3)
        self.assertIn("/run/chatd/control.sock", err)

    def test_help_from_the_copy(self):
        status, out, err = chatctl.run("/nonexistent/s", "--help")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("no service answers", out)
        self.assertIn("user kill NICK REASON", out)
        status, out, _ = chatctl.run("/nonexistent/s", "user", "kill", "--help")
        self.assertEqual(status, 0)
        self.assertIn("Needs the role operator.", out)
        self.assertEqual(chatctl.run("/nonexistent/s", "--complete", "user", "k"), (0, "kill\n", ""))

    def test_usage(self):
        rows = [((), "say what to do"), (("--frob",), "no such option"), (("--socket",), "value"),
                (("--timeout", "x", "status"), "1 to 3600")]
        for words, part in rows:
            with self.subTest(words=words):
                status, _, err = chatctl.run("/nonexistent/s", *words)
                self.assertEqual(status, 2)
                self.assertIn(part, err)

    def test_other_schemes(self):
        for scheme in ("chatd+tls", "chatd+ssh"):
            status, _, err = chatctl.run(None, "--socket", f"{scheme}:host", "status")
            self.assertEqual(status, 3)
            self.assertIn("not available in this version", err)
            self.assertIn("chatd+unix:", err)


if __name__ == "__main__":
    tap.main()
