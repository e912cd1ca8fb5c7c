"""A skill that fails in any way: the device says what it would say, and it is told why."""

from __future__ import annotations

from pathlib import Path

import pytest

from skill.web.simulator.words import words_of
from tests.web.simulator.hello import FAULTS, failing_home
from tests.web.simulator.page import Page


@pytest.mark.parametrize("told", FAULTS)
def test_failure(told: str, folder: Path) -> None:
    """What went wrong is told beside what was said, the conversation is over, and the next one is a new one."""
    kind, why = FAULTS[told]
    page = Page(failing_home(folder), "show5")
    turn = page.say(told)
    said = words_of("en")["failures"][kind]
    assert turn["speech"] == said
    assert [words for _, words, _ in turn["audio"]["marks"]] == [said]
    assert turn["failure"]["said"] == said
    assert why in turn["failure"]["why"]
    assert why in turn["exchanges"][0]["failure"]
    assert (page.state["in_session"], page.state["screen"]) == (False, None)
    assert page.told() == ["IntentRequest", "SessionEndedRequest"]
    well = page.say("be well")
    assert (well["speech"], well["failure"]) == ("All is well.", None)
