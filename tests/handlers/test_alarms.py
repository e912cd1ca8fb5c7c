"""The timer and the reminder: set with leave, told how to set without it, and refused where the bath is withheld."""

from __future__ import annotations

import copy
import json
from datetime import time, timedelta

import pytest
from ask_sdk_core.skill import CustomSkill

from skill.handlers.alarms import LONGEST_TOKEN, Alarm
from skill.services import REMINDERS_SCOPE, TIMERS_SCOPE
from skill.speaker.alarms import Alarms
from tests.conftest import Ask, Envelope, checked, request
from tests.handlers.asking import asked, ends, place, says, session_of
from tests.handlers.leave import BATH_IS_OUT, NOW, QUESTIONS, SCOPES, Answering, yes

pytestmark = pytest.mark.usefixtures("alarms")


def connected(handed_over: Envelope, status: str = "ACCEPTED", *, code: str = "200", thrown: bool = False) -> Envelope:
    """The platform's answer to a response that hands the person over to it."""
    envelope = request("Connections.Response/accepted")
    (directive,) = handed_over["response"]["directives"]
    payload = {"permissionScope": directive["payload"]["permissionScope"], "status": status, "isCardThrown": thrown}
    envelope["request"] |= {"token": directive["token"], "status": {"code": code, "message": "x"}, "payload": payload}
    envelope["session"]["attributes"] = copy.deepcopy(handed_over["sessionAttributes"])
    return envelope


@pytest.mark.parametrize("kind", SCOPES)
def test_asks_for_leave(kind: str, ask: Ask) -> None:
    """Without leave the platform is asked to get it, the conversation is handed over, and nothing of it is lost."""
    state = {**QUESTIONS[kind], "topic": ["remedy", "foot_bath"], "withheld": ["leg_swings"]}
    response = ask(yes(kind, state))
    assert says(response, f"{kind}.permission")
    assert response["response"]["directives"] == [
        {
            "type": "Connections.SendRequest",
            "name": "AskFor",
            "payload": {
                "@type": "AskForPermissionsConsentRequest",
                "@version": "1",
                "permissionScope": SCOPES[kind],
            },
            "token": json.dumps({"at": "21:30" if kind == "reminder" else None, "withheld": ["leg_swings"]}),
        }
    ]
    assert ends(response)
    assert session_of(response) == state


@pytest.mark.parametrize("kind", SCOPES)
@pytest.mark.parametrize("travels", [True, False])
def test_accepted(kind: str, travels: bool, ask: Ask, alarms: Alarms) -> None:
    """With leave it is set, even where the conversation got lost on the way."""
    answer = connected(ask(yes(kind)))
    if not travels:
        answer["session"]["attributes"] = {}
    alarms.allowed.add(SCOPES[kind])
    response = ask(answer)
    assert says(response, f"{kind}.set")
    assert ends(response) is (kind == "timer")
    assert alarms.due(NOW + timedelta(days=1))


@pytest.mark.parametrize("kind", SCOPES)
def test_allowed_before(kind: str, ask: Ask, alarms: Alarms) -> None:
    """Who has allowed it before is not asked again."""
    alarms.allowed.add(SCOPES[kind])
    response = ask(yes(kind))
    assert says(response, f"{kind}.set")
    assert "directives" not in response["response"]


def test_what_is_announced(ask: Ask, alarms: Alarms) -> None:
    """The timer tells after ten minutes to end the bath; the reminder comes daily and says nothing of any illness."""
    alarms.allowed |= {TIMERS_SCOPE, REMINDERS_SCOPE}
    ask(yes("timer"))
    ask(yes("reminder"))
    assert alarms.due(NOW + timedelta(minutes=9, seconds=59)) == ()
    assert alarms.due(NOW + timedelta(minutes=10)) == (
        "Your foot bath is over. Take your feet out, dry them well, and rise slowly.",
    )
    for day in range(3):
        assert alarms.due(NOW.replace(hour=21, minute=29) + timedelta(days=day)) == ()
        assert alarms.due(NOW.replace(hour=21) + timedelta(days=day)) == (
            "Time for your foot bath, or for your exercises.",
        )


@pytest.mark.parametrize(
    ("status", "code", "thrown"),
    [
        ("DENIED", "200", False),
        ("NOT_ANSWERED", "200", False),
        ("NOT_ANSWERED", "200", True),
        ("ACCEPTED", "400", False),
        ("ACCEPTED", "500", False),
        ("ACCEPTED", "200", False),  # and yet the service knows nothing of it
        ("SOMETHING_NEW", "200", False),
    ],
)
@pytest.mark.parametrize("kind", SCOPES)
def test_no_leave(kind: str, status: str, code: str, thrown: bool, ask: Ask) -> None:
    """Without leave the person hears how to do it, gets a card for it once, and is not asked again."""
    response = ask(connected(ask(yes(kind)), status, code=code, thrown=thrown))
    assert says(response, f"{kind}.by_hand")
    assert says(response, "permission.card")
    assert ends(response)
    assert "directives" not in response["response"]
    card = {"type": "AskForPermissionsConsent", "permissions": [SCOPES[kind]]}
    assert response["response"].get("card") == (None if thrown else card)


@pytest.mark.parametrize("answered", [(400, "{}"), (403, "{}"), (404, "{}"), (500, "<html>"), (504, "{}"), (200, "no")])
@pytest.mark.parametrize("kind", SCOPES)
def test_devices_and_services_that_cannot(kind: str, answered: tuple[int, str], skill: CustomSkill) -> None:
    """Where it cannot be set for another reason, the person hears how to do it, with no card that would not help."""
    service = Answering(*answered)
    skill.api_client = service
    response = checked(skill)(yes(kind))
    set_all_the_same = kind == "timer" and answered[0] == 200
    assert says(response, f"{kind}.set" if set_all_the_same else f"{kind}.by_hand")
    assert "card" not in response["response"]
    assert ends(response)
    assert service.requests


@pytest.mark.parametrize("kind", SCOPES)
def test_withheld(kind: str, skill: CustomSkill) -> None:
    """What was told in this conversation keeps the bath out on every way, and no service is asked."""
    service = Answering(200, '{"alertToken": "x"}')
    skill.api_client = service
    ask = checked(skill)
    refused = [ask(yes(kind, BATH_IS_OUT)), ask(asked("RemindMeIntent", BATH_IS_OUT))]
    at = time(21) if kind == "reminder" else None
    for state, withheld, status in (
        (BATH_IS_OUT, (), "ACCEPTED"),
        (BATH_IS_OUT, ("foot_bath",), "DENIED"),
        ({}, ("foot_bath",), "ACCEPTED"),
        ({}, ("foot_bath",), "DENIED"),
    ):
        envelope = request("Connections.Response/accepted")
        envelope["request"]["token"] = Alarm(at, withheld).to_token()
        envelope["request"]["payload"]["status"] = status
        envelope["session"]["attributes"] = state
        refused.append(ask(envelope))
    for response in refused:
        assert says(response, "routine.withheld")
        assert says(response, "ask.after_advice.question")
        assert "foot_bath" in session_of(response)["withheld"]
    assert service.requests == []


@pytest.mark.parametrize("token", [None, "", "timer", "[]", "{}", "7", '{"at": 7, "withheld": []}', '{"at": "25:00"}'])
def test_strange_tokens(token: str | None, ask: Ask) -> None:
    """An answer to a question that is not ours, or is lost, is met with another question."""
    envelope = request("Connections.Response/accepted")
    envelope["request"]["token"] = token
    assert says(ask(envelope), "ask.examples.question")
    envelope = request("Connections.Response/accepted")
    envelope["request"]["name"] = "Upsell"
    assert says(ask(envelope), "ask.examples.question")


@pytest.mark.parametrize("at", [None, time(0), time(21, 5)])
def test_token_holds_the_alarm(at: time | None) -> None:
    """An alarm survives its token."""
    alarm = Alarm(at, ("foot_bath", "calf_massage"))
    assert Alarm.from_token(alarm.to_token()) == alarm


@pytest.mark.parametrize("token", ["[" * 5000, Alarm(None, ("x" * LONGEST_TOKEN,)).to_token()], ids=["deep", "long"])
def test_token_that_is_too_long_is_none_of_ours(token: str) -> None:
    """Whatever stands in it, it is not read."""
    assert Alarm.from_token(token) is None


def test_only_what_there_is_is_withheld(ask: Ask) -> None:
    """Names that a token made up are not carried on."""
    envelope = request("Connections.Response/accepted")
    envelope["request"]["token"] = json.dumps({"at": None, "withheld": ["foot_bath", "\ud800", "gone"]})
    assert session_of(ask(envelope))["withheld"] == ["foot_bath"]


@pytest.mark.parametrize("kind", SCOPES)
@pytest.mark.parametrize("allowed", [True, False])
def test_routine_goes_on(kind: str, allowed: bool, ask: Ask, alarms: Alarms) -> None:
    """In the middle of a routine its place is kept; it is offered again, but not to somebody with feet in water."""
    at = place("full", 1, 4)
    if allowed:
        alarms.allowed.add(SCOPES[kind])
    response = ask(yes(kind, {"position": at}))
    if not allowed:
        alarms.allowed.add(SCOPES[kind])
        response = ask(connected(response))
    assert says(response, f"{kind}.set")
    if kind == "reminder":
        assert says(response, "ask.carry_on.question")
        assert session_of(response)["position"] == at
    else:
        assert says(response, "goodbye.place")
        assert ends(response)


def test_no_timer(ask: Ask) -> None:
    """Who wants no timer hears how to get one later, and the conversation or the routine goes on."""
    response = ask(asked("AMAZON.NoIntent", {"asked": "timer"}))
    assert says(response, "timer.declined")
    assert says(response, "ask.anything.question")
    response = ask(asked("AMAZON.NoIntent", {"asked": "timer", "position": place("full")}))
    assert says(response, "ask.carry_on.question")
    assert says(ask(asked("AMAZON.NoIntent", QUESTIONS["reminder"])), "ask.examples.question")
