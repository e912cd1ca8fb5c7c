"""Locales: the words of their language, and numbers that are never those of another country."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill import locales
from skill.content.reading import ContentError, read
from skill.locales import LONGEST_TAG, Table, find, model_path, published

GENERAL = "your local emergency number"


@pytest.mark.parametrize(
    ("tag", "emergency"),
    [
        ("en-US", "911"),
        ("en-CA", "911"),
        ("en-GB", "999"),
        ("en-AU", "000"),
        ("en-IN", "112"),
        ("de-DE", "112"),
        ("ja-JP", "119"),
    ],
)
def test_emergency_number(tag: str, emergency: str) -> None:
    """Each region has its own emergency number."""
    assert find(tag).numbers.emergency == emergency


@pytest.mark.parametrize("tag", ["en", "xx", "en-ZZ", "en_US", "-", "en-us", "GB"])
def test_unknown_region_hears_no_number(tag: str) -> None:
    """No number at all is better than a wrong one."""
    assert find(tag).numbers.emergency == GENERAL
    assert not any(map(str.isdigit, "".join((find(tag).numbers.crisis_line, find(tag).numbers.poison_line))))


@pytest.mark.parametrize("tag", [None, ""])
def test_no_locale_is_the_default(tag: str | None) -> None:
    """A request that names no locale gets the default one."""
    assert find(tag) == find("en-US")


@given(st.text())
def test_any_tag_has_words_and_numbers(tag: str) -> None:
    """Whatever a request calls its locale, there is content and somebody to call."""
    locale = find(tag)
    assert locale.content.phrases
    assert all((locale.numbers.emergency, locale.numbers.crisis_line, locale.numbers.poison_line))


def test_counting_words_are_numbers() -> None:
    """A counting word has the number that it names."""
    words = find("en-GB").number_words
    assert words["zero"] == 0
    assert words["twenty"] == 20


def test_every_published_locale_has_its_own_region_and_a_model() -> None:
    """What is offered has numbers of its own and a model that exists."""
    for tag in published():
        assert find(tag).numbers.emergency != GENERAL
        assert model_path(tag).is_file()
    assert model_path("xx-XX") == model_path("en-US")


def test_table_needs_general_numbers(tmp_path: Path) -> None:
    """Without numbers for all other regions the table is refused."""
    head = "published: [en-US]\nlanguages: {en: en}\ndefault_language: en\ndefault_locale: en-US\n"
    path = tmp_path / "locales.yaml"
    path.write_text(f"{head}regions: {{US: {{emergency: '911', crisis_line: c, poison_line: p}}}}", encoding="utf-8")
    assert read(path, Table).published == ("en-US",)
    with pytest.raises(ContentError, match=r"locales\.yaml: regions needs an entry named default"):
        locales.table("locales", tmp_path)


def test_locales_that_do_not_exist_take_no_room() -> None:
    """Made-up locales are neither kept for ever nor whole, and get the general numbers."""
    made_up = [find(f"en-{n}{'x' * 70_000}") for n in range(100)]
    assert all(len(each.tag) == LONGEST_TAG and each.numbers.emergency == GENERAL for each in made_up)
    assert find("en-GB").numbers.emergency == "999"
    assert find("en-GB") is find("en-GB")
