#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""OAUTHBEARER over TLS: signed tokens, and an authorization server that is asked."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
import unittest
import urllib.parse

import tap
from service import Client, Service

SECRET = "a secret of this test, 32 bytes or more"


class Introspection(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        token = urllib.parse.parse_qs(form)["token"][0]
        client = base64.b64decode(self.headers["Authorization"].split()[1]).decode()
        known = client == "chatd:hush" and token == "opaque+token"
        answer = {"active": known, "preferred_username": "anna", "exp": int(time.time()) + 60}
        body = json.dumps(answer if known else {"active": False}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def part(value):
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def signed(name, secret=SECRET, **claims):
    text = part({"alg": "HS256"}) + "." + part({"preferred_username": name,
                                                "exp": int(time.time()) + 60, **claims})
    return text + "." + part(hmac.digest(secret.encode(), text.encode(), hashlib.sha256))


class Oauth(unittest.TestCase):
    def start(self, accounts=None, **oauth):
        service = Service({"oauth": oauth, "accounts": accounts or {}}, start=False)
        self.addCleanup(service.close)
        (service.folder / "token.key").write_text(SECRET + "\n")
        (service.folder / "client.secret").write_text("hush\n")
        service.start()
        anna = Client(service, "anna", tls=True)
        self.addCleanup(anna.close)
        anna.send("REGISTER * * :a password")
        anna.expect("REGISTER SUCCESS")
        return service

    def log_in(self, service, token, authzid=""):
        """The lines that end the exchange."""
        client = Client(service, "new", tls=True, register=False)
        self.addCleanup(client.close)
        client.send("CAP REQ :sasl", "AUTHENTICATE OAUTHBEARER")
        client.expect("AUTHENTICATE +")
        identity = f"a={authzid}" if authzid else ""
        text = base64.b64encode(f"n,{identity},\1auth=Bearer {token}\1\1".encode()).decode()
        while len(text) >= 400:
            client.send("AUTHENTICATE " + text[:400])
            text = text[400:]
        client.send("AUTHENTICATE " + (text or "+"))
        line = client.receive()
        if "AUTHENTICATE" in line:
            challenge = json.loads(base64.b64decode(line.split()[-1]))
            self.assertEqual(challenge["status"], "invalid_token")
            client.send("AUTHENTICATE AQ==")
            line = client.receive()
        return line

    def test_signed(self):
        service = self.start(key_file="token.key", audience="chat")
        self.assertIn(" 900 ", self.log_in(service, signed("anna", aud="chat")))
        self.assertIn(" 900 ", self.log_in(service, signed("anna", aud="chat"), "ANNA"))
        # Longer than one chunk.
        self.assertIn(" 900 ", self.log_in(service, signed("anna", aud="chat", pad="x" * 900)))
        self.assertIn(" 904 ", self.log_in(service, signed("anna", aud="chat"), "bea"))
        self.assertIn(" 904 ", self.log_in(service, signed("nobody", aud="chat")))
        self.assertIn(" 904 ", self.log_in(service, signed("anna")))
        self.assertIn(" 904 ", self.log_in(service, signed("anna", "wrong", aud="chat")))
        self.assertIn(" 904 ", self.log_in(service, signed("anna", aud="chat", exp=1)))
        self.assertIn(" 904 ", self.log_in(service, "opaque"))

    def test_introspection(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Introspection)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        service = self.start(introspection=f"http://127.0.0.1:{server.server_address[1]}/ask",
                             client="chatd", client_secret_file="client.secret")
        self.assertIn(" 900 ", self.log_in(service, "opaque+token"))
        self.assertIn(" 904 ", self.log_in(service, "another"))

    def test_tries_count_without_the_end(self):
        """Who goes when he is told that the token is wrong has tried all the same."""
        service = self.start(key_file="token.key", accounts={"login_failures": 3})
        for _ in range(3):
            client = Client(service, "new", tls=True, register=False)
            client.send("CAP REQ :sasl", "AUTHENTICATE OAUTHBEARER")
            client.expect("AUTHENTICATE +")
            client.send("AUTHENTICATE " + base64.b64encode(b"n,,\1auth=Bearer x\1\1").decode())
            client.expect("AUTHENTICATE ")
            client.close()
        client = Client(service, "new", tls=True, register=False)
        self.addCleanup(client.close)
        client.send("CAP REQ :sasl", "AUTHENTICATE OAUTHBEARER")
        self.assertIn("Too many failed logins", client.expect(" 904 "))

    def test_offered_where_it_works(self):
        service = self.start(key_file="token.key")
        for tls in (True, False):
            client = Client(service, "new", tls=tls, register=False)
            self.addCleanup(client.close)
            client.send("CAP LS 302")
            offered = client.expect("sasl=").split("sasl=")[1].split()[0].split(",")
            self.assertEqual("OAUTHBEARER" in offered, tls)


if __name__ == "__main__":
    tap.main()
