"""One turn of the conversation: the request, what is known, and the words to answer with."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Container
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from skill.content import Template
from skill.handlers.display import Touch, has_display, touch_of
from skill.handlers.memory import Memory
from skill.handlers.player import Player, player_of
from skill.handlers.session import Session
from skill.handlers.slots import Slot, slots_of
from skill.locales import Locale, Numbers, find
from skill.reply import Card, Play, Reply
from skill.routine import position as places
from skill.routine.plan import Plan, UnknownRoutineError, make_plan
from skill.routine.position import Position
from skill.services import Services
from skill.speech.recordings import NoRecordings, Recordings
from skill.speech.ssml import NOTHING, Call, Speech, say

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput

    from skill.screens.scene import Scene

EVENTS = (
    *("AudioPlayer.", "PlaybackController.", "System.", "SessionEnded", "AlexaSkillEvent."),
    "Alexa.Presentation.APL.RuntimeError",
)
"""How the names of requests begin that may not be answered in words."""

RECORDINGS = "recordings"
"""Where the request attributes hold the recordings."""

NO_RECORDINGS = NoRecordings()
"""What there is where none were set up."""

START = "start:"
"""A question whose yes starts the routine, the exercise or the bath that is named after it."""


class Turn:
    """A request as the handlers see it; `session` and `memory` are changed by them and kept afterwards."""

    def __init__(self, handler_input: HandlerInput) -> None:
        envelope = handler_input.request_envelope
        request: Any = envelope.request
        self.request = request
        self.locale: Locale = find(request.locale)
        self.content = self.locale.content
        intent = request.intent if request.object_type == "IntentRequest" else None
        self.name: str = request.object_type
        if intent:
            # Types of request have routes as well, and an intent that is called like one is none of ours.
            self.name = intent.name if intent.name.endswith("Intent") else ""
        self.slots: dict[str, Slot] = slots_of(intent.slots) if intent and intent.slots else {}
        self.has_display = has_display(envelope)
        self.touch: Touch | None = touch_of(request)
        self.set_over: bool | None = None
        """Whether the set being counted is over, as its screen tells; None where none tells of it."""
        if self.touch and self.touch.intent:
            # What is touched means what saying it means, and is looked at in the same way.
            self.name = self.touch.intent if self.touch.intent.endswith("Intent") else ""
            self.slots = {name: Slot(id_.replace("_", " "), id_) for name, id_ in self.touch.slots.items()}
        now: datetime | None = request.timestamp
        self.now_ms = int(_in_utc(now).timestamp() * 1000) if now else 0
        self._now = now
        self._seed = crc32((request.request_id or "").encode())
        self.is_event = request.object_type.startswith(EVENTS)
        # Events still come in after a person was forgotten.
        self.memory = Memory(handler_input.attributes_manager, may_begin=not self.is_event)
        self.player: Player = player_of(envelope)
        self._handler_input = handler_input
        equipment: dict[str, Any] = handler_input.attributes_manager.request_attributes
        self.recordings: Recordings = equipment.get(RECORDINGS, NO_RECORDINGS)
        self.in_session = envelope.session is not None
        self.session = Session.from_dict(envelope.session.attributes) if envelope.session else Session()
        self._calls = _calls(self.locale.numbers)

    @property
    def today(self) -> str:
        """The day in UTC, as an ISO date; empty where the request has no time."""
        return self._now.date().isoformat() if self._now else ""

    @property
    def services(self) -> Services:
        """What the platform can be asked for this person."""
        return Services.of(self._handler_input)

    def named(self, slot: str, among: Container[str]) -> str | None:
        """The id that a slot resolved to, when it is one of these."""
        filled = self.slots.get(slot)
        return filled.id if filled and filled.id in among else None

    # What is said

    def say(self, key: str, /, **values: str | Call) -> Speech:
        """One variant of a phrase, the same one for the same request."""
        variants = self.content.phrases[key]
        return self.fill(variants[self._seed % len(variants)], **values)

    def fill(self, template: Template, /, **values: str | Call) -> Speech:
        """A sentence of the content with numbers of the locale and other values filled in."""
        if not template.fields:
            return Speech((template.text,))
        return say(template, {**self._calls, **values})

    def number(self, n: int) -> str:
        """A number as a word, or as digits beyond the counting words."""
        return self.content.numbers[n] if 0 <= n < len(self.content.numbers) else str(n)

    # How a turn ends

    def ask(
        self,
        before: Speech,
        question: str,
        /,
        *,
        asked: str = "",
        card: Card | None = None,
        **values: str | Call,
    ) -> Reply:
        """An answer that ends with one of the questions; `asked` is what yes and no then refer to.

        What is withheld is not offered: the question is then what else the person would like to know.
        """
        if question == "carry_on" and self.is_playing:
            # A question would hold up the recording, which goes on by itself once we have answered.
            return self.tell(before, card)
        if asked.startswith(START) and self.is_withheld(asked.removeprefix(START)):
            question, asked = "after_advice", ""
        speech = before + self.say(f"ask.{question}.question", **values)
        reprompt = self.say(f"ask.{question}.reprompt", **values)
        self.session = replace(self.session, asked=asked or question, speech=speech, reprompt=reprompt, misses=0)
        return Reply(speech, reprompt, card)

    def tell(
        self, speech: Speech, card: Card | None = None, *, stops_audio: bool = False, play: Play | None = None
    ) -> Reply:
        """An answer that ends the conversation."""
        self.session = Session()
        return Reply(speech, card=card, stops_audio=stops_audio, play=play)

    def wait(self, speech: Speech, scene: Scene, *, stops_audio: bool = False) -> Reply:
        """An answer after which the screen goes on, and the conversation with it; it ends with the screen.

        Only for who has a screen.
        """
        session = self.session
        self.session = replace(session, asked=None, topic=None, speech=NOTHING, reprompt=NOTHING, misses=0)
        return Reply(speech, stops_audio=stops_audio, scene=scene, waits=True)

    def is_withheld(self, name: str) -> bool:
        """Whether a routine or a remedy is, or has in it, one that must not be offered in this conversation."""
        routine = self.content.routines.get(name)
        return not {*(routine.exercises if routine else (name,))}.isdisjoint(self.session.withheld)

    # Where we are

    @property
    def place(self) -> Position | None:
        """Where the routine is: in this conversation, else where an earlier one left it."""
        return self.session.position or self.memory.record.position

    @property
    def is_playing(self) -> bool:
        """Whether the routine is being led by recordings that play or would go on by themselves."""
        stream = self.player.stream
        if not self.player.active or stream is None:
            return False
        return stream.run == self.memory.record.playing and not self.memory.record.paused

    @property
    def in_routine(self) -> bool:
        """Whether a routine is being led, in this conversation or by recordings."""
        return self.session.position is not None or self.is_playing

    def plan(self, routine: str) -> Plan:
        """The plan of a routine with the person's preferences."""
        return make_plan(self.content, routine, self.memory.record.preferences)

    def place_and_plan(self) -> tuple[Position, Plan] | None:
        """Where the routine is and its plan; None without one, or when its routine exists no more."""
        place = self.place
        if place is None:
            return None
        try:
            plan = self.plan(place.routine)
        except UnknownRoutineError:
            return None
        return places.within(plan, place), plan

    def move(self, position: Position | None, **kept: Any) -> None:
        """Be at another place, here and in what is kept with other fields; None when no routine is under way."""
        if self.session.counting or self.session.position != position:
            self.session = replace(self.session, position=position, counting=None)
        fields = {"position": position, **(kept if position else {"playing": None, "paused": False})}
        if not self.is_event:
            self.memory.keep(**fields)
            return
        # By the time it is written, the person may have begun something else, or have been told to stop.
        run = self.memory.record.playing
        self.memory.change(lambda record: replace(record, **fields) if record.playing == run else record)

    def hold(self, position: Position) -> None:
        """Stay at a place until the person goes on."""
        self.move(position, paused=self.memory.record.playing is not None)

    def interrupt(self) -> None:
        """Where recordings lead, hold them: they do not go on by themselves when this conversation is over."""
        if self.is_playing and self.place:
            self.hold(self.place)

    def complete(self) -> None:
        """Be done with the routine, and remember the day."""
        if self.today:
            self.memory.change(lambda record: record.with_finished(self.today))
        self.move(None)


@lru_cache(maxsize=64)
def _calls(numbers: Numbers) -> dict[str, str | Call]:
    """Whom to call, by the placeholders for it."""
    return {
        "emergency": Call(numbers.emergency),
        "crisis_line": Call(numbers.crisis_line),
        "poison_line": Call(numbers.poison_line),
    }


def _in_utc(moment: datetime) -> datetime:
    """The same moment with a time zone; without one it is meant as UTC, whatever zone this machine is in."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
