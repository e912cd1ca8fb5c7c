"""Load of 64 connections on our server, and on flask-ask-sdk's hello on the same server: `python -m bench.load`.

They take turns with the same envelopes of 64 people. Ours verifies each request, by a chain made here, and keeps where
each person is; hello does neither, and once more it verifies by the verifier of Amazon, which had to be mended.
`--seconds` is for each of them. `cpu ms` is what a request takes of processors, which says more than requests a second
where other work goes on; memory is after the first turn and after the last one. Needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from flask import Flask

from bench import amazon
from bench.warm import CASES, REQUESTS
from tests.web import authority

CONNECTIONS = 64
"""Clients that ask again as soon as they are answered."""

TURNS = 5
"""How often each has its turn."""

THREADS = 8
"""Of the server, as `steady-legs serve` has them."""

PORTS = {"hello": 5971, "hello, verified": 5972, "ours": 5973}
"""Where they are."""


@dataclass(slots=True)
class Tally:
    """What came of a load."""

    times: list[float] = field(default_factory=list)
    """Seconds until each answer."""
    errors: int = 0
    """Answers other than 200, and connections that were lost."""
    seconds: float = 0.0
    """How long it took."""
    processor_s: float = 0.0
    """Processor time of the server."""
    memory: list[float] = field(default_factory=list)
    """MiB of the process after each turn."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def figures(self) -> str:
        """The columns that HEAD names."""
        p50, p99 = median(self.times) * 1000, quantiles(self.times, n=100)[98] * 1000
        cpu = self.processor_s / len(self.times) * 1000
        return f"{self.rate:>8.0f} {p50:>8.1f} {p99:>8.1f} {cpu:>8.2f} {self.errors:>8}"


HEAD = f"{'req/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'cpu ms':>8} {'errors':>8}"
"""What a tally tells of a load."""


def main(seconds: float) -> None:
    """Print requests a second, times, errors and memory."""
    tallies = {name: Tally() for name in PORTS}
    requests = all_requests()
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "w") as log:
        write_chain(Path(folder))
        command = [sys.executable, "-m", "bench.load", "--folder", folder, "--serve"]
        servers = {name: subprocess.Popen([*command, name], stderr=log) for name in PORTS}
        try:
            for turn in range(-1, TURNS):
                for name, tally in tallies.items():
                    # Before the first turn each gets to know its requests, which is not counted.
                    counted = tally if turn >= 0 else Tally()
                    process = servers[name].pid
                    counted.processor_s -= processor_s(process)
                    asyncio.run(take_turn(PORTS[name], requests, seconds / TURNS if turn >= 0 else 1.0, counted))
                    counted.processor_s += processor_s(process)
                    counted.memory.append(_memory(process))
        finally:
            for server in servers.values():
                server.terminate()
                server.wait()
    print(f"{'':<16} {HEAD} {'MiB':>12}   {seconds:g} s")
    for name, tally in tallies.items():
        print(f"{name:<16} {tally.figures()} {f'{tally.memory[0]:.0f} to {tally.memory[-1]:.0f}':>12}")
    hello, verified, own = (tally.rate for tally in tallies.values())
    print(f"ours to hello: {own / hello:.2f}, to hello, verified: {own / verified:.2f}")


def write_chain(folder: Path) -> None:
    """Have a chain and the root that it leads to in a folder."""
    (folder / "root.pem").write_bytes(authority.pem(authority.root().certificate))
    (folder / "chain.pem").write_bytes(authority.good())


def all_requests() -> list[list[bytes]]:
    """What each connection sends in turn, signed."""
    return [[_request(body) for body in _bodies(number)] for number in range(CONNECTIONS)]


def _bodies(number: int) -> list[bytes]:
    """The envelopes of one of many people, as of the time at which the server's clock stands."""
    bodies = []
    for file in CASES.values():
        envelope = json.loads((REQUESTS / file).read_text(encoding="utf-8"))
        envelope["request"]["timestamp"] = authority.NOW.isoformat()
        for holder in (envelope["context"]["System"], envelope["session"]):
            holder["user"]["userId"] = f"amzn1.ask.account.{number}"
        bodies.append(json.dumps(envelope).encode())
    return bodies[number % len(bodies) :] + bodies[: number % len(bodies)]


def _request(body: bytes) -> bytes:
    headers = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **authority.headers(body)}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /alexa HTTP/1.1\r\n{lines}\r\n".encode() + body


async def take_turn(port: int, requests: list[list[bytes]], seconds: float, tally: Tally) -> None:
    """Ask for so long, as soon as something answers at the port; raises SystemExit if nothing does."""
    await _up(port)
    begin = time.perf_counter()
    await asyncio.gather(*(_client(port, own, begin + seconds, tally) for own in requests))
    tally.seconds += time.perf_counter() - begin


async def _up(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise SystemExit(f"nothing answers at port {port}")


async def _client(port: int, requests: list[bytes], end: float, tally: Tally) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in cycle(requests):
        start = time.perf_counter()
        if start >= end:
            break
        writer.write(request)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]))
        except (OSError, asyncio.IncompleteReadError):
            tally.errors += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        tally.errors += not head.startswith(b"HTTP/1.1 200 ")
        tally.times.append(time.perf_counter() - start)
    writer.close()


def _memory(process: int) -> float:
    """MiB that it has in memory."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def processor_s(process: int) -> float:
    """Seconds of processor time that it has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _serve(name: str, folder: Path) -> None:
    from skill.web.server import Server

    app = ours(folder) if name == "ours" else _hello(folder if name.endswith("verified") else None)
    Server(app, "127.0.0.1", PORTS[name], THREADS).run()


def ours(folder: Path) -> Flask:
    """Our application, which believes the chain in a folder and keeps its records there."""
    from cryptography.x509 import load_pem_x509_certificates

    from skill.settings import Settings
    from skill.web.app import create_app
    from skill.web.logs import log_json
    from skill.web.verification import Verifier

    log_json()
    skill_id = json.loads(_bodies(0)[0])["context"]["System"]["application"]["applicationId"]
    roots = load_pem_x509_certificates((folder / "root.pem").read_bytes())
    chain = (folder / "chain.pem").read_bytes()
    verifier = Verifier(roots, lambda _: chain, _now)
    return create_app(Settings(str(folder / "bench.sqlite3"), skill_id=skill_id), verifier=verifier, clock=_now)


def _now() -> datetime:
    return authority.NOW


def _hello(folder: Path | None) -> Any:
    """Verified by the root and the chain in a folder, if there is one."""
    if folder:
        os.environ["SSL_CERT_FILE"] = str(folder / "root.pem")
        warnings.filterwarnings("ignore", module="ask_sdk_webservice_support")
        amazon.verifier()
    from bench import hello
    from skill.web.adapter import SkillAdapter

    app = Flask("hello")
    app.config |= {"ASK_SDK_VERIFY_SIGNATURE": folder is not None, "ASK_SDK_VERIFY_TIMESTAMP": False}
    adapter = SkillAdapter(hello.builder.create(), "hello", app=app)
    adapter.register(app, "/alexa")
    if folder:
        adapter._webservice_handler._verifiers[0]._cert_cache[authority.URL] = (folder / "chain.pem").read_bytes()
    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of load on each of them (default: %(default)s)")
    parser.add_argument("--serve", choices=sorted(PORTS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        _serve(options.serve, options.folder)
    else:
        main(options.seconds)
