"""The Flask endpoint. It does not verify requests yet, so it answers this machine alone."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request, send_from_directory
from werkzeug.exceptions import HTTPException, NotFound

from skill.assistant import EnvelopeError, answer, create_skill
from skill.settings import Settings

LARGEST_REQUEST = 256 * 1024
"""Bytes; the platform's own requests are a few thousand."""


def create_app(settings: Settings) -> Flask:
    """The application: `POST /alexa` answers envelopes, `GET /tracks/…` has recordings, `GET /health` says it is up."""
    app = Flask("steady-legs")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    skill = create_skill(settings)

    @app.before_request
    def refuse_strangers() -> tuple[Response, int] | None:
        if _is_this_machine(request.remote_addr):
            return None
        return jsonify(error="requests are not verified yet, so only this machine is answered"), 403

    @app.post("/alexa")
    def alexa() -> Any:
        envelope = request.get_json(force=True)
        return jsonify(answer(skill, envelope))

    @app.get("/tracks/<name>")
    def track(name: str) -> Response:
        if settings.tracks is None:
            raise NotFound("no recordings are set up here")
        return send_from_directory(Path(settings.tracks).resolve(), name)

    @app.get("/health")
    def health() -> Any:
        return jsonify(status="ok")

    @app.errorhandler(EnvelopeError)
    def not_an_envelope(error: EnvelopeError) -> tuple[Response, int]:
        return jsonify(error=str(error)), 400

    @app.errorhandler(RecursionError)
    def too_deep(error: RecursionError) -> tuple[Response, int]:
        return jsonify(error="the JSON is nested too deeply"), 400

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.description), error.code or 500

    return app


def _is_this_machine(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
