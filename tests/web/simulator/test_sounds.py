"""Sounds are made once, for all who ask, and are gone when there are too many of them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from skill.web.simulator.sounds import Sound, Sounds


def counted(made: list[int]) -> Iterator[bytes]:
    """A thousand chunks, which are noted when they are made."""
    for number in range(1000):
        made.append(number)
        yield number.to_bytes(2)


WHOLE = b"".join(number.to_bytes(2) for number in range(1000))


def test_made_while_it_is_sent() -> None:
    """Nothing is made before it is asked for, and each part when it is sent."""
    made: list[int] = []
    sound = Sound(counted(made))
    assert made == []
    stream = sound.stream()
    assert next(stream) == b"\0\0"
    assert made == [0]
    assert sound.whole() == WHOLE
    assert b"".join(stream) == WHOLE[2:]
    assert made == list(range(1000))


def test_many_listeners() -> None:
    """All get all of it, and it is made once."""
    made: list[int] = []
    sound = Sound(counted(made))
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: sound.whole(), range(16))) == {WHOLE}
    assert made == list(range(1000))


def test_empty_chunks_are_no_end() -> None:
    """A maker that has nothing to give for a while is waited for."""
    assert Sound(iter([b"a", b"", b"", b"b"])).whole() == b"ab"


def test_oldest_is_gone() -> None:
    """Of too many sounds the first one is forgotten, and a name that was never given has none."""
    sounds = Sounds(most=2)
    names = [sounds.add(iter([bytes([number])])) for number in range(3)]
    assert len(set(names)) == 3
    assert [sound and sound.whole() for sound in map(sounds.get, names)] == [None, b"\1", b"\2"]
    assert sounds.get("other") is None
