"""Pictures: what each scene shows, and that a set is spoken, counted and told of in that order."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from skill.content import load
from skill.locales import find
from skill.routine import position as places
from skill.routine.cues import cue_sheet
from skill.routine.plan import Preferences, make_plan
from skill.screens import SET_OVER
from skill.screens.library import library
from skill.screens.picture import DWELL, FIRST_BEAT_MS, Painter, Picture
from skill.screens.scene import Answer, Bath, Held, Leading, Menu, Scene, Urgent

CONTENT, LIBRARY = load("en"), library("en")
FULL = make_plan(CONTENT, "full", Preferences())
ANSWER = Answer("crossing your legs", "One sentence. Another.", 6000, ("NHS", "Patient", "Mayo"), None, ("yes", "no"))


def leading(index: int = 0, done: int = 0) -> Leading:
    """A set of the full routine."""
    place = replace(places.at(FULL, index), count=done)
    sheet = cue_sheet(CONTENT, FULL.sets[index], done)
    return Leading(FULL, place, sheet, "<speak>Now.</speak>", 5000, "<speak>one</speak>", "set:1f")


SCENES: tuple[Scene, ...] = (
    Menu(LIBRARY.words.menu),
    ANSWER,
    replace(ANSWER, drawing="foot_bath"),
    leading(),
    Held(FULL, places.first(FULL)),
    Urgent("911", "Call."),
    Bath(10, "foot_bath"),
)


def drawn(scene: Scene, locale: str = "en-US") -> Picture:
    """The picture of a scene."""
    return Painter(CONTENT, LIBRARY, find(locale).numbers).picture(scene)


def told(scene: Scene, locale: str = "en-US") -> dict[str, Any]:
    """What a picture tells."""
    ((name, source),) = drawn(scene, locale).datasources.items()
    assert source["objectId"] == name
    properties: dict[str, Any] = source["properties"]
    return properties


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: type(scene).__name__)
def test_documents_use_what_they_are_told(scene: Scene) -> None:
    """A document finds all that it asks for, and asks for all that it is told."""
    picture = drawn(scene)
    ((name, source),) = picture.datasources.items()
    text = json.dumps({**picture.document, "graphics": {}})
    assert f"${{payload.{name}.properties}}" in text
    asked = set(re.findall(r"\bit\.(\w+)", text))
    spoken = {each["outputName"]: each["inputPath"] for each in source.get("transformers", ())}
    given = {*source["properties"]}
    speeches = {"opening_speech", "counts_speech"} if name == "routine" else set()
    assert asked - speeches == given - {"opening_ssml", "counts_ssml"}
    assert set(spoken) <= speeches
    assert set(spoken.values()) <= given
    assert ("drawing" in picture.document.get("graphics", {})) == ('"source": "drawing"' in text and _draws(scene))


def _draws(scene: Scene) -> bool:
    return not isinstance(scene, Answer) or scene.drawing is not None


def test_nothing_is_changed_in_the_library() -> None:
    """A drawing beside one answer is not beside the next."""
    drawn(replace(ANSWER, drawing="foot_bath"))
    drawn(leading())
    assert "graphics" not in LIBRARY.documents["answer"]
    assert set(LIBRARY.documents["routine"]["graphics"]) == {"bar"}


@pytest.mark.parametrize(
    ("locale", "number"), [("en-US", "911"), ("en-GB", "999"), ("xx", "your local emergency number")]
)
def test_menu(locale: str, number: str) -> None:
    """The first screen says what this is not, and whom to call instead."""
    menu = told(Menu(("short", "causes")), locale)
    assert menu["note"].endswith(f"call {number}.")
    touch = {"intent": "StartRoutineIntent", "slots": {"routine": "short"}}
    assert menu["buttons"][0] == {"label": "Start the short routine", "letters": 23, "touch": touch}


def test_answer() -> None:
    """An answer has a heading, its first two publishers, and pages that turn while it is read."""
    answer = told(ANSWER)
    assert answer["title"] == "Crossing your legs"
    assert answer["source"] == "Source: NHS, Patient"
    assert (answer["pages"], answer["page_ms"]) == (["One sentence. Another."], 6000)
    longer = told(replace(ANSWER, text="x" * 150 + ". " + "y" * 150 + ".", publishers=(), title=""))
    assert (len(longer["pages"]), longer["page_ms"], longer["source"]) == (2, 3000, "")
    assert longer["title"] == LIBRARY.words.name


def test_nothing_unreadable_is_in_an_answer() -> None:
    """Addresses are on the card alone, no number is torn apart, and as many publishers are named as fit in a line."""
    long = ("National Institute for Health and Care Excellence", "NHS")
    text = "NHS: Feet. https://nhs.uk/feet.\nPatient: http://patient.info\nCall 13 11 26 or 1-800-222-1222."
    answer = told(replace(ANSWER, text=text, publishers=long))
    (page,) = answer["pages"]
    assert "http" not in page
    assert "13\u00a011\u00a026 or 1\u2011800\u2011222\u20111222" in page
    assert answer["source"] == ""
    assert told(replace(ANSWER, publishers=("NHS", long[0])))["source"] == "Source: NHS"


@pytest.mark.parametrize("key", sorted(CONTENT.remedies))
def test_drawings_move_at_their_pace(key: str) -> None:
    """Beside its answer, an exercise is drawn at the pace of its count."""
    answer = told(replace(ANSWER, drawing=key))
    counting = CONTENT.remedies[key].counting
    assert answer["drawn"] is True
    assert answer["pace_ms"] == (counting.pace_ms if counting else 4000)


def test_a_set_is_spoken_and_counted() -> None:
    """First its opening, then the counts with the count moving; in the end it is still and tells which set it was."""
    scene = leading(0, 5)
    picture = drawn(scene)
    (lead,) = picture.commands
    opening, counted, over = lead["commands"]
    assert lead["screenLock"] is True
    assert (opening["type"], opening["componentId"]) == ("SpeakItem", "title")
    assert [each["type"] for each in counted["commands"]] == ["SetValue", "SpeakItem"]
    assert counted["commands"][0] == {
        "type": "SetValue",
        "componentId": "root",
        "property": "began",
        "value": f"${{elapsedTime + {FIRST_BEAT_MS}}}",
    }
    assert counted["commands"][1]["componentId"] == "count"
    assert counted["commands"][1]["minimumDwellTime"] == scene.sheet.length_ms * DWELL // 100
    assert over == {"type": "SendEvent", "arguments": [SET_OVER, "set:1f"]}
    assert [(each["property"], each["value"]) for each in lead["finally"]] == [("held", True)]
    assert picture.token == scene.token
    (source,) = picture.datasources.values()
    assert [each["transformer"] for each in source["transformers"]] == ["ssmlToSpeech"] * 2
    assert (source["properties"]["start"], source["properties"]["first_ms"]) == (5, scene.sheet.first_ms)


def test_what_stands_around_the_count() -> None:
    """Exercise, side, round, what comes next, and how far the routine is."""
    seen = [told(leading(index)) for index in range(len(FULL.sets))]
    assert [each["progress"] for each in seen] == [f"Set {n} of {len(seen)}" for n in range(1, len(seen) + 1)]
    first, second = seen[:2]
    assert (first["title"], first["side"], first["of"]) == ("Leg swings", "The left leg", "of 80")
    assert first["next"] == "Next: the right leg"
    assert second["next"] == "Next: knee rotations"
    assert (first["flip"], second["flip"]) == (1, -1)
    rounds = [each for each in seen if each["title"] == "Calf massage"]
    assert rounds[0]["side"] == "The left leg, round 1 of 5"
    assert rounds[1]["next"] == "Next: the left leg, round 2 of 5"
    assert seen[-1]["next"] == LIBRARY.words.routine.last


def test_held() -> None:
    """A routine that stands still shows what is done, and speaks nothing."""
    picture = drawn(Held(FULL, replace(places.first(FULL), count=23)))
    (source,) = picture.datasources.values()
    assert source["properties"]["start"] == 23
    assert source["properties"]["live"] is False
    assert "transformers" not in source
    assert picture.commands == ()


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("911", "911"),
        ("112 or 999", "112 or 999"),
        ("Samaritans on 116 123", "116 123"),
        ("Poison Help on 1-800-222-1222", "1-800-222-1222"),
        ("NHS 111", "111"),
        ("your local emergency number", "your local emergency number"),
    ],
)
def test_numbers_to_call(number: str, seen: str) -> None:
    """A number stands alone and large; where there are two or none, all the words do."""
    urgent = told(Urgent(number, "Call now."))
    assert (urgent["title"], urgent["number"]) == (LIBRARY.words.urgent.call, seen)
    assert urgent["number_letters"] == len(seen)


def test_nobody_to_call() -> None:
    """Where nobody is to be called at once, no number stands there."""
    urgent = told(Urgent(None, "See somebody, and call 911 if it gets worse."))
    assert (urgent["title"], urgent["number"]) == (LIBRARY.words.urgent.today, "")


def test_bath() -> None:
    """The time that is left, and what to do sooner and in the end."""
    bath = told(Bath(10, "foot_bath"))
    assert (bath["title"], bath["minutes"]) == ("Warm foot bath", 10)
    assert bath["care"] in CONTENT.phrases["timer.set"][0].text
    assert bath["over"] == CONTENT.phrases["timer.announced"][0].text
