# SPDX-License-Identifier: MIT
"""A chatd of a test's own, and IRC clients that talk to it over real sockets."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

import server_config

BUILD = pathlib.Path(os.environ.get("CHAT_BUILD_ROOT", "build/test")).resolve()
PATIENCE = 20.0
POLL = 0.02


def free_ports(count):
    """Ports nobody has now; all are held until the last is known, so that they differ."""
    with contextlib.ExitStack() as stack:
        found = []
        for _ in range(count):
            sock = stack.enter_context(socket.socket())
            sock.bind(("127.0.0.1", 0))
            found.append(sock.getsockname()[1])
        return found


def wait_until(condition, what, patience=PATIENCE):
    """Polls until the condition gives something true and returns it."""
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {patience:g} s")
        time.sleep(POLL)


class Service:
    """chatd on a free plain and a free TLS port; ends with the test."""

    def __init__(self, sections=None, start=True):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chat-e2e-"))
        self.port, self.tls_port = free_ports(2)
        self.chatd = server_config.find_chatd(BUILD)
        self.process = None
        for name in ("state", "runtime"):
            (self.folder / name).mkdir()
        self.control = self.folder / "runtime" / "control.sock"
        self.configure(sections or {})
        if start:
            self.start()

    def configure(self, sections):
        listeners = server_config.listeners(self.port, self.tls_port)
        text = server_config.text(server_config.merged(listeners, sections))
        (self.folder / "chatd.conf").write_text(text)

    def start(self, is_there=None):
        """Until it listens everywhere, or until `is_there`."""
        self.log = open(self.folder / "chatd.log", "ab")
        self.process = subprocess.Popen(server_config.arguments(self.chatd, self.folder),
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        is_there = is_there or self.is_open
        wait_until(lambda: is_there() or self.process.poll() is not None, "chatd to listen")
        if self.process.poll() is not None:
            raise AssertionError(f"chatd ended with {self.process.returncode}:\n{self.log_text()}")

    def is_open(self):
        """A socket's file is there before anybody listens on it, so both are asked."""
        with socket.socket() as plain, socket.socket(socket.AF_UNIX) as control:
            return (plain.connect_ex(("127.0.0.1", self.port)) == 0 and
                    control.connect_ex(str(self.control)) == 0)

    def log_text(self):
        return (self.folder / "chatd.log").read_text(errors="replace")

    def stop(self, how=signal.SIGTERM):
        """Ends it and returns its exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"chatd ignores {how!r}:\n{self.log_text()}") from None
        finally:
            self.log.close()
        self.process = None
        return status

    def close(self):
        """Ends it; a sanitizer's complaint or a bad end fails the test."""
        try:
            status = self.stop()
            text = self.log_text() if (self.folder / "chatd.log").exists() else ""
            if status not in (None, 0) or "Sanitizer" in text or "runtime error" in text:
                raise AssertionError(f"chatd ended with {status}:\n{text[-8000:]}")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


class Client:
    """An IRC client: sends lines, waits for lines."""

    def __init__(self, service, nick, tls=False, register=True, caps=""):
        port = service.tls_port if tls else service.port
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        if tls:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            self.socket = context.wrap_socket(self.socket, server_hostname="chatd.localhost")
        self.nick = nick
        self.rest = b""
        self.lines = []
        if register:
            self.register(caps)

    def register(self, caps):
        if caps:
            self.send(f"CAP REQ :{caps}")
        self.send(f"NICK {self.nick}", f"USER {self.nick} 0 * :{self.nick}")
        if caps:
            self.send("CAP END")
        self.expect(" 001 ")
        self.barrier()

    def send(self, *lines):
        self.socket.sendall("".join(line + "\r\n" for line in lines).encode())

    def send_bytes(self, data):
        self.socket.sendall(data)

    def receive(self):
        """The next line without its end; None when the service ended the connection."""
        while b"\r\n" not in self.rest:
            try:
                data = self.socket.recv(65536)
            except ConnectionResetError:
                data = b""
            except TimeoutError:
                raise AssertionError(f"{self.nick}: nothing came; so far:\n{self.story()}") from None
            if not data:
                return None
            self.rest += data
        line, self.rest = self.rest.split(b"\r\n", 1)
        self.lines.append(line.decode(errors="replace"))
        return self.lines[-1]

    def expect(self, part):
        """Reads up to a line that contains `part` and returns it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            line = self.receive()
            if line is None:
                break
            if part in line:
                return line
        raise AssertionError(f"{self.nick}: no line with {part!r}; so far:\n{self.story()}")

    def expect_end(self):
        """Reads to the end of the connection and returns the last line before it."""
        while self.receive() is not None:
            pass
        return self.lines[-1] if self.lines else ""

    def barrier(self):
        """What was sent before has been dealt with; returns the lines that came meanwhile."""
        seen = len(self.lines)
        token = f"barrier-{seen}"
        self.send(f"PING {token}")
        self.expect(token)
        return self.lines[seen:-1]

    def story(self):
        return "\n".join(self.lines[-30:])

    def close(self):
        self.socket.close()
