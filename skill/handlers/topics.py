"""Questions and answers: causes, remedies, what to do, when to see a doctor, and who says so."""

from __future__ import annotations

from dataclasses import replace

from skill.content import Claim, Tier
from skill.handlers.capability import Route
from skill.handlers.leading import duration
from skill.handlers.red_flags import told
from skill.handlers.refusing import allowed
from skill.handlers.standard import fallback
from skill.handlers.turn import START, Turn
from skill.reply import Card, Reply
from skill.speech.ssml import NOTHING, Speech, join

OF_REMEDIES = frozenset({"remedies", "what_now", "prevention"})
"""Topics of which there is more to say about one remedy at a time."""

GOING_ON = frozenset({"carry_on", "next", "resume"})
"""Questions whether to go on with the routine."""

SELF_HARM = "self_harm"
"""The category in which a crisis line is called first."""

IF_NOW = {
    Tier.EMERGENCY_NOW: "signs.call",
    Tier.SAME_DAY: "signs.today",
    Tier.SEE_DOCTOR: "signs.doctor",
    Tier.SELF_CARE: "signs.doctor",
}
"""What follows the signs of an illness, by its usual tier."""

NAMED = 3
"""How many publishers are named aloud; the card names all."""


def causes(turn: Turn) -> Reply:
    """All causes, the harmless ones or the serious ones."""
    return _topic(turn, turn.named("cause_kind", turn.content.topics) or "causes", "what_helps")


def cause(turn: Turn) -> Reply:
    """One cause by name."""
    key = turn.named("cause", turn.content.causes)
    if key is None:
        return turn.ask(NOTHING, "which_cause")
    found = turn.content.causes[key]
    return _answer(turn, ("cause", key), found.name, [found.answer], "more")


def remedies(turn: Turn) -> Reply:
    """All remedies that are not withheld."""
    if turn.session.withheld:
        return _allowed(turn)
    return _topic(turn, "remedies", "short_routine", asked="start:short", duration=_short(turn))


def _allowed(turn: Turn) -> Reply:
    """The remedies that are left after what was said."""
    exercise, remedies = allowed(turn), turn.content.remedies
    names = [remedies[key].name for key in remedies if not turn.is_withheld(key)]
    if exercise is None:
        return _posed(turn, turn.say("remedies.none"), "after_advice")
    speech = turn.say("remedies.left", remedies=", ".join(names))
    name = remedies[exercise].name
    return _posed(turn, speech, "exercise", asked=f"{START}{exercise}", exercise=name)


def remedy(turn: Turn) -> Reply:
    """One remedy by name, and who should leave it out."""
    key = turn.named("remedy", turn.content.remedies)
    if key is None:
        return remedies(turn)
    found = turn.content.remedies[key]
    question = "exercise" if found.counting else "bath"  # either way "yes" starts it
    return _answer(
        turn,
        ("remedy", key),
        found.name,
        [found.answer, found.skip_if],
        question,
        asked=f"start:{key}",
        exercise=found.name,
    )


def what_now(turn: Turn) -> Reply:
    """What to do while the leg is numb."""
    turn.interrupt()
    reply = _topic(turn, "what_now", "short_routine", asked="start:short", duration=_short(turn))
    return replace(reply, stops_audio=True)


def when_doctor(turn: Turn) -> Reply:
    """Which signs need which help."""
    return _topic(turn, "when_doctor", "anything")


def signs(turn: Turn) -> Reply:
    """The signs of a dangerous illness by name, and what to do when they are there."""
    key = turn.named("illness", turn.content.red_flags)
    if key is None:
        return when_doctor(turn)
    flag = turn.content.red_flags[key]
    turn.session = replace(turn.session, topic=("red_flag", key))
    speech = turn.fill(flag.signs.say) + turn.say("signs.crisis" if key == SELF_HARM else IF_NOW[flag.tier])
    return _posed(turn, speech, "anything", Card(flag.name, speech.text(), ("red_flag", key)))


def prevention(turn: Turn) -> Reply:
    """How to keep it from coming back."""
    return _topic(turn, "prevention", "short_routine", asked="start:short", duration=_short(turn))


def symptom(turn: Turn) -> Reply:
    """Free words in which nothing dangerous was found: help for a feeling, and a shrug for the weather."""
    if not turn.slots:
        return turn.ask(NOTHING, "missed_symptom")
    from skill.triage.network import words_of

    said = {word for name, slot in turn.slots.items() for word in words_of(told(turn.name, name, slot.said))}
    if said.isdisjoint(turn.content.body):
        return fallback(turn)
    turn.interrupt()
    return replace(_topic(turn, "what_now", "anything", before=turn.say("symptom.heard")), stops_audio=True)


def tell_more(turn: Turn) -> Reply:
    """More about what was just talked about."""
    if turn.session.topic:
        return _more(turn, *turn.session.topic)
    # "Go on" is heard as asking for more.
    if turn.session.asked not in GOING_ON:
        return causes(turn)
    from skill.handlers.routine import resume

    return resume(turn)


def _more(turn: Turn, kind: str, key: str) -> Reply:
    if kind == "cause" and (found := turn.content.causes.get(key)):
        return _answer(turn, (kind, key), found.name, [found.more], "doctor")
    if kind == "remedy" and (thing := turn.content.remedies.get(key)):
        speech = join(map(turn.fill, (*thing.steps, thing.gentler, thing.safety.say)))
        card = Card(thing.name, speech.text(), (kind, key))
        if thing.counting:
            return _posed(turn, speech, "exercise", card, asked=f"start:{key}", exercise=thing.name)
        return _posed(turn, speech, "anything", card)
    if kind == "red_flag":
        return when_doctor(turn)
    if key in OF_REMEDIES:
        return turn.ask(NOTHING, "which_exercise")
    return causes(turn) if key == "causes" else serious(turn)


def serious(turn: Turn) -> Reply:
    """The causes that a doctor should check."""
    return _topic(turn, "serious", "what_helps")


def help_and_doctor(turn: Turn) -> Reply:
    """What helps with the cause that was talked about, and when it needs a doctor."""
    kind, key = turn.session.topic or ("", "")
    found = turn.content.causes.get(key) if kind == "cause" else None
    if found is None:
        return when_doctor(turn)
    return _answer(turn, (kind, key), found.name, [found.helps, found.doctor], "anything")


def sources(turn: Turn) -> Reply:
    """What the last answer rests on."""
    ids = cited(turn, turn.session.topic)
    if not ids:
        return _posed(turn, turn.say("sources.general"), "anything")
    used = [turn.content.sources[each] for each in dict.fromkeys(ids)]
    publishers = list(dict.fromkeys(source.publisher for source in used))
    named = ", ".join(publishers[:NAMED])
    text = "\n".join(f"{source.publisher}: {source.title}. {source.url}" for source in used)
    card = Card(turn.say("sources.card").text(), text)
    speech = turn.say("sources.about_more" if len(publishers) > NAMED else "sources.about", sources=named)
    return _posed(turn, speech, "anything", card)


def about(turn: Turn) -> Reply:
    """What this skill is, what it is not, and what it keeps."""
    return _posed(turn, turn.say("about"), "anything")


def cited(turn: Turn, topic: tuple[str, str] | None) -> tuple[str, ...]:
    """Ids of the sources of a topic, as often as it rests on them."""
    kind, key = topic or ("", "")
    if kind == "cause" and (found := turn.content.causes.get(key)):
        return (*found.answer.sources, *found.more.sources, *found.helps.sources, *found.doctor.sources)
    if kind == "remedy" and (thing := turn.content.remedies.get(key)):
        return (*thing.answer.sources, *thing.skip_if.sources, *thing.safety.sources)
    if kind == "red_flag" and (flag := turn.content.red_flags.get(key)):
        return (*flag.signs.sources, *flag.sources)
    if kind == "topic" and (general := turn.content.topics.get(key)):
        return general.claim.sources
    return ()


def _topic(turn: Turn, key: str, question: str, *, before: Speech = NOTHING, asked: str = "", **values: str) -> Reply:
    topic = turn.content.topics[key]
    return _answer(turn, ("topic", key), topic.title, [topic.claim], question, before=before, asked=asked, **values)


def _answer(
    turn: Turn,
    topic: tuple[str, str],
    title: str,
    claims: list[Claim],
    question: str,
    *,
    before: Speech = NOTHING,
    asked: str = "",
    **values: str,
) -> Reply:
    """Claims, said and on a card, and a question after them."""
    turn.session = replace(turn.session, topic=topic)
    speech = before + join(turn.fill(claim.say) for claim in claims)
    return _posed(turn, speech, question, Card(title, speech.text(), topic), asked=asked, **values)


def _posed(
    turn: Turn, speech: Speech, question: str, card: Card | None = None, *, asked: str = "", **values: str
) -> Reply:
    """Speech and a question; in the middle of a routine the question is whether to carry on with it."""
    if turn.in_routine:
        return turn.ask(speech, "carry_on", card=card)
    return turn.ask(speech, question, asked=asked, card=card, **values)


def _short(turn: Turn) -> str:
    return duration(turn, turn.plan("short"))


ROUTES: dict[str, Route] = {
    "AboutIntent": about,
    "CauseIntent": cause,
    "CausesIntent": causes,
    "PreventionIntent": prevention,
    "RemediesIntent": remedies,
    "RemedyIntent": remedy,
    "ReportSymptomIntent": symptom,
    "SignsIntent": signs,
    "SourcesIntent": sources,
    "TellMeMoreIntent": tell_more,
    "WhatNowIntent": what_now,
    "WhenDoctorIntent": when_doctor,
}
