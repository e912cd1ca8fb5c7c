"""Which writing of a record was read, so that no other one is replaced unseen."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

REVISION = "revision"
"""The attribute beside those of a record that names its writing; saving without it means that there was no record."""


class ConflictError(PersistenceException):
    """The record is not the one that was read; `stored` has the attributes there are now, empty without a record."""

    def __init__(self, stored: dict[str, Any]) -> None:
        super().__init__("others changed the record at the same time")
        self.stored = stored


def following(revision: str | None) -> str:
    """The name of the writing after this one; of the first of a new record after None.

    The part before the dot is the record's own and stays: one that was begun after another was forgotten has another.
    """
    return f"{life(revision) or _token()}.{_token()}"


def life(revision: str | None) -> str:
    """What all writings of one record have in common; empty without a record."""
    return (revision or "").partition(".")[0]


def taken_apart(attributes: Mapping[str, Any]) -> tuple[str, str | None]:
    """The record as text, and the writing that was read; None when there was no record."""
    record = {key: value for key, value in attributes.items() if key != REVISION}
    return json.dumps(record), attributes.get(REVISION)


def put_together(text: Any, revision: str | None) -> dict[str, Any]:
    """The attributes of a stored record; of a damaged one its revision alone, so that it can be replaced."""
    try:
        record = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        record = None
    known = record if isinstance(record, dict) else {}
    return known if revision is None else {**known, REVISION: revision}


def user_of(request_envelope: RequestEnvelope) -> str:
    """The id under which a record is kept; raises PersistenceException where nobody is named."""
    system: Any = request_envelope.context and request_envelope.context.system
    user = system and system.user
    user_id = user and user.user_id
    # Half a character can stand in JSON, and in no storage.
    if not user_id or not str(user_id).isprintable():
        raise PersistenceException("the request names no user")
    return str(user_id)


def _token() -> str:
    return os.urandom(8).hex()
