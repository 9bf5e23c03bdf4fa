#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs every fuzz target of a build in turn.

Usage: run_fuzzers.py BUILD_DIRECTORY SECONDS. New inputs are kept in BUILD_DIRECTORY/corpus/NAME, an
input that broke something in BUILD_DIRECTORY/broken/. Exits 1 if a target broke or was too slow.
"""

import os
import pathlib
import re
import subprocess
import sys

LEAST_INPUTS = 10_000
LONGEST_INPUT = 8192
RUNS = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)


def run_target(program, build, seeds, seconds):
    """(inputs tried, None or what went wrong)."""
    name = program.name.removeprefix("fuzz_")
    corpus, broken = build / "corpus" / name, build / "broken"
    corpus.mkdir(parents=True, exist_ok=True)
    broken.mkdir(exist_ok=True)
    command = [str(program), f"-max_total_time={seconds}", f"-max_len={LONGEST_INPUT}",
               f"-artifact_prefix={broken}/{name}-", "-print_final_stats=1", "-timeout=10"]
    dictionary = seeds / f"{name}.dict"
    if dictionary.exists():
        command.append(f"-dict={dictionary}")
    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=1", G_SLICE="always-malloc",
                       UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1")
    answer = subprocess.run([*command, str(corpus), str(seeds / "corpus" / name)], check=False,
                            stderr=subprocess.PIPE, text=True, errors="replace", env=environment,
                            stdin=subprocess.DEVNULL)
    match = RUNS.search(answer.stderr)
    runs = int(match.group(1)) if match else 0
    if answer.returncode:
        return runs, "\n".join(answer.stderr.splitlines()[-60:])
    if runs < LEAST_INPUTS:
        return runs, f"only {runs} inputs in {seconds} s, at least {LEAST_INPUTS} are due"
    return runs, None


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) < 1:
        sys.exit("usage: fuzz [SECONDS]; SECONDS is a whole number of at least 1")
    build, seconds = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    seeds = pathlib.Path(__file__).resolve().parent.parent / "fuzz"
    programs = sorted(p for p in (build / "tests" / "fuzz").glob("fuzz_*") if p.is_file())
    if not programs:
        sys.exit(f"no fuzz targets under {build}/tests/fuzz")
    failed = 0
    for program in programs:
        print(f"{program.name}: {seconds} s ...", flush=True)
        runs, problem = run_target(program, build, seeds, seconds)
        print(f"{program.name}: {runs} inputs, " + ("ok" if not problem else "FAILED\n" + problem))
        failed += bool(problem)
    print(f"{len(programs) - failed} targets held, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
