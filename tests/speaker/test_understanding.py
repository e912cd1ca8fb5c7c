"""Tests of what utterances mean."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.speaker.understanding import FALLBACK, Understanding
from tests.speaker.small import INTENTS, TYPES, numbers, schema, understanding

SMALL = understanding()
REMINDING = understanding({**INTENTS, "RemindMeIntent": ["remind me at {time}", "remind me every {time}"]})
VOCABULARY = sorted({word for samples in INTENTS.values() for sample in samples for word in sample.split()})


@pytest.mark.parametrize(
    ("said", "intent", "values"),
    [
        ("Why is my leg numb?", "CausesIntent", {}),
        ("is it my Diabetes type two", "CauseIntent", {"cause": "diabetes type two"}),
        ("tell me about b. twelve", "CauseIntent", {"cause": "b twelve"}),
        ("tell me about the warm foot-bath", "RemedyIntent", {"remedy": "warm foot bath"}),
        ("start the toe stretches", "StartExerciseIntent", {"exercise": "toe stretches"}),
        ("do twenty-five knee circles", "StartExerciseIntent", {"count": "25", "exercise": "knee circles"}),
        ("make it 30", "ChangeCountIntent", {"count": "30"}),
        ("a hundred and ten is enough", "ChangeCountIntent", {"count": "110"}),
        ("my husband\u2019s face is drooping", "RedFlagIntent", {"person": "husband", "red_flag": "face is drooping"}),
        ("i feel like crying", "ReportSymptomIntent", {"symptom": "like crying"}),
        ("i've got pins and needles in my leg", "ReportSymptomIntent", {"symptom": "pins and needles"}),
    ],
)
def test_samples(said: str, intent: str, values: dict[str, str]) -> None:
    """A sample's words mean its intent, and its slots get their values."""
    heard = SMALL.hear(said)
    assert (heard.intent, heard.how, heard.score) == (intent, "sample", 1.0)
    assert {name: slot.value for name, slot in heard.slots.items()} == values


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("start the foot bath", "FootBathIntent"),
        ("next exercise", "AMAZON.NextIntent"),
        ("go on", "TellMeMoreIntent"),
        ("what can i ask you", "AMAZON.HelpIntent"),
    ],
)
def test_more_specific_wins(said: str, intent: str) -> None:
    """Literal samples win over slots, and the skill's own samples over what a device knows."""
    assert SMALL.hear(said).intent == intent


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("yes", "AMAZON.YesIntent"),
        ("yeah", "AMAZON.YesIntent"),
        ("nope", "AMAZON.NoIntent"),
        ("stop", "AMAZON.StopIntent"),
        ("next", "AMAZON.NextIntent"),
        ("carry on", "AMAZON.ResumeIntent"),
        ("help", "AMAZON.HelpIntent"),
    ],
)
def test_built_in(said: str, intent: str) -> None:
    """A device knows what people say for Amazon's intents that the model has."""
    heard = SMALL.hear(said)
    assert (heard.intent, heard.how, heard.sample) == (intent, "sample", said)


def test_built_in_intent_must_be_in_the_model() -> None:
    """An intent that the model lacks is never sent."""
    assert SMALL.hear("shuffle").intent == FALLBACK
    assert SMALL.hear("previous").intent == FALLBACK


@pytest.mark.parametrize(
    ("said", "intent", "values"),
    [
        ("why's my leg gone numb", "CausesIntent", {}),
        ("begin the leg swing", "StartExerciseIntent", {"exercise": "leg swing"}),
        ("how can i prevent it", "PreventionIntent", {}),
        ("what helps with numb legs", "RemediesIntent", {}),
        ("is it because of my diabetes", "CauseIntent", {"cause": "diabetes"}),
        ("could you make it twenty five please", "ChangeCountIntent", {"count": "25"}),
        ("um stop", "AMAZON.StopIntent", {}),
        ("please could you skip this one", "SkipIntent", {}),
    ],
)
def test_closest(said: str, intent: str, values: dict[str, str]) -> None:
    """Words that no sample has mean the closest one."""
    heard = SMALL.hear(said)
    assert (heard.intent, heard.how) == (intent, "closest")
    assert {name: slot.value for name, slot in heard.slots.items()} == values
    assert heard.score < 1


@pytest.mark.parametrize(
    "said",
    [
        "",
        "?!",
        "what is the weather",
        "what time is it",
        "tell me a joke",
        "tell me about the weather",
        "tell me about my elbow",
        "play some music",
        "set a timer for ten minutes",
        "how old are you",
        "turn off the lights",
        "call my mom",
        "who won the game last night",
        "add milk to my shopping list",
        "asdf qwer zxcv",
        "colourless green ideas sleep furiously",
        "don't stop",
        "is it my blood sugar",
        "twenty",
        "leg",
        "the " * 400,
    ],
)
def test_none(said: str) -> None:
    """What other skills are asked, and what nobody asks, means nothing to this one."""
    heard = SMALL.hear(said)
    assert (heard.intent, heard.how, heard.sample, dict(heard.slots)) == (FALLBACK, "none", None, {})


@pytest.mark.parametrize(
    ("said", "how", "value"),
    [
        ("remind me at nine", "sample", "21:00"),
        ("remind me at 9:30 p.m.", "sample", "21:30"),
        ("remind me every evening", "sample", "EV"),
        ("could you remind me at quarter to ten please", "closest", "21:45"),
        ("well remind me every night then", "closest", "NI"),
    ],
)
def test_times(said: str, how: str, value: str) -> None:
    """A time is understood as said, and like a number one is like another when the closest sample is looked for."""
    heard = REMINDING.hear(said)
    assert (heard.intent, heard.how, heard.slots["time"].value) == ("RemindMeIntent", how, value)


@pytest.mark.parametrize("said", ["nine in the evening", "could you remind me please", "make it nine p m"])
def test_time_needs_its_words_and_they_need_a_time(said: str) -> None:
    """Neither a time alone nor a sample without its time means anything."""
    assert REMINDING.hear(said).how == "none"


def test_time_tells_little() -> None:
    """What is asked for at a time decides, not that it has a time."""
    bare = understanding({**INTENTS, "RemindMeIntent": ["at {time}", "remind me at {time}"]})
    assert bare.hear("at seven").slots["time"].value == "19:00"
    assert bare.hear("um at seven o'clock").slots["time"].value == "19:00"
    assert bare.hear("wake me at seven").how == "none"
    assert bare.hear("good morning").how == "none"


def test_number_stays_a_number() -> None:
    """What may be both is what the closest sample takes."""
    heard = REMINDING.hear("could you make it twelve please")
    assert (heard.intent, heard.slots["count"].value) == ("ChangeCountIntent", "12")


def test_heard_slot() -> None:
    """A slot tells its type, the words, and what the model lists for them."""
    slot = SMALL.hear("is it my sugar disease").slots["cause"]
    assert (slot.name, slot.type, slot.said) == ("cause", "CauseName", "sugar disease")
    assert slot.matches == (("diabetes", "diabetes"),)
    count = SMALL.hear("make it twenty").slots["count"]
    assert (count.said, count.value, count.matches) == ("twenty", "20", ())


def test_values_are_not_guessed_from_a_part() -> None:
    """A near value is no value: all its telling words must have been said."""
    types = {**TYPES, "CauseName": {"poor_arteries": ["blood flow"]}}
    arteries = understanding({"CauseIntent": ["can {cause} make my leg numb"]}, types)
    assert arteries.hear("can a blood clot make my leg numb").how == "none"
    assert arteries.hear("can the blood's flow make my leg numb").how == "closest"


def test_large_types_are_not_guessed() -> None:
    """Words near one of very many listed phrases are left to whoever reads them whole."""
    types = {**TYPES, "RedFlag": {"stroke": [f"face droops {word}" for word in list(numbers())[:200]] * 1}}
    types["Person"] = {"family": ["husband", "wife", "mother"]}
    few = understanding({"RedFlagIntent": ["my {red_flag}"]}, types)
    many = understanding({"RedFlagIntent": ["my {person} {red_flag}"]}, types)
    assert few.hear("well my face droops twelve").how == "closest"
    assert many.hear("well my wife face droops twelve").how == "none"
    assert many.hear("my wife face droops twelve").how == "sample"


def test_is_sample() -> None:
    """Only a sample's own words count, and free text does not."""
    assert SMALL.is_sample("About this skill")
    assert SMALL.is_sample("start the leg swings")
    assert not SMALL.is_sample("start the engine")
    assert not SMALL.is_sample("i feel funny")


def test_load(tmp_path: Path) -> None:
    """A model file is read together with the language file of its locale."""
    language = Path(__file__).parents[2] / "interaction_model" / "built_in" / "en.json"
    (tmp_path / "built_in").mkdir()
    (tmp_path / "built_in" / "en.json").write_bytes(language.read_bytes())
    (tmp_path / "en-GB.json").write_text(json.dumps(schema()), encoding="utf-8")
    loaded = Understanding.load(tmp_path / "en-GB.json", numbers())
    assert loaded.hear("do ten leg swings") == SMALL.hear("do ten leg swings")
    assert loaded.slots == SMALL.slots


@given(st.one_of(st.text(), st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)))
def test_hear_takes_anything(text: str) -> None:
    """No text raises, the same text means the same, and it means an intent of the model."""
    heard = SMALL.hear(text)
    assert heard == SMALL.hear(text)
    assert heard.intent in SMALL.slots
    assert set(heard.slots) <= set(SMALL.slots[heard.intent])
    assert 0 <= heard.score <= 1


def test_thousand_utterances_take_seconds() -> None:
    """A model with a hundred and fifty thousand sentences for danger is as quick to hear as a small one."""
    counted = list(numbers())
    types = {
        **TYPES,
        "RedFlag": {f"flag_{word}": [f"sign {word} {other}" for other in counted[:50]] for word in counted[:20]},
    }
    carriers = [f"{word} i have {{red_flag}}" for word in counted[:150]]
    topics = {
        f"Topic{place}Intent": [f"topic {word} is about {other}" for other in counted[:30]]
        for place, word in enumerate(counted[:25])
    }
    large = understanding({**INTENTS, **topics, "RedFlagIntent": carriers}, types)
    utterances = [f"{word} i have sign seven {other}" for word in counted[:10] for other in counted[:50]]
    utterances += [f"well topic {word} is it about the {other}" for word in counted[:10] for other in counted[:50]]
    begin = time.perf_counter()
    heard = [large.hear(utterance) for utterance in utterances]
    assert time.perf_counter() - begin < 10
    assert {each.intent for each in heard[:500]} == {"RedFlagIntent"}
