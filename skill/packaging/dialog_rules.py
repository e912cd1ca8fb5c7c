"""What the dialogs of an interaction model must be like: everything that they name is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any


def dialogs(model: Mapping[str, Any]) -> Iterator[str]:
    """Dialogs ask for slots that their intents have, in prompts that are defined, each once, and have words."""
    asked: set[str] = set()
    declared = {
        intent["name"]: {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for intent in model["languageModel"]["intents"]
    }
    for intent in model.get("dialog", {}).get("intents", ()):
        name = intent["name"]
        if name not in declared:
            yield f"dialog: {name} is no intent"
            continue
        asked |= {*intent.get("prompts", {}).values()}
        for slot in intent.get("slots", ()):
            if declared[name].get(slot["name"]) != slot["type"]:
                yield f"dialog: {name} has no slot {slot['name']} of type {slot['type']}"
            asked |= {*slot.get("prompts", {}).values(), *(each["prompt"] for each in slot.get("validations", ()))}
    prompts = model.get("prompts", ())
    defined = Counter(prompt["id"] for prompt in prompts)
    yield from (f"dialog: prompt {id_} is not defined" for id_ in sorted(asked - {*defined}))
    yield from (f"prompts: {id_} is asked by no dialog" for id_ in sorted({*defined} - asked))
    yield from (f"prompts: {id_} is defined {count} times" for id_, count in defined.items() if count > 1)
    yield from (f"prompts: {prompt['id']} has no words" for prompt in prompts if not prompt.get("variations"))
