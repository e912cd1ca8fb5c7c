"""What a device tells of its recordings: exact places, late and doubled news that change nothing, and buttons."""

from __future__ import annotations

import random
from typing import Any

import pytest

from skill.routine.position import Position, index_of
from skill.routine.stream import Stream
from tests.conftest import Ask, Envelope
from tests.handlers.asking import Kept, ends, place
from tests.handlers.recorded import FULL, LAST, button, directives, event, kept, played, said, stream


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


def test_what_failed_does_not_go_on_by_itself(answering: Any) -> None:
    """After a recording that could not be played, an answer ends with a question and not in silence."""
    storage, current = kept(), stream(0, "r")
    ask = answering(storage)
    failure = event("PlaybackFailed", current, 60_000)
    del failure["request"]["currentPlaybackState"]
    ask(failure)
    assert storage.record["paused"]
    assert not ends(ask(said("WhereAmIIntent", current, 60_000, "STOPPED")))


@pytest.mark.parametrize("name", ["Next", "Previous", "Play", "Pause"])
def test_buttons_of_others_do_nothing(answering: Any, name: str) -> None:
    """Where no recordings lead, a button has nothing to do with us."""
    storage = kept(2, 3, None)
    before = dict(storage.record)
    assert answering(storage)(button(name))["response"] == {}
    assert storage.record == before


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
