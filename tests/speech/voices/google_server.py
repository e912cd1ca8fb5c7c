"""A server on this machine that answers as Google Translate's speech service does, or fails as it can."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request, answered as the server was told."""

    server: GoogleServer

    def do_POST(self) -> None:
        """Note what is asked for, and give the next answer; the last one is given again and again."""
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        ((rpc, parameters, _, _),) = json.loads(body["f.req"][0])[0]
        self.server.asked.append((self.path, rpc, json.loads(parameters)))
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def send(self, status: int, body: str, length: int | None = None) -> None:
        """A whole answer, or one that says it is longer than it is."""
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Nothing is logged."""


class GoogleServer(ThreadingHTTPServer):
    """Answers in order; use it in a with statement."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.asked: list[tuple[str, str, list[Any]]] = []

    def __enter__(self) -> GoogleServer:
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}/"

    @property
    def texts(self) -> list[str]:
        """What was to be spoken so far."""
        return [parameters[0] for _, _, parameters in self.asked]


def spoken(mp3: bytes) -> Answer:
    """The answer with a sound."""
    return lambda handler: handler.send(200, _rpc(json.dumps([base64.b64encode(mp3).decode()])))


def encoded(sound: str) -> Answer:
    """The answer with whatever stands where the encoded sound should."""
    return lambda handler: handler.send(200, _rpc(json.dumps([sound])))


def refused(status: int) -> Answer:
    """An answer with that status and a page for people."""
    return lambda handler: handler.send(status, "<html>Sorry</html>")


def slow(seconds: float) -> Answer:
    """No answer for so long."""
    return lambda handler: time.sleep(seconds)


def breaking_off(handler: Handler) -> None:
    """Half of an answer."""
    handler.send(200, ")]}'", length=1000)


def without_sound(handler: Handler) -> None:
    """An answer to some other question."""
    handler.send(200, ")]}'\n\n" + json.dumps([["di", 43], ["af.httprm", 42, "-1", 12]]))


def with_null(handler: Handler) -> None:
    """The answer for words or a language that Google does not speak."""
    handler.send(200, _rpc(None))


def _rpc(payload: str | None) -> str:
    whole = [["wrb.fr", "jQ1olc", payload, None, None, None, "generic"], ["di", 43], ["af.httprm", 42, "-1", 12]]
    return ")]}'\n\n" + json.dumps(whole, separators=(",", ":")) + "\n"
