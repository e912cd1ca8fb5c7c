"""The memory: a storage that fails costs what was kept and never the turn, and the log has no word that was said."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from ask_sdk_core.attributes_manager import AttributesManager

from skill.envelope import read_envelope
from skill.handlers import memory
from tests.conftest import REQUESTS, assert_keeps_rules, checked, request, request_id, speech
from tests.handlers.asking import RECORD, Kept, asked, counting, ends, place, says, skill_with, talk, until

EVERYTHING = ("read", "write", "delete")


@pytest.mark.parametrize("path", REQUESTS, ids=request_id)
def test_turn_goes_on(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever storage refuses, the answer keeps the rules, and the log says so without the words in the slots."""
    envelope = request(request_id(path))
    caplog.set_level(logging.DEBUG, logger="skill")
    for fails in (EVERYTHING, ("read",), ("write",)):
        caplog.clear()
        kept = Kept(RECORD, fails)
        checked(skill_with(kept))(envelope)
        refused = [line for line in caplog.messages if line.startswith("storage ")]
        assert bool(refused) == bool(kept.fails & set(kept.calls))
        for slot in (envelope["request"].get("intent") or {}).get("slots", {}).values():
            assert " " not in slot.get("value", "") or slot["value"] not in caplog.text


@pytest.mark.parametrize("path", REQUESTS, ids=request_id)
def test_unread_record_is_not_replaced(path: Path) -> None:
    """A record that could not be read is left as it is: an empty one must not take its place."""
    kept = Kept(RECORD, ("read", "delete"))
    checked(skill_with(kept))(request(request_id(path)))
    assert kept.record == RECORD


class Stumbling(Kept):
    """A storage whose first reading fails."""

    def _called(self, name: str) -> None:
        self.fails = set() if name in self.calls else {"read"}
        super()._called(name)


def test_storage_that_recovers_gets_the_changes() -> None:
    """A change is kept even where reading failed at first, and the rest of the record stays."""
    kept = Stumbling(RECORD)
    checked(skill_with(kept))(request("AMAZON.PauseIntent/mid_routine"))
    assert kept.calls == ["read", "read", "write"]
    assert kept.record["position"] != RECORD["position"]
    assert {**kept.record, "position": None} == {**RECORD, "position": None}


def test_slow_storage_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where reading failed and took long, nothing more is asked of storage in that turn."""
    monkeypatch.setattr(memory, "SLOW_S", -1)
    kept = Stumbling(RECORD)
    checked(skill_with(kept))(request("AMAZON.PauseIntent/mid_routine"))
    assert kept.calls == ["read"]


def test_urgent_advice_needs_no_storage() -> None:
    """With a broken storage the advice is the same, word for word."""
    envelope = request("RedFlagIntent/stroke_tia")
    broken = checked(skill_with(Kept(RECORD, EVERYTHING)))(envelope)
    assert broken == checked(skill_with(Kept(RECORD)))(envelope)
    assert "911" in speech(broken)
    assert ends(broken)


def test_routine_goes_on_within_the_session() -> None:
    """Without storage the conversation still knows the place."""
    ask = checked(skill_with(Kept(fails=EVERYTHING)))
    _, _, left = talk(
        ask,
        asked("StartRoutineIntent", slots={"routine": "full=full"}),
        asked("AMAZON.NextIntent", seconds=300),
        asked("HowManyLeftIntent", seconds=301),
    )
    assert says(left, "routine.left")
    assert "the right leg" in speech(left)


def test_forgetting_that_fails_is_said() -> None:
    """A person who wants to be forgotten hears whether they are."""
    for fails, phrase in (((), "forget.done"), (("delete",), "forget.failed")):
        kept = Kept(RECORD, fails)
        response = checked(skill_with(kept))(asked("AMAZON.YesIntent", {"asked": "forget"}))
        assert says(response, phrase)
        assert ends(response)
        assert kept.record == (RECORD if fails else {})


def test_forgetting_mid_routine_leaves_nothing() -> None:
    """The place of the set that was being counted is not written back after the record was deleted."""
    kept = Kept(RECORD)
    position = place("full")
    state = counting(position, "forget")
    checked(skill_with(kept))(asked("AMAZON.YesIntent", state, seconds=until(10, position)))
    assert kept.record == {}


def test_nothing_is_begun_after_forgetting() -> None:
    """What a turn changes after it has forgotten the person does not make a new record."""
    kept = Kept(RECORD)
    remembered = memory.Memory(AttributesManager(read_envelope(asked("LaunchRequest")), kept))
    assert remembered.forget()
    remembered.keep(introduced=True)
    remembered.write()
    assert kept.record == {}


def test_disabling_the_skill_forgets() -> None:
    """Somebody who removes the skill is forgotten, in silence."""
    kept = Kept(RECORD)
    envelope = request("AlexaSkillEvent.SkillDisabled/no_session")
    assert_keeps_rules(envelope, checked(skill_with(kept))(envelope))
    assert kept.record == {}


@pytest.mark.parametrize("path", REQUESTS, ids=request_id)
def test_only_changes_are_written(path: Path) -> None:
    """A turn reads once and writes once at most, and writes only what differs."""
    kept = Kept(RECORD)
    checked(skill_with(kept))(request(request_id(path)))
    assert kept.calls.count("read") <= 1
    assert kept.calls.count("write") <= 1
    assert "write" not in kept.calls or kept.record != RECORD


def test_questions_need_no_storage() -> None:
    """A question about causes touches no storage at all."""
    kept = Kept(RECORD)
    checked(skill_with(kept))(request("CausesIntent/new_session"))
    assert kept.calls == []


def test_first_visit_is_remembered() -> None:
    """The disclaimer is heard on the first launch, and a greeting from then on."""
    kept = Kept()
    ask = checked(skill_with(kept))
    assert says(ask(asked("LaunchRequest")), "welcome.first")
    assert re.fullmatch(r"\d+", str(kept.record["version"]))
    assert says(ask(asked("LaunchRequest")), "welcome.again")
