"""A device: it hears, keeps the session, asks the skill and says what comes back."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from skill.speaker import envelopes
from skill.speaker.alarms import Alarms
from skill.speaker.asking import Asking
from skill.speaker.consent import Answer
from skill.speaker.display import Display
from skill.speaker.envelopes import (
    LOCAL_SKILL,
    LOCAL_USER,
    Button,
    DeviceProfile,
    EndReason,
    Envelope,
    Occasion,
    Session,
)
from skill.speaker.invocation import Invocation
from skill.speaker.plain import said
from skill.speaker.playback import Playback
from skill.speaker.player import Player, StreamLength
from skill.speaker.screen import Screen
from skill.speaker.slot_types import FREE_TEXT
from skill.speaker.turns import Exchange, Skill, Turn, exchange
from skill.speaker.understanding import Heard, HeardSlot, Understanding

SYMPTOM_INTENT, SYMPTOM_SLOT = "ReportSymptomIntent", "symptom"
"""Where words go that are urgent."""

STOP_INTENT, PAUSE_INTENT = "AMAZON.StopIntent", "AMAZON.PauseIntent"
"""What "stop" means in a session, and to a stream."""


@dataclass(slots=True)
class Device:
    """A smart speaker with one skill, which is reached even without its name."""

    skill: Skill
    """The skill."""
    understanding: Understanding
    """Its interaction model."""
    locale: str
    """The language and region the device is set to."""
    clock: Callable[[], datetime]
    """The time, with a time zone."""
    detect: Callable[[str, str], object | None]
    """Finds signs of danger in a text of a locale; None where there are none."""
    user_id: str = LOCAL_USER
    """Whose device it is."""
    application_id: str = LOCAL_SKILL
    """The id that the skill goes by."""
    screen: Screen | None = None
    """Its screen, if it has one."""
    plays_audio: bool = True
    """Whether it can play streams."""
    stream_length: StreamLength = lambda _: None
    """The milliseconds of the stream at a URL; None where it cannot be fetched, as nothing can be unless said."""
    alarms: Alarms | None = None
    """Its timers and reminders, if it has any; the skill is to ask for them there."""
    says_at_once: bool = True
    """Whether speaking takes no time; else a stream waits until `spoken` tells that the answer has been said."""
    new_id: Callable[[], UUID] = uuid4
    """Makes the ids of sessions and requests."""
    player: Player = field(init=False)
    """What plays its streams; to be looked at."""
    display: Display = field(init=False)
    """What its screen shows; to be looked at."""
    _session: Session | None = field(default=None, init=False)
    _asking: Asking | None = field(default=None, init=False)
    _reprompt: str = field(default="", init=False)
    _profile: DeviceProfile = field(init=False)
    _playback: Playback = field(init=False)
    _invocation: Invocation = field(init=False)

    def __post_init__(self) -> None:
        self._profile = DeviceProfile(
            locale=self.locale,
            user_id=self.user_id,
            application_id=self.application_id,
            screen=self.screen,
            plays_audio=self.plays_audio,
        )
        self.player = Player(self.stream_length, self.clock())
        self.display = Display()
        self._playback = Playback(self.player, self.skill, self._profile, self.clock, self.new_id)
        self._invocation = Invocation(
            self.understanding.invocation_name,
            self.understanding.language.address,
            self.understanding.is_sample,
        )

    @property
    def in_session(self) -> bool:
        """Whether the skill, or the device for it, waits for an answer."""
        return self._session is not None or self._asking is not None

    def say(self, text: str) -> Turn:
        """Say something; outside a session it is for the skill, as if it had been named."""
        if urgent := self._urgent(text):
            self._take_back()
            return self._ask(text, urgent)
        addressed = self._invocation.address(text)
        if self._asking and addressed.words:
            return self._answered(text, self._asking, self.understanding.language.consent.answer(addressed.words))
        if addressed.how == "plain" and not addressed.words:
            return self.silence() if self.in_session else self.launch(text)
        if addressed.how == "launch":
            return self.launch(text)
        if addressed.how == "leave" and self._session:
            return self._turn(text, None, self._end("USER_INITIATED"), "", "")
        if addressed.how == "one_shot":
            self._session = None
        return self._ask(text, self._routed(self.understanding.hear(addressed.words)))

    def launch(self, utterance: str = "") -> Turn:
        """Open the skill by its name, in a new session."""
        self._session = self._asking = None
        return self._send(utterance, None, envelopes.launch)

    def silence(self) -> Turn:
        """Say nothing: a question is asked once more, and then the session ends, or the device's own is left open."""
        speech = self._reprompt
        if self._asking:
            turn = self._answered("", self._asking, "NOT_ANSWERED")
            return replace(turn, speech=f"{speech} {turn.speech}")
        if not self._session or (self.screen and not self._reprompt):
            return self.wait()
        return self._turn("", None, self._end("EXCEEDED_MAX_REPROMPTS"), speech, "")

    def press(self, button: Button) -> Turn:
        """Press a button of the player; nothing comes of it where there is no player."""
        return self._turn("", None, self._playback.press(button), "", "")

    def touch(self, token: str, arguments: Sequence[Any], source: Mapping[str, Any]) -> Turn:
        """Touch something on the screen that sends these arguments; `token` is the document's."""
        self._take_back()
        return self._send("", None, partial(envelopes.touch, token=token, arguments=arguments, source=source))

    def screen_failed(self, token: str, errors: Sequence[Mapping[str, Any]]) -> Turn:
        """Tell the skill that a document of it could not be shown as it is."""
        occasion = Occasion(self._session, self.new_id(), self.clock(), self.player.state)
        told = exchange(self.skill, envelopes.screen_failed(self._profile, occasion, token, errors))
        return self._turn("", None, (told,), "", "")

    def seek(self, offset_ms: int) -> Turn:
        """Go on elsewhere in the stream."""
        return self._turn("", None, self._playback.seek(offset_ms), "", "")

    def heard(self, token: str, offset_ms: int, error: str | None = None) -> Turn:
        """Be told by whoever plays a stream how far it was heard by now, or why it cannot be played."""
        return self._turn("", None, self._playback.heard(token, offset_ms, error), "", "")

    def spoken(self) -> Turn:
        """Be told that the last answer has been said, so that a stream may sound."""
        return self._turn("", None, self._playback.follow({}, sounding=not self.in_session), "", "")

    def wait(self) -> Turn:
        """Let time pass, and hear what is announced by now."""
        return self._turn("", None, self.catch_up(), "", "")

    def send(self, request: Envelope) -> Turn:
        """Send a request of any make as it stands, and do as it is answered."""
        if "session" in request:
            return self._send("", None, lambda *_: request)
        told = exchange(self.skill, request)
        after = self._playback.follow(told.response, sounding=not self.in_session)
        return self._turn("", None, (told, *after), "", "")

    def give_up(self) -> None:
        """Be in no conversation and still, as after a failure."""
        self._session = self._asking = None
        self._reprompt = ""
        self.display.clear()
        self.player.perform({"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ALL"})

    def catch_up(self) -> tuple[Exchange, ...]:
        """Tell the skill what the player did until now, and do as it answers; raises PlaybackLoopError."""
        return self._playback.catch_up()

    def _urgent(self, text: str) -> Heard | None:
        """The text as a reported symptom, whole, if it tells of danger."""
        # Alexa never gives a skill the words it heard, only an intent and its slots: what its model takes for
        # something else is lost, and with it the danger in it. This speaker does have the words, so it does
        # not leave a life to the nearest sample: the skill gets all of them in the one slot that takes any.
        if self.understanding.slots.get(SYMPTOM_INTENT, {}).get(SYMPTOM_SLOT) != FREE_TEXT:
            return None
        if self.detect(text, self.locale) is None:
            return None
        whole = " ".join(text.split())
        slot = HeardSlot(SYMPTOM_SLOT, FREE_TEXT, said=whole, value=whole)
        return Heard(SYMPTOM_INTENT, MappingProxyType({SYMPTOM_SLOT: slot}), how="urgent", score=1.0)

    def _routed(self, heard: Heard) -> Heard:
        """What was heard as it reaches the skill: out of a session, stopping its stream is pausing it."""
        streamed = self.player.state.token is not None
        if heard.intent == STOP_INTENT and streamed and not self._session:
            return replace(heard, intent=PAUSE_INTENT)
        return heard

    def _ask(self, utterance: str, heard: Heard) -> Turn:
        slots = self.understanding.slots.get(heard.intent, {})
        return self._send(utterance, heard, partial(envelopes.intent, heard=heard, slots=slots))

    def _send(
        self, utterance: str, heard: Heard | None, request: Callable[[DeviceProfile, Occasion], Envelope]
    ) -> Turn:
        before = self._playback.hush()
        asked = exchange(self.skill, request(self._profile, self._occasion()))
        body = asked.response.get("response")
        body = body if isinstance(body, dict) else {}
        reprompt, speech = body.get("reprompt"), said(body.get("outputSpeech"))
        self._reprompt = said(reprompt.get("outputSpeech")) if isinstance(reprompt, dict) else ""
        self._keep(asked.response.get("sessionAttributes"))
        self._asking = Asking.wanted(body, self._session)
        ends = body.get("shouldEndSession")
        # Where it is left out, a screen keeps the conversation, with the microphone closed.
        if ends is not False and (ends is not None or self.screen is None):
            self._session = None
        if self._asking:
            consent = self.understanding.language.consent
            speech = f"{speech} {consent.ask(self.understanding.invocation_name, self._asking.scope)}".strip()
            self._reprompt = consent.again
        if self.screen:
            self.display.follow(asked.response, stays=self.in_session)
        after = self._playback.follow(asked.response, sounding=not self.in_session and self.says_at_once)
        return self._turn(utterance, heard, (*before, asked, *after), speech, self._reprompt)

    def _turn(
        self, utterance: str, heard: Heard | None, exchanges: tuple[Exchange, ...], speech: str, reprompt: str
    ) -> Turn:
        """A turn, with what the alarms announce by now said first."""
        announced = self.alarms.due(self.clock()) if self.alarms else ()
        return Turn(utterance, heard, exchanges, " ".join(filter(None, (*announced, speech))), reprompt)

    def _keep(self, attributes: Any) -> None:
        if self._session:
            kept: Mapping[str, Any] = copy.deepcopy(attributes) if isinstance(attributes, dict) else {}
            self._session = replace(self._session, new=False, attributes=kept)

    def _take_back(self) -> None:
        """Leave a question of the device's own, and be in the conversation that it came from."""
        if self._asking:
            self._session, self._asking = self._asking.session, None

    def _answered(self, utterance: str, asking: Asking, answer: Answer) -> Turn:
        """Tell the skill what was answered to the device, and let it go on."""
        self._take_back()
        if answer == "ACCEPTED" and self.alarms:
            self.alarms.allowed.add(asking.scope)
        return self._send(utterance, None, partial(envelopes.consent, asked=asking.directive, answer=answer))

    def _end(self, reason: EndReason) -> tuple[Exchange, ...]:
        before = self._playback.hush()
        told = exchange(self.skill, envelopes.session_ended(self._profile, self._occasion(), reason))
        self._session, self._reprompt = None, ""
        self.display.clear()
        return (*before, told, *self._playback.follow({}, sounding=not self.in_session))

    def _occasion(self) -> Occasion:
        self._session = self._session or Session(self.new_id())
        return Occasion(self._session, self.new_id(), self.clock(), self.player.state)
