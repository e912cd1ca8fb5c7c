"""The skill behind HTTP, as a Flask application."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response, send_from_directory
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.middleware.proxy_fix import ProxyFix

from skill.assistant import answer, create_skill
from skill.settings import Settings
from skill.web.chains import Clock
from skill.web.door import Door, Refused
from skill.web.logs import begin_line
from skill.web.strangers import refuse_strangers
from skill.web.verification import Verifier, utc_now

if TYPE_CHECKING:
    from skill.web.simulator.home import Home

log = logging.getLogger(__name__)


def create_app(
    settings: Settings,
    *,
    unverified: bool = False,
    proxy: bool = False,
    verifier: Verifier | None = None,
    clock: Clock = utc_now,
    home: Home | None = None,
) -> Flask:
    """The application: `POST /alexa` answers envelopes, `GET /tracks/…` has recordings, `GET /health` says it is up.

    With a home, `GET /` is the page of the local speaker, which only this very machine is shown, and the skill is that
    of the home.
    Unverified it answers whatever this very machine asks and nobody else, and only then says why it refuses. Behind a
    proxy the address of a client is the one that this proxy tells. Verified and without a skill id it answers nobody.
    """
    app = Flask("steady-legs", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False
    skill_id = home.skill_id(settings) if home else settings.skill_id
    door = Door(_answering(settings, home), skill_id, None if unverified else verifier or Verifier(), clock)
    app.before_request(partial(begin_line, verified=not unverified))
    if unverified:
        app.before_request(refuse_strangers)
    if proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]  # as its documentation has it

    if home is not None:
        from skill.web.simulator.page import add_page

        add_page(app, home)
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


def _answering(settings: Settings, home: Home | None) -> Callable[[Any], Any]:
    """What answers: another skill where one is at home there, else ours."""
    if home is not None and home.other:
        return home.other.skill.answer
    skill = create_skill(settings)
    return lambda envelope: answer(skill, envelope)
