"""Coverage-guided fuzzing of the way in: `python -m bench.fuzz [SECONDS]`, where `atheris` is installed as well.

Inputs are bodies of requests, mutated as bytes and as JSON. Each goes through the Flask application and, where it is
JSON at all, through `answer`. The fuzzer ends at the first that fails, and tells what is wrong.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

REQUESTS = Path(__file__).resolve().parents[1] / "tests" / "requests"
LONGEST = 32 * 1024
"""Bytes of a body."""

SLOWEST_S = 8
"""What a person waits for an answer at most."""


def main(seconds: int) -> None:
    """Fuzz for so long."""
    try:
        atheris: Any = import_module("atheris")
    except ImportError:
        sys.exit("atheris is missing: python -m pip install atheris")
    with atheris.instrument_imports(include=["skill"]):
        from bench.hostile import Doors
        from tests.mangled import mangled

    with Doors() as doors, tempfile.TemporaryDirectory() as corpus:

        def mutate(data: bytes, max_size: int, seed: int) -> bytes:
            random = Random(seed)
            if random.random() < 0.5:
                return bytes(atheris.Mutate(data, max_size))
            try:
                return json.dumps(mangled(random, [data.decode()])).encode()[:max_size]
            except (RecursionError, ValueError):
                return bytes(atheris.Mutate(data, max_size))

        def one(data: bytes) -> None:
            wrong = doors.over_http(data)
            try:
                envelope: Any = json.loads(data)
            except (RecursionError, ValueError):
                envelope = None
            wrong += doors.directly(envelope)
            if wrong:
                raise AssertionError(wrong)

        options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST_S}", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], corpus, str(REQUESTS), *options], one, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
