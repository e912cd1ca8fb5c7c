"""The words of the store's page: read with care, and told with the numbers of the country."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from skill.content.reading import DIRECTORY, ContentError
from skill.locales import find, published
from skill.packaging.listing import instructions, load_listing, page

SHIPPED = (DIRECTORY / "en" / "skill.yaml").read_text(encoding="utf-8")
Damage = Callable[[str], str]


@pytest.mark.parametrize("locale", published())
def test_a_page_names_the_number_of_its_country(locale: str) -> None:
    """And has no placeholder left."""
    made = page(load_listing(locale), locale)
    assert made.description.endswith(f"in an emergency, call {find(locale).numbers.emergency}.")
    assert not re.search(r"[{}]", f"{made.name}{made.summary}{made.description}")


def test_testers_are_told_all_numbers() -> None:
    """They try the skill in every locale."""
    told = instructions(load_listing("en-US"))
    assert all(f"{locale} {find(locale).numbers.emergency}" in told for locale in published())


def test_the_page_disclaims_medical_advice() -> None:
    """Informational and educational, no medical advice, no substitute: the store asks for each of these."""
    said = page(load_listing("en-GB"), "en-GB").description
    for words in ("informational and educational purposes only", "not medical advice", "not a substitute"):
        assert words in said


def test_testers_are_told_what_they_need() -> None:
    """No account, what to try, and what is said when danger is told of."""
    told = instructions(load_listing("en-US"))
    assert told.startswith("No account")
    assert re.findall(r"^\d", told, re.MULTILINE) == [str(number) for number in range(1, 10)]
    assert "my face is drooping" in told


def replaced(old: str, new: str) -> Damage:
    """Other words in the file."""
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (replaced("summary: Why", "sumary: Why"), "missing required field `summary`"),
        (replaced("category:", "kategory: x\ncategory:"), "'kategory' is not a key that is known here"),
        (replaced("HEALTH_AND_FITNESS", "HEALTH_&_FITNESS"), "Invalid enum value 'HEALTH_&_FITNESS'"),
        (replaced("Steady Legs answers", "{skill} answers"), "description: nothing is known to fill {skill} with"),
        (replaced("Why legs go numb", "Call {emergency}"), "summary: nothing is known to fill {emergency} with"),
        (replaced("({numbers})", "({emergency})"), "testing: nothing is known to fill {emergency} with"),
        (replaced("({numbers})", "({numbers)"), "unmatched '{'"),
        (lambda text: re.sub(r"^summary: .*$", 'summary: " "', text, flags=re.MULTILINE), "summary must not be empty"),
        (replaced("name:", "name: x\nname:"), "key 'name' stands twice"),
    ],
)
def test_a_fault_is_named_with_file_and_key(damage: Damage, complaint: str, tmp_path: Path) -> None:
    """Before anything is made of it."""
    path = tmp_path / "en" / "skill.yaml"
    path.parent.mkdir()
    path.write_text(damage(SHIPPED), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_listing("en-US", tmp_path)
    assert str(raised.value).startswith(str(path))
    assert complaint in str(raised.value)
