"""Time of a warm request, this skill beside a plain SDK skill, taking turns: `python -m bench.warm [CALLS]`.

Both get the same envelopes as a dictionary and give a dictionary, as on Lambda; once those of a plain speaker, and once
those of an Echo Show, which tells much more of itself. Ours keeps its records in memory, as on Lambda without a table;
hello keeps nothing. The ratio is of medians; absolute times of one machine mean little.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import hello
from skill.assistant import answer, create_skill
from skill.settings import IN_MEMORY, Settings

REQUESTS = Path(__file__).resolve().parents[1] / "tests" / "requests"
CASES = {
    "launch": "LaunchRequest/new_session.json",
    "question": "CauseIntent/in_session.json",
    "symptom": "ReportSymptomIntent/in_session.json",
    "mid-routine": "HowManyLeftIntent/mid_routine.json",
    "next set": "AMAZON.NextIntent/mid_routine.json",
    "red flag": "RedFlagIntent/mid_routine.json",
}
SCREEN = "LaunchRequest/on_a_screen.json"
"""What an Echo Show sends."""

BLOCK = 200
"""Calls before the other takes its turn."""

Handler = Callable[[dict[str, Any], None], Any]


def main(calls: int) -> None:
    """Print medians and ratios for each case."""
    skill = create_skill(Settings(database=IN_MEMORY))

    def ours(event: dict[str, Any], context: None) -> Any:
        return answer(skill, event, context)

    for device in ("speaker", "Echo Show"):
        print(f"{device:<12} {'hello us':>9} {'ours us':>9} {'p99 us':>9} {'ratio':>7}   {calls} calls each")
        ratios = [_case(name, _event(name, on_a_screen=device != "speaker"), ours, calls) for name in CASES]
        print(f"{'all':<12} {'':>29} {median(ratios):>7.2f}")


def _event(name: str, *, on_a_screen: bool) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((REQUESTS / CASES[name]).read_text(encoding="utf-8"))
    if on_a_screen:
        context = json.loads((REQUESTS / SCREEN).read_text(encoding="utf-8"))["context"]
        interfaces = context["System"]["device"]["supportedInterfaces"]
        event["context"] = context | event["context"]
        event["context"]["System"]["device"]["supportedInterfaces"] |= interfaces
    return event


def _case(name: str, event: dict[str, Any], ours: Handler, calls: int) -> float:
    base: Handler = hello.handler
    samples: dict[Handler, list[int]] = {base: [], ours: []}
    for handler, times in samples.items():
        _block(handler, event, times)
        times.clear()
    gc.collect()
    for _ in range(max(1, calls // BLOCK)):
        for handler, times in samples.items():
            _block(handler, event, times)
    plain, own = (median(times) / 1000 for times in samples.values())
    p99 = quantiles(samples[ours], n=100)[98] / 1000
    print(f"{name:<12} {plain:>9.0f} {own:>9.0f} {p99:>9.0f} {own / plain:>7.2f}")
    return own / plain


def _block(handler: Handler, event: dict[str, Any], times: list[int]) -> None:
    for _ in range(BLOCK):
        start = time.perf_counter_ns()
        handler(event, None)
        times.append(time.perf_counter_ns() - start)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
