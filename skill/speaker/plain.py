"""What a device would say, as text."""

from __future__ import annotations

import re
from typing import Any

# What is parsed is a skill's own answer, and inside the wrapper below no document type can be declared, so
# the entities that make a parser of foreign XML dangerous cannot be defined.
from xml.etree import ElementTree
from xml.parsers.expat import ErrorString

LONG_RUN = 8
"""Runs of more counted words than this are folded."""

FIRST_SHOWN, LAST_SHOWN = 5, 2
"""How many counted words are shown of a folded run: a countdown and two counts, a count and the word after it."""

NAMESPACES = {"amazon": "urn:amazon", "alexa": "urn:alexa"}
"""Prefixes that need no declaration in SSML."""

_BREAK = "\0"
"""Stands for a break; XML cannot contain it."""

_COUNTED = re.compile(r"(?P<before>.*[.?!:;]\s)?(?P<unit>[^.?!:;]+)", re.DOTALL)
_MOST_WORDS = 6
"""The longest counted words are of this many: "one hundred and seventy seven, halfway"."""


def speak_element(ssml: str) -> ElementTree.Element:
    """The `<speak>` element of some SSML; raises ValueError when it is malformed or not exactly one."""
    opening = "<ssml" + "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()) + ">"
    try:
        wrapper = ElementTree.fromstring(f"{opening}{ssml}</ssml>")  # noqa: S314 - see the import
    except ElementTree.ParseError as error:
        line, column = error.position
        place = column - len(opening) if line == 1 else column
        near = "".join(ssml.split("\n")[line - 1 : line])[max(place - 15, 0) : place + 15]
        raise ValueError(f"the SSML is not well-formed near {near!r}: {ErrorString(error.code)}") from error
    outside = (wrapper.text or "") + "".join(child.tail or "" for child in wrapper)
    if [child.tag for child in wrapper] != ["speak"] or outside.strip():
        raise ValueError("the SSML is not exactly one <speak> element")
    return wrapper[0]


def spoken(ssml: str) -> str:
    """Every word of some SSML; raises ValueError when it is malformed."""
    return _tidy(_flat(speak_element(ssml)).replace(_BREAK, " "))


def plain(ssml: str) -> str:
    """The words of some SSML with long counting folded; raises ValueError when it is malformed."""
    *paused, last = _flat(speak_element(ssml)).split(_BREAK)
    found: list[str] = []
    run: list[str] = []
    for piece in filter(str.strip, paused):
        counted = _COUNTED.fullmatch(piece.strip())
        if counted is None or len(counted["unit"].split()) > _MOST_WORDS:
            found += [*_folded(run), piece]
            run = []
            continue
        if counted["before"]:
            found += [*_folded(run), counted["before"]]
            run = []
        run.append(counted["unit"].strip(" ,"))
    return _tidy(" ".join([*found, *_folded(run), last]))


def said(output_speech: Any) -> str:
    """What an `outputSpeech` says; malformed SSML as it stands, and nothing for anything else."""
    if not isinstance(output_speech, dict):
        return ""
    ssml = output_speech.get("ssml")
    if not isinstance(ssml, str):
        return str(output_speech.get("text", ""))
    try:
        return plain(ssml)
    except ValueError:
        return ssml


def _flat(element: ElementTree.Element) -> str:
    if element.tag == "break":
        return _BREAK
    if element.tag == "sub":
        return element.get("alias", "")
    if element.tag == "audio":
        return " "
    inner = (element.text or "") + "".join(_flat(child) + (child.tail or "") for child in element)
    # Sentences and paragraphs are set apart by their tags alone.
    return f" {inner} " if element.tag in {"p", "s"} else inner


def _folded(run: list[str]) -> list[str]:
    if len(run) <= LONG_RUN:
        return run
    return [f"{', '.join(run[:FIRST_SHOWN])} … {', '.join(run[-LAST_SHOWN:])}."]


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,.;:?!])", r"\1", re.sub(r"\s+", " ", text)).strip()
