"""A request that was verified and parsed must be of now and for this skill; nothing else happens, whatever it holds."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.web.verification import VerificationError, check_request
from tests.conftest import REQUESTS, Envelope, request, request_id
from tests.web.authority import NOW

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000001"
OTHER_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000002"


def made(**parts: Any) -> Envelope:
    """A request in a session, with other parts in place of its own."""
    application = {"application": {"applicationId": SKILL_ID}}
    whole: Envelope = {
        "version": "1.0",
        "session": {"new": True, **application},
        "context": {"System": application},
        "request": {"type": "LaunchRequest", "timestamp": NOW.isoformat()},
    }
    return {key: part for key, part in (whole | parts).items() if part is not ...}


def refused(envelope: Any) -> str:
    """Why a request is refused."""
    with pytest.raises(VerificationError) as caught:
        check_request(envelope, lambda: NOW, SKILL_ID)
    return str(caught.value)


@pytest.mark.parametrize("session", [..., None, {"new": False, "application": {"applicationId": SKILL_ID}}])
def test_accepted(session: Any) -> None:
    """A request of now and for this skill, in a session or outside of one."""
    check_request(made(session=session), lambda: NOW, SKILL_ID)


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [("LaunchRequest", 150), ("AudioPlayer.PlaybackStarted", 150), ("AlexaSkillEvent.SkillDisabled", 3600)],
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_time(kind: str, seconds: int, sign: int) -> None:
    """Up to the tolerance a request is of now, in the past and in the future, and not a millisecond beyond."""
    for more, good in ((timedelta(0), True), (timedelta(milliseconds=1), False)):
        moment = NOW + sign * (timedelta(seconds=seconds) + more)
        envelope = made(request={"type": kind, "timestamp": moment.isoformat()})
        if good:
            check_request(envelope, lambda: NOW, SKILL_ID)
        else:
            assert refused(envelope) == "the request is not of now"


@pytest.mark.parametrize(
    "kind", ["alexaskillevent.SkillDisabled", "XAlexaSkillEvent.SkillDisabled", "AlexaSkillEventX", None, 7, [], {}]
)
def test_no_event(kind: Any) -> None:
    """What is not quite a skill event has no more time than others."""
    moment = (NOW - timedelta(minutes=5)).isoformat()
    assert refused(made(request={"type": kind, "timestamp": moment})) == "the request is not of now"


@pytest.mark.parametrize("written", ["2026-05-04T12:00:00Z", "2026-05-04T12:00:00.250Z", "2026-05-04T14:00:00+02:00"])
def test_ways_to_write_a_time(written: str) -> None:
    """Times are written in several ways."""
    check_request(made(request={"type": "X", "timestamp": written}), lambda: NOW, SKILL_ID)
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-8)))
    check_request(made(request={"type": "X", "timestamp": written}), lambda: elsewhere, SKILL_ID)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "now",
        0,
        1777896000,
        True,
        [],
        {},
        "2026-05-04",
        "2026-05-04T12:00:00",
        "12:00Z",
        "2026-13-04T12:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "9999-12-31T24:00:00Z",
        "\ud800",
        "\u0662\u0660\u0662\u0666-05-04T12:00:00Z",
    ],
)
def test_no_time(written: Any) -> None:
    """What is no time that can be read, or is one without a zone, is refused."""
    assert refused(made(request={"type": "X", "timestamp": written}))
    assert refused(made(request={"type": "X"}))


WRONG: tuple[Any, ...] = (..., None, "", [], {}, {"application": None}, {"application": SKILL_ID}, {"application": {}})
"""Parts that do not name this skill."""
OTHERS = (OTHER_ID, None, "", SKILL_ID.upper(), f"{SKILL_ID} ", [SKILL_ID], {SKILL_ID: 1}, True)
"""Ids that are not this skill's."""


@pytest.mark.parametrize("system", [*WRONG, *({"application": {"applicationId": other}} for other in OTHERS)])
def test_another_skill_in_the_context(system: Any) -> None:
    """The context must name this skill, whether there is a session or not."""
    for session in (..., {"application": {"applicationId": SKILL_ID}}):
        context = {} if system is ... else {"System": system}
        assert "not for this skill" in refused(made(session=session, context=context))


@pytest.mark.parametrize("session", [*WRONG[2:], *({"application": {"applicationId": other}} for other in OTHERS)])
def test_another_skill_in_the_session(session: Any) -> None:
    """The session must name this skill, too, if there is one."""
    assert "not for this skill" in refused(made(session=session))


@pytest.mark.parametrize("envelope", [None, [], "", 7, True, {}, {"request": []}, {"request": {}, "context": 7}])
def test_no_envelope(envelope: Any) -> None:
    """Any other JSON is refused."""
    assert refused(envelope)


def test_fixtures_are_accepted() -> None:
    """Each request that the skill is tested with passes at its own time and for its own skill."""
    for path in REQUESTS:
        envelope = request(request_id(path))
        moments = [datetime.fromisoformat(envelope["request"]["timestamp"])]
        check_request(envelope, moments.pop, envelope["context"]["System"]["application"]["applicationId"])


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda part: (
            st.lists(part, max_size=3)
            | st.dictionaries(st.sampled_from(["request", "context", "session", "System", "timestamp", "type"]), part)
        ),
    )
)
def test_any_json(envelope: Any) -> None:
    """Whatever came, it is accepted or refused, and nothing else happens."""
    with suppress(VerificationError):
        check_request(envelope, lambda: NOW, SKILL_ID)
