"""More texts for the teacher to judge: ours in other contexts, cut, joined, thinned, misheard and with other words."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from bench.triage.encoder import Teacher
from bench.triage.words import piece_vectors
from skill.content.reading import read

NEIGHBOURS = 8
LONGEST = 70
AT_ONCE = 2000


@dataclass(frozen=True)
class Contexts:
    """What is put around utterances."""

    joints: tuple[str, ...]
    """Words between two."""
    before: tuple[str, ...]
    """Words before one."""
    after: tuple[str, ...]
    """Words after one."""
    misheard: dict[str, str]
    """What a recogniser may print for a word."""


CONTEXTS = read(Path(__file__).with_name("contexts.yaml"), Contexts)


def augmented(texts: Sequence[str], teacher: Teacher, times: int) -> list[str]:
    """New texts, so many for each of ours at the most, in random order."""
    near = _neighbours(texts, teacher)
    made = {_changed(text, texts, near) for _ in range(times) for text in texts}
    ordered = sorted(made - {*texts})
    random.shuffle(ordered)
    return ordered


def _changed(text: str, texts: Sequence[str], near: dict[str, list[str]]) -> str:
    words, choice = text.split(), random.random()
    if choice < 0.22:
        other, joint = random.choice(texts).split(), random.choice(CONTEXTS.joints).split()
        words = words + joint + other if random.random() < 0.5 else other + joint + words
    elif choice < 0.37 and len(words) > 5:
        length = random.randint(3, len(words) - 1)
        start = random.randint(0, len(words) - length)
        words = words[start : start + length]
    elif choice < 0.72:
        if random.random() < 0.65:
            words = random.choice(CONTEXTS.before).split() + words
        if random.random() < 0.5:
            words = words + random.choice(CONTEXTS.after).split()
    if random.random() < 0.5:
        share = random.choice((0.1, 0.25))
        words = [random.choice(near[word]) if word in near and random.random() < share else word for word in words]
    if random.random() < 0.25:
        words = [word for word in words if random.random() > 0.1] or words
    if random.random() < 0.25:
        words = [CONTEXTS.misheard.get(word, word) if random.random() < 0.5 else word for word in words]
    return " ".join(" ".join(words).split()[:LONGEST])


def _neighbours(texts: Sequence[str], teacher: Teacher) -> dict[str, list[str]]:
    counts = Counter(word for text in texts for word in text.split())
    common = sorted(word for word, times in counts.items() if times > 1)
    vectors = piece_vectors(teacher, common)
    table = torch.nn.functional.normalize(vectors - vectors.mean(0))
    near = {}
    for start in range(0, len(common), AT_ONCE):
        closest = (table[start : start + AT_ONCE] @ table.T).topk(NEIGHBOURS + 1).indices[:, 1:].tolist()
        for word, row in zip(common[start : start + AT_ONCE], closest, strict=True):
            near[word] = [common[index] for index in row]
    return near
