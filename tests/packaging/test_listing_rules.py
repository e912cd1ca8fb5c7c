"""Every rule for the store's page holds for a sound page, and can be broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from skill.content.template import Template
from skill.packaging.listing import Listing, Page
from skill.packaging.listing_rules import RULES, Draft
from skill.packaging.phrases import OPENING

SAMPLES = {
    "alexa, open green garden": OPENING,
    "alexa, ask green garden to water the rose": "water the {plant}",
    "alexa, ask green garden what now": "what now",
    "alexa, ask green garden who grows": "who grows",
    "what now": "what now",
    "water the rose": "water the {plant}",
}
Damage = Callable[[Draft], Draft]

SOUND = Draft(
    page=Page(
        locale="en-US",
        name="Green Garden",
        summary="When to water what.",
        description='Say "what now" or "water the rose". It is no substitute.',
        examples=(
            "Alexa, open green garden",
            "Alexa, ask green garden what now",
            "Alexa, ask green garden who grows",
        ),
        keywords=("garden", "water"),
    ),
    listing=Listing(
        name="",
        category="HEALTH_AND_FITNESS",
        summary=Template(""),
        description=Template(""),
        disclaimer=Template(""),
        examples=(),
        keywords=(),
        testing=Template(""),
        avoided=frozenset({"cure", "five stars", "life-saving"}),
    ),
    testing='Say "Alexa, open green garden".',
    invocation_name="green garden",
    sample_of=lambda phrase: SAMPLES.get(phrase.lower()),
)


def faults(draft: Draft) -> list[str]:
    """What is wrong with a draft."""
    return [fault for rule in RULES for fault in rule(draft)]


def paged(**changes: object) -> Damage:
    """Other texts on the page."""
    return lambda draft: replace(draft, page=replace(draft.page, **changes))  # type: ignore[arg-type]  # by name


BROKEN: dict[str, list[tuple[Damage, str]]] = {
    "lengths": [
        (paged(name="G"), "name: has 1 characters, not 2 to 50"),
        (paged(name="Green " * 9), "name: has 53 characters"),
        (paged(summary="x" * 161), "summary: has 161 characters, not 1 to 160"),
        (paged(summary=" "), "summary: has 0 characters"),
        (paged(summary="When\nto water"), "summary: has several lines"),
        (paged(description="x" * 4001), "description: has 4001 characters, not 1 to 4000"),
        (lambda draft: replace(draft, testing="x" * 4001), "testing: has 4001 characters, not 1 to 4000"),
    ],
    "name": [
        (paged(name="Alexa's Garden"), "name: has reserved words: alexa"),
        (paged(name="Garden for Alexa"), "name: has reserved words: alexa"),
        (paged(name="Garden Skill"), "name: has reserved words: skill"),
    ],
    "avoided": [
        (paged(name="Garden Cure"), "name: says 'cure', which is to be avoided"),
        (paged(summary="A Cure for slugs."), "summary: says 'cure'"),
        (paged(description="Life-saving water."), "description: says 'life-saving'"),
        (paged(description="Give us five\nstars!"), "description: says 'five stars'"),
        (paged(keywords=("cure",)), "keywords: says 'cure'"),
        (paged(examples=("Alexa, ask green garden to cure it",)), "examples: says 'cure'"),
        (lambda draft: replace(draft, invocation_name="garden cure"), "the invocation name: says 'cure'"),
    ],
    "examples": [
        (paged(examples=()), "examples: must be 3, each another"),
        (paged(examples=SOUND.page.examples[:2]), "examples: must be 3, each another"),
        (paged(examples=SOUND.page.examples[:1] * 3), "examples: must be 3, each another"),
        (paged(examples=("Open green garden", *SOUND.page.examples[1:])), "must begin with the wake word"),
        (paged(examples=("Alexa, what now", *SOUND.page.examples[1:])), "name 'green garden'"),
        (
            paged(examples=(*SOUND.page.examples[:2], "Alexa, ask green garden who grew")),
            "'Alexa, ask green garden who grew' is no sample",
        ),
        (
            paged(examples=(*SOUND.page.examples[:2], "Alexa, ask green garden to water the rose")),
            "to water the rose' is no sample of the interaction model, word by word",
        ),
    ],
    "keywords": [
        (paged(keywords=()), "keywords: are 0, not 1 to 30"),
        (paged(keywords=tuple(f"word {number}" for number in range(31))), "keywords: are 31, not 1 to 30"),
        (paged(keywords=("garden", "Garden ")), "keywords: one is empty or stands twice"),
        (paged(keywords=("garden", " ")), "keywords: one is empty or stands twice"),
    ],
    "suggestions": [
        (paged(description='Say "what then".'), "description: 'what then' is no sample of the interaction model"),
        (paged(summary='Say "what then".'), "summary: 'what then' is no sample"),
        (paged(description='Say "what now.'), "description: a double quote is not closed"),
        (lambda draft: replace(draft, testing='Say "what then".'), "testing: 'what then' is no sample"),
        (lambda draft: replace(draft, testing='Say "".'), "testing: '' is no sample"),
    ],
}


def test_a_sound_page_breaks_no_rule() -> None:
    """So whatever shows in the tests below is the damage."""
    assert faults(SOUND) == []


def test_every_rule_is_broken_below() -> None:
    """None of them is there for show."""
    assert {rule.__name__ for rule in RULES} == {*BROKEN}


@pytest.mark.parametrize(
    ("rule", "damage", "complaint"),
    [(rule, damage, complaint) for rule, cases in BROKEN.items() for damage, complaint in cases],
)
def test_damage_is_found(rule: str, damage: Damage, complaint: str) -> None:
    """The rule complains of the damage, with the key at fault."""
    check = next(each for each in RULES if each.__name__ == rule)
    found = list(check(damage(SOUND)))
    assert any(complaint in fault for fault in found), found


@pytest.mark.parametrize(
    "changes",
    [
        {"summary": "Secure and accurate."},
        {"description": "There are fives, and stars."},
        {"name": "The Application Garden"},
        {"description": "Mind the \u201cquotes\u201d."},
    ],
)
def test_words_are_whole_words(changes: dict[str, object]) -> None:
    """A word within another is none, and so is one of two that do not stand together."""
    assert faults(paged(**changes)(SOUND)) == []
