"""Turns of one person that change the same record at once, from several processes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter, AttributesManager
from ask_sdk_model import Context, RequestEnvelope, User
from ask_sdk_model.interfaces.system import SystemState

from skill.handlers import memory
from skill.handlers.memory import Memory
from skill.storage import dynamodb

Make = Callable[[], AbstractPersistenceAdapter]
"""Makes a storage, in whichever process it is called."""

Update = Callable[[AttributesManager], None]
"""A turn that counts one up in the record."""


def of_user(user_id: str) -> RequestEnvelope:
    """A request of that user."""
    return RequestEnvelope(context=Context(system=SystemState(user=User(user_id=user_id))))


ANN, BOB = of_user("ann"), of_user("bob")


def ours(attributes: AttributesManager) -> None:
    """Count up as our turns change what is kept."""
    remembered = Memory(attributes)
    remembered.change(lambda record: replace(record, best=record.best + 1))
    remembered.write()


def count_up(make: Make, times: int, update: Update = ours, patience_s: float | None = None) -> None:
    """That many turns of Ann, one after the other; where time is not what matters, with another patience."""
    if patience_s is not None:
        memory.BUDGET_S = dynamodb.ANSWER_S = patience_s
    storage = make()
    for _ in range(times):
        update(AttributesManager(ANN, storage))


def at_once(make: Make, processes: int, times: int, update: Update = ours, patience_s: float | None = None) -> None:
    """That many turns of Ann in each of so many processes at once."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(count_up, make, times, update, patience_s) for _ in range(processes)]:
            done.result()


def counted(storage: AbstractPersistenceAdapter) -> int:
    """How many of Ann's turns are in the record."""
    kept: Any = storage.get_attributes(ANN).get("best", 0)
    return int(kept)
