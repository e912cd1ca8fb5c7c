"""Tests of what a player never does, whatever comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from skill.speaker.player import Event, Player
from tests.speaker.streams import LENGTHS, NOON, STOP, clear, play


@dataclass
class Watch:
    """Follows a player through anything, and fails as soon as it does what none may do."""

    player: Player = field(default_factory=lambda: Player(lambda url: LENGTHS.get(url.split()[0]), NOON))
    """The player."""
    given: list[str] = field(default_factory=list)
    """The streams it was given; each has a token of its own, by which it is known again."""
    held: bool = False
    """Whether it must be still."""
    sounding: str | None = None
    """The stream that plays by what was told."""
    last: Event | None = None
    """What was told last."""
    seen: set[tuple[str, str]] = field(default_factory=set)
    """What was told, with its stream."""

    def do(self, step: tuple[Any, ...]) -> None:
        """Take a step: let time pass, hold, release, or give a directive."""
        match step:
            case "pass", microseconds, answer:
                for event in self.player.advance(self.player.now + timedelta(microseconds=microseconds)):
                    self.check(event)
                    self.do(answer)
                    answer = ("nothing",)
            case "hold" | "release" as name, *_:
                self.held = name == "hold"
                getattr(self.player, name)()
            case "play", name, behaviour, follows, offset:
                previous = {"last": self.given[-1] if self.given else "none", "other": "other"}.get(follows)
                token = f"{name} {len(self.given)}"
                self.given.append(token)
                self.player.perform(play(token, behaviour, offsetInMilliseconds=offset, expectedPreviousToken=previous))
            case "directive", directive:
                self.player.perform(directive)

    def check(self, event: Event) -> None:
        """Hold an event against all that was told before it."""
        token, length = event.state.token, LENGTHS.get(str(event.state.token).split()[0])
        assert token is not None
        assert token in self.given
        assert event.at <= self.player.now
        assert self.last is None or self.last.at <= event.at
        if event.kind == "PlaybackStarted":
            assert self.sounding is None
            self.sounding = token
        elif event.kind == "PlaybackFailed":
            assert self.sounding is None
        else:
            assert self.sounding == token
            assert self.last is not None
            assert self.last.state.token == token
            passed = (event.at - self.last.at) // timedelta(milliseconds=1)
            assert abs(event.state.offset_ms - self.last.state.offset_ms - passed) <= 1
        if event.kind != "PlaybackFailed":
            assert length is not None
            assert 0 <= event.state.offset_ms <= length
        if event.kind == "PlaybackFinished":
            assert event.state.offset_ms == length
            assert ("PlaybackNearlyFinished", token) in self.seen
        if event.kind in {"PlaybackFinished", "PlaybackStopped"}:
            self.sounding = None
        if event.kind in {"PlaybackNearlyFinished", "PlaybackFinished", "PlaybackFailed"}:
            assert (event.kind, token) not in self.seen
        self.seen.add((event.kind, token))
        self.last = event

    def settle(self) -> None:
        """What is told and what the player says of itself must agree once all is told."""
        self.do(("pass", 0, ("nothing",)))
        state = self.player.state
        assert (state.activity == "PLAYING") == (self.sounding is not None)
        assert not (self.held and self.sounding)
        assert (state.activity == "IDLE") == (state.token is None)
        assert self.sounding in {None, state.token}


names = st.sampled_from([*LENGTHS, "missing"])
behaviours = st.sampled_from(["REPLACE_ALL", "REPLACE_ENQUEUED", "ENQUEUE"])
offsets = st.sampled_from([0, 0, 1, 4_999, 5_000, 25_000, 59_999])

orders = st.one_of(
    st.tuples(st.just("play"), names, behaviours, st.sampled_from(["any", "last", "other"]), offsets),
    st.tuples(st.just("directive"), st.sampled_from([STOP, clear("CLEAR_ALL"), clear("CLEAR_ENQUEUED"), {}])),
    st.sampled_from([("hold",), ("release",), ("nothing",)]),
)
pauses = st.one_of(st.integers(0, 70_000_000), st.sampled_from([0, 1, 999, 5_000_000, 50_000_000, 60_000_000]))


@given(st.lists(st.one_of(orders, st.tuples(st.just("pass"), pauses, orders)), max_size=30))
def test_whatever_comes(steps: list[tuple[Any, ...]]) -> None:
    """No order of directives, silences and answers makes a player tell what cannot be."""
    watch = Watch()
    for step in steps:
        watch.do(step)
    watch.settle()
