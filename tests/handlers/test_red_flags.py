"""Danger: heard in every state and in every slot, answered first, and followed by nothing that could harm."""

from __future__ import annotations

import re
from typing import Any

import pytest

from skill.content import Tier
from skill.handlers.answers import NO, YES
from skill.locales import find
from skill.triage.finding import Finding
from tests.conftest import REQUESTS, checked, request, request_id, speech
from tests.handlers.asking import (
    CONTENT,
    DANGER,
    Kept,
    asked,
    counting,
    ends,
    place,
    says,
    session_of,
    skill_with,
    states,
    talk,
    until,
)

QUESTIONS = ({"asked": name} for name in sorted({*YES, *NO, "start:short", "start:foot_bath", "count:leg_swings", ""}))

SLOTTED = [
    path
    for path in REQUESTS
    if path.parent.name.endswith("Intent")
    and "/empty_slot" not in str(path)
    and '"slots"' in (envelope := path.read_text("utf-8"))
    and ('"illness"' not in envelope or "NO_MATCH" in envelope)
]
"""Requests with a filled slot; the name of an illness that is asked about is left out."""
URGENT = (Tier.EMERGENCY_NOW, Tier.SAME_DAY)
TIERS = [(category, tier) for category in CONTENT.red_flags for tier in Tier]


def first_sentence(response: dict[str, Any]) -> str:
    """What is said up to the first full stop, without markup."""
    return re.sub(r"<[^>]+>", "", speech(response)).split(". ")[0]


@pytest.mark.parametrize("state", [*states(), *QUESTIONS], ids=str)
def test_danger_in_every_state(state: dict[str, Any]) -> None:
    """Wherever the conversation is, the number comes in the first sentence and the routine is over."""
    kept = Kept({"introduced": True, "position": place("full", 1, 3)})
    response = checked(skill_with(kept))(asked("ReportSymptomIntent", state, seconds=60, slots={"symptom": DANGER}))
    assert "911" in first_sentence(response)
    assert ends(response)
    assert session_of(response) == {}
    assert kept.record["position"] is None


@pytest.mark.parametrize("path", SLOTTED, ids=request_id)
def test_danger_in_every_slot(path: Any) -> None:
    """Danger in any slot of any intent is heard, beside whatever the slot resolved to."""
    for name in request(request_id(path))["request"]["intent"]["slots"]:
        envelope = request(request_id(path))
        envelope["request"]["intent"]["slots"][name]["value"] = DANGER
        response = checked(skill_with(Kept()))(envelope)
        numbers = find(envelope["request"]["locale"]).numbers
        assert numbers.emergency in first_sentence(response) or numbers.crisis_line in first_sentence(response)
        assert ends(response)


@pytest.mark.parametrize("category", sorted(CONTENT.red_flags))
def test_illness_asked_about_is_no_danger(category: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of an illness is answered with its signs, whatever triage would make of the name alone."""
    monkeypatch.setattr(
        "skill.triage.detector.detect", lambda text, locale, **_: Finding("cardiac", Tier.EMERGENCY_NOW)
    )
    response = checked(skill_with(Kept()))(request(f"SignsIntent/{category}"))
    assert CONTENT.red_flags[category].signs.say.parts[0][0] in speech(response)
    assert response["response"]["card"]["title"] == CONTENT.red_flags[category].name
    assert not ends(response)


@pytest.mark.parametrize("slots", [{"illness": DANGER}, {"illness": f"{DANGER}=budgerigar"}], ids=["none", "unknown"])
def test_unknown_illness_is_searched_for_danger(slots: dict[str, str]) -> None:
    """Words that name no illness we know may be a report."""
    response = checked(skill_with(Kept()))(asked("SignsIntent", slots=slots))
    assert "911" in first_sentence(response)
    assert ends(response)


def test_only_the_illness_is_not_searched() -> None:
    """A known category in any other slot leaves the words in it to be searched."""
    response = checked(skill_with(Kept()))(asked("CauseIntent", slots={"cause": f"{DANGER}=stroke_tia"}))
    assert "911" in first_sentence(response)
    assert ends(response)


def test_the_worst_counts() -> None:
    """Of several dangers the most urgent is answered."""
    slots = {"red_flag": "a swollen calf=dvt", "person": DANGER}
    for given in (slots, dict(reversed(slots.items()))):
        response = checked(skill_with(Kept()))(asked("RedFlagIntent", slots=given))
        assert "stroke" in speech(response)


@pytest.mark.parametrize(("category", "tier"), TIERS)
def test_every_tier(category: str, tier: Tier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Advice is never less urgent than what was found, and urgent advice ends routine and conversation."""
    monkeypatch.setattr("skill.triage.detector.detect", lambda text, locale, **_: Finding(category, tier))
    position = place("full", 0, 2)
    kept = Kept({"introduced": True, "position": position})
    response = checked(skill_with(kept))(asked("ReportSymptomIntent", counting(position), slots={"symptom": "x"}))
    flag = CONTENT.red_flags[category]
    urgent = tier in URGENT or (tier not in flag.advice and flag.tier in URGENT)
    assert ends(response) == urgent
    assert response["response"]["card"]["title"] == ("Urgent advice" if urgent else "Advice")
    if tier is Tier.EMERGENCY_NOW:
        assert "911" in speech(response)
    if urgent:
        assert kept.record["position"] is None
        assert session_of(response) == {}
    else:
        withheld = set(CONTENT.remedies if flag.withhold == "all" else flag.withhold)
        withheld = set() if tier is Tier.SELF_CARE and tier in flag.advice else withheld
        assert set(session_of(response).get("withheld", ())) == withheld
        assert bool(kept.record["position"]) == ("leg_swings" not in withheld)


def test_same_day() -> None:
    """Help that is needed today ends the conversation with its card, so that the person can go and get it."""
    kept = Kept({"introduced": True, "position": place("full", 0, 2)})
    response = checked(skill_with(kept))(request("RedFlagIntent/dvt"))
    assert ends(response)
    assert CONTENT.red_flags["dvt"].advice[Tier.SAME_DAY].parts[0][0] in speech(response)
    assert response["response"]["card"]["content"] == re.sub(r"<[^>]+>", "", speech(response))
    assert kept.record["position"] is None


def test_count_is_kept_over_calm_advice() -> None:
    """Advice that leaves the routine alone also leaves its count right."""
    kept = Kept({"introduced": True})
    position = place("full")
    state = counting(position)
    slots = {"red_flag": "a rash=rash_with_numbness"}
    checked(skill_with(kept))(asked("RedFlagIntent", state, slots=slots, seconds=until(11, position)))
    assert kept.record["position"]["count"] == 11


def test_danger_without_words() -> None:
    """An alarm that carries no words is answered with the number, and the time it takes is not counted."""
    kept = Kept({"introduced": True})
    position = place("full")
    envelope = asked("RedFlagIntent", counting(position), slots={}, seconds=until(11, position))
    heard, left = talk(
        checked(skill_with(kept)),
        envelope,
        asked("HowManyLeftIntent", seconds=until(70, position)),
    )
    assert says(heard, "red_flag.unsure")
    assert "911" in speech(heard)
    assert "counting" not in session_of(heard)
    assert kept.record["position"]["count"] == 11
    assert "sixty nine" in speech(left)


@pytest.mark.parametrize("name", ["PainIntent", "ReportSymptomIntent"])
def test_pain_in_a_routine(name: str) -> None:
    """Rest is the advice; the place is kept to the count, nothing is withheld, and a yes carries on."""
    kept = Kept({"introduced": True})
    position = place("full")
    slots = {"symptom": "ouch that hurts"} if name == "ReportSymptomIntent" else {}
    ask = checked(skill_with(kept))
    advice = ask(asked(name, counting(position), slots=slots, seconds=until(11, position)))
    assert CONTENT.red_flags["exercise_adverse"].advice[Tier.SELF_CARE].parts[0][0] in speech(advice)
    assert "911" in speech(advice)
    assert says(advice, "ask.carry_on.question")
    assert kept.record["position"] == {**position, "count": 11}
    assert "withheld" not in session_of(advice)
    led = ask(asked("AMAZON.YesIntent", session_of(advice), seconds=until(60, position)))
    assert says(led, "routine.resume")


def test_pain_without_a_routine() -> None:
    """The same advice, and the conversation goes on."""
    advice, started = talk(checked(skill_with(Kept())), asked("PainIntent"), asked("StartExerciseIntent"))
    assert says(advice, "ask.after_advice.question")
    assert not ends(advice)
    assert not says(started, "routine.withheld")


def test_danger_before_pain() -> None:
    """Words of danger count for more than the intent that they came with."""
    response = checked(skill_with(Kept()))(asked("PainIntent", slots={"symptom": DANGER}))
    assert "911" in first_sentence(response)
    assert ends(response)


def test_call_for_help() -> None:
    """A call for help needs no symptom."""
    response = checked(skill_with(Kept()))(request("EmergencyHelpIntent/mid_routine"))
    assert "911" in first_sentence(response)
    assert ends(response)
