"""Danger first: every word a person says is looked at for it before anything else is done."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.content import RedFlag, Tier
from skill.handlers.capability import finish, turn_of
from skill.handlers.settling import settle
from skill.handlers.slots import Slot
from skill.handlers.turn import Turn
from skill.locales import Locale
from skill.reply import Card, Reply
from skill.speech.ssml import Call, Speech
from skill.triage.finding import Finding
from skill.triage.harmless import harmless

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

    from skill.screens.scene import Scene

PLAIN_REQUEST = "generic_emergency"
"""The category of a call for help that names no symptom."""

BY_THEMSELVES = {
    "EmergencyHelpIntent": Finding(PLAIN_REQUEST, Tier.EMERGENCY_NOW),
    "PainIntent": Finding("exercise_adverse", Tier.SELF_CARE),
}
"""What intents tell of without a word in a slot."""

INTENTS = frozenset({"RedFlagIntent", *BY_THEMSELVES})
"""Intents that are answered with advice, whatever is in their slots."""

URGENT = frozenset({Tier.EMERGENCY_NOW, Tier.SAME_DAY})
"""Tiers that end the conversation, so that the person is free to act."""

ASKED_ABOUT = "illness"
"""The slot that holds what a person wants to know about."""

REPORT, WHOLE = "ReportSymptomIntent", "symptom"
"""The intent of free words, and its slot in which they stand whole; its other slots are named for the words before."""


class RedFlags(AbstractRequestHandler):
    """Answers the danger intents, and every other intent that has danger in a slot."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the request is about danger."""
        turn = turn_of(handler_input)
        return turn.name in INTENTS or finding(turn) is not None

    def handle(self, handler_input: HandlerInput) -> Response:
        """Give the advice; the routine and its saved place are gone where the tier is urgent."""
        turn = turn_of(handler_input)
        return finish(handler_input, turn, advise(turn))


def finding(turn: Turn) -> Finding | None:
    """The most urgent danger in what was said, if any."""
    by_itself = BY_THEMSELVES.get(turn.name)
    if not turn.slots:
        return by_itself
    found = (*(_in_slot(turn, name, slot) for name, slot in turn.slots.items()), by_itself)
    return max(filter(None, found), key=lambda hit: hit.tier.urgency, default=None)


def advise(turn: Turn) -> Reply:
    """The advice for what was found."""
    found = finding(turn)
    if found is None:
        settle(turn)
        # The platform heard danger and passed on no words for it, so the advice covers the worst of it.
        turn.interrupt()
        # A recording would lead somebody on who may be in danger, once they say no more.
        return replace(turn.ask(turn.say("red_flag.unsure"), "anything"), stops_audio=True)
    flag = turn.content.red_flags[found.category]
    # Where the only advice is that of a more urgent tier, the conversation ends with it as that tier has it.
    tier = found.tier if found.tier in flag.advice else max(found.tier, flag.tier, key=lambda each: each.urgency)
    advice = _advice(turn, flag, tier)
    if tier in URGENT:
        turn.move(None)
        told = turn.tell(advice, Card(turn.say("red_flag.card").text(), advice.text()), stops_audio=True)
        return replace(told, scene=_urgent(advice, tier)) if turn.has_display else told
    return _calm(turn, advice, () if tier is Tier.SELF_CARE else flag.withhold)


def _urgent(advice: Speech, tier: Tier) -> Scene:
    from skill.screens.scene import Urgent

    numbers = [part.words for part in advice.parts if isinstance(part, Call)]
    return Urgent(numbers[0] if numbers and tier is Tier.EMERGENCY_NOW else None, advice.text())


def _calm(turn: Turn, advice: Speech, withhold: Literal["all"] | tuple[str, ...]) -> Reply:
    """Advice that leaves time to talk; what it withholds is left out for the rest of the conversation."""
    settle(turn)
    withheld = tuple(turn.content.remedies) if withhold == "all" else withhold
    turn.session = replace(turn.session, withheld=tuple(dict.fromkeys((*turn.session.withheld, *withheld))))
    card = Card(turn.say("red_flag.card_calm").text(), advice.text())
    place = turn.place if turn.in_routine else None
    if place is None:
        # Between two recordings none plays, and the next one would follow.
        return replace(turn.ask(advice, "after_advice", card=card), stops_audio=True)
    # Recordings follow each other without asking us, so what is withheld later on stops them now.
    stops = turn.is_withheld(place.routine) if turn.is_playing else place.exercise in withheld
    if not stops:
        turn.interrupt()
        return replace(turn.ask(advice, "carry_on", card=card), stops_audio=True)
    turn.move(None)
    stopped = turn.ask(advice + turn.say("red_flag.routine_stopped"), "after_advice", card=card)
    return replace(stopped, stops_audio=True)


def _advice(turn: Turn, flag: RedFlag, tier: Tier) -> Speech:
    """The advice for the tier; where the category has none of its own, one that is no less urgent."""
    if tier in flag.advice:
        return turn.fill(flag.advice[tier])
    if tier is Tier.EMERGENCY_NOW:
        return turn.fill(turn.content.red_flags[PLAIN_REQUEST].advice[tier])
    return turn.say("red_flag.today") + turn.fill(flag.advice[flag.tier])


def told(intent: str, slot: str, said: str) -> str:
    """The words of a slot, after those that it is named for: a report in `i_cannot` begins with "i cannot"."""
    return f"{slot.replace('_', ' ')} {said}" if intent == REPORT and slot != WHOLE else said


def _in_slot(turn: Turn, name: str, slot: Slot) -> Finding | None:
    flag = turn.content.red_flags.get(slot.id or "")
    # The name of an illness in a question about it is no report of one; any other words may well be.
    if name == ASKED_ABOUT and flag is not None:
        return None
    if slot.id is None:
        from skill.triage.detector import detect  # not needed where nothing was said freely

        # Only in one slot may the words be all that was said; in any other they come after some that matter.
        return detect(told(turn.name, name, slot.said), turn.locale.tag, whole=name == WHOLE)
    if name != "red_flag" or flag is None:
        return _in_listed_words(slot.said, turn.locale)
    named = Finding(slot.id, flag.tier)
    if flag.tier is Tier.EMERGENCY_NOW:
        return named
    return max(filter(None, (named, _in_listed_words(slot.said, turn.locale))), key=lambda hit: hit.tier.urgency)


@lru_cache(maxsize=512)
def _in_listed_words(said: str, locale: Locale) -> Finding | None:
    """Danger in words of the interaction model, which are few and asked for again and again."""
    if said in harmless(locale.language):
        return None
    from skill.triage.detector import detect

    return detect(said, locale.tag)
