"""Settings: from the environment, with a clear word about what cannot be used."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from skill.settings import IN_MEMORY, Settings, SettingsError

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"


def test_given_settings_are_used() -> None:
    """Every variable of ours is read, and no other."""
    environment = {
        "STEADY_LEGS_DATABASE": "/x/y.sqlite3",
        "STEADY_LEGS_SKILL_ID": SKILL_ID,
        "STEADY_LEGS_TRACKS": "/tracks",
        "STEADY_LEGS_TRACKS_URL": "https://example.org/tracks",
        "PATH": "/bin",
    }
    assert Settings.from_environment(environment) == Settings(
        database="/x/y.sqlite3", skill_id=SKILL_ID, tracks="/tracks", tracks_url="https://example.org/tracks"
    )


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        ({"STEADY_LEGS_TRACKS": "/tracks"}, "must be set together"),
        ({"STEADY_LEGS_TRACKS_URL": "https://example.org"}, "must be set together"),
        ({"STEADY_LEGS_TRACKS": "/t", "STEADY_LEGS_TRACKS_URL": "http://example.org/t"}, "must be an address, https"),
        ({"STEADY_LEGS_TRACKS": "/t", "STEADY_LEGS_TRACKS_URL": "https://a b"}, "must be an address, https"),
    ],
)
def test_recordings_need_a_folder_and_a_safe_address(environment: dict[str, str], fault: str) -> None:
    """Devices fetch recordings by https alone, and the skill must know what is there."""
    with pytest.raises(SettingsError, match=fault):
        Settings.from_environment(environment)


@pytest.mark.parametrize(
    ("environment", "database"),
    [
        ({}, Path.home() / ".local" / "state" / "steady-legs" / "steady-legs.sqlite3"),
        ({"XDG_STATE_HOME": "/state"}, Path("/state/steady-legs/steady-legs.sqlite3")),
        ({"XDG_STATE_HOME": ""}, Path.home() / ".local" / "state" / "steady-legs" / "steady-legs.sqlite3"),
        (
            {"XDG_STATE_HOME": "/state", "AWS_LAMBDA_FUNCTION_NAME": "f"},
            IN_MEMORY,
        ),
        ({"STEADY_LEGS_DATABASE": "", "XDG_STATE_HOME": "/state"}, Path("/state/steady-legs/steady-legs.sqlite3")),
    ],
)
def test_database_has_a_place_of_its_own(environment: dict[str, str], database: Path | str) -> None:
    """Without a setting the file is where the system keeps state, and on Lambda it is no file."""
    assert Settings.from_environment(environment) == Settings(str(database))


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"STEADY_LEGS_DATABSE": "x"}, "STEADY_LEGS_DATABSE is not a setting; the settings are STEADY_LEGS_DATABASE"),
        ({"STEADY_LEGS_SKILL_ID": "my-skill"}, "STEADY_LEGS_SKILL_ID must be a skill id"),
    ],
)
def test_unusable_setting_is_named(environment: dict[str, str], named: str) -> None:
    """A misspelt or senseless variable is an error that says what is expected."""
    with pytest.raises(SettingsError, match=named):
        Settings.from_environment(environment)


def test_table_is_used_instead_of_a_file() -> None:
    """Records are kept in a table where one is named, and an empty name is none."""
    assert Settings.from_environment({"STEADY_LEGS_TABLE": "steady-legs"}).table == "steady-legs"
    assert Settings.from_environment({"STEADY_LEGS_TABLE": "", "STEADY_LEGS_DATABASE": "/x"}).table is None


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        ({"STEADY_LEGS_TABLE": "legs", "STEADY_LEGS_DATABASE": "/x"}, "must not be set together"),
        ({"STEADY_LEGS_TABLE": "my legs"}, "must be the name of a DynamoDB table, and is 'my legs'"),
        ({"STEADY_LEGS_TABLE": "a"}, "must be the name of a DynamoDB table, and is 'a'"),
    ],
)
def test_unusable_table(environment: dict[str, str], fault: str) -> None:
    """There is one place for records, and a name that no table can have is refused."""
    with pytest.raises(SettingsError, match=fault):
        Settings.from_environment(environment)


KEYS = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "key", "AWS_REGION": "eu-west-1"}


@pytest.mark.parametrize(
    "environment", [{}, {**KEYS, "AWS_PROFILE": "legs"}, {**KEYS, "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}]
)
def test_table_needs_its_library(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library for tables the error says how to get it, before any turn is lost."""
    monkeypatch.setattr("skill.settings.PathFinder", SimpleNamespace(find_spec=lambda name: None))
    with pytest.raises(SettingsError, match=r"pip install 'steady-legs\[dynamodb\]'"):
        Settings.from_environment({"STEADY_LEGS_TABLE": "steady-legs", **environment})


def test_table_needs_no_library_beside_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where keys and a region stand in the environment the library is not needed."""
    monkeypatch.setattr("skill.settings.PathFinder", SimpleNamespace(find_spec=lambda name: None))
    assert Settings.from_environment({"STEADY_LEGS_TABLE": "steady-legs", **KEYS}).table == "steady-legs"


def test_table_is_not_asked_in_the_clear() -> None:
    """A server elsewhere that would be asked without TLS is refused, unless there is no table."""
    environment = {**KEYS, "AWS_ENDPOINT_URL_DYNAMODB": "http://dynamodb.example.org"}
    assert Settings.from_environment(environment).table is None
    with pytest.raises(SettingsError, match=r"^AWS_ENDPOINT_URL_DYNAMODB must be an address, https://"):
        Settings.from_environment({"STEADY_LEGS_TABLE": "steady-legs", **environment})


def test_empty_skill_id_is_none() -> None:
    """A variable that is set to nothing is not set."""
    assert Settings.from_environment({"STEADY_LEGS_SKILL_ID": ""}).skill_id is None
