# SPDX-License-Identifier: MIT
"""Chromium without a window, showing one page; ends with the test."""

import fcntl
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading


class OnePage(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.page.encode())

    def log_message(self, *arguments):
        """Nothing: the test's output is TAP."""


class Browser:
    """The page comes from 127.0.0.1, because pages from elsewhere may not speak to the loopback; its
    origin is self.origin. It talks by what it does, not by what it shows; the pipe keeps the browser
    open until the test closes it."""

    ARGUMENTS = ["--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
                 "--disable-extensions", "--disable-dev-shm-usage", "--ignore-certificate-errors",
                 "--remote-debugging-pipe"]

    def __init__(self, script, **values):
        program = shutil.which("chromium")
        assert program, "chromium is not installed"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chat-browser-"))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OnePage)
        self.server.page = f"<script>const given = {json.dumps(values)};\n{script}</script>"
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        command = [program, *self.ARGUMENTS, f"--user-data-dir={self.folder}"]
        if os.geteuid() == 0:
            command.append("--no-sandbox")
        command.append(self.origin)
        self.log = open(self.folder / "log", "wb")
        to_browser, self.ours = self.pipe()
        self.theirs, from_browser = self.pipe()

        def connect_pipes():
            os.dup2(to_browser, 3)  # it reads 3 and writes 4
            os.dup2(from_browser, 4)

        self.process = subprocess.Popen(
            command, preexec_fn=connect_pipes, pass_fds=(3, 4), stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=self.log, start_new_session=True,
            env={**os.environ, "HOME": str(self.folder)})
        os.close(to_browser)
        os.close(from_browser)

    @staticmethod
    def pipe():
        """Both ends above the numbers that the browser wants."""
        ends = os.pipe()
        moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
        for end in ends:
            os.close(end)
        return moved

    def close(self):
        os.close(self.ours)
        os.close(self.theirs)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, 9)
            self.process.wait()
        self.server.shutdown()
        self.server.server_close()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
