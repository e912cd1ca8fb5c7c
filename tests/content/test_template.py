"""Templates: what stands in braces is found, and what cannot be filled is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.content import Template

NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
LITERALS = st.text(st.characters(exclude_characters="{}"), max_size=20)


@given(LITERALS)
def test_text_without_braces_is_itself(text: str) -> None:
    """Plain text has no placeholders and stays as it is."""
    template = Template(text)
    assert template.text == text
    assert template.fields == frozenset()
    assert "".join(literal for literal, _ in template.parts) == text


@given(st.lists(st.tuples(LITERALS, NAMES), max_size=5))
def test_placeholders_are_found_in_order(pieces: list[tuple[str, str]]) -> None:
    """Every placeholder is found with the text before it."""
    template = Template("".join(f"{literal}{{{name}}}" for literal, name in pieces))
    assert list(template.parts) == pieces
    assert template.fields == {name for _, name in pieces}


@pytest.mark.parametrize("text", ["{", "}", "a {b", "{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{a:>3}", "{a b}", "{{a}"])
def test_strange_braces_are_refused(text: str) -> None:
    """Only a plain name in a pair of braces is a placeholder."""
    with pytest.raises(ValueError, match=r".+"):
        Template(text)
