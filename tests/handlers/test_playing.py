"""Being led by recordings: what is played, from where, and when it is counted instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skill.routine.cues import LATENCY_MS, OVERLAP
from skill.routine.position import Position, index_of
from skill.routine.stream import PICKUP_MS, Stream
from skill.settings import Settings
from tests.conftest import checked, speech
from tests.handlers.asking import CONTENT, Kept, asked, ends, place, says
from tests.handlers.recorded import (
    FULL,
    FULL_SLOT,
    URL,
    directives,
    event,
    kept,
    played,
    player_skill,
    playing,
    said,
    shelf,
    stream,
)


def test_whole_routine_is_played(answering: Any) -> None:
    """The first set is played at once, after a word on how to reach us, and the conversation is over."""
    storage = Kept({"introduced": True})
    response = answering(storage)(said("PlayRoutineIntent", None, slots=FULL_SLOT))
    item = played(response)
    token = Stream.from_token(item["token"])
    assert token is not None
    assert token.place == Position("full", "leg_swings", "left", 1)
    assert (item["behavior"], item["offsetInMilliseconds"]) == ("REPLACE_ALL", 0)
    assert item["url"].startswith(f"{URL}/leg-swings-left-80x1440")
    assert ends(response)
    assert "Alexa, tell Steady Legs" in speech(response)
    assert storage.record["playing"] == token.run
    assert storage.record["position"] == place("full")


def test_exercise_and_default_are_played(answering: Any) -> None:
    """One exercise can be played, and without a name it is the full routine."""
    for slots, routine in (({"exercise": "toes=toe_stretches"}, "toe_stretches"), ({}, "full")):
        storage = Kept({"introduced": True})
        played(answering(storage)(said("PlayRoutineIntent", None, slots=slots)))
        assert storage.record["position"]["routine"] == routine


@pytest.mark.parametrize("why", ["no player", "no recordings", "other counts"])
def test_what_cannot_be_played_is_counted(recordings: Settings, tmp_path: Path, why: str) -> None:
    """Where the device, the recordings or the wishes rule playing out, the routine is counted in the conversation."""
    settings = shelf(tmp_path / "few", "short") if why == "no recordings" else recordings
    preferences = {"counts": {"full.toe_stretches": 17}} if why == "other counts" else {}
    storage = Kept({"introduced": True, "preferences": preferences})
    envelope = said("PlayRoutineIntent", None, slots=FULL_SLOT)
    if why == "no player":
        envelope["context"]["System"]["device"]["supportedInterfaces"] = {}
    response = checked(player_skill(settings, storage))(envelope)
    assert says(response, "routine.cannot_play")
    assert not ends(response)
    assert storage.record["playing"] is None
    assert storage.record["position"] == place("full")


def test_interrupting_and_going_on(answering: Any) -> None:
    """Paused at a count, by voice or button, it goes on a few counts earlier, just before the beat, and says where."""
    storage, left = kept(), stream(0, "r")
    ask, offset_ms = answering(storage), left.first_ms + 43 * left.pace_ms + 700
    paused = ask(said("AMAZON.PauseIntent", left, offset_ms))
    assert [each["type"] for each in directives(paused)] == ["AudioPlayer.Stop"]
    assert "forty three done" in speech(paused)
    assert storage.record["position"]["count"] == 43
    assert storage.record["paused"]
    resumed = ask(said("AMAZON.ResumeIntent", left, offset_ms, "STOPPED"))
    assert "from forty one" in speech(resumed)
    item = played(resumed)
    again = Stream.from_token(item["token"])
    assert again is not None
    assert again.run != "r"
    assert item["offsetInMilliseconds"] == again.first_ms + (43 - OVERLAP) * again.pace_ms - PICKUP_MS
    assert not storage.record["paused"]


@pytest.mark.parametrize(
    ("intent", "index"),
    [
        ("AMAZON.NextIntent", 3),
        ("AMAZON.PreviousIntent", 1),
        ("AMAZON.RepeatIntent", 2),
        ("AMAZON.StartOverIntent", 0),
        ("SkipIntent", 4),
        ("SkipSideIntent", 3),
    ],
)
def test_moving_while_it_plays(answering: Any, intent: str, index: int) -> None:
    """Every way to move plays another set at once, and the old recording's news is late from then on."""
    storage, current = kept(2), stream(2, "r")
    ask = answering(storage)
    response = ask(said(intent, current, current.first_ms + 3000))
    item = played(response)
    token = Stream.from_token(item["token"])
    assert token is not None
    assert index_of(FULL, token.place) == index
    assert ends(response)
    ask(event("PlaybackStopped", current, 10**6))
    assert storage.record["position"] == place("full", index)


def test_start_over_plays_again(answering: Any) -> None:
    """Who was led by recordings is led by them again from the beginning."""
    item = played(answering(kept(5, 3))(said("AMAZON.StartOverIntent", stream(5, "r"))))
    assert item["offsetInMilliseconds"] == 0


def test_withheld_exercise_is_not_played_later(answering: Any) -> None:
    """A player would go on to a withheld exercise by itself, so the sets before it are counted in the conversation."""
    storage = kept(0, 3, paused=True)
    state = {"withheld": ["calf_massage"], "asked": "resume"}
    response = answering(storage)(said("AMAZON.YesIntent", None, state=state))
    assert directives(response) == []
    assert storage.record["playing"] is None
    assert not ends(response)


@pytest.mark.parametrize(("intent", "pace_ms"), [("SlowerIntent", 1800), ("FasterIntent", 1152)])
def test_other_pace_is_played(answering: Any, intent: str, pace_ms: int) -> None:
    """Slower or faster, it goes on with the recording of that pace from about the same count."""
    storage, current = kept(), stream(0, "r")
    item = played(answering(storage)(said(intent, current, current.first_ms + 43 * current.pace_ms)))
    token = Stream.from_token(item["token"])
    assert token is not None
    assert token.pace_ms == pace_ms
    assert item["offsetInMilliseconds"] == token.first_ms + 40 * pace_ms - PICKUP_MS


def test_welcome_back_goes_on_playing(answering: Any) -> None:
    """Days later, "yes" to going on is led by recordings again."""
    storage = kept(2, 5, paused=True)
    ask = answering(storage)
    welcome = ask(playing(asked("LaunchRequest"), None))
    assert says(welcome, "welcome.back")
    assert played(ask(said("AMAZON.YesIntent", None, state=welcome["sessionAttributes"])))


def test_in_conversation_sets_are_heard_as_recordings(answering: Any) -> None:
    """Where recordings are public, a set is one of them, and its counts are known from its own times."""
    storage = Kept({"introduced": True})
    ask = answering(storage)
    started = ask(asked("StartRoutineIntent", slots=FULL_SLOT))
    assert f'<audio src="{URL}/leg-swings-left-80x1440' in speech(started)
    assert "eighty." not in speech(started)
    attributes = started["sessionAttributes"]
    _, lead_ms, slack = attributes["counting"]
    assert slack == 0
    sheet_ms = len(CONTENT.cues.countdown) * 1440
    seconds = (lead_ms + sheet_ms + 43 * 1440 + LATENCY_MS) / 1000
    left = ask(asked("HowManyLeftIntent", attributes, seconds=seconds))
    assert "thirty seven left" in speech(left)
    resumed = ask(asked("AMAZON.YesIntent", left["sessionAttributes"], seconds=seconds + 5))
    assert "from forty one" in speech(resumed)
    assert "<audio" not in speech(resumed)


def test_recording_that_is_too_long_is_counted(answering: Any) -> None:
    """What would not fit into an answer is counted by the device's own voice."""
    storage = Kept({"introduced": True, "preferences": {"tempo": 3}})
    response = answering(storage)(asked("StartRoutineIntent", slots=FULL_SLOT))
    assert "<audio" not in speech(response)
    assert "seventy nine" in speech(response)


@pytest.mark.parametrize(("count", "index", "goes_on"), [(7, 4, 4), (20, 5, 0)])
def test_just_play_it(answering: Any, count: int, index: int, goes_on: int) -> None:
    """In the middle of a routine, playing without a name is playing the rest of it from where it is."""
    storage = Kept({"introduced": True})
    state = {"position": place("full", 4, count), "asked": "next"}
    response = answering(storage)(said("PlayRoutineIntent", None, slots={}, state=state))
    token = Stream.from_token(played(response)["token"])
    assert token is not None
    assert says(response, "routine.while_playing")
    assert storage.record["position"] == place("full", index, goes_on)


def test_tick_that_cannot_be_played_is_not_promised(answering: Any) -> None:
    """Where no recording has ticks it is said, and those that have none can still be played."""
    storage = kept(0, 5)
    response = answering(storage)(said("TickIntent", stream(0, "r"), 40_000, slots={"switch": "on=on"}))
    assert says(response, "tick.none")
    assert played(response)


def test_without_storage_it_is_counted(answering: Any) -> None:
    """Where nothing can be remembered, no recording is begun that nothing could follow."""
    response = answering(Kept(fails={"read"}))(said("PlayRoutineIntent", None, slots=FULL_SLOT))
    assert says(response, "routine.cannot_play")
    assert not ends(response)
    assert directives(response) == []
