"""Recordings that are on the shelf without having been made, and the requests of a device that plays them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ask_sdk_core.skill import CustomSkill

from skill.assistant import create_skill
from skill.routine.plan import Plan, Preferences, make_plan
from skill.routine.position import at
from skill.routine.stream import Stream
from skill.settings import IN_MEMORY, Settings
from skill.speech.manifest import MANIFEST, Manifest, Track, manifest_json, read_manifest
from skill.speech.repertoire import repertoire
from skill.speech.script import Script
from tests.conftest import Envelope, request
from tests.handlers.asking import CONTENT, Kept, asked, place

URL = "https://example.org/tracks"
OPENING_MS = 20_041

FULL = make_plan(CONTENT, "full", Preferences())
FULL_SLOT = {"routine": "full=full"}
LAST = len(FULL.sets) - 1


def shelf(folder: Path, *routines: str) -> Settings:
    """Settings with an index of recordings of these routines at any pace, as if they had been rendered."""
    scripts = repertoire(CONTENT, routines=routines or None)
    tracks = {script.key: _track(script) for script in scripts}
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).write_text(manifest_json(Manifest("none", tracks)), encoding="utf-8")
    return Settings(database=IN_MEMORY, tracks=str(folder), tracks_url=URL)


def lengths(settings: Settings) -> Callable[[str], int | None]:
    """How long what stands at an address is, for a device that fetches it."""
    assert settings.tracks is not None
    tracks = read_manifest(Path(settings.tracks) / MANIFEST).tracks.values()
    known = {f"{settings.tracks_url}/{track.file}": track.length_ms for track in tracks}
    return known.get


def _track(script: Script) -> Track:
    sheet = script.sheet
    first_ms = OPENING_MS + sheet.first_ms
    length_ms = OPENING_MS + sheet.length_ms
    file = f"{script.label}-{script.key[:8]}.mp3"
    return Track(script.key, file, length_ms, first_ms, sheet.pace_ms, sheet.counts, sheet.start)


def player_skill(settings: Settings, kept: Kept) -> CustomSkill:
    """The whole skill with those recordings and that storage."""
    skill = create_skill(settings)
    skill.persistence_adapter = kept
    return skill


def stream(index: int, run: str, plan: Plan | None = None) -> Stream:
    """The recording of a set of the full routine, as the device knows it."""
    plan = plan or FULL
    each = plan.sets[index]
    return Stream.of(run, at(plan, index), each, OPENING_MS + len(CONTENT.cues.countdown) * each.pace_ms)


def event(kind: str, of: Stream | None, offset_ms: int = 0) -> Envelope:
    """What a device tells about a recording."""
    envelope = request(f"AudioPlayer.{kind}/no_session")
    token = of.token if of else "token"
    told: dict[str, Any] = {"token": token, "offsetInMilliseconds": offset_ms}
    if kind == "PlaybackFailed":
        state = {**told, "playerActivity": "PLAYING"}
        told = {
            "token": token,
            "currentPlaybackState": state,
            "error": {"type": "MEDIA_ERROR_UNKNOWN", "message": "it broke"},
        }
    else:
        envelope["request"].pop("currentPlaybackState", None)
    envelope["request"].update(told)
    return envelope


def button(name: str, of: Stream | None = None, offset_ms: int = 0) -> Envelope:
    """What a device tells about a button."""
    envelope = request(f"PlaybackController.{name}CommandIssued/no_session")
    return playing(envelope, of, offset_ms) if of else envelope


def said(name: str, of: Stream | None, offset_ms: int = 0, activity: str = "PLAYING", **options: Any) -> Envelope:
    """An intent while a recording plays."""
    return playing(asked(name, **options), of, offset_ms, activity)


def playing(envelope: Envelope, of: Stream | None, offset_ms: int = 0, activity: str = "PLAYING") -> Envelope:
    """A request of a device whose player is in that state."""
    system = envelope["context"]["System"]["device"]
    system["supportedInterfaces"] = {**system.get("supportedInterfaces", {}), "AudioPlayer": {}}
    envelope["context"]["AudioPlayer"] = (
        {"playerActivity": activity, "token": of.token, "offsetInMilliseconds": offset_ms}
        if of
        else {"playerActivity": "IDLE"}
    )
    return envelope


def directives(response: Envelope) -> list[dict[str, Any]]:
    """The directives of an answer."""
    found: list[dict[str, Any]] = response["response"].get("directives", [])
    return found


def played(response: Envelope) -> dict[str, Any]:
    """The stream that an answer plays."""
    (directive,) = directives(response)
    assert directive["type"] == "AudioPlayer.Play"
    item: dict[str, Any] = directive["audioItem"]["stream"]
    return {**item, "behavior": directive["playBehavior"]}


def kept(index: int = 0, count: int = 0, run: str | None = "r", **more: Any) -> Kept:
    """The storage of somebody who is led by recordings at a place of the full routine."""
    return Kept({"introduced": True, "position": place("full", index, count), "playing": run, **more})
