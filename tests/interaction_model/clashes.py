"""The rules that keep meanings apart: no words belong to two intents, or tell two values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from skill.packaging.amazon import BUILT_IN
from skill.packaging.samples import LanguageModel, declared_slots, phrases, samples, words
from tests.interaction_model.amazon import BUILT_IN_WORDS, CLAIMED
from tests.interaction_model.sentences import (
    count_spoken,
    fits,
    heard_in_slots,
    listed_in_slots,
    may_meet,
    spoken,
)


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
