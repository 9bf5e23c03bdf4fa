#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""TLS as clients meet it: ciphers, resumption, other certificates while the service runs, half-closes."""

import pathlib
import shutil
import signal
import socket
import ssl
import tempfile
import unittest

import tap
from service import Client, Service, wait_until


def lenient(**options):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    for name, value in options.items():
        setattr(context, name, value)
    return context


class WithTls(unittest.TestCase):
    def start(self, sections=None, name="chatd.localhost"):
        service = Service({"service": {"name": name}, **(sections or {})})
        self.addCleanup(service.close)
        return service

    def reload(self, service, sections=None):
        """Until it is in force or refused; says which."""
        before = service.log_text()
        if sections is not None:
            service.configure(sections)
        service.process.send_signal(signal.SIGHUP)
        return wait_until(lambda: next((word for word in ("are in force", "nothing changed",
            "Nothing was changed") if service.log_text().count(word) > before.count(word)), None),
            "the reload")

    def connect(self, service, context=None, session=None, host="chatd.localhost"):
        raw = socket.create_connection(("127.0.0.1", service.tls_port), 20)
        self.addCleanup(raw.close)
        sock = (context or lenient()).wrap_socket(raw, server_hostname=host, session=session)
        self.addCleanup(sock.close)
        return sock

    def shown(self, service, host="chatd.localhost"):
        """The certificate a new connection is shown."""
        sock = self.connect(service, host=host)
        return ssl.DER_cert_to_PEM_cert(sock.getpeercert(binary_form=True))


class Ciphers(WithTls):
    def test_settings_are_obeyed_and_live(self):
        service = self.start({"tls": {"ciphers": "ECDHE+AESGCM:!AES128",
                                      "ciphersuites": "TLS_CHACHA20_POLY1305_SHA256"}})
        old = lenient(maximum_version=ssl.TLSVersion.TLSv1_2)
        self.assertEqual(self.connect(service).cipher()[0], "TLS_CHACHA20_POLY1305_SHA256")
        self.assertIn("AES256-GCM", self.connect(service, old).cipher()[0])
        self.reload(service, {"tls": {"ciphers": "ECDHE+CHACHA20",
                                      "ciphersuites": "TLS_AES_256_GCM_SHA384"}})
        self.assertEqual(self.connect(service).cipher()[0], "TLS_AES_256_GCM_SHA384")
        self.assertIn("CHACHA20", self.connect(service, old).cipher()[0])

    def test_unknown_words_are_refused(self):
        service = self.start()
        for key, value, said in (("ciphers", "ECDHE+AESGCM:NONSENSE", '"NONSENSE" is no cipher'),
                                 ("ciphersuites", "HIGH", '"HIGH" is no cipher suite')):
            self.assertEqual(self.reload(service, {"tls": {key: value}}), "Nothing was changed")
            self.assertIn(f"[tls] {key} = {value}: {said}", service.log_text())
        self.connect(service)


class Tickets(WithTls):
    def resumes(self, service, context, session):
        sock = self.connect(service, context, session)
        with sock:
            sock.sendall(b"PING x\r\n")
            sock.recv(1000)
            return sock.session_reused, sock.session

    def test_resumption_over_a_reload_and_not_over_a_restart(self):
        service = self.start()
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = lenient(maximum_version=version)
            reused, session = self.resumes(service, context, None)
            self.assertFalse(reused)
            reused, session = self.resumes(service, context, session)
            self.assertTrue(reused)
            self.reload(service)
            reused, session = self.resumes(service, context, session)
            self.assertTrue(reused)
        service.stop()
        service.start()
        self.assertFalse(self.resumes(service, context, session)[0])

    def test_none(self):
        service = self.start({"tls": {"ticket_rotation": "0s"}})
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = lenient(maximum_version=version)
            reused, session = self.resumes(service, context, None)
            self.assertFalse(session and session.has_ticket)


class Certificates(WithTls):
    def pair(self, name):
        """A certificate and key of their own for that name, as another service makes them."""
        other = Service({"service": {"name": name}})
        folder = pathlib.Path(shutil.copytree(other.folder / "state" / "tls",
                                              self.folder / name))
        other.close()
        return folder / "certificate.pem", folder / "key.pem"

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chat-tls-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def use(self, pair, *others):
        sections = {"listener tls": {"certificate": str(pair[0]), "key": str(pair[1])}}
        for host, (certificate, key) in others:
            sections[f"certificate {host.split('.')[0]}"] = {
                "hosts": host, "certificate": str(certificate), "key": str(key)}
        return sections

    def test_renewed_in_place(self):
        """As certbot does: the same files, other contents, then a reload."""
        first, second, third = (self.pair(f"{word}.example") for word in ("one", "two", "three"))
        service = self.start(self.use(first, ("sni.example", third)))
        witness = Client(service, "witness", tls=True)
        self.addCleanup(witness.close)
        before = witness.socket.getpeercert(binary_form=True)
        self.assertEqual(self.shown(service), first[0].read_text())
        self.assertEqual(self.shown(service, "sni.example"), third[0].read_text())
        old = first[0].read_text()
        for mine, new in zip(first, second):
            shutil.copy(new, mine)
        for mine, new in zip(third, self.pair("four.example")):
            shutil.copy(new, mine)
        self.reload(service)
        self.assertNotEqual(self.shown(service), old)
        self.assertEqual(self.shown(service), second[0].read_text())
        self.assertEqual(self.shown(service, "sni.example"), third[0].read_text())
        witness.barrier()
        self.assertEqual(witness.socket.getpeercert(binary_form=True), before)

    def test_broken_ones_are_refused(self):
        first, second = self.pair("one.example"), self.pair("two.example")
        service = self.start(self.use(first, ("sni.example", second)))
        kept = [path.read_text() for path in first]
        other = [path.read_text() for path in second]
        for path, text, section in ((first[0], "no certificate", "listener tls"),
                                    (first[1], other[1], "listener tls"),
                                    (second[0], kept[0], "certificate sni"),
                                    (second[1], "no key", "certificate sni")):
            good = path.read_text()
            path.write_text(text)
            self.assertEqual(self.reload(service), "Nothing was changed")
            self.assertIn(f"[{section}]", service.log_text().splitlines()[-2])
            path.write_text(good)
            self.assertEqual(self.shown(service), kept[0])
            self.assertEqual(self.shown(service, "sni.example"), other[0])


class Together(WithTls):
    """Of one address: what is open, what is in its handshake and what speaks plain text are counted as one."""

    def test_limit(self):
        service = self.start({"limits": {"connections_per_address": 3}})
        first = self.connect(service)
        begun = socket.create_connection(("127.0.0.1", service.tls_port), 20)
        self.addCleanup(begun.close)
        plain = Client(service, "plain")
        self.addCleanup(plain.close)
        first.sendall(b"NICK first\r\nUSER first 0 * :first\r\n")
        while b" 001 " not in first.recv(65536):
            pass
        with socket.create_connection(("127.0.0.1", service.port), 20) as more:
            self.assertIn(b"Too many connections", more.recv(1000))
        with self.assertRaises(OSError):
            self.connect(service)
        # One that goes makes room for another, whatever either is.
        begun.close()

        def comes_in():
            with socket.create_connection(("127.0.0.1", service.port), 20) as more:
                more.sendall(b"PING x\r\n")
                return b"PONG" in more.recv(1000) or None
        wait_until(comes_in, "room for another")


class HalfClose(WithTls):
    def talk(self, version, io_threads):
        """QUIT and close_notify in one breath: the answers still come."""
        service = self.start({"service": {"io_threads": io_threads}})
        context = lenient(maximum_version=version)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_hostname="chatd.localhost")
        with socket.create_connection(("127.0.0.1", service.tls_port), 20) as sock:
            while True:
                try:
                    tls.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    sock.sendall(outgoing.read())
                    incoming.write(sock.recv(65536))
            tls.write(b"NICK anna\r\nUSER anna 0 * :anna\r\nPING last\r\nQUIT :bye\r\n")
            with self.assertRaises(ssl.SSLWantReadError):
                tls.unwrap()
            sock.sendall(outgoing.read())
            got = b""
            while data := sock.recv(65536):
                incoming.write(data)
            while True:
                try:
                    got += tls.read(65536)
                except (ssl.SSLWantReadError, ssl.SSLZeroReturnError):
                    break
            self.assertIn(b" 001 anna ", got)
            self.assertIn(b" PONG chatd.localhost :last", got)
            self.assertTrue(got.endswith(b"ERROR :Closing link: (127.0.0.1) [Quit: bye]\r\n"),
                            got[-200:])

    def test_1_2(self):
        self.talk(ssl.TLSVersion.TLSv1_2, 0)

    def test_1_3(self):
        self.talk(ssl.TLSVersion.TLSv1_3, 0)

    def test_with_threads(self):
        self.talk(ssl.TLSVersion.TLSv1_3, 2)


if __name__ == "__main__":
    tap.main()
