"""Saving a request as a fixture that the tests take up, with harmless ids and tokens in place of anybody's own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from skill.speaker.envelopes import LOCAL_SKILL, LOCAL_USER, DeviceProfile, Envelope

ROOT = Path(__file__).resolve().parents[3]
"""Where this program lies."""

NO_TOKEN = "no service answers to a local speaker"  # noqa: S105  # it opens nothing
"""Stands where a token was."""

TOKENS = frozenset({"apiAccessToken", "accessToken", "consentToken"})
"""Keys of what opens Amazon's services."""

WHEREABOUTS = (("context", "Geolocation"), ("context", "System", "person"), ("context", "System", "unit"))
"""Where it stands who was speaking, and where; a slot may have the same name."""

_OWN = {
    "applicationId": LOCAL_SKILL,
    "userId": LOCAL_USER,
    "deviceId": DeviceProfile("").device_id,
}
_KINDS = {"skill": LOCAL_SKILL, "account": LOCAL_USER, "device": DeviceProfile("").device_id}
_ID = re.compile(r"amzn1\.(?:ask\.(?P<kind>skill|account|device)|echo-api\.(?P<what>session|request))\.[\w-]+")
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_KIND = re.compile(r"[A-Za-z]\w{0,79}(?:\.\w{1,80}){0,5}", re.ASCII)


class FixtureError(ValueError):
    """A request cannot be saved; the message names what is wrong and the cure."""


def folder_of(root: Path) -> Path | None:
    """The folder of the request fixtures of a checkout; None for what is no checkout."""
    folder = root / "tests" / "requests"
    return folder if folder.is_dir() and (root / "pyproject.toml").is_file() else None


def save(request: Mapping[str, Any], name: str, folder: Path | None) -> Path:
    """Write a request envelope to the fixtures' folder and tell its path; raises FixtureError.

    What is there already stays as it is.
    """
    if folder is None:
        raise FixtureError("fixtures are kept in a checkout, in tests/requests; start the speaker from one")
    if not _NAME.fullmatch(name):
        raise FixtureError(f"name {name[:60]!r}: use up to 60 small letters, digits and _, such as in_session")
    kind = kind_of(request)
    path = folder / kind / f"{name}.json"
    text = json.dumps(harmless(request, f"{kind}/{name}"), indent=2, ensure_ascii=False) + "\n"
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise FixtureError(f"{path} leads out of {folder}; remove the link")
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise FixtureError(f"{kind}/{name}.json is there already; choose another name") from error
    except OSError as error:
        raise FixtureError(f"{path}: {error.strerror}; make it writable") from error
    return path


def kind_of(request: Mapping[str, Any]) -> str:
    """The intent or else the type of a request, as fixtures are sorted; raises FixtureError where it has none."""
    inner = request.get("request")
    kind = inner.get("type") if isinstance(inner, dict) else None
    if kind == "IntentRequest" and isinstance(inner, dict):
        intent = inner.get("intent")
        kind = intent.get("name") if isinstance(intent, dict) else None
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise FixtureError("the request has no type, or no intent, that a folder can be named after; send one that has")
    return kind


def harmless(request: Mapping[str, Any], seed: str) -> Envelope:
    """The envelope with ids and tokens that are nobody's, the same ones for the same seed."""
    cleaned: Envelope = _harmless(request, seed)
    return cleaned


def _harmless(value: Any, seed: str, place: tuple[str, ...] = ()) -> Any:
    if isinstance(value, dict):
        parts = {key: (part, (*place, key)) for key, part in value.items()}
        return {key: _harmless(part, seed, at) for key, (part, at) in parts.items() if at not in WHEREABOUTS}
    if isinstance(value, list):
        return [_harmless(part, seed, place) for part in value]
    if not isinstance(value, str):
        return value
    key = place[-1] if place else ""
    if key in TOKENS:
        return NO_TOKEN
    if key in {"sessionId", "requestId"}:
        return _made_up(key.removesuffix("Id"), seed)
    return _OWN.get(key) or _ID.sub(lambda found: _KINDS.get(found["kind"]) or _made_up(found["what"], seed), value)


def _made_up(what: str, seed: str) -> str:
    return f"amzn1.echo-api.{what}.{uuid5(NAMESPACE_URL, f'{seed}/{what}')}"
