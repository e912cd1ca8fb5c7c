"""What every skill does: greeting, help, good-bye, not understanding, and forgetting."""

from __future__ import annotations

from dataclasses import replace

from skill.handlers.capability import Route
from skill.handlers.leading import described
from skill.handlers.turn import Turn
from skill.reply import Card, Reply
from skill.speech.ssml import NOTHING


def launch(turn: Turn) -> Reply:
    """Greet: with the disclaimer the first time, and with the place where a routine was left."""
    if not turn.memory.record.introduced:
        turn.memory.keep(introduced=True)
        return turn.ask(turn.say("welcome.first"), "start", asked="anything")
    known = turn.place_and_plan()
    if known is None:
        return turn.ask(turn.say("welcome.again"), "start", asked="anything")
    place, plan = known
    return turn.ask(turn.say("welcome.back", place=described(turn, plan, place)), "resume")


def help_me(turn: Turn) -> Reply:
    """Say what can be said now."""
    known = turn.place_and_plan()
    if known is None:
        speech = turn.say("help.idle")
    elif turn.session.position:
        return turn.ask(turn.say("help.routine"), "carry_on")
    else:
        speech = turn.say("help.paused", place=described(turn, known[1], known[0]))
    return turn.ask(speech, "help", asked="anything", card=Card(turn.say("help.card").text(), speech.text()))


def stop(turn: Turn) -> Reply:
    """Say good-bye; the place of a routine is kept."""
    known = turn.place_and_plan() if turn.session.position else None
    if known is None:
        return turn.tell(turn.say("goodbye.plain"), stops_audio=True)
    place, plan = known
    turn.move(place)
    return turn.tell(turn.say("goodbye.place", place=described(turn, plan, place)), stops_audio=True)


def fallback(turn: Turn) -> Reply:
    """Nothing was understood: give examples, and from the second time on offer help."""
    misses = turn.session.misses + 1
    if turn.session.position:
        reply = turn.ask(turn.say("fallback.routine"), "carry_on")
    elif misses == 1:
        reply = turn.ask(turn.say("fallback.first"), "examples", asked="anything")
    else:
        reply = turn.ask(turn.say("fallback.again"), "offer_help")
    turn.session = replace(turn.session, misses=misses)
    return reply


def something_else(turn: Turn) -> Reply:
    """Ask what else there is to do."""
    return turn.ask(NOTHING, "examples", asked="anything")


def ask_forget(turn: Turn) -> Reply:
    """Say what would be deleted, and ask."""
    return turn.ask(NOTHING, "forget")


def forget(turn: Turn) -> Reply:
    """Delete everything that is kept of the person."""
    done = turn.memory.forget()
    return turn.tell(turn.say("forget.done" if done else "forget.failed"))


def keep(turn: Turn) -> Reply:
    """Delete nothing."""
    return turn.ask(turn.say("forget.kept"), "anything")


ROUTES: dict[str, Route] = {
    "AMAZON.CancelIntent": stop,
    "AMAZON.FallbackIntent": fallback,
    "AMAZON.HelpIntent": help_me,
    "AMAZON.NavigateHomeIntent": stop,
    "AMAZON.StopIntent": stop,
    "Alexa.Presentation.APL.UserEvent": fallback,
    "ForgetMeIntent": ask_forget,
    "LaunchRequest": launch,
}
