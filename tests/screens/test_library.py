"""The library: buttons that mean what they say, and faults that are told with their file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from skill.content import load
from skill.content.reading import DIRECTORY, ContentError
from skill.screens.library import DOCUMENTS, library
from tests.conftest import understanding

WORDS, CONTENT = library("en").words, load("en")
SMALLER = 26
"""Letters of a label that still can be read on the smallest screen."""


@pytest.mark.parametrize("name", sorted(WORDS.buttons))
def test_what_can_be_touched_can_be_said(name: str) -> None:
    """The label is understood exactly, as the very intent and values that touching it means."""
    button = WORDS.buttons[name]
    heard = understanding("en-US").hear(button.label)
    assert (heard.how, heard.intent) == ("sample", button.intent)
    said = {name: slot.matches[0][0] for name, slot in heard.slots.items()}
    assert said == button.slots
    assert len(button.label) <= SMALLER


@pytest.mark.parametrize("name", sorted(WORDS.buttons))
def test_buttons_know_what_they_begin(name: str) -> None:
    """A button begins a routine or remedy that there is, and the one that is in its slots."""
    button = WORDS.buttons[name]
    assert button.starts is None or button.starts in {*CONTENT.routines, *CONTENT.remedies}
    begun = {"StartRoutineIntent", "StartExerciseIntent", "FootBathIntent", "PlayRoutineIntent"}
    assert (button.starts is not None) == (button.intent in begun)
    assert set(button.slots.values()) <= {button.starts}


def test_first_screens_fit() -> None:
    """Six buttons fit on the first screen, and three below an answer, of which one tells its sources."""
    assert len(WORDS.menu) == len(WORDS.resuming) == 6
    assert len(WORDS.answered) <= 2


def changed(folder: Path, file: str, change: Callable[[str], str]) -> Path:
    """A copy of the content with one file changed."""
    shutil.copytree(DIRECTORY, folder / "content")
    path = folder / "content" / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder / "content"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "en/screens.yaml",
            "menu: [short,",
            "menu: [shrot,",
            r"screens\.yaml: menu: 'shrot' is not one of the buttons",
        ),
        ("en/screens.yaml", "hint:", "hnit:", r"screens\.yaml: .*hint"),
        ("en/screens.yaml", "{counts}", "{counts", r"screens\.yaml: .*of"),
        ("screens/menu.json", '"type": "APL"', '"type": "APLA"', r"menu\.json: must be of type APL"),
        ("screens/menu.json", '"theme"', '"import": [{}], "theme"', r"menu\.json: must import nothing"),
        ("screens/menu.json", '"theme"', '"styles": {}, "theme"', r"menu\.json: 'styles' stands in shared\.json"),
        ("screens/answer.json", "{", "[", r"answer\.json: "),
        ("screens/shared.json", "{", '"', r"shared\.json: "),
        ("screens/drawings/foot_bath.json", '"flip"', '"flop"', r"foot_bath\.json: must be of type AVG with the param"),
    ],
)
def test_faults_are_told(file: str, old: str, new: str, fault: str, tmp_path: Path) -> None:
    """What is wrong with a file is an error that names it."""
    directory = changed(tmp_path, file, lambda text: text.replace(old, new, 1))
    with pytest.raises(ContentError, match=fault):
        library.make("en", directory)


def test_missing_and_odd_files(tmp_path: Path) -> None:
    """A document that is missing, or that is a list, is told as such."""
    directory = changed(tmp_path, "screens/bath.json", lambda _: "[]")
    with pytest.raises(ContentError, match=r"bath\.json: must hold one object"):
        library.make("en", directory)
    (directory / "screens" / "bath.json").unlink()
    with pytest.raises(ContentError, match=r"bath\.json"):
        library.make("en", directory)


def test_no_layout_is_sent_that_is_not_shown() -> None:
    """A document has the shared layouts that are in it, also those within others, and no more."""
    has = {name: set(document["layouts"]) for name, document in library("en").documents.items()}
    assert has["urgent"] == set()
    assert has["menu"] == {"Button"}
    assert has["bath"] == {"Button", "Buttons", "Drawing"}


def test_every_document_is_used() -> None:
    """Each file is a document, a drawing, or what all share."""
    files = {path.stem for path in (DIRECTORY / "screens").glob("*.json")}
    assert files == {*DOCUMENTS, "shared"}
    assert len(json.dumps(library("en").documents)) < 60_000
