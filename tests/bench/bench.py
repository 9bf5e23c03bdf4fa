#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Measures chatd beside the floor program and judges the ratios.

Usage: bench.py --build DIRECTORY [--rounds N] [--only WORD] [--store]
Rounds are interleaved (floor, chatd, floor, chatd ...) and medians compared, so that what else the
machine does hits both alike. Exits 1 where a figure that is due is missed.
"""

import argparse
import contextlib
import json
import pathlib
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile

import figures

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
import server_config  # noqa: E402  (found by the line above)

BASELINE = HERE / "baseline.json"


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Bench:
    def __init__(self, build, folder):
        self.load = build / "tests" / "bench" / "bench_load"
        self.floor = build / "tests" / "bench" / "bench_floor"
        self.chatd = server_config.find_chatd(build)
        self.folder = folder

    def command(self, server, port):
        if server == "floor":
            return [str(self.floor), str(port)]
        shutil.rmtree(self.folder / "chatd", ignore_errors=True)
        # Neither floor nor rivals keep what is said; what keeping costs has rows of its own.
        history = {"channel_messages": "0"} if server == "history" else {"enabled": "no"}
        sections = server_config.merged(server_config.UNLIMITED, {"history": history})
        return server_config.command(self.chatd, self.folder / "chatd", port, sections)

    def run(self, server, scenario):
        """One row of figures; ends the program if a line was lost or the server failed."""
        port = free_port()
        log = self.folder / f"{server}.log"
        answer = subprocess.run([self.load, scenario, str(port), *self.command(server, port)],
                                capture_output=True, text=True, check=False, timeout=300,
                                env={"LOAD_SERVER_LOG": str(log), "PATH": "/usr/bin:/bin"})
        if answer.returncode:
            told = "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else ""
            sys.exit(f"{scenario} with {server} failed:\n{answer.stderr}{told}")
        row = json.loads(answer.stdout)
        if server == "history" and "lines" in row:
            row["unstored_percent"] = 100 * (1 - self.stored() / row["lines"])
        return row

    def stored(self):
        """What was said, in the file that the service left."""
        path = next((self.folder / "chatd").rglob("history.db"))
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return database.execute("SELECT count(*) FROM message WHERE said = 1").fetchone()[0]


def measure(bench, scenario, servers, rounds):
    """{server: [row of each round]}."""
    rows = {server: [] for server in servers}
    for _ in range(rounds):
        for server in servers:
            rows[server].append(bench.run(server, scenario))
    return rows


def median(rows, field):
    return statistics.median(row[field] for row in rows)


def judge(figure, rows):
    """The figure's value, and its spread over the rounds (half the distance of the quartiles)."""
    server, other = {True: ("chatd", "floor"), False: ("chatd", None)}.get(
        figure.relative, figure.relative)
    ours = [row[figure.field] for row in rows[server]]
    if other:
        floor = [row[figure.field] for row in rows[other]]
        value = statistics.median(ours) / statistics.median(floor)
        each = [a / b for a, b in zip(ours, floor)]
    else:
        value = statistics.median(ours) * figure.scale
        each = [one * figure.scale for one in ours]
    quarters = statistics.quantiles(each, n=4) if len(each) > 1 else [value] * 3
    return value, (quarters[2] - quarters[0]) / 2


def verdict(figure, value):
    if figure.limit is not None and value > figure.limit:
        return "MISSED"
    if figure.target is not None and value > figure.target:
        return "ok, target ahead" if figure.limit is not None else "target ahead"
    return "ok"


def number(value):
    return "-" if value is None else f"{value:.2f}"


def show(results, baseline):
    print(f"\n{'figure':<50} {'value':>9} {'noise':>7} {'limit':>7} {'target':>7} {'stored':>8}  verdict")
    for figure, value, noise in results:
        stored = baseline.get(figure.name, {}).get("value")
        print(f"{figure.name:<50} {value:>9.2f} {noise:>7.2f} {number(figure.limit):>7} "
              f"{number(figure.target):>7} {number(stored):>8}  {verdict(figure, value)}"
              f"{changed(figure, value, noise, baseline)}")


def changed(figure, value, noise, baseline):
    """Worse than the stored ratio by more than both noises and a tenth."""
    stored = baseline.get(figure.name)
    if stored and value > stored["value"] * 1.1 + noise + stored["noise"]:
        return f", worse than the stored {stored['value']:.2f}"
    return ""


def show_rows(scenario, rows):
    for server, each in rows.items():
        cpu = median(each, "cpu_ns_per_unit") / 1000
        extra = "".join(f", {field} {median(each, field):.0f}" for field in
                        ("state_ns_per_unit", "p50_us", "p99_us", "bytes_per_client") if field in each[0])
        print(f"{scenario:<25} {server:<7} {cpu:9.3f} µs CPU per {each[0]['unit']}, "
              f"{median(each, 'wall_ms'):.0f} ms in all{extra}", flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser(prog="dev bench", allow_abbrev=False)
    parser.add_argument("--build", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (5)")
    parser.add_argument("--only", default="", help="scenarios whose name contains this word")
    parser.add_argument("--store", action="store_true", help="keep the values as the baseline")
    arguments = parser.parse_args()
    if arguments.rounds < 1:
        parser.error("--rounds must be at least 1")
    return arguments


def main():
    arguments = parse_arguments()
    results = []
    with tempfile.TemporaryDirectory(prefix="chat-bench-") as folder:
        bench = Bench(arguments.build.resolve(), pathlib.Path(folder))
        for scenario, servers in figures.SCENARIOS.items():
            if arguments.only not in scenario:
                continue
            rows = measure(bench, scenario, servers, arguments.rounds)
            show_rows(scenario, rows)
            results += [(f, *judge(f, rows)) for f in figures.FIGURES if f.scenario == scenario]
    if not results:
        sys.exit(f"no scenario's name contains {arguments.only}")
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    show(results, baseline)
    if arguments.store:
        baseline.update({f.name: {"value": round(v, 3), "noise": round(n, 3)} for f, v, n in results})
        BASELINE.write_text(json.dumps(baseline, indent=1, sort_keys=True) + "\n")
        print(f"stored in {BASELINE}")
    missed = [figure.name for figure, value, _ in results if verdict(figure, value) == "MISSED"]
    if missed:
        sys.exit("missed: " + ", ".join(missed))


if __name__ == "__main__":
    main()
