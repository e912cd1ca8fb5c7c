"""Tests of speech as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.speaker.plain import plain, said, spoken

BEAT = '<break time="700ms"/>'


def counted(*numbers: str) -> str:
    """Numbers with a break after each."""
    return "".join(number + BEAT for number in numbers)


TEN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.mark.parametrize(
    ("ssml", "text"),
    [
        ("<speak>Hello.</speak>", "Hello."),
        ("<speak>\n  Hello   there. </speak>", "Hello there."),
        ("<speak>Fish &amp; chips &lt;3</speak>", "Fish & chips <3"),
        ('<speak>Call <say-as interpret-as="digits">911</say-as>, now.</speak>', "Call 911, now."),
        ('<speak>Wait.<break time="2s"/>Go.</speak>', "Wait. Go."),
        ("<speak><p><s>One.</s><s>Two.</s></p></speak>", "One. Two."),
        ('<speak><sub alias="aluminium">Al</sub> foil</speak>', "aluminium foil"),
        (
            '<speak><amazon:effect name="whispered">Hush</amazon:effect><break strength="weak"/>now.</speak>',
            "Hush now.",
        ),
        ('<speak><alexa:name type="first" personId="x"/>Hello.</speak>', "Hello."),
        ('<speak>Go<audio src="https://example.com/a.mp3">now</audio>on.</speak>', "Go on."),
        ("<speak/>", ""),
    ],
)
def test_plain(ssml: str, text: str) -> None:
    """Tags go, entities become letters, and breaks become spaces."""
    assert plain(ssml) == spoken(ssml) == text


def test_long_counting_is_folded() -> None:
    """A long run of counted words shows its first three and its last."""
    ssml = f"<speak>Left leg. Here we go. {counted(*TEN)}Well done. Next?</speak>"
    assert plain(ssml) == "Left leg. Here we go. one, two, three, four, five … nine, ten. Well done. Next?"
    assert spoken(ssml) == f"Left leg. Here we go. {' '.join(TEN)} Well done. Next?"


def test_short_counting_is_not_folded() -> None:
    """Eight counted words are read in full."""
    assert plain(f"<speak>{counted(*TEN[:8])}Done.</speak>") == f"{' '.join(TEN[:8])} Done."


def test_words_on_a_beat_are_counted() -> None:
    """Words of encouragement on a beat belong to the run."""
    beats = [*TEN[:5], "six, half-way there", *TEN[6:], "one hundred and one"]
    assert plain(f"<speak>{counted(*beats)}Done.</speak>") == (
        "one, two, three, four, five … ten, one hundred and one. Done."
    )


def test_two_runs_are_folded_apart() -> None:
    """A sentence between two runs stays."""
    ssml = f"<speak>{counted(*TEN)}Now the right leg. {counted(*TEN)}Done.</speak>"
    assert plain(ssml) == (
        "one, two, three, four, five … nine, ten. Now the right leg. one, two, three, four, five … nine, ten. Done."
    )


def test_sentences_with_breaks_are_not_folded() -> None:
    """Sentences are no counting, however many and however short."""
    sentences = [f"Step {number}." for number in TEN]
    assert plain(f"<speak>{counted(*sentences)}</speak>") == " ".join(sentences)


@pytest.mark.parametrize(
    "ssml",
    [
        "",
        "Hello.",
        "<speak>Hello.",
        "<speak>a</speak><speak>b</speak>",
        "<speak>a</speak> b",
        "<p>a</p>",
        "<speak>Fish & chips</speak>",
        "<speak>a</speak></ssml>",
        '<!DOCTYPE a [<!ENTITY b "c">]><speak>&b;</speak>',
    ],
)
def test_malformed(ssml: str) -> None:
    """What is not exactly one readable element is refused."""
    with pytest.raises(ValueError, match="SSML"):
        plain(ssml)


@given(st.text(st.sampled_from("<>/&;speak br\n\r\"'=ab?\0{}!\x85")))
def test_whatever_is_said(text: str) -> None:
    """No text raises on a device; what cannot be read is said as it stands."""
    assert said({"type": "SSML", "ssml": f"<speak>{text}</speak>"}) is not None


@pytest.mark.parametrize(
    ("output_speech", "text"),
    [
        ({"type": "SSML", "ssml": "<speak>Hi <s>there</s></speak>"}, "Hi there"),
        ({"type": "SSML", "ssml": "<speak>Fish & chips"}, "<speak>Fish & chips"),
        ({"type": "PlainText", "text": "Hi there"}, "Hi there"),
        (None, ""),
        ("Hi", ""),
    ],
)
def test_said(output_speech: object, text: str) -> None:
    """A device says something for whatever a skill sends."""
    assert said(output_speech) == text
