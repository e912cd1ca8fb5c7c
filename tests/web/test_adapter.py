"""flask-ask-sdk's adapter: it can be imported on any system, and lets nothing past that the application would not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from skill.assistant import create_skill
from skill.settings import IN_MEMORY, Settings
from skill.web.adapter import SkillAdapter, VerifiedAdapter
from skill.web.door import LARGEST_REQUEST
from skill.web.verification import Verifier
from tests.conftest import request, speech
from tests.web.authority import NOW, Files, good, headers, root

PLAIN = "import flask_ask_sdk.skill_adapter"
OURS = "import sys, skill.web.adapter\n"

ONE_DIGIT, MORE_DIGITS = r"\\d\\.\\d\\.\\d[a-z]*", r"\\d+\\.\\d+\\.\\d+[a-z]*"
"""How oscrypto reads the version of OpenSSL, and how it should."""


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A new interpreter's word on some code."""
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def has_plain_import() -> bool:
    """Whether the adapter can be imported here without help."""
    return python(PLAIN).returncode == 0


def test_the_plain_import_fails() -> None:
    """The guard is needed: oscrypto cannot read this system's version, and says so."""
    if has_plain_import():
        pytest.skip("oscrypto can read the version of OpenSSL here")
    assert "LibraryNotFoundError: Error detecting the version of libcrypto" in python(PLAIN).stderr


def test_ours_works() -> None:
    """The adapter is the SDK's own one, and nothing that stood in for something remains."""
    code = OURS + "print(skill.web.adapter.SkillAdapter.__module__, 'certvalidator' in sys.modules)"
    assert python(code).stdout.split() == ["flask_ask_sdk.skill_adapter", str(has_plain_import())]


def test_what_stood_in_refuses(tmp_path: Path) -> None:
    """Amazon's own verifier accepts no chain where its validator could not be imported."""
    if has_plain_import():
        pytest.skip("oscrypto can read the version of OpenSSL here")
    (tmp_path / "chain.pem").write_bytes(good())
    code = f"""
from ask_sdk_webservice_support.verifier import RequestVerifier
RequestVerifier()._validate_cert_chain(open({str(tmp_path / "chain.pem")!r}, "rb").read())
"""
    run = python(OURS + code)
    assert "VerificationException: ('Certificate chain is not valid', ValidationError(" in run.stderr


def test_nothing_stands_in_where_it_is_not_needed(tmp_path: Path) -> None:
    """With an oscrypto that can read the version, the validator is the real one."""
    spec = find_spec("oscrypto")
    assert spec
    assert spec.submodule_search_locations
    mended = shutil.copytree(spec.submodule_search_locations[0], tmp_path / "oscrypto")
    for file in mended.rglob("*.py"):
        file.write_text(file.read_text(encoding="utf-8").replace(ONE_DIGIT, MORE_DIGITS), encoding="utf-8")
    code = "import ask_sdk_webservice_support.verifier as v; print(v.CertificateValidator.__module__)"
    assert python(PLAIN, PYTHONPATH=str(tmp_path)).returncode == 0
    assert python(OURS + code, PYTHONPATH=str(tmp_path)).stdout.strip() == "certvalidator"


def envelope() -> dict[str, Any]:
    """A request of now."""
    made = request("LaunchRequest/new_session")
    made["request"]["timestamp"] = NOW.isoformat()
    return made


SKILL_ID: str = envelope()["session"]["application"]["applicationId"]


def application(skill_id: str | None = SKILL_ID) -> Flask:
    """Somebody's application, with the skill in it."""
    app = Flask("somebody's")
    skill = create_skill(Settings(IN_MEMORY, skill_id=skill_id))
    verifier = Verifier([root().certificate], Files(), lambda: NOW)
    VerifiedAdapter(skill, verifier, app, lambda: NOW).register(app, "/voice")
    return app


@pytest.fixture
def client() -> FlaskClient:
    """That application."""
    return application().test_client()


def post(client: FlaskClient, body: bytes, **options: Any) -> Any:
    """The response to a body that is signed."""
    return client.post("/voice", data=body, headers=headers(body), **options)


@pytest.mark.parametrize("kind", ["application/json;charset=utf-8", "application/x-www-form-urlencoded", None])
def test_signed_requests_are_answered(kind: str | None, client: FlaskClient) -> None:
    """What Alexa signed is answered, whatever it calls itself."""
    assert "Steady Legs" in speech(post(client, json.dumps(envelope()).encode(), content_type=kind).get_json())


def test_others_are_refused(client: FlaskClient) -> None:
    """Each with status 400, and with no more than that."""
    now = json.dumps(envelope()).encode()
    late = now.replace(b"T12:00:00", b"T11:57:29")
    other = now.replace(SKILL_ID.encode(), SKILL_ID[:-1].encode() + b"1")
    answers = [post(client, body) for body in (b"", b"hello", b"\xff", b"[]", b"{}", b"[" * 99_999, late, other)]
    answers.append(client.post("/voice", data=now))
    answers.append(client.post("/voice", data=now + b" ", headers=headers(now)))
    assert late != now != other
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.data for answer in answers}) == 1


def test_other_faults(client: FlaskClient) -> None:
    """A wrong method, and too large a body where the application sets no limit."""
    assert client.get("/voice").status_code == 405
    assert post(client, b"x" * (LARGEST_REQUEST + 1)).status_code == 413


def test_without_a_skill_id() -> None:
    """A skill that does not know its id answers nobody."""
    assert post(application(None).test_client(), json.dumps(envelope()).encode()).status_code == 400


def test_registered_as_flask_people_know_it() -> None:
    """It is a SkillAdapter, is found among the extensions, and switches off no other adapter's verification."""
    app = application()
    adapter = app.extensions["ASK_SDK_SKILL_ADAPTER"][SKILL_ID]
    assert isinstance(adapter, SkillAdapter)
    assert app.config["ASK_SDK_VERIFY_SIGNATURE"] is True
    assert app.config["ASK_SDK_VERIFY_TIMESTAMP"] is True


def test_readme_shows_how(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reader copies is an application that answers at that address, and refuses what is not signed."""
    monkeypatch.setenv("STEADY_LEGS_DATABASE", IN_MEMORY)
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "somebody's"}
    (shown,) = (each for each in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "VerifiedAdapter(" in each)
    exec(shown, names)  # noqa: S102  # our own words
    assert names["app"].test_client().post("/alexa", json=envelope()).status_code == 400
