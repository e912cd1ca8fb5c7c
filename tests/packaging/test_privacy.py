"""The privacy policy tells of all that is kept, and of ways to delete it that work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from skill.locales import model_path
from skill.packaging.phrases import sample_of
from skill.storage.dynamodb import KEPT_DAYS
from skill.storage.record import KEPT_DATES, Record

POLICY = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
SAID = " ".join(POLICY.split())

TOLD = {
    "position": "your place in the routine",
    "playing": "whether recordings lead it",
    "paused": "and are paused",
    "tempo": "the pace",
    "counts": "the counts that you chose",
    "spoken": "which counts are said",
    "ticks": "whether there is a tick",
    "finished": f"the days on which you finished a routine, at most {KEPT_DATES} of them",
    "best": "the longest row of such days",
    "introduced": "whether you have heard the introduction",
}


def test_everything_that_is_kept_is_told() -> None:
    """Field by field; the version of the record's shape is nobody's."""
    kept = Record().to_dict()
    fields = {*kept, *kept["preferences"]} - {"version", "preferences"}
    assert fields == {*TOLD}
    assert [words for words in TOLD.values() if words not in SAID] == []


def test_records_expire_as_is_said() -> None:
    """In the table that many people share."""
    assert f"expire {KEPT_DAYS} days after they last changed" in SAID


@pytest.mark.parametrize("phrase", re.findall(r'"([^"]+)"', POLICY))
def test_what_it_says_to_say_is_understood(phrase: str) -> None:
    """Above all the way to be forgotten."""
    assert sample_of(model_path("en-US"), "en-US")(phrase) == "forget me"
