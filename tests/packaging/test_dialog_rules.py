"""Dialogs of a model name only what is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skill.packaging.dialog_rules import dialogs

Model = dict[str, Any]


def sound() -> Model:
    """A model with a dialog and without a fault."""
    words = [{"type": "PlainText", "value": "Which plant?"}]
    return {
        "languageModel": {"intents": [{"name": "WaterIntent", "slots": [{"name": "plant", "type": "Plant"}]}]},
        "dialog": {
            "intents": [
                {
                    "name": "WaterIntent",
                    "prompts": {"confirmation": "sure"},
                    "slots": [
                        {
                            "name": "plant",
                            "type": "Plant",
                            "prompts": {"elicitation": "which"},
                            "validations": [{"type": "hasEntityResolutionMatch", "prompt": "again"}],
                        }
                    ],
                }
            ]
        },
        "prompts": [{"id": id_, "variations": words} for id_ in ("sure", "which", "again")],
    }


def dialog(model: Model) -> Model:
    """The one dialog of the model."""
    found: Model = model["dialog"]["intents"][0]
    return found


@pytest.mark.parametrize("model", [sound(), {"languageModel": {"intents": []}}], ids=["sound", "without dialogs"])
def test_a_sound_model_breaks_no_rule(model: Model) -> None:
    """A model need not have dialogs."""
    assert list(dialogs(model)) == []


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda m: dialog(m).update(name="DryIntent"), "dialog: DryIntent is no intent"),
        (lambda m: dialog(m)["slots"][0].update(name="tree"), "dialog: WaterIntent has no slot tree of type Plant"),
        (lambda m: dialog(m)["slots"][0].update(type="Tree"), "dialog: WaterIntent has no slot plant of type Tree"),
        (lambda m: dialog(m)["prompts"].update(confirmation="really"), "dialog: prompt really is not defined"),
        (lambda m: dialog(m)["slots"][0]["prompts"].update(elicitation="what"), "dialog: prompt what is not defined"),
        (
            lambda m: dialog(m)["slots"][0]["validations"][0].update(prompt="what"),
            "dialog: prompt what is not defined",
        ),
        (lambda m: m["prompts"].append({"id": "x", "variations": [{}]}), "prompts: x is asked by no dialog"),
        (lambda m: m["prompts"].append(m["prompts"][0]), "prompts: sure is defined 2 times"),
        (lambda m: m["prompts"][0].update(variations=[]), "prompts: sure has no words"),
    ],
)
def test_damage_is_found(damage: Callable[[Model], object], complaint: str) -> None:
    """What dangles is named."""
    model = sound()
    damage(model)
    assert complaint in list(dialogs(model))
