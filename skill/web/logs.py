"""Logs as a JSON object a line, without anything that a person said or is known by."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

from flask import Response, after_this_request, g, request

log = logging.getLogger(__name__)

_NAME = re.compile(r"[A-Za-z][A-Za-z_.]{0,99}")
"""What a type or an intent is called; anything else that stands in its place could be somebody's words."""

FRAMES = 4
"""The innermost steps to a failure that are logged."""


class JsonLines(logging.Formatter):
    """Records as JSON; of an exception its type and place, as its message can quote a request."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-FRAMES:]
            line["at"] = [f"{frame.filename}:{frame.lineno}" for frame in frames]
        return json.dumps(line)


def log_json(stream: TextIO = sys.stderr) -> None:
    """From now on whatever the process logs is JSON."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("skill").setLevel(logging.INFO)
    # The server's word on each request that has to wait for a thread.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def begin_line(*, verified: bool) -> None:
    """Have the request that Flask is at leave a line once it is answered; only the first call counts."""
    if "line" not in g:
        g.line, g.began = {"verified": verified}, time.perf_counter()
        after_this_request(_end_line)


def be_quiet() -> None:
    """Have the request that Flask is at leave its line only where it fails or is refused."""
    g.quiet = True


def _end_line(response: Response) -> Response:
    if "quiet" in g and response.status_code < 400:
        return response
    fields: dict[str, Any] = {"status": response.status_code, "ms": round((time.perf_counter() - g.began) * 1000, 2)}
    if request.url_rule:
        # The rule and not the path, which could hold anything.
        fields |= {"method": request.method, "path": request.url_rule.rule}
    if "refused" in g.line:
        fields["client"] = request.remote_addr
    log.info("request", extra={"fields": fields | g.line})
    return response


def log_unread(status: int) -> None:
    """Log a request that the server refused before any application saw it."""
    log.info("request", extra={"fields": {"status": status}})


def note_envelope(envelope: Any) -> None:
    """Have the line of this request tell what kind it is."""
    asked = envelope.get("request") if isinstance(envelope, dict) else None
    if isinstance(asked, dict):
        intent = asked.get("intent")
        names = {"type": asked.get("type"), "intent": intent.get("name") if isinstance(intent, dict) else None}
        g.line |= {key: name for key, name in names.items() if isinstance(name, str) and _NAME.fullmatch(name)}


def note_refusal(reason: str) -> None:
    """Have the line of this request tell why it was refused, and to whom."""
    g.line["refused"] = reason
