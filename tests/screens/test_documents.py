"""Documents and drawings: sound by the rules of their version, complete, and without a word of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from skill.content import load
from skill.content.reading import DIRECTORY
from skill.handlers.display import OLDEST
from skill.screens.library import DOCUMENTS, library

CONTENT, LIBRARY = load("en"), library("en")
COMPONENTS = {"Container", "Frame", "Pager", "Sequence", "Text", "TouchWrapper", "VectorGraphic"}
LAYOUTS = {"Button", "Buttons", "Drawing"}
"""Components of `shared.json`."""
COMMANDS = {"AutoPage", "Idle", "SendEvent", "SetValue"}
ALSO = {"APL", "AVG", "any", "boolean", "color", "group", "number", "path"}
"""Other things that have a type."""
COLOURS = {"${line}", "${accent}", "${faint}"}
EXPRESSION = re.compile(r"\$\{([^{}]*)\}")
THING, TUB, LIMB, TORSO = 5, 7, 13, 22
"""Widths of lines in a drawing, of 200 across: things, what is in use, limbs and bodies."""


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(part)


def texts(value: Any) -> Iterator[str]:
    """Every string in a document, but its descriptions for people."""
    for part in parts(value):
        for key, each in part.items():
            for text in each if isinstance(each, list) else [each]:
                if isinstance(text, str) and key != "description":
                    yield text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_version(name: str) -> None:
    """Each is of the version that a screen must know, and has nothing in it that came later."""
    document = LIBRARY.documents[name]
    assert document["version"] == ".".join(map(str, OLDEST))
    assert "import" not in document
    assert {each["type"] for each in parts(document) if "type" in each} <= COMPONENTS | LAYOUTS | COMMANDS | ALSO
    assert set(document["layouts"]) == LAYOUTS & {each["type"] for each in parts(document) if "type" in each}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_find_their_components(name: str) -> None:
    """What a command is for is in the document."""
    document = LIBRARY.documents[name]
    ids = {each["id"] for each in parts(document) if "id" in each}
    assert {each["componentId"] for each in parts(document) if "componentId" in each} <= ids
    assert "root" in ids


@pytest.mark.parametrize("name", DOCUMENTS)
def test_names_are_bound(name: str) -> None:
    """What an expression names is bound, a parameter, or the platform's."""
    document = LIBRARY.documents[name]
    bound = {each["name"] for each in parts(document) if "name" in each}
    given = [each for layout in document["layouts"].values() for each in layout["parameters"]]
    layouts = {each if isinstance(each, str) else each["name"] for each in given}
    platform = {"Math", "viewport", "payload", "state", "data", "index", "event", "elapsedTime", "true", "false"}
    for text in texts(document):
        for expression in EXPRESSION.findall(text):
            bare = re.sub(r"'[^']*'", "", expression)
            names = set(re.findall(r"(?<![.@\w])[a-z_A-Z]\w*", bare))
            assert names <= bound | layouts | platform, expression


@pytest.mark.parametrize("name", DOCUMENTS)
def test_bound_names_are_no_properties(name: str) -> None:
    """Setting what is bound must not be taken for setting what every component has."""
    placed = {"top", "left", "right", "bottom", "start", "end", "width", "height", "opacity", "display", "transform"}
    bound = {each["name"] for part in parts(LIBRARY.documents[name]) for each in part.get("bind", ())}
    assert {"it", "held", "token", "done"} <= bound
    assert bound.isdisjoint(placed)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_resources_are_there(name: str) -> None:
    """Every colour and every style that is named is one that all documents have."""
    document = LIBRARY.documents[name]
    assert set(re.findall(r"@(\w+)", json.dumps(document))) <= set(document["resources"][0]["colors"])
    named = {style for each in parts(document) for style in re.findall(r"\b[a-z]\w+\b", each.get("style", ""))}
    assert named - {"first"} <= set(document["styles"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_touched_has_a_size(name: str) -> None:
    """It is told in whole pixels, as what is a hair wider than the room for it is cut and complained of."""
    for each in parts(LIBRARY.documents[name]):
        if each.get("type") in {"Button", "Buttons"}:
            wide = each["wide"]
            assert wide in {"${wide}", "${each}"} or "Math.floor" in wide or "viewport.width" in wide, wide


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_words(name: str) -> None:
    """Whatever stands on a screen comes out of the content."""
    for each in parts(LIBRARY.documents[name]):
        for key in ("text", "label", "accessibilityLabel") if "type" in each else ():
            assert not re.search(r"[A-Za-z]{2}", EXPRESSION.sub("", each.get(key, ""))), each[key]


def test_every_remedy_is_drawn() -> None:
    """And nothing else is."""
    assert set(LIBRARY.drawings) == set(CONTENT.remedies)


@pytest.mark.parametrize("name", sorted(LIBRARY.drawings))
def test_drawings_move(name: str) -> None:
    """A drawing has the widths and colours that all have, and something in it that moves with the count."""
    drawing = LIBRARY.drawings[name]
    assert {each["type"] for each in parts(drawing) if "type" in each} <= ALSO
    strokes = [each for each in parts(drawing) if "stroke" in each]
    assert {each["strokeWidth"] for each in strokes} <= {THING, TUB, LIMB, TORSO}
    assert {each[key] for each in parts(drawing) for key in ("stroke", "fill") if key in each} <= COLOURS
    assert any(re.search(r"\b(phase|swing)\b", text) for text in texts(drawing) if "${" in text)


def luminance(colour: str) -> float:
    """Of a colour, as WCAG has it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Between two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast() -> None:
    """All text stands out sevenfold from what it is on, and an emergency number as far as anything can."""
    colours = LIBRARY.documents["menu"]["resources"][0]["colors"]
    on = {"back": ("text", "muted", "accent"), "panel": ("text",), "accent": ("back",), "white": ("back",)}
    for back, texts in {**on, "red": ("white",), "black": ("white",)}.items():
        for text in texts:
            assert contrast(colours[text], colours[back]) >= 7, (text, back)
    urgent = [each["color"] for each in parts(LIBRARY.documents["urgent"]["mainTemplate"]) if "fontSize" in each]
    assert {*urgent} == {"@white"}
    assert contrast(colours["white"], colours["black"]) == pytest.approx(21)


def test_files_are_written_alike() -> None:
    """Every file is JSON with two spaces, so that a change shows as what it is."""
    for path in (DIRECTORY / "screens").rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert json.loads(text)
        assert all((len(line) - len(line.lstrip(" "))) % 2 == 0 for line in text.splitlines()), path
        assert text.endswith("}\n"), path
