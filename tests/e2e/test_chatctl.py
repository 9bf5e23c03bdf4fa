# SPDX-License-Identifier: MIT
"""chatctl against the built chatd: the administrator's acts, seen by IRC clients."""

import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

import chatctl
import server_config
import tap
from accounts import log_in, register
from service import Client, Service, wait_until
from terminal import Terminal

COPY = pathlib.Path(__file__).resolve().parents[2] / "chatcfg" / "describe.json"


class ChatctlTest(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)

    def ctl(self, *words, status=0):
        code, out, err = chatctl.run(self.service.control, *words)
        self.assertEqual(code, status, f"{words}: {out}{err}")
        return out if status == 0 else err

    def json(self, *words):
        return json.loads(self.ctl("--json", *words))

    def client(self, nick, *channels):
        client = Client(self.service, nick)
        self.addCleanup(client.close)
        for channel in channels:
            client.send(f"JOIN {channel}")
        client.barrier()
        return client

    def test_members_topic_disconnect(self):
        anna, bob = self.client("anna", "#lobby"), self.client("bob", "#lobby")
        table = self.ctl("channel", "members", "#lobby").splitlines()
        self.assertEqual(table[0].split()[:2], ["NAME", "LEVEL"])
        self.assertEqual([line.split()[0] for line in table[1:]], ["anna", "bob"])
        self.assertEqual(self.ctl("channel", "set-topic", "#lobby", "It's né 日本"), "done\n")
        self.assertIn("It's né 日本", anna.expect("TOPIC"))
        self.assertEqual(self.ctl("user", "kill", "bob", "--reason", "be nice"), "done\n")
        self.assertIn("be nice", bob.expect("ERROR"))
        self.assertEqual([user["name"] for user in self.json("user", "list")["list"]], ["anna"])

    def test_password_is_no_argument(self):
        """It is typed unseen at a terminal, or comes as a line of standard input."""
        code, out, err = chatctl.run(self.service.control, "account", "add", "anna", "--password", "-",
                                     said="open-sesame\n")
        self.assertEqual((code, out), (0, "done\n"), err)
        anna = self.client("anna")
        anna.send("NS IDENTIFY open-sesame")
        anna.expect("logged in")
        terminal = Terminal([chatctl.PROGRAM, "--socket", self.service.control, "account",
                             "set-password", "anna"], "chatctl")
        self.addCleanup(terminal.close)
        for prompt in ("password:", "password again:"):
            terminal.wait_for(prompt)
            terminal.type("another word")
        terminal.wait_for("done")
        self.assertNotIn("another word", terminal.screen())
        self.assertIn("nothing was given", self.ctl("account", "set-password", "anna", status=2))

    def test_an_interrupted_password_leaves_the_terminal_as_it_was(self):
        asking = shlex.join([str(chatctl.PROGRAM), "--socket", str(self.service.control), "account",
                             "set-password", "anna"])
        terminal = Terminal(["sh", "-c", f"trap : INT; {asking}; echo it ended; stty -a"], "chatctl")
        self.addCleanup(terminal.close)
        terminal.wait_for("password:")
        terminal.tmux("send-keys", "C-c")
        terminal.wait_for("it ended")
        terminal.wait_for(" echo ")

    def test_columns(self):
        self.client("anna")
        table = self.ctl("user", "list", "--columns", "NAME,Connected since").splitlines()
        self.assertEqual(table[0].split(), ["NAME", "CONNECTED", "SINCE"])
        complaint = self.ctl("user", "list", "--columns", "name,nosuch", status=2)
        self.assertIn('there is no "nosuch"; there are: ', complaint)
        self.assertEqual(len(self.json("user", "list", "--filter", "tls:no")["list"]), 1)
        self.assertEqual(len(self.json("user", "list", "--filter", "tls:yes")["list"]), 0)

    def test_every_method_is_a_command(self):
        for method in json.loads(COPY.read_text())["methods"]:
            words = method["name"].replace("_", "-").split(".")
            told = self.ctl(*words, "--help")
            self.assertTrue(told.startswith(f"usage: chatctl {' '.join(words)}"), told)
            self.assertIn(f"Needs the role {method['role']}.", told)

    def test_views(self):
        """Who waits for a host, and what was closed, without knowing filters and columns."""
        register(self.service, "anna", "HS REQUEST anna.example")
        register(self.service, "bert")
        table = [line.split() for line in self.ctl("account", "vhosts").splitlines()]
        self.assertEqual(table, [["NAME", "VHOST", "VHOST", "WANTED"], ["anna", "anna.example"]])
        self.assertEqual(self.ctl("account", "approve-vhost", "anna"), "done\n")
        self.assertEqual(self.ctl("--no-headers", "account", "vhosts"), "")
        self.assertEqual(self.json("account", "get", "anna")["account"]["vhost"], "anna.example")
        self.client("carl", "#lobby")
        self.assertEqual(self.ctl("channel", "purge", "#bad", "Closed by court"), "done\n")
        self.assertEqual(self.ctl("--no-headers", "channel", "purged").split(maxsplit=1),
                         ["#bad", "Closed by court\n"])
        self.assertEqual(self.ctl("channel", "allow", "#bad"), "done\n")
        self.assertEqual(self.json("channel", "purged")["list"], [])
        # What is asked for on the command line is asked for.
        self.assertEqual(self.ctl("account", "vhosts", "--filter", "name:bert", "--columns", "name"),
                         "NAME\nbert\n")

    def test_clients_of_a_user(self):
        register(self.service, "anna")
        for device in ("desk", "phone"):
            self.addCleanup(log_in(self.service, "anna", f"anna@{device}").close)
        table = self.ctl("user", "get", "anna", "--clients", "yes").split("\nclients\n")[1].splitlines()
        self.assertEqual(len(table), 3)
        for device, line in zip(("desk", "phone"), sorted(table[1:], key=lambda line: "phone" in line)):
            self.assertIn(f" {device} ", line)
            self.assertTrue(line.startswith("127.0.0.1"), line)

    def test_access(self):
        register(self.service, "anna")
        self.client("bert", "#lobby")
        for words in (("channel", "register", "#lobby"),
                      ("access", "set", "#lobby", "anna", "operator", "--reason", "Helps"),
                      ("channel", "set-mode", "#lobby", "+b", "--parameters", "bad!*@*")):
            self.assertEqual(self.ctl(*words), "done\n")
        table = [line.split()[:2] for line in self.ctl("access", "list", "#lobby").splitlines()]
        self.assertEqual(table, [["LEVEL", "MASK"], ["operator", "~a:anna"], ["ban", "bad!*@*"]])
        self.ctl("channel", "set-setting", "#lobby", "entrymsg", "Welcome")
        self.assertRegex(self.ctl("channel", "get-settings", "#lobby"), r"settings\.entrymsg +Welcome")

    def test_history(self):
        anna = self.client("anna", "#lobby")
        anna.send("PRIVMSG #lobby :for all to read", "PRIVMSG #lobby :a password")
        anna.barrier()
        table = self.ctl("history", "list", "#lobby").splitlines()
        self.assertEqual(table[0].split(), ["TIME", "SOURCE", "TEXT", "MSGID"])
        msgid = table[1].split()[-1]
        self.assertIn("a password", table[1])
        self.assertEqual(self.ctl("history", "delete", "#lobby", msgid), "done\n")
        rows = self.json("history", "export", "#lobby")["list"]
        self.assertEqual([row["text"] for row in rows], [None, "for all to read"])
        self.assertEqual(self.ctl("--no-headers", "history", "search", "#lobby", "--text",
                                  "password").strip(), "")

    def test_limit_raised_live(self):
        anna = self.client("anna")
        long_nick = "n" * 40
        anna.send(f"NICK {long_nick}")
        self.assertNotIn(f"NICK :{long_nick}", "\n".join(anna.barrier()))
        change = self.json("config", "set", "limits.nick=40", "--comment", "longer names")
        self.assertEqual(change["restart_needed"], [])
        anna.send(f"NICK {long_nick}")
        anna.expect(long_nick)
        value = self.ctl("--no-headers", "config", "get", "limits.nick").split()
        self.assertEqual(value[:3], ["limits", "nick", "40"])
        self.assertIn("longer names", self.ctl("config", "history"))
        self.assertIn("nick = 40", (self.service.folder / "chatd.conf").read_text())
        self.ctl("config", "undo", str(change["id"]))
        self.assertEqual(self.json("config", "get", "limits.nick")["list"][0]["value"], "32")

    def test_what_was_edited_by_hand(self):
        """Its state stands before what differs; a list without a row and without known columns is nothing."""
        self.assertRegex(self.ctl("config", "diff"), r"^state +ok\n")
        self.assertEqual(self.ctl("history", "list-retention"), "")
        path = self.service.folder / "chatd.conf"
        path.write_text(path.read_text() + "\n[limits]\nnick = 40\n")
        told = self.ctl("config", "diff")
        self.assertRegex(told, r"^state +edited\n")
        self.assertRegex(told, r"(?m)^limits +nick +32 +40 ")

    def test_sections(self):
        sections = {row["section"] for row in self.json("config", "get", "listener")["list"]}
        self.assertGreaterEqual(len(sections), 3)
        self.assertTrue(all(section.startswith("listener ") for section in sections), sections)
        self.ctl("config", "set", "role.guests.rights=viewer", "role.guests.users=nobody")
        self.assertIn("role guests", self.ctl("config", "get", "role"))
        self.ctl("config", "set", "role guests!")
        self.assertNotIn("role guests", self.ctl("config", "get", "role"))

    def test_exit_codes(self):
        rows = [
            (1, "9 to 63", ("config", "set", "limits.nick=400")),
            (2, "reason", ("user", "kill", "bob")),
            (2, "there are: service", ("config", "set", "limit.nick=4")),
            (2, "Unsupported method", ("call", "no.method")),
            (5, "ot found", ("user", "kill", "bob", "x")),
            (5, "ot found", ("channel", "get", "#none")),
        ]
        for status, part, words in rows:
            with self.subTest(words=words):
                self.assertIn(part, self.ctl(*words, status=status))

    def test_pages_are_followed(self):
        count = 30
        clients = [self.client(f"user{number:02}") for number in range(count)]
        self.assertEqual(len(self.json("user", "list")["list"]), len(clients))
        first = self.json("user", "list", "--limit", "7")
        self.assertEqual(len(first["list"]), 7)
        self.assertEqual(first["total"], count)
        rest = self.json("user", "list", "--limit", "100", "--cursor", first["next_cursor"])
        self.assertEqual(len(rest["list"]), count - 7)

    def test_log_is_followed_until_interrupted(self):
        follower = chatctl.start(self.service.control, "log")
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(iter(follower.stdout.readline, "")))
        reader.start()

        def is_told():
            self.ctl("log", "send", "warn", "test", "TEST_LINE", "--msg", "a sentence")
            return any("test.TEST_LINE  a sentence" in line for line in lines)

        wait_until(is_told, "a line of the log")
        follower.send_signal(signal.SIGINT)
        self.assertEqual(follower.wait(chatctl.PATIENCE), 0)
        reader.join()
        follower.stdout.close()
        self.assertEqual(follower.stderr.read(), "")
        follower.stderr.close()

    def test_completion_knows_names(self):
        self.client("anna", "#lobby")
        self.assertEqual(self.ctl("--complete", "user", "kill", "an"), "anna\n")
        self.assertEqual(self.ctl("--complete", "channel", "get", "#lo"), "#lobby\n")
        register(self.service, "bert")
        self.assertEqual(self.ctl("--complete", "account", "suspend", "be"), "bert\n")

    def test_socket_of_others(self):
        """Who may not even connect is told what he would have to be."""
        with tempfile.TemporaryDirectory() as folder:
            program = shutil.copy(chatctl.PROGRAM, folder)
            pathlib.Path(folder).chmod(0o755)
            self.service.folder.chmod(0o711)
            (self.service.folder / "runtime").chmod(0o711)
            self.service.control.chmod(0o600)
            become = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
            if not become:
                self.service.control.chmod(0o000)
            done = subprocess.run([*become, program, "--socket", self.service.control, "status"], text=True,
                                  capture_output=True, check=False, timeout=chatctl.PATIENCE)
        self.assertEqual((done.returncode, done.stdout), (4, ""), done.stderr)
        self.assertIn(f"You may not connect to {self.service.control}: only its owner may", done.stderr)

    def test_stop(self):
        self.ctl("stop", "--reason", "good night")
        self.assertEqual(self.service.process.wait(chatctl.PATIENCE), 0)
        self.assertEqual(chatctl.run(self.service.control, "status")[0], 3)


class CopyTest(unittest.TestCase):
    def test_copy_is_what_the_service_says(self):
        program = server_config.find_chatd(chatctl.BUILD)
        real = subprocess.run([program, "--describe"], capture_output=True, check=True).stdout
        copied, said = json.loads(COPY.read_text()), json.loads(real)
        for part in ("service", "methods", "sections", "settings", "modes"):
            self.assertEqual(copied[part], said[part],
                             "stale; put right with: chatd --describe > chatcfg/describe.json")


if __name__ == "__main__":
    tap.main()
