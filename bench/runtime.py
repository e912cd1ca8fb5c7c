"""Our package under Lambda's own runtime client: `python -m bench.runtime [--python EXE] [-n ROUNDS]`.

Beside it the smallest skills of the SDK's documentation, without and with a DynamoDB table, their packages compiled.
They take turns, and ratios are of each round. `init` is from the start of the process until it asks for a request,
`first` is that request; `cpu` is the processor time of both, of which nothing else on the machine makes more. From a
snapshot (SnapStart) somebody waits for the first request alone, beside what Lambda takes to restore it, which cannot be
measured here. Warm times are those of all rounds; memory is at its highest. The table is a DynamoDB on this machine.
EXE is Python of the template's version with awslambdaric and boto3. Needs Linux.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from zipfile import ZipFile

from bench.baseline import unpack
from bench.warm import CASES, REQUESTS
from skill.packaging.function import package_function
from skill.packaging.modules import SDK
from tests.deployment.instance import (
    BOTO3,
    SNAP_START,
    Function,
    Instance,
    NoRuntimeError,
    Runtime,
    instance,
    runtime_of,
)
from tests.storage.table import ENVIRONMENT, new_table, serving

NOTHING = "operator.is_"
"""A function of Python itself, which shows what the client takes."""

WARM_UP = 1
"""Rounds that are not counted."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is started and asked."""

    name: str
    """As the table calls it."""
    function: Function
    """The function."""
    event: bytes
    """The request."""
    base: str
    """The case that it is compared with."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What came of one start."""

    init_s: float
    """Seconds until it asked."""
    first_s: float
    """Seconds of the first request."""
    init_cpu_s: float
    """Seconds of processor time until it asked."""
    cpu_s: float
    """Seconds of processor time until the first request was answered."""
    warm_s: Sequence[float]
    """Seconds of the requests after it."""
    memory: float
    """MiB at the highest."""

    def awaited_s(self, snapshot: bool) -> float:
        """Seconds that the first one waits."""
        return self.first_s if snapshot else self.init_s + self.first_s

    def spent_s(self, snapshot: bool) -> float:
        """Seconds of processor time while the first one waits."""
        return self.cpu_s - self.init_cpu_s if snapshot else self.cpu_s


def main(python: str, rounds: int, calls: int) -> None:
    """Print a table of starts, and one of starts from a snapshot."""
    with tempfile.TemporaryDirectory() as folder, serving() as address:
        place = Path(folder)
        try:
            runtime = runtime_of(python, place / "runtime", BOTO3)
        except NoRuntimeError as error:
            raise SystemExit(str(error)) from None
        os.environ |= {**ENVIRONMENT, "AWS_ENDPOINT_URL": address}
        with ZipFile(package_function(place, python).path) as package:
            package.extractall(place / "ours")
        unpack(python, place / "theirs", ("hello", "hello_table"), (*SDK, "ask_sdk_dynamodb"))
        for snapshot in (False, True):
            cases = [*_cases(place, {**ENVIRONMENT, "AWS_ENDPOINT_URL": address}, SNAP_START if snapshot else {})]
            samples: dict[str, list[Sample]] = {case.name: [] for case in cases}
            for turn in range(-WARM_UP, rounds):
                for case in cases:
                    sample = _once(case, runtime, place, calls)
                    if turn >= 0:
                        samples[case.name].append(sample)
            _print(cases, samples, snapshot)


def _cases(place: Path, table: dict[str, str], mode: dict[str, str]) -> Iterable[Case]:
    launch, question, danger = ((REQUESTS / CASES[name]).read_bytes() for name in ("launch", "question", "red flag"))
    hello = Function(place / "theirs", "hello.handler", mode)
    counting = Function(place / "theirs", "hello_table.handler", {**mode, **table, "TABLE": new_table("id")})
    ours = Function(place / "ours", environment=mode)
    kept = {**table, "STEADY_LEGS_TABLE": new_table()}
    remembering = replace(ours, environment={**mode, **kept})
    yield Case("nothing", Function(place / "theirs", NOTHING, mode), launch, "hello, launch")
    yield Case("hello, launch", hello, launch, "hello, launch")
    yield Case("launch", ours, launch, "hello, launch")
    yield Case("hello, intent", hello, question, "hello, intent")
    yield Case("question", ours, question, "hello, intent")
    yield Case("red flag", ours, danger, "hello, intent")
    yield Case("hello, table", counting, launch, "hello, table")
    yield Case("launch, table", remembering, launch, "hello, table")
    yield Case("red flag, table", remembering, danger, "hello, table")


def _once(case: Case, runtime: Runtime, place: Path, calls: int) -> Sample:
    with (
        tempfile.TemporaryDirectory(dir=place) as own,
        instance(case.function, runtime, Path(own, "log")) as started,
    ):
        if started.asks.what == "restore/next":
            started.restore()
        process = started.process.pid
        init_cpu_s = _cpu(process)
        first_s = _invoked(started, case)
        cpu_s = _cpu(process)
        warm_s = [_invoked(started, case) for _ in range(calls)]
        return Sample(started.started_s, first_s, init_cpu_s, cpu_s, warm_s, _memory(process))


def _invoked(started: Instance, case: Case) -> float:
    """Seconds that a request took."""
    outcome = started.invoke(case.event)
    if outcome.what != "response":
        raise SystemExit(f"{case.name}: {outcome.value}")
    return outcome.took_s


def _cpu(process: int) -> float:
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in tasks) / 1e9


def _memory(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _print(cases: Iterable[Case], samples: dict[str, list[Sample]], snapshot: bool) -> None:
    title = "from a snapshot" if snapshot else "a start"
    columns = f"{'init':>8} {'first':>8} {'both':>8} {'cpu':>8} {'warm':>7} {'p99':>7} {'MiB':>6} {'ratio':>6}  of cpu"
    print(f"{title:<16} {columns}   {len(next(iter(samples.values())))} rounds")
    for case in cases:
        own, base = samples[case.name], samples[case.base]
        init, first, both = (
            median(column) * 1000
            for column in zip(*((each.init_s, each.first_s, each.init_s + each.first_s) for each in own), strict=True)
        )
        warm = [each * 1000 for sample in own for each in sample.warm_s]
        memory = median(each.memory for each in own)
        spent = median(each.spent_s(snapshot) for each in own) * 1000
        pairs = [*zip(own, base, strict=True)]
        ratio = median(mine.awaited_s(snapshot) / its.awaited_s(snapshot) for mine, its in pairs)
        of_cpu = median(mine.spent_s(snapshot) / its.spent_s(snapshot) for mine, its in pairs)
        print(
            f"{case.name:<16} {init:>8.1f} {first:>8.2f} {both:>8.1f} {spent:>8.1f} {median(warm):>7.2f} "
            f"{quantiles(warm, n=100)[98]:>7.2f} {memory:>6.1f} {ratio:>6.2f} {of_cpu:>6.2f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.runtime", description=__doc__)
    parser.add_argument("--python", default=sys.executable, help="of the template's version")
    parser.add_argument("-n", type=int, default=20, metavar="ROUNDS", help="default: %(default)s")
    parser.add_argument("--calls", type=int, default=200, help="warm requests of each start (default: %(default)s)")
    options = parser.parse_args()
    main(options.python, options.n, options.calls)
