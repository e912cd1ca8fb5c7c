"""When a device says what of an answer: the moments of its words, by how long a voice takes for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from skill.speaker.plain import speak_element

_UNITS = {"ms": 1, "s": 1000}


@dataclass(frozen=True, slots=True)
class Moment:
    """Words between two silences."""

    begin_ms: float
    """When they begin, from the start of the answer."""
    end_ms: float
    """When they end."""
    words: str
    """What is said."""


def timeline(ssml: str, say_ms: Callable[[str], float], play_ms: Callable[[str], float]) -> list[Moment]:
    """The words of some SSML with their moments; raises ValueError when it is malformed.

    `say_ms` tells how long some words take, `play_ms` how long the recording at a URL is.
    """
    moments: list[Moment] = []
    clock, pending = 0.0, ""

    def speak() -> None:
        nonlocal clock, pending
        words, pending = " ".join(pending.split()), ""
        if words:
            begin, clock = clock, clock + say_ms(words)
            moments.append(Moment(begin, clock, words))

    def walk(element: Element) -> None:
        nonlocal clock, pending
        if element.tag == "break":
            speak()
            clock += _milliseconds(element.attrib.get("time", ""))
        elif element.tag == "audio":
            speak()
            clock += play_ms(element.attrib.get("src", ""))
        pending += element.text or ""
        for child in element:
            walk(child)
            pending += child.tail or ""

    walk(speak_element(ssml))
    speak()
    return moments


def _milliseconds(time: str) -> float:
    unit = "ms" if time.endswith("ms") else "s"
    try:
        return float(time.removesuffix(unit)) * _UNITS[unit]
    except ValueError:
        return 0.0
