"""Questions and answers: what is asked about is what is answered, cited and said more about."""

from __future__ import annotations

from typing import Any

import pytest

from skill.content import Tier
from tests.conftest import checked, speech
from tests.handlers.asking import CONTENT, Kept, asked, counting, place, says, session_of, skill_with, talk

MID_ROUTINE = counting(place("full"))
TOPICS = {
    "CausesIntent": "causes",
    "PreventionIntent": "prevention",
    "RemediesIntent": "remedies",
    "WhatNowIntent": "what_now",
    "WhenDoctorIntent": "when_doctor",
}


def said(template: Any) -> str:
    """The first literal piece of a sentence."""
    literal: str = template.parts[0][0]
    return literal


@pytest.mark.parametrize("key", sorted(CONTENT.causes))
def test_cause(key: str) -> None:
    """One cause is answered, then more about it, then what helps and when to see a doctor, then who says so."""
    cause = CONTENT.causes[key]
    answer, more, doctor, sources = talk(
        checked(skill_with(Kept())),
        asked("CauseIntent", slots={"cause": f"that={key}"}),
        asked("AMAZON.YesIntent"),
        asked("AMAZON.YesIntent"),
        asked("SourcesIntent"),
    )
    assert said(cause.answer.say) in speech(answer)
    assert said(cause.more.say) in speech(more)
    assert said(cause.helps.say) in speech(doctor)
    assert said(cause.doctor.say) in speech(doctor)
    card = sources["response"]["card"]["content"]
    for source in (*cause.answer.sources, *cause.more.sources, *cause.helps.sources, *cause.doctor.sources):
        assert CONTENT.sources[source].url in card


@pytest.mark.parametrize("key", sorted(CONTENT.remedies))
def test_remedy(key: str) -> None:
    """One remedy is answered with who must leave it out, more is its steps, and a yes starts it."""
    remedy = CONTENT.remedies[key]
    ask = checked(skill_with(Kept()))
    answer, more = talk(ask, asked("RemedyIntent", slots={"remedy": f"that={key}"}), asked("TellMeMoreIntent"))
    assert said(remedy.answer.say) in speech(answer)
    assert said(remedy.skip_if.say) in speech(answer)
    assert said(remedy.steps[0]) in speech(more)
    assert said(remedy.safety.say) in speech(more)
    started = ask(asked("AMAZON.YesIntent", session_of(answer)))
    assert says(started, "routine.start" if remedy.counting else "foot_bath.start")


@pytest.mark.parametrize(("intent", "key"), TOPICS.items())
def test_topic(intent: str, key: str) -> None:
    """A general question gets its answer, its card and its sources."""
    topic = CONTENT.topics[key]
    slots: dict[str, str] | None = {} if intent == "CausesIntent" else None
    answer, sources = talk(checked(skill_with(Kept())), asked(intent, slots=slots), asked("SourcesIntent"))
    assert said(topic.claim.say) in speech(answer)
    assert answer["response"]["card"]["title"] == topic.title
    for source in topic.claim.sources:
        assert CONTENT.sources[source].url in sources["response"]["card"]["content"]


IF_NOW = {Tier.EMERGENCY_NOW: "signs.call", Tier.SAME_DAY: "signs.today", Tier.SEE_DOCTOR: "signs.doctor"}


@pytest.mark.parametrize("key", sorted(CONTENT.red_flags))
def test_signs(key: str) -> None:
    """An illness is answered with its signs and what to do, then who says so, then which signs need which help."""
    flag = CONTENT.red_flags[key]
    answer, sources, more = talk(
        checked(skill_with(Kept())),
        asked("SignsIntent", slots={"illness": f"that={key}"}),
        asked("SourcesIntent"),
        asked("TellMeMoreIntent"),
    )
    assert said(flag.signs.say) in speech(answer)
    assert says(answer, "signs.crisis" if key == "self_harm" else IF_NOW[flag.tier])
    assert says(answer, "ask.anything.question")
    assert answer["response"]["card"]["title"] == flag.name
    for source in (*flag.signs.sources, *flag.sources):
        assert CONTENT.sources[source].url in sources["response"]["card"]["content"]
    assert said(CONTENT.topics["when_doctor"].claim.say) in speech(more)


def test_signs_name_the_number_to_call() -> None:
    """The number is that of the place, and who thinks of self-harm hears the crisis line first."""
    ask = checked(skill_with(Kept()))
    assert "911" in speech(ask(asked("SignsIntent", slots={"illness": "a stroke=stroke_tia"})))
    crisis = speech(ask(asked("SignsIntent", slots={"illness": "self harm=self_harm"})))
    assert 0 < crisis.index("988") < crisis.index("911")


@pytest.mark.parametrize("illness", ["", "that=stroke_tia", "that=dvt", "that=persistent_numbness", "a budgerigar"])
def test_signs_in_the_middle_of_a_routine(illness: str) -> None:
    """The routine is kept and offered again, for somebody who only asks."""
    slots = {"illness": illness} if illness else {}
    kept = Kept({"introduced": True, "position": place("full")})
    answer, resumed = talk(
        checked(skill_with(kept)),
        asked("SignsIntent", MID_ROUTINE, seconds=60, slots=slots),
        asked("AMAZON.YesIntent", seconds=90),
    )
    assert says(answer, "ask.carry_on.question")
    assert says(resumed, "routine.resume")


@pytest.mark.parametrize("kind", ["benign", "serious"])
def test_kind_of_causes(kind: str) -> None:
    """The harmless and the serious causes can be asked for by themselves."""
    response = checked(skill_with(Kept()))(asked("CausesIntent", slots={"cause_kind": f"that={kind}"}))
    assert said(CONTENT.topics[kind].claim.say) in speech(response)


@pytest.mark.parametrize(
    ("intent", "slots", "phrase"),
    [
        ("CauseIntent", {"cause": "my budgerigar"}, "ask.which_cause.question"),
        ("CauseIntent", {}, "ask.which_cause.question"),
        ("RemedyIntent", {"remedy": "a budgerigar"}, "ask.short_routine.question"),
        ("SignsIntent", {"illness": "a budgerigar"}, "ask.anything.question"),
        ("SignsIntent", {}, "ask.anything.question"),
        ("ReportSymptomIntent", {}, "ask.missed_symptom.question"),
        ("ReportSymptomIntent", {"symptom": "a little tingly"}, "symptom.heard"),
        ("ReportSymptomIntent", {"legs": "a little sleepy"}, "symptom.heard"),
        ("ReportSymptomIntent", {"symptom": "like the budgerigar"}, "fallback.first"),
        ("SourcesIntent", None, "sources.general"),
        ("AboutIntent", None, "about"),
    ],
)
def test_without_a_subject(intent: str, slots: dict[str, str] | None, phrase: str) -> None:
    """What names nothing that is known gets a question or a general answer, and never what was said."""
    response = checked(skill_with(Kept()))(asked(intent, slots=slots))
    assert says(response, phrase)
    assert "budgerigar" not in str(response)


@pytest.mark.parametrize("intent", [*TOPICS, "SourcesIntent", "AboutIntent"])
def test_question_in_the_middle_of_a_routine(intent: str) -> None:
    """After the answer the routine is offered again, at the count that it had."""
    slots: dict[str, str] | None = {} if intent == "CausesIntent" else None
    answer, resumed = talk(
        checked(skill_with(Kept())),
        asked(intent, MID_ROUTINE, seconds=60, slots=slots),
        asked("AMAZON.YesIntent", seconds=90),
    )
    assert says(answer, "ask.carry_on.question")
    assert says(resumed, "routine.resume")
    assert session_of(resumed)["position"]["count"] == session_of(answer)["position"]["count"] - 3
