"""Requests that no device sends: real ones with some parts missing, odd, doubled, renamed or from somewhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from skill.speaker.response_rules import broken_rules
from tests.odd import NAMES, ODD, SAID, SPECIAL

Way = tuple[Any, ...]
"""Keys and indexes that lead to a part of a JSON value."""

DEEP = 40
"""Levels of nesting that must still be answered; a request has about ten."""

MOST_PARTS = 5000
"""What has grown to as many is mangled no more, as it would not get in."""

_BURIED = (2, 9, 25, 400)


def mangled(random: Random, real: Sequence[str], untouched: Sequence[Way] = ()) -> Any:
    """One of the real envelopes, which are given as JSON, with up to four parts mangled; never the untouched ones."""
    envelope = json.loads(random.choice(real))
    parts = [part_of(envelope, way) for way in untouched]
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        ways = [way for way in ways_of(envelope) if not any(kept[: len(way)] == way for kept in untouched)]
        if not 0 < len(ways) < MOST_PARTS:
            break
        random.choice(MUTATIONS)(random, envelope, ways, real)
    for way, part in zip(untouched, parts, strict=True):
        _restore(envelope, way, part)
    return envelope


def mangled_bytes(random: Random, envelope: Any) -> bytes:
    """An envelope as JSON on the wire, which may have come to harm on its way."""
    try:
        body = json.dumps(envelope).encode()
    except RecursionError:
        body = b'{"request": ' * 50_000
    at = random.randrange(len(body) + 1)
    harm = random.randrange(12)
    if harm == 0:
        return body[:at]
    if harm == 1:
        return body[:at] + random.randbytes(random.randint(1, 8)) + body[at + 1 :]
    if harm == 2:
        return body.replace(b'"request"', b'"request": {"type": "SessionEndedRequest"}, "request"', 1)
    if harm == 3:
        return json.dumps(envelope).encode(random.choice(("utf-16", "utf-8-sig", "utf-32")))
    return body


def ways_of(value: Any) -> Iterator[Way]:
    """The way to every part of a JSON value, down to one level more than DEEP."""
    waiting: list[tuple[Way, Any]] = [((), value)]
    while waiting:
        way, value = waiting.pop()
        if way:
            yield way
        if len(way) > DEEP:
            continue
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        waiting += [((*way, key), child) for key, child in children]


def part_of(envelope: Any, way: Way) -> Any:
    """The part that a way leads to."""
    for key in way:
        envelope = envelope[key]
    return envelope


def is_answerable(envelope: Any) -> bool:
    """Whether a request says enough to be answered: its type, whose it is, and of an intent its name."""
    if not isinstance(envelope, dict):
        return False
    request, context = envelope.get("request"), envelope.get("context")
    if not isinstance(request, dict) or not isinstance(request.get("type"), str):
        return False
    intent = request.get("intent")
    named = isinstance(intent, dict) and isinstance(intent.get("name"), str)
    told = isinstance(context, dict) and isinstance(context.get("System"), dict)
    return told and (named or request["type"] != "IntentRequest")


def is_deep(envelope: Any) -> bool:
    """Whether it is nested more deeply than must be answered."""
    return any(len(way) > DEEP for way in ways_of(envelope))


def faults(envelope: Any, response: Any) -> list[str]:
    """What is wrong with a response to a request, or with there being none where it is None."""
    if response is None:
        return ["an answerable request was refused"] if is_answerable(envelope) and not is_deep(envelope) else []
    if not is_answerable(envelope):
        return ["what is no request was answered"]
    try:
        json.dumps(response, allow_nan=False)
    except ValueError as error:
        return [f"the response is no JSON: {error}"]
    return broken_rules(envelope, response)


def _restore(envelope: Any, way: Way, part: Any) -> None:
    """Put a part back, in case something else was given its name."""
    for key in way[:-1]:
        if isinstance(envelope, dict) and not isinstance(envelope.get(key), dict | list):
            envelope[key] = {}
        envelope = envelope[key]
    envelope[way[-1]] = part


def _put(envelope: Any, way: Way, value: Any) -> None:
    # A copy, or what is mangled next would be mangled for good.
    part_of(envelope, way[:-1])[way[-1]] = _copied(value)


def _copied(part: Any) -> Any:
    """The same once more; nothing where it is nested too deeply for that."""
    try:
        return deepcopy(part)
    except RecursionError:
        return None


def _gone(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    way = random.choice(ways)
    del part_of(envelope, way[:-1])[way[-1]]


def _odd(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    _put(envelope, random.choice(ways), random.choice(ODD))


def _special(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    way = random.choice([way for way in ways if way[-1] in SPECIAL] or ways)
    _put(envelope, way, random.choice(SPECIAL.get(way[-1], ODD)))


def _given(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    """A key of its own kind where it may have been missing."""
    way, key = random.choice(ways), random.choice(list(SPECIAL))
    if isinstance(part_of(envelope, way), dict):
        _put(envelope, (*way, key), random.choice(SPECIAL[key]))


def _renamed(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    way = random.choice(ways)
    holder = part_of(envelope, way[:-1])
    if isinstance(holder, dict):
        name = way[-1]
        new = random.choice((name.upper(), name.lower(), f"{name} ", f"_{name}", f"{name}V2", *NAMES))
        holder[new] = holder.pop(name)


def _doubled(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    way = random.choice(ways)
    holder, part = part_of(envelope, way[:-1]), part_of(envelope, way)
    if isinstance(holder, list):
        holder.extend(_copied(part) for _ in range(random.choice((1, 12))))
    else:
        holder[f"{way[-1]}{random.randrange(3)}"] = _copied(part)


def _named(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    """Something under a name that means something else."""
    way = random.choice(ways)
    if isinstance(part_of(envelope, way), dict):
        _put(envelope, (*way, random.choice(NAMES)), random.choice(ODD))


def _moved(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    """A part of another request."""
    other = json.loads(random.choice(real))
    _put(envelope, random.choice(ways), part_of(other, random.choice(list(ways_of(other)))))


def _buried(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    way = random.choice(ways)
    part = part_of(envelope, way)
    key = random.choice((None, "value", "values", "slotValue"))
    for _ in range(random.choice(_BURIED)):
        part = [part] if key is None else {"type": "List", key: [part] if key == "values" else part}
    part_of(envelope, way[:-1])[way[-1]] = part


def _swollen(random: Random, envelope: Any, ways: list[Way], real: Sequence[str]) -> None:
    text = random.choice((SAID, "\ud800", "\u0301", "1", "my leg ", "{", "<", "a b c d "))
    _put(envelope, random.choice(ways), text * (random.choice((500, 9000, 60_000)) // len(text)))


Mutation = Callable[[Random, Any, list[Way], Sequence[str]], None]

MUTATIONS: tuple[Mutation, ...] = (
    *(_gone, _odd, _odd, _special, _special, _special, _given, _given, _renamed, _doubled, _named, _named),
    *(_moved, _buried, _swollen),
)
"""What may happen to a request; what stands twice happens twice as often."""
