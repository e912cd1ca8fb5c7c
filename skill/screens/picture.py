"""A scene as a device draws it: a document, the data it shows, and what is to happen on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from skill.routine import position as places
from skill.screens import SET_OVER
from skill.screens.pages import pages, scale
from skill.screens.scene import Answer, Bath, Held, Leading, Menu, Scene, Urgent
from skill.screens.sets import heading, of_set

if TYPE_CHECKING:
    from skill.content import Content
    from skill.locales import Numbers
    from skill.routine.plan import Plan
    from skill.routine.position import Position
    from skill.screens.library import Library

BATH_MS = 4000
"""How long a drawing moves that has no count."""

FIRST_BEAT_MS = 200
"""From telling a device to speak to the beat of the first word, as an ear hears it: until it begins, and to a vowel."""

DWELL = 80
"""Hundredths of its estimated time that a text takes at least, so that a device that is mute does not hurry on."""

NAMED = 2
"""Publishers in the line below an answer, where so many fit."""

LINE = 46
"""Letters of their names that do."""

COUNTING = ("pause", "next", "stop")
"""Buttons while a set is counted."""

HOLDING = ("go_on", "next", "stop")
"""Buttons while a routine stands still."""

BATHING = ("stop",)
"""Buttons below a foot bath."""

_NUMBER = re.compile(r"\d[\d -]*\d|\d")
_ADDRESS = re.compile(r"\s+https?://\S+")
_UNBROKEN = str.maketrans({" ": "\u00a0", "-": "\u2011"})


@dataclass(frozen=True, slots=True)
class Picture:
    """What is sent to a screen."""

    token: str
    """What it is called."""
    document: Mapping[str, Any]
    """How it looks."""
    datasources: Mapping[str, Any]
    """What it shows."""
    commands: tuple[Mapping[str, Any], ...] = ()
    """What happens on it once the answer has been said."""


class Painter:
    """Makes pictures of scenes in one language and country."""

    def __init__(self, content: Content, library: Library, numbers: Numbers) -> None:
        self._content = content
        self._library = library
        self._words = library.words
        self._numbers = numbers

    def picture(self, scene: Scene) -> Picture:
        """The picture of a scene."""
        match scene:
            case Menu():
                return self._menu(scene)
            case Answer():
                return self._answer(scene)
            case Leading():
                return self._leading(scene)
            case Held():
                return self._routine(
                    scene.plan, scene.place, self._buttons(HOLDING), live=False, start=scene.place.count
                )
            case Urgent():
                return self._urgent(scene)
            case Bath():
                return self._bath(scene)

    def _menu(self, scene: Menu) -> Picture:
        words = self._words
        note = words.note.text.format(emergency=self._numbers.emergency)
        shown = {"title": words.name, "hint": words.hint, "note": note, "buttons": self._buttons(scene.buttons)}
        return self._picture("menu", shown)

    def _answer(self, scene: Answer) -> Picture:
        several, key = _paged(scene.text), scene.drawing
        counting = self._content.exercises.get(key) if key else None
        named = [", ".join(scene.publishers[:number]) for number in range(NAMED + 1)]
        publishers = max((each for each in named if len(each) <= LINE), key=len)
        shown = {
            "title": heading(scene.title) or self._words.name,
            "pages": list(several),
            "page_ms": scene.text_ms // len(several),
            "scale": scale(several),
            "source": self._words.sources.text.format(publishers=publishers) if publishers else "",
            "drawn": key is not None,
            "pace_ms": counting.pace_ms if counting else BATH_MS,
            "buttons": self._buttons(scene.buttons),
        }
        return self._picture("answer", shown, drawing=key)

    def _leading(self, scene: Leading) -> Picture:
        sheet = scene.sheet
        picture = self._routine(
            scene.plan,
            scene.place,
            self._buttons(COUNTING),
            live=True,
            start=sheet.start,
            token=scene.token,
            first_ms=sheet.first_ms,
            opening_ssml=scene.opening,
            counts_ssml=scene.counts,
        )
        return Picture(scene.token, picture.document, picture.datasources, (_lead(scene),))

    def _routine(
        self, plan: Plan, place: Position, buttons: list[dict[str, Any]], *, live: bool, start: int, **more: Any
    ) -> Picture:
        shown = {
            **of_set(self._content, self._library, plan, places.index_of(plan, place)),
            "start": start,
            "live": live,
            "buttons": buttons,
            "token": "",
            "first_ms": 0,
            "opening_ssml": "",
            "counts_ssml": "",
            **more,
        }
        spoken = [(f"{name}_ssml", f"{name}_speech") for name in ("opening", "counts")] if live else []
        return self._picture("routine", shown, drawing=place.exercise, spoken=spoken)

    def _urgent(self, scene: Urgent) -> Picture:
        words = self._words.urgent
        digits = _NUMBER.findall(scene.number or "")
        number = digits[0] if len(digits) == 1 else scene.number or ""
        title = words.call if number else words.today
        shown = {
            "title": title,
            "title_letters": len(title),
            "number": number,
            "number_letters": len(number),
            "text": _unbroken(scene.text),
            "scale": scale((scene.text,)),
        }
        return self._picture("urgent", shown)

    def _bath(self, scene: Bath) -> Picture:
        shown = {
            "title": heading(self._content.remedies[scene.remedy].name),
            "minutes": scene.minutes,
            "care": self._words.bath.care,
            "over": self._content.phrases["timer.announced"][0].text,
            "buttons": self._buttons(BATHING),
        }
        return self._picture("bath", shown, drawing=scene.remedy)

    def _buttons(self, names: tuple[str, ...]) -> list[dict[str, Any]]:
        return _buttons(self._library, names)

    def _picture(
        self,
        name: str,
        shown: Mapping[str, Any],
        *,
        drawing: str | None = None,
        spoken: list[tuple[str, str]] | None = None,
    ) -> Picture:
        data: dict[str, Any] = {"type": "object", "objectId": name, "properties": dict(shown)}
        if spoken:
            data["transformers"] = [
                {"inputPath": text, "outputName": speech, "transformer": "ssmlToSpeech"} for text, speech in spoken
            ]
        return Picture(name, _document(self._library, name, drawing), {name: data})


@lru_cache(maxsize=256)
def _buttons(library: Library, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Buttons as a document has them, the same ones each time."""
    several = [library.words.buttons[name] for name in names]
    return [
        {
            "label": each.label,
            "letters": len(each.label),
            "touch": {"intent": each.intent, "slots": dict(each.slots)},
        }
        for each in several
    ]


@lru_cache(maxsize=64)
def _document(library: Library, name: str, drawing: str | None) -> Mapping[str, Any]:
    """A document, with a drawing where it shows one; the same one each time."""
    document = library.documents[name]
    if drawing is None:
        return document
    return {**document, "graphics": {**document.get("graphics", {}), "drawing": library.drawings[drawing]}}


def _lead(scene: Leading) -> dict[str, Any]:
    """Speak the opening, then the counts with the count moving, and tell when it is over; a word holds all of it.

    While it lasts the screen stays on, and with it the conversation, whose microphone is closed.
    """
    began = f"${{elapsedTime + {FIRST_BEAT_MS}}}"
    count = {"type": "SetValue", "componentId": "root", "property": "began", "value": began}
    return {
        "type": "Sequential",
        "screenLock": True,
        "commands": [
            _speak("title", scene.opening_ms),
            {"type": "Parallel", "commands": [count, _speak("count", scene.sheet.length_ms)]},
            {"type": "SendEvent", "arguments": [SET_OVER, scene.token]},
        ],
        # Also where a device breaks off what is spoken, as it does when it hears its name.
        "finally": [{"type": "SetValue", "componentId": "root", "property": "held", "value": True}],
    }


def _speak(component: str, ms: int) -> dict[str, Any]:
    return {"type": "SpeakItem", "componentId": component, "minimumDwellTime": ms * DWELL // 100}


@lru_cache(maxsize=512)
def _paged(text: str) -> tuple[str, ...]:
    """The pages of an answer, which is given again and again; addresses are on the card."""
    return pages(_unbroken(_ADDRESS.sub("", text)))


def _unbroken(text: str) -> str:
    """The text with no number that could be torn apart at the end of a line."""
    return _NUMBER.sub(lambda number: number[0].translate(_UNBROKEN), text)
