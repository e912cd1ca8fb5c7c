"""Conversations as files, in our own format or in that of Amazon's toolkit for an editor."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from skill.web.simulator.dialogues import read_dialogue
from skill.web.simulator.steps import ReplayError, Script, Step

Format: TypeAlias = Literal["dialogue", "toolkit"]
"""Our own, which holds all, and the toolkit's, which holds what is said."""

LONGEST_FILE = 256 * 1024
"""Characters of a file."""


def read_toolkit(text: str) -> Script:
    """A replay of the toolkit as a conversation; raises ReplayError."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReplayError(f"this is no JSON: {error}; export it anew") from error
    if not isinstance(raw, dict):
        raise ReplayError('a replay is an object with "skillId", "locale" and "userInput"')
    locale, said = raw.get("locale"), raw.get("userInput")
    if not isinstance(locale, str):
        raise ReplayError("locale: give a text, such as en-US")
    if not isinstance(said, list):
        raise ReplayError("userInput: give a list of what is said")
    for number, words in enumerate(said):
        if not (isinstance(words, str) and words.strip()):
            raise ReplayError(f"userInput[{number}]: give the words that are said")
    return Script(tuple(Step("say", words.strip()) for words in said), locale)


def write_toolkit(script: Script, invocation_name: str, skill_id: str) -> str:
    """What is said in a conversation as a replay of the toolkit; raises ReplayError where nothing is."""
    said = [step.what or f"open {invocation_name}" for step in script.steps if step.act in {"say", "launch"}]
    if not said:
        raise ReplayError("nothing was said, and the toolkit's format holds nothing else; say something first")
    return json.dumps({"skillId": skill_id, "locale": script.locale, "userInput": said}, indent=2) + "\n"


_READERS: Mapping[str, Callable[[str], Script]] = MappingProxyType({"dialogue": read_dialogue, "toolkit": read_toolkit})


def read(text: str, form: str) -> Script:
    """A file in one of the formats as a conversation; raises ReplayError."""
    if form not in _READERS:
        raise ReplayError(f"format {form[:20]!r}: give one of {', '.join(_READERS)}")
    if len(text) > LONGEST_FILE:
        raise ReplayError(f"the file has {len(text)} characters and may have {LONGEST_FILE}; replay a part of it")
    return _READERS[form](text)
