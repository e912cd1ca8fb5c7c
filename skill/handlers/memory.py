"""The person's record within one turn: read when first needed, written when changed, never in the way."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ask_sdk_core.exceptions import PersistenceException

from skill.storage.record import Record

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AttributesManager

log = logging.getLogger(__name__)


class Memory:
    """The record; a storage that fails costs what was kept and is logged, and the turn goes on."""

    def __init__(self, attributes: AttributesManager) -> None:
        self._attributes = attributes
        self._stored: Record | None = None
        self._record: Record | None = None
        self._changes: dict[str, Any] = {}

    @property
    def record(self) -> Record:
        """What is remembered."""
        if self._record is None:
            try:
                self._stored = self._read()
            except PersistenceException as error:
                log.warning("storage could not be read: %s", error)
            self._record = replace(self._stored or Record(), **self._changes)
        return self._record

    def keep(self, **changes: Any) -> None:
        """Change fields of the record, without reading it: urgent advice must not wait for storage."""
        self._changes |= changes
        if self._record is not None:
            self._record = replace(self._record, **changes)

    def forget(self) -> bool:
        """Delete the record; False when the storage failed."""
        self._stored = self._record = Record()
        self._changes = {}
        try:
            self._attributes.delete_persistent_attributes()
        except PersistenceException as error:
            log.warning("storage could not delete: %s", error)
            return False
        return True

    def write(self) -> None:
        """Save what was changed; a record that cannot be read is left as it is and not replaced by an empty one."""
        if not self._changes:
            return
        try:
            stored = self._stored or self._read()
            changed = replace(stored, **self._changes)
            if changed != stored:
                self._attributes.persistent_attributes = changed.to_dict()
                self._attributes.save_persistent_attributes()
        except PersistenceException as error:
            log.warning("storage could not be written: %s", error)

    def _read(self) -> Record:
        return Record.from_dict(self._attributes.persistent_attributes)
