"""The storage in memory: it keeps the rules of the others, and nothing beyond the process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from ask_sdk_core.exceptions import PersistenceException

from skill.storage.in_memory import InMemoryAdapter
from skill.storage.revision import REVISION, ConflictError
from tests.storage.updates import ANN, BOB, of_user


def test_kept_and_forgotten() -> None:
    """Each person has a record, as a value of its own, until it is deleted."""
    storage = InMemoryAdapter()
    assert storage.get_attributes(ANN) == {}
    kept = {"n": [1]}
    storage.save_attributes(ANN, kept)
    kept["n"].append(2)
    stored = storage.get_attributes(ANN)
    assert {**stored, REVISION: ""} == {"n": [1], REVISION: ""}
    assert storage.get_attributes(BOB) == {}
    storage.delete_attributes(ANN)
    storage.delete_attributes(ANN)
    assert storage.get_attributes(ANN) == {}


def test_nothing_is_replaced_unseen() -> None:
    """Who read another writing than there is now is told, with what there is."""
    storage = InMemoryAdapter()
    storage.save_attributes(ANN, {"n": 1})
    read = storage.get_attributes(ANN)
    storage.save_attributes(ANN, {**read, "n": 2})
    for late in ({"n": 3}, {**read, "n": 3}):
        with pytest.raises(ConflictError) as conflict:
            storage.save_attributes(ANN, late)
        assert conflict.value.stored["n"] == 2
    storage.delete_attributes(ANN)
    with pytest.raises(ConflictError) as gone:
        storage.save_attributes(ANN, {**read, "n": 4})
    assert gone.value.stored == {}


def test_shared_by_threads() -> None:
    """Of many threads that add one, none is lost."""
    storage = InMemoryAdapter()

    def add(_: int) -> None:
        while True:
            read = storage.get_attributes(ANN)
            try:
                storage.save_attributes(ANN, {**read, "n": read.get("n", 0) + 1})
            except ConflictError:
                continue
            return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(400)))
    assert storage.get_attributes(ANN)["n"] == 400


def test_nobody() -> None:
    """Where nobody is named nothing is kept."""
    with pytest.raises(PersistenceException):
        InMemoryAdapter().get_attributes(of_user(""))
