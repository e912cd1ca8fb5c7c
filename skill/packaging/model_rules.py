"""What an interaction model must be like for Amazon to build and certify it: a model in, what is wrong with it out."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from skill.packaging.amazon import (
    BUILT_IN,
    CONNECTORS,
    KNOWN,
    LAUNCH_WORDS,
    LONGEST_PHRASE,
    MOST_BYTES,
    MOST_INTENTS,
    MOST_INTENTS_AND_TYPES,
    PRODUCT_WORDS,
    REQUIRED,
    SMALL_WORDS,
    WAKE_WORDS,
)
from skill.packaging.samples import SLOT, LanguageModel, Sample, declared_slots, phrases, samples
from skill.speaker.slot_types import FREE_TEXT, NUMBER, TIME

_SPOKEN = re.compile(r"[a-z']+(?: [a-z']+)*")
_NAME = re.compile(r"[A-Za-z]+(?:_[A-Za-z]+)*")

Rule = Callable[[LanguageModel], Iterator[str]]
"""Yields a line for everything in a language model that breaks it."""


def invocation_name(model: LanguageModel) -> Iterator[str]:
    """Two words or more, all lower case, none of them with a meaning of its own to Alexa."""
    name = model["invocationName"]
    parts = name.split()
    if not _SPOKEN.fullmatch(name):
        yield f"invocation name {name!r} has other characters than small letters, apostrophes and single spaces"
    if len(parts) < 2:
        yield f"invocation name {name!r} is a single word"
    if reserved := sorted({*parts} & (WAKE_WORDS | LAUNCH_WORDS | CONNECTORS | PRODUCT_WORDS)):
        yield f"invocation name {name!r} has reserved words: {', '.join(reserved)}"
    if len(parts) == 2 and {*parts} & SMALL_WORDS:
        yield f"invocation name {name!r} is one word with an article or a preposition"


def names(model: LanguageModel) -> Iterator[str]:
    """Letters and single underscores, each name once; what begins like Amazon's is Amazon's."""
    intents = [intent["name"] for intent in model["intents"]]
    types = [each["name"] for each in model.get("types", ())]
    slots = [slot for _, slot, _ in declared_slots(model)]
    for name in (*intents, *types, *slots):
        if name not in KNOWN and not _NAME.fullmatch(name):
            yield f"{name!r} is not a name Amazon knows or takes"
    yield from (f"{name} is defined twice" for name in _repeated([*intents, *types]))
    for intent in model["intents"]:
        for slot in _repeated(slot["name"] for slot in intent.get("slots", ())):
            yield f"{intent['name']} has slot {slot} twice"


def required_intents(model: LanguageModel) -> Iterator[str]:
    """Every intent that certification asks for."""
    missing = {f"{BUILT_IN}{name}Intent" for name in REQUIRED} - {intent["name"] for intent in model["intents"]}
    yield from (f"{name} is missing" for name in sorted(missing))


def spelling(model: LanguageModel) -> Iterator[str]:
    """Samples, values and synonyms are what a recogniser prints: small letters, apostrophes, single spaces."""
    for sample in samples(model):
        whole_slots = all(SLOT.fullmatch(word) for word in sample.words if "{" in word)
        if not whole_slots or not _SPOKEN.fullmatch(SLOT.sub("slot", sample.text)):
            yield f"{sample.intent}: {sample.text!r} has other characters than letters, apostrophes and single spaces"
    for each in model.get("types", ()):
        for phrase, _ in phrases(each):
            if not _SPOKEN.fullmatch(phrase):
                yield f"{each['name']}: {phrase!r} has other characters than letters, apostrophes and single spaces"
            if len(phrase) > LONGEST_PHRASE:
                yield f"{each['name']}: {phrase!r} is longer than {LONGEST_PHRASE} characters"


def openings(model: LanguageModel) -> Iterator[str]:
    """No sample begins as an invocation does."""
    for sample in samples(model):
        first = sample.text.partition(" ")[0]
        if first in CONNECTORS:
            yield f"{sample.intent}: {sample.text!r} begins with the connecting word {first!r}"
        if f"{sample.text} ".startswith(f"{model['invocationName']} "):
            yield f"{sample.intent}: {sample.text!r} begins with the invocation name"
        if {*sample.words} & WAKE_WORDS:
            yield f"{sample.intent}: {sample.text!r} has a wake word"


def slots(model: LanguageModel) -> Iterator[str]:
    """Slots are declared, used, and never all there is to a sample."""
    declared: dict[str, set[str]] = defaultdict(set)
    used: dict[str, set[str]] = defaultdict(set)
    for intent, slot, _ in declared_slots(model):
        declared[intent].add(slot)
    for sample in samples(model):
        used[sample.intent] |= {*sample.slots}
        if sample.slots and not SLOT.sub("", sample.text).replace("'s", "").strip():
            yield f"{sample.intent}: {sample.text!r} has nothing but slots"
        for slot in sorted({*sample.slots} - declared[sample.intent]):
            yield f"{sample.intent}: {sample.text!r} has the undefined slot {slot}"
        for slot in _repeated(sample.slots):
            yield f"{sample.intent}: {sample.text!r} has slot {slot} twice"
    for intent, expected in declared.items():
        yield from (f"{intent}: no sample has slot {slot}" for slot in sorted(expected - used[intent]))


def free_text(model: LanguageModel) -> Iterator[str]:
    """Free text stands beside fixed words, and never beside another slot."""
    free = {slot for _, slot, type_ in declared_slots(model) if type_ == FREE_TEXT}
    for sample in samples(model):
        if free & {*sample.slots} and len(sample.slots) > 1:
            yield f"{sample.intent}: {sample.text!r} has another slot beside free text"


def types(model: LanguageModel) -> Iterator[str]:
    """Types are defined and used, and a slot name means one of them throughout."""
    defined = {each["name"] for each in model.get("types", ())}
    of_slot: dict[str, set[str]] = defaultdict(set)
    for intent, slot, type_ in declared_slots(model):
        of_slot[slot].add(type_)
        if type_ not in defined | {NUMBER, TIME, FREE_TEXT}:
            yield f"{intent}: slot {slot} has the undefined type {type_}"
    for slot, several in of_slot.items():
        if len(several) > 1:
            yield f"slot {slot} has several types: {', '.join(sorted(several))}"
    for name in sorted(defined - {type_ for _, _, type_ in declared_slots(model)}):
        yield f"type {name} is used by no slot"


def values(model: LanguageModel) -> Iterator[str]:
    """Every value has an id of its own, and every phrase means one value."""
    for each in model.get("types", ()):
        ids = [value.get("id", "") for value in each["values"]]
        if not ids:
            yield f"{each['name']} has no values"
        if not all(ids):
            yield f"{each['name']} has a value without id"
        yield from (f"{each['name']} has id {id_!r} twice" for id_ in _repeated(filter(None, ids)))
        for phrase in _repeated(phrase.lower() for phrase, _ in phrases(each)):
            yield f"{each['name']} has {phrase!r} twice"


def repeated_samples(model: LanguageModel) -> Iterator[str]:
    """No intent has a sample twice."""
    for intent in model["intents"]:
        for text in _repeated(intent.get("samples", ())):
            yield f"{intent['name']}: {text!r} is there twice"


def one_intent(model: LanguageModel) -> Iterator[str]:
    """No two intents share a sample, nor one that differs in the slot alone, unless the slots share no words.

    Free text takes what no list has, so it may follow the words that a list follows elsewhere.
    """
    free = {slot for _, slot, type_ in declared_slots(model) if type_ == FREE_TEXT}
    listed = {each["name"]: {phrase for phrase, _ in phrases(each)} for each in model.get("types", ())}
    heard = {slot: listed.get(type_, set()) for _, slot, type_ in declared_slots(model)}
    owners: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples(model):
        if free.isdisjoint(sample.slots):
            owners[sample.folded].append(sample)
        else:
            owners[f"{sample.folded} as free text"].append(sample)
    for text, alike in owners.items():
        clashing = [
            each.intent
            for each in alike
            if any(each.intent != other.intent and not _told_apart(each, other, heard) for other in alike)
        ]
        if clashing:
            yield f"{text!r} belongs to {' and to '.join(dict.fromkeys(clashing))}"


def size(model: LanguageModel) -> Iterator[str]:
    """Within what Amazon builds."""
    length = len(json.dumps(model, ensure_ascii=False, indent=2).encode())
    intents, all_types = len(model["intents"]), len(model.get("types", ()))
    if length > MOST_BYTES:
        yield f"the model has {length} bytes, more than {MOST_BYTES}"
    if intents > MOST_INTENTS or intents + all_types > MOST_INTENTS_AND_TYPES:
        yield f"the model has {intents} intents and {all_types} types, more than Amazon takes"


def _told_apart(sample: Sample, other: Sample, heard: Mapping[str, set[str]]) -> bool:
    """Whether a slot of one and the slot in its place in the other are lists without a word in common."""
    pairs = [
        (heard.get(here, set()), heard.get(there, set())) for here, there in zip(sample.slots, other.slots, strict=True)
    ]
    return any(here and there and here.isdisjoint(there) for here, there in pairs)


def _repeated(found: Iterable[str]) -> list[str]:
    return [each for each, count in Counter(found).items() if count > 1]


RULES: tuple[Rule, ...] = (
    invocation_name,
    names,
    required_intents,
    spelling,
    openings,
    slots,
    free_text,
    types,
    values,
    repeated_samples,
    one_intent,
    size,
)
"""Those of the platform that take no time; how well people are understood is for the tests to say."""
