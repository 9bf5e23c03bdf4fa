# SPDX-License-Identifier: MIT
"""The figures: what is measured, what is due now (limit), and what is aimed at (target)."""

import collections

# Scenario of bench_load: the servers that play it. "chatd" keeps no history, as the floor does not;
# "history" is chatd with it.
SCENARIOS = {
    "fan-out-2000-in-20": ("floor", "chatd", "history"),
    "fan-out-200-in-1": ("floor", "chatd"),
    "one-line-at-a-time": ("floor", "chatd"),
    "talk-20000-lines-a-second": ("chatd", "history"),
    "latency-100-lines": ("floor", "chatd"),
    "joins-1000": ("floor", "chatd"),
    "register-5000": ("floor", "chatd"),
    "idle-10000": ("floor", "chatd"),
    "names-1000": ("chatd",),
    "who-1000": ("chatd",),
}

# relative: (server, other) medians of the one over the other's; server's value times scale if other is
# None. True: ("chatd", "floor"), False: ("chatd", None).
Figure = collections.namedtuple("Figure", "name scenario field relative scale limit target")

FIGURES = [
    Figure("CPU per line, 2,000 in 20 channels, × floor", "fan-out-2000-in-20", "cpu_ns_per_unit",
           True, 1, 1.4, 1.25),
    Figure("CPU per line, 200 in one channel, × floor", "fan-out-200-in-1", "cpu_ns_per_unit",
           True, 1, 2.0, 1.4),
    Figure("CPU per line, one at a time, × floor", "one-line-at-a-time", "cpu_ns_per_unit",
           True, 1, 1.2, 1.2),
    Figure("latency p50 at 100 lines/s, × floor", "latency-100-lines", "p50_us",
           True, 1, None, 1.2),
    Figure("latency p99 at 100 lines/s, × floor", "latency-100-lines", "p99_us",
           True, 1, 2.0, 1.3),
    Figure("CPU per join, 1,000 at once, × floor", "joins-1000", "cpu_ns_per_unit",
           True, 1, 3.0, 2.0),
    Figure("CPU per registration, × floor", "register-5000", "cpu_ns_per_unit",
           True, 1, None, 2.0),
    Figure("5,000 registrations, s", "register-5000", "wall_ms", False, 1e-3, 1.5, 0.6),
    Figure("memory per idle client of 10,000, KiB", "idle-10000", "bytes_per_client",
           False, 1 / 1024, 2.5, 2.0),
    Figure("state thread per line with history, × without", "fan-out-2000-in-20",
           "state_ns_per_unit", ("history", "chatd"), 1, 1.15, 1.05),
    Figure("20,000 lines/s, two members: the same", "talk-20000-lines-a-second",
           "state_ns_per_unit", ("history", "chatd"), 1, None, 1.25),
    Figure("20,000 lines/s: not stored, % of them", "talk-20000-lines-a-second", "unstored_percent",
           ("history", None), 1, 0, 0),
    Figure("20,000 lines/s: SIGTERM to exit with history, ms", "talk-20000-lines-a-second",
           "stop_ms", ("history", None), 1, None, 500),
    Figure("NAMES of 1,000 members, ms CPU", "names-1000", "cpu_ns_per_unit",
           False, 1e-6, None, 0.08),
    Figure("WHO of 1,000 members, ms CPU", "who-1000", "cpu_ns_per_unit", False, 1e-6, None, 1.0),
    Figure("start to first client, ms", "one-line-at-a-time", "start_ms", False, 1, None, 100),
    Figure("SIGTERM to exit, ms", "one-line-at-a-time", "stop_ms", False, 1, None, 100),
]
