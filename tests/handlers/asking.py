"""Requests in any state of a conversation, a storage to look into, and phrases found in what is said."""

from __future__ import annotations

import copy
import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_core.skill import CustomSkill
from ask_sdk_model import RequestEnvelope

from skill.assistant import create_skill
from skill.content import load
from skill.routine.cues import LATENCY_MS
from skill.routine.plan import Preferences, make_plan
from skill.routine.position import at
from skill.settings import IN_MEMORY, Settings
from tests.conftest import REQUESTS, Ask, Envelope, request, request_id, speech

CONTENT = load("en")
START = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
LEAD_MS = 30_000
DANGER = "my face is drooping and my arm is weak"


class Kept(AbstractPersistenceAdapter):
    """A storage of one record that fails where it is told to."""

    def __init__(self, record: Mapping[str, Any] | None = None, fails: Collection[str] = ()) -> None:
        self.record: dict[str, Any] = dict(record or {})
        self.fails = set(fails)
        self.calls: list[str] = []

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """Read."""
        self._called("read")
        return copy.deepcopy(self.record)

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Write; only what is JSON can be kept."""
        self._called("write")
        self.record = json.loads(json.dumps(attributes))

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Delete."""
        self._called("delete")
        self.record = {}

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if name in self.fails:
            raise PersistenceException(f"storage refuses to {name}")


def introduced(**fields: Any) -> Kept:
    """The storage of somebody who was here before."""
    return Kept({"introduced": True, **fields})


def skill_with(kept: Kept) -> CustomSkill:
    """The whole skill with that storage."""
    skill = create_skill(Settings(database=IN_MEMORY))
    skill.persistence_adapter = kept
    return skill


def asked(
    name: str, state: Mapping[str, Any] | None = None, *, seconds: float = 0, slots: Mapping[str, str] | None = None
) -> Envelope:
    """An intent or a request in a conversation's state; a slot's words may be followed by `=` and the id they mean."""
    known = {path.parent.name: request_id(path) for path in REQUESTS if path.stem in {"in_session", "user_initiated"}}
    envelope = request(known.get(name, f"{name}/new_session"))
    envelope["session"]["attributes"] = dict(state or {})
    moment = START + timedelta(seconds=seconds)
    envelope["request"]["timestamp"] = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if slots is not None:
        envelope["request"]["intent"]["slots"] = {key: _slot(key, value) for key, value in slots.items()}
    return envelope


def _slot(name: str, value: str) -> dict[str, Any]:
    words, _, meaning = value.partition("=")
    slot: dict[str, Any] = {"name": name, "value": words}
    if meaning:
        values = [{"value": {"name": words, "id": meaning}}]
        slot["resolutions"] = {"resolutionsPerAuthority": [{"authority": "a", "values": values}]}
    return slot


def place(routine: str = "full", index: int = 0, count: int = 0, **preferences: Any) -> dict[str, Any]:
    """A place in a routine, as it is stored: a set by its number, and counts done."""
    plan = make_plan(CONTENT, routine, Preferences(**preferences))
    return {**at(plan, index).to_dict(), "count": count}


def counting(position: dict[str, Any], asked_for: str = "next") -> dict[str, Any]:
    """The state in which the set at a place is being counted; its countdown begins LEAD_MS after START."""
    since = int(START.timestamp() * 1000)
    return {"position": position, "counting": [since, LEAD_MS, 0], "asked": asked_for}


def until(count: int, position: dict[str, Any], *, pace_ms: int | None = None) -> float:
    """Seconds after START at which so many counts of the set being counted are surely done."""
    beats: int = len(CONTENT.cues.countdown) + count - position["count"]
    return (LEAD_MS + LATENCY_MS + beats * (pace_ms or CONTENT.exercises[position["exercise"]].pace_ms)) / 1000


RECORD = {
    "version": 1,
    "introduced": True,
    "position": place("full", 2, 4),
    "preferences": {"tempo": 1, "counts": {"leg_swings": 12}, "spoken": "fifth", "ticks": True},
    "playing": None,
    "paused": False,
    "finished": ["2026-11-20"],
    "best": 3,
}
"""Everything that is kept of somebody in the middle of a routine."""


@cache
def states() -> tuple[dict[str, Any], ...]:
    """Every state of a conversation that the request fixtures have, each once."""
    found = (request(request_id(path)).get("session", {}).get("attributes") for path in REQUESTS)
    return tuple({json.dumps(state, sort_keys=True): state for state in found if state is not None}.values())


def talk(ask: Ask, *turns: Envelope) -> list[Envelope]:
    """Play turns one after the other, each with the session attributes that the answer before it gave."""
    responses: list[Envelope] = []
    for envelope in turns:
        if responses:
            envelope["session"]["attributes"] = responses[-1].get("sessionAttributes", {})
        responses.append(ask(envelope))
    return responses


def says(response: Envelope, key: str) -> bool:
    """Whether the speech has one of the variants of a phrase, whatever stands in its placeholders."""
    said = speech(response)
    return any(all(escape(literal.strip()) in said for literal, _ in variant.parts) for variant in CONTENT.phrases[key])


def ends(response: Envelope) -> bool:
    """Whether the answer ends the conversation."""
    ended: bool = response["response"]["shouldEndSession"]
    return ended


def session_of(response: Envelope) -> dict[str, Any]:
    """The session attributes of an answer."""
    attributes: dict[str, Any] = response["sessionAttributes"]
    return attributes
