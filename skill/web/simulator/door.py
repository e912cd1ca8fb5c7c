"""The door of the page: what it asks for as JSON, and what comes of it."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec
from flask import Response, request
from werkzeug.exceptions import NotFound
from werkzeug.http import parse_range_header

from skill import locales
from skill.web.chains import Clock
from skill.web.door import LARGEST_REQUEST
from skill.web.simulator.actions import ACTIONS
from skill.web.simulator.conversations import Conversation, Conversations, RequestError, text_of
from skill.web.simulator.home import Home
from skill.web.simulator.sounds import Sounds
from skill.web.simulator.telling import state_told, turn_told
from skill.web.simulator.voice import Spoken
from skill.web.simulator.words import words_of
from skill.web.verification import utc_now

SPEECH = "/local/speech/"
"""Where the page finds what is said."""

UNHEARD = frozenset({"replay"})
"""Actions of which the page writes the turns and says none of them aloud."""

Json: TypeAlias = dict[str, Any]


class _GoneError(RequestError):
    """A conversation is there no more."""


class LocalDoor:
    """Answers the request that Flask is at; conversations and sounds are in memory alone."""

    def __init__(self, home: Home, *, voice: str = "auto", clock: Clock = utc_now) -> None:
        self.conversations = Conversations(home, clock, voice=voice)
        self.sounds = Sounds()

    def __call__(self) -> Response:
        """What came of an action, or why nothing did."""
        request.max_content_length = LARGEST_REQUEST
        if request.mimetype != "application/json":
            # A page of somebody else's can send anything but this without asking.
            return _refused(415, "bad", "the body must be of type application/json")
        try:
            return _json(self._answer(_object(request.get_data())))
        except _GoneError as error:
            return _refused(404, "gone", str(error))
        except RequestError as error:
            return _refused(400, "bad", str(error))

    def speech(self, name: str) -> Response:
        """What is said, as it is made; raises NotFound for what was said too long ago."""
        sound = self.sounds.get(name)
        if sound is None:
            raise NotFound("that was said too long ago")
        wanted = parse_range_header(request.headers.get("Range"))
        begin, end = wanted.ranges[0] if wanted and wanted.units == "bytes" and wanted.ranges else (0, None)
        if begin == 0 and end is None:
            return Response(sound.stream(), mimetype="audio/mpeg")
        # Who wants a part must be told the length, so all of it is made first.
        response = Response(sound.whole(), mimetype="audio/mpeg")
        response.make_conditional(request, accept_ranges=True, complete_length=response.content_length)
        return response

    def _answer(self, asked: Json) -> Json:
        conversation, act = self._conversation(asked), text_of(asked, "do")
        with conversation.lock:
            outcome = ACTIONS[act](conversation, asked) if act != "open" else {"turns": []}
            address = None if act in UNHEARD else self._address
            turns = [turn_told(conversation, taken, address) for taken in outcome.get("turns", ())]
            state = state_told(conversation, self._address)
        return {**outcome, "conversation": conversation.id, "turns": turns, "state": state}

    def _conversation(self, asked: Json) -> Conversation:
        """The one that is gone on with, or a new one."""
        act = text_of(asked, "do")
        if act == "open":
            return self.conversations.open(text_of(asked, "locale"), text_of(asked, "device"))
        if act not in ACTIONS:
            raise RequestError(f"do: {act[:20]!r} is none of open, {', '.join(ACTIONS)}")
        found = self.conversations.get(text_of(asked, "conversation"))
        if found is None:
            raise _GoneError("conversation: it is gone; open another one")
        return found

    def _address(self, spoken: Spoken) -> str | None:
        return f"{SPEECH}{self.sounds.add(spoken.mp3())}.mp3" if spoken.sound else None


def _object(body: bytes) -> Json:
    try:
        asked = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        raise RequestError("the body is no JSON") from None
    if not isinstance(asked, dict):
        raise RequestError("the body must be an object")
    return asked


def _json(value: Json, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, mimetype="application/json")


def _refused(status: int, kind: str, why: str) -> Response:
    said = words_of(locales.find(None).language)["errors"][kind]
    return _json({"error": {"said": said, "why": why}}, status)
