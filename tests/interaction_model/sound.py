"""A small model without a fault, and ways to damage it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from skill.packaging.amazon import REQUIRED

Model = dict[str, Any]
Damage = Callable[[Model], object]

ENDS = "now again today here there once twice slowly gladly quietly at_once this_evening my_friend tomorrow outside"
"""Enough words to make every intent varied."""


def varied(*openings: str) -> list[str]:
    """Each opening with every ending."""
    return [f"{opening} {ending.replace('_', ' ')}" for opening in openings for ending in ENDS.split()]


def value(id_: str, name: str, *synonyms: str) -> Model:
    """A value of a custom type."""
    return {"id": id_, "name": {"value": name, "synonyms": [*synonyms]}}


def sound() -> Model:
    """A small language model without a fault."""
    return {
        "invocationName": "green garden",
        "modelConfiguration": {"fallbackIntentSensitivity": {"level": "MEDIUM"}},
        "intents": [
            *({"name": f"AMAZON.{name}Intent", "samples": []} for name in REQUIRED),
            {
                "name": "WaterIntent",
                "slots": [{"name": "plant", "type": "Plant"}, {"name": "litres", "type": "AMAZON.NUMBER"}],
                "samples": [
                    *varied("water the {plant}"),
                    "give the {plant} {litres} litres",
                    "is it the {plant}'s turn",
                ],
            },
            {
                "name": "NoteIntent",
                "slots": [{"name": "note", "type": "AMAZON.SearchQuery"}],
                "samples": [*varied("write"), "write down {note}"],
            },
            {"name": "WeatherIntent", "slots": [], "samples": varied("will it rain")},
        ],
        "types": [{"name": "Plant", "values": [value("rose", "rose", "roses"), value("oak", "oak", "old oak")]}],
    }


def whole(model: Model) -> Model:
    """The model as a file has it."""
    return {"interactionModel": {"languageModel": model}}


def intent(model: Model, name: str) -> Model:
    """An intent of the model, to be damaged."""
    found: Model = next(each for each in model["intents"] if each["name"] == name)
    return found


def renamed(name: str) -> Damage:
    """Another invocation name."""
    return lambda model: model.update(invocationName=name)


def sample(text: str, name: str = "WeatherIntent") -> Damage:
    """One more sample."""
    return lambda model: intent(model, name)["samples"].append(text)


def slot(name: str, type_: str, of: str = "WeatherIntent", text: str | None = None) -> Damage:
    """One more slot, in a sample of its own."""

    def damage(model: Model) -> None:
        intent(model, of)["slots"].append({"name": name, "type": type_})
        intent(model, of)["samples"].append(text or f"rain on the {{{name}}}")

    return damage


def values(*added: Model) -> Damage:
    """More values of the one type."""
    return lambda model: model["types"][0]["values"].extend(added)


def without(name: str) -> Damage:
    """An intent less."""
    return lambda model: model["intents"].remove(intent(model, name))


def level(name: str) -> Damage:
    """Another fallback sensitivity."""
    return lambda model: model["modelConfiguration"]["fallbackIntentSensitivity"].update(level=name)


def more_intents(count: int) -> Damage:
    """Many more intents."""

    def damage(model: Model) -> None:
        for number in range(count):
            name = "".join(chr(ord("a") + int(digit)) for digit in str(number))
            model["intents"].append({"name": f"{name}Intent", "slots": [], "samples": [f"say {name}"]})

    return damage


def tools(*names: str) -> Damage:
    """Another type, whose slot stands where that of plants does."""

    def damage(model: Model) -> None:
        slot("tool", "Tool", text="water the {tool} now")(model)
        model["types"].append({"name": "Tool", "values": [value("tool", *names)]})

    return damage
