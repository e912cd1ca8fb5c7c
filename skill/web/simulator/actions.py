"""What the page can ask for: each action does something in a conversation and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias, cast, get_args

from skill.speaker.envelopes import Button
from skill.speaker.turns import Turn
from skill.web.simulator.conversations import Conversation, RequestError, Taken, text_of, whole_number_of
from skill.web.simulator.workbench import export, raw, replay, save_fixture

Json: TypeAlias = dict[str, Any]

Outcome: TypeAlias = dict[str, Any]
"""What is added to the answer; `turns` are the turns that were taken."""

Action: TypeAlias = Callable[[Conversation, Json], Outcome]
"""Does what the page asks for; raises RequestError where it cannot be done as asked."""

LONGEST_SAID = 8000
"""Characters of an utterance."""

MOST_ARGUMENTS = 100
"""Arguments of a touch."""


def say(conversation: Conversation, asked: Json) -> Outcome:
    """Say something."""
    text = text_of(asked, "text").strip()
    if not text or len(text) > LONGEST_SAID:
        raise RequestError(f"text: give from 1 to {LONGEST_SAID} characters")
    return _taken(conversation, asked, lambda: conversation.device.say(text))


def launch(conversation: Conversation, asked: Json) -> Outcome:
    """Open the skill."""
    return _taken(conversation, asked, conversation.device.launch)


def silence(conversation: Conversation, asked: Json) -> Outcome:
    """Leave a question unanswered that was asked again; what it was asked with is not said a third time."""
    last = conversation.last
    asked_again = last.turn.reprompt if last else ""

    def unanswered() -> Turn:
        turn = conversation.device.silence()
        return replace(turn, speech=turn.speech.replace(asked_again, "", 1).strip()) if asked_again else turn

    return _taken(conversation, asked, unanswered)


def spoken(conversation: Conversation, asked: Json) -> Outcome:
    """Tell that an answer has been said, or was broken off."""
    return _taken(conversation, asked, conversation.device.spoken)


def press(conversation: Conversation, asked: Json) -> Outcome:
    """Press a button of the player."""
    button = text_of(asked, "button")
    if button not in get_args(Button):
        raise RequestError(f"button: give one of {', '.join(get_args(Button))}")
    return _taken(conversation, asked, lambda: conversation.device.press(cast(Button, button)))


def seek(conversation: Conversation, asked: Json) -> Outcome:
    """Go on elsewhere in the stream."""
    offset_ms = whole_number_of(asked, "offset_ms")
    return _taken(conversation, asked, lambda: conversation.device.seek(offset_ms))


def heard(conversation: Conversation, asked: Json) -> Outcome:
    """Tell how far a stream was really heard, or why it cannot be played."""
    token, offset_ms = text_of(asked, "token"), whole_number_of(asked, "offset_ms")
    error = text_of(asked, "error") if asked.get("error") is not None else None
    return _taken(conversation, asked, lambda: conversation.device.heard(token, offset_ms, error))


def tick(conversation: Conversation, asked: Json) -> Outcome:
    """Let time pass: what is due by now is told and announced."""
    return _taken(conversation, asked, conversation.device.wait)


def touch(conversation: Conversation, asked: Json) -> Outcome:
    """Touch the screen where it sends something."""
    token, arguments, source = text_of(asked, "token"), asked.get("arguments"), asked.get("source")
    if not isinstance(arguments, list) or len(arguments) > MOST_ARGUMENTS:
        raise RequestError(f"arguments: give a list of up to {MOST_ARGUMENTS}")
    if not isinstance(source, dict):
        raise RequestError("source: give an object")
    return _taken(conversation, asked, lambda: conversation.device.touch(token, arguments, source))


def broken(conversation: Conversation, asked: Json) -> Outcome:
    """Tell that a document could not be shown as it is."""
    token, errors = text_of(asked, "token"), asked.get("errors")
    if not isinstance(errors, list) or not all(isinstance(each, dict) for each in errors):
        raise RequestError("errors: give a list of objects")
    return _taken(conversation, asked, lambda: conversation.device.screen_failed(token, errors[:MOST_ARGUMENTS]))


def forget(conversation: Conversation, asked: Json) -> Outcome:
    """Delete what the skill keeps of the person."""
    if conversation.home.other:
        raise RequestError("forget: where another skill keeps what is not known here; delete it there")
    conversation.home.kept.forget(conversation.device.user_id)
    return {"turns": []}


ACTIONS: Mapping[str, Action] = {
    "say": say,
    "launch": launch,
    "silence": silence,
    "spoken": spoken,
    "press": press,
    "seek": seek,
    "heard": heard,
    "tick": tick,
    "touch": touch,
    "broken": broken,
    "forget": forget,
    "raw": raw,
    "save_fixture": save_fixture,
    "export": export,
    "replay": replay,
}
"""By the names that the page has for them."""


def _taken(conversation: Conversation, asked: Json, act: Callable[[], Turn]) -> Outcome:
    turns: list[Taken] = conversation.take(asked, act)
    return {"turns": turns}
