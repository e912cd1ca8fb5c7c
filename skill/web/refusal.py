"""Why a request is refused."""

from __future__ import annotations


class VerificationError(Exception):
    """A request is refused; the message is a short reason for the log, and quotes nothing of the request."""
