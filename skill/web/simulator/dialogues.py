"""Our own files of conversations, which the tests play: see tests/conversations/README.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, get_args

import yaml

from skill.speaker.envelopes import Button
from skill.web.simulator.steps import LONGEST_PAUSE_S, USUAL_PAUSE_S, Act, ReplayError, Script, Step

_KINDS = {str: "a text", list: "a list", bool: "true or false"}
_HEAD = {"locale": str, "recordings": bool, "turns": list}
_EXPECTED = {"intent": str, "says": list, "never_says": list, "ends": bool, "playing": bool, "plays": list}
_KEYS = (*get_args(Act), "after", *_EXPECTED)


def write_dialogue(script: Script, title: str) -> str:
    """A conversation as a file, with a title above it."""
    head = {"locale": script.locale} if script.locale != "en-US" else {}
    lines = [f"# {' '.join(title.split())}", *(f"{key}: {value}" for key, value in head.items())]
    if script.recordings:
        lines.append("recordings: true")
    return "\n".join((*lines, "turns:", *(f"  - {_flow(_entry(step))}" for step in script.steps), ""))


def read_dialogue(text: str) -> Script:
    """A file as a conversation; raises ReplayError."""
    raw, lines = _parsed(text)
    if not isinstance(raw, dict) or "turns" not in raw:
        raise ReplayError("a dialogue has turns, such as: turns: [{say: hello}]")
    _check(raw, _HEAD, _HEAD, "")
    steps = tuple(_step(entry, f"line {line}: ") for entry, line in zip(raw["turns"], lines, strict=True))
    return Script(steps, raw.get("locale", "en-US"), raw.get("recordings", False))


def _entry(step: Step) -> dict[str, Any]:
    entry: dict[str, Any] = {step.act: step.what or True}
    if step.after_s != USUAL_PAUSE_S:
        entry["after"] = int(step.after_s) if step.after_s.is_integer() else step.after_s
    return {**entry, **step.expected}


def _flow(entry: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(entry, default_flow_style=True, sort_keys=False, allow_unicode=True, width=float("inf"))
    return text.strip()


def _parsed(text: str) -> tuple[Any, list[int]]:
    """What a file holds, and the lines that its turns begin in; raises ReplayError."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        lines = _lines(node)
        return loader.construct_document(node) if node else None, lines
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, ReplayError):
            raise
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise ReplayError(
            f"{line}this is no YAML, {problem or type(error).__name__}; put odd words in quotes"
        ) from error
    finally:
        loader.dispose()


def _lines(node: Any) -> list[int]:
    """The lines of the turns; raises ReplayError for a key that stands twice, as one of them would be lost."""
    turns: list[Any] = []
    for key, value in _pairs(node):
        if key.value == "turns" and isinstance(value, yaml.SequenceNode):
            turns = value.value
    for turn in turns:
        _pairs(turn)
    return [turn.start_mark.line + 1 for turn in turns]


def _pairs(node: Any) -> list[Any]:
    pairs: list[Any] = node.value if isinstance(node, yaml.MappingNode) else []
    seen: set[str] = set()
    for key, _ in pairs:
        if isinstance(key, yaml.ScalarNode) and key.value in seen:
            raise ReplayError(f"line {key.start_mark.line + 1}: {key.value} stands twice; leave one of them")
        seen.add(str(key.value))
    return pairs


def _check(raw: Mapping[Any, Any], kinds: Mapping[str, type], known: Iterable[str], where: str) -> None:
    """Raise ReplayError for a key that is not known, or that has a value of another kind."""
    if unknown := {str(key) for key in raw} - {*known}:
        raise ReplayError(f"{where}{min(unknown)} means nothing here; there is {', '.join(known)}")
    for key, kind in kinds.items():
        if key in raw and not isinstance(raw[key], kind):
            raise ReplayError(f"{where}{key}: give {_KINDS[kind]}")


def _step(entry: Any, where: str) -> Step:
    if not isinstance(entry, dict):
        raise ReplayError(f"{where}a turn has keys, such as say: hello")
    _check(entry, _EXPECTED, _KEYS, where)
    acts = [act for act in get_args(Act) if act in entry]
    if len(acts) != 1:
        raise ReplayError(f"{where}a turn has one of {', '.join(get_args(Act))}")
    act, what, after = acts[0], entry[acts[0]], entry.get("after", USUAL_PAUSE_S)
    if act == "press" and what not in get_args(Button):
        raise ReplayError(f"{where}press: give one of {', '.join(get_args(Button))}")
    if act == "say" and not (isinstance(what, str) and what.strip()):
        raise ReplayError(f'{where}say: give words, in quotes where YAML takes them for something else, as "yes"')
    if act not in {"say", "press"} and what is not True:
        raise ReplayError(f"{where}{act}: give true")
    if isinstance(after, bool) or not isinstance(after, int | float) or not 0 <= after <= LONGEST_PAUSE_S:
        raise ReplayError(f"{where}after: give seconds from 0 to {LONGEST_PAUSE_S}")
    for key in ("says", "never_says", "plays"):
        if not all(isinstance(piece, str) for piece in entry.get(key, ())):
            raise ReplayError(f"{where}{key}: give texts, in quotes where YAML takes them for something else")
    expected = {key: entry[key] for key in _EXPECTED if key in entry}
    return Step(act, what if isinstance(what, str) else "", float(after), MappingProxyType(expected))
