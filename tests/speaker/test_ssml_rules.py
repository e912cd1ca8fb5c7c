"""Tests of what a device accepts in SSML."""

import pytest

from skill.speaker.ssml_rules import broken_ssml_rules


@pytest.mark.parametrize(
    "inside",
    [
        "Hello.",
        '<break time="10s"/><break time="10000ms"/><break strength="weak"/>',
        '<say-as interpret-as="digits">911</say-as>',
        '<prosody rate="90%" pitch="-5%" volume="+2dB">slowly</prosody><prosody rate="slow">so</prosody>',
        '<emphasis level="strong">now</emphasis>',
        '<lang xml:lang="fr-FR">non</lang>',
        '<amazon:effect name="whispered">hush</amazon:effect>',
        '<amazon:emotion name="excited" intensity="low">yes</amazon:emotion>',
        '<audio src="soundbank://soundlibrary/bell"/><audio src="https://example.com/a.mp3"/>',
        '<audio src="http://127.0.0.1:5000/a.mp3"/><audio src="http://localhost/a.mp3"/>',
        '<p><s>a <w role="amazon:VB">read</w></s></p>',
        "x" * 7985,
    ],
)
def test_accepted(inside: str) -> None:
    """Allowed tags, attributes, values and lengths break no rule."""
    assert list(broken_ssml_rules(f"<speak>{inside}</speak>")) == []


@pytest.mark.parametrize(
    ("inside", "rule"),
    [
        ("<b>bold</b>", "has a <b>, which no device knows"),
        ("<speak>again</speak>", "has a <speak> inside another"),
        ('<break length="1s"/>', "has a <break> with length, which no device knows"),
        ('<break time="soon"/>', "has a <break> with time='soon', which no device knows"),
        ('<break time="10.1s"/>', "has a <break> of 10.1s, and the longest is 10s"),
        ('<break time="10001ms"/>', "has a <break> of 10001ms, and the longest is 10s"),
        ('<say-as interpret-as="phone">1</say-as>', "has a <say-as> with interpret-as='phone', which no device knows"),
        ('<lang lang="fr-FR">non</lang>', "has a <lang> with lang, which no device knows"),
        (
            '<audio src="http://example.com/a.mp3"/>',
            "has a <audio> with src='http://example.com/a.mp3', which no device knows",
        ),
        (
            '<audio src="http://localhost.example.com/a.mp3"/>',
            "has a <audio> with src='http://localhost.example.com/a.mp3', which no device knows",
        ),
        (
            "a & b",
            "cannot be read: the SSML is not well-formed near '<speak>a & b</speak>': not well-formed (invalid token)",
        ),
        ("<x:y/>", "cannot be read: the SSML is not well-formed near '<speak><x:y/></speak>': unbound prefix"),
        ("</speak><speak>", "cannot be read: the SSML is not exactly one <speak> element"),
        ("x" * 7986, "has 8001 characters and may have 8000"),
    ],
)
def test_refused(inside: str, rule: str) -> None:
    """Each rule is named by a line when it is broken."""
    assert list(broken_ssml_rules(f"<speak>{inside}</speak>")) == [rule]
