#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""WebSocket to the real chatd: from a raw socket that breaks the rules, and from Chromium."""

import signal
import socket
import struct
import unittest

import server_config
import tap
from browser import Browser
from service import Client, Service, free_ports, wait_until
from web_client import BINARY, CLOSE, PING, PONG, TEXT, Closed, WebClient, frame, masked

# A page that registers, joins #web and answers what it hears there.
PAGE = """
const decoder = new TextDecoder(), encoder = new TextEncoder();
const socket = new WebSocket(given.url, given.protocols);
socket.binaryType = "arraybuffer";
const say = line => socket.send(socket.protocol === "binary.ircv3.net" ? encoder.encode(line) : line);
socket.onopen = () => { say("NICK " + given.nick); say("USER page 0 * :page"); };
socket.onmessage = event => {
    const text = typeof event.data === "string" ? event.data : decoder.decode(event.data);
    if (/[\\r\\n]/.test(text)) say("PRIVMSG #web :a line end came: " + JSON.stringify(text));
    if (/^PING /.test(text)) say("PONG" + text.slice(4));
    if (/ 001 /.test(text)) say("JOIN #web");
    const heard = text.match(/^:witness!.* PRIVMSG #web :(.*)/);
    if (heard && heard[1] === "leave") socket.close(1000, "told to");
    else if (heard)
        say("PRIVMSG #web :heard " + heard[1] + " as " + typeof event.data + " over " + socket.protocol);
};
socket.onclose = event => {
    if (!given.report) return;
    const report = new WebSocket(given.report);
    report.onopen = () => { report.send("NICK reporter"); report.send("USER page 0 * :page"); };
    report.onmessage = told => {
        if (/ 001 /.test(told.data))
            report.send("PRIVMSG witness :closed with " + event.code + " clean " + event.wasClean);
    };
};
"""


class WithWeb(unittest.TestCase):
    def start(self, io_threads=0, **web):
        self.web_port, self.wss_port = free_ports(2)
        common = {"address": "127.0.0.1", "websocket": "yes"}
        service = Service({
            "service": {"io_threads": io_threads},
            "listener web": {**common, "port": self.web_port, **web},
            "listener webtls": {**common, "port": self.wss_port, "tls": "yes"}})
        self.addCleanup(service.close)
        return service

    def web(self, nick=None, **options):
        client = WebClient(options.pop("port", self.web_port), **options)
        self.addCleanup(client.close)
        if nick:
            client.register(nick)
        return client

    def client(self, service, nick):
        client = Client(service, nick)
        self.addCleanup(client.close)
        return client


class Raw(WithWeb):
    def talk(self, protocols, kind, io_threads=0, **options):
        service = self.start(io_threads)
        anna = self.client(service, "anna")
        web = self.web("web", protocols=protocols, **options)
        self.assertEqual(web.protocol, protocols[0] if protocols else None)
        anna.send("PRIVMSG web :grüße")
        message = web.receive()
        while " PRIVMSG " not in str(message):
            message = web.receive()
        self.assertIsInstance(message, kind)
        text = message if kind is str else message.decode()
        self.assertTrue(text.endswith(" PRIVMSG web :grüße"), text)
        web.send("PRIVMSG anna :back" if kind is str else b"PRIVMSG anna :back")
        self.assertTrue(anna.expect(" PRIVMSG anna ").endswith(" PRIVMSG anna :back"))

    def test_text(self):
        self.talk(["text.ircv3.net", "binary.ircv3.net"], str)

    def test_binary(self):
        self.talk(["binary.ircv3.net", "text.ircv3.net"], bytes)

    def test_none(self):
        self.talk([], str)

    def test_tls_and_threads(self):
        self.web_port = None
        service = self.start(io_threads=2)
        anna = self.client(service, "anna")
        web = self.web("web", port=self.wss_port, tls=True)
        anna.send("WHOIS web")
        anna.expect(" 671 ")
        web.send("QUIT :done")
        self.assertEqual(web.expect_close(), 1000)

    def test_many_lines_each_in_its_frame(self):
        self.start()
        web = self.web("web")
        web.socket.sendall(b"".join(frame(TEXT, b"PING :%d" % number) for number in range(15)))
        for number in range(15):
            self.assertTrue(web.expect("PONG").endswith(f":{number}"))

    def test_long_list_has_no_line_ends(self):
        service = self.start()
        self.client(service, "anna")
        web = self.web("web")
        web.send("HELP")
        web.send("VERSION")
        message = web.receive()
        while " 351 " not in message:
            self.assertNotIn("\n", message)
            self.assertLessEqual(len(message), 510)
            message = web.receive()

    def test_fragments_bytes_and_pings(self):
        self.start()
        web = self.web("web")
        data = (frame(TEXT, b"PING ", final=False) + frame(PING, b"are you there") +
                frame(0, b":whole"))
        for byte in data:
            web.socket.sendall(bytes([byte]))
        self.assertTrue(web.expect("PONG").endswith(":whole"))
        self.assertIn((PONG, b"are you there"), web.control)

    def test_too_long_for_a_line_and_for_a_frame(self):
        self.start()
        web = self.web("web")
        web.send("PRIVMSG web :" + "x" * 600)
        web.expect(" 417 ")
        web.send("x" * 20000)
        self.assertEqual(web.expect_close(), 1009)

    def test_rules_broken(self):
        for data, code in ((frame(TEXT, b"PING x", mask=None), 1002),
                           (frame(TEXT, b"PING x", reserved=4), 1002),
                           (frame(TEXT, b"\xff"), 1007),
                           (frame(TEXT, b"PING a\r\nPING b"), 1008)):
            service = self.start()
            witness = self.client(service, "witness")
            witness.send("JOIN #tea")
            web = self.web("web")
            web.send("JOIN #tea")
            web.expect(" 366 ")
            web.socket.sendall(data)
            self.assertEqual(web.expect_close(), code)
            witness.expect(" QUIT ")

    def test_every_rule_of_frames(self):
        """RFC 6455 5.2 to 5.6 and 7.4: what breaks a rule ends the connection, with its code."""
        self.start()
        bare = b"\x11\x22\x33\x44"
        for what, data, code in (
                ("unknown kind", frame(3, b"x"), 1002),
                ("unknown control", frame(11, b"x"), 1002),
                ("ping in pieces", frame(PING, b"x", final=False), 1002),
                ("long ping", frame(PING, b"x" * 126), 1002),
                ("nothing to continue", frame(0, b"x"), 1002),
                ("text inside text", frame(TEXT, b"PING", final=False) + frame(TEXT, b"x"), 1002),
                ("half a character", frame(TEXT, b"PING \xc3", final=False) + frame(0, b"x"), 1007),
                ("pieces without end", frame(TEXT, b"x" * 4000, final=False) +
                 frame(0, b"x" * 4000, final=False) * 6, 1009),
                ("a head that promises too much", b"\x81\xff" + struct.pack("!Q", 1 << 62) + bare, 1009),
                ("length past 2^63", b"\x81\xff" + struct.pack("!Q", 1 << 63) + bare, 1002),
                ("length not minimal", b"\x81\xfe" + struct.pack("!H", 6) + bare +
                 masked(b"PING x", bare), 1002),
                ("close 1005", frame(CLOSE, struct.pack("!H", 1005)), 1002),
                ("close 999", frame(CLOSE, struct.pack("!H", 999)), 1002),
                ("close 3000", frame(CLOSE, struct.pack("!H", 3000)), 3000),
                ("close, not UTF-8", frame(CLOSE, struct.pack("!H", 1000) + b"\xff"), 1007),
                ("close, empty", frame(CLOSE, b""), None),
                ("text after close", frame(CLOSE, struct.pack("!H", 1000)) + frame(TEXT, b"x"), 1000)):
            with self.subTest(what):
                web = self.web("web")
                web.socket.sendall(data)
                self.assertEqual(web.expect_close(), code)
                web.close()

    def test_close_is_answered(self):
        service = self.start()
        witness = self.client(service, "witness")
        witness.send("JOIN #tea")
        web = self.web("web")
        web.send("JOIN #tea")
        web.expect(" 366 ")
        web.send_close(1001)
        self.assertEqual(web.expect_close(), 1001)
        witness.expect(" QUIT ")

    def test_stop_says_going_away(self):
        service = self.start()
        web = self.web("web")
        service.process.terminate()
        web.expect("ERROR")
        self.assertEqual(web.expect_close(), 1001)
        self.assertEqual(service.process.wait(20), 0)

    def test_not_utf8_is_refused_both_ways(self):
        """A binary message may hold any bytes; what chatd sends as text is UTF-8."""
        self.start()
        web = self.web("web")
        web.send(b"PRIVMSG web :caf\xe9")
        self.assertIn("UTF-8", web.expect("UTF-8"))
        web.send(b"PING caf\xe9")
        web.send("PING :end")
        web.expect(":end")


class Http(WithWeb):
    def request(self, text, port=None):
        with socket.create_connection(("127.0.0.1", port or self.web_port), 10) as sock:
            sock.sendall(text.encode())
            answer = b""
            while data := sock.recv(65536):
                answer += data
            return answer.decode()

    def test_browser_by_mistake(self):
        self.start()
        answer = self.request("GET / HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n")
        self.assertTrue(answer.startswith("HTTP/1.1 426 Upgrade Required\r\n"), answer)
        self.assertIn("<p>This address is for chat programs", answer)

    def test_head(self):
        """As GET, its length told, but for the page."""
        self.start()
        page = self.request("GET / HTTP/1.1\r\nHost: x\r\n\r\n").split("\r\n\r\n")
        head = self.request("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").split("\r\n\r\n")
        self.assertEqual(head, [page[0], ""])
        self.assertIn(f"Content-Length: {len(page[1])}", head[0])

    def test_other_mistakes(self):
        self.start()
        for request, status in (("POST / HTTP/1.1\r\nHost: x\r\n\r\n", 405),
                                ("NICK anna\r\nUSER anna 0 * :anna\r\n\r\n", 400),
                                ("GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n" * 100 + "\r\n", 431)):
            self.assertTrue(self.request(request).startswith(f"HTTP/1.1 {status} "))
        answer = self.request("GET / HTTP/1.1\r\nHost: x\r\n\r\n", self.wss_port)
        self.assertTrue(answer.startswith("HTTP/1.1 400 "))

    def test_origins_are_live(self):
        service = self.start(origins="https://chat.example https://*.chat.example")
        origin = {"Origin": "https://evil.example"}
        self.assertEqual(self.web(headers=origin).status, 403)
        self.assertEqual(self.web(headers={"Origin": "https://www.chat.example"}).status, 101)
        self.assertEqual(self.web().status, 101)
        path = service.folder / "chatd.conf"
        path.write_text(path.read_text().replace("https://chat.example", "https://evil.example"))
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: self.web(headers=origin).status == 101, "the new list of origins")


class InBrowser(WithWeb):
    def browse(self, url, protocols, **more):
        browser = Browser(PAGE, url=url, protocols=protocols, nick="page", **more)
        self.addCleanup(browser.close)

    def talk(self, url, protocol, kind):
        witness = self.client(self.service, "witness")
        witness.send("JOIN #web")
        witness.expect(" 366 ")
        self.browse(url, [protocol])
        self.assertTrue(witness.expect(" JOIN ").startswith(":page!"))
        witness.send("PRIVMSG #web :grüße ☕")
        heard = witness.expect(" PRIVMSG #web ")
        self.assertTrue(heard.endswith(f" PRIVMSG #web :heard grüße ☕ as {kind} over {protocol}"), heard)
        witness.send("PRIVMSG #web :leave")
        self.assertTrue(witness.expect(" QUIT ").startswith(":page!"))

    def test_text(self):
        self.service = self.start()
        self.talk(f"ws://127.0.0.1:{self.web_port}", "text.ircv3.net", "string")

    def test_binary_over_tls(self):
        self.service = self.start(io_threads=2)
        self.talk(f"wss://127.0.0.1:{self.wss_port}", "binary.ircv3.net", "object")

    def report_of(self, service, **more):
        witness = self.client(service, "witness")
        self.browse(f"ws://127.0.0.1:{self.web_port}", ["text.ircv3.net"],
                    report=f"wss://127.0.0.1:{self.wss_port}", **more)
        return witness

    def test_foreign_origin(self):
        witness = self.report_of(self.start(origins="https://chat.example"))
        self.assertTrue(witness.expect(" PRIVMSG witness ").endswith(":closed with 1006 clean false"))

    def test_closed_cleanly(self):
        service = self.start()
        witness = self.report_of(service)
        witness.send("JOIN #web")
        witness.expect(":page!")
        witness.send("PRIVMSG #web :leave")
        self.assertTrue(witness.expect(" PRIVMSG witness ").endswith(":closed with 1000 clean true"))


if __name__ == "__main__":
    tap.main()
