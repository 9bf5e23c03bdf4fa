#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""chatd over real sockets: plain and TLS, bad bytes, full descriptors, start and stop."""

import resource
import signal
import socket
import ssl
import subprocess
import time
import unittest

import server_config
import tap
from service import BUILD, Client, Service, free_ports, wait_until


class WithService(unittest.TestCase):
    def start(self, sections=None):
        service = Service(sections)
        self.addCleanup(service.close)
        return service

    def client(self, service, nick, **options):
        client = Client(service, nick, **options)
        self.addCleanup(client.close)
        return client


class Talk(WithService):
    def test_plain_and_tls(self):
        service = self.start()
        anna, bob = self.client(service, "anna"), self.client(service, "bob", tls=True)
        for client in (anna, bob):
            client.send("JOIN #tea")
            client.expect(" 366 ")
        self.assertEqual(anna.expect(" JOIN ").split("!")[0], ":bob")
        bob.send("PRIVMSG #tea :warm")
        self.assertTrue(anna.expect(" PRIVMSG ").endswith(" PRIVMSG #tea :warm"))
        anna.send("PRIVMSG bob :hot")
        self.assertTrue(bob.expect(" PRIVMSG ").endswith(" PRIVMSG bob :hot"))

    def test_tls_is_modern(self):
        service = self.start()
        client = self.client(service, "anna", tls=True)
        self.assertEqual(client.socket.version(), "TLSv1.3")
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
            with socket.create_connection(("127.0.0.1", service.tls_port), 10) as sock:
                with self.assertRaises((ssl.SSLError, ConnectionError)):
                    context.wrap_socket(sock)

    def test_least_version_is_live(self):
        service = self.start()
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.maximum_version = ssl.TLSVersion.TLSv1_2

        def connects():
            with socket.create_connection(("127.0.0.1", service.tls_port), 10) as sock:
                try:
                    return context.wrap_socket(sock).version()
                except (ssl.SSLError, ConnectionError):
                    return None

        self.assertEqual(connects(), "TLSv1.2")
        service.configure({"listener tls": {"tls_minimum": "1.3"}})
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: connects() is None, "TLS 1.2 to be refused")
        self.assertEqual(self.client(service, "anna", tls=True).socket.version(), "TLSv1.3")

    def test_certificate_by_host_name(self):
        """Two hosts on one listener, each with a certificate of its own; the second comes live."""
        other = self.start({"service": {"name": "chat.other.example"}})
        pair = other.folder / "state" / "tls"
        service = self.start({"service": {"name": "chat.first.example"}})
        first = service.folder / "state" / "tls" / "certificate.pem"

        def is_shown(authority, host):
            context = ssl.create_default_context(cafile=authority)
            with socket.create_connection(("127.0.0.1", service.tls_port), 10) as sock:
                try:
                    with context.wrap_socket(sock, server_hostname=host):
                        return True
                except ssl.SSLCertVerificationError:
                    return False

        self.assertTrue(is_shown(first, "chat.first.example"))
        self.assertFalse(is_shown(pair / "certificate.pem", "chat.other.example"))
        witness = self.client(service, "witness", tls=True)
        service.configure({"service": {"name": "chat.first.example"}, "certificate other": {
            "hosts": "*.other.example", "certificate": str(pair / "certificate.pem"),
            "key": str(pair / "key.pem")}})
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: is_shown(pair / "certificate.pem", "chat.other.example"),
                   "the other certificate")
        self.assertTrue(is_shown(first, "chat.first.example"))
        witness.barrier()

    def test_one_byte_at_a_time(self):
        service = self.start()
        client = self.client(service, "anna")
        for byte in b"PING :slow\r\n":
            client.send_bytes(bytes([byte]))
        client.expect("PONG")

    def test_many_lines_in_one_write(self):
        service = self.start(server_config.UNLIMITED)
        client = self.client(service, "anna")
        client.send(*[f"PING :{number}" for number in range(2000)])
        for number in range(2000):
            self.assertTrue(client.receive().endswith(f":{number}"))


class BadInput(WithService):
    def setUp(self):
        self.service = self.start()
        self.witness = self.client(self.service, "witness")

    def tearDown(self):
        # Whatever one connection does, the others go on.
        self.witness.barrier()

    def test_too_long(self):
        client = self.client(self.service, "anna")
        client.send("PRIVMSG witness :" + "x" * 600)
        client.expect(" 417 anna ")
        client.barrier()

    def test_endless_line(self):
        client = self.client(self.service, "anna")
        try:
            for _ in range(64):
                client.send_bytes(b"x" * 65536)
            client.send_bytes(b"\r\nPING :alive\r\n")
            client.expect("PONG")
        except (ConnectionError, AssertionError) as error:
            self.assertNotIn("nothing came", str(error))

    def test_nul_and_bad_utf8(self):
        client = self.client(self.service, "anna")
        client.send_bytes(b"PRIVMSG witness :a\0b\r\nPRIVMSG witness :\xff\xfe\r\n")
        client.barrier()

    def test_thousand_parameters(self):
        client = self.client(self.service, "anna")
        client.send("JOIN " + "a " * 250)
        client.barrier()

    def test_tls_to_the_plain_port(self):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", self.service.port), 10) as sock:
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                context.wrap_socket(sock)

    def test_plain_to_the_tls_port(self):
        with socket.create_connection(("127.0.0.1", self.service.tls_port), 10) as sock:
            sock.sendall(b"NICK anna\r\nUSER anna 0 * :anna\r\n")
            answer = b""
            try:
                while data := sock.recv(4096):
                    answer += data
            except ConnectionResetError:
                pass
            self.assertIn(b"TLS", answer)

    def test_sudden_reset(self):
        client = self.client(self.service, "anna")
        self.witness.send("JOIN #tea")
        self.witness.barrier()
        client.send("JOIN #tea")
        self.witness.expect(":anna")
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.close()
        self.witness.expect(" QUIT ")


class Leaving(WithService):
    """Who only stops sending is answered; who is gone is not listed any more."""

    COMMANDS = b"NICK pipe\r\nUSER pipe 0 * :pipe\r\nJOIN #tea\r\nPRIVMSG #tea :last\r\nWHO #tea\r\n"

    def pipe(self, service, extra=b""):
        with socket.create_connection(("127.0.0.1", service.port), 10) as sock:
            sock.sendall(self.COMMANDS + extra)
            sock.shutdown(socket.SHUT_WR)
            answer, begin = b"", time.monotonic()
            while data := sock.recv(65536):
                answer += data
            return answer.decode(), time.monotonic() - begin

    def half_close(self, io_threads):
        service = self.start({"service": {"io_threads": io_threads}})
        witness = self.client(service, "witness")
        witness.send("JOIN #tea")
        witness.expect(" 366 ")
        answer, took = self.pipe(service)
        self.assertIn(" 001 pipe ", answer)
        self.assertIn(" 315 pipe #tea ", answer)
        self.assertLess(took, 2.0)
        witness.expect(" PRIVMSG #tea :last")
        self.assertTrue(witness.expect(" QUIT ").endswith(" QUIT :Connection closed"))

    def test_half_close_without_threads(self):
        self.half_close(0)

    def test_half_close_with_threads(self):
        self.half_close(2)

    def test_half_close_waits_for_tokens_but_not_for_ever(self):
        service = self.start({"limits": {"flood_burst": 5, "flood_rate": 1}})
        answer, took = self.pipe(service, b"PING :x\r\n" * 500)
        self.assertIn(" 001 pipe ", answer)
        self.assertLess(took, 5.0)

    def test_reset_while_lines_wait(self):
        """A ghost would stay listed until its lines have had their tokens: minutes."""
        for io_threads in (0, 2):
            service = self.start({"service": {"io_threads": io_threads},
                                  "limits": {"flood_burst": 5, "flood_rate": 1}})
            witness, ghost = self.client(service, "witness"), self.client(service, "ghost")
            for client in (witness, ghost):
                client.send("JOIN #tea")
                client.expect(" 366 ")
            ghost.send(*["PING :x"] * 1000)
            ghost.expect("PONG")
            begin = time.monotonic()
            ghost.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            ghost.close()
            witness.expect(" QUIT ")
            self.assertLess(time.monotonic() - begin, 2.0)

    def test_console_half_close(self):
        service = self.start()
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(10)
            sock.connect(str(service.control))
            sock.sendall(b'{"jsonrpc":"2.0","id":1,"method":"stats.get"}\n')
            sock.shutdown(socket.SHUT_WR)
            answer = b""
            while data := sock.recv(65536):
                answer += data
        self.assertIn(b'"result"', answer)


class Descriptors(WithService):
    """Out of descriptors: nobody inside notices, no core spins, it ends when one is free."""

    LIMIT = 64

    def many(self, service, port, beginning):
        """Eight connections that begin and do not go on."""
        held = [socket.create_connection(("127.0.0.1", port), 20) for _ in range(8)]
        self.addCleanup(lambda: [sock.close() for sock in held])
        for sock in held:
            try:
                sock.sendall(beginning)
            except ConnectionError:
                pass
            sock.setblocking(False)
        return held

    @staticmethod
    def first_bytes(sock):
        """What came; None: nothing yet."""
        try:
            return sock.recv(12, socket.MSG_PEEK)
        except BlockingIOError:
            return None
        except ConnectionError:
            return b""

    def test_too_many_handshakes(self):
        """What is not open yet counts for an address like what is open."""
        for threads in (0, 2):
            web_port, = free_ports(1)
            service = self.start({
                "service": {"io_threads": threads},
                "limits": {"connections_per_address": 5, "registration_timeout": "300s"},
                "listener web": {"address": "127.0.0.1", "port": web_port, "websocket": "yes"},
            })
            held = self.many(service, service.tls_port, b"\x16\x03\x01")
            # The one that looked whether the service is there may count for a moment.
            wait_until(lambda: [self.first_bytes(sock) for sock in held].count(b"") >= 3,
                       "three to be refused")
            self.assertTrue(self.is_full(service))
            for sock in held:
                sock.close()
            wait_until(lambda: self.connects(service, f"anna{threads}"), "room for anna")

            def webs():
                refused = self.many(service, web_port, b"GET / HTTP/1.1\r\n")
                wait_until(lambda: any(map(self.first_bytes, refused)), "some to be refused")
                told = [self.first_bytes(sock) for sock in refused]
                for sock in refused:
                    sock.close()
                return told.count(b"HTTP/1.1 503") >= 3

            wait_until(webs, "three to be told")
            wait_until(lambda: self.connects(service, "bea", tls=True), "room for a handshake")

    def is_full(self, service):
        """Those who are not refused stay, and fill it."""
        for _ in range(3):
            sock = socket.create_connection(("127.0.0.1", service.port), 20)
            self.addCleanup(sock.close)
            sock.settimeout(1)
            try:
                if b"Too many connections" in sock.recv(1000):
                    return True
            except TimeoutError:
                pass
        return False

    def connects(self, service, nick, **options):
        try:
            Client(service, nick, **options).close()
            return True
        except (OSError, AssertionError):
            return False

    def test_full_and_free_again(self):
        service = Service(server_config.UNLIMITED, start=False)
        self.addCleanup(service.close)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (self.LIMIT, hard))
        try:
            service.start()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        # chatd may raise its soft limit: set both for it alone.
        resource.prlimit(service.process.pid, resource.RLIMIT_NOFILE, (self.LIMIT, self.LIMIT))
        anna, bob = self.client(service, "anna"), self.client(service, "bob")
        waiting = [socket.create_connection(("127.0.0.1", service.port), 10)
                   for _ in range(2 * self.LIMIT)]
        for sock in waiting:
            self.addCleanup(sock.close)
        self.assert_idle(service)
        anna.send("PRIVMSG bob :still here")
        bob.expect("still here")
        self.assertLess(service.log_text().count("descriptor"), 4, service.log_text())
        for sock in waiting:
            sock.close()
        self.assert_accepts_within(service, 5)

    def assert_accepts_within(self, service, seconds):
        """One that comes before the service saw the others go may still be turned away."""
        end = time.monotonic() + seconds
        while True:
            try:
                self.client(service, "carol")
                return
            except (AssertionError, OSError):
                self.assertLess(time.monotonic(), end, "nobody is let in again")

    def assert_idle(self, service):
        """Under 10 % of a core over a second, sanitizers included."""
        def cpu():
            with open(f"/proc/{service.process.pid}/stat", encoding="ascii") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / 100
        wait_until(lambda: self.cpu_over_a_second(cpu) < 0.1, "chatd to be idle")

    @staticmethod
    def cpu_over_a_second(cpu):
        before, end = cpu(), time.monotonic() + 1
        while time.monotonic() < end:
            time.sleep(end - time.monotonic() if end > time.monotonic() else 0)
        return cpu() - before


class Life(WithService):
    def test_stop_tells_and_exits(self):
        service = self.start()
        client = self.client(service, "anna")
        process = service.process
        process.terminate()
        self.assertTrue(client.expect_end().startswith("ERROR "))
        self.assertEqual(process.wait(20), 0)

    def test_restart_on_the_same_port(self):
        service = self.start()
        self.client(service, "anna")
        self.assertEqual(service.stop(), 0)
        service.start()
        self.client(service, "anna")

    def test_certificate_is_kept(self):
        service = self.start()
        first = self.client(service, "anna", tls=True).socket.getpeercert(binary_form=True)
        service.stop()
        service.start()
        again = self.client(service, "anna", tls=True).socket.getpeercert(binary_form=True)
        self.assertEqual(first, again)

    def test_runtime_folder_is_left_clean(self):
        service = self.start()
        service.stop()
        self.assertFalse(service.control.exists())


class Configuration(WithService):
    def refused(self, text, *words):
        service = Service(start=False)
        self.addCleanup(service.close)
        (service.folder / "chatd.conf").write_text(text)
        for more in ([], ["--check-config"]):
            command = server_config.arguments(service.chatd, service.folder) + more
            answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
            self.assertEqual(answer.returncode, 78, answer.stderr)
            for word in ("chatd.conf", *words):
                self.assertIn(word, answer.stderr)

    def test_unknown_key(self):
        self.refused("[limits]\ncolour = blue\n", "2", "colour")

    def test_bad_range(self):
        self.refused("[service]\n[limits]\nnick = 3\n", "3", "nick", "9", "63")

    def test_duplicate_listener(self):
        text = "[listener a]\nport = 7001\n[listener b]\nport = 7001\n"
        self.refused(text, "7001")

    def test_unreadable_certificate(self):
        text = "[listener a]\ntls = yes\ncertificate = /nonexistent/c.pem\nkey = /nonexistent/k.pem\n"
        self.refused(text, "/nonexistent/c.pem")

    def test_unreadable_certificate_of_a_host(self):
        text = "[certificate a]\nhosts = a.example\ncertificate = /no/c.pem\nkey = /no/k.pem\n"
        self.refused(text, "[certificate a]", "certificate = /no/c.pem", "key = /no/k.pem")

    def test_good_file(self):
        service = self.start({"limits": {"nick": "9"}})
        command = server_config.arguments(service.chatd, service.folder) + ["--check-config"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        client = self.client(service, "anna")
        client.send("NICK abcdefghij")
        client.expect(" 432 ")

    def test_reload_tells_whether_anything_changed(self):
        service = self.start({"limits": {"nick": "9"}})
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "nothing changed" in service.log_text(), "the unchanged reload")
        self.assertNotIn("Other settings are in force", service.log_text())
        service.configure({"limits": {"nick": "10"}})
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "Other settings are in force" in service.log_text(), "the reload")
        self.assertEqual(service.log_text().count("nothing changed"), 1)

    def test_usage(self):
        chatd = server_config.find_chatd(BUILD)
        answer = subprocess.run([chatd, "--nonsense"], capture_output=True, text=True, check=False)
        self.assertEqual(answer.returncode, 2)
        self.assertIn("nonsense", answer.stderr)


class AtOnce(unittest.TestCase):
    def test_ended_as_soon_as_it_listens(self):
        """Who sees it listen may ask it to end: it does so in its own way, however early that is."""
        service = Service(start=False)
        self.addCleanup(service.close)

        def listens():
            with socket.socket() as plain:
                return plain.connect_ex(("127.0.0.1", service.port)) == 0
        for how in (signal.SIGTERM, signal.SIGINT) * 5:
            service.start(listens)
            self.assertEqual(service.stop(how), 0, service.log_text())
            self.assertIn("SERVICE_STOPPED", service.log_text().splitlines()[-1])


class WhowasTest(unittest.TestCase):
    def test_kept_over_a_restart(self):
        service = Service()
        self.addCleanup(service.close)
        gone = Client(service, "gone")
        gone.send("QUIT :bye")
        gone.expect_end()
        self.assertEqual(service.stop(), 0)
        service.start()
        client = Client(service, "anna")
        client.send("WHOWAS gone")
        client.expect(" 314 anna gone ~gone ")
        client.close()


if __name__ == "__main__":
    tap.main()
