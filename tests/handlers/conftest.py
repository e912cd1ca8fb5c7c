"""Recordings of everything, and the alarms of a device."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ask_sdk_core.skill import CustomSkill

from skill.settings import Settings
from skill.speaker.alarms import Alarms
from tests.conftest import Ask, checked
from tests.handlers.asking import Kept
from tests.handlers.leave import NOW
from tests.handlers.recorded import player_skill, shelf


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with recordings of everything."""
    return shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def answering(recordings: Settings) -> Callable[[Kept], Ask]:
    """The skill with a storage, and recordings of everything."""
    return lambda storage: checked(player_skill(recordings, storage))


@pytest.fixture
def alarms(skill: CustomSkill) -> Alarms:
    """The alarms of a device, which the skill is not allowed to handle yet."""
    alarms = Alarms(lambda: NOW)
    skill.api_client = alarms
    return alarms
