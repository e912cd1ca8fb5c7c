"""What the workbench asks for: requests as they stand, fixtures, conversations written down and had again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any, get_args
from uuid import UUID

from skill.speaker.device import Device
from skill.speaker.devices import DEVICES
from skill.speaker.envelopes import account_id
from skill.speaker.response_rules import CONVERSATION
from skill.speaker.wall_clock import WallClock
from skill.web.simulator.conversations import Conversation, RequestError, text_of, whole_number_of
from skill.web.simulator.dialogues import write_dialogue
from skill.web.simulator.fixtures import FixtureError, save
from skill.web.simulator.replays import read, write_toolkit
from skill.web.simulator.screens import Screens
from skill.web.simulator.steps import USUAL_PAUSE_S, Act, ReplayError, Script, Step, missed, play, to_expect
from skill.web.simulator.trace import Guard, Traced

REPLAYING, REHEARSING = account_id("replaying"), account_id("rehearsing")
"""Who has conversations again: somebody new each time."""

BEGINNING = datetime(2026, 11, 22, 9, tzinfo=UTC)
"""When dialogues begin, wherever they are played."""

ACTS: Mapping[str, Act] = {
    **{act: act for act in get_args(Act)},
    **dict.fromkeys(("tick", "heard", "spoken"), "wait"),
}
"""What the page does, as files have it; they have no word for the rest."""

FILES: Mapping[str, str] = {"dialogue": "conversation.yaml", "toolkit": "conversation.json"}
"""What the files of each format are called at first."""


def raw(conversation: Conversation, asked: dict[str, Any]) -> dict[str, Any]:
    """Send a request of any make to the skill as it stands."""
    envelope = asked.get("envelope")
    if not isinstance(envelope, dict):
        raise RequestError("envelope: give a request envelope, a JSON object")
    return {"turns": conversation.take(asked, lambda: conversation.device.send(envelope))}


def save_fixture(conversation: Conversation, asked: dict[str, Any]) -> dict[str, Any]:
    """Save a request of a turn as a fixture; the one that was spoken to, unless another `exchange` of it is named."""
    exchanges = conversation.turn(whole_number_of(asked, "turn")).observed.exchanges
    chosen = whole_number_of(asked, "exchange") if "exchange" in asked else _main(exchanges)
    if not chosen < len(exchanges):
        raise RequestError(f"exchange: the turn has {len(exchanges)} requests; count them from 0")
    try:
        path = save(exchanges[chosen].request, text_of(asked, "name"), conversation.home.fixtures)
    except FixtureError as error:
        raise RequestError(str(error)) from error
    return {"turns": [], "saved": str(path.relative_to(path.parents[3]))}


def export(conversation: Conversation, asked: dict[str, Any]) -> dict[str, Any]:
    """Write the conversation down in a format, from where its device was new; `left_out` counts what it cannot hold."""
    form = text_of(asked, "format")
    if form not in FILES:
        raise RequestError(f"format: give one of {', '.join(FILES)}")
    done, left_out = _done(conversation)
    device = conversation.device
    name = device.understanding.invocation_name
    try:
        script = Script(tuple(step for step, _ in done), conversation.locale, _is_recorded(conversation))
        if form == "toolkit":
            text = write_toolkit(script, name, device.application_id)
            left_out += sum(step.act in {"silence", "press"} for step in script.steps)
        else:
            text = write_dialogue(_rehearsed(conversation, script, [speech for _, speech in done]), name)
    except ReplayError as error:
        raise RequestError(str(error)) from error
    return {"turns": [], "name": FILES[form], "text": text, "left_out": left_out}


def replay(conversation: Conversation, asked: dict[str, Any]) -> dict[str, Any]:
    """Have a conversation again from a file, with a device that knows nobody yet, and go on from there.

    `missed` tells by the number of a turn what it was expected to bring and did not.
    """
    try:
        script = read(text_of(asked, "text"), text_of(asked, "format"))
    except ReplayError as error:
        raise RequestError(str(error)) from error
    if script.locale != conversation.locale:
        raise RequestError(f"locale: the file is for {script.locale[:20]}; switch to that first")
    device, guard = _somebody_new(conversation, REPLAYING)
    conversation.device, conversation.guard, conversation.screens = device, guard, Screens()
    turns, unmet = [], {}
    for number, step in enumerate(script.steps):
        _let_pass(device, step.after_s)
        done = {"do": step.act, "text": step.what, "button": step.what, "begins": number == 0}
        for taken in conversation.take(done, partial(play, device, step)):
            turns.append(taken)
            if lines := [*missed(step, taken.turn, device)]:
                unmet[taken.number] = lines
    # From here on somebody listens, and speaking takes time.
    device.says_at_once = False
    return {"turns": turns, "missed": unmet}


def _main(exchanges: tuple[Traced, ...]) -> int:
    """Which request of a turn was spoken to; the last one where none was."""
    spoken = [n for n, each in enumerate(exchanges) if each.kind in CONVERSATION]
    return spoken[-1] if spoken else len(exchanges) - 1


def _done(conversation: Conversation) -> tuple[list[tuple[Step, str]], int]:
    """What was done since the device was new, with what was answered, and how much of it no file can hold."""
    turns = [*conversation.turns]
    begun = [place for place, taken in enumerate(turns) if taken.asked.get("begins")]
    done, left_out, before = [], 0, None
    for taken in turns[begun[-1] if begun else 0 :]:
        act = ACTS.get(str(taken.asked.get("do")))
        if act is None:
            left_out += 1
            continue
        what = str(taken.asked.get({"say": "text", "press": "button"}.get(act, ""), ""))
        passed = round((taken.at - before).total_seconds()) if before else USUAL_PAUSE_S
        done.append((Step(act, what, float(passed)), taken.turn.speech))
        before = taken.at
    return done, left_out


def _is_recorded(conversation: Conversation) -> bool:
    """Whether a recording was heard."""
    heard = json.dumps([each.response for taken in conversation.turns for each in taken.observed.exchanges])
    return '"AudioPlayer.Play"' in heard or "<audio " in heard


def _rehearsed(conversation: Conversation, script: Script, heard: list[str]) -> Script:
    """The conversation with what is to be expected of it: what comes again when it is had once more as tests do."""
    device, guard = _somebody_new(conversation, REHEARSING)
    if isinstance(device.clock, WallClock):
        device.clock.now = lambda: BEGINNING
    steps = []
    for step, speech in zip(script.steps, heard, strict=True):
        _let_pass(device, step.after_s)
        turn = guard.observe(device, partial(play, device, step)).turn
        steps.append(replace(step, expected=to_expect(turn, device, speech)))
    conversation.home.kept.forget(device.user_id)
    return replace(script, steps=tuple(steps))


def _somebody_new(conversation: Conversation, user_id: str) -> tuple[Device, Guard]:
    """A device like that of the conversation, of somebody of whom nothing is kept, and what guards its skill."""
    home = conversation.home
    home.kept.forget(user_id)
    made = home.make(conversation.locale, DEVICES[conversation.device_name])
    ids = (UUID(int=number) for number in count())
    guard = conversation.guard.round(made.skill)
    return replace(made, skill=guard, user_id=user_id, new_id=lambda: next(ids)), guard


def _let_pass(device: Device, seconds: float) -> None:
    if isinstance(device.clock, WallClock):
        device.clock.forward(seconds)
