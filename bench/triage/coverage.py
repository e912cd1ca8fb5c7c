"""How much of the exam's emergencies the interaction model alone catches: `python -m bench.triage.coverage`.

Alexa gives a skill no words, only the intent that its model matched; here a match is strict, sample by sample.
"""

from __future__ import annotations

from collections import Counter

from skill.content import Tier
from skill.handlers.red_flags import REPORT, told
from skill.locales import find, model_path
from skill.speaker.understanding import Understanding
from skill.triage.detector import detect
from tests.utterances.corpus import read

CAUGHT = ("RedFlagIntent", "EmergencyHelpIntent", REPORT)


def main() -> None:
    """Print the shares by intent, for emergencies and for harmless speech."""
    model = Understanding.load(model_path("en-US"), find("en-US").number_words)
    for name, rows in (
        ("emergencies", [row for row in read("exam") if row.tier is Tier.EMERGENCY_NOW]),
        ("harmless", [row for row in read("exam") if row.category is None]),
    ):
        heard = Counter(each.intent for row in rows if (each := model.exactly(row.text)))
        shares = ", ".join(f"{intent} {heard[intent] / len(rows):.1%}" for intent in CAUGHT)
        print(f"{name}: {sum(heard[intent] for intent in CAUGHT) / len(rows):.1%} of {len(rows)} ({shares})")
        answered = sum(_answered_as_emergency(model, row.text) for row in rows) / len(rows)
        print(f"  answered as an emergency, from the slots alone: {answered:.1%}")


def _answered_as_emergency(model: Understanding, text: str) -> bool:
    heard = model.exactly(text)
    if heard is None or heard.intent not in CAUGHT:
        return False
    if heard.intent != REPORT:
        return True
    found = (detect(told(REPORT, slot.name, slot.said), "en-US") for slot in heard.slots.values())
    return any(each is not None and each.tier is Tier.EMERGENCY_NOW for each in found)


if __name__ == "__main__":
    main()
