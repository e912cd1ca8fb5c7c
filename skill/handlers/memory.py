"""The person's record within one turn: read when first needed, written when changed, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from itertools import count
from os import urandom
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from ask_sdk_core.exceptions import PersistenceException

from skill.journal import journal
from skill.storage.record import Record
from skill.storage.revision import REVISION, ConflictError, life

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AttributesManager

    from skill.routine.plan import Preferences

log = journal(__name__)

BUDGET_S = 2.0
"""Seconds for which a change is tried again where others write all the time; a turn has eight in all."""

SLOW_S = 0.5
"""Seconds after which a reading that failed was slow, and the person is not made to wait for storage again."""

PAUSE_S = 0.05
"""The longest pause before the second attempt, half of that before the third, and so on."""

Change = Callable[[Record], Record]
"""What a turn changes: a function of the record, for another turn may have changed that since it was read."""


class Memory:
    """The record; a storage that fails costs what was kept and is logged, and the turn goes on.

    Where nothing is stored, a record is begun only if it may be: not by an event, which can come after a person was
    forgotten.
    """

    def __init__(self, attributes: AttributesManager, *, may_begin: bool = True) -> None:
        self._attributes = attributes
        self._may_begin = may_begin
        self._stored: dict[str, Any] | None = None
        self._read: Record | None = None
        self._record: Record | None = None
        self._changes: list[Change] = []
        self._is_slow = False

    @property
    def record(self) -> Record:
        """What is remembered."""
        if self._record is None:
            began = monotonic()
            try:
                self._stored = self._attributes.persistent_attributes
            except PersistenceException as error:
                log.warning("storage could not be read: %s", error)
                self._is_slow = monotonic() - began > SLOW_S
            self._read = Record.from_dict(self._stored)
            self._record = self._changed(self._read)
        return self._record

    @property
    def is_known(self) -> bool:
        """Whether the record could be read."""
        return bool(self.record) and self._stored is not None

    def change(self, change: Change) -> None:
        """Change the record, without reading it: urgent advice must not wait for storage."""
        self._changes.append(change)
        if self._record is not None:
            self._record = change(self._record)

    def keep(self, **fields: Any) -> None:
        """Set fields of the record, whatever they were."""
        if self._record is not None and all(getattr(self._record, name) == value for name, value in fields.items()):
            return
        self.change(lambda record: replace(record, **fields))

    def prefer(self, change: Callable[[Preferences], Preferences]) -> None:
        """Change preferences."""
        self.change(lambda record: replace(record, preferences=change(record.preferences)))

    def forget(self) -> bool:
        """Delete the record; False when the storage failed."""
        self._stored, self._changes, self._may_begin = {}, [], False
        self._read = self._record = Record()
        try:
            self._attributes.delete_persistent_attributes()
        except PersistenceException as error:
            log.warning("storage could not delete: %s", error)
            return False
        return True

    def write(self) -> None:
        """Save what was changed; a record that cannot be read is left as it is and not replaced by an empty one."""
        if not self._changes or self._is_slow:
            return
        try:
            self._save(self._attributes.persistent_attributes if self._stored is None else self._stored)
        except PersistenceException as error:
            log.warning("storage could not be written: %s", error)

    def _save(self, stored: dict[str, Any]) -> None:
        until = monotonic() + BUDGET_S
        for attempt in count(1):
            if not stored and not self._may_begin:
                return
            if self._record is not None and stored is self._stored:
                record, changed = self._read, self._record
            else:
                record = Record.from_dict(stored)
                changed = self._changed(record)
            if changed == record:
                return
            revision = {key: stored[key] for key in (REVISION,) if key in stored}
            self._attributes.persistent_attributes = {**changed.to_dict(), **revision}
            try:
                self._attributes.save_persistent_attributes()
                return
            except ConflictError as conflict:
                before, now = life(stored.get(REVISION)), life(conflict.stored.get(REVISION))
                # The person was forgotten while we thought, and what we knew of them must not come back.
                if before not in {"", now}:
                    return
                if monotonic() > until:
                    raise
                stored = conflict.stored
            # Who has been overtaken most often waits shortest, so that nobody is overtaken for ever.
            sleep(PAUSE_S / attempt * urandom(1)[0] / 255)

    def _changed(self, record: Record) -> Record:
        return reduce(lambda so_far, change: change(so_far), self._changes, record)
