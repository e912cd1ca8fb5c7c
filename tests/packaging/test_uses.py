"""The manifest asks for what the program uses, and for nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import ask_sdk_model
import pytest

import skill
from skill.packaging import uses
from skill.packaging.uses import INTERFACES, PERMISSIONS, SKILL_EVENT, events, handled

SOURCES = [
    path
    for path in sorted(Path(skill.__file__).parent.rglob("*.py"))
    # The local speaker is the other side: it grants what others ask for.
    if not {"speaker", "packaging", "simulator"} & {*path.parts}
]

BROUGHT = {
    "alexa.presentation.apl": "ALEXA_PRESENTATION_APL",
    "alexa.presentation.html": "ALEXA_PRESENTATION_HTML",
    "audioplayer": "AUDIO_PLAYER",
    "display": "RENDER_TEMPLATE",
    "videoapp": "VIDEO_APP",
}
"""The interface that a package of the SDK has the directives of."""

FREE = {"connections"}
"""Packages whose directives any skill may give."""


def nodes() -> Iterator[ast.AST]:
    """Every part of every module of the skill."""
    for path in SOURCES:
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_every_permission_that_is_used_is_asked_for_and_no_other() -> None:
    """Scopes are constants of the program; each is there for a reason."""
    said = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert {text for text in said if text.startswith("alexa::")} == {*PERMISSIONS}


@pytest.mark.parametrize("name", ["REMINDERS_SCOPE", "TIMERS_SCOPE"])
def test_handlers_ask_for_every_permission(name: str) -> None:
    """A scope that no handler names would be asked of people in vain."""
    handlers = [path.read_text(encoding="utf-8") for path in SOURCES if path.parent.name == "handlers"]
    assert any(name in source for source in handlers)


def test_the_interfaces_are_those_whose_directives_are_given() -> None:
    """By what is imported of the SDK; a device that lacks an interface sends none of its requests."""
    root = f"{ask_sdk_model.__name__}.interfaces."
    imported = {
        node.module.removeprefix(root)
        for node in nodes()
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(root)
    }
    assert imported - FREE <= {*BROUGHT}
    assert {BROUGHT[name] for name in imported - FREE} == {*INTERFACES}


def test_every_event_that_is_handled_is_subscribed_to() -> None:
    """And no other: an event that nobody waits for is a request for nothing."""
    routes = {name for name in handled() if name.startswith(SKILL_EVENT)}
    assert len(routes) == len(events())
    assert events() == ["SKILL_DISABLED"]


def test_events_are_spelled_as_subscriptions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each capital begins a word."""
    found = frozenset({"AlexaSkillEvent.SkillPermissionAccepted", "AlexaSkillEvent.SkillEnabled", "LaunchRequest"})
    monkeypatch.setattr(uses, "handled", lambda: found)
    assert events() == ["SKILL_ENABLED", "SKILL_PERMISSION_ACCEPTED"]


def test_what_is_handled_is_known_by_name() -> None:
    """Intents, requests and events alike."""
    assert {
        "LaunchRequest",
        "CausesIntent",
        "AudioPlayer.PlaybackStarted",
        "AlexaSkillEvent.SkillDisabled",
    } <= handled()
