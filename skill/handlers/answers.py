"""What yes and no mean: it depends on the question that was asked."""

from __future__ import annotations

from collections.abc import Callable

from skill.handlers import alarms, foot_bath, routine, standard, topics
from skill.handlers.capability import Route
from skill.handlers.turn import START, Turn
from skill.reply import Reply

YES: dict[str, Callable[[Turn], Reply]] = {
    "after_advice": standard.help_me,
    "anything": standard.help_me,
    "carry_on": routine.resume,
    "doctor": topics.help_and_doctor,
    "forget": standard.forget,
    "offer_help": standard.help_me,
    "missed_symptom": topics.when_doctor,
    "more": topics.tell_more,
    "next": routine.next_set,
    "remind": alarms.set_reminder,
    "resume": routine.resume,
    "timer": alarms.set_timer,
    "welcome": routine.start_routine,
    "what_helps": topics.remedies,
}

NO: dict[str, Callable[[Turn], Reply]] = {
    "anything": standard.stop,
    "after_advice": standard.stop,
    "carry_on": routine.pause,
    "forget": standard.keep,
    "offer_help": standard.stop,
    "next": routine.pause,
    "resume": routine.stay,
    "timer": alarms.no_timer,
    "welcome": standard.stop,
}


def yes(turn: Turn) -> Reply:
    """Do what was offered."""
    asked = turn.session.asked or ""
    if asked == f"{START}{alarms.REMEDY}":
        return foot_bath.start(turn)
    if asked.startswith(START) and _known(turn, asked.removeprefix(START)):
        return routine.start(turn, asked.removeprefix(START))
    return YES.get(asked.partition(":")[0], _unanswered)(turn)


def no(turn: Turn) -> Reply:
    """Leave what was offered, and ask for something else."""
    asked = turn.session.asked or ""
    if not asked:
        return _unanswered(turn)
    return NO.get(asked, standard.something_else)(turn)


def _known(turn: Turn, name: str) -> bool:
    return name in turn.content.routines or name in turn.content.exercises


def _unanswered(turn: Turn) -> Reply:
    return turn.ask(turn.say("unanswered"), "examples", asked="anything")


ROUTES: dict[str, Route] = {"AMAZON.NoIntent": no, "AMAZON.YesIntent": yes}
