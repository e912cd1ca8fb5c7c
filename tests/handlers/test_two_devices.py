"""Two devices of one person at once: no change is lost, and nothing comes back that one of them ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.envelope import read_envelope
from skill.handlers import memory
from skill.storage.record import Record
from skill.storage.revision import REVISION, ConflictError
from skill.storage.sqlite import SqliteAdapter
from tests.conftest import Envelope, checked, request
from tests.handlers.asking import RECORD, Kept, asked, counting, place, says, skill_with, until
from tests.handlers.recorded import event, stream


class Overtaken(SqliteAdapter):
    """A storage in which something happens between a turn's first reading and its writing."""

    meanwhile: Callable[[], object] | None = None

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """Read, and then let it happen."""
        read = super().get_attributes(request_envelope)
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        return read


Storages = tuple[Overtaken, SqliteAdapter]
SOMEBODY = asked("LaunchRequest")
REQUEST = read_envelope(SOMEBODY)


@pytest.fixture
def storages(tmp_path: Path) -> Iterator[Storages]:
    """One file, as two processes have it open."""
    path = str(tmp_path / "kept.sqlite3")
    with closing(Overtaken(path)) as one, closing(SqliteAdapter(path)) as other:
        yield one, other


def ask_with(storage: AbstractPersistenceAdapter, envelope: Envelope) -> Envelope:
    """A turn of a process with that storage."""
    skill = skill_with(Kept())
    skill.persistence_adapter = storage
    return checked(skill)(envelope)


def keep(storage: AbstractPersistenceAdapter, record: dict[str, Any]) -> None:
    """Have a record stored, whatever there is."""
    storage.delete_attributes(REQUEST)
    storage.save_attributes(REQUEST, record)


def kept_in(storage: AbstractPersistenceAdapter) -> Record | None:
    """What is stored; None without a record."""
    stored = storage.get_attributes(REQUEST)
    return Record.from_dict(stored) if stored else None


def at_once(storages: Storages, envelope: Envelope, meanwhile: Envelope) -> Record | None:
    """What is stored after a turn that another one overtook."""
    one, other = storages
    one.meanwhile = lambda: ask_with(other, meanwhile)
    ask_with(one, envelope)
    assert one.meanwhile is None
    return kept_in(other)


def finishing(day: int) -> Envelope:
    """The end of the last set of a routine, on a day of November."""
    position = place("leg_swings", 1)
    ended = asked("AMAZON.NextIntent", counting(position), seconds=until(80, position))
    ended["request"]["timestamp"] = f"2026-11-{day}T18:40:00Z"
    ended["session"]["attributes"]["counting"][0] += (day - 22) * 24 * 3600 * 1000
    return ended


WISHES: dict[str, tuple[Envelope, Callable[[Record], Any]]] = {
    "tempo": (asked("SlowerIntent"), lambda record: record.preferences.tempo),
    "spoken": (
        asked("HowMuchSaidIntent", slots={"spoken": "fives=fifth"}),
        lambda record: record.preferences.spoken,
    ),
    "counts": (
        asked("ChangeCountIntent", {"position": place("full")}, slots={"count": "33"}),
        lambda record: record.preferences.counts.get("full.leg_swings"),
    ),
    "finished": (finishing(22), lambda record: (record.finished, record.best)),
    "introduced": (SOMEBODY, lambda record: record.introduced),
}


@pytest.mark.parametrize("first", WISHES)
@pytest.mark.parametrize("second", WISHES)
@pytest.mark.parametrize("begun", [False, True])
def test_changes_of_two_devices_are_both_kept(first: str, second: str, begun: bool, storages: Storages) -> None:
    """Whichever two things a person does on two devices at once, both are remembered."""
    if begun:
        keep(storages[1], {"version": 1, "best": 0})
    (envelope, value), (meanwhile, other_value) = WISHES[first], WISHES[second]
    alone = Kept()
    ask_with(alone, envelope)
    other_alone = Kept()
    ask_with(other_alone, meanwhile)
    record = at_once(storages, envelope, meanwhile)
    assert record is not None
    expected = 2 if first == second == "tempo" else value(Record.from_dict(alone.record))
    assert expected not in (None, 0, "every", False, ((), 0))
    assert value(record) == expected
    assert other_value(record) == (
        2 if first == second == "tempo" else other_value(Record.from_dict(other_alone.record))
    )


def test_days_of_two_devices_are_both_kept(storages: Storages) -> None:
    """Days that two devices add at once stand both in the record, and so does the row that they make."""
    record = at_once(storages, finishing(23), finishing(22))
    assert record is not None
    assert (set(record.finished), record.best) == ({"2026-11-22", "2026-11-23"}, 2)


def test_event_does_not_bring_back_what_advice_stopped(storages: Storages) -> None:
    """The device tells where it stopped while urgent advice ends the routine: the place stays forgotten."""
    keep(storages[1], {**RECORD, "playing": "run"})
    stopped = event("PlaybackStopped", stream(2, "run"), 60_000)
    ask_with(storages[1], stopped)
    assert kept_in(storages[1]) != Record.from_dict({**RECORD, "playing": "run"})
    record = at_once(storages, stopped, request("RedFlagIntent/stroke_tia"))
    assert record is not None
    assert (record.position, record.playing) == (None, None)


def test_event_does_not_undo_what_was_begun(storages: Storages) -> None:
    """An event of recordings that another device has replaced by a routine of its own leaves that one's place alone."""
    keep(storages[1], {**RECORD, "playing": "run"})
    begun = asked("StartRoutineIntent", slots={"routine": "short=short"})
    record = at_once(storages, event("PlaybackStopped", stream(2, "run"), 60_000), begun)
    assert record is not None
    assert record.position is not None
    assert (record.position.routine, record.playing) == ("short", None)


@pytest.mark.parametrize(
    "late",
    [
        event("PlaybackStopped", stream(2, "run"), 60_000),
        asked("SlowerIntent"),
        asked("AMAZON.PauseIntent"),
        asked("SessionEndedRequest", counting(place("full")), seconds=until(10, place("full"))),
    ],
    ids=lambda envelope: envelope["request"].get("intent", {}).get("name") or envelope["request"]["type"],
)
@pytest.mark.parametrize("new_life", [False, True])
def test_forgotten_person_is_not_remembered(late: Envelope, new_life: bool, storages: Storages) -> None:
    """What a turn knew of somebody who is forgotten while it goes on is not written, not even into a new record."""
    one, other = storages
    keep(other, {**RECORD, "playing": "run"})

    def forget() -> None:
        ask_with(other, asked("AMAZON.YesIntent", {"asked": "forget"}))
        if new_life:
            ask_with(other, SOMEBODY)

    one.meanwhile = forget
    ask_with(one, late)
    assert one.meanwhile is None
    assert kept_in(other) == (Record(introduced=True) if new_life else None)


@pytest.mark.parametrize(
    "late",
    [
        asked("SessionEndedRequest", counting(place("full")), seconds=until(10, place("full"))),
        event("PlaybackStopped", stream(2, "run"), 60_000),
        request("AlexaSkillEvent.SkillDisabled/no_session"),
    ],
    ids=lambda envelope: envelope["request"]["type"],
)
def test_events_begin_no_record(late: Envelope, storages: Storages) -> None:
    """An event that comes after a person was forgotten, or who left the skill, does not make a new record of them."""
    ask_with(storages[1], late)
    assert kept_in(storages[1]) is None


class Busy(Kept):
    """A storage in which others are always faster."""

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Write nothing."""
        self._called("write")
        raise ConflictError({**RECORD, REVISION: "a.b"})


def test_trying_again_has_an_end(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A change that others are always faster than is given up in time, and the turn goes on."""
    monkeypatch.setattr(memory, "BUDGET_S", 0.3)
    kept = Busy(RECORD)
    began = time.monotonic()
    assert says(checked(skill_with(kept))(asked("SlowerIntent")), "routine.slower")
    assert time.monotonic() - began < 1
    assert kept.calls.count("write") > 3
    assert caplog.messages == ["storage could not be written: others changed the record at the same time"]
