"""Our application behind three servers, under load and while strangers dribble: `python -m bench.servers`.

All have as many threads and take turns with the requests of `bench.load`, which our application verifies. Then, at one
after the other, strangers send a byte of headers or of a body now and then, and come again when they are thrown out,
while somebody else asks on a new connection ten times a second. `seconds` are those of the load on each; MiB are those
of all its processes, pages that they share counted once. What is not installed is left out. Needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path

from flask import Flask

from bench.load import HEAD, THREADS, Tally, all_requests, ours, processor_s, take_turn, write_chain

TURNS = 10
"""How often each has its turn."""

FOLDER = "STEADY_LEGS_BENCH"
"""The variable with the folder of the chain and the records."""

STRANGERS = 40
"""Connections that dribble; more than threads, and fewer than any server's connections."""

DRIBBLE_S = 0.2
"""Seconds between two of their bytes."""

SIEGE_S = 20.0
"""Seconds of dribbling, twice as long as our server lets a request arrive."""

ASKED_S = 0.1
"""Seconds between two who ask."""

SOON_S = 1.0
"""Seconds in which they want to be answered."""

SIEGES = {
    "headers": b"POST /alexa HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
    "bodies": b"POST /alexa HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n",
}
"""How each begins, by what is dribbled next."""


def application() -> Flask:
    """Our application as bench.load has it."""
    return ours(Path(os.environ[FOLDER]))


def _gunicorn(workers: int) -> list[str]:
    return ["gunicorn", "--worker-class=gthread", f"--workers={workers}", f"--threads={THREADS}", "--bind=127.0.0.1:{}"]


SERVERS = {
    "ours, waitress": ["bench.servers", "--serve={}"],
    "gunicorn": [*_gunicorn(1), "bench.servers:application()"],
    "gunicorn, 2 workers": [*_gunicorn(2), "bench.servers:application()"],
    "granian": [
        *("granian", "--interface=wsgi", f"--blocking-threads={THREADS}", "--port={}", "--factory"),
        "bench.servers:application",
    ],
}
"""Modules that serve, with their arguments; braces stand for the port."""

FIRST_PORT = 5981


def main(seconds: float) -> None:
    """Print a line for each server."""
    found = {name: command for name, command in SERVERS.items() if find_spec(command[0])}
    for name in SERVERS.keys() - found.keys():
        print(f"{name} is left out: pip install {SERVERS[name][0]}")
    ports = {name: FIRST_PORT + place for place, name in enumerate(found)}
    tallies = {name: Tally() for name in found}
    requests = all_requests()
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "w") as log:
        write_chain(Path(folder))
        servers: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, command in found.items():
                arguments = [sys.executable, "-m", *(each.format(ports[name]) for each in command)]
                servers[name] = subprocess.Popen(arguments, stdout=log, stderr=log, env=os.environ | {FOLDER: folder})
            for turn in range(-1, TURNS):
                for name, tally in tallies.items():
                    # Before the first turn each gets to know its requests, which is not counted.
                    counted = tally if turn >= 0 else Tally()
                    processes = list(_family(servers[name].pid))
                    counted.processor_s -= sum(map(processor_s, processes))
                    asyncio.run(take_turn(ports[name], requests, seconds / TURNS if turn >= 0 else 1.0, counted))
                    counted.processor_s += sum(map(processor_s, processes))
                    counted.memory.append(sum(map(_memory, _family(servers[name].pid))))
            shares = {
                name: [asyncio.run(_siege(port, requests[0], start)) for start in SIEGES.values()]
                for name, port in ports.items()
            }
        finally:
            for server in servers.values():
                server.terminate()
                server.wait()
    print(f"{'':<20} {HEAD} {'MiB':>6} {' '.join(f'{name:>9}' for name in SIEGES)}   {seconds:g} s")
    for name, tally in tallies.items():
        answered = " ".join(f"{share:>9.0%}" for share in shares[name])
        print(f"{name:<20} {tally.figures()} {tally.memory[-1]:>6.0f} {answered}")


async def _siege(port: int, requests: list[bytes], start: bytes) -> float:
    """The share that is answered soon while strangers dribble."""
    end = time.perf_counter() + SIEGE_S
    strangers = [asyncio.create_task(_dribble(port, start, end)) for _ in range(STRANGERS)]
    await asyncio.sleep(1)
    asked = []
    for request in cycle(requests):
        if time.perf_counter() > end - SOON_S:
            break
        asked.append(asyncio.create_task(_is_answered(port, request)))
        await asyncio.sleep(ASKED_S)
    answered = await asyncio.gather(*asked)
    await asyncio.gather(*strangers)
    # Whatever the server has left to do with these strangers must not trouble it with the next ones.
    await asyncio.sleep(2)
    return sum(answered) / len(answered)


async def _dribble(port: int, start: bytes, end: float) -> None:
    while time.perf_counter() < end:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(start)
            while time.perf_counter() < end and not reader.at_eof():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(DRIBBLE_S)
            writer.close()
        except OSError:
            await asyncio.sleep(DRIBBLE_S)


async def _is_answered(port: int, request: bytes) -> bool:
    async def answer() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request)
            return await reader.readuntil(b"\r\n\r\n")
        finally:
            writer.close()

    try:
        return (await asyncio.wait_for(answer(), SOON_S)).startswith(b"HTTP/1.1 200 ")
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        return False


def _family(process: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield process
    for stat in Path("/proc").glob("[0-9]*/stat"):
        # Others come to their end while they are looked at.
        with suppress(OSError):
            # After the name, in brackets, come the state and the parent.
            if int(stat.read_text().rpartition(")")[2].split()[1]) == process:
                yield from _family(int(stat.parent.name))


def _memory(process: int) -> float:
    """MiB that it has in memory, of shared pages its share."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.servers", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of load on each of them (default: %(default)s)")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        from skill.web.server import Server

        Server(application(), "127.0.0.1", options.serve, THREADS).run()
    else:
        main(options.seconds)
