#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""From starting chat-console to its window: the median of some starts. Fails above the figure."""

import os
import statistics
import sys
import time

import gui

LIMIT = 0.5
ROUNDS = 7


def start_once():
    console = gui.Console(os.environ["CHAT_DEMO_FOLDER"])
    try:
        console.start()
        gui.wait(lambda: gui.is_showing(console.root.get_child_at_index(0)), "a window that shows")
        return time.monotonic() - console.started
    finally:
        console.close()


def main():
    times = [start_once() for _ in range(ROUNDS)]
    median = statistics.median(times)
    good = median <= LIMIT
    print(f"console window: {median:.3f} s (limit {LIMIT} s) {'ok' if good else 'MISSED'}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
