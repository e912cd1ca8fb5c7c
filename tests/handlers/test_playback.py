"""Being led by recordings: exact places, late and doubled news that change nothing, and every way to interrupt."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from skill.routine.cues import LATENCY_MS, OVERLAP
from skill.routine.plan import Preferences, make_plan
from skill.routine.position import Position, index_of
from skill.routine.stream import PICKUP_MS, Stream
from tests.conftest import Ask, Envelope, checked, speech
from tests.handlers.asking import CONTENT, Kept, asked, ends, place, says
from tests.handlers.recorded import URL, button, event, player_skill, playing, said, shelf, stream

FULL = make_plan(CONTENT, "full", Preferences())
FULL_SLOT = {"routine": "full=full"}
LAST = len(FULL.sets) - 1


def directives(response: Envelope) -> list[dict[str, Any]]:
    """The directives of an answer."""
    found: list[dict[str, Any]] = response["response"].get("directives", [])
    return found


def played(response: Envelope) -> dict[str, Any]:
    """The stream that an answer plays."""
    (directive,) = directives(response)
    assert directive["type"] == "AudioPlayer.Play"
    item: dict[str, Any] = directive["audioItem"]["stream"]
    return {**item, "behavior": directive["playBehavior"]}


def kept(index: int = 0, count: int = 0, run: str | None = "r", **more: Any) -> Kept:
    """The storage of somebody who is led by recordings at a place of the full routine."""
    return Kept({"introduced": True, "position": place("full", index, count), "playing": run, **more})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with recordings of everything."""
    shelf(tmp_path_factory.mktemp("shelf") / "tracks")
    return tmp_path_factory.getbasetemp() / "shelf0" / "tracks"


@pytest.fixture
def answering(folder: Path) -> Any:
    """The skill with a storage, and recordings of everything."""
    settings = shelf(folder)
    return lambda storage: checked(player_skill(settings, storage))


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
def test_what_cannot_be_played_is_counted(folder: Path, tmp_path: Path, why: str) -> None:
    """Where the device, the recordings or the wishes rule playing out, the routine is counted in the conversation."""
    settings = shelf(tmp_path / "few", "short") if why == "no recordings" else shelf(folder)
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


def test_next_recording_follows(answering: Any) -> None:
    """Near the end of each recording the next is enqueued behind it, the same however often it is asked for."""
    storage = kept()
    ask = answering(storage)
    for index in range(LAST):
        first, second = (ask(event("PlaybackNearlyFinished", stream(index, "r"), 500)) for _ in range(2))
        assert first == second
        item = played(first)
        assert item["behavior"] == "ENQUEUE"
        assert item["expectedPreviousToken"] == stream(index, "r").token
        assert item["token"] == stream(index + 1, "r").token
        ask(event("PlaybackFinished", stream(index, "r"), 10**6))
        assert storage.record["position"] == place("full", index + 1)
    assert directives(ask(event("PlaybackNearlyFinished", stream(LAST, "r")))) == []


def test_last_recording_finishes_the_routine(answering: Any) -> None:
    """After the last one the day is remembered and no routine is under way; saying so again changes nothing."""
    storage = kept(LAST)
    ask = answering(storage)
    for _ in range(3):
        ask(event("PlaybackFinished", stream(LAST, "r"), 10**6))
    assert (storage.record["position"], storage.record["playing"]) == (None, None)
    assert storage.record["finished"] == ["2026-11-22"]


@pytest.mark.parametrize("kind", ["PlaybackStarted", "PlaybackStopped", "PlaybackFailed"])
@pytest.mark.parametrize("done", [0, 1, 43, 79, 80])
def test_offset_is_the_count(answering: Any, kind: str, done: int) -> None:
    """To the millisecond, an offset is a count."""
    for early_ms in (0, 1):
        storage = kept()
        left = stream(0, "r")
        answering(storage)(event(kind, left, left.first_ms + done * left.pace_ms - early_ms))
        assert storage.record["position"]["count"] == max(done - early_ms, 0)


@pytest.mark.parametrize("kind", ["PlaybackStarted", "PlaybackStopped", "PlaybackFailed", "PlaybackFinished"])
def test_news_of_another_run_is_late(answering: Any, kind: str) -> None:
    """Once a routine was begun anew, stopped for good or taken over by the conversation, old news changes nothing."""
    for storage in (kept(2, 3, "new"), kept(2, 3, None), Kept({})):
        before = dict(storage.record)
        for old in (stream(5, "old"), None):
            answering(storage)(event(kind, old, 60_000))
        assert storage.record == before


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


@pytest.mark.parametrize(("name", "index"), [("Next", 3), ("Previous", 1), ("Play", 2)])
def test_buttons_play(answering: Any, name: str, index: int) -> None:
    """Buttons do what the words do, without a word."""
    storage = kept(2)
    item = played(answering(storage)(button(name, stream(2, "r"))))
    token = Stream.from_token(item["token"])
    assert token is not None
    assert index_of(FULL, token.place) == index


def test_pause_button_stops(answering: Any) -> None:
    """The pause button stops the recording and keeps the place."""
    storage, current = kept(), stream(0, "r")
    response = answering(storage)(button("Pause", current, current.first_ms + 10 * current.pace_ms))
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    assert storage.record["position"]["count"] == 10


@pytest.mark.parametrize("name", ["Next", "Previous", "Play", "Pause"])
def test_buttons_of_others_do_nothing(answering: Any, name: str) -> None:
    """Where no recordings lead, a button has nothing to do with us."""
    storage = kept(2, 3, None)
    before = dict(storage.record)
    assert answering(storage)(button(name))["response"] == {}
    assert storage.record == before


@pytest.mark.parametrize("intent", ["HowManyLeftIntent", "WhereAmIIntent", "AMAZON.HelpIntent", "AMAZON.LoopOnIntent"])
def test_answers_do_not_hold_up_the_recording(answering: Any, intent: str) -> None:
    """A question on the way is answered, and the recording goes on by itself."""
    storage, current = kept(), stream(0, "r")
    response = answering(storage)(said(intent, current, current.first_ms + 24 * current.pace_ms))
    assert ends(response)
    assert directives(response) == []
    assert storage.record["position"]["count"] == 24
    if intent == "HowManyLeftIntent":
        assert "fifty six left" in speech(response)


@pytest.mark.parametrize("activity", ["PLAYING", "PAUSED", "STOPPED", "BUFFER_UNDERRUN"])
def test_danger_stops_recording_and_routine(answering: Any, activity: str) -> None:
    """Danger at any count stops the sound, and nothing that the device tells later brings the routine back."""
    storage, current = kept(), stream(0, "r")
    ask = answering(storage)
    slots = {"symptom": "my face is drooping and my arm is weak"}
    response = ask(said("ReportSymptomIntent", current, 60_000, activity, slots=slots))
    assert "911" in speech(response)
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    for kind in ("PlaybackStopped", "PlaybackNearlyFinished", "PlaybackFinished", "PlaybackStarted"):
        assert directives(ask(event(kind, current, 70_000))) == []
    assert (storage.record["position"], storage.record["playing"]) == (None, None)
    resumed = ask(said("AMAZON.ResumeIntent", current, 70_000, "STOPPED"))
    assert says(resumed, "routine.none")


@pytest.mark.parametrize(("intent", "pace_ms"), [("SlowerIntent", 1800), ("FasterIntent", 1152)])
def test_other_pace_is_played(answering: Any, intent: str, pace_ms: int) -> None:
    """Slower or faster, it goes on with the recording of that pace from about the same count."""
    storage, current = kept(), stream(0, "r")
    item = played(answering(storage)(said(intent, current, current.first_ms + 43 * current.pace_ms)))
    token = Stream.from_token(item["token"])
    assert token is not None
    assert token.pace_ms == pace_ms
    assert item["offsetInMilliseconds"] == token.first_ms + 40 * pace_ms - PICKUP_MS


def test_other_counts_are_counted(answering: Any) -> None:
    """A count of which there is no recording is led in the conversation, and the recording is stopped."""
    storage, current = kept(), stream(0, "r")
    response = answering(storage)(said("ChangeCountIntent", current, 30_000, slots={"count": "43"}))
    assert "forty three" in speech(response)
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    assert not ends(response)
    assert storage.record["playing"] is None


def test_conversation_takes_over(answering: Any) -> None:
    """Starting a routine in the conversation stops the recording, whose news is late from then on."""
    storage, current = kept(4), stream(4, "r")
    ask = answering(storage)
    response = ask(said("StartRoutineIntent", current, 30_000, slots={"routine": "short=short"}))
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    ask(event("PlaybackStopped", current, 30_000))
    assert storage.record["position"] == place("short")


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


def deliveries(rng: random.Random, run: str) -> tuple[list[Envelope], list[tuple[int, int]]]:
    """What a device tells while it plays the full routine with many interruptions, and the true place after each."""
    told: list[Envelope] = []
    true: list[tuple[int, int]] = []
    for index in range(len(FULL.sets)):
        current = stream(index, run)
        end_ms = current.first_ms + (current.counts + 1) * current.pace_ms
        offset_ms = 0
        while offset_ms < end_ms:
            told.append(event("PlaybackStarted", current, offset_ms))
            true.append((index, current.place_at(offset_ms).count))
            offset_ms += rng.randrange(1000, 60_000)
            if offset_ms < end_ms:
                told.append(event("PlaybackStopped", current, offset_ms))
                true.append((index, current.place_at(offset_ms).count))
            if rng.random() < 0.3:
                told.append(event("PlaybackNearlyFinished", current, min(offset_ms, end_ms)))
                true.append((0, 0))
        told.append(event("PlaybackFinished", current, end_ms))
        true.append((index + 1, 0))
    return told, true


def test_disordered_news_never_loses_or_jumps_the_place(answering: Any) -> None:
    """Ten thousand events, doubled, late and in the wrong order: the place is always the furthest that was told."""
    rng = random.Random(20261122)
    events = 0
    while events < 10_000:
        storage = kept()
        ask: Ask = answering(storage)
        told, true = deliveries(rng, "r")
        order = sorted(range(len(told)), key=lambda n: n + rng.uniform(0, 6))
        doubled = [n for n in order for _ in range(rng.choice((1, 1, 1, 2, 3)))]
        furthest = (0, 0)
        for turn, n in enumerate(doubled):
            late = doubled[rng.randrange(turn + 1)]
            for number in (n, late) if rng.random() < 0.1 else (n,):
                ask(told[number])
                events += 1
                furthest = max(furthest, true[number])
            record = storage.record
            if furthest[0] > LAST:
                assert (record["position"], record["playing"]) == (None, None)
            else:
                position = Position.from_dict(record["position"])
                assert position is not None
                assert (index_of(FULL, position), position.count) == furthest
        assert storage.record["finished"] == ["2026-11-22"]
