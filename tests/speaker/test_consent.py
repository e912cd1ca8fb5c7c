"""Tests of how a device asks for leave, and of what answers it."""

from __future__ import annotations

import pytest

from skill.speaker.alarms import REMINDERS_SCOPE, TIMERS_SCOPE
from skill.speaker.words import normalised
from tests.speaker.small import LANGUAGE

CONSENT = LANGUAGE.consent


@pytest.mark.parametrize(("scope", "things"), [(TIMERS_SCOPE, "timers"), (REMINDERS_SCOPE, "reminders")])
def test_question(scope: str, things: str) -> None:
    """The question names the skill and what it wants; asked again it is shorter."""
    question = CONSENT.ask("steady legs", scope)
    assert "Steady Legs" in question
    assert things in question.split()
    assert "{" not in question
    assert len(CONSENT.again) < len(question)


def test_unknown_permission() -> None:
    """A permission without words of its own is named as it is."""
    assert "alexa::profile:email:read" in CONSENT.ask("steady legs", "alexa::profile:email:read")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes", "ACCEPTED"),
        ("Yes, please!", "ACCEPTED"),
        ("I approve.", "ACCEPTED"),
        ("no", "DENIED"),
        ("No, thanks", "DENIED"),
        ("I don\u2019t approve", "DENIED"),
        ("", "NOT_ANSWERED"),
        ("maybe", "NOT_ANSWERED"),
        ("yes but not today", "NOT_ANSWERED"),
        ("why is my leg numb", "NOT_ANSWERED"),
    ],
)
def test_answers(said: str, answer: str) -> None:
    """Only a plain yes gives leave, and only a plain no refuses it."""
    assert CONSENT.answer(said) == answer


def test_words() -> None:
    """No words give and refuse leave, and all are written as a recogniser prints them."""
    assert not CONSENT.yes & CONSENT.no
    assert all(normalised(" ".join(each)) for each in CONSENT.yes | CONSENT.no)
