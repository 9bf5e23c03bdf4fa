# SPDX-License-Identifier: MIT
"""The proxies of the examples in front of chatd: users keep the address they come from."""

import unittest

from cases_install import Running, talk
from machines import wait_until

CHATD = """[listener web]
address = 127.0.0.1
port = 8097
websocket = yes
[listener irc]
address = 127.0.0.1
port = 6668
proxy = yes
[listener control]
kind = control
path = control.sock
[gateway proxy]
from = 127.0.0.1
tells = proxy forwarded
"""
PAIR = ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=chat.example.org "
        "-keyout {0}/privkey.pem -out {0}/fullchain.pem")
LINEAGE = "/etc/letsencrypt/live/chat.example.org"
EXAMPLES = "/usr/share/doc/chatd/examples"
WHOIS = ("> WHOIS {0}", "< 318 ")


class Proxy(unittest.TestCase):
    def serve(self, packages, prepare, command, port, *options):
        """The proxy and chatd on one loopback; a client from 127.0.0.5 is that, for chatd."""
        with self.suite.root(self.suite.layer("-".join(("proxy", *packages)), "openssl", *packages)) as root:
            root.install(*self.builds.current.inside("chatd", "chatctl"))
            (root.path / "etc/chatd/conf.d/proxy.conf").write_text(CHATD)
            root.run("chatd", "--check-config")
            root.run("sh", "-c", f"mkdir -p {LINEAGE} && " + PAIR.format(LINEAGE))
            root.run("sh", "-c", prepare)
            running = Running(root)
            with open(root.folder / "proxy.log", "wb") as log:
                proxy = root.start(*command, log=log)
            try:
                wait_until(lambda: self.tried(root, port, *options), "the proxy to serve", 20)
                said = talk(root.network.enter, "--from", "127.0.0.5", *options, "127.0.0.1", port, "anna",
                            *(step.format("anna") for step in WHOIS))
                self.assertIn("127.0.0.5", said)
                self.assertEqual(running.process.poll(), None)
            finally:
                proxy.terminate()
                proxy.wait(20)
                running.stop()
            return said

    @staticmethod
    def tried(root, port, *options):
        try:
            return talk(root.network.enter, *options, "127.0.0.1", port, "probe")
        except AssertionError:
            return None

    def test_haproxy(self):
        self.serve(["haproxy"], f"cat {LINEAGE}/fullchain.pem {LINEAGE}/privkey.pem > /etc/haproxy/chat.example.org.pem && "
                   f"haproxy -c -f {EXAMPLES}/haproxy.cfg",
                   ["haproxy", "-db", "-f", f"{EXAMPLES}/haproxy.cfg"], "6697", "--tls")

    def test_nginx_stream(self):
        self.serve(["nginx-light", "libnginx-mod-stream"],
                   f"cat {EXAMPLES}/nginx-stream.conf >> /etc/nginx/nginx.conf && nginx -t",
                   ["nginx", "-g", "daemon off;"], "6697", "--tls")

    def test_nginx_websocket(self):
        self.serve(["nginx-light", "libnginx-mod-stream"],
                   f"cp {EXAMPLES}/nginx.conf /etc/nginx/conf.d/chat.conf && nginx -t",
                   ["nginx", "-g", "daemon off;"], "443", "--tls", "--websocket", "/irc")
