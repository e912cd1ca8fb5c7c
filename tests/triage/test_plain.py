"""What is listed as plain is answered by the list alone, and any word beside it is heard as ever."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from skill.content import Tier, load
from skill.content.reading import DIRECTORY, ContentError
from skill.triage.detector import detect
from skill.triage.finding import Finding
from skill.triage.plain import LONGEST, listed, plain

PAIN = Finding("exercise_adverse", Tier.SELF_CARE)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ouch",
            "Ow!",
            "ow ow",
            "it hurts",
            "This hurts.",
            "that hurts",
            "that hurt",
            "it's painful",
            "It\u2019s sore",
        ),
        *("oh, that hurts", "it hurts a bit", "ouch, my knee", "ouch it hurts", "It\u2019s sore"),
        *("my knee hurts", "my knees hurt", "my left knee hurts", "my hip hurts", "my calf hurts", "my foot hurts"),
        *("my ankle hurts", "my toe hurts", "my toes hurt", "my thigh hurts", "my legs hurt", "my back hurts"),
        *("my muscles hurt", "my calf is sore", "my legs ache", "i have a cramp", "cramp in my calf", "I've got cramp"),
    ],
)
def test_pain_by_itself(text: str) -> None:
    """It is looked after at home."""
    assert detect(text, "en-US") == PAIN


@pytest.mark.parametrize(
    "text",
    [
        *("noon", "at noon", "midnight", "half past nine", "quarter to ten", "nine p m", "at half past nine at night"),
        *("nine thirty in the evening", "twenty five to six", "every evening at five", "seven o'clock", "twenty"),
        *("every number", "every five", "every fifth", "one hundred and twenty times", "just twelve", "twenty please"),
        *("half an hour", "both legs"),
    ],
)
def test_no_danger_at_all(text: str) -> None:
    """Times and numbers are nothing else."""
    assert detect(text, "en-US") is None


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("it hurts in my chest", Tier.EMERGENCY_NOW),
        ("ouch my chest", Tier.EMERGENCY_NOW),
        ("my chest hurts", Tier.EMERGENCY_NOW),
        ("my arm hurts", Tier.EMERGENCY_NOW),
        ("my jaw hurts", Tier.EMERGENCY_NOW),
        ("my neck hurts", Tier.EMERGENCY_NOW),
        ("my groin hurts", Tier.EMERGENCY_NOW),
        ("it hurts when i breathe", Tier.EMERGENCY_NOW),
        ("my leg suddenly hurts", Tier.EMERGENCY_NOW),
        ("my back hurts and i can't feel my legs", Tier.EMERGENCY_NOW),
        ("it hurts so much i can't walk", Tier.EMERGENCY_NOW),
        ("my calf hurts and is swollen", Tier.SAME_DAY),
        ("my calf hurts and it is hot and red", Tier.SAME_DAY),
        ("half my face is numb", Tier.EMERGENCY_NOW),
        ("at noon my arm went weak", Tier.EMERGENCY_NOW),
    ],
)
def test_danger_beside_plain_words(text: str, tier: Tier) -> None:
    """With danger added it is the networks that answer."""
    finding = detect(text, "en-US")
    assert finding is not None
    assert finding.tier is tier


@pytest.mark.parametrize("text", ["nine one one", "nine nine nine", "one one two", "it hurts 911", "it hurts \u80f8"])
def test_no_sign_is_passed_over(text: str) -> None:
    """Numbers to call are no times, and whatever else was said beside plain words is no part of them."""
    assert plain(text, "en") is None


def test_only_whole_utterances_are_plain() -> None:
    """What a slot holds of an utterance lacks the words before it, so the networks decide."""
    assert detect("my knee hurts", "en-US", whole=False) != PAIN
    assert plain(f"it hurts{' ' * LONGEST}", "en") is None


def test_findings_have_advice() -> None:
    """Every category and tier that the list can give has words of its own."""
    flags = load("en").red_flags
    found = [meaning.finding for _, meaning in listed("en").meanings if meaning.finding]
    assert PAIN in found
    assert [each for each in found if each.tier not in flags[each.category].advice] == []


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("My knee", "must be words in small letters"),
        ("my knee ", "must be words in small letters"),
        ("it's 9", "must be words in small letters"),
        ("my {limb} hurts", "names 'limb'"),
        ("my {limb hurts", "must be words in small letters"),
    ],
)
def test_faulty_phrases(phrase: str, fault: str, tmp_path: Path) -> None:
    """The error names the file, the phrase and what it should be."""
    shutil.copytree(DIRECTORY / "en", tmp_path / "en")
    path = tmp_path / "en" / "plain.yaml"
    path.write_text(path.read_text("utf-8").replace("  - both legs\n", f'  - "{phrase}"\n'), encoding="utf-8")
    with pytest.raises(ContentError, match=fault) as error:
        listed("en", tmp_path)
    assert str(path) in str(error.value)
    assert repr(phrase) in str(error.value)
