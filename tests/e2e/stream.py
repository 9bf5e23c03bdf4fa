# SPDX-License-Identifier: MIT
"""Clients that send on as fast as they are acknowledged, until the service is killed in the middle."""

import re
import select
import time

PATIENCE = 60.0


class Stream:
    """So many commands are on their way at once, each with its number as label. Subclasses say which:
    next_command(number)."""

    def __init__(self, client, in_flight):
        self.client, self.in_flight = client, in_flight
        self.commands = []
        self.acknowledged = 0  # the first so many commands are

    def fill(self):
        while len(self.commands) - self.acknowledged < self.in_flight:
            number = len(self.commands)
            command = self.next_command(number)
            self.commands.append(command)
            self.client.send(f"@label={number} {command}")

    def take(self, line):
        assert " FAIL " not in line and not re.match(r"(@\S+ )?:\S+ [45]\d\d ", line), line
        found = re.match(r"@(?:\S+;)?label=(\d+)", line)
        if found:
            assert int(found[1]) == self.acknowledged, (line, self.acknowledged)
            self.acknowledged += 1

    def take_all(self):
        """What is there now; False at the end of the connection."""
        while b"\r\n" in self.client.rest or select.select([self.client.socket], [], [], 0)[0]:
            line = self.client.receive()
            if line is None:
                return False
            self.take(line)
        return True

    def take_rest(self):
        """What had come before the connection ended."""
        while self.take_all():
            pass
        self.client.close()


def run(service, streams, enough):
    """Until so many commands are acknowledged to all of them together."""
    end = time.monotonic() + PATIENCE
    while sum(stream.acknowledged for stream in streams) < enough:
        assert time.monotonic() < end, f"{enough} acknowledgements: not within {PATIENCE:g} s"
        for stream in streams:
            stream.fill()
            assert stream.take_all(), service.log_text()
