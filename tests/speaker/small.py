"""A small interaction model and a small skill, made for these tests alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from skill.speaker.device import Device
from skill.speaker.language import Language
from skill.speaker.understanding import Understanding

LANGUAGE = Language.load(Path(__file__).parents[2] / "interaction_model" / "built_in" / "en.json")

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL = [*_UNITS.split(), "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

TYPES: Mapping[str, Mapping[str, list[str]]] = {
    "CauseName": {
        "diabetes": ["diabetes", "sugar disease", "diabetes type two"],
        "crossed_legs": ["crossing your legs", "crossed legs", "crossing my legs"],
        "vitamin_b12": ["vitamin b twelve", "b. twelve", "vitamin B-12"],
    },
    "ExerciseName": {
        "leg_swings": ["leg swings", "leg swing", "swings"],
        "knee_rotations": ["knee rotations", "knee circles"],
        "toe_stretches": ["toe stretches", "stretches"],
    },
    "RemedyName": {
        "leg_swings": ["leg swings"],
        "foot_bath": ["foot bath", "warm foot bath"],
    },
    "RedFlag": {
        "stroke": ["face is drooping", "speech is slurred"],
        "clot": ["calf is hot and swollen"],
    },
    "Person": {"family": ["husband", "wife", "mother in law"]},
}
"""Values and their names, the first being the name and the others synonyms."""

SLOTS: Mapping[str, str] = {
    "cause": "CauseName",
    "exercise": "ExerciseName",
    "remedy": "RemedyName",
    "red_flag": "RedFlag",
    "person": "Person",
    "count": "AMAZON.NUMBER",
    "time": "AMAZON.TIME",
    "symptom": "AMAZON.SearchQuery",
}
"""Every slot with its type."""

INTENTS: Mapping[str, list[str]] = {
    "CausesIntent": ["why is my leg numb", "what causes numbness", "why does my leg fall asleep"],
    "CauseIntent": ["is it my {cause}", "tell me about {cause}", "can {cause} make my legs numb"],
    "RemedyIntent": ["tell me about the {remedy}", "is the {remedy} safe", "how do i do the {remedy}"],
    "RemediesIntent": ["what helps", "what helps a numb leg", "how do i get rid of it"],
    "WhatNowIntent": ["what should i do now", "my leg fell asleep what do i do"],
    "PreventionIntent": ["how do i prevent it", "how do i stop it coming back"],
    "StartExerciseIntent": [
        "start the {exercise}",
        "let's do {exercise}",
        "do {count} {exercise}",
        "begin my {exercise}",
    ],
    "FootBathIntent": ["start the foot bath", "i want to soak my feet"],
    "ChangeCountIntent": ["make it {count}", "do {count} instead", "{count} is enough"],
    "SkipIntent": ["skip", "skip this exercise", "i don't want to do this one"],
    "TellMeMoreIntent": ["tell me more", "go on"],
    "AboutIntent": ["about this skill", "who are you"],
    "RedFlagIntent": ["my {red_flag}", "my {person}'s {red_flag}", "help my {red_flag}"],
    "ReportSymptomIntent": ["i feel {symptom}", "my leg feels {symptom}", "i've got {symptom} in my leg"],
    "AMAZON.YesIntent": [],
    "AMAZON.NoIntent": [],
    "AMAZON.StopIntent": [],
    "AMAZON.HelpIntent": ["what can i ask you"],
    "AMAZON.NextIntent": ["next exercise"],
    "AMAZON.ResumeIntent": ["resume the routine"],
    "AMAZON.FallbackIntent": [],
}
"""Every intent with its samples."""


def numbers() -> dict[str, int]:
    """The numbers up to two hundred, as they are counted."""
    known = {word: number for number, word in enumerate(_SMALL)}
    for ten, word in enumerate(_TENS, start=2):
        known[word] = 10 * ten
        known |= {f"{word} {_SMALL[unit]}": 10 * ten + unit for unit in range(1, 10)}
    known |= {f"one hundred and {word}": 100 + number for word, number in list(known.items())[1:]}
    return known | {"one hundred": 100, "two hundred": 200}


def schema(
    intents: Mapping[str, list[str]] = INTENTS, types: Mapping[str, Mapping[str, list[str]]] = TYPES
) -> dict[str, Any]:
    """A model in Amazon's schema; each intent has the slots that its samples name."""
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": "steady legs",
                "intents": [
                    {
                        "name": intent,
                        "samples": samples,
                        "slots": [
                            {"name": slot, "type": type_}
                            for slot, type_ in SLOTS.items()
                            if any(f"{{{slot}}}" in sample for sample in samples)
                        ],
                    }
                    for intent, samples in intents.items()
                ],
                "types": [
                    {
                        "name": type_,
                        "values": [
                            {"id": id_, "name": {"value": names[0], "synonyms": names[1:]}}
                            for id_, names in values.items()
                        ],
                    }
                    for type_, values in types.items()
                ],
            }
        }
    }


def understanding(
    intents: Mapping[str, list[str]] = INTENTS, types: Mapping[str, Mapping[str, list[str]]] = TYPES
) -> Understanding:
    """The understanding of a small model."""
    return Understanding.from_dict(schema(intents, types), numbers(), LANGUAGE)


def parrot(request: dict[str, Any]) -> dict[str, Any]:
    """A skill that counts its turns, asks on until it is told to stop, and breaks no rule."""
    kind = request["request"]["type"]
    if kind == "SessionEndedRequest":
        return {"version": "1.0", "response": {}}
    turn = request["session"]["attributes"].get("turn", 0) + 1
    said = request["request"].get("intent", {}).get("name", "a launch")
    ends = said in {"AMAZON.StopIntent", "ReportSymptomIntent"}
    body: dict[str, Any] = {
        "outputSpeech": {
            "type": "SSML",
            "ssml": f"<speak>Turn {turn} was {said}.{'' if ends else ' And now?'}</speak>",
        },
        "shouldEndSession": ends,
    }
    if not ends:
        body["reprompt"] = {"outputSpeech": {"type": "SSML", "ssml": "<speak>What now?</speak>"}}
    return {"version": "1.0", "sessionAttributes": {"turn": turn}, "response": body}


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def detect(text: str, locale: str) -> object | None:
    """A sign of danger, for these tests: the word "drooping"."""
    return locale if "drooping" in text else None


def device() -> Device:
    """A device with the small model and the small skill."""
    return Device(parrot, understanding(), "en-US", lambda: datetime(2026, 1, 15, 10, tzinfo=UTC), detect)
