"""Sets on a screen: it speaks them and tells of their end, the next one follows, and nobody is talked over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skill.routine import position as places
from skill.routine.plan import Preferences, make_plan
from skill.screens import SET_OVER
from skill.speaker.plain import spoken
from tests.conftest import Ask, Envelope, checked, request, speech
from tests.handlers.asking import CONTENT, Kept, asked, ends, introduced, place, says, session_of, skill_with
from tests.handlers.recorded import FULL_SLOT
from tests.screens.device import EXECUTE, RENDER, directives, labels, on_screen, shown, told, touched

SHORT = make_plan(CONTENT, "short", Preferences())
LONG_S = 400
"""More seconds than any set takes."""


def started(ask: Ask, routine: str = "short", **options: Any) -> Envelope:
    """The answer to starting a routine on a screen."""
    return ask(on_screen(asked("StartRoutineIntent", {}, slots={"routine": f"x={routine}"}, **options)))


def token(response: Envelope) -> str:
    """What the screen calls the set that an answer leads."""
    (rendered,), (execute,) = directives(response, RENDER), directives(response, EXECUTE)
    assert rendered["token"] == execute["token"]
    found: str = rendered["token"]
    return found


def over(response: Envelope, *, seconds: float) -> Envelope:
    """The screen tells that it spoke that set to its end."""
    return told([SET_OVER, token(response)], session_of(response), seconds=seconds)


def test_the_screen_speaks_the_set() -> None:
    """Aloud is what goes before; the screen says the rest, and the session waits without a question."""
    ask = checked(skill_with(introduced()))
    by_voice, on_a_screen = ask(asked("StartRoutineIntent", {}, slots={"routine": "x=short"})), started(ask)
    aloud = spoken(speech(on_a_screen))
    assert aloud
    assert spoken(speech(by_voice)).startswith(aloud)
    name, seen = shown(on_a_screen)
    assert name == "routine"
    everything = " ".join((aloud, spoken(seen["opening_ssml"]), spoken(seen["counts_ssml"])))
    assert spoken(speech(by_voice)).startswith(everything)
    assert set(on_a_screen["response"]) == {"outputSpeech", "directives"}
    assert labels(on_a_screen) == ["Pause", "Next", "Stop"]
    assert session_of(on_a_screen) == session_of(by_voice)


def test_a_whole_routine_without_a_word() -> None:
    """Set follows set by itself to the last one; then it is asked what else there is, and the day is remembered."""
    storage = introduced()
    ask = checked(skill_with(storage))
    response, seen, seconds = started(ask), [], 0
    while directives(response, EXECUTE):
        _, shows = shown(response)
        seen.append((shows["title"], shows["side"], shows["start"], shows["counts"]))
        assert "shouldEndSession" not in response["response"]
        seconds += LONG_S
        response = ask(over(response, seconds=seconds))
    assert len(seen) == len(SHORT.sets)
    assert [counts for *_, start, counts in seen if start == 0] == [each.counts for each in SHORT.sets]
    assert says(response, "routine.all_done")
    assert not ends(response)
    assert storage.record["finished"] == ["2026-11-22"]
    assert storage.record["position"] is None


def test_the_place_is_kept_before_each_set() -> None:
    """Whatever becomes of the session, what is stored is the set that is spoken."""
    storage = introduced()
    ask = checked(skill_with(storage))
    second = ask(over(started(ask), seconds=LONG_S))
    assert storage.record["position"] == session_of(second)["position"] == places.at(SHORT, 1).to_dict()


LATE = ["AMAZON.PauseIntent", "AMAZON.StopIntent", "AMAZON.HelpIntent", "HowManyLeftIntent", "AMAZON.FallbackIntent"]


@pytest.mark.parametrize("intent", [*LATE, "CausesIntent", "AMAZON.NextIntent", "PainIntent", "EmergencyHelpIntent"])
def test_nothing_advances_after_a_word(intent: str) -> None:
    """Once anything was said, the end of the set before comes too late: nothing is said and nothing changes."""
    ask = checked(skill_with(introduced()))
    first = started(ask)
    between = ask(on_screen(asked(intent, session_of(first), seconds=30)))
    event = told([SET_OVER, token(first)], session_of(between), seconds=LONG_S)
    late = ask(event)
    assert late["response"] == {}
    assert session_of(late) == session_of(between)


@pytest.mark.parametrize("state", [{}, {"asked": "next"}, {"position": place("short")}])
def test_events_of_another_conversation(state: dict[str, Any]) -> None:
    """Where no set is being counted, the end of one is none of ours."""
    assert checked(skill_with(introduced()))(told([SET_OVER, "set:1"], state))["response"] == {}


def test_a_late_event_leaves_the_count() -> None:
    """The end of an earlier set does not disturb the one that is being counted."""
    ask = checked(skill_with(introduced()))
    first = started(ask)
    second = ask(over(first, seconds=LONG_S))
    late = ask(told([SET_OVER, token(first)], session_of(second), seconds=LONG_S + 1))
    third = ask(told([SET_OVER, token(second)], session_of(late), seconds=2 * LONG_S))
    assert shown(third)[1]["progress"].startswith("Set 3 ")


@pytest.mark.parametrize("seconds", [0, 1, 20])
def test_a_screen_that_hurries_is_not_believed(seconds: float) -> None:
    """A set that cannot have been spoken yet is not done: the routine stands still, and a question is asked."""
    ask = checked(skill_with(introduced()))
    response = ask(over(started(ask), seconds=seconds))
    assert says(response, "ask.carry_on.question")
    assert session_of(response)["position"] == places.first(SHORT).to_dict()
    assert shown(response)[1]["live"] is False
    assert labels(response) == ["Resume", "Next", "Stop"]


def test_touching_is_saying() -> None:
    """What is touched is answered as what is said, to the letter."""
    for intent, slots in (("StartRoutineIntent", {"routine": "full"}), ("CausesIntent", {}), ("FootBathIntent", {})):
        said = on_screen(asked(intent, {}, slots={name: f"{value}={value}" for name, value in slots.items()}))
        touch = touched(intent, slots, {})
        touch["request"]["requestId"] = said["request"]["requestId"]
        one, other = (checked(skill_with(introduced()))(each) for each in (said, touch))
        assert one == other


@pytest.mark.parametrize(
    ("done", "counted"), [(17, 17), (17.0, 17), (0, 0), (500, 20), (-3, None), ("x", None), (None, None)]
)
def test_pausing_by_touch(done: Any, counted: int | None) -> None:
    """The screen tells how far it counted; where it makes no sense of it, the time does."""
    ask = checked(skill_with(introduced()))
    first = started(ask)
    pause = touched("AMAZON.PauseIntent", {}, session_of(first), token=token(first), done=done, seconds=60)
    response = ask(pause)
    by_time = ask(on_screen(asked("AMAZON.PauseIntent", session_of(first), seconds=60)))
    expected = session_of(by_time)["position"]["count"] if counted is None else counted
    assert session_of(response)["position"]["count"] == expected
    assert "shouldEndSession" not in response["response"]
    assert says(response, "routine.paused")
    assert shown(response)[1]["start"] == expected
    assert labels(response) == ["Resume", "Next", "Stop"]
    resumed = ask(touched("AMAZON.ResumeIntent", {}, session_of(response), seconds=90))
    assert shown(resumed)[1]["start"] == (max(expected - 3, 0) if expected < 20 else 0)


def test_a_count_of_another_set_is_not_believed() -> None:
    """A button of a screen that shows an earlier set tells nothing of this one."""
    ask = checked(skill_with(introduced()))
    first = started(ask)
    response = ask(touched("AMAZON.PauseIntent", {}, session_of(first), token="set:1", done=17, seconds=5))  # noqa: S106  # names a set
    assert session_of(response)["position"]["count"] == 0


def test_counts_never_go_back() -> None:
    """A set that was resumed in its middle is not undone by a screen that has counted nothing of it yet."""
    ask = checked(skill_with(Kept({"introduced": True, "position": place("short", 0, 12)})))
    first = ask(on_screen(asked("AMAZON.ResumeIntent", {})))
    assert shown(first)[1]["start"] == 9
    pause = touched("AMAZON.PauseIntent", {}, session_of(first), token=token(first), done=2, seconds=5)
    assert session_of(ask(pause))["position"]["count"] == 9


def test_danger_can_be_touched() -> None:
    """Danger outranks all, however it comes."""
    ask = checked(skill_with(introduced()))
    first = started(ask)
    response = ask(touched("RedFlagIntent", {"red_flag": "stroke_tia"}, session_of(first), seconds=30))
    assert shown(response)[0] == "urgent"
    assert ends(response)
    assert session_of(response) == {}


def test_unknown_touches() -> None:
    """Something that is none of ours is met as what was not understood."""
    ask = checked(skill_with(introduced()))
    for arguments in (["next"], [], [{"intent": "NoSuchIntent"}], [{"intent": "LaunchRequest"}]):
        assert says(ask(told(arguments, {})), "fallback.first")


@pytest.mark.parametrize("newest", ["1.0", "1.3"])
def test_old_screens(newest: str) -> None:
    """A screen that cannot show our documents is as none: the set is one answer with a question."""
    ask = checked(skill_with(introduced()))
    envelope = asked("StartRoutineIntent", {}, slots={"routine": "x=short"})
    assert ask(on_screen(envelope, newest)) == ask(envelope)


def test_recordings_are_not_played_by_a_screen(answering: Callable[[Kept], Ask]) -> None:
    """A screen plays nothing among its words, so it counts by the device's own voice."""
    by_voice = answering(introduced())(asked("StartRoutineIntent", {}, slots=FULL_SLOT))
    on_a_screen = answering(introduced())(on_screen(asked("StartRoutineIntent", {}, slots=FULL_SLOT)))
    assert "<audio" in speech(by_voice)
    assert "<audio" not in str(on_a_screen)
    assert directives(on_a_screen, EXECUTE)


def test_what_is_withheld_is_not_gone_on_with() -> None:
    """A set that must be left out by now does not follow."""
    ask = checked(skill_with(introduced()))
    first = started(ask)
    state = {**session_of(first), "withheld": ["leg_swings"]}
    response = ask(told([SET_OVER, token(first)], state, seconds=LONG_S))
    assert says(response, "routine.withheld")
    assert directives(response, EXECUTE) == []


def test_a_screen_that_failed() -> None:
    """That a document could not be shown is noted, and nothing is said."""
    ask = checked(skill_with(introduced()))
    first = started(ask)
    envelope = request("Alexa.Presentation.APL.RuntimeError/in_session")
    envelope["session"]["attributes"] = session_of(first)
    assert ask(envelope)["response"] == {}
