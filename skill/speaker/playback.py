"""Streams between a device and its skill: the player's news go out, and what the skill answers is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skill.speaker import envelopes
from skill.speaker.envelopes import Button, DeviceProfile, Envelope, Occasion
from skill.speaker.player import Player
from skill.speaker.response_rules import directives
from skill.speaker.turns import Exchange, Skill, exchange

MOST_EVENTS_AT_ONCE = 100
"""Events of one moment; a skill that causes more answers its own doing without end."""


class PlaybackLoopError(RuntimeError):
    """The directives in a skill's answers to events cause events without any time passing."""


@dataclass(frozen=True, slots=True)
class Playback:
    """A player whose skill hears of all that it does."""

    player: Player
    """The player."""
    skill: Skill
    """Who is told."""
    profile: DeviceProfile
    """Whose player it is."""
    clock: Callable[[], datetime]
    """The time, with a time zone."""
    new_id: Callable[[], UUID]
    """Makes the ids of requests."""

    def catch_up(self) -> tuple[Exchange, ...]:
        """Tell what the player did until now, and do as it is answered; raises PlaybackLoopError."""
        told: list[Exchange] = []
        moment, at_once = None, 0
        for event in self.player.advance(self.clock()):
            moment, at_once = event.at, at_once + 1 if event.at == moment else 1
            if at_once > MOST_EVENTS_AT_ONCE:
                raise PlaybackLoopError(
                    f"{at_once} events at {moment}, the last {event.kind} of {event.state.token!r}: the skill must not "
                    "answer an event with a directive that always causes the next one"
                )
            occasion = Occasion(None, self.new_id(), event.at, event.state)
            told.append(self._tell(envelopes.playback(self.profile, occasion, event)))
        return tuple(told)

    def heard(self, token: str, offset_ms: int, error: str | None = None) -> tuple[Exchange, ...]:
        """Catch up with a stream that was really heard so far, or that turned out not to be playable."""
        self.player.heard(token, offset_ms, self.clock())
        before = self.catch_up()
        if error is None:
            return before
        self.player.fail(token, error)
        return (*before, *self.catch_up())

    def seek(self, offset_ms: int) -> tuple[Exchange, ...]:
        """Catch up and go on elsewhere in the stream."""
        before = self.catch_up()
        self.player.seek(offset_ms)
        return (*before, *self.catch_up())

    def press(self, button: Button) -> tuple[Exchange, ...]:
        """Catch up and press a button; nothing comes of it where streams cannot be played."""
        before = self.catch_up()
        if not self.profile.plays_audio:
            return before
        occasion = Occasion(None, self.new_id(), self.clock(), self.player.state)
        pressed = self._tell(envelopes.button(self.profile, occasion, button))
        return (*before, pressed, *self.catch_up())

    def hush(self) -> tuple[Exchange, ...]:
        """Catch up and hold the player, so that somebody is heard."""
        before = self.catch_up()
        self.player.hold()
        return (*before, *self.catch_up())

    def follow(self, response: Envelope, *, sounding: bool) -> tuple[Exchange, ...]:
        """Do as an answer says when it has been spoken; the player goes on where it may sound."""
        # Asking took time, and speaking takes none: if it did, this is where it would pass.
        before = self.catch_up()
        self._perform(response)
        if sounding:
            self.player.release()
        return (*before, *self.catch_up())

    def _tell(self, event: Envelope) -> Exchange:
        """Send an event, and do as its answer says."""
        told = exchange(self.skill, event)
        self._perform(told.response)
        return told

    def _perform(self, response: Envelope) -> None:
        """Do as the directives of a response say, in their order; what the device does not know is ignored."""
        for directive in directives(response.get("response")):
            match directive.get("type"):
                case "AudioPlayer.Play" | "AudioPlayer.Stop" | "AudioPlayer.ClearQueue" if self.profile.plays_audio:
                    self.player.perform(directive)
