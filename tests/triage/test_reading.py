"""Tests of the file of phrases and of what is said when it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.content import DIRECTORY, ContentError, read_yaml
from skill.triage.reading import read

FILE = DIRECTORY / "en" / "triage.yaml"

Data = dict[str, Any]


def test_every_fact_is_used() -> None:
    """No fact and no list of words lies about unused."""
    data: Data = read_yaml(FILE)
    tiers = [entry for tiers in data["categories"].values() for entry in tiers.values()]
    used = {name.lstrip("-") for entry in tiers for line in entry.get("together", []) for name in line.split()}
    assert used == {*data["facts"], *data["history"], *data["excuses"]}
    phrases = str({key: value for key, value in data.items() if key != "words"})
    assert [name for name in data["words"] if not re.search(rf"\b{name}\b", phrases)] == []


def test_categories_are_the_red_flags() -> None:
    """There is a phrase for every red flag that has advice, and for no other."""
    data: Data = read_yaml(FILE)
    assert set(data["categories"]) == set(read_yaml(DIRECTORY / "en" / "red_flags.yaml"))


def _set(*path: str, to: object) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_set("words", to=[]), "words: must be a mapping"),
        (_set("words", "LEG", to=["Leg"]), "words.LEG: every entry must be words in lower case"),
        (_set("facts", "fever", to=["FEVER"]), "facts.fever: in 'FEVER': 'FEVER' is neither a word nor the name"),
        (_set("facts", "fever", to=[True]), "facts.fever: must be a list of texts"),
        (_set("idioms", to=None), "idioms: must be a list"),
        (_set("categories", "dvt", to={"SOON": {}}), "categories.dvt.SOON: no such tier"),
        (_set("categories", "dvt", "SAME_DAY", to={"words": []}), "categories.dvt.SAME_DAY: unknown words"),
        (
            _set("categories", "dvt", "SAME_DAY", "together", to=["fever -luck"]),
            "categories.dvt.SAME_DAY.together: luck in 'fever -luck' is no fact",
        ),
        (_set("spelling", "pairs", to={"one": "two"}), "spelling.pairs: must have two words"),
        (_set("spelling", "whole", to={"one": 1}), "spelling.whole: must say what is written"),
        (_set("others", "people", to="me"), "others.people: must be a list"),
        (_set("denials", to={}), "denials.words: must be a list"),
    ],
)
def test_complaint(change: Callable[[Data], None], complaint: str, tmp_path: Path) -> None:
    """A wrong file is an error that names the file, the key and what is wrong."""
    data: Data = read_yaml(FILE)
    change(data)
    path = tmp_path / "triage.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(ContentError, match=f"{re.escape(str(path))}: {re.escape(complaint)}"):
        read(path)


def test_no_mapping(tmp_path: Path) -> None:
    """A file that holds something else is an error, too."""
    path = tmp_path / "triage.yaml"
    path.write_text("- one", encoding="utf-8")
    with pytest.raises(ContentError, match="the file: must be a mapping"):
        read(path)
