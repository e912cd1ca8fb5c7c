"""What every skill does: greeting, help, good-bye, not understanding, and forgetting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from skill.handlers.capability import Route
from skill.handlers.leading import described
from skill.handlers.turn import Turn
from skill.reply import Card, Reply
from skill.routine.progress import progress
from skill.services import Outcome
from skill.speech.ssml import NOTHING, Speech


def launch(turn: Turn) -> Reply:
    """Greet: with the disclaimer the first time, and with the place where a routine was left."""
    known = turn.place_and_plan()
    greeting = "welcome.back" if known else "welcome.again"
    if not turn.memory.record.introduced:
        turn.memory.keep(introduced=True)
        greeting = "welcome.first"
    if known is None:
        return turn.ask(turn.say(greeting), "start", asked="welcome")
    place, plan = known
    return turn.ask(turn.say(greeting) + turn.say("welcome.place", place=described(turn, plan, place)), "resume")


def help_me(turn: Turn) -> Reply:
    """Say what can be said now."""
    known = turn.place_and_plan()
    if known is None:
        speech = turn.say("help.idle")
    elif turn.in_routine:
        return turn.ask(turn.say("help.playing" if turn.is_playing else "help.routine"), "carry_on")
    else:
        speech = turn.say("help.paused", place=described(turn, known[1], known[0]))
    return turn.ask(speech, "help", asked="anything", card=Card(turn.say("help.card").text(), speech.text()))


def stop(turn: Turn) -> Reply:
    """Say good-bye; the place of a routine is kept."""
    return turn.tell(goodbye(turn), stops_audio=True)


def goodbye(turn: Turn) -> Speech:
    """The words of it, with the routine held."""
    known = turn.place_and_plan() if turn.in_routine else None
    if known is None:
        return turn.say("goodbye.plain")
    place, plan = known
    turn.hold(place)
    return turn.say("goodbye.place", place=described(turn, plan, place))


def fallback(turn: Turn) -> Reply:
    """Nothing was understood: give examples, and from the second time on offer help."""
    misses = min(turn.session.misses, 1) + 1
    # It may have been a word of pain, so nothing plays on over it.
    turn.interrupt()
    if turn.in_routine:
        reply = replace(turn.ask(turn.say("fallback.routine"), "carry_on"), stops_audio=True)
    elif misses == 1:
        reply = turn.ask(turn.say("fallback.first"), "examples", asked="anything")
    else:
        reply = turn.ask(turn.say("fallback.again"), "offer_help")
    turn.session = replace(turn.session, misses=misses)
    return reply


def something_else(turn: Turn) -> Reply:
    """Ask what else there is to do."""
    return turn.ask(NOTHING, "examples", asked="anything")


def not_offered(turn: Turn) -> Reply:
    """Shuffling and looping make no sense for a routine."""
    return turn.ask(turn.say("audio.not_offered"), "carry_on" if turn.in_routine else "anything")


def ask_forget(turn: Turn) -> Reply:
    """Say what would be deleted, and ask."""
    return turn.ask(NOTHING, "forget")


def forget(turn: Turn) -> Reply:
    """Delete everything that is kept of the person, and the reminders that the platform keeps for us."""
    said = turn.say("forget.done" if turn.memory.forget() else "forget.failed")
    if turn.services.delete_reminders() is Outcome.DONE:
        said += turn.say("reminder.stopped")
    return turn.tell(said, stops_audio=True)


def keep(turn: Turn) -> Reply:
    """Delete nothing."""
    return turn.ask(turn.say("forget.kept"), "anything")


def how_am_i_doing(turn: Turn) -> Reply:
    """Say when a routine was last finished, how often lately, and how many days in a row."""
    record = turn.memory.record
    today = date.fromisoformat(turn.today) if turn.today else date.min
    done = progress(record.finished, today, record.best)
    question = "carry_on" if turn.in_routine else "anything"
    if done.last is None:
        return turn.ask(turn.say("progress.none"), question)
    days = (today - done.last).days
    when = "progress.today" if days == 0 else "progress.yesterday" if days == 1 else "progress.before"
    speech = turn.say(when, days=turn.number(days))
    if done.lately > 1:
        speech += turn.say("progress.lately", days=turn.number(done.lately))
    if done.streak > 1:
        speech += turn.say("progress.streak", days=turn.number(done.streak))
    if done.best > max(done.streak, 1):
        speech += turn.say("progress.best", days=turn.number(done.best))
    return turn.ask(speech, question)


ROUTES: dict[str, Route] = {
    "AMAZON.CancelIntent": stop,
    "AMAZON.FallbackIntent": fallback,
    "AMAZON.HelpIntent": help_me,
    "AMAZON.LoopOffIntent": not_offered,
    "AMAZON.LoopOnIntent": not_offered,
    "AMAZON.NavigateHomeIntent": stop,
    "AMAZON.ShuffleOffIntent": not_offered,
    "AMAZON.ShuffleOnIntent": not_offered,
    "AMAZON.StopIntent": stop,
    "ForgetMeIntent": ask_forget,
    "LaunchRequest": launch,
    "ProgressIntent": how_am_i_doing,
}
