#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Sockets of a service manager: one for each kind of listener, handed over as sd_listen_fds(3) says."""

import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import unittest

import server_config
import tap
from control import Console
from service import Client, Service, free_ports, wait_until

# What a service manager does between fork and exec.
HAND_OVER = """
import os, sys
count, names = int(sys.argv[1]), sys.argv[2]
given = [int(word) for word in sys.argv[3:3 + count]]
high = [os.dup2(number, 200 + place) for place, number in enumerate(given)]
for place, number in enumerate(high):
    os.dup2(number, 3 + place, inheritable=True)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(count), LISTEN_FDNAMES=names)
os.execv(sys.argv[3 + count], sys.argv[3 + count:])
"""


class Activated(Service):
    """A chatd whose sockets were opened before it."""

    def __init__(self, sections, sockets, names):
        self.given, self.names = sockets, names
        super().__init__(sections)

    def configure(self, sections):
        (self.folder / "chatd.conf").write_text(server_config.text(sections))

    def start(self):
        command = server_config.arguments(self.chatd, self.folder)
        numbers = [sock.fileno() for sock in self.given]
        self.log = open(self.folder / "chatd.log", "ab")
        self.process = subprocess.Popen(
            [sys.executable, "-c", HAND_OVER, str(len(numbers)), self.names,
             *map(str, numbers), *command],
            pass_fds=numbers, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        wait_until(lambda: "listens on" in self.log_text() or self.process.poll() is not None,
                   "chatd to listen")


def inet(port):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    sock.listen()
    return sock


def local(path):
    sock = socket.socket(socket.AF_UNIX)
    sock.bind(str(path))
    sock.listen()
    return sock


class Activation(unittest.TestCase):
    def begin(self, names="chatd.socket:" * 5 + "chatd.socket"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chat-sock-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.plain, self.tls, self.web, self.web_tls = free_ports(4)
        self.unix, self.control = self.folder / "clients.sock", self.folder / "control.sock"
        common = {"address": "127.0.0.1"}
        self.sections = {
            "listener plain": {**common, "port": self.plain},
            "listener tls": {**common, "port": self.tls, "tls": "yes"},
            "listener web": {**common, "port": self.web, "websocket": "yes"},
            "listener webtls": {**common, "port": self.web_tls, "websocket": "yes", "tls": "yes"},
            "listener unix": {"path": self.unix},
            "listener console": {"path": self.control, "kind": "control"}}
        self.sockets = [inet(port) for port in (self.plain, self.tls, self.web, self.web_tls)]
        self.sockets += [local(path) for path in (self.unix, self.control)]
        for sock in self.sockets:
            self.addCleanup(sock.close)
        service = Activated(self.sections, self.sockets, names)
        self.addCleanup(service.close)
        service.port, service.tls_port, service.control = self.plain, self.tls, self.control
        return service

    def client(self, service, nick, **options):
        client = Client(service, nick, **options)
        self.addCleanup(client.close)
        return client

    def over_unix(self, nick):
        client = Client.__new__(Client)
        client.nick, client.rest, client.lines = nick, b"", []
        client.socket = socket.socket(socket.AF_UNIX)
        client.socket.settimeout(20)
        client.socket.connect(str(self.unix))
        self.addCleanup(client.close)
        client.register("")
        return client

    def assert_all_serve(self, service, suffix):
        self.client(service, f"plain{suffix}")
        self.client(service, f"tls{suffix}", tls=True)
        self.over_unix(f"unix{suffix}")
        for port, secure in ((self.web, False), (self.web_tls, True)):
            with socket.create_connection(("127.0.0.1", port), 20) as raw:
                sock = raw
                if secure:
                    context = ssl.create_default_context()
                    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                    sock = context.wrap_socket(raw)
                sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                self.assertIn(b"426 Upgrade Required", sock.recv(4096))
        console = Console(self.control)
        self.addCleanup(console.close)
        names = [row["name"] for row in console.call("service.status")["listeners"]]
        self.assertEqual(sorted(names), sorted(word.split(" ")[1] for word in self.sections))

    def test_every_kind_and_kept_over_a_reload(self):
        service = self.begin()
        self.assertNotIn("Nobody is served", service.log_text())
        self.assert_all_serve(service, "1")
        witness = self.client(service, "witness")
        service.configure({**self.sections, "limits": {"nick": 20}})
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "are in force" in service.log_text(), "the reload")
        self.assert_all_serve(service, "2")
        witness.barrier()
        service.stop()
        # They are the manager's: the files stay, and the next start finds them again.
        self.assertTrue(self.unix.exists() and self.control.exists())
        service.start()
        self.assert_all_serve(service, "3")

    def test_names_say_which(self):
        """Units made for one listener each: the name goes before the address."""
        service = self.begin("plain:tls:web:webtls:unix:console")
        self.assert_all_serve(service, "1")

    def test_one_that_nobody_wants(self):
        extra = inet(0)
        port = extra.getsockname()[1]
        self.addCleanup(extra.close)
        plain = free_ports(1)[0]
        sections = {"listener plain": {"address": "127.0.0.1", "port": plain}}
        service = Activated(sections, [inet(plain), extra], "chatd.socket:chatd.socket")
        for sock in service.given[:1]:
            self.addCleanup(sock.close)
        self.addCleanup(service.close)
        service.port = plain
        self.assertIn(f"Nobody is served on 127.0.0.1 port {port}: the service manager opened it "
                      "(chatd.socket), and no [listener NAME] has that address", service.log_text())
        self.client(service, "anna")
        # One that comes with a reload takes it.
        service.configure({**sections, "listener more": {"address": "127.0.0.1", "port": port}})
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "more listens on" in service.log_text(), "the listener")
        service.port = port
        self.client(service, "bob")

    def test_what_is_no_listening_socket(self):
        plain = free_ports(1)[0]
        sock = socket.socket()
        self.addCleanup(sock.close)
        sock.bind(("127.0.0.1", plain))
        service = Activated({"listener plain": {"address": "127.0.0.1", "port": plain}}, [sock],
                            "plain")
        try:
            self.assertEqual(service.process.wait(20), 78)
            self.assertIn("[listener plain]: cannot listen on descriptor 3: it is no listening "
                          "stream socket", service.log_text())
        finally:
            service.process = None
            service.log.close()
            service.close()


class UnixClients(unittest.TestCase):
    def test_host_limits_and_whois(self):
        """Without PROXY: a client of this machine, safe without TLS, all of them one address."""
        service = Service({"listener unix": {"path": "clients.sock"}, "cloak": {"enabled": "yes"},
                           "community main": {"plaintext": "refuse"},
                           "limits": {"connections_per_address": 2}})
        self.addCleanup(service.close)
        path = service.control.parent / "clients.sock"

        def connect(nick):
            client = Client.__new__(Client)
            client.nick, client.rest, client.lines = nick, b"", []
            client.socket = socket.socket(socket.AF_UNIX)
            client.socket.settimeout(20)
            client.socket.connect(str(path))
            self.addCleanup(client.close)
            return client

        anna, bob = connect("anna"), connect("bob")
        anna.register("")
        bob.register("")
        anna.send("WHOIS bob")
        self.assertEqual(anna.expect(" 311 ").split(" ")[5], "localhost")
        self.assertNotIn(" 671 ", "".join(anna.barrier()))
        bob.send("WHOIS bob")
        self.assertIn("@localhost localhost", bob.expect(" 378 "))
        self.assertIn("Too many connections", connect("carl").expect_end())
        # Where a gateway of one's own connects, the limit is lifted for the socket.
        service.configure({"listener unix": {"path": "clients.sock"},
                           "limits": {"connections_per_address": 2,
                                      "connections_exempt": "localhost"}})
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "are in force" in service.log_text(), "the reload")
        connect("carl").register("")


if __name__ == "__main__":
    tap.main()
