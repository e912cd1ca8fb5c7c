"""The rules of the platform for an interaction model: a model in, what is wrong with it out."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tests.interaction_model.amazon import (
    BUILT_IN,
    BUILT_IN_WORDS,
    CLAIMED,
    CONNECTORS,
    FEWEST_SAMPLES,
    FREE_TEXT,
    KNOWN,
    LAUNCH_WORDS,
    LONGEST_PHRASE,
    MOST_BYTES,
    MOST_INTENTS,
    MOST_INTENTS_AND_TYPES,
    NUMBER,
    REQUIRED,
    SMALL_WORDS,
    TIME,
    WAKE_WORDS,
)
from tests.interaction_model.sentences import (
    SLOT,
    LanguageModel,
    Sample,
    count_spoken,
    declared_slots,
    fits,
    heard_in_slots,
    listed_in_slots,
    may_meet,
    phrases,
    samples,
    spoken,
    words,
)

_SPOKEN = re.compile(r"[a-z']+(?: [a-z']+)*")
_NAME = re.compile(r"[A-Za-z]+(?:_[A-Za-z]+)*")

Rule = Callable[[LanguageModel], Iterator[str]]


def broken_rules(model: Mapping[str, Any]) -> list[str]:
    """A line for everything in a whole model file that breaks a rule; nothing for a sound model."""
    language_model = model["interactionModel"]["languageModel"]
    return [line for rule in RULES for line in rule(language_model)]


def invocation_name(model: LanguageModel) -> Iterator[str]:
    """Two words or more, all lower case, none of them with a meaning of its own to Alexa."""
    name = model["invocationName"]
    parts = name.split()
    if not _SPOKEN.fullmatch(name):
        yield f"invocation name {name!r} has other characters than small letters, apostrophes and single spaces"
    if len(parts) < 2:
        yield f"invocation name {name!r} is a single word"
    if reserved := sorted({*parts} & (WAKE_WORDS | LAUNCH_WORDS | CONNECTORS | {"skill", "app"})):
        yield f"invocation name {name!r} has reserved words: {', '.join(reserved)}"
    if len(parts) == 2 and {*parts} & SMALL_WORDS:
        yield f"invocation name {name!r} is one word with an article or a preposition"


def names(model: LanguageModel) -> Iterator[str]:
    """Letters and single underscores, each name once; what begins like Amazon's is Amazon's."""
    intents = [intent["name"] for intent in model["intents"]]
    types = [each["name"] for each in model["types"]]
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


def fallback_sensitivity(model: LanguageModel) -> Iterator[str]:
    """A level the schema has, and not the one that gives up most utterances."""
    level = model.get("modelConfiguration", {}).get("fallbackIntentSensitivity", {}).get("level")
    if level not in {"LOW", "MEDIUM"}:
        yield f"fallback sensitivity is {level}, not LOW or MEDIUM"


def spelling(model: LanguageModel) -> Iterator[str]:
    """Samples, values and synonyms are what a recogniser prints: small letters, apostrophes, single spaces."""
    for sample in samples(model):
        whole_slots = all(SLOT.fullmatch(word) for word in sample.words if "{" in word)
        if not whole_slots or not _SPOKEN.fullmatch(SLOT.sub("slot", sample.text)):
            yield f"{sample.intent}: {sample.text!r} has other characters than letters, apostrophes and single spaces"
    for each in model["types"]:
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
    defined = {each["name"] for each in model["types"]}
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
    for each in model["types"]:
        ids = [value.get("id", "") for value in each["values"]]
        if not ids:
            yield f"{each['name']} has no values"
        if not all(ids):
            yield f"{each['name']} has a value without id"
        yield from (f"{each['name']} has id {id_!r} twice" for id_ in _repeated(filter(None, ids)))
        for phrase in _repeated(phrase.lower() for phrase, _ in phrases(each)):
            yield f"{each['name']} has {phrase!r} twice"


def variety(model: LanguageModel) -> Iterator[str]:
    """Enough samples for an intent of one's own, and none of them twice."""
    for intent in model["intents"]:
        if not intent["name"].startswith(BUILT_IN) and len(intent.get("samples", ())) < FEWEST_SAMPLES:
            yield f"{intent['name']} has fewer than {FEWEST_SAMPLES} samples"
        for text in _repeated(intent.get("samples", ())):
            yield f"{intent['name']}: {text!r} is there twice"


def one_intent(model: LanguageModel) -> Iterator[str]:
    """No two intents share a sample, nor one that differs in the slot alone, unless the slots share no words.

    Free text takes what no list has, so it may follow the words that a list follows elsewhere.
    """
    free = {slot for _, slot, type_ in declared_slots(model) if type_ == FREE_TEXT}
    listed = {each["name"]: {phrase for phrase, _ in phrases(each)} for each in model["types"]}
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


def one_intent_when_spoken(model: LanguageModel) -> Iterator[str]:
    """No sentence, with words in the slots, belongs to two intents; free text is left out, for it takes any words."""
    heard, listed = heard_in_slots(model), listed_in_slots(model)
    every = [(sample, sample.words) for sample in samples(model)]
    sizes: Counter[str] = Counter()
    for sample, _ in every:
        sizes[sample.intent] += count_spoken(sample, heard)
    # It takes two to clash, so the intent with most sentences need not be spelled out.
    order = {intent: place for place, (intent, _) in enumerate(sizes.most_common())}
    for sample, parts in every:
        larger = ((other, others) for other, others in every if order[other.intent] < order[sample.intent])
        rivals = [(other, others) for other, others in larger if may_meet(parts, others)]
        for sentence in spoken(sample, heard) if rivals else ():
            said = words(sentence)
            for other, others in rivals:
                if other.text != sample.text and fits(others, said, listed):
                    owners = f"{other.intent} ({other.text}) and to {sample.intent} ({sample.text})"
                    yield f"{sentence!r} belongs to {owners}"


def built_in_words(model: LanguageModel) -> Iterator[str]:
    """No sentence is one that Amazon gives to an intent of its own."""
    owners = {word: f"{BUILT_IN}{name}Intent" for name, found in BUILT_IN_WORDS.items() for word in found}
    listed = listed_in_slots(model)
    for sample in samples(model):
        for word, owner in owners.items():
            if sample.intent not in {owner, CLAIMED.get(word)} and fits(sample.words, words(word), listed):
                yield f"{sample.intent}: {sample.text!r} takes {word!r} from {owner}"


def one_value(model: LanguageModel) -> Iterator[str]:
    """No sentence of an intent tells two values of a slot."""
    of_type = {each["name"]: dict(phrases(each)) for each in model["types"]}
    for intent, slot, type_ in declared_slots(model):
        told: dict[str, str] = {}
        for sample in samples(model):
            if sample.intent != intent or slot not in sample.slots:
                continue
            for phrase, id_ in of_type.get(type_, {}).items():
                sentence = sample.text.replace(f"{{{slot}}}", phrase)
                if told.setdefault(sentence, id_) != id_:
                    yield f"{intent}: {sentence!r} means {told[sentence]} and {id_}"


def size(model: LanguageModel) -> Iterator[str]:
    """Within what Amazon builds."""
    length = len(json.dumps(model, ensure_ascii=False, indent=2).encode())
    intents, all_types = len(model["intents"]), len(model["types"])
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
    fallback_sensitivity,
    spelling,
    openings,
    slots,
    free_text,
    types,
    values,
    variety,
    one_intent,
    one_intent_when_spoken,
    built_in_words,
    one_value,
    size,
)
