"""How well the skill knows the count when a set is interrupted, with real voices as the voice of the device.

A device's own voice speaks the answers; its words are as long as the voice says them. A person counts along and
interrupts at random. Printed is by how many counts the skill was behind the truth (below zero: ahead of it).
"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

from skill.routine.plan import Preferences, make_plan
from skill.speech.voices import Voice, VoiceError, find_voice
from tests.conftest import checked
from tests.handlers.asking import CONTENT, Kept, skill_with
from tests.handlers.listener import Listener

VOICES = (("pico", "en-US"), ("pico", "en-GB"), ("espeak", "en-US"))
ROUTINES = ("full", "leg_swings")
TIMES = 12
SOUND = 300
"""The smallest sample that is heard."""


def behind(voice: Voice) -> Counter[int]:
    """How often the skill was behind by how many counts, over many routines with many interruptions."""

    @cache
    def say_ms(words: str) -> float:
        samples = voice.speak(words)
        heard = [index for index, sample in enumerate(samples) if abs(sample) > SOUND]
        return (heard[-1] - heard[0]) * 1000 / voice.rate

    counts: Counter[int] = Counter()
    for seed in range(TIMES):
        for routine in ROUTINES:
            plan = make_plan(CONTENT, routine, Preferences())
            ask = checked(skill_with(Kept({"introduced": True})))
            person = Listener(ask, random.Random(seed), plan, say_ms)
            person.start()
            counts.update(person.behind)
    return counts


def main() -> None:
    """Print a row for each voice that is installed here."""
    print("counts behind the truth when a set that the device's own voice counts is interrupted")
    for name, locale in VOICES:
        try:
            voice = find_voice(name, locale)
        except VoiceError as error:
            print(f"{name} {locale}: {error}")
            continue
        counts = behind(voice)
        voice.close()
        total = counts.total()
        within = sum(times for count, times in counts.items() if 0 <= count <= 2) / total
        row = ", ".join(f"{count}: {times}" for count, times in sorted(counts.items()))
        print(f"{name} {locale}: {within:.1%} of {total} are 0 to 2 ({row})")


if __name__ == "__main__":
    main()
