"""What stands between a request over HTTP and the skill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Response, request
from werkzeug.exceptions import BadRequest

from skill.assistant import EnvelopeError
from skill.settings import PREFIX
from skill.web.chains import Clock
from skill.web.logs import begin_line, note_envelope, note_refusal
from skill.web.verification import VerificationError, Verifier, check_request, utc_now

LARGEST_REQUEST = 256 * 1024
"""Bytes; the platform's own requests are a few thousand."""


class Refused(BadRequest):
    """A request is refused with status 400; the reason is for the log, and a stranger is not told it."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Door:
    """Answers the request that Flask is at: those that Alexa signed, or without a verifier whatever comes."""

    def __init__(
        self, answer: Callable[[Any], Any], skill_id: str | None, verifier: Verifier | None, clock: Clock = utc_now
    ) -> None:
        """Have a skill of that id answer; it may raise EnvelopeError."""
        self._answer, self._skill_id, self._verifier, self._clock = answer, skill_id, verifier, clock

    def __call__(self) -> Response:
        """The response envelope; raises Refused, and RequestEntityTooLarge for a body beyond the limit."""
        begin_line(verified=self._verifier is not None)
        request.max_content_length = LARGEST_REQUEST
        # The bytes as they came, whatever they are said to be: a form would be read and be gone.
        body = request.get_data(cache=True)
        try:
            return Response(msgspec.json.encode(self._answered(body)), mimetype="application/json")
        except (EnvelopeError, VerificationError) as error:
            reason = str(error)
        except RecursionError:
            reason = "the JSON is nested too deeply"
        except OverflowError:
            reason = "the JSON has a number that is too large"
        note_refusal(reason)
        raise Refused(reason)

    def _answered(self, body: bytes) -> Any:
        if self._verifier:
            self._verifier.verify(request.headers, body)
        try:
            envelope = msgspec.json.decode(body)
        except ValueError:
            # What it says is not passed on, as it can quote the body.
            raise EnvelopeError("the body of the request is no JSON") from None
        note_envelope(envelope)
        if self._verifier:
            if not self._skill_id:
                # Alexa signs requests to any skill, also to one that somebody made to speak to us.
                raise VerificationError(f"{PREFIX}SKILL_ID is not set, so no request is known to be ours")
            check_request(envelope, self._clock, self._skill_id)
        return self._answer(envelope)
