"""The words of the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from skill.content.reading import ContentError
from skill.web.simulator import words as module
from skill.web.simulator.page import HERE
from skill.web.simulator.words import page_words, words_of

WORDS = words_of("en")


def leaves(part: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The keys that lead to each text."""
    if isinstance(part, dict):
        return [leaf for key, value in part.items() for leaf in leaves(value, (*path, key))]
    return [path]


def test_all_are_used_and_all_that_is_used_is_there() -> None:
    """No text of the page is unknown to its files, and none of these names one that is missing."""
    files = [
        path.read_text(encoding="utf-8") for path in (HERE / "static").iterdir() if path.suffix in {".js", ".html"}
    ]
    source = "\n".join(files)
    for place in re.findall(r"\{\{([a-z_]+\.[a-z_.]+)\}\}", source):
        part: Any = WORDS
        for key in place.split("."):
            part = part[key]
        assert isinstance(part, str), place
    for key in re.findall(r"words\.([a-z_]+\.[a-z_]+)\b", source):
        group, name = key.split(".")
        assert name in WORDS[group], key
    used = set(re.findall(r"[a-z_]+", source))
    for leaf in leaves(WORDS):
        if leaf[0] in {"page", "player", "settings", "screen"}:
            assert leaf[-1] in used, leaf


def test_another_skill() -> None:
    """What is said in place of our own words has their keys, and its title in it; all else stays as it is."""
    ours, others = page_words("en"), page_words("en", "My Hello")
    assert ours.keys() == others.keys() == WORDS.keys() - {"other_skill"}
    for group, texts in WORDS["other_skill"].items():
        assert texts.keys() <= ours[group].keys()
        assert {key for key in ours[group] if others[group][key] != ours[group][key]} == texts.keys()
    assert others["page"]["title"] == "My Hello"
    assert "{skill}" not in str(others)


def test_no_sentence_in_the_scripts() -> None:
    """What is shown stands in the content, and not in the program."""
    for path in (HERE / "static").glob("*.js"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for text in re.findall(r'"([^"\n]*)"', code):
            assert not re.match(r"[A-Z][a-z]+ [a-z]+ [a-z]+", text), f"{path.name}: {text}"


@pytest.mark.parametrize("bad", ["page: {title: }", "page: {title: 7}", "page: [yes, true]", "page: {title: ''}"])
def test_what_is_no_text(bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error that names the file and the key."""
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "page.yaml").write_text(bad, encoding="utf-8")
    monkeypatch.setattr(module, "DIRECTORY", tmp_path)
    with pytest.raises(ContentError, match=r"page\.yaml: page: "):
        words_of.__wrapped__("xx")
