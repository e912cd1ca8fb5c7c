"""The page of the local speaker and what belongs to it, for this machine alone."""

from __future__ import annotations

import json
import re
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, send_from_directory

from skill import locales
from skill.speaker.devices import DEVICES
from skill.speech.cache import cache_folder
from skill.web.logs import be_quiet, begin_line
from skill.web.simulator.door import LocalDoor
from skill.web.simulator.home import Home
from skill.web.simulator.words import page_words
from skill.web.strangers import refuse_other_pages, refuse_strangers

HERE = Path(__file__).parent
"""Where the files of the page are."""

ICON = HERE.parents[1] / "packaging" / "images" / "icon.svg"
"""The drawing that our skill goes by."""

OTHER_ICON = HERE / "static" / "speaker.svg"
"""What another skill goes by."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""What the page may do: nothing but with what is served here."""

# Amazon's renderer makes code while it runs, so it runs in a frame that belongs to nobody and reaches nothing.
FRAME_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""What the frame may do that draws screens."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
"""What every answer says beside its policy."""

FOR_EVER = "public, max-age=31536000, immutable"
"""For how long a file is good whose name changes with it."""

_PLACE = re.compile(r"\{\{([a-z_.]+)\}\}")
_OURS = re.compile(r" *<!-- ours -->.*?<!-- /ours -->\n", re.DOTALL)


def add_page(app: Flask, home: Home, *, voice: str = "auto") -> LocalDoor:
    """Have an application show the page at `/` and answer it at `/local`; strangers and other pages are refused."""
    door = LocalDoor(home, voice=voice)
    page = Blueprint("local", __name__)
    page.before_request(partial(begin_line, verified=False))
    page.before_request(be_quiet)
    page.before_request(refuse_strangers)
    page.after_request(_with_headers)
    _add_files(page, home)
    _add_sounds(page, door)
    app.register_blueprint(page)
    return door


def _add_files(page: Blueprint, home: Home) -> None:
    @page.get("/")
    def index() -> Response:
        return Response(_index(home.locales, home.title), mimetype="text/html")

    @page.get("/local/words/<locale>.json")
    def words(locale: str) -> Response:
        words = page_words(locales.find(locale).language, home.title)
        return Response(json.dumps(words), mimetype="application/json")

    @page.get("/local/icon.svg")
    def icon() -> Response:
        drawing = OTHER_ICON if home.other else ICON
        return send_from_directory(drawing.parent, drawing.name)

    @page.get("/local/screen.html")
    def frame() -> Response:
        response = send_from_directory(HERE / "static", "screen.html")
        response.headers["Content-Security-Policy"] = FRAME_POLICY
        return response

    @page.get("/local/static/<path:name>")
    def static(name: str) -> Response:
        return send_from_directory(HERE / "static", name)

    @page.get("/local/vendor/<path:name>")
    def vendor(name: str) -> Response:
        # Licences have names without an ending.
        response = send_from_directory(HERE / "vendor", name, mimetype=None if "." in Path(name).name else "text/plain")
        response.headers["Cache-Control"] = FOR_EVER
        return response


def _add_sounds(page: Blueprint, door: LocalDoor) -> None:
    @page.post("/local")
    def local() -> Response:
        refuse_other_pages()
        return door()

    @page.get("/local/speech/<name>.mp3")
    def speech(name: str) -> Response:
        refuse_other_pages()
        response = door.speech(name)
        response.headers["Cache-Control"] = "no-store"
        return response

    @page.get("/local/tracks/<name>.mp3")
    def track(name: str) -> Response:
        refuse_other_pages()
        response = send_from_directory(cache_folder("tracks"), f"{name}.mp3")
        response.headers["Cache-Control"] = FOR_EVER
        return response


def _with_headers(response: Response) -> Response:
    for name, value in {"Content-Security-Policy": POLICY, **HEADERS}.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


@cache
def _index(tags: tuple[str, ...], title: str | None) -> str:
    """The page with its words in it, and for another skill under its title without what is said of ours alone."""
    language = locales.find(tags[0]).language
    words = page_words(language, title)
    given = {
        "locales": "".join(f'<option value="{escape(tag)}">{escape(tag)}</option>' for tag in tags),
        "devices": "".join(
            f'<option value="{name}">{escape(words["workbench"]["devices"][name])}</option>' for name in DEVICES
        ),
        "emergency": escape(locales.find(tags[0]).numbers.emergency),
        # Another skill may speak a language that the page does not.
        "language": escape(tags[0] if tags[0].startswith(f"{language}-") else language),
    }

    def filled(place: re.Match[str]) -> str:
        if place[1] in given:
            return given[place[1]]
        value: Any = words
        for key in place[1].split("."):
            value = value[key]
        return escape(value)

    text = (HERE / "static" / "index.html").read_text(encoding="utf-8")
    return _PLACE.sub(filled, _OURS.sub("", text) if title else text)
