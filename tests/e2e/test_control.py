#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The control socket of a running chatd: peers, acts, bad bytes, slow readers, kill -9."""

import json
import os
import signal
import subprocess
import sys
import time
import unittest

import tap
from control import Console, Refused
from service import Client, Service, wait_until

NOBODY = 65534
# Runs as another user: one call, the answer on stdout.
ASK = """
import os, socket, sys
os.setgroups([]); os.setgid({gid}); os.setuid({uid})
s = socket.socket(socket.AF_UNIX); s.settimeout(20); s.connect({path!r})
s.sendall(b'{{"jsonrpc":"2.0","id":1,"method":"service.whoami"}}\\n')
sys.stdout.write(s.makefile().readline())
"""


class WithConsole(unittest.TestCase):
    def start(self, sections=None):
        service = Service(sections)
        self.addCleanup(service.close)
        return service

    def console(self, service):
        console = Console(service.control)
        self.addCleanup(console.close)
        return console

    def client(self, service, nick):
        client = Client(service, nick)
        self.addCleanup(client.close)
        return client


class Acts(WithConsole):
    def test_the_administrators_tour(self):
        service = self.start()
        console = self.console(service)
        self.assertEqual(console.call("service.whoami")["uid"], os.getuid())
        console.call("service.subscribe", topics=["user", "channel", "member", "config"])
        anna, bert = self.client(service, "anna"), self.client(service, "bert")
        anna.send("JOIN #chat")
        anna.barrier()
        bert.send("JOIN #chat")
        bert.barrier()
        self.assertEqual(console.push("member.add")["member"]["name"], "anna")
        self.assertEqual([m["name"] for m in console.call("channel.members", channel="#chat")["list"]],
                         ["anna", "bert"])
        console.call("channel.set_topic", channel="#chat", topic="set by the console")
        anna.expect("TOPIC #chat :set by the console")
        console.call("user.kill", nick="bert", reason="enough of that")
        self.assertIn("enough of that", bert.expect_end())
        anna.expect("bert!")
        self.assertEqual(console.push("user.remove")["name"], "bert")
        result = console.call("config.set", changes=[{"section": "limits", "key": "topic",
                                                      "value": 100}])
        self.assertEqual(result["changed"][0]["to"], "100")
        anna.send("VERSION")
        anna.expect("TOPICLEN=100")
        self.assertIn("topic = 100", (service.folder / "chatd.conf").read_text())
        methods = [row["method"] for row in console.call("audit.list")["list"]]
        self.assertEqual(methods, ["config.set", "user.kill", "channel.set_topic"])

    def test_describe_is_whole(self):
        console = self.console(self.start())
        described = console.call("describe")
        self.assertIn("config.set", [method["name"] for method in described["methods"]])
        self.assertIn("nick", [row["key"] for row in described["settings"]])

    def test_history(self):
        service = self.start()
        console = self.console(service)
        anna = Client(service, "anna", caps="draft/message-redaction")
        self.addCleanup(anna.close)
        anna.send("JOIN #chat", "PRIVMSG #chat :keep this", "PRIVMSG #chat :the password is 1234")
        anna.barrier()
        found = console.call("history.search", channel="#chat", text="password")["list"]
        self.assertEqual([row["text"] for row in found], ["the password is 1234"])
        msgid = found[0]["msgid"]
        self.assertTrue(console.call("history.delete", channel="#chat", msgid=msgid,
                                     reason="no passwords"))
        anna.expect(f"REDACT #chat {msgid} :no passwords")
        page = console.call("history.list", channel="#chat")
        self.assertEqual([row["text"] for row in page["list"]], ["keep this"])
        with self.assertRaisesRegex(Refused, "no such message"):
            console.call("history.delete", channel="#chat", msgid=msgid)
        audit = console.call("audit.list")["list"]
        self.assertEqual([(row["method"], row["object"]) for row in audit],
                         [("history.delete", f"#chat {msgid}")] * 2)

    def test_stop(self):
        service = self.start()
        console = self.console(service)
        anna = self.client(service, "anna")
        self.assertTrue(console.call("service.stop", reason="lunch"))
        self.assertIn("lunch", anna.expect_end())
        self.assertEqual(service.process.wait(20), 0)


class Peers(WithConsole):
    def ask(self, service, uid, gid):
        code = ASK.format(uid=uid, gid=gid, path=str(service.control))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                              check=True)
        return json.loads(done.stdout)

    def open_service(self, sections=None):
        if os.geteuid() != 0:
            self.skipTest("only root can be somebody else")
        service = self.start({"listener admin": {"kind": "control", "path": "control.sock",
                                                 "mode": "0666"}, **(sections or {})})
        for folder in (service.folder, service.folder / "runtime"):
            folder.chmod(0o755)
        return service

    def test_no_role(self):
        answer = self.ask(self.open_service(), NOBODY, NOBODY)
        self.assertEqual(answer["error"]["code"], -32000)
        self.assertIn("chatadmin", answer["error"]["message"])

    def test_roles_by_user_and_group(self):
        service = self.open_service({"role a": {"rights": "viewer", "users": str(NOBODY)},
                                     "role b": {"rights": "operator", "groups": "4242"}})
        self.assertEqual(self.ask(service, NOBODY, NOBODY)["result"]["role"], "viewer")
        self.assertEqual(self.ask(service, 4241, 4242)["result"]["role"], "operator")
        self.assertEqual(self.ask(service, 4241, 4241)["error"]["code"], -32000)


class BadBytes(WithConsole):
    def test_what_is_no_request_ends_the_connection_only(self):
        service = self.start()
        good = self.console(service)
        anna = self.client(service, "anna")
        for data in (b"[" * 100000 + b"\n", b"{" * 10000 + b"\n", b'{"a":"\xff\xfe"}\n',
                     b'{"id":1,"id":2}\n', b"\x16\x03\x01\x02\x00\x01\n", b"GET / HTTP/1.1\r\n",
                     b'{"a":"' + b"x" * (1 << 20) + b'"}\n', b'{"a":"\\ud800"}\n',
                     b'{"jsonrpc":"2.0","id":1,"method":"x\x00"}\n', b"[" + b"{}," * 300000 + b"\n"):
            bad = self.console(service)
            bad.send_bytes(data)
            self.assertEqual(bad.receive()["error"]["code"], -32700, data[:40])
            self.assertIsNone(bad.receive())
        self.assertEqual(good.call("stats.get")["user"]["total"], 1)
        anna.barrier()

    def test_bad_calls_do_not_end_it(self):
        console = self.console(self.start())
        for data, code in ((b"[]", -32600), (b"1", -32600), (b"{}", -32600),
                           (b'{"jsonrpc":"2.0","id":1,"method":"no.such"}', -32601),
                           (b'{"jsonrpc":"2.0","id":1,"method":"user.get"}', -32602),
                           (b'{"jsonrpc":"2.0","id":null,"method":"rpc.info"}', -32600)):
            console.send_bytes(data + b"\n")
            self.assertEqual(console.receive()["error"]["code"], code, data)
        self.assertTrue(console.call("rpc.info"))

    def test_byte_by_byte_and_many_at_once(self):
        console = self.console(self.start())
        for byte in b'{"jsonrpc":"2.0","id":5,"method":"stats.get"}\r\n':
            console.send_bytes(bytes([byte]))
        self.assertEqual(console.receive()["id"], 5)
        line = b'{"jsonrpc":"2.0","id":%d,"method":"stats.get"}\n'
        console.send_bytes(b"".join(line % number for number in range(500)))
        self.assertEqual(sorted(console.receive()["id"] for _ in range(500)), list(range(500)))


class SlowReaders(WithConsole):
    def test_others_are_served_and_it_learns_what_it_missed(self):
        service = self.start({"limits": {"flood_burst": 10000, "flood_rate": 10000}})
        slow, quick = self.console(service), self.console(service)
        slow.call("service.subscribe", topics=["member"])
        anna = self.client(service, "anna")
        channels = 50
        anna.send("JOIN " + ",".join(f"#c{number}" for number in range(channels)))
        anna.barrier()
        # Every change of a nick is told once for each channel: about 8 KB, 8 MB in all.
        for number in range(1000):
            anna.send(f"NICK n{number}")
            if number % 100 == 0:
                anna.barrier()
                self.assertEqual(quick.call("stats.get")["user"]["total"], 1)
        anna.barrier()
        got = slow.push("resync")
        self.assertEqual(got["topics"], ["member"])
        # It lists again and is told what happens from now on.
        self.assertEqual(slow.call("channel.members", channel="#c0")["list"][0]["name"], "n999")
        anna.send("NICK last")
        anna.barrier()
        self.assertEqual(slow.push("member.change")["member"]["name"], "last")


class Durability(WithConsole):
    def test_what_was_acknowledged_survives_kill_9(self):
        service = self.start()
        for turn in range(5):
            console = Console(service.control)
            acknowledged = 20 + turn
            console.call("config.set", changes=[{"section": "limits", "key": "nick",
                                                 "value": acknowledged}])
            name = f"#kept{turn}"
            console.call("channel.register", channel=name)
            console.call("channel.set_topic", channel=name, topic=f"topic {turn}")
            # One more is under way when the power goes.
            console.send("config.set", {"changes": [{"section": "limits", "key": "nick",
                                                     "value": 40 + turn}]})
            time.sleep(turn * 0.002)
            service.stop(signal.SIGKILL)
            console.close()
            service.start()
            again = wait_until(lambda: self.try_console(service), "the control socket")
            value = int(again.call("config.get", section="limits", key="nick")["list"][0]["value"])
            self.assertIn(value, (acknowledged, 40 + turn))
            self.assertIn(f"nick = {value}", (service.folder / "chatd.conf").read_text())
            self.assertEqual(again.call("channel.get", channel=name)["channel"]["topic"],
                             f"topic {turn}")
            self.check_history(again, value)

    def try_console(self, service):
        """A killed service leaves its socket behind: until it is replaced nobody answers."""
        try:
            return self.console(service)
        except (ConnectionRefusedError, FileNotFoundError):
            return None

    def check_history(self, console, value):
        def settled():
            rows = console.call("config.history")["list"]
            return rows if all(row["state"] != "pending" for row in rows) else None
        rows = wait_until(settled, "the record to be settled")
        newest = next(row for row in rows if row["state"] == "done")
        self.assertEqual(newest["changes"][-1]["to"], str(value))


if __name__ == "__main__":
    tap.main()
