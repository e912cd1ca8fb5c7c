"""What a device accepts in SSML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from skill.speaker.plain import NAMESPACES, speak_element

LONGEST_SPEECH = 8000
"""Characters with all tags."""

LONGEST_BREAK_S = 10.0
"""Seconds a tag."""

FETCHABLE = r"https://\S+|http://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?/\S*"
"""A URL that audio may have: anybody's by HTTPS, and the device's own machine also without."""

_DURATION = r"\+?\d*\.?\d+(?:s|ms)"
_LEVEL = r"x-slow|slow|medium|fast|x-fast"
_LOUDNESS = r"silent|x-soft|soft|medium|loud|x-loud|[+-]\d+(?:\.\d+)?dB"
_PITCH = r"x-low|low|medium|high|x-high|[+-]\d+(?:\.\d+)?%"
_READINGS = (
    "cardinal|number|ordinal|digits|spell-out|characters|fraction|unit|date|time|telephone|address|interjection"
    "|expletive"
)

TAGS: dict[str, dict[str, str]] = {
    "speak": {},
    "audio": {"src": rf"soundbank://\S+|{FETCHABLE}"},
    "break": {"time": _DURATION, "strength": "none|x-weak|weak|medium|strong|x-strong"},
    "emphasis": {"level": "strong|moderate|reduced"},
    "lang": {"xml:lang": r"[a-z]{2}-[A-Z]{2}"},
    "p": {},
    "phoneme": {"alphabet": "ipa|x-sampa", "ph": ".+"},
    "prosody": {"rate": rf"{_LEVEL}|\d+%", "pitch": _PITCH, "volume": _LOUDNESS},
    "s": {},
    "say-as": {"interpret-as": _READINGS, "format": "[mdy]{1,3}"},
    "sub": {"alias": ".+"},
    "voice": {"name": ".+"},
    "w": {"role": "amazon:(?:VB|VBD|NN|DT|IN|JJ|SENSE_1)"},
    "amazon:domain": {"name": "conversational|long-form|music|news|fun"},
    "amazon:effect": {"name": "whispered"},
    "amazon:emotion": {"name": "excited|disappointed", "intensity": "low|medium|high"},
    "alexa:name": {"type": "first", "personId": ".+"},
}
"""The tags that may be used, with their attributes and what these may be."""

_PREFIXES = {
    **{uri: prefix for prefix, uri in NAMESPACES.items()},
    "http://www.w3.org/XML/1998/namespace": "xml",
}


def broken_ssml_rules(ssml: str) -> Iterator[str]:
    """Name every rule that some SSML breaks, a line each."""
    if len(ssml) > LONGEST_SPEECH:
        yield f"has {len(ssml)} characters and may have {LONGEST_SPEECH}"
    try:
        speak = speak_element(ssml)
    except ValueError as error:
        yield f"cannot be read: {error}"
        return
    for element in speak.iter():
        yield from _broken_tag_rules(element, inside=element is not speak)


def _broken_tag_rules(element: Element, *, inside: bool) -> Iterator[str]:
    tag = _name(element.tag)
    if tag not in TAGS:
        yield f"has a <{tag}>, which no device knows"
        return
    if tag == "speak" and inside:
        yield "has a <speak> inside another"
    for attribute, value in element.attrib.items():
        allowed = TAGS[tag].get(_name(attribute))
        if allowed is None:
            yield f"has a <{tag}> with {_name(attribute)}, which no device knows"
        elif not re.fullmatch(allowed, value):
            yield f"has a <{tag}> with {_name(attribute)}={value!r}, which no device knows"
        elif (tag, attribute) == ("break", "time") and _seconds(value) > LONGEST_BREAK_S:
            yield f"has a <break> of {value}, and the longest is {LONGEST_BREAK_S:g}s"


def _name(qualified: str) -> str:
    uri, _, local = qualified.rpartition("}")
    return f"{_PREFIXES.get(uri[1:], uri[1:])}:{local}" if uri else local


def _seconds(duration: str) -> float:
    return float(duration[:-2]) / 1000 if duration.endswith("ms") else float(duration[:-1])
