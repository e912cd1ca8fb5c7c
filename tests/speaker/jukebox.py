"""A small skill that plays two streams, and a device that can fetch them, made for these tests alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from skill.speaker.device import Device
from skill.speaker.turns import Exchange
from tests.speaker.small import INTENTS, Clock, detect, understanding

LENGTHS = {"https://example.com/left.mp3": 60_000, "https://example.com/right.mp3": 45_000}
"""The streams with their milliseconds; the second is played after the first."""

AFTER = {"left": "right", "right": "left"}
"""What is played next."""


def play(token: str, offset_ms: int = 0, after: str | None = None) -> dict[str, Any]:
    """A directive that plays a stream at once, or after another."""
    stream = {"url": f"https://example.com/{token}.mp3", "token": token, "offsetInMilliseconds": offset_ms}
    return {
        "type": "AudioPlayer.Play",
        "playBehavior": "ENQUEUE" if after else "REPLACE_ALL",
        "audioItem": {
            "stream": {**stream, "expectedPreviousToken": after} if after else stream,
            "metadata": {"title": f"The {token} leg"},
        },
    }


STOP = {"type": "AudioPlayer.Stop"}


def jukebox(request: dict[str, Any]) -> dict[str, Any]:
    """A skill that plays when told to start, stops, goes on, and otherwise answers or asks."""
    kind = request["request"]["type"]
    said = request["request"].get("intent", {}).get("name", kind)
    player = request["context"].get("AudioPlayer", {})
    token, offset = player.get("token", "left"), player.get("offsetInMilliseconds", 0)
    directives: dict[str, list[dict[str, Any]]] = {
        "StartExerciseIntent": [play("left")],
        "AMAZON.PauseIntent": [STOP],
        "AMAZON.StopIntent": [STOP],
        "AMAZON.ResumeIntent": [play(token, offset)],
        "AMAZON.NextIntent": [play(AFTER[token])],
        "PlaybackController.PlayCommandIssued": [play(token, offset)],
        "PlaybackController.PauseCommandIssued": [STOP],
        "PlaybackController.NextCommandIssued": [play(AFTER[token])],
        "PlaybackController.PreviousCommandIssued": [play(token)],
        "AudioPlayer.PlaybackNearlyFinished": [play("right", after="left")] if "left" in token else [],
    }
    body: dict[str, Any] = {"directives": directives[said]} if directives.get(said) else {}
    if kind == "IntentRequest":
        asks = said == "CausesIntent"
        body["outputSpeech"] = {"type": "SSML", "ssml": f"<speak>That was {said}.{' And now?' if asks else ''}</speak>"}
        body["shouldEndSession"] = not asks
        if asks:
            body["reprompt"] = {"outputSpeech": {"type": "SSML", "ssml": "<speak>What now?</speak>"}}
    return {"version": "1.0", "response": body}


def jukebox_device(
    clock: Callable[[], Any], skill: Callable[[dict[str, Any]], dict[str, Any]] = jukebox, *, plays_audio: bool = True
) -> Device:
    """A device with that skill, or another that has its streams."""
    heard = understanding({**INTENTS, "AMAZON.PauseIntent": []})
    return Device(skill, heard, "en-US", clock, detect, plays_audio=plays_audio, stream_length=LENGTHS.get)


def sent(exchanges: tuple[Exchange, ...]) -> list[tuple[str, str | None, int]]:
    """The requests of some exchanges by name, with the player's token and offset in milliseconds as it was then."""
    found = []
    for exchange in exchanges:
        request, player = exchange.request["request"], exchange.request["context"]["AudioPlayer"]
        name = request["intent"]["name"] if "intent" in request else request["type"]
        found.append((name.rpartition(".")[2], player.get("token"), player.get("offsetInMilliseconds", 0)))
    return found


def playing_device(clock: Clock, seconds: float = 0) -> Device:
    """A device that has played the first stream for so long."""
    speaker = jukebox_device(clock)
    speaker.say("start the leg swings")
    clock.move(seconds)
    return speaker
