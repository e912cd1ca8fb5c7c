"""What the page is told: turns that were taken, and how things stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from skill import locales
from skill.speaker.player import Stream
from skill.speaker.screen import Screen
from skill.speaker.understanding import Heard
from skill.web.simulator.answers import answer_of, numbers_to_call, reprompt_ssml, spoken_ssml
from skill.web.simulator.conversations import Conversation, Taken
from skill.web.simulator.suggestions import suggestions
from skill.web.simulator.voice import Spoken
from skill.web.simulator.words import words_of

TRACKS = "/local/tracks/"
"""Where the page finds the recordings of this machine."""

Json: TypeAlias = dict[str, Any]
"""An object that becomes JSON."""

Address: TypeAlias = Callable[[Spoken], str | None]
"""Keeps a sound and tells where it is to be had; None for one without a sound."""


def turn_told(conversation: Conversation, taken: Taken, address: Address | None) -> Json:
    """A turn; its sounds are kept where they are told to be, and not even made without an address."""
    turn, observed = taken.turn, taken.observed
    ssml = spoken_ssml(turn)
    card = _card(answer_of(turn).get("card"))
    urgent = _is_urgent(conversation, card)
    return {
        "number": taken.number,
        "utterance": turn.utterance,
        "speech": turn.speech,
        "reprompt": turn.reprompt,
        "audio": _audio(conversation, ssml, address),
        "reprompt_audio": _audio(conversation, reprompt_ssml(turn), address),
        "card": card,
        "urgent": urgent,
        "call": numbers_to_call(ssml) if urgent else [],
        "heard": _heard(turn.heard) if turn.heard else None,
        "exchanges": [each.as_json() for each in observed.exchanges],
        "stored": {"before": taken.stored[0], "after": taken.stored[1]},
        "session": _session(taken),
        "failure": _failure(conversation, taken),
    }


def state_told(conversation: Conversation, address: Address) -> Json:
    """How things stand."""
    device = conversation.device
    known = locales.find(conversation.locale)
    return {
        "locale": conversation.locale,
        "device": conversation.device_name,
        "in_session": device.in_session,
        "suggestions": _suggestions(conversation),
        "player": _player(conversation),
        "viewport": _viewport(device.screen),
        "screen": _screen(conversation, address),
        "emergency": None if conversation.home.other else known.numbers.emergency,
    }


def _suggestions(conversation: Conversation) -> list[str]:
    device, last, other = conversation.device, conversation.last, conversation.home.other
    if device.in_session:
        # Where nothing is asked, a screen goes on by itself, as a player does.
        state = "in_session" if last and last.turn.reprompt else "playing"
    elif last and _is_urgent(conversation, _card(answer_of(last.turn).get("card"))):
        return []
    else:
        state = "playing" if device.player.state.activity == "PLAYING" else "start"
    usual = words_of(locales.find(conversation.locale).language)["suggestions"][state]
    if other:
        usual = (other.model.opening, *other.model.phrases) if state == "start" else (*other.model.phrases, *usual)
    return suggestions(device, f"{last.turn.speech} {last.turn.reprompt}" if last else "", usual)


def _audio(conversation: Conversation, ssml: str, address: Address | None) -> Json | None:
    if not ssml or address is None:
        return None
    try:
        spoken = conversation.speaker.say(ssml)
    except ValueError:
        # What is malformed is written as it stands, as a device would not say it either.
        return None
    return {"url": address(spoken), "marks": spoken.marks}


def _card(raw: Any) -> Json | None:
    if not isinstance(raw, dict):
        return None
    text = raw.get("text") or raw.get("content")
    if not text and not raw.get("title"):
        return None
    return {"title": str(raw.get("title") or ""), "text": str(text or "")}


def _is_urgent(conversation: Conversation, card: Json | None) -> bool:
    """Whether that is the card that goes with urgent advice, as nothing else of an answer tells."""
    if card is None or conversation.home.other:
        return False
    titles = locales.find(conversation.locale).content.phrases["red_flag.card"]
    return card["title"] in {title.text for title in titles}


def _heard(heard: Heard) -> Json:
    slots = (
        {
            "name": slot.name,
            "said": slot.said,
            "value": slot.value,
            "id": slot.matches[0][0] if slot.matches else None,
        }
        for slot in heard.slots.values()
    )
    return {
        "intent": heard.intent,
        "how": heard.how,
        "score": round(heard.score, 3),
        "sample": heard.sample,
        "slots": [*slots],
    }


def _session(taken: Taken) -> Json:
    """The session's attributes as the first request of the conversation had them, and as the last answer left them."""
    asked = [each for each in taken.observed.exchanges if isinstance(each.request.get("session"), dict)]
    before = asked[0].request["session"].get("attributes") if asked else {}
    answered = asked[-1].response if asked else {}
    after = answered.get("sessionAttributes") if isinstance(answered, dict) else {}
    return {"before": before or {}, "after": after or {}}


def _failure(conversation: Conversation, taken: Taken) -> Json | None:
    failure = taken.observed.failure
    return {"said": conversation.guard.words(failure), "why": failure.why} if failure else None


def _player(conversation: Conversation) -> Json | None:
    player, track_at = conversation.device.player, conversation.home.track_at
    stream = player.stream
    if stream is None:
        return None
    track = track_at(stream.url)
    return {
        **_stream(stream, track is not None),
        "activity": player.state.activity,
        "offset_ms": player.state.offset_ms,
        "length_ms": player.length_ms,
        "queue": [_stream(each, track_at(each.url) is not None) for each in player.queue],
        "cues": [
            (track.first_ms + beat * track.pace_ms, track.start + beat + 1)
            for beat in range(track.counts - track.start)
        ]
        if track
        else [],
    }


def _stream(stream: Stream, is_ours: bool) -> Json:
    """A stream; of those that are elsewhere the page gets no address, as it asks nobody but this machine."""
    return {
        "token": stream.token,
        "url": TRACKS + stream.url.rpartition("/")[2] if is_ours else None,
        "title": stream.title,
        "subtitle": stream.subtitle,
    }


def _viewport(screen: Screen | None) -> Json | None:
    return {name: getattr(screen, name) for name in ("width", "height", "dpi", "shape", "mode")} if screen else None


def _screen(conversation: Conversation, address: Address) -> Json | None:
    display = conversation.device.display
    if display.shown is None:
        return None
    shown = conversation.screens.told(display.shown, lambda ssml: _audio(conversation, ssml, address))
    return {**shown, "commands": display.taken()}
