"""What a screen shows as the page gets it: with what Amazon's cloud would have done to it on its way to a device."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from skill.speaker.display import Shown
from skill.speaker.plain import spoken

Json: TypeAlias = dict[str, Any]
Say: TypeAlias = Callable[[str], Json | None]
"""Makes the sound of some SSML and tells its `url` and `marks`; None where there is none."""


@dataclass(slots=True)
class Screens:
    """The document of a conversation; the sounds in it are made once for each time that it is sent."""

    _number: int = field(default=0, init=False)
    _told: Json = field(default_factory=dict, init=False)

    def told(self, shown: Shown, say: Say) -> Json:
        """A document with its number, and the sounds that items of it may speak by their addresses."""
        if shown.number != self._number:
            sounds: Json = {}
            sources = {name: _transformed(source, say, sounds) for name, source in shown.datasources.items()}
            self._number, self._told = shown.number, {"datasources": sources, "sounds": sounds}
        return {"number": shown.number, "token": shown.token, "document": shown.document, **self._told}


def _transformed(source: Any, say: Say, sounds: Json) -> Any:
    """A data source with its transformers carried out: words that are to be spoken become a sound, or plain text."""
    transformers = source.get("transformers") if isinstance(source, dict) else None
    properties = source.get("properties") if isinstance(source, dict) else None
    if not isinstance(transformers, list) or not isinstance(properties, dict):
        return source
    made: Json = copy.deepcopy(properties)
    for each in transformers:
        if not isinstance(each, dict):
            continue
        *path, last = str(each.get("inputPath", "")).split(".")
        holder: Any = made
        for key in path:
            holder = holder.get(key) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and isinstance(holder.get(last), str):
            holder[str(each.get("outputName") or last)] = _made(str(each.get("transformer")), holder[last], say, sounds)
    return {**source, "properties": made}


def _made(transformer: str, words: str, say: Say, sounds: Json) -> Any:
    if transformer == "ssmlToText":
        try:
            return spoken(words)
        except ValueError:
            return words
    sound = say(words) if transformer == "ssmlToSpeech" else None
    if sound is None:
        return words
    # Also what no voice says has its moments, and so an address of its own.
    url = sound["url"] or f"silent:{len(sounds)}"
    sounds[url] = sound["marks"]
    return url
