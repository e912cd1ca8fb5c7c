"""The package as Lambda runs it: alone in a folder, by Lambda's own runtime client."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from ask_sdk_core.skill import CustomSkill

from skill.assistant import answer
from tests.conftest import REQUESTS, Envelope, request, request_id, speech
from tests.deployment.conftest import Start
from tests.deployment.instance import BOTO3, SNAP_START, EndedError, Function, Instance, Runtime, instance, runtime_of
from tests.mangled import mangled, mangled_bytes
from tests.odd import SAID
from tests.storage.table import ENVIRONMENT, new_table, serving

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Lambda's runtime client is made for Linux alone")

COMMON = (
    *("LaunchRequest/new_session", "LaunchRequest/on_a_screen", "CauseIntent/in_session"),
    *("ReportSymptomIntent/in_session", "ReportSymptomIntent/danger", "RedFlagIntent/stroke_tia"),
    *("StartRoutineIntent/in_session", "AMAZON.NextIntent/mid_routine", "HowManyLeftIntent/mid_routine"),
    *("AMAZON.FallbackIntent/in_session", "AMAZON.StopIntent/mid_routine"),
)
"""What is asked most, or matters most."""


@pytest.fixture(autouse=True)
def nobody_allowed_anything() -> None:
    """Here services are asked over the network, and nothing answers."""


def own(name: str) -> Envelope:
    """A request fixture as somebody sends it who sends no other, and whose platform cannot be reached."""
    envelope = request(name)
    for holder in (envelope["context"]["System"], envelope.get("session") or {}):
        if "user" in holder:
            holder["user"]["userId"] = f"amzn1.ask.account.{name}"
    if "apiEndpoint" in envelope["context"]["System"]:
        envelope["context"]["System"]["apiEndpoint"] = "https://127.0.0.1:1"
    return envelope


def skill_id(envelope: Envelope) -> str:
    """The skill that a request is meant for."""
    meant: str = envelope["context"]["System"]["application"]["applicationId"]
    return meant


def told(function: Instance, skill: CustomSkill, names: list[str]) -> dict[str, tuple[Any, Any]]:
    """What an instance and this checkout answer, by the name of the request, where they differ."""
    answers = {name: (function.invoke(own(name)).value, answer(skill, own(name))) for name in names}
    return {name: pair for name, pair in answers.items() if pair[0] != pair[1]}


def empty(folder: Path) -> None:
    """Have nothing in any file of a folder, even for who has it open."""
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"")


@pytest.mark.parametrize("name", ["skill", "ask_sdk_core", "ask_sdk_model", "six", "yaml", "msgspec"])
def test_nothing_comes_from_elsewhere(name: str, lambdas: Runtime, tmp_path: Path) -> None:
    """Without the package an instance has no module of ours and none of our packages."""
    (tmp_path / "nothing").mkdir()
    with instance(Function(tmp_path / "nothing", f"{name}.handler"), lambdas, tmp_path / "log") as function:
        assert function.asks.what == "init/error"
        assert f"No module named '{name}'" in json.loads(function.asks.body)["errorMessage"]


def test_answers_as_the_checkout_does(start: Start, skill: CustomSkill) -> None:
    """Every request fixture is answered in the same words as here, and nothing has to be logged."""
    with start() as function:
        assert function.asks.what == "invocation/next"
        assert told(function, skill, [request_id(path) for path in REQUESTS]) == {}


def test_says_what_it_should(start: Start) -> None:
    """It greets, explains, and names the number to call; nothing has to be logged."""
    with start() as function:
        names = ("LaunchRequest/new_session", "CauseIntent/in_session", "RedFlagIntent/stroke_tia")
        greeting, cause, danger = (speech(function.invoke(own(name)).value) for name in names)
        assert "Steady Legs" in greeting
        assert cause
        assert "911" in danger
        assert function.log() == ""


def test_error_is_reported_and_survived(start: Start) -> None:
    """What is no envelope is an error of its own kind, and the next request is answered as ever."""
    with start() as function:
        for event, kind in (({}, "EnvelopeError"), ([], "EnvelopeError"), (b"{", "Runtime.UnmarshalError")):
            outcome = function.invoke(event)
            assert (outcome.what, outcome.value["errorType"]) == ("error", kind)
            assert kind in function.log()
        assert function.invoke(own("LaunchRequest/new_session")).what == "response"


def test_another_skill_is_refused(start: Start) -> None:
    """With an id, a request that is meant for another skill is an error."""
    with start(STEADY_LEGS_SKILL_ID="amzn1.ask.skill.another") as function:
        outcome = function.invoke(own("LaunchRequest/new_session"))
        assert (outcome.what, outcome.value["errorType"]) == ("error", "WrongSkillError")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("STEADY_LEGS_SKILL_ID", "nonsense"),
        ("STEADY_LEGS_SKILL_ID", "…"),
        ("STEADY_LEGS_TRACKS_URL", "https://example.org"),
        ("STEADY_LEGS_TABLE", "…"),
        ("STEADY_LEGS_TABLE", "records"),
        ("STEADY_LEGS_UNKNOWN", "1"),
    ],
)
def test_failing_start_is_reported(variable: str, value: str, start: Start) -> None:
    """What cannot be used is named to Lambda before anybody asks, and the process ends."""
    with start(STEADY_LEGS_DATABASE="", **{variable: value}) as function:
        assert function.asks.what == "init/error"
        report = json.loads(function.asks.body)
        assert report["errorType"] == "SettingsError"
        assert variable in report["errorMessage"]
        assert function.asks.headers["lambda-runtime-function-error-type"] == "SettingsError"
        assert function.end() == 1


def test_snapshot_holds_what_is_common(code: Path, start: Start, skill: CustomSkill) -> None:
    """When a snapshot may be taken all that is common is in memory: it is answered with every file emptied."""
    with start(**SNAP_START) as function:
        assert function.asks.what == "restore/next"
        empty(code)
        function.restore()
        assert function.asks.what == "invocation/next"
        assert told(function, skill, list(COMMON)) == {}
        assert function.log() == ""


def test_start_leaves_the_rest_for_later(code: Path, start: Start, skill: CustomSkill) -> None:
    """Where somebody waits for the start a greeting is in memory, and what else is common is not."""
    with start() as function:
        empty(code)
        missing = told(function, skill, list(COMMON))
        assert {"LaunchRequest/new_session", "LaunchRequest/locale_fr_fr"}.isdisjoint(missing)
        assert {"StartRoutineIntent/in_session", "ReportSymptomIntent/in_session"} <= missing.keys()


def test_nothing_is_written_beside_the_code(code: Path, start: Start) -> None:
    """The folder, which cannot be written to on Lambda, is left as it was."""
    before = {file: file.stat().st_mtime_ns for file in code.rglob("*")}
    with start() as function:
        for name in COMMON:
            assert function.invoke(own(name)).what == "response"
    assert {file: file.stat().st_mtime_ns for file in code.rglob("*")} == before


def test_nothing_said_is_written(start: Start) -> None:
    """No word of requests, however mangled, is logged or told to Lambda, and the process goes on."""
    random = Random(1)
    real = [json.dumps(own(request_id(path))) for path in REQUESTS]
    symptom = own("ReportSymptomIntent/in_session")
    symptom["request"]["intent"]["slots"]["symptom"]["value"] = SAID
    events: list[Any] = [symptom, {"request": SAID}, {SAID: SAID}, SAID, f'{{"{SAID}"'.encode()]
    events += [mangled_bytes(random, mangled(random, real)) for _ in range(400)]
    with start() as function:
        outcomes = [function.invoke(event) for event in events]
        errors = [each for each in outcomes if each.what == "error"]
        assert {each.value["errorType"] for each in errors} == {"EnvelopeError", "Runtime.UnmarshalError"}
        written = function.log() + "".join(f"{each.reported.headers}{each.reported.body!r}" for each in errors)
        for word in (SAID, SAID.split()[0], "amzn1.ask.account"):
            assert word not in written
        assert function.invoke(own("LaunchRequest/new_session")).what == "response"


def test_storage_that_fails_costs_no_answer(code: Path, start: Start, skill: CustomSkill) -> None:
    """Records that cannot be kept are an entry of the log, without a name, and the answer is there."""
    with start(STEADY_LEGS_DATABASE=str(code / "skill" / "__init__.pyc" / "kept.sqlite3")) as function:
        assert told(function, skill, ["RedFlagIntent/stroke_tia"]) == {}
        assert speech(function.invoke(own("StartRoutineIntent/new_session")).value)
        lines = [json.loads(line) for line in function.log().splitlines()]
        assert lines
        assert {line["level"] for line in lines} <= {"WARNING", "ERROR"}
        assert "amzn1.ask.account" not in function.log()


@pytest.mark.parametrize("mode", [{}, SNAP_START], ids=["started", "restored"])
def test_place_is_found_by_another_instance(
    mode: dict[str, str], code: Path, tmp_path: Path, skill: CustomSkill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a table, and boto3 as Lambda has it, one instance finds another's place; a snapshot has boto3 loaded."""
    names = ("StartRoutineIntent/new_session", "WhereAmIIntent/new_session")
    with serving() as endpoint:
        table = {**ENVIRONMENT, "AWS_ENDPOINT_URL": endpoint}
        for name, value in table.items():
            monkeypatch.setenv(name, value)
        kept = {"STEADY_LEGS_TABLE": new_table(), "STEADY_LEGS_SKILL_ID": skill_id(request(names[0]))}
        for number, name in enumerate(names):
            envelope = own(name)
            envelope["session"]["user"] = envelope["context"]["System"]["user"] = {"userId": "ann"}
            lambdas = runtime_of(sys.executable, tmp_path / str(number), BOTO3)
            with instance(Function(code, environment={**table, **kept, **mode}), lambdas, tmp_path / "log") as function:
                if mode:
                    for link in lambdas.folder.iterdir():
                        link.unlink()
                    function.restore()
                outcome = function.invoke(envelope)
                assert function.log() == ""
            assert outcome.value == answer(skill, envelope)


def test_end_is_noticed(start: Start) -> None:
    """An instance that comes to its end while something is expected of it is an error here, and no wait."""
    with start() as function:
        function.process.kill()
        with pytest.raises(EndedError):
            function.invoke({})
