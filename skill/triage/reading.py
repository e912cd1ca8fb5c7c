"""The phrases of a language, read from `content/<language>/triage.yaml` and checked, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from skill.content import DIRECTORY, ContentError, Tier, read_yaml
from skill.locales import find
from skill.triage.matching import Element, PhraseTree, elements
from skill.triage.phrases import Kind, Label, Phrases, Together
from skill.triage.wording import Spelling


def for_locale(locale: str) -> Phrases:
    """The phrases of a locale's language, loaded once; raises ContentError when their file is wrong."""
    return _load(find(locale).language)


@cache
def _load(language: str) -> Phrases:
    return read(DIRECTORY / language / "triage.yaml")


def read(path: Path) -> Phrases:
    """The phrases in a file; raises ContentError naming the file, the key and what is wrong with it."""
    return _Reader(path).phrases(read_yaml(path))


class _Reader:
    """Turns a parsed file into phrases; every complaint names the file and the key."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._labels: dict[Label, int] = {}
        self._classes: dict[str, Element] = {}

    def phrases(self, data: object) -> Phrases:
        """All of the file."""
        top = self._mapping(data, "the file")
        fillers = frozenset(str(top.get("fillers", "")).split())
        self._tree = PhraseTree(fillers)
        for name, members in self._mapping(top.get("words"), "words").items():
            self._classes[name] = self._members(members, f"words.{name}")
        names = {
            *self._facts(top, "facts", Kind.FACT),
            *self._facts(top, "history", Kind.HISTORY),
            *self._facts(top, "excuses", Kind.EXCUSE),
        }
        categories = self._mapping(top.get("categories"), "categories")
        together = tuple(self._categories(categories, names))
        self._takebacks(top)
        return Phrases(
            spelling=self._spelling(top),
            tree=self._tree,
            labels=tuple(self._labels),
            together=_by_one_fact(together),
            rank={category: place for place, category in enumerate(categories)},
            fillers=fillers,
            borders=self._set(top, "borders"),
            denial_starts=self._set(top, "denials", "own"),
            denial_stops=self._set(top, "denials", "stops"),
            inverted=self._set(top, "questions", "inverted"),
            leads=self._set(top, "questions", "leads"),
            prepositions=self._set(top, "others", "prepositions"),
            compounds=self._set(top, "others", "compounds"),
            people=self._set(top, "others", "people"),
        )

    def _facts(self, top: Mapping[str, Any], key: str, kind: Kind) -> Iterator[str]:
        for name, phrases in self._mapping(top.get(key), key).items():
            self._add(phrases, f"{key}.{name}", Label(kind, name))
            yield name

    def _categories(self, categories: Mapping[str, Any], names: set[str]) -> Iterator[Together]:
        for category, tiers in categories.items():
            for tier_name, entry in self._mapping(tiers, f"categories.{category}").items():
                key = f"categories.{category}.{tier_name}"
                if tier_name not in Tier.__members__:
                    raise self._error(key, f"no such tier; there are {', '.join(Tier)}")
                unknown = self._mapping(entry, key).keys() - {"phrases", "together"}
                if unknown:
                    raise self._error(key, f"unknown {', '.join(sorted(unknown))}; there are phrases and together")
                tier = Tier[tier_name]
                self._add(entry.get("phrases", []), f"{key}.phrases", Label(Kind.SIGN, category, tier))
                for line in self._list(entry.get("together", []), f"{key}.together"):
                    facts = line.split()
                    missing = sorted({fact.removeprefix("-") for fact in facts} - names)
                    if missing:
                        raise self._error(f"{key}.together", f"{', '.join(missing)} in {line!r} is no fact")
                    present = frozenset(fact for fact in facts if not fact.startswith("-"))
                    absent = frozenset(fact.removeprefix("-") for fact in facts if fact.startswith("-"))
                    yield Together(category, tier, present, absent)

    def _takebacks(self, top: Mapping[str, Any]) -> None:
        self._add(top.get("idioms"), "idioms", Label(Kind.IDIOM))
        for key, kinds in {
            "denials": {"words": Kind.DENIAL, "except": Kind.NO_DENIAL, "thoughts": Kind.THOUGHT},
            "questions": {"openers": Kind.QUESTION, "hypothetical": Kind.HYPOTHETICAL, "present": Kind.ASKED_NOW},
            "past": {"markers": Kind.PAST, "present": Kind.PRESENT},
            "others": {"subjects": Kind.SUBJECT, "fiction": Kind.FICTION, "reality": Kind.REALITY},
            "corrections": {"markers": Kind.CORRECTION, "claims": Kind.CLAIM},
        }.items():
            group = self._mapping(top.get(key), key)
            for part, kind in kinds.items():
                self._add(group.get(part), f"{key}.{part}", Label(kind))

    def _add(self, phrases: object, key: str, label: Label) -> None:
        number = self._labels.setdefault(label, len(self._labels))
        for phrase in self._list(phrases, key):
            try:
                for steps in elements(phrase, self._classes):
                    self._tree.add(steps, number)
            except ValueError as error:
                raise self._error(key, f"in {phrase!r}: {error}") from error

    def _members(self, members: object, key: str) -> Element:
        rows = [tuple(member.split()) for member in self._list(members, key)]
        if not all(rows) or any(word != word.lower() for row in rows for word in row):
            raise self._error(key, "every entry must be words in lower case")
        return frozenset(rows)

    def _spelling(self, top: Mapping[str, Any]) -> Spelling:
        group = self._mapping(top.get("spelling"), "spelling")
        parts = {}
        for part in ("whole", "endings", "pairs"):
            entries = self._mapping(group.get(part), f"spelling.{part}")
            if not all(isinstance(instead, str) for instead in entries.values()):
                raise self._error(f"spelling.{part}", "must say what is written instead, as text")
            parts[part] = entries
        pairs = {tuple(pair.split()): instead for pair, instead in parts["pairs"].items()}
        if any(len(pair) != 2 for pair in pairs):
            raise self._error("spelling.pairs", "must have two words as each key")
        return Spelling(
            whole={word: tuple(instead.split()) for word, instead in parts["whole"].items()},
            endings={ending: tuple(instead.split()) for ending, instead in parts["endings"].items()},
            pairs=pairs,
        )

    def _set(self, top: Mapping[str, Any], *keys: str) -> frozenset[str]:
        *groups, last = keys
        for group in groups:
            top = self._mapping(top.get(group), group)
        return frozenset(self._list(top.get(last), ".".join(keys)))

    def _mapping(self, value: object, key: str) -> dict[str, Any]:
        if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
            raise self._error(key, "must be a mapping with names as keys")
        return value

    def _list(self, value: object, key: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._error(key, "must be a list of texts, with words such as no, on and yes in quotes")
        return value

    def _error(self, key: str, reason: str) -> ContentError:
        return ContentError(f"{self._path}: {key}: {reason}")


def _by_one_fact(lines: Iterable[Together]) -> dict[str, tuple[Together, ...]]:
    """The lines by their last fact in the alphabet: a line is looked at only when that fact is there."""
    found: dict[str, tuple[Together, ...]] = {}
    for line in lines:
        key = max(line.present)
        found[key] = (*found.get(key, ()), line)
    return found
