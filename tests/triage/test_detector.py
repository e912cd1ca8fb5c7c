"""Tests of what triage finds in what people say."""

from __future__ import annotations

import statistics
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.content import read_yaml
from skill.triage import Finding, Tier, detect
from skill.triage.detector import EXAMINED
from tests.triage.corpus import FILE, false_alarms, recall, share, utterances

SUGGESTED = [
    "why is my leg numb",
    "what are the serious causes",
    "what are the harmless causes",
    "what helps",
    "what should i do now",
    "when should i see a doctor",
    "how do i prevent it",
    "who says so",
    "tell me more",
    "is it my diabetes",
    "start the short routine",
    "start the leg swings",
    "start the calf massage",
    "start the foot bath",
    "tell me about the foot bath",
    "make it twenty",
    "how many are left",
    "where am i",
    "stop",
    "forget me",
]


def test_recall_of_what_it_was_tuned_on() -> None:
    """Almost every utterance that shaped the phrases is taken seriously enough."""
    assert recall("tuned", Tier.EMERGENCY_NOW) >= 0.99
    assert recall("tuned", Tier.SAME_DAY) >= 0.99
    assert recall("tuned", Tier.SEE_DOCTOR) >= 0.97


def test_recall_of_what_it_has_not_seen() -> None:
    """Of utterances that shaped nothing, four emergencies in five are found, and most of the rest."""
    assert recall("held_out", Tier.EMERGENCY_NOW) >= 0.82
    assert recall("held_out", Tier.SAME_DAY) >= 0.85
    assert recall("held_out", Tier.SEE_DOCTOR) >= 0.8


@pytest.mark.parametrize(("part", "most"), [("tuned", 0.005), ("held_out", 0.08)])
def test_false_alarms(part: str, most: float) -> None:
    """Few harmless utterances are taken for an emergency."""
    assert false_alarms(part) <= most


def test_category() -> None:
    """The category is mostly the judged one; several fit some emergencies."""
    judged = [u for u in utterances("tuned") if u.category]
    found = [(u, detect(u.words, "en-GB")) for u in judged]
    assert share(f is not None and f.category == u.category for u, f in found) >= 0.85


def test_every_category_is_found() -> None:
    """Every red flag there is gives its own name to some utterance."""
    found = {f.category for u in utterances("tuned") if (f := detect(u.words, "en-US"))}
    assert found == {u.category for u in utterances("tuned") if u.category}
    assert len(found) == 29


def test_parts_share_nothing() -> None:
    """No held-out utterance is among the tuned ones, and none stands twice."""
    rows = [row[0] for part in read_yaml(FILE).values() for row in part]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("words", SUGGESTED)
def test_suggested_phrases(words: str) -> None:
    """What the skill itself suggests saying is never a sign."""
    assert detect(words, "en-US") is None


def test_finding() -> None:
    """A finding says what, how soon, and which words decided, as they were said."""
    text = "Hello! Suddenly my WHOLE leg went numb, help"
    assert detect(text, "en-US") == Finding("stroke_tia", Tier.EMERGENCY_NOW, "Suddenly my WHOLE leg went numb")


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("my calf is swollen and hot", Tier.SAME_DAY),
        ("my calf is swollen and hot and my chest hurts", Tier.EMERGENCY_NOW),
        ("my foot has been numb for three days", Tier.SEE_DOCTOR),
        ("my foot has been numb for three days and now i've wet myself", Tier.EMERGENCY_NOW),
    ],
)
def test_most_urgent_wins(words: str, tier: Tier) -> None:
    """Of several signs the most urgent one is found."""
    finding = detect(words, "en-US")
    assert finding is not None
    assert finding.tier is tier


@pytest.mark.parametrize("locale", ["en-US", "en-IN", "", "xx-YY", "de-DE", "../../etc", "\ud800"])
def test_any_locale(locale: str) -> None:
    """A locale without phrases of its own is read as English."""
    finding = detect("i can't breathe", locale)
    assert finding is not None
    assert finding.category == "pulmonary_embolism"


@pytest.mark.parametrize("words", ["cant breathe", "CAN'T BREATHE!", "i can\u2019t breathe", "I can not breathe"])
def test_spellings(words: str) -> None:
    """Case, apostrophes and short forms make no difference."""
    assert detect(words, "en-US") is not None


@given(st.text())
def test_any_text(text: str) -> None:
    """No text raises, the answer is always the same, and the span stands in the text."""
    finding = detect(text, "en-US")
    assert detect(text, "en-US") == finding
    assert finding is None or finding.span in text


@given(st.lists(st.sampled_from([u.words for u in utterances("tuned")]), max_size=6), st.sampled_from(" .,!\n"))
def test_any_talk(said: list[str], between: str) -> None:
    """Nothing said together raises, and the span stands in the text."""
    text = between.join(said)
    finding = detect(text, "en-US")
    assert finding is None or finding.span in text


def test_long_text_is_read_at_both_ends() -> None:
    """Of a text too long to read, the start and the end count."""
    filler = "and so on " * EXAMINED
    assert detect(f"i have chest pain. {filler}", "en-US") is not None
    assert detect(f"{filler}. i have chest pain", "en-US") is not None
    assert detect(f"{filler}. i have chest pain. {filler}", "en-US") is None


@pytest.mark.parametrize(
    "unit",
    [
        "my leg numb ",
        "no not never ",
        "cannot feel ",
        "a",
        "'",
        "a'",
        "\ud800",
        "\u0130 ",
        ". ",
        "is my leg cold white ",
    ],
)
def test_hostile_text(unit: str) -> None:
    """Megabytes of anything take no longer than a long breath's talk."""
    text = unit * (3_000_000 // len(unit))
    start = time.perf_counter()
    detect(text, "en-US")
    assert time.perf_counter() - start < 2


def test_speed() -> None:
    """Half of the calls take a few milliseconds at the very most, even on a slow machine."""
    detect("warm", "en-US")
    times = []
    for utterance in utterances("held_out"):
        start = time.perf_counter()
        detect(utterance.words, "en-US")
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.005
