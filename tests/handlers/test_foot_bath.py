"""The foot bath: who must leave it out comes first, a timer is offered last, and its yes sets it."""

from __future__ import annotations

from typing import Any

import pytest
from ask_sdk_core.skill import CustomSkill

from tests.conftest import Ask, checked, speech
from tests.handlers.asking import CONTENT, asked, place, says, session_of
from tests.handlers.leave import BATH_IS_OUT, Answering

BATH = CONTENT.remedies["foot_bath"]


@pytest.mark.parametrize("state", [{}, {"position": place("full")}, {"asked": "anything"}], ids=str)
def test_safety_comes_first(state: dict[str, Any], ask: Ask) -> None:
    """Who must skip it is heard before anything else, every step is heard in order, and the timer is offered last."""
    response = ask(asked("FootBathIntent", state))
    said = speech(response)
    texts = [BATH.skip_if.say.text, *(step.text for step in BATH.steps), BATH.safety.say.text]
    places = [said.find(text) for text in texts]
    assert said.startswith(f"<speak>{texts[0]}")
    assert -1 not in places
    assert places == sorted(places)
    assert said.endswith("shall I set a timer of ten minutes?</speak>")
    assert response["response"]["card"]["title"] == BATH.name
    assert session_of(response)["asked"] == "timer"
    assert session_of(response).get("position") == state.get("position")


def test_yes_to_the_bath(ask: Ask) -> None:
    """A yes to whether to be taken through it says the same."""
    agreed = ask(asked("AMAZON.YesIntent", {"asked": "start:foot_bath"}))
    assert speech(agreed).startswith(f"<speak>{BATH.skip_if.say.text}")
    assert session_of(agreed)["asked"] == "timer"


def test_asked_for_again_sets_the_timer(skill: CustomSkill) -> None:
    """To say "set the timer", which is heard as asking for the bath, is to say yes to one."""
    skill.api_client = Answering(200)
    assert says(checked(skill)(asked("FootBathIntent", {"asked": "timer"})), "timer.set")


@pytest.mark.parametrize("state", [{}, {"asked": "timer"}, {"asked": "start:foot_bath"}], ids=str)
def test_withheld(state: dict[str, Any], skill: CustomSkill) -> None:
    """After what was told it is left out, and so is its timer."""
    service = Answering(200)
    skill.api_client = service
    for name in ("FootBathIntent", "AMAZON.YesIntent") if state else ("FootBathIntent",):
        response = checked(skill)(asked(name, {**state, **BATH_IS_OUT}))
        assert says(response, "routine.withheld")
        assert "minutes" not in speech(response)
    assert service.requests == []
