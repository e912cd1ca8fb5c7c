"""What a device accepts as a response, and what this skill asks of itself beyond that."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from skill.speaker.plain import spoken
from skill.speaker.screen_rules import APL, broken_screen_rules, is_shown
from skill.speaker.ssml_rules import FETCHABLE, LONGEST_SPEECH, broken_ssml_rules

LARGEST_RESPONSE = 120 * 1024
"""Bytes of JSON."""

LONGEST_CARD = 8000
"""Characters of all texts of a card."""

LONGEST_TOKEN = 1024
"""Characters of the token of a stream."""

LONGEST_URL = 8000
"""Characters of the URL of a stream."""

TOUCHED = f"{APL}.UserEvent"
"""The request by which a screen tells of something."""

CONVERSATION = frozenset({"LaunchRequest", "IntentRequest", TOUCHED, "Connections.Response"})
"""Requests that are spoken to; all others are told nothing."""

_SPEAKING_KEYS = ("outputSpeech", "card", "reprompt", "shouldEndSession")
_CARD_TEXTS = {
    "Simple": ("title", "content"),
    "Standard": ("title", "text"),
    "LinkAccount": (),
    "AskForPermissionsConsent": ("permissions",),
}
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
INTERFACES = ("AudioPlayer", APL, "Alexa.Presentation.HTML")
"""Directives named after these may be sent only to a device that has them."""


@dataclass(frozen=True, slots=True)
class _Exchange:
    type: str
    interfaces: Mapping[str, Any]
    body: Mapping[str, Any]

    def directives(self, kind: str = "") -> list[dict[str, Any]]:
        """The directives whose type begins so."""
        return [each for each in directives(self.body) if _text(each.get("type")).startswith(kind)]


def directives(body: Any) -> list[dict[str, Any]]:
    """The directives in the body of a response, without what is none."""
    several = at(body, "directives")
    return [each for each in several if isinstance(each, dict)] if isinstance(several, list) else []


def broken_rules(request: Mapping[str, Any], response: Mapping[str, Any]) -> list[str]:
    """Name every rule that a response to a request breaks, a line each."""
    broken = list(_envelope(response))
    body = response.get("response")
    if not isinstance(body, dict):
        return [*broken, "response must be an object"]
    interfaces = at(request, "context", "System", "device", "supportedInterfaces")
    exchange = _Exchange(
        type=_text(at(request, "request", "type")),
        interfaces=interfaces if isinstance(interfaces, dict) else {},
        body=body,
    )
    checks = [_directives, _streams, _handover, _screen]
    checks += [_conversation, _words, _card] if exchange.type in CONVERSATION else [_event]
    return [*broken, *(line for check in checks for line in check(exchange))]


def _envelope(response: Mapping[str, Any]) -> Iterator[str]:
    if response.get("version") != "1.0":
        yield f'version must be "1.0" and is {response.get("version")!r}'
    if not isinstance(response.get("sessionAttributes", {}), dict):
        yield "sessionAttributes must be an object"
    try:
        size = len(json.dumps(response, ensure_ascii=False).encode())
    except (TypeError, ValueError) as error:
        yield f"the response is no JSON: {error}"
        return
    if size > LARGEST_RESPONSE:
        yield f"the response has {size} bytes and may have {LARGEST_RESPONSE}"


def _event(exchange: _Exchange) -> Iterator[str]:
    for key in _SPEAKING_KEYS:
        if key in exchange.body:
            yield f"the answer to {exchange.type or 'an unknown request'} must have no {key}"
    if exchange.type == "SessionEndedRequest" and exchange.body.get("directives"):
        yield "the answer to SessionEndedRequest must have no directives"
    if exchange.type.startswith(("AudioPlayer.", "PlaybackController.")) and (
        len(exchange.directives()) > len(exchange.directives("AudioPlayer."))
    ):
        yield f"the answer to {exchange.type} must have no directives but those of AudioPlayer"


def _conversation(exchange: _Exchange) -> Iterator[str]:
    body = exchange.body
    if exchange.type == TOUCHED and not body:
        # What comes too late changes nothing.
        return
    if "shouldEndSession" not in body and is_shown(exchange.directives()):
        # A screen then keeps the session, with the microphone closed.
        if _speech(body).endswith("?") or "reprompt" in body:
            yield "the session waits for the screen, but something is asked"
        return
    yield from _session(exchange)


def _session(exchange: _Exchange) -> Iterator[str]:
    body = exchange.body
    ends = body.get("shouldEndSession")
    speech, reprompt = _speech(body), _speech(body.get("reprompt"))
    if not isinstance(ends, bool):
        yield f"shouldEndSession must be true or false and is {ends!r}"
    if not speech and not exchange.directives():
        yield f"the answer to {exchange.type} says nothing and does nothing"
    asks = speech.endswith("?")
    if ends is False:
        if not asks:
            yield "the session stays open, but the speech does not end with a question"
        if not reprompt:
            yield "the session stays open, but there is no reprompt"
    elif ends is True:
        if asks:
            yield "the session ends, but the speech ends with a question"
        if "reprompt" in body:
            yield "the session ends, but there is a reprompt"
    if reprompt and reprompt == speech:
        yield "the reprompt repeats the speech"
    elif reprompt and len(reprompt) >= len(speech):
        yield "the reprompt is not shorter than the speech"


def _words(exchange: _Exchange) -> Iterator[str]:
    for name, holder in (("outputSpeech", exchange.body), ("reprompt", exchange.body.get("reprompt"))):
        output = holder.get("outputSpeech") if isinstance(holder, dict) else None
        if output is None:
            continue
        text = _text(at(output, "ssml")) or _text(at(output, "text"))
        if at(output, "type") not in {"SSML", "PlainText"}:
            yield f"{name} must be of type SSML or PlainText"
        elif at(output, "type") == "SSML":
            yield from (f"{name} {rule}" for rule in broken_ssml_rules(text))
        elif len(text) > LONGEST_SPEECH:
            yield f"{name} has {len(text)} characters and may have {LONGEST_SPEECH}"
        if not _speech(holder):
            yield f"{name} is empty"
        if re.search(r"[{}]", text):
            yield f"{name} has a placeholder that was not filled"


def _card(exchange: _Exchange) -> Iterator[str]:
    card = exchange.body.get("card")
    if card is None:
        return
    keys = _CARD_TEXTS.get(_text(at(card, "type")))
    if keys is None:
        yield f"a card must be of type {', '.join(_CARD_TEXTS)} and is {at(card, 'type')!r}"
        return
    yield from (f"the card has no {key}" for key in keys if not card.get(key))
    texts = [_text(card.get(key)) for key in ("title", "content", "text")]
    texts += [_text(at(card, "image", key)) for key in ("smallImageUrl", "largeImageUrl")]
    if (length := sum(map(len, texts))) > LONGEST_CARD:
        yield f"the card has {length} characters and may have {LONGEST_CARD}"
    if any(map(_TAG.search, texts)):
        yield "the card has tags in its text"
    if any(re.search(r"[{}]", text) for text in texts):
        yield "the card has a placeholder that was not filled"


def _directives(exchange: _Exchange) -> Iterator[str]:
    several = exchange.body.get("directives", [])
    if not isinstance(several, list) or len(exchange.directives()) != len(several):
        yield "directives must be a list of objects"
    if not all(each.get("type") for each in exchange.directives()):
        yield "a directive must have a type"
    for interface in INTERFACES:
        if interface not in exchange.interfaces and exchange.directives(f"{interface}."):
            yield f"a directive of {interface} goes to a device that does not have it"


def _streams(exchange: _Exchange) -> Iterator[str]:
    plays = exchange.directives("AudioPlayer.Play")
    if len(plays) > 1:
        yield "a response must have no more than one AudioPlayer.Play"
    if plays and exchange.type in CONVERSATION and exchange.body.get("shouldEndSession") is not True:
        yield "AudioPlayer.Play must end the session, or the stream stops at once to listen"
    for play in plays:
        stream = at(play, "audioItem", "stream")
        token, previous = _text(at(stream, "token")), at(stream, "expectedPreviousToken")
        if not 0 < len(token) <= LONGEST_TOKEN:
            yield f"the token of a stream must have 1 to {LONGEST_TOKEN} characters and has {len(token)}"
        url, offset = _text(at(stream, "url")), at(stream, "offsetInMilliseconds")
        if not re.fullmatch(FETCHABLE, url):
            yield "the url of a stream must begin with https://"
        if len(url) > LONGEST_URL:
            yield f"the url of a stream has {len(url)} characters and may have {LONGEST_URL}"
        if offset is not None and (type(offset) is not int or offset < 0):
            yield f"the offset of a stream must be a whole number of milliseconds and is {offset!r}"
        behaviour = play.get("playBehavior")
        if behaviour not in {"REPLACE_ALL", "ENQUEUE", "REPLACE_ENQUEUED"}:
            yield f"playBehavior must be REPLACE_ALL, ENQUEUE or REPLACE_ENQUEUED and is {behaviour!r}"
        if behaviour == "ENQUEUE" and not previous:
            yield "ENQUEUE must have an expectedPreviousToken"
        if behaviour != "ENQUEUE" and previous is not None:
            yield f"{behaviour} must have no expectedPreviousToken"


def _screen(exchange: _Exchange) -> Iterator[str]:
    yield from broken_screen_rules(exchange.directives(), at(exchange.interfaces, APL, "runtime", "maxVersion"))


def _handover(exchange: _Exchange) -> Iterator[str]:
    """Asking the platform to ask the person for a permission."""
    handed = exchange.directives("Connections.")
    if len(handed) > 1:
        yield "a response must have no more than one directive of Connections"
    if handed and exchange.body.get("shouldEndSession") is not True:
        yield "a directive of Connections must end the session, as the platform goes on with the person"
    for each in handed:
        payload = each.get("payload")
        if each.get("name") != "AskFor" or at(payload, "@type") != "AskForPermissionsConsentRequest":
            yield "a directive of Connections must be named AskFor and ask for a permission"
        if not _text(at(payload, "permissionScope")) or not _text(at(payload, "@version")):
            yield "a directive of Connections must name its version and the permission it asks for"


def _speech(holder: Any) -> str:
    """All the words of the output speech that something has; malformed SSML as it stands."""
    ssml, text = _text(at(holder, "outputSpeech", "ssml")), _text(at(holder, "outputSpeech", "text"))
    try:
        return spoken(ssml) if ssml else text.strip()
    except ValueError:
        return ssml


def at(place: Any, *path: str) -> Any:
    """What stands in JSON at the end of a way of keys; None where it leads nowhere."""
    for key in path:
        place = place.get(key) if isinstance(place, dict) else None
    return place


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
