"""What is shown with an answer: what its handler says, else what can be read off the answer itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skill.handlers.turn import START, Turn
from skill.journal import journal
from skill.reply import Card, Reply
from skill.screens.library import Words, library
from skill.screens.picture import Painter, Picture
from skill.screens.scene import Answer, Held, Leading, Menu, Scene
from skill.speech.ssml import NOTHING, spoken_ms

if TYPE_CHECKING:
    from collections.abc import Iterable

log = journal(__name__)

OPEN = frozenset({"after_advice", "anything", "offer_help", "resume", "welcome"})
"""Questions to which anything may be the answer."""

YES_OR_NO: tuple[str, ...] = ("yes", "no")
"""Buttons below a question."""

WHO: tuple[str, ...] = ("who",)
"""Buttons below what has sources."""

HOLDING: tuple[str, ...] = ("go_on", "stop")
"""Buttons below an answer in the middle of a routine."""


def shown(turn: Turn, reply: Reply) -> tuple[Reply, Picture | None]:
    """The answer for a device with a screen, and what is on it; the answer as it stands where nothing can be shown."""
    try:
        found = library(turn.locale.language)
        scene = reply.scene or _scene(turn, reply, found.words)
        picture = Painter(turn.content, found, turn.locale.numbers).picture(scene) if scene else None
    except Exception as error:  # whatever it is, what is said matters more than what is shown
        log.error("nothing could be shown: %s", type(error).__name__)
        return replace(reply, waits=False), None
    if isinstance(scene, Leading):
        # The screen says the rest, and goes on by itself instead of asking.
        reply = replace(reply, speech=reply.before, reprompt=NOTHING, waits=True)
    return reply, picture


def _scene(turn: Turn, reply: Reply, words: Words) -> Scene | None:
    """The card; else the place in a routine, the question, or what can be asked; nothing at a good-bye."""
    if reply.play or reply.permission:
        # The device shows its player, or asks by itself.
        return None
    if reply.card:
        return _answer(turn, reply.card, words)
    if not reply.reprompt:
        return None
    known = turn.place_and_plan() if turn.in_routine else None
    if known:
        return Held(known[1], known[0])
    asked = turn.session.asked or ""
    if asked in OPEN or not _is_answered(asked):
        return Menu(_allowed(turn, words, words.resuming if asked == "resume" else words.menu))
    return _answer(turn, Card("", reply.speech.text()), words)


def _answer(turn: Turn, card: Card, words: Words) -> Answer:
    from skill.handlers.topics import cited

    kind, key = card.topic or ("", "")
    sources = [turn.content.sources[each] for each in cited(turn, card.topic)]
    asked = turn.session.asked or ""
    below = HOLDING if turn.in_routine else YES_OR_NO if asked not in OPEN and _is_answered(asked) else words.answered
    return Answer(
        title=card.title,
        text=card.text,
        text_ms=spoken_ms(card.text),
        publishers=tuple(dict.fromkeys(source.publisher for source in sources)),
        drawing=key if kind == "remedy" else None,
        buttons=_allowed(turn, words, (*below, *(WHO if sources else ()))),
    )


def _is_answered(asked: str) -> bool:
    """Whether a question has a yes."""
    from skill.handlers.answers import YES

    return asked.startswith(START) or asked.partition(":")[0] in YES


def _allowed(turn: Turn, words: Words, names: Iterable[str]) -> tuple[str, ...]:
    """Those buttons that begin nothing that has to be left out."""
    return tuple(name for name in names if not ((starts := words.buttons[name].starts) and turn.is_withheld(starts)))
