"""Whether a request comes from Alexa, is meant for this skill and is of now.

The signature is checked over the bytes as they came, before anything reads them; what stands in them only afterwards.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate

from skill.web.certificate_url import normalised
from skill.web.chain import SMALLEST, trusted_roots
from skill.web.chains import Chains, Clock, Fetch
from skill.web.download import Download
from skill.web.refusal import VerificationError

__all__ = ["Headers", "VerificationError", "Verifier", "check_request", "utc_now"]

URL_HEADER, SIGNATURE_HEADER = "signaturecertchainurl", "signature-256"
"""Where a request names its chain of certificates, and has its signature, in lower case."""

SHORTEST_SIGNATURE = SMALLEST // 8
"""Bytes of a signature by the smallest key that is good."""

TOLERANCE, EVENT_TOLERANCE = timedelta(seconds=150), timedelta(hours=1)
"""How far the time of a request may be from now, and that of a skill event, which Alexa sends again if it fails."""

EVENT = "AlexaSkillEvent."
"""What the type of a skill event begins with."""


class Headers(Protocol):
    """The headers of a request, by names in any case: a dictionary, or those of a web framework."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Names and values."""


def utc_now() -> datetime:
    """The time now."""
    return datetime.now(UTC)


class Verifier:
    """Tells Alexa's requests from all others; any thread may ask.

    Without parts of its own it trusts the roots of certifi, fetches over the network and goes by the machine's clock.
    """

    def __init__(
        self, roots: list[Certificate] | None = None, fetch: Fetch | None = None, clock: Clock = utc_now
    ) -> None:
        self._chains = Chains(trusted_roots() if roots is None else roots, fetch or Download(), clock)

    def verify(self, headers: Headers, body: bytes) -> None:
        """Return if Alexa signed this very body; raises VerificationError."""
        given = {name.lower(): value for name, value in headers.items()}
        if URL_HEADER not in given or SIGNATURE_HEADER not in given:
            raise VerificationError("the request is not signed")
        address = normalised(given[URL_HEADER])
        # What cannot be right is refused before anything is fetched for it.
        signature = _decoded(given[SIGNATURE_HEADER])
        if len(signature) < SHORTEST_SIGNATURE:
            raise VerificationError("the signature is too short")
        try:
            self._chains.get(address).key.verify(signature, body, PKCS1v15(), SHA256())
        except InvalidSignature:
            raise VerificationError("the signature is not that of the body") from None


def check_request(envelope: Any, clock: Clock, skill_id: str) -> None:
    """Return if a request that was verified and parsed is of now and for this skill; raises VerificationError.

    Without the skill's id a request that Alexa signed for somebody else's skill could be sent on to this one.
    """
    request, context, session = (_part(envelope, key) for key in ("request", "context", "session"))
    given = _moment(_part(request, "timestamp"))
    kind = _part(request, "type")
    tolerance = EVENT_TOLERANCE if isinstance(kind, str) and kind.startswith(EVENT) else TOLERANCE
    if abs(clock() - given) > tolerance:
        raise VerificationError("the request is not of now")
    # Requests outside of a session have none; all others name the skill twice.
    for holder in [_part(context, "System")] + ([] if session is None else [session]):
        if _part(_part(holder, "application"), "applicationId") != skill_id:
            raise VerificationError("the request is not for this skill")


def _decoded(text: str) -> bytes:
    """The bytes of base64 that is written in the one right way; raises VerificationError."""
    with suppress(ValueError):
        decoded = b64decode(text)
        if b64encode(decoded).decode() == text:
            return decoded
    raise VerificationError("the signature is no base64")


def _part(whole: Any, key: str) -> Any:
    return whole.get(key) if isinstance(whole, dict) else None


def _moment(text: Any) -> datetime:
    """A time with its zone; raises VerificationError."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise VerificationError("the request has no time that can be read") from None
    if moment.tzinfo is None:
        raise VerificationError("the time of the request has no zone")
    return moment
