"""Pictures that really are sent: those of all request fixtures, and where there is danger those of each country."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from skill import locales
from skill.screens.picture import Picture
from tests.conftest import REQUESTS, Envelope, checked, request, request_id
from tests.handlers.asking import Kept, skill_with
from tests.screens.device import RENDER, directives, on_screen

ABROAD = ("en-GB", "en-AU", "en-IN", "en-IE", "en-ZZ")
"""Where the numbers to call are longer, more, or unknown."""

VARYING = ("title", "pages", "source", "side", "next", "text", "note")
"""Texts that may be short or long where a layout stays the same."""


@cache
def pictures() -> dict[str, Picture]:
    """By the fixture that each answers; of those that are laid out alike, the longest in each of their texts.

    The fullest page of an answer is its first.
    """
    longest: dict[str, tuple[int, str, Picture]] = {}
    for name, envelope in _requests():
        for directive in directives(checked(skill_with(Kept()))(envelope), RENDER):
            picture = Picture(name, directive["document"], directive["datasources"])
            ((kind, source),) = picture.datasources.items()
            told = source["properties"]
            told.get("pages", []).sort(key=len, reverse=True)
            alike = [kind, told.get("drawn"), told.get("live"), [each["label"] for each in told.get("buttons", [])]]
            for field in VARYING:
                text = str(told["pages"][0] if field == "pages" and field in told else told.get(field, ""))
                key = json.dumps([alike, field, told.get("number")])
                longest[key] = max(
                    longest.get(key, (-1, "", picture)), (len(text), name, picture), key=lambda each: each[0]
                )
    return {name: picture for _, name, picture in longest.values()}


def _requests() -> Iterator[tuple[str, Envelope]]:
    for path in REQUESTS:
        name = request_id(path)
        yield name, on_screen(request(name))
        for tag in ABROAD if path.parent.name in {"RedFlagIntent", "ReportSymptomIntent"} else ():
            assert locales.find(tag).numbers
            envelope = on_screen(request(name))
            envelope["request"]["locale"] = tag
            yield f"{name} {tag}", envelope
