"""The skill behind HTTP, as a Flask application."""

from __future__ import annotations

import json
import logging
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Response, request, send_from_directory
from werkzeug.exceptions import Forbidden, HTTPException, InternalServerError, NotFound
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.middleware.proxy_fix import ProxyFix

from skill.assistant import create_skill
from skill.settings import Settings
from skill.web.chains import Clock
from skill.web.door import Door, Refused
from skill.web.logs import begin_line, note_refusal
from skill.web.verification import Verifier, utc_now

log = logging.getLogger(__name__)

FORWARDING = ("forwarded", "x-forwarded", "x-real-ip", "x-original", "via", "cf-", "true-client-ip", "x-client-ip")
"""What the names of headers begin with that tell of somebody behind a proxy."""


def create_app(
    settings: Settings,
    *,
    unverified: bool = False,
    proxy: bool = False,
    verifier: Verifier | None = None,
    clock: Clock = utc_now,
) -> Flask:
    """The application: `POST /alexa` answers envelopes, `GET /tracks/…` has recordings, `GET /health` says it is up.

    Unverified it answers whatever this very machine asks and nobody else, and only then says why it refuses. Behind a
    proxy the address of a client is the one that this proxy tells. Verified and without a skill id it answers nobody.
    """
    app = Flask("steady-legs", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False
    door = Door(create_skill(settings), None if unverified else verifier or Verifier(), clock)
    app.before_request(partial(begin_line, verified=not unverified))
    if unverified:
        app.before_request(_refuse_strangers)
    if proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]  # as its documentation has it

    app.add_url_rule("/alexa", view_func=door, endpoint="alexa", methods=["POST"])

    @app.get("/tracks/<name>")
    def track(name: str) -> Response:
        if settings.tracks is None:
            raise NotFound("no recordings are set up here")
        return send_from_directory(Path(settings.tracks).resolve(), name)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        response = cast(Response, error.get_response())
        said = HTTP_STATUS_CODES.get(response.status_code, "error").lower()
        if unverified:
            said = error.reason if isinstance(error, Refused) else error.description or said
        response.data = json.dumps({"error": said})
        response.content_type = "application/json"
        return response

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        log.error("failed", exc_info=error)
        return refused(InternalServerError())

    return app


def _refuse_strangers() -> None:
    """Raise Forbidden for anybody who is or may be elsewhere."""
    # A stranger's page in a browser here says where it comes from, or calls this machine by a name of its own.
    places = [request.remote_addr, _host(f"//{request.host}"), *map(_host, request.headers.getlist("Origin"))]
    forwarded = any(name.lower().startswith(FORWARDING) for name, _ in request.headers)
    if forwarded or not all(map(is_this_machine, places)):
        note_refusal("not from this machine")
        raise Forbidden("requests are not verified, so only this machine is answered, and no proxy")


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def is_this_machine(address: str | None) -> bool:
    """Whether that is a loopback address, or the name for it."""
    try:
        return address == "localhost" or ip_address(address or "").is_loopback
    except ValueError:
        return False
