"""Layouts: on every device all of a screen is there, whole, large enough, and nothing lies on anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from math import hypot
from typing import TYPE_CHECKING, Any

import pytest

from skill.content import load
from skill.locales import find
from skill.routine import position as places
from skill.routine.plan import Preferences, make_plan
from skill.screens.library import library
from skill.screens.picture import Painter, Picture
from skill.screens.scene import Bath, Held
from skill.speaker.devices import DEVICES
from skill.speaker.screen import Screen
from tests.browser.projector import Box, Drawn, Projector
from tests.screens.samples import pictures

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCREENS = {name: screen for name, screen in DEVICES.items() if screen} | {"upright": Screen(1080, 1920)}
"""Every device, and one that hangs upright."""

READ = 20
"""How many of the letters one reads may stand above each other on a screen; from three metres no more can be read."""

GLANCED = 25
"""How many of those that one looks at when one is near."""

EDGE = 1.5
"""Pixels by which a letter may seem to be over an edge, as sizes are rounded."""

HALF, TAIL, TAILS = 0.36, 0.62, frozenset("gjpqy,;()/")
"""How far from the middle of their line letters reach, in sizes of Noto Sans; and those that reach further down."""

CONTENT = load("en")


def samples() -> dict[str, Picture]:
    """All pictures that are sent, and those with the most to show that no request asks for."""
    painter = Painter(CONTENT, library("en"), find("en-US").numbers)
    plan = make_plan(CONTENT, "full", Preferences(counts={"full.leg_swings": 100}))
    hundred = painter.picture(Held(plan, replace(places.first(plan), count=100)))
    return {**pictures(), "bath": painter.picture(Bath(10, "foot_bath")), "hundred": hundred}


@pytest.fixture(scope="module", params=SCREENS)
def projector(request: pytest.FixtureRequest, chromium: Browser, speaker: str) -> Iterator[Projector]:
    """A device."""
    with Projector.of(chromium, speaker, SCREENS[request.param]) as device:
        yield device


def test_layouts(projector: Projector) -> None:
    """No fault in any picture, and the renderer has nothing to say either."""
    faults = [f"{name}: {fault}" for name, picture in samples().items() for fault in faults_of(projector, picture)]
    assert faults == []
    assert projector.warnings == []


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"title": "word " * 60}, "is not there"),
        ({"care": "word " * 30, "scale": 1}, "is not there"),
        ({"minutes": 10_000_000_000}, "is cut off"),
    ],
)
def test_faults_are_found(projector: Projector, told: dict[str, Any], fault: str) -> None:
    """Words that there is no room for are missed, and those that stick out are seen."""
    picture = samples()["bath"]
    source = picture.datasources["bath"]
    doctored = replace(picture, datasources={"bath": {**source, "properties": {**source["properties"], **told}}})
    assert any(fault in each for each in faults_of(projector, doctored))
    projector.warnings.clear()


def faults_of(projector: Projector, picture: Picture) -> Iterator[str]:
    """What is wrong with the layout of a picture on a device."""
    screen, drawn, graphics = projector.screen, projector.show(picture), projector.graphics()
    ((name, source),) = picture.datasources.items()
    told, is_round = source["properties"], screen.shape == "ROUND"
    if name == "menu" and is_round:
        # A list goes on below the edge, at which no line may be cut.
        drawn = [each for each in drawn if boxes(each)[0][1] < screen.height]
    seen = {each.text for each in drawn}
    yield from (f"{each!r} is not there" for each in must_be_seen(name, told, is_round=is_round) if each not in seen)
    yield from small(drawn, screen, must_be_read(name, told))
    yield from cut_off(drawn, graphics, screen)
    yield from overlapping(drawn, graphics)


def small(drawn: list[Drawn], screen: Screen, read: list[str]) -> Iterator[str]:
    """Texts whose letters are too small."""
    for each in drawn:
        least = min(screen.width, screen.height) / (READ if each.text in read else GLANCED)
        if each.size < least:
            yield f"{each.text!r} has letters of {each.size:.0f} pixels, not {least:.0f}"


def cut_off(drawn: list[Drawn], graphics: list[Box], screen: Screen) -> Iterator[str]:
    """What is not within the screen, or not within the room that was made for it."""
    for each in drawn:
        if not all(is_inside(box, each.clip, screen) for box in boxes(each)):
            yield f"{each.text!r} is cut off"
    for graphic in graphics:
        if not is_inside(graphic, (0, 0, screen.width, screen.height), screen):
            yield f"what is drawn at {graphic} is cut off"


def overlapping(drawn: list[Drawn], graphics: list[Box]) -> Iterator[str]:
    """Texts that lie on one another, or on a drawing."""
    for one, other in combinations(drawn, 2):
        if any(overlap(box, another) for box in boxes(one) for another in boxes(other)):
            yield f"{one.text!r} lies on {other.text!r}"
    for each in drawn:
        if any(overlap(box, graphic) for box in boxes(each) for graphic in graphics):
            yield f"{each.text!r} lies on a drawing"


def must_be_read(name: str, told: dict[str, Any]) -> list[str]:
    """What somebody reads from across the room."""
    texts = {
        "menu": ["title"],
        "answer": ["title"],
        "routine": ["title", "side", "start"],
        "urgent": ["title", "number"],
        "bath": ["title", "care"],
    }
    more = told["pages"][:1] if name == "answer" else []
    return [*(str(told[each]) for each in texts[name] if told[each] != ""), *more]


def must_be_seen(name: str, told: dict[str, Any], *, is_round: bool) -> list[str]:
    """What has to be on a screen; a round one has room for less."""
    texts = {
        "menu": ["hint", "note"],
        "answer": ["source"],
        "routine": ["progress"],
        "urgent": [],
        "bath": [],
    }
    also = {"routine": ["next"], "urgent": ["text"]}
    more = [*also.get(name, []), *([] if is_round else texts[name])]
    labels = [each["label"] for each in told.get("buttons", [])]
    room = {"menu": 3, "bath": 1}.get(name, 2)
    return [
        *must_be_read(name, told),
        *(told[each] for each in more if told[each]),
        *(labels[:room] if is_round else labels),
    ]


def boxes(drawn: Drawn) -> list[Box]:
    """Where its letters are, line by line: from the top of a capital to its foot, or to the end of a tail."""
    over, under = drawn.size * HALF, drawn.size * (TAIL if TAILS & {*drawn.text} else HALF)
    return [
        (left, (top + bottom) / 2 - over, right, (top + bottom) / 2 + under) for left, top, right, bottom in drawn.lines
    ]


def is_inside(box: Box, clip: Box, screen: Screen) -> bool:
    """Whether all of it can be seen."""
    left, top, right, bottom = box
    if left < clip[0] - EDGE or top < clip[1] - EDGE or right > clip[2] + EDGE or bottom > clip[3] + EDGE:
        return False
    if screen.shape != "ROUND":
        return True
    middle = screen.width / 2
    reach = max(abs(left - middle), abs(right - middle)), max(abs(top - middle), abs(bottom - middle))
    return hypot(*reach) <= middle + EDGE


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > EDGE and down > EDGE
