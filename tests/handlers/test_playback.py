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


def test_pause_button_stops_without_storage(answering: Any) -> None:
    """A storage that fails costs the place, and not the silence that was asked for."""
    storage = kept()
    storage.fails = {"read", "write"}
    response = answering(storage)(button("Pause", stream(0, "r"), 60_000))
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]


def test_nothing_follows_a_paused_recording(answering: Any) -> None:
    """News that comes after the pause brings no recording that would begin by itself."""
    storage, current = kept(), stream(0, "r")
    ask = answering(storage)
    ask(said("AMAZON.PauseIntent", current, 60_000))
    assert directives(ask(event("PlaybackNearlyFinished", current, 60_000))) == []


@pytest.mark.parametrize("intent", ["AMAZON.NextIntent", "SkipIntent", "SkipSideIntent"])
def test_going_on_after_the_last_set_stops_it(answering: Any, intent: str) -> None:
    """Who leaves the last set hears no more of it, by voice or by button."""
    current = stream(LAST, "r")
    for envelope in (said(intent, current, 30_000), button("Next", current, 30_000)):
        storage = kept(LAST)
        assert directives(answering(storage)(envelope)) == [{"type": "AudioPlayer.Stop"}]
        assert storage.record["position"] is None


def test_what_failed_does_not_go_on_by_itself(answering: Any) -> None:
    """After a recording that could not be played, an answer ends with a question and not in silence."""
    storage, current = kept(), stream(0, "r")
    ask = answering(storage)
    failure = event("PlaybackFailed", current, 60_000)
    del failure["request"]["currentPlaybackState"]
    ask(failure)
    assert storage.record["paused"]
    assert not ends(ask(said("WhereAmIIntent", current, 60_000, "STOPPED")))


def test_forgetting_stops_the_recording(answering: Any) -> None:
    """Nothing is led any more for somebody who was forgotten."""
    storage, current = kept(), stream(0, "r")
    response = answering(storage)(said("AMAZON.YesIntent", current, 60_000, state={"asked": "forget"}))
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    assert storage.record == {}


def test_withheld_exercise_is_not_played_later(answering: Any) -> None:
    """A player would go on to a withheld exercise by itself, so the sets before it are counted in the conversation."""
    storage = kept(0, 3, paused=True)
    state = {"withheld": ["calf_massage"], "asked": "resume"}
    response = answering(storage)(said("AMAZON.YesIntent", None, state=state))
    assert directives(response) == []
    assert storage.record["playing"] is None
    assert not ends(response)


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


@pytest.mark.parametrize("activity", ["PLAYING", "PAUSED", "STOPPED", "BUFFER_UNDERRUN", "FINISHED"])
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


@pytest.mark.parametrize("intent", ["CausesIntent", "RemediesIntent", "WhenDoctorIntent"])
def test_questions_do_not_hold_up_the_recording(answering: Any, intent: str) -> None:
    """A question about numbness is answered without one of ours, and no other routine is offered."""
    response = answering(kept())(said(intent, stream(0, "r"), 40_000, slots={} if intent == "CausesIntent" else None))
    assert ends(response)
    assert directives(response) == []
    assert not says(response, "ask.short_routine.question")


@pytest.mark.parametrize(("routine", "stops"), [("full", True), ("leg_swings", False)])
def test_calm_advice_stops_what_it_withholds(answering: Any, routine: str, stops: bool) -> None:
    """Where any exercise to be played is withheld the recordings stop for good; where none is they can go on."""
    assert "leg_swings" not in CONTENT.red_flags["rash_with_numbness"].withhold
    storage = Kept({"introduced": True, "position": place(routine), "playing": "r"})
    left = stream(0, "r", make_plan(CONTENT, routine, Preferences()))
    slots = {"red_flag": "a rash=rash_with_numbness"}
    response = answering(storage)(said("RedFlagIntent", left, left.first_ms + 9 * left.pace_ms, slots=slots))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]
    assert says(response, "red_flag.routine_stopped") is stops
    assert says(response, "ask.carry_on.question") is not stops
    assert storage.record["position"] == (None if stops else place(routine, 0, 9))
    assert storage.record["playing"] == (None if stops else "r")


@pytest.mark.parametrize(
    ("intent", "slots"), [("ReportSymptomIntent", {"legs": "a little sleepy"}), ("WhatNowIntent", None)]
)
def test_a_symptom_pauses_the_recording(answering: Any, intent: str, slots: dict[str, str] | None) -> None:
    """Who tells of a symptom, however harmless, is asked before anything plays on."""
    storage = kept(3, 7)
    response = answering(storage)(said(intent, stream(3, "r"), 40_000, slots=slots))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]
    assert says(response, "ask.carry_on.question")
    assert storage.record["paused"]


def test_foot_bath_pauses_the_recording(answering: Any) -> None:
    """No recording leads somebody on who sits with both feet in water; the place is kept."""
    storage = kept()
    left = stream(0, "r")
    response = answering(storage)(said("FootBathIntent", left, left.first_ms + 9 * left.pace_ms))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]
    assert storage.record["paused"]
    assert storage.record["position"] == place("full", 0, 9)


def test_no_to_going_on_pauses_the_recording(answering: Any) -> None:
    """Who opens the skill while it plays, and does not want to go on, is not led on when the conversation is over."""
    storage = kept(3, 7)
    ask = answering(storage)
    resumable = ask(playing(asked("LaunchRequest"), stream(3, "r"), 40_000))
    assert says(resumable, "welcome.place")
    response = ask(said("AMAZON.NoIntent", stream(3, "r"), 40_000, state=resumable["sessionAttributes"]))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]
    assert storage.record["paused"]


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


def test_what_was_not_understood_pauses_the_recording(answering: Any) -> None:
    """It may have been a word of pain, so it is asked whether to carry on, and a yes plays on."""
    storage = kept(3, 7)
    ask = answering(storage)
    missed = ask(said("AMAZON.FallbackIntent", stream(3, "r"), 40_000))
    assert [each["type"] for each in directives(missed)] == ["AudioPlayer.Stop"]
    assert says(missed, "ask.carry_on.question")
    assert storage.record["paused"]
    assert played(ask(said("AMAZON.YesIntent", stream(3, "r"), 40_000, "STOPPED", state=missed["sessionAttributes"])))


@pytest.mark.parametrize(("slots", "activity"), [({}, "PLAYING"), ({"red_flag": "it=persistent_numbness"}, "FINISHED")])
def test_no_recording_goes_on_after_advice(answering: Any, slots: dict[str, str], activity: str) -> None:
    """Danger that was heard without words, and advice between two recordings, silence the player too."""
    response = answering(kept())(said("RedFlagIntent", stream(0, "r"), 40_000, activity, slots=slots))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]


def test_without_storage_it_is_counted(answering: Any) -> None:
    """Where nothing can be remembered, no recording is begun that nothing could follow."""
    response = answering(Kept(fails={"read"}))(said("PlayRoutineIntent", None, slots=FULL_SLOT))
    assert says(response, "routine.cannot_play")
    assert not ends(response)
    assert directives(response) == []
