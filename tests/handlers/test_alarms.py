"""The timer and the reminder: set with leave, told how to set without it, and refused where the bath is withheld."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from ask_sdk_core.skill import CustomSkill
from ask_sdk_model.services import ApiClient, ApiClientRequest, ApiClientResponse

from skill.handlers.alarms import LONGEST_TOKEN, Alarm
from skill.services import REMINDERS_SCOPE, TIMERS_SCOPE
from skill.speaker.alarms import Alarms
from tests.conftest import Ask, Envelope, checked, request, speech
from tests.handlers.asking import asked, counting, ends, place, says, session_of, talk

BATH_IS_OUT: dict[str, Any] = {"withheld": ["calf_massage", "foot_bath"]}
SCOPES = {"timer": TIMERS_SCOPE, "reminder": REMINDERS_SCOPE}
QUESTIONS = {"timer": {"asked": "timer"}, "reminder": {"asked": "remind:21:30"}}
NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


class Answering(ApiClient):
    """A service that answers all requests alike."""

    def __init__(self, status: int, body: str = "{}") -> None:
        self.answer = ApiClientResponse(status_code=status, body=body)
        self.requests: list[ApiClientRequest] = []

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Answer, and remember the request."""
        self.requests.append(request)
        return self.answer


@pytest.fixture
def alarms(skill: CustomSkill) -> Alarms:
    """The alarms of a device, which the skill is not allowed to handle yet."""
    alarms = Alarms(lambda: NOW)
    skill.api_client = alarms
    return alarms


@pytest.fixture
def ask(skill: CustomSkill, alarms: Alarms) -> Ask:
    """Ask a skill that has these alarms."""
    return checked(skill)


def yes(kind: str, state: Mapping[str, Any] | None = None) -> Envelope:
    """A yes to whether to set one."""
    return asked("AMAZON.YesIntent", {**QUESTIONS[kind], **(state or {})})


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


@pytest.mark.parametrize(
    ("said", "stated", "kept"),
    [
        (None, "nine o'clock in the evening", "21:00"),
        ("?", "nine o'clock in the evening", "21:00"),
        ("soonish", "nine o'clock in the evening", "21:00"),
        ("EV", "nine o'clock in the evening", "21:00"),
        ("NI", "ten o'clock at night", "22:00"),
        ("MO", "eight o'clock in the morning", "08:00"),
        ("AF", "three o'clock in the afternoon", "15:00"),
        ("20:30", "eight thirty in the evening", "20:30"),
        ("20:05:10", "eight oh five in the evening", "20:05"),
        ("00:00", "midnight", "00:00"),
    ],
)
def test_reminder_is_stated_in_full(said: str | None, stated: str, kept: str, ask: Ask, alarms: Alarms) -> None:
    """Before a yes the person hears how often and when; a yes sets that, and says it again."""
    alarms.allowed.add(REMINDERS_SCOPE)
    offered, done = talk(ask, asked("RemindMeIntent", slots={"time": said} if said else {}), asked("AMAZON.YesIntent"))
    assert f"Shall I remind you every day at {stated} of" in speech(offered)
    assert session_of(offered)["asked"] == f"remind:{kept}"
    assert f"I will remind you every day at {stated}," in speech(done)
    due = NOW.replace(hour=int(kept[:2]), minute=int(kept[3:])) + timedelta(days=1)
    alarms.due(due - timedelta(minutes=1))
    assert len(alarms.due(due)) == 1


def test_yes_with_a_lost_time(ask: Ask, alarms: Alarms) -> None:
    """A yes whose time cannot be read is taken for the usual evening, and said so."""
    alarms.allowed.add(REMINDERS_SCOPE)
    for lost in ("remind", "remind:", "remind:25:99"):
        assert "nine o'clock in the evening" in speech(ask(asked("AMAZON.YesIntent", {"asked": lost})))


def test_changed_reminder(ask: Ask, alarms: Alarms) -> None:
    """A second reminder stands instead of the first."""
    alarms.allowed.add(REMINDERS_SCOPE)
    for at in ("20:00", "22:00"):
        ask(asked("AMAZON.YesIntent", {"asked": f"remind:{at}"}))
    assert alarms.due(NOW.replace(hour=21)) == ()
    assert len(alarms.due(NOW.replace(hour=22))) == 1


@pytest.mark.parametrize("state", [{}, counting(place("full"))], ids=["idle", "mid_routine"])
def test_stop_reminding(state: dict[str, Any], ask: Ask, alarms: Alarms) -> None:
    """Reminders are ended when asked to, and where there is none it is said."""
    alarms.allowed.add(REMINDERS_SCOPE)
    ask(yes("reminder"))
    for phrase in ("reminder.stopped", "reminder.none"):
        response = ask(asked("StopRemindingIntent", state))
        assert says(response, phrase)
        assert says(response, "ask.carry_on.question" if state else "ask.anything.question")
    assert alarms.due(NOW + timedelta(days=2)) == ()


@pytest.mark.parametrize("answered", [(401, "{}"), (500, "<html>"), (200, "[]")])
def test_reminders_out_of_reach(answered: tuple[int, str], skill: CustomSkill) -> None:
    """Where reminders cannot be got at, the person hears where to find them."""
    skill.api_client = Answering(*answered)
    response = checked(skill)(asked("StopRemindingIntent"))
    assert says(response, "reminder.stop_by_hand")
    assert ends(response)


def test_forgetting_ends_reminders(skill: CustomSkill, ask: Ask, alarms: Alarms) -> None:
    """To forget a person is to stop reminding them, and a service out of reach does not keep us from forgetting."""
    alarms.allowed.add(REMINDERS_SCOPE)
    ask(yes("reminder"))
    response = ask(asked("AMAZON.YesIntent", {"asked": "forget"}))
    assert says(response, "forget.done")
    assert says(response, "reminder.stopped")
    assert alarms.due(NOW + timedelta(days=2)) == ()
    for status in (200, 401, 500):
        skill.api_client = Answering(status, '{"alerts": []}')
        response = ask(asked("AMAZON.YesIntent", {"asked": "forget"}))
        assert says(response, "forget.done")
        assert not says(response, "reminder.stopped")


def test_every_time_has_words(ask: Ask) -> None:
    """Each time of the day has words of its own, without a digit, that a clock of twelve hours can show."""
    spoken: dict[str, str] = {}
    for hour, minute in product(range(24), (0, 1, 9, 10, 30, 59)):
        said = speech(ask(asked("RemindMeIntent", slots={"time": f"{hour:02}:{minute:02}"})))
        found = re.search(r"every day at ([a-z' ]+) of your foot bath", said)
        assert found, said
        assert found[1] not in spoken
        spoken[found[1]] = f"{hour}:{minute:02}"
    assert spoken["twelve thirty at night"] == "0:30"
    assert spoken["one o'clock in the morning"] == "1:00"
    assert spoken["twelve oh one in the afternoon"] == "12:01"
    assert spoken["five fifty nine in the afternoon"] == "17:59"
    assert spoken["six o'clock in the evening"] == "18:00"
    assert spoken["eleven fifty nine at night"] == "23:59"
    assert spoken["noon"] == "12:00"
