"""What all tests share: the skill with nothing kept, and one check on every response that it gives."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.skill import CustomSkill
from hypothesis import settings

from skill.assistant import answer, create_skill
from skill.locales import find, model_path
from skill.services import Network
from skill.settings import IN_MEMORY, Settings
from skill.speaker.alarms import Alarms
from skill.speaker.response_rules import broken_rules
from skill.speaker.understanding import Understanding
from skill.storage.dynamodb import DynamoDbAdapter
from skill.storage.in_memory import InMemoryAdapter
from skill.storage.sqlite import SqliteAdapter

# The same examples every time: what a test finds, it finds on every machine.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

TESTS = Path(__file__).resolve().parent
REQUESTS = sorted((TESTS / "requests").rglob("*.json"))

Envelope = dict[str, Any]
Ask = Callable[[Envelope], Envelope]


def request_id(path: Path) -> str:
    """How a request fixture is called in the test report."""
    return f"{path.parent.name}/{path.stem}"


def request(name: str) -> Envelope:
    """A request fixture by name, such as `LaunchRequest/new_session`."""
    envelope: Envelope = json.loads((TESTS / "requests" / f"{name}.json").read_text(encoding="utf-8"))
    return envelope


def checked(skill: CustomSkill) -> Ask:
    """The skill as a function that also checks each response against the platform's and our own rules."""

    def ask(envelope: Envelope) -> Envelope:
        untouched = copy.deepcopy(envelope)
        response = answer(skill, envelope)
        assert envelope == untouched, "the request was changed"
        assert_keeps_rules(envelope, response)
        return response

    return ask


def assert_keeps_rules(envelope: Envelope, response: Envelope) -> None:
    """Fail when a response breaks a rule."""
    assert broken_rules(envelope, response) == [], json.dumps(response, indent=1)


def speech(response: Envelope) -> str:
    """The SSML of a response, or nothing."""
    output: dict[str, str] = response["response"].get("outputSpeech") or {}
    return output.get("ssml", "")


@pytest.fixture(autouse=True)
def nobody_allowed_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of the platform's services over the network, those of a device whose person has allowed nothing."""
    monkeypatch.setattr(Network, "invoke", lambda _, request: Alarms(lambda: datetime.now(UTC)).invoke(request))


@pytest.fixture
def skill() -> Iterator[CustomSkill]:
    """A skill of its own, with nothing kept."""
    fresh = create_skill(Settings(database=IN_MEMORY))
    yield fresh
    close(fresh)


def close(skill: CustomSkill) -> None:
    """Let go of a skill's database."""
    adapter = skill.persistence_adapter
    assert isinstance(adapter, SqliteAdapter | DynamoDbAdapter | InMemoryAdapter)
    adapter.close()


@pytest.fixture
def ask(skill: CustomSkill) -> Ask:
    """Ask the skill, with every response checked."""
    return checked(skill)


@cache
def understanding(locale: str) -> Understanding:
    """The model of a locale, read once."""
    return Understanding.load(model_path(locale), find(locale).number_words)
