"""Time until the first answer of a process that was just started: `python -m bench.cold [--python EXE] [ROUNDS]`.

The package as it is shipped, unpacked into an empty folder, beside the smallest skill of the SDK's documentation with
its packages compiled, and the same with a DynamoDB table by the SDK's adapter. They take turns, and ratios are of each
round. The table is a DynamoDB on this machine. EXE is Python of the template's version, which alone can compile for it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from zipfile import ZipFile

from bench.baseline import unpack
from skill.packaging.function import package_function
from tests.storage.table import ENVIRONMENT, new_table, serving

ROOT = Path(__file__).resolve().parents[1]
REQUESTS = ROOT / "tests" / "requests"
LAUNCH, QUESTION = REQUESTS / "LaunchRequest/new_session.json", REQUESTS / "CauseIntent/in_session.json"
SYMPTOM, DANGER = REQUESTS / "ReportSymptomIntent/in_session.json", REQUESTS / "RedFlagIntent/mid_routine.json"

SDK = ("ask_sdk_core", "ask_sdk_dynamodb", "ask_sdk_model", "ask_sdk_runtime", "six")
"""What the baselines are made of."""

BOTO3 = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "urllib3")
"""What Lambda has."""

ONCE = """
import sys
sys.path[:0] = sys.argv[1].split(":")
import json
with open(sys.argv[3]) as file:
    event = json.load(file)
module, _, name = sys.argv[2].partition(":")
response = getattr(__import__(module), name)(event, None)
assert "response" in response, response
with open("/proc/self/status") as file:
    print(file.read().partition("VmHWM:")[2].split()[0])
"""
"""One request to a process of its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is started."""

    name: str
    """As the table calls it."""
    folders: str
    """Where its modules are."""
    target: str
    """Module and function."""
    event: Path
    """The request."""
    base: str
    """The case that it is compared with."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables beside those of all."""


def main(python: str, rounds: int) -> None:
    """Print medians of time, processor time and memory, and ratios."""
    with tempfile.TemporaryDirectory() as folder, serving() as address:
        place = Path(folder)
        os.environ |= {**ENVIRONMENT, "AWS_ENDPOINT_URL": address}
        ours, libraries = place / "ours", place / "libraries"
        with ZipFile(package_function(place, python).path) as package:
            package.extractall(ours)
        theirs = unpack(python, place / "theirs", ["hello", "hello_table"], SDK)
        unpack(python, libraries, [], BOTO3)
        table = {"STEADY_LEGS_TABLE": new_table()}
        hello, here = f"{theirs}:{libraries}", str(ours)
        cases = [
            Case("hello, launch", hello, "hello:handler", LAUNCH, "hello, launch"),
            Case("hello, intent", hello, "hello:handler", QUESTION, "hello, intent"),
            Case("hello, table", hello, "hello_table:handler", LAUNCH, "hello, table", {"TABLE": new_table("id")}),
            Case("launch", here, "lambda_function:lambda_handler", LAUNCH, "hello, launch"),
            Case("question", here, "lambda_function:lambda_handler", QUESTION, "hello, intent"),
            Case("symptom", here, "lambda_function:lambda_handler", SYMPTOM, "hello, intent"),
            Case("red flag", here, "lambda_function:lambda_handler", DANGER, "hello, intent"),
            Case(
                "table, not needed",
                f"{here}:{libraries}",
                "lambda_function:lambda_handler",
                QUESTION,
                "hello, intent",
                table,
            ),
            Case(
                "table, needed", f"{here}:{libraries}", "lambda_function:lambda_handler", LAUNCH, "hello, table", table
            ),
        ]
        samples: dict[str, list[tuple[float, float, float]]] = {case.name: [] for case in cases}
        for turn in range(-2, rounds):
            for case in cases:
                sample = _once(python, case, place)
                if turn >= 0:
                    samples[case.name].append(sample)
    print(f"{'':<20} {'wall ms':>8} {'cpu ms':>8} {'MiB':>6} {'ratio':>6} {'of cpu':>7}   {rounds} rounds, {python}")
    for case in cases:
        own, base = samples[case.name], samples[case.base]
        wall, cpu, memory = (median(column) for column in zip(*own, strict=True))
        ratios = [median(mine[each] / its[each] for mine, its in zip(own, base, strict=True)) for each in (0, 1)]
        print(f"{case.name:<20} {wall:>8.1f} {cpu:>8.1f} {memory:>6.1f} {ratios[0]:>6.2f} {ratios[1]:>7.2f}")


def _once(python: str, case: Case, folder: Path) -> tuple[float, float, float]:
    """Milliseconds until it has ended, milliseconds of processor time and MiB."""
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_LAMBDA_FUNCTION_NAME": "steady-legs",
        **case.environment,
    }
    command = [python, "-I", "-c", ONCE, case.folders, case.target, str(case.event)]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    printed = process.communicate()[0]
    if process.returncode:
        raise SystemExit(f"{case.name}: {command} failed")
    return took * 1000, (usage.ru_utime + usage.ru_stime) * 1000, int(printed) / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.cold", description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=30)
    parser.add_argument("--python", default=sys.executable, help="of the template's version")
    options = parser.parse_args()
    main(options.python, options.rounds)
