"""A device: it hears, keeps the session, asks the skill and says what comes back."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from skill.speaker import envelopes
from skill.speaker.envelopes import (
    LOCAL_SKILL,
    LOCAL_USER,
    DeviceProfile,
    EndReason,
    Envelope,
    Occasion,
    Screen,
    Session,
)
from skill.speaker.invocation import Invocation
from skill.speaker.plain import said
from skill.speaker.response_rules import broken_rules
from skill.speaker.slot_types import FREE_TEXT
from skill.speaker.understanding import Heard, HeardSlot, Understanding

Skill: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""A skill as a device knows it: a request envelope in, a response envelope out."""

SYMPTOM_INTENT, SYMPTOM_SLOT = "ReportSymptomIntent", "symptom"
"""Where words go that are urgent."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response."""

    request: Envelope
    """The whole request envelope."""
    response: Envelope
    """The whole response envelope."""

    def broken_rules(self) -> list[str]:
        """The rules that the response breaks, a line each."""
        return broken_rules(self.request, self.response)


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of an utterance or of a silence."""

    utterance: str
    """The words as typed; empty for a silence or a launch."""
    heard: Heard | None
    """What was understood; None where no intent was sent."""
    exchanges: tuple[Exchange, ...]
    """All requests with their responses, in order."""
    speech: str
    """What the device says."""
    reprompt: str
    """What it says next if nobody answers."""

    def broken_rules(self) -> list[str]:
        """The rules that the responses break, a line each."""
        return [line for exchange in self.exchanges for line in exchange.broken_rules()]


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
    new_id: Callable[[], UUID] = uuid4
    """Makes the ids of sessions and requests."""
    _session: Session | None = field(default=None, init=False)
    _reprompt: str = field(default="", init=False)
    _profile: DeviceProfile = field(init=False)
    _invocation: Invocation = field(init=False)

    def __post_init__(self) -> None:
        self._profile = DeviceProfile(
            locale=self.locale,
            user_id=self.user_id,
            application_id=self.application_id,
            screen=self.screen,
            plays_audio=self.plays_audio,
        )
        self._invocation = Invocation(
            self.understanding.invocation_name,
            self.understanding.language.address,
            self.understanding.is_sample,
        )

    @property
    def in_session(self) -> bool:
        """Whether the skill waits for an answer."""
        return self._session is not None

    def say(self, text: str) -> Turn:
        """Say something; outside a session it is for the skill, as if it had been named."""
        if urgent := self._urgent(text):
            return self._ask(text, urgent)
        addressed = self._invocation.address(text)
        if addressed.how == "plain" and not addressed.words:
            return self.silence() if self.in_session else self.launch(text)
        if addressed.how == "launch":
            return self.launch(text)
        if addressed.how == "leave" and self._session:
            return Turn(text, None, self._end("USER_INITIATED"), "", "")
        if addressed.how == "one_shot":
            self._session = None
        return self._ask(text, self.understanding.hear(addressed.words))

    def launch(self, utterance: str = "") -> Turn:
        """Open the skill by its name, in a new session."""
        self._session = None
        return self._send(utterance, None, envelopes.launch(self._profile, self._occasion()))

    def silence(self) -> Turn:
        """Say nothing: a question is asked once more, and then the session ends."""
        if not self._session:
            return Turn("", None, (), "", "")
        speech = self._reprompt
        return Turn("", None, self._end("EXCEEDED_MAX_REPROMPTS"), speech, "")

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

    def _ask(self, utterance: str, heard: Heard) -> Turn:
        slots = self.understanding.slots.get(heard.intent, {})
        return self._send(utterance, heard, envelopes.intent(self._profile, self._occasion(), heard, slots))

    def _send(self, utterance: str, heard: Heard | None, request: Envelope) -> Turn:
        exchange = self._exchange(request)
        body = exchange.response.get("response")
        body = body if isinstance(body, dict) else {}
        reprompt = body.get("reprompt")
        self._reprompt = said(reprompt.get("outputSpeech")) if isinstance(reprompt, dict) else ""
        self._keep(exchange.response.get("sessionAttributes"), stays_open=body.get("shouldEndSession") is False)
        return Turn(utterance, heard, (exchange,), said(body.get("outputSpeech")), self._reprompt)

    def _keep(self, attributes: Any, *, stays_open: bool) -> None:
        if self._session and stays_open:
            kept: Mapping[str, Any] = copy.deepcopy(attributes) if isinstance(attributes, dict) else {}
            self._session = replace(self._session, new=False, attributes=kept)
        else:
            self._session = None

    def _end(self, reason: EndReason) -> tuple[Exchange, ...]:
        exchange = self._exchange(envelopes.session_ended(self._profile, self._occasion(), reason))
        self._session, self._reprompt = None, ""
        return (exchange,)

    def _exchange(self, request: Envelope) -> Exchange:
        # The skill gets a copy, so that whatever it does to it the turn shows what was sent.
        return Exchange(request, self.skill(copy.deepcopy(request)))

    def _occasion(self) -> Occasion:
        self._session = self._session or Session(self.new_id())
        return Occasion(self._session, self.new_id(), self.clock())
