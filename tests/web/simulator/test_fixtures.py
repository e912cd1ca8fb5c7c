"""Saving a request as a fixture: nobody's ids in it, nothing overwritten, nothing outside, and the tests take it up."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from skill.settings import IN_MEMORY, Settings
from skill.speaker.envelopes import LOCAL_SKILL, LOCAL_USER, account_id
from skill.speaker.local import local_speaker
from skill.web.simulator.fixtures import FixtureError, folder_of, harmless, kind_of, save
from tests.conftest import REQUESTS, TESTS, request, request_id

MINE = "amzn1.ask.skill.11111111-2222-4333-8444-555555555555"
SESSION = "amzn1.echo-api.session.66666666-2222-4333-8444-555555555555"


def real() -> dict[str, Any]:
    """A request as somebody's own device sends it."""
    envelope = json.loads(json.dumps(request("CauseIntent/in_session")).replace(LOCAL_SKILL, MINE))
    envelope["session"]["user"] = {"userId": account_id("me"), "accessToken": "my secret"}
    envelope["session"]["sessionId"] = SESSION
    envelope["session"]["attributes"] = {"last": SESSION, "person": "kept"}
    envelope["context"]["Geolocation"] = {"coordinate": {"latitudeInDegrees": 48.2}}
    system = envelope["context"]["System"]
    system |= {
        "user": {"userId": account_id("me"), "permissions": {"consentToken": "my secret"}},
        "person": {"personId": "amzn1.ask.person.MINE"},
        "unit": {"unitId": "amzn1.ask.unit.MINE"},
        "apiAccessToken": "my secret",
    }
    system["device"]["deviceId"] = "amzn1.ask.device.MINE"
    return envelope  # type: ignore[no-any-return]  # JSON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of fixtures in a checkout of its own."""
    (tmp_path / "pyproject.toml").touch()
    folder = tmp_path / "tests" / "requests"
    folder.mkdir(parents=True)
    return folder


def test_tests_take_it_up(tmp_path: Path) -> None:
    """A turn of the local speaker, saved into a copy of the tests, passes them."""
    folder = tmp_path / "tests" / "requests"
    folder.mkdir(parents=True)
    for name in ("__init__.py", "conftest.py", "test_requests.py"):
        shutil.copy(TESTS / name, folder.parent / name)
    speaker = local_speaker("en-US", Settings(database=IN_MEMORY), voice="none")
    speaker.say("start the leg swings")
    turn = speaker.say("how many are left")
    path = save(turn.exchanges[-1].request, "saved_here", folder)
    assert path == folder / "HowManyLeftIntent" / "saved_here.json"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_requests.py", "-k", "saved_here"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "2 passed" in ran.stdout


def test_nobody_is_in_it() -> None:
    """Ids and tokens are replaced wherever they stand, and who spoke and where is left out."""
    cleaned = harmless(real(), "CauseIntent/mine")
    text = json.dumps(cleaned)
    for secret in ("my secret", "MINE", MINE, SESSION, account_id("me"), "48.2"):
        assert secret not in text
    assert cleaned["session"]["user"]["userId"] == cleaned["context"]["System"]["user"]["userId"] == LOCAL_USER
    assert cleaned["session"]["attributes"]["last"] == cleaned["session"]["sessionId"]
    assert cleaned["session"]["attributes"]["person"] == "kept"
    assert cleaned["request"]["requestId"] != real()["request"]["requestId"]
    assert cleaned == harmless(real(), "CauseIntent/mine")
    assert cleaned["session"]["sessionId"] != harmless(real(), "CauseIntent/other")["session"]["sessionId"]


@pytest.mark.parametrize("path", REQUESTS, ids=request_id)
def test_fixtures_are_harmless(path: Path) -> None:
    """Of the fixtures that are there nothing but the ids of requests and sessions would change."""
    envelope = request(request_id(path))
    assert _without_numbers(harmless(envelope, "x")) == _without_numbers(envelope)


def test_shape_of_the_file(folder: Path) -> None:
    """It is written as the others are."""
    path = save(request("LaunchRequest/new_session"), "mine", folder)
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2) + "\n"
    assert path.parent.name == "LaunchRequest"


def test_nothing_is_overwritten(folder: Path) -> None:
    """What has that name stays as it is."""
    path = save(request("LaunchRequest/new_session"), "mine", folder)
    before = path.read_bytes()
    with pytest.raises(FixtureError, match=r"LaunchRequest/mine\.json is there already; choose another name"):
        save(request("LaunchRequest/new_session") | {"version": "2.0"}, "mine", folder)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["", "../mine", "a/b", "Mine", "mine.json", "x" * 61, "_mine", "ä", "a b", "mine\n"])
def test_names(name: str, folder: Path) -> None:
    """A name that is none is refused, and the message says which ones are."""
    with pytest.raises(FixtureError, match="small letters, digits and _"):
        save(request("LaunchRequest/new_session"), name, folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "inner",
    [
        None,
        {},
        {"type": 7},
        {"type": "../../etc"},
        {"type": "a/b"},
        {"type": ".."},
        {"type": "A..B"},
        {"type": "IntentRequest"},
        {"type": "IntentRequest", "intent": {"name": "../x"}},
        {"type": "x" * 200},
    ],
)
def test_requests_without_a_kind(inner: Any, folder: Path) -> None:
    """A request that no folder can be named after is refused."""
    with pytest.raises(FixtureError, match="send one that has"):
        save({"request": inner}, "mine", folder)
    assert list(folder.iterdir()) == []


def test_kinds() -> None:
    """An intent goes by its name, all else by its type."""
    assert kind_of(request("AMAZON.HelpIntent/in_session")) == "AMAZON.HelpIntent"
    assert kind_of(request("AudioPlayer.PlaybackStarted/no_session")) == "AudioPlayer.PlaybackStarted"


def test_link_that_leads_out(folder: Path, tmp_path: Path) -> None:
    """A folder that is a link to elsewhere is not written to."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "LaunchRequest").symlink_to(elsewhere)
    with pytest.raises(FixtureError, match="leads out of"):
        save(request("LaunchRequest/new_session"), "mine", folder)
    assert list(elsewhere.iterdir()) == []


def test_only_in_a_checkout(folder: Path, tmp_path: Path) -> None:
    """Where there is no checkout nothing can be saved, and the message says what to do."""
    assert folder_of(tmp_path) == folder
    assert folder_of(TESTS.parent) == TESTS / "requests"
    (tmp_path / "pyproject.toml").unlink()
    assert folder_of(tmp_path) is None
    with pytest.raises(FixtureError, match="start the speaker from one"):
        save(request("LaunchRequest/new_session"), "mine", None)


def test_folder_that_cannot_be_written(folder: Path) -> None:
    """A fault of the disk names the file."""
    (folder / "LaunchRequest").touch()
    with pytest.raises(FixtureError, match="LaunchRequest"):
        save(request("LaunchRequest/new_session"), "mine", folder)


def _without_numbers(envelope: Any) -> str:
    return re.sub(r'("(?:request|session)Id": )"[^"]+"', r"\1", json.dumps(envelope, indent=1))
