"""Records of one process, gone with it, behind the SDK's persistence interface."""

from __future__ import annotations

from threading import Lock
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.storage.revision import ConflictError, following, put_together, taken_apart, user_of


class InMemoryAdapter(AbstractPersistenceAdapter):
    """A record a user, as text and with the name of its writing; raises PersistenceException where nobody is named."""

    def __init__(self) -> None:
        self._records: dict[str, tuple[str, str]] = {}
        self._lock = Lock()

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The record of the request's user with its revision; empty when there is none."""
        stored = self._records.get(user_of(request_envelope))
        return put_together(*stored) if stored else {}

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Replace the record that was read; raises ConflictError when it is not there any more as it was."""
        user = user_of(request_envelope)
        record, read = taken_apart(attributes)
        with self._lock:
            stored = self._records.get(user)
            if (stored[1] if stored else None) != read:
                raise ConflictError(put_together(*stored) if stored else {})
            self._records[user] = record, following(read)

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Forget the request's user."""
        self._records.pop(user_of(request_envelope), None)

    def close(self) -> None:
        """Nothing is held open."""
