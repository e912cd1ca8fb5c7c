"""Revisions, with both storages: whatever happens at the same time, no writing is replaced unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import Context, RequestEnvelope, User
from ask_sdk_model.interfaces.system import SystemState

from skill.settings import IN_MEMORY
from skill.storage.dynamodb import DynamoDbAdapter
from skill.storage.revision import REVISION, ConflictError, following, life, put_together, taken_apart
from skill.storage.sqlite import SqliteAdapter
from tests.storage.updates import ANN, BOB

RECORD = {"version": 1, "introduced": True, "finished": ["2026-11-22"], "name": 'Zoë "quoted"; DROP TABLE records'}


@pytest.fixture(params=["sqlite", "dynamodb"])
def storage(request: pytest.FixtureRequest) -> Iterator[AbstractPersistenceAdapter]:
    """One storage after the other, with nothing in it."""
    if request.param == "dynamodb":
        table = DynamoDbAdapter(request.getfixturevalue("table"))
        yield table
        table.close()
        return
    file = SqliteAdapter(str(request.getfixturevalue("tmp_path") / "kept.sqlite3"))
    yield file
    file.close()


def save(storage: AbstractPersistenceAdapter, **fields: Any) -> dict[str, Any]:
    """Change Ann's record as a turn alone does; what is stored then."""
    storage.save_attributes(ANN, {**storage.get_attributes(ANN), **fields})
    stored: dict[str, Any] = storage.get_attributes(ANN)
    return stored


def refused(storage: AbstractPersistenceAdapter, attributes: dict[str, Any]) -> dict[str, Any]:
    """What is stored instead, as the conflict of saving these attributes tells."""
    with pytest.raises(ConflictError) as caught:
        storage.save_attributes(ANN, attributes)
    assert caught.value.stored == storage.get_attributes(ANN)
    return caught.value.stored


def test_kept_for_the_next_time(storage: AbstractPersistenceAdapter) -> None:
    """A record comes back as it was, with a revision, and only for its user."""
    assert storage.get_attributes(ANN) == {}
    storage.save_attributes(ANN, RECORD)
    stored = storage.get_attributes(ANN)
    assert stored == {**RECORD, REVISION: stored[REVISION]}
    assert storage.get_attributes(BOB) == {}


def test_each_writing_has_a_revision(storage: AbstractPersistenceAdapter) -> None:
    """Saving the same again is a new writing of the same record."""
    revisions = [save(storage, n=1)[REVISION] for _ in range(5)]
    assert len(set(revisions)) == 5
    assert len(set(map(life, revisions))) == 1


def test_changed_meanwhile(storage: AbstractPersistenceAdapter) -> None:
    """What was read before another turn's change does not replace it; what is read then does."""
    read = save(storage, n=1)
    save(storage, n=2)
    assert refused(storage, {**read, "n": 3})["n"] == 2
    assert save(storage, n=3)["n"] == 3


def test_begun_meanwhile(storage: AbstractPersistenceAdapter) -> None:
    """Who read that there is no record does not replace one that was begun since."""
    save(storage, n=1)
    assert refused(storage, {"n": 2})["n"] == 1


def test_forgotten_meanwhile(storage: AbstractPersistenceAdapter) -> None:
    """Who read a record that was deleted since does not bring it back, not even in place of a new one."""
    read = save(storage, n=1)
    storage.delete_attributes(ANN)
    assert refused(storage, {**read, "n": 2}) == {}
    begun = save(storage, n=7)
    assert refused(storage, {**read, "n": 3})["n"] == 7
    assert life(begun[REVISION]) != life(read[REVISION])


def test_forgotten(storage: AbstractPersistenceAdapter) -> None:
    """A deleted record is gone, those of others stay, and deleting nothing is no error."""
    save(storage, n=1)
    storage.save_attributes(BOB, RECORD)
    for _ in range(2):
        storage.delete_attributes(ANN)
        assert storage.get_attributes(ANN) == {}
    assert storage.get_attributes(BOB)["name"] == RECORD["name"]


@pytest.mark.parametrize("user", [None, User(), User(user_id=""), User(user_id="\ud800")], ids=repr)
def test_nobody_is_a_persistence_error(user: User | None) -> None:
    """Records of people who are not known would be shared among them, so there are none."""
    nobody = RequestEnvelope(context=Context(system=SystemState(user=user)))
    for storage in (SqliteAdapter(IN_MEMORY), DynamoDbAdapter("none")):
        with pytest.raises(PersistenceException, match="no user"):
            storage.save_attributes(nobody, RECORD)


@pytest.mark.parametrize(
    "text", ["{", "[1]", "7", "", None, 7, b"\xff", "[" * 100_000], ids=lambda text: repr(text)[:9]
)
def test_damaged_record_can_be_replaced(text: Any) -> None:
    """Of a record that cannot be read its revision remains, or nothing where it has none."""
    assert put_together(text, "a.b") == {REVISION: "a.b"}
    assert put_together(text, None) == {}


def test_record_and_revision_are_stored_apart() -> None:
    """The text of a record has no revision in it, and both come back."""
    attributes = {**RECORD, REVISION: "a.b"}
    text, read = taken_apart(attributes)
    assert (REVISION in text, read) == (False, "a.b")
    assert put_together(text, read) == attributes
    assert taken_apart(RECORD) == (text, None)


def test_a_life_goes_on() -> None:
    """Revisions of one record have its life in common, and new records have lives of their own."""
    first = following(None)
    assert life(first) == life(following(first)) == life(following(following(first))) != ""
    assert life(first) != life(following(None))
    assert life(None) == ""
