"""Requests, and responses that are sound until they are changed."""

from __future__ import annotations

from typing import Any

DOCUMENT = {"type": "APL", "version": "1.4", "mainTemplate": {"items": []}}

APL = {"type": "Alexa.Presentation.APL.RenderDocument", "token": "t", "document": DOCUMENT}


def request(kind: str = "IntentRequest", *interfaces: str) -> dict[str, Any]:
    """A request of some type from a device with these interfaces."""
    supported = {interface: dict[str, Any]() for interface in interfaces}
    return {"request": {"type": kind}, "context": {"System": {"device": {"supportedInterfaces": supported}}}}


def ssml(text: str) -> dict[str, Any]:
    """Output speech with some text."""
    return {"type": "SSML", "ssml": f"<speak>{text}</speak>"}


def question(**changes: Any) -> dict[str, Any]:
    """A response that asks something, with changes to its body; None takes a key out."""
    body = {
        "outputSpeech": ssml("Crossed legs are the likeliest cause. Shall I go on?"),
        "reprompt": {"outputSpeech": ssml("Shall I go on?")},
        "shouldEndSession": False,
        **changes,
    }
    return {"version": "1.0", "sessionAttributes": {}, "response": {k: v for k, v in body.items() if v is not None}}


def farewell(**changes: Any) -> dict[str, Any]:
    """A response that ends the session, with changes to its body; None takes a key out."""
    return question(**{"outputSpeech": ssml("Goodbye."), "reprompt": None, "shouldEndSession": True, **changes})


def play(**changes: Any) -> dict[str, Any]:
    """A directive that plays a stream, with changes to it; None takes a key out."""
    stream = {"url": "https://example.com/a.mp3", "token": "a", "offsetInMilliseconds": 0, **changes}
    behaviour = stream.pop("playBehavior", "REPLACE_ALL")
    return {
        "type": "AudioPlayer.Play",
        "playBehavior": behaviour,
        "audioItem": {"stream": {k: v for k, v in stream.items() if v is not None}},
    }
