"""A speaker that is served for real, and a browser that looks at its page; where there is none, tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skill.content import load
from skill.routine.plan import Preferences, make_plan
from skill.speech.rendered import Rendered
from skill.speech.script import recorded_script
from tests.browser.visitor import FLAGS, Visitor, installed
from tests.conftest import TESTS
from tests.web.serving import free_port, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, as it is installed on this machine."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; run: make install")
    found = installed()
    if found is None:
        pytest.skip("no chromium is on the PATH; install the system package chromium to test the page")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


RUN = """import sys
from pathlib import Path
from skill.cli import main
from skill.web.simulator import home
home.ROOT = Path(sys.argv.pop())
sys.exit(main())
"""
"""The command, which takes the folder that it gives last for its checkout."""


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the tests of request fixtures and none of them yet."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "pyproject.toml").touch()
    (folder / "tests" / "requests").mkdir(parents=True)
    for name in ("__init__.py", "conftest.py", "test_requests.py"):
        shutil.copy(TESTS / name, folder / "tests" / name)
    return folder


@pytest.fixture(scope="session")
def speaker(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[str]:
    """The address of a speaker, served as people do."""
    folder, port = tmp_path_factory.mktemp("speaker"), free_port()
    command = ("-c", RUN, "serve", "--unverified", "--port", str(port), str(checkout))
    kept = {"STEADY_LEGS_DATABASE": ":memory:", "XDG_CACHE_HOME": str(folder)}
    record(folder / "steady-legs" / "tracks")
    with served(folder, port, *command, **kept):
        yield f"http://127.0.0.1:{port}/"


def record(folder: Path) -> None:
    """Make the recordings that are played here, so that nobody has to wait for them."""
    recordings = Rendered(folder, "en-US")
    content = load("en")
    plan = make_plan(content, "knee_rotations", Preferences())
    assert all(recordings.find(recorded_script(content, plan, index)) for index in range(len(plan.sets)))
    recordings.close()


@pytest.fixture
def visitor(chromium: Browser, speaker: str) -> Iterator[Visitor]:
    """Somebody at the page, for whom nothing goes wrong and nothing is asked for elsewhere."""
    with Visitor.at(chromium, speaker) as somebody:
        yield somebody


@pytest.fixture
def newcomer(chromium: Browser, speaker: str) -> Iterator[Visitor]:
    """Somebody who has not opened the page yet."""
    with Visitor.at(chromium, speaker, opened=False) as somebody:
        yield somebody


@pytest.fixture(scope="module")
def hurried(chromium: Browser, speaker: str) -> Iterator[None]:
    """Whoever is there wants the counts to follow each other as fast as they may."""
    with Visitor.at(chromium, speaker) as somebody:
        for _ in range(2):
            somebody.say("faster")
    yield
    with Visitor.at(chromium, speaker) as somebody:
        for _ in range(2):
            somebody.say("slower")
