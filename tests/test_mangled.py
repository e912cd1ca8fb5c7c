"""Mangled requests through every door: a fitting answer or a refusal, and danger is found whatever else is odd."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from bench.hostile import Doors
from skill.assistant import answer, create_skill
from skill.settings import IN_MEMORY, Settings
from tests.conftest import REQUESTS, Envelope, checked, request, speech
from tests.handlers.asking import CONTENT, DANGER, ends
from tests.mangled import Way, faults, is_deep, mangled, mangled_bytes, ways_of
from tests.odd import SAID

REAL = [path.read_text(encoding="utf-8") for path in REQUESTS]
SLOT: Way = ("request", "intent", "slots", "symptom")
LIST = {"type": "List", "values": [{"type": "Simple", "value": "my leg is numb"}, {"type": "Simple", "value": DANGER}]}
SHAPES: dict[str, Any] = {
    "value": {"value": DANGER},
    "only_a_simple_value": {"slotValue": {"type": "Simple", "value": DANGER}},
    "null_beside_it": {"value": None, "slotValue": {"type": "Simple", "value": DANGER}},
    "empty_beside_it": {"value": "", "slotValue": {"type": "Simple", "value": DANGER}},
    "wrong_kind_beside_it": {"value": [7], "slotValue": {"type": "Simple", "value": DANGER}},
    "list": {"slotValue": LIST},
    "list_of_lists": {"slotValue": {"type": "List", "values": [LIST]}},
    "newer_kind": {"slotValue": {"type": "Composite", "slots": {"what": {"name": "what", "value": DANGER}}}},
    "newer_kind_in_a_list": {"slotValue": {"type": "List", "values": [None, {"type": "Hummed", "value": [DANGER]}]}},
    "no_kind": {"slotValue": {"value": DANGER}},
}
"""Every way in which the words of a slot may come."""


def dangerous(shape: str) -> Envelope:
    """A request with danger in a slot of a shape."""
    envelope = request("ReportSymptomIntent/danger")
    envelope["request"]["intent"]["slots"]["symptom"] = {"name": "symptom", "confirmationStatus": "NONE"} | SHAPES[
        shape
    ]
    return envelope


def is_urgent(response: Envelope) -> bool:
    """Whether it is urgent advice, also on the card, and the end of the conversation."""
    card = response["response"].get("card", {})
    return bool(card.get("title") == CONTENT.phrases["red_flag.card"][0].text and ends(response))


def test_mangled_requests() -> None:
    """Each is answered by the rules, or refused where it cannot be, and nothing of it stands in the log."""
    random = Random(1)
    with Doors() as doors:
        for _ in range(800):
            envelope = mangled(random, REAL)
            assert doors.directly(envelope) == []


def test_mangled_requests_over_http() -> None:
    """Whatever comes, the status is 200, 400 or 413, and no stack trace."""
    random = Random(2)
    with Doors() as doors:
        for _ in range(250):
            assert doors.over_http(mangled_bytes(random, mangled(random, REAL))) == []


def test_mangled_requests_on_lambda() -> None:
    """The entry of Lambda answers and refuses as we do."""
    random = Random(3)
    with Doors() as doors:
        for _ in range(250):
            assert doors.on_lambda(mangled(random, REAL)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_danger_in_every_shape_of_slot(shape: str) -> None:
    """However the words of a slot come, danger in them is found."""
    response = checked(create_skill(Settings(IN_MEMORY)))(dangerous(shape))
    assert is_urgent(response)
    assert "911" in speech(response)


@pytest.mark.parametrize("shape", SHAPES)
def test_danger_in_mangled_requests(shape: str) -> None:
    """Whatever else is odd, missing or made up, danger in a slot is found."""
    random, skill = Random(shape), create_skill(Settings(IN_MEMORY))
    real = [json.dumps(dangerous(shape))]
    kept = [("request", "type"), ("request", "intent", "name"), ("context", "System")]
    kept += [(*SLOT, *way) for way in ways_of(SHAPES[shape])]
    for _ in range(25):
        envelope = mangled(random, real, kept)
        if is_deep(envelope):
            continue
        response = answer(skill, envelope)
        assert is_urgent(response), json.dumps(envelope)
        assert faults(envelope, response) == []


def test_a_flood_of_slots_takes_no_time_and_hides_nothing() -> None:
    """Hundreds of thousands of characters beside the danger are answered as soon as any other request."""
    skill = create_skill(Settings(IN_MEMORY))
    long = {f"s{n}": {"value": "a b c d " * 1000} for n in range(27)}
    many = {f"s{n}": {"value": SAID} for n in range(9000)}
    for fillers in (long, many):
        envelope = dangerous("value")
        envelope["request"]["intent"]["slots"] = {"symptom": {"value": DANGER}} | fillers
        assert is_urgent(answer(skill, envelope))
