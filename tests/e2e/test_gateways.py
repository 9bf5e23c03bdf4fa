#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Who connects in the name of others: PROXY headers, X-Forwarded-For."""

import contextlib
import signal
import socket
import ssl
import struct
import unittest

import tap
from service import Client, Service, free_ports, wait_until
from web_client import WebClient

SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"


def version_1(address, port=4242):
    return f"PROXY TCP4 {address} 198.51.100.2 {port} 6667\r\n".encode()


def version_2(address, tls=False):
    family, kind = (socket.AF_INET6, 0x21) if ":" in address else (socket.AF_INET, 0x11)
    body = socket.inet_pton(family, address) * 2 + struct.pack("!HH", 4242, 6667)
    if tls:
        body += b"\x20\0\x05\x01\0\0\0\0"
    return SIGNATURE + struct.pack("!BBH", 0x21, kind, len(body)) + body


class WithGateway(unittest.TestCase):
    SECTIONS = {"gateway front": {"from": "127.0.0.0/8", "tells": "proxy forwarded"},
                "operator boss": {"password": "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3"
                                  "OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPl"
                                  "ZqQxSrmfPwDl2dU="}}

    def start(self, more=None):
        self.proxied, self.proxied_tls, self.web = free_ports(3)
        common = {"address": "127.0.0.1"}
        service = Service({**self.SECTIONS, **(more or {}),
            "listener proxied": {**common, "port": self.proxied, "proxy": "yes"},
            "listener proxiedtls": {**common, "port": self.proxied_tls, "proxy": "yes", "tls": "yes"},
            "listener unix": {"path": "clients.sock", "proxy": "yes"},
            "listener web": {**common, "port": self.web, "websocket": "yes"}})
        self.addCleanup(service.close)
        return service

    def client(self, service, nick, header=b"", port=None, tls=False, path=None):
        client = Client.__new__(Client)
        client.nick, client.rest, client.lines = nick, b"", []
        if path:
            client.socket = socket.socket(socket.AF_UNIX)
            client.socket.settimeout(20)
            client.socket.connect(str(path))
        else:
            client.socket = socket.create_connection(("127.0.0.1", port or service.port), 20)
        client.socket.sendall(header)
        if tls:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            client.socket = context.wrap_socket(client.socket)
        self.addCleanup(client.close)
        client.register("")
        return client

    def host_of(self, client):
        """As the service shows it, and whether it counts as TLS."""
        client.send(f"WHOIS {client.nick}")
        host = client.expect(" 311 ").split(" ")[5]
        secure = False
        while " 318 " not in (line := client.receive()):
            secure |= " 671 " in line
        return host, secure


class Proxy(WithGateway):
    def test_both_versions(self):
        service = self.start()
        for nick, header, host in (("one", version_1("192.0.2.1"), "192.0.2.1"),
                                   ("two", version_2("192.0.2.2"), "192.0.2.2"),
                                   ("three", version_2("2001:db8::3"), "2001:db8::3"),
                                   ("four", version_2("::ffff:192.0.2.4"), "192.0.2.4"),
                                   ("five", b"PROXY UNKNOWN\r\n", "127.0.0.1"),
                                   ("six", SIGNATURE + b"\x20\0\0\0", "127.0.0.1")):
            client = self.client(service, nick, header, self.proxied)
            self.assertEqual(self.host_of(client), (host, False))

    def test_before_tls(self):
        service = self.start()
        client = self.client(service, "anna", version_2("192.0.2.1"), self.proxied_tls, tls=True)
        self.assertEqual(self.host_of(client), ("192.0.2.1", True))

    def test_tls_that_ends_at_a_proxy_on_the_loopback(self):
        service = self.start()
        client = self.client(service, "anna", version_2("192.0.2.1", tls=True), self.proxied)
        self.assertEqual(self.host_of(client), ("192.0.2.1", True))

    def test_names_of_a_gateway_and_of_the_client(self):
        """What the client asks for replaces what the gateway said: it is not mixed with it."""
        service = self.start({"community main": {"sts_port": 6697, "sts_duration": "1h",
                                                 "sts_hosts": "ab.example"}})
        authority = b"\x02" + struct.pack("!H", 20) + b"long.gateway.example"
        body = socket.inet_pton(socket.AF_INET, "192.0.2.1") * 2 + struct.pack("!HH", 4242, 6697) + authority
        raw = socket.create_connection(("127.0.0.1", self.proxied_tls), 20)
        self.addCleanup(raw.close)
        raw.sendall(SIGNATURE + struct.pack("!BBH", 0x21, 0x11, len(body)) + body)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        sock = context.wrap_socket(raw, server_hostname="ab.example")
        self.addCleanup(sock.close)
        sock.sendall(b"CAP LS 302\r\n")
        answer = b""
        while b"userhost-in-names" not in answer:
            answer += sock.recv(65536)
        self.assertIn(b"sts=duration=3600", answer)

    def test_byte_by_byte(self):
        service = self.start()
        with socket.create_connection(("127.0.0.1", self.proxied), 20) as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in version_1("192.0.2.1") + b"NICK anna\r\nUSER anna 0 * :anna\r\n":
                sock.sendall(bytes([byte]))
            answer = b""
            while b" 001 " not in answer:
                answer += sock.recv(65536)
            self.assertIn(b"anna!~anna@192.0.2.1", answer)

    def test_unix_socket(self):
        service = self.start()
        path = service.control.parent / "clients.sock"
        client = self.client(service, "anna", version_1("192.0.2.1"), path=path)
        self.assertEqual(self.host_of(client)[0], "192.0.2.1")

    def refused(self, service, data):
        with socket.create_connection(("127.0.0.1", self.proxied), 20) as sock:
            sock.sendall(data)
            with contextlib.suppress(ConnectionResetError):
                self.assertEqual(sock.recv(100), b"")

    def test_no_header_and_nonsense(self):
        service = self.start()
        for data in (b"NICK anna\r\nUSER anna 0 * :anna\r\n", b"PROXY TCP4 x y 1 2\r\n",
                     SIGNATURE + b"\x21\x11\xff\xff", b"\x16\x03\x01"):
            self.refused(service, data + b"\0" * 20)

    def test_limits_count_the_client(self):
        service = self.start({"limits": {"connections_per_address": 2}})
        for number in range(5):
            self.client(service, f"n{number}", version_1(f"192.0.2.{number}"), self.proxied)
        for number in range(5, 6):
            self.client(service, f"n{number}", version_1("192.0.2.1"), self.proxied)
        with socket.create_connection(("127.0.0.1", self.proxied), 20) as sock:
            sock.sendall(version_1("192.0.2.1"))
            self.assertIn(b"Too many connections", sock.recv(1000))

    def test_trust_is_live(self):
        service = self.start()
        self.client(service, "before", version_1("192.0.2.1"), self.proxied)
        path = service.folder / "chatd.conf"
        path.write_text(path.read_text().replace("127.0.0.0/8", "192.0.2.0/24"))
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "Other settings are in force" in service.log_text(), "the reload")
        self.refused(service, version_1("192.0.2.1"))


class Forwarded(WithGateway):
    def web_host(self, nick, headers):
        web = WebClient(self.web, headers=headers)
        self.addCleanup(web.close)
        if web.status != 101:
            return web.status, False
        web.register(nick)
        web.send(f"WHOIS {nick}")
        host, secure = web.expect(" 311 ").split(" ")[5], False
        while " 318 " not in (line := web.receive()):
            secure |= " 671 " in line
        return host, secure

    def test_fields(self):
        self.start()
        for nick, headers, expected in (
                ("one", {}, ("127.0.0.1", False)),
                ("two", {"X-Forwarded-For": "203.0.113.9, 192.0.2.2"}, ("192.0.2.2", False)),
                ("three", {"X-Forwarded-For": "192.0.2.3", "X-Forwarded-Proto": "https"},
                 ("192.0.2.3", True)),
                ("four", {"Forwarded": "for=203.0.113.9;proto=https", "X-Forwarded-For": "192.0.2.4"},
                 ("192.0.2.4", False)),
                ("five", {"Forwarded": "for=203.0.113.9;proto=https"}, ("127.0.0.1", False)),
                ("six", {"X-Forwarded-For": "nobody"}, (400, False))):
            self.assertEqual(self.web_host(nick, headers), expected)

    def test_rfc_7239(self):
        """Of the gateway that matches best, whichever stands first."""
        self.start({"gateway all": {"from": "127.0.0.0/8", "tells": "forwarded"},
                    "gateway front": {"from": "127.0.0.1", "tells": "proxy forwarded",
                                      "header": "forwarded"}})
        for nick, headers, expected in (
                ("one", {"Forwarded": 'for="[2001:db8::4]:80";proto=https'}, ("2001:db8::4", True)),
                ("two", {"Forwarded": "for=192.0.2.2", "X-Forwarded-For": "203.0.113.9",
                         "X-Forwarded-Proto": "https"}, ("192.0.2.2", False)),
                ("three", {"X-Forwarded-For": "203.0.113.9"}, ("127.0.0.1", False))):
            self.assertEqual(self.web_host(nick, headers), expected)

    def test_not_from_others(self):
        self.start({"gateway front": {"from": "192.0.2.0/24", "tells": "proxy forwarded"}})
        self.assertEqual(self.web_host("one", {"X-Forwarded-For": "192.0.2.3"})[0], "127.0.0.1")


SESAME = ("SCRAM-SHA-256$4096:MDEyMzQ1Njc4OWFiY2RlZg==$hn4FUIkYt7Fy4b6A2QilBRpntUViQLMX9F3hmowbDlg=:VN7T"
          "GXR2mKZKoVdTp1SdRWBKnlXaYulCWS/O1xCfZeI=")


class Webirc(WithGateway):
    SECTIONS = {**WithGateway.SECTIONS,
                "gateway web": {"from": "127.0.0.1", "tells": "webirc", "password": SESAME}}

    def through(self, service, nick, line):
        client = Client.__new__(Client)
        client.nick, client.rest, client.lines = nick, b"", []
        client.socket = socket.create_connection(("127.0.0.1", service.port), 20)
        self.addCleanup(client.close)
        client.send(line)
        client.register("")
        return client

    def test_host_and_options(self):
        service = self.start()
        for nick, line, expected in (
                ("one", "WEBIRC sesame web user.example.net 203.0.113.1", ("user.example.net", False)),
                ("two", "WEBIRC sesame web 0::7 0::7 :secure=later spkifp-sha-256=0 x", ("0::7", True)),
                ("three", "WEBIRC sesame Other 203.0.113.9 203.0.113.9 :remote-port=4242",
                 ("203.0.113.9", False))):
            self.assertEqual(self.host_of(self.through(service, nick, line)), expected)

    def test_whois_tells_operators_the_gateway(self):
        service = self.start()
        anna = self.through(service, "anna", "WEBIRC sesame web h.example 203.0.113.1")
        boss = self.client(service, "boss", version_1("192.0.2.1"), self.proxied)
        anna.send("WHOIS boss")
        self.assertNotIn(" 350 ", "".join(anna.barrier()))
        anna.send("WHOIS anna")
        self.assertIn(" 350 anna anna * web :", anna.expect(" 350 "))
        boss.send("OPER boss pencil", "WHOIS anna,boss")
        self.assertIn(" 350 boss anna * web :", boss.expect(" 350 "))
        self.assertIn(" 350 boss boss * 127.0.0.1 :", boss.expect(" 350 "))

    def test_fingerprint(self):
        service = self.start()
        client = self.through(service, "one", "WEBIRC sesame web h.example 203.0.113.1 :secure "
                              "certfp-sha-256=" + "AB" * 32)
        client.send("WHOIS one")
        self.assertIn("ab" * 32, client.expect(" 276 "))


class Policy(WithGateway):
    def test_password(self):
        service = self.start({"community main": {"password": SESAME}})
        client = Client.__new__(Client)
        client.nick, client.rest, client.lines = "anna", b"", []
        client.socket = socket.create_connection(("127.0.0.1", service.port), 20)
        self.addCleanup(client.close)
        client.send("PASS sesame")
        client.register("")

    def test_plaintext(self):
        for policy, told in (("warn", True), ("allow", False)):
            service = self.start({"community main": {"plaintext": policy}})
            near = self.client(service, "near")
            far = self.client(service, "far", version_1("192.0.2.1"), self.proxied)
            self.assertFalse(any("read along" in line for line in near.lines))
            self.assertEqual(any("read along" in line for line in far.lines), told)


if __name__ == "__main__":
    tap.main()
