"""What stands in requests where something else is meant to stand."""

from __future__ import annotations

from math import inf, nan
from typing import Any

SAID = "xylophone 7"
"""Stands in whatever is made up here, so it shows where something is quoted."""

_TEXTS = (
    "",
    "?",
    SAID,
    f"\x00{SAID}\x1b[2J\r\n",
    f"\ud800{SAID}\udfff\udfff",
    f"\u202e{SAID}\u202d\u200b\ufeff\u0301",
    f"<speak>{SAID}</speak>&{{emergency}}",
    "٣",
    "²",
    "null",
    "9" * 400,
    "9" * 5000,
    "👩‍👩‍👧" * 50,
)

ODD: tuple[Any, ...] = (
    *_TEXTS,
    *(None, True, False, 0, -1, 7, 0.5, 2**31, 2**63, -(2**64), 10**400, 1e308, nan, inf, -inf),
    *([], {}, [None], [[]], [SAID], {"": None}, {"type": None}, {"type": SAID}, {"value": SAID}),
)
"""What stands where something else is meant to stand."""

_TIMES = (
    *("now", "2026", "2026-11-22", "20261122T183000Z", "2026-W47-7", "2026-13-45T99:99:99Z", "2026-11-22T24:00:00Z"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22T18:30:00+05:30:15.5", "1795372200"),
    *("1969-12-31T23:59:59Z", "2026-11-22 18:30", "2026-11-22T18:30:00.123456789Z", "-2026-11-22T18:30:00Z"),
    *(1795372200, 1795372200.5, -1),
)

_ATTRIBUTES = (
    {"position": {"routine": "full", "exercise": "gone", "side": "upside", "round": 9, "count": 10**6}},
    {"position": {"routine": "gone", "exercise": "leg_swings", "side": "left", "round": 0, "count": 0}},
    {"position": {"routine": SAID * 9000, "exercise": SAID, "side": SAID, "round": 2**63, "count": 2**70}},
    {"counting": [-(2**70), 2**70, -1000], "asked": "next"},
    {"counting": [True, False, True]},
    {"asked": "start:gone"},
    {"asked": "remind:99:99"},
    {"asked": "count:gone"},
    {"asked": SAID * 20_000, "introduced": SAID * 20_000},
    {"topic": ["cause", "gone"]},
    {"topic": ["red_flag", "stroke_tia"]},
    {"topic": [SAID, SAID]},
    {"misses": 10**30},
    {"misses": -5},
    {"withheld": ["leg_swings", "gone", SAID] * 5000},
    {"speech": [f"{SAID} \x00 {{x}}"], "reprompt": [SAID]},
    {"speech": [10**17, "Well?"], "reprompt": ["Well"]},
    {"speech": [0] * 30_000, "reprompt": [""]},
    {"speech": ["Shall we?"], "reprompt": ["Shall we go on, or shall we not?"]},
    {"speech": [["\ud800"], "?"], "reprompt": ["Well"]},
    {"speech": ["word " * 3000 + "?"], "reprompt": ["Well?"]},
)

_TOKENS = (
    "legs:r:full:leg_swings:left:1:80:1440:0",
    "legs::::::::",
    "legs:r:gone:gone:gone:0:1:1:0",
    f"legs:r:full:leg_swings:left:{'9' * 5000}:80:1440:0",
    f"legs:r:full:leg_swings:left:1:{'9' * 900}:1:{'9' * 900}",
    "legs:r:full:leg_swings:left:٣:80:1440:0",
    '{"at": "21:00", "withheld": ["foot_bath"]}',
    '{"at": "99:99", "withheld": []}',
    '{"at": null, "withheld": "' + SAID * 9000 + '"}',
    '{"at": null, "withheld": ["\\ud800"]}',
    '{"at": 7, "withheld": 7}',
    "[" * 5000,
)

SPECIAL: dict[str, tuple[Any, ...]] = {
    "timestamp": _TIMES,
    "locale": ("xx", "xx-XX", "en-us", "EN_gb", "zh-Hant-TW", "tlh", "-", "en-", f"{SAID}-{SAID}", "e" * 70_000),
    "playerActivity": ("REWINDING", "playing", "STOPPED", "PAUSED", "FINISHED", "BUFFER_UNDERRUN"),
    "confirmationStatus": ("MAYBE", "DENIED"),
    "dialogState": ("SHOUTING", "STARTED"),
    "reason": ("BORED",),
    "attributes": _ATTRIBUTES,
    "token": _TOKENS,
    "offsetInMilliseconds": (-(10**18), 10**18, 1e999, "12", "x", 0.9),
    "code": ("200", 200, "ER_SUCCESS_MATCH", "ER_SUCCESS_FUTURE", "ER_ERROR_TIMEOUT"),
    "type": (
        *("LaunchRequest", "SessionEndedRequest", "SessionResumedRequest", "CanFulfillIntentRequest", "Composite"),
        *("AudioPlayer.PlaybackStarted", "AudioPlayer.PlaybackUnheardOf", "PlaybackController.NextCommandIssued"),
        *("Alexa.Presentation.APL.UserEvent", "Alexa.Presentation.HTML.Message", "System.ExceptionEncountered"),
        *("Dialog.InputRequest", "Connections.Response", "Display.ElementSelected", "Simple", "List", "intentrequest"),
    ),
    "name": ("LaunchRequest", "AudioPlayer.PlaybackStarted", "SessionEndedRequest", "NoSuchIntent", "AskFor", SAID),
    "value": ("?", SAID, "my leg is " + SAID, "-5", "21:00", "PT5M", "99999999999999999999"),
    "slotValue": (
        {"type": "Simple", "value": SAID},
        {"type": "List", "values": [{"type": "Simple", "value": SAID}, {"type": "Composite", "value": [SAID]}, None]},
        {"type": "Composite", "slots": {"x": {"value": SAID}}},
        {"type": "List", "values": {}},
        {"type": "Simple"},
    ),
    "resolutions": (
        {"resolutionsPerAuthority": None},
        {"resolutionsPerAuthority": [{"authority": SAID, "status": {"code": "ER_SUCCESS_NO_MATCH"}}]},
        {"resolutionsPerAuthority": [{"values": [None, {}, {"value": None}, {"value": {"name": SAID}}]}, None]},
        {"resolutionsPerAuthority": [{"values": [{"value": {"name": SAID, "id": SAID}}]}]},
    ),
    "supportedInterfaces": ({"AudioPlayer": None}, {"AudioPlayer": 7}, {"audio_player": {}}, {"Hologram": {}}),
    "userId": ("", SAID, "\x00", "\ud800"),
    "apiEndpoint": ("", "file:///etc/passwd", "http://[", "https://127.0.0.1:1"),
}
"""Values that are wrong in a way of their own, by the key they stand under."""

NAMES = (
    *("__class__", "__dict__", "to_dict", "object_type", "deserialized_types", "attribute_map", "request", "intent"),
    *("session", "context", "slots", "type", "user_id", "player_activity", "audio_player", "\ud800", "", SAID * 200),
)
"""Keys that are not where they belong, or belong nowhere."""
