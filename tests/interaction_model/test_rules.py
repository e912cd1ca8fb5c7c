"""Every rule holds for a sound model and can be broken."""

from __future__ import annotations

import pytest

from skill.packaging.amazon import REQUIRED
from tests.interaction_model.rules import RULES, broken_rules
from tests.interaction_model.sound import (
    Damage,
    intent,
    level,
    more_intents,
    renamed,
    sample,
    slot,
    sound,
    tools,
    value,
    values,
    whole,
    without,
)

BROKEN: dict[str, list[tuple[Damage, str]]] = {
    "invocation_name": [
        (renamed("Green garden"), "other characters"),
        (renamed("garden 2"), "other characters"),
        (renamed("green  garden"), "other characters"),
        (renamed("garden"), "single word"),
        (renamed("ask my garden"), "reserved words: ask"),
        (renamed("garden for alexa"), "reserved words: alexa, for"),
        (renamed("garden skill"), "reserved words: skill"),
        (renamed("the garden"), "an article or a preposition"),
    ],
    "names": [
        (lambda m: intent(m, "NoteIntent").update(name="Note2Intent"), "'Note2Intent'"),
        (lambda m: intent(m, "NoteIntent").update(name="AMAZON.NoteIntent"), "'AMAZON.NoteIntent'"),
        (slot("two__parts", "AMAZON.NUMBER"), "'two__parts'"),
        (lambda m: m["types"][0].update(name="Plant-Name"), "'Plant-Name'"),
        (lambda m: intent(m, "NoteIntent").update(name="WeatherIntent"), "WeatherIntent is defined twice"),
        (slot("plant", "Plant", of="WaterIntent"), "WaterIntent has slot plant twice"),
    ],
    "required_intents": [(without(f"AMAZON.{name}Intent"), f"AMAZON.{name}Intent is missing") for name in REQUIRED],
    "fallback_sensitivity": [
        (level("HIGH"), "is HIGH"),
        (lambda m: m.pop("modelConfiguration"), "is None"),
    ],
    "spelling": [
        (sample("Will it rain"), "'Will it rain'"),
        (sample("rain in 2 days"), "'rain in 2 days'"),
        (sample("rain, please"), "'rain, please'"),
        (sample("what\u2019s the weather"), "what\u2019s"),
        (sample("rain  soon"), "'rain  soon'"),
        (sample(" rain soon"), "' rain soon'"),
        (sample(""), "''"),
        (sample("water{plant} soon", "WaterIntent"), "'water{plant} soon'"),
        (sample("water the {plant}s", "WaterIntent"), "'water the {plant}s'"),
        (sample("water the {plant", "WaterIntent"), "'water the {plant'"),
        (values(value("elm", "elm nr 2")), "'elm nr 2'"),
        (values(value("elm", "elm", "Elm tree")), "'Elm tree'"),
        (values(value("elm", "elm " * 40 + "tree")), "longer than 140"),
    ],
    "openings": [
        (sample("about the weather"), "connecting word 'about'"),
        (sample("green garden will it rain"), "begins with the invocation name"),
        (sample("ask alexa"), "a wake word"),
    ],
    "slots": [
        (sample("{plant}", "WaterIntent"), "'{plant}' has nothing but slots"),
        (sample("{plant}'s {litres}", "WaterIntent"), "has nothing but slots"),
        (sample("{note}", "NoteIntent"), "'{note}' has nothing but slots"),
        (sample("rain on the {plant}"), "undefined slot plant"),
        (sample("a {plant} by the {plant}", "WaterIntent"), "has slot plant twice"),
        (
            lambda m: intent(m, "WeatherIntent")["slots"].append({"name": "plant", "type": "Plant"}),
            "no sample has slot plant",
        ),
    ],
    "free_text": [(slot("litres", "AMAZON.NUMBER", "NoteIntent", "write {litres} times {note}"), "beside free text")],
    "types": [
        (slot("place", "Place"), "undefined type Place"),
        (slot("plant", "AMAZON.NUMBER"), "slot plant has several types: AMAZON.NUMBER, Plant"),
        (lambda m: m["types"].append({"name": "Place", "values": [value("bed", "bed")]}), "Place is used by no slot"),
    ],
    "values": [
        (lambda m: m["types"][0].update(values=[]), "Plant has no values"),
        (lambda m: m["types"][0]["values"][0].pop("id"), "a value without id"),
        (values(value("rose", "briar")), "id 'rose' twice"),
        (values(value("briar", "briar", "roses")), "'roses' twice"),
        (values(value("briar", "briar", "briar")), "'briar' twice"),
    ],
    "variety": [
        (lambda m: intent(m, "WeatherIntent")["samples"].pop(), "fewer than 15 samples"),
    ],
    "repeated_samples": [(sample("will it rain today"), "'will it rain today' is there twice")],
    "one_intent": [
        (sample("write now"), "'write now' belongs to NoteIntent and to WeatherIntent"),
        (
            slot("rain", "AMAZON.SearchQuery", text="write down {rain}"),
            "'write down {} as free text' belongs to NoteIntent",
        ),
        (slot("rain", "AMAZON.NUMBER", text="water the {rain} now"), "'water the {} now' belongs to WaterIntent"),
        (slot("hour", "AMAZON.TIME", text="water the {hour} now"), "'water the {} now' belongs to WaterIntent"),
        (tools("rake", "old oak"), "'water the {} now' belongs to WaterIntent and to WeatherIntent"),
    ],
    "one_intent_when_spoken": [
        (sample("water the old oak now"), "'water the old oak now' belongs to WaterIntent"),
        (sample("give the rose two litres"), "'give the rose two litres' belongs to WaterIntent"),
        (sample("is it the oak's turn"), "belongs to WaterIntent"),
        (slot("tree", "Plant", text="water the old {tree} now"), "'water the old oak now' belongs to"),
    ],
    "built_in_words": [
        (sample("help me"), "takes 'help me' from AMAZON.HelpIntent"),
        (sample("stop", "AMAZON.PauseIntent"), "takes 'stop' from AMAZON.StopIntent"),
        (sample("skip"), "takes 'skip' from AMAZON.NextIntent"),
        (
            lambda m: (values(value("me", "me"))(m), sample("help {plant}", "WaterIntent")(m)),
            "takes 'help me' from AMAZON.HelpIntent",
        ),
    ],
    "one_value": [
        (
            lambda m: (values(value("dog", "old rose"))(m), sample("water the old {plant} now", "WaterIntent")(m)),
            "'water the old rose now' means dog and rose",
        ),
    ],
    "size": [
        (values(value("long", "long", *(f"{'x' * 100} {number}" for number in range(14_000)))), "bytes, more than"),
        (more_intents(250), "more than Amazon takes"),
    ],
}


def test_a_sound_model_breaks_no_rule() -> None:
    """So whatever shows in the tests below is the damage."""
    assert broken_rules(whole(sound())) == []


def test_words_tell_slots_apart() -> None:
    """Two intents may have a sample alike where no words fit both."""
    model = sound()
    tools("rake", "spade")(model)
    assert broken_rules(whole(model)) == []


def test_amazons_types_need_no_definition() -> None:
    """A time may stand in a sample as a number may."""
    model = sound()
    slot("hour", "AMAZON.TIME", text="will it rain at {hour}")(model)
    assert broken_rules(whole(model)) == []


def test_every_rule_is_broken_below() -> None:
    """None of them is there for show."""
    assert {rule.__name__ for rule in RULES} == {*BROKEN}


@pytest.mark.parametrize(
    ("rule", "damage", "complaint"),
    [(rule, damage, complaint) for rule, cases in BROKEN.items() for damage, complaint in cases],
)
def test_damage_is_found(rule: str, damage: Damage, complaint: str) -> None:
    """The rule complains of the damage in words that help."""
    model = sound()
    damage(model)
    check = next(each for each in RULES if each.__name__ == rule)
    lines = list(check(model))
    assert any(complaint in line for line in lines), lines
    assert {*lines} <= {*broken_rules(whole(model))}
