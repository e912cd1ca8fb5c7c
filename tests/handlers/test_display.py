"""What a request tells of a screen: whether there is one, and what was done on it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from skill.envelope import read_envelope
from skill.handlers.display import EVENT, LONGEST_ID, MOST, MOST_SLOTS, Touch, has_display, touch_of
from skill.screens import SET_OVER
from tests.conftest import request
from tests.screens.device import on_screen


@pytest.mark.parametrize(
    ("newest", "known"),
    [
        *(("1.4", True), ("1.10", True), ("2024.3", True), ("2022.1", True), ("2", True)),
        *(
            ("1.3", False),
            ("1.0", False),
            ("1", False),
            ("", False),
            ("x.y", False),
            ("9" * 5000, True),
            ("1.²", False),
        ),
    ],
)
def test_versions(newest: str, known: bool) -> None:
    """A screen is one for us when it knows documents of our version, whatever it says."""
    envelope = on_screen(request("LaunchRequest/new_session"), newest)
    assert has_display(read_envelope(envelope)) is known


@pytest.mark.parametrize("interface", [None, {}, {"runtime": {}}, {"runtime": None}, {"runtime": 7}, 7, []])
def test_screens_that_tell_nothing(interface: Any) -> None:
    """Of a screen without a version nothing is expected."""
    envelope = on_screen(request("LaunchRequest/new_session"))
    envelope["context"]["System"]["device"]["supportedInterfaces"]["Alexa.Presentation.APL"] = interface
    assert has_display(read_envelope(envelope)) is False
    assert has_display(read_envelope(request("LaunchRequest/new_session"))) is False


def seen(arguments: Any, kind: str = EVENT) -> Touch | None:
    """What a request with these arguments tells."""
    return touch_of(SimpleNamespace(object_type=kind, arguments=arguments))


@pytest.mark.parametrize(
    ("arguments", "touch"),
    [
        ([SET_OVER, "set:1"], Touch(token="set:1", over=True)),  # noqa: S106  # names a set
        ([SET_OVER], Touch(over=True)),
        ([{"intent": "AMAZON.NextIntent"}], Touch("AMAZON.NextIntent")),
        ([{"intent": "A", "slots": {"routine": "short", "x": 7}}, "", 0], Touch("A", {"routine": "short"}, "", done=0)),
        ([{"intent": "A", "slots": []}, "set:1", 17], Touch("A", {}, "set:1", done=17)),
        ([{"intent": "A"}, 7, 3.0], Touch("A", done=3)),
        *(([{"intent": "A"}, "t", odd], Touch("A", {}, "t")) for odd in (-1, True, "3", None, MOST + 1, float("nan"))),
    ],
)
def test_touches(arguments: list[Any], touch: Touch) -> None:
    """What is ours is read, and what makes no sense in it is as if it were missing."""
    assert seen(arguments) == touch


@pytest.mark.parametrize("arguments", [None, [], "set over", 7, {}, [None], ["next"], [{}], [{"intent": 7}], [[]]])
def test_no_touches(arguments: Any) -> None:
    """Anything else is none of ours."""
    assert seen(arguments) is None


def test_other_requests_are_no_touches() -> None:
    """Only the event tells of one."""
    assert touch_of(SimpleNamespace(object_type="LaunchRequest")) is None


def test_little_is_looked_at() -> None:
    """Of many slots the first are read, and of long ids none."""
    slots = {"long": "x" * (LONGEST_ID + 1), **{str(n): "x" for n in range(50)}}
    touch = seen([{"intent": "A", "slots": slots}])
    assert touch is not None
    assert list(touch.slots) == [str(n) for n in range(MOST_SLOTS)]
