"""Every request fixture on a device with a screen: shown by the rules, said as well, and in time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from skill.speaker.plain import spoken
from skill.speaker.response_rules import LARGEST_RESPONSE
from tests.conftest import REQUESTS, Envelope, checked, request, request_id, speech
from tests.handlers.asking import Kept, skill_with
from tests.screens.device import EXECUTE, RENDER, directives, on_screen, shown

SPEAKING = {"LaunchRequest", "IntentRequest", "Alexa.Presentation.APL.UserEvent", "Connections.Response"}


def answered(path: Path, **device: Any) -> tuple[Envelope, Envelope]:
    """The answer to a fixture by voice, and on a screen; the rules are checked at both."""
    envelope = request(request_id(path))
    interfaces = envelope["context"]["System"]["device"].get("supportedInterfaces", {})
    interfaces.pop("Alexa.Presentation.APL", None)
    by_voice = checked(skill_with(Kept()))(envelope)
    return by_voice, checked(skill_with(Kept()))(on_screen(envelope, **device))


def plain(text: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"\W+", "", text)


@pytest.mark.parametrize("path", REQUESTS, ids=request_id)
def test_on_a_screen(path: Path) -> None:
    """A device without a screen gets no directive of one; with one, as much is said, and what is read is heard."""
    by_voice, on_a_screen = answered(path)
    assert not directives(by_voice, RENDER)
    assert not directives(by_voice, EXECUTE)
    assert len(json.dumps(on_a_screen)) < LARGEST_RESPONSE // 2
    kind = request(request_id(path))["request"]["type"]
    if kind not in SPEAKING:
        assert not directives(on_a_screen, RENDER)
        return
    aloud = spoken(speech(on_a_screen) or "<speak/>")
    if not directives(on_a_screen, RENDER):
        assert on_a_screen["response"].get("shouldEndSession", True) is True
        return
    name, seen = shown(on_a_screen)
    if name == "routine" and seen["live"]:
        aloud = " ".join((aloud, spoken(seen["opening_ssml"]), spoken(seen["counts_ssml"])))
        assert plain(aloud) in plain(spoken(speech(by_voice)))
    else:
        assert speech(on_a_screen) == speech(by_voice)
    # The pages that an answer rests on are on the card, and their names alone on the screen.
    if name in {"answer", "urgent"} and "https://" not in str(on_a_screen["response"].get("card")):
        text = " ".join(seen["pages"]) if name == "answer" else seen["text"]
        assert plain(text) in plain(aloud)


@pytest.mark.parametrize("path", [path for path in REQUESTS if "on_a_screen" in path.stem], ids=request_id)
def test_old_screens_stay_dark(path: Path) -> None:
    """A screen that is too old is answered as none."""
    by_voice, on_an_old_screen = answered(path, newest="1.3")
    assert on_an_old_screen == by_voice
