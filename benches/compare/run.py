#!/usr/bin/env python3
"""Measures tidewaiter beside the csv crate alone and beside what a user would use instead.

    benches/compare/run.py [--lines N] [--seed N] [--file MANIFEST --column NAME] [--repeat]

Without --file a million lines are made from the shipped example and the labelled lines. With
--repeat the rows of the file are repeated up to N lines. All runs are of one file, one after
another, the best of three each; the table goes to standard output as Markdown. The Python tools
are those of the interpreter that runs this script; one that is absent is said to be.
"""

import argparse
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RELEASE = ROOT / "target" / "release"


def measured(command, out):
    """Wall seconds, processor seconds and peak MiB of a command."""
    begun = time.perf_counter()
    with open(out, "wb") as to:
        child = subprocess.Popen(command, stdout=to, stderr=subprocess.PIPE)
        told = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):
        sys.exit(f"{command[0]} ended with {code}: {told.decode(errors='replace')}")
    wall = time.perf_counter() - begun
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def best(command, out, times):
    return min(measured(command, out) for _ in range(times))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--file", type=Path)
    options.add_argument("--column", default="Description of goods")
    options.add_argument("--repeat", action="store_true")
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--no-build", action="store_true")
    args = options.parse_args()
    if not args.no_build:
        build = ["cargo", "build", "--release", "--bin", "tidewaiter"]
        build += ["--example", "csv_floor", "--example", "generate", "--example", "terms"]
        subprocess.run(build, cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        compare(args, Path(folder))


def compare(args, folder):
    example = lambda name: str(RELEASE / "examples" / name)
    terms, manifest, out = folder / "terms", folder / "manifest.csv", folder / "out"
    with open(terms, "wb") as to:
        subprocess.run([example("terms")], stdout=to, check=True)
    if args.file and not args.repeat:
        manifest = args.file
    else:
        generate = [example("generate"), str(args.lines), str(args.seed)]
        if args.file:
            generate += ["--repeat", str(args.file)]
        with open(manifest, "wb") as to:
            subprocess.run(generate, stdout=to, check=True)
    with open(manifest, "rb") as lines:
        count = sum(piece.count(b"\n") for piece in iter(lambda: lines.read(1 << 20), b"")) - 1
    check = [str(RELEASE / "tidewaiter"), "check", str(manifest), "--format", "jsonl"]
    check += ["--as-of", "2026-01-01", "--no-config", "--output", str(folder / "report")]
    runs = [("csv crate, reading alone", [example("csv_floor"), str(manifest)], 1.0)]
    cores = len(os.sched_getaffinity(0))
    for jobs in sorted({1, cores}):
        name = f"tidewaiter check, {jobs} job{'s' if jobs > 1 else ''}"
        runs.append((name, [*check, "--jobs", str(jobs)], 1.0))
    absent = []
    for tool in ("polars", "pyahocorasick", "rapidfuzz"):
        module = "ahocorasick" if tool == "pyahocorasick" else tool
        if importlib.util.find_spec(module) is None:
            absent.append(tool)
            continue
        command = [sys.executable, str(HERE / "others.py"), tool, str(manifest)]
        share = min(1.0, 1000 / count) if tool == "rapidfuzz" else 1.0
        name = {
            "polars": "polars `contains_any`",
            "rapidfuzz": "rapidfuzz `partial_ratio`, first 1000 lines",
        }.get(tool, tool)
        runs.append((name, [*command, args.column, str(terms)], share))
    if shutil.which("rg"):
        rg = ["rg", "--count", "--ignore-case", "--fixed-strings", "--file", str(terms)]
        runs.append(("ripgrep, whole lines", [*rg, str(manifest)], 1.0))
    else:
        absent.append("ripgrep")
    print(f"{platform.machine()}, {processor()}, {cores} cores, {time.strftime('%Y-%m-%d')}; ", end="")
    size = manifest.stat().st_size
    print(f"{count} lines, {size / 1e6:.1f} MB, {len(terms.read_text().splitlines())} terms; ", end="")
    print(f"load {os.getloadavg()[0]:.1f} when it began.\n")
    print("| | lines a second | time, of the floor | processor seconds | peak MiB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    floor = None
    for name, command, share in runs:
        wall, processor_time, peak = best(command, out, args.times if share == 1.0 else 1)
        floor = floor or wall
        rate, times = count * share / wall, wall / share / floor
        print(f"| {name} | {rate:,.0f} | {times:,.1f} | {processor_time:.2f} | {peak:.0f} |", flush=True)
    for tool in absent:
        print(f"\n{tool}: not installed, not measured.")


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown processor"


if __name__ == "__main__":
    main()
