"""Every request fixture: a response that keeps the rules, and the same one through every door."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from skill import cli
from skill.content import Tier, load
from skill.locales import find
from skill.settings import IN_MEMORY, Settings
from skill.speaker.local import local_speaker
from skill.web.app import create_app
from tests.conftest import REQUESTS, Ask, assert_keeps_rules, request, request_id, speech

CONTENT = load("en")
EMERGENCIES = sorted(key for key, flag in CONTENT.red_flags.items() if flag.tier is Tier.EMERGENCY_NOW)
SPOKEN = {"LaunchRequest", "IntentRequest", "Alexa.Presentation.APL.UserEvent", "Connections.Response"}


@pytest.fixture
def client() -> FlaskClient:
    """The Flask door."""
    return create_app(Settings(database=IN_MEMORY), unverified=True).test_client()


@pytest.mark.parametrize("path", REQUESTS, ids=request_id)
def test_doors_agree(path: Path, ask: Ask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flask, Lambda and the local speaker give the same response, and it keeps the rules."""
    envelope = request(request_id(path))
    monkeypatch.setenv("STEADY_LEGS_DATABASE", IN_MEMORY)
    direct = ask(copy.deepcopy(envelope))
    over_http = client.post("/alexa", json=envelope)
    assert over_http.status_code == 200
    assert over_http.get_json() == direct
    assert cli.lambda_handler()(envelope, None) == direct
    # The other doors were given no recordings.
    speaker = local_speaker("en-US", Settings(database=IN_MEMORY), voice="none")
    assert speaker.skill(envelope) == direct
    assert_keeps_rules(envelope, direct)


@pytest.mark.parametrize("path", REQUESTS, ids=request_id)
def test_speaks_when_spoken_to(path: Path, ask: Ask) -> None:
    """Words are answered in words, and events in silence, as is what a screen tells too late."""
    envelope = request(request_id(path))
    spoken_to = envelope["request"]["type"] in SPOKEN and path.stem != "set_over_too_late"
    assert bool(speech(ask(envelope))) == spoken_to


@pytest.mark.parametrize("category", EMERGENCIES)
def test_emergency_number_comes_first(category: str, ask: Ask) -> None:
    """The first sentence of emergency advice says whom to call, or where to find help; the card repeats it."""
    response = ask(request(f"RedFlagIntent/{category}"))
    said = re.sub(r"<[^>]+>", "", speech(response))
    numbers = find("en-US").numbers
    first = said.split(". ")[0]
    assert numbers.emergency in first or numbers.crisis_line in first or "emergency department" in first, said
    assert numbers.emergency in said
    assert response["response"]["card"]["content"] == said
    assert response["response"]["shouldEndSession"] is True


@pytest.mark.parametrize(
    ("locale", "number", "crisis"),
    [
        ("en_gb", "999", "116 123"),
        ("en_au", "000", "13 11 14"),
        ("en_ca", "911", "988"),
        ("en_in", "112", "14416"),
        ("fr_fr", "112", "a crisis line in your country"),
        ("xx", "your local emergency number", "a crisis line in your country"),
    ],
)
def test_numbers_follow_the_locale(locale: str, number: str, crisis: str, ask: Ask) -> None:
    """Each locale hears its own numbers, and one that is unknown hears none that could be wrong."""
    assert number in speech(ask(request(f"RedFlagIntent/stroke_tia_{locale}")))
    assert crisis in speech(ask(request(f"RedFlagIntent/self_harm_{locale}")))


def test_danger_outranks_its_intent(ask: Ask) -> None:
    """Danger in a slot of any intent gets the advice, stops the routine and ends the conversation."""
    for name in ("ReportSymptomIntent/danger", "CauseIntent/danger_in_slot"):
        response = ask(request(name))
        assert "911" in speech(response)
        assert response["response"]["shouldEndSession"] is True
        assert response["sessionAttributes"] == {}


@pytest.mark.parametrize("name", ["AMAZON.StopIntent", "RedFlagIntent"])
def test_playing_audio_is_stopped(name: str, ask: Ask) -> None:
    """A stream that plays is stopped, and a device that plays nothing gets no directive."""
    assert ask(request(f"{name}/audio_playing"))["response"]["directives"] == [{"type": "AudioPlayer.Stop"}]
    assert not ask(request(f"{name}/mid_routine"))["response"].get("directives")
