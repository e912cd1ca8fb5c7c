"""Time to verify a request, ours beside Amazon's verifier and the bare signature: `python -m bench.verify [CALLS]`.

All take turns on the same request, whose chain is made here. Ratios are of processor time, which other programs on the
machine disturb less. Of the whole application it is the difference between the same request to one that verifies and to
one that does not, which makes sure instead that it is asked by its own machine.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
import warnings
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import certifi
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from bench import amazon
from bench.warm import REQUESTS
from skill.settings import IN_MEMORY, Settings
from skill.web.app import create_app
from skill.web.certificate_url import FOLDER
from skill.web.chain import trusted_roots
from skill.web.verification import Verifier, check_request
from tests.web.authority import URL, Leaf, headers, intermediate, key, leaf, pem, root

BLOCK = 20
"""Calls before the next one takes its turn."""

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000001"

Call = Callable[[], object]


class Times(NamedTuple):
    """What a call took."""

    wall: float
    """Microseconds by the clock."""
    cpu: float
    """Microseconds of processors, in all threads."""


def main(calls: int) -> None:
    """Print a line for each, and how many bare signatures would fit into it."""
    now = datetime.now(UTC)
    body = _request(now)
    with tempfile.TemporaryDirectory() as folder:
        print(f"{f'{len(body)} bytes, {calls} calls each':<36} {'wall us':>9} {'cpu us':>9} {'x bare':>7}")
        bare = 0.0
        for name, times in _taking_turns(_ways(body, now, Path(folder)), calls).items():
            bare = bare or times.cpu
            print(f"{name:<36} {times.wall:>9.1f} {times.cpu:>9.1f} {times.cpu / bare:>7.1f}")
    without, verified = _applications(body, now)
    more = [_cpu(verified) - _cpu(without) for _ in range(calls)]
    print(f"{'verified by the whole application':<36} {'':>9} {median(more[BLOCK:]):>+9.1f}")


def _request(now: datetime) -> bytes:
    """A request of now to this skill."""
    envelope = json.loads((REQUESTS / "CauseIntent" / "in_session.json").read_text(encoding="utf-8"))
    envelope["request"]["timestamp"] = now.isoformat()
    for holder in (envelope["session"], envelope["context"]["System"]):
        holder["application"]["applicationId"] = SKILL_ID
    return json.dumps(envelope).encode()


def _ways(body: bytes, now: datetime, folder: Path) -> dict[str, Call]:
    """What is timed, by name; the bare signature first."""
    chain, signed, envelope = _chain(now), headers(body), json.loads(body)
    signature, public = b64decode(signed["Signature-256"]), key("leaf").public_key()
    # As many roots as there are in production, and that of the chain.
    verifier, forgetful = (
        Verifier([*trusted_roots(), root().certificate], lambda _: chain, lambda: now) for _ in range(2)
    )
    theirs = _amazons(chain, folder)
    text, numbers = body.decode(), count()

    def with_request() -> None:
        verifier.verify(signed, body)
        check_request(envelope, lambda: now, SKILL_ID)

    def with_chain() -> None:
        forgetful.verify(signed | {"SignatureCertChainUrl": f"{FOLDER}{next(numbers)}.pem"}, body)

    return {
        "the bare signature": lambda: public.verify(signature, body, PKCS1v15(), SHA256()),
        "ours, chain known": lambda: verifier.verify(signed, body),
        "ours, and time and skill": with_request,
        "ours, chain fetched and checked": with_chain,
        "Amazon's, chain known": lambda: theirs.verify(signed, text, None),
    }


def _chain(now: datetime) -> bytes:
    middle = intermediate(root())
    return pem(leaf(middle, Leaf(begins=now - timedelta(days=1), ends=now + timedelta(days=1))), middle.certificate)


def _amazons(chain: bytes, folder: Path) -> Any:
    """Amazon's verifier with the chain in its memory and the roots in the file that it takes from the environment."""
    roots = folder / "roots.pem"
    roots.write_bytes(Path(certifi.where()).read_bytes() + pem(root().certificate))
    os.environ["SSL_CERT_FILE"] = str(roots)
    warnings.filterwarnings("ignore", module="ask_sdk_webservice_support")
    made = amazon.verifier().RequestVerifier()
    made._cert_cache[URL] = chain
    return made


def _applications(body: bytes, now: datetime) -> tuple[Call, Call]:
    """The same request through the whole application, without verification and with it."""
    settings = Settings(database=IN_MEMORY, skill_id=SKILL_ID)
    verifier = Verifier([root().certificate], lambda _: _chain(now), lambda: now)
    given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers(body).items()}
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/alexa",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "wsgi.url_scheme": "http",
        **given,
    }

    def through(app: Any) -> Call:
        def call() -> None:
            status: list[str] = []
            answer = app({**environ, "wsgi.input": BytesIO(body)}, lambda line, _: status.append(line))
            assert b"".join(answer)
            assert status == ["200 OK"]

        return call

    without, verified = (
        create_app(settings, unverified=True),
        create_app(settings, verifier=verifier, clock=lambda: now),
    )
    return through(without), through(verified)


def _taking_turns(ways: dict[str, Call], calls: int) -> dict[str, Times]:
    """Medians over blocks of calls, after a block that does not count."""
    blocks: dict[str, list[Times]] = {name: [] for name in ways}
    for call in ways.values():
        _block(call)
    for _ in range(max(1, calls // BLOCK)):
        for name, call in ways.items():
            blocks[name].append(_block(call))
    return {
        name: Times(median(each.wall for each in times), median(each.cpu for each in times))
        for name, times in blocks.items()
    }


def _cpu(call: Call) -> float:
    """Microseconds of the processor that one call takes."""
    start = time.thread_time_ns()
    call()
    return (time.thread_time_ns() - start) / 1000


def _block(call: Call) -> Times:
    # What one leaves behind must not be cleared away at the expense of the next.
    gc.collect()
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    for _ in range(BLOCK):
        call()
    return Times((time.perf_counter_ns() - wall) / BLOCK / 1000, (time.process_time_ns() - cpu) / BLOCK / 1000)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
