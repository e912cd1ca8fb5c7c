"""Mangled requests through every door: `python -m bench.hostile [COUNT] [SEED]`.

Each must be answered by the rules, or be refused where it cannot be. Every tenth comes over HTTP as well, harmed on its
way or not, and every tenth through the Lambda entry.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Self
from unittest.mock import patch

from skill import cli
from skill.assistant import EnvelopeError, answer, create_skill
from skill.services import Network
from skill.settings import IN_MEMORY, Settings
from skill.speaker.alarms import Alarms
from skill.web.app import create_app
from tests.mangled import faults, mangled, mangled_bytes
from tests.odd import SAID

REQUESTS = Path(__file__).resolve().parents[1] / "tests" / "requests"
REPORTS = 10
"""How often the memory is looked at."""

EXPECTED = "the platform refused an answer"
"""What is logged as an error and is none of ours."""


class Overheard(logging.Handler):
    """Remembers what was wrong with the logs: failures, and words of a person."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line, in all that it carries."""
        said = f"{record.getMessage()} {getattr(record, 'fields', '')} {record.exc_info or ''}"
        if SAID in said:
            self.wrong.append("the log quotes the request")
        if record.levelno >= logging.ERROR and EXPECTED not in said:
            self.wrong.append(f"the log has a failure: {said.strip()[-200:]}")


class Doors:
    """The skill behind each of its doors, with nothing kept and nobody on the network."""

    def __init__(self) -> None:
        self._stack, self._log = ExitStack(), Overheard()

    def __enter__(self) -> Self:
        """Open them."""
        alarms = Alarms(lambda: datetime.now(UTC))
        self._stack.enter_context(patch.object(Network, "invoke", lambda _, request: alarms.invoke(request)))
        self._stack.enter_context(patch.dict(os.environ, {"STEADY_LEGS_DATABASE": IN_MEMORY}))
        logging.getLogger("skill").setLevel(logging.INFO)
        logging.getLogger().addHandler(self._log)
        self._stack.callback(logging.getLogger().removeHandler, self._log)
        self._skill = create_skill(Settings(IN_MEMORY))
        self._client = create_app(Settings(IN_MEMORY), unverified=True).test_client()
        self._handler = cli.lambda_handler()
        return self

    def __exit__(self, *error: object) -> None:
        """Close them."""
        self._stack.close()

    def directly(self, envelope: Any) -> list[str]:
        """What is wrong with the answer to an envelope."""
        return self._judged(envelope, lambda: answer(self._skill, envelope))

    def on_lambda(self, envelope: Any) -> list[str]:
        """The same through the entry of Lambda."""
        return self._judged(envelope, lambda: self._handler(envelope, None))

    def over_http(self, body: bytes) -> list[str]:
        """What is wrong with the answer to the body of a request, whatever it is."""
        response = self._client.post("/alexa", data=body)
        wrong = self._heard()
        if response.status_code == 200:
            return [*wrong, *faults(json.loads(body), response.get_json())]
        if response.status_code not in {400, 413}:
            wrong.append(f"the status is {response.status_code}")
        if b"Traceback" in response.data or SAID.encode() in response.data:
            wrong.append("the refusal tells of the inside or quotes the request")
        return wrong

    def _judged(self, envelope: Any, ask: Any) -> list[str]:
        try:
            response = ask()
        except EnvelopeError as error:
            quoted = ["the error quotes the request"] if SAID in str(error) else []
            return [*self._heard(), *faults(envelope, None), *quoted]
        return [*self._heard(), *faults(envelope, response)]

    def _heard(self) -> list[str]:
        wrong, self._log.wrong = self._log.wrong, []
        return wrong


def main(count: int, seed: int) -> None:
    """Print what went wrong, how long answers took, and how much memory is in use along the way."""
    real = [path.read_text(encoding="utf-8") for path in sorted(REQUESTS.rglob("*.json"))]
    random, wrong, slowest = Random(seed), Counter[str](), 0.0
    with Doors() as doors:
        for n in range(count):
            envelope = mangled(random, real)
            start = time.perf_counter()
            found = doors.directly(envelope)
            slowest = max(slowest, time.perf_counter() - start)
            if n % 10 == 0:
                found += doors.over_http(mangled_bytes(random, envelope))
            if n % 10 == 5:
                found += doors.on_lambda(envelope)
            for each in found:
                wrong[each] += 1
                print(f"{n}: {each}", file=sys.stderr)
            if (n + 1) % max(count // REPORTS, 1) == 0:
                took = f"slowest {slowest * 1000:.0f} ms"
                print(f"{n + 1:>8} requests, {memory_mb():6.1f} MB, {took}, wrong {wrong.total()}", flush=True)
    sys.exit(1 if wrong else 0)


def memory_mb() -> float:
    """Memory of this process that is in use, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    main(numbers[0] if numbers else 100_000, numbers[1] if len(numbers) > 1 else 1)
