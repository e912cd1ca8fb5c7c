"""More texts for the teacher to judge: ours cut, joined, thinned and with words exchanged for their neighbours."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import torch

from bench.triage.words import WordVectors

JOINTS = ("", "", "and", "but", "anyway", "oh and", "um", "so", "because", "then", "also")
NEIGHBOURS = 8
LONGEST = 70


def augmented(texts: Sequence[str], vectors: WordVectors, times: int) -> list[str]:
    """New texts, so many for each of ours at the most, in random order."""
    near = _neighbours(texts, vectors)
    made = {_changed(text, texts, near) for _ in range(times) for text in texts}
    ordered = sorted(made)
    random.shuffle(ordered)
    return ordered


def _changed(text: str, texts: Sequence[str], near: dict[str, list[str]]) -> str:
    words, choice = text.split(), random.random()
    if choice < 0.3:
        other, joint = random.choice(texts).split(), random.choice(JOINTS).split()
        words = words + joint + other if random.random() < 0.5 else other + joint + words
    elif choice < 0.5 and len(words) > 5:
        length = random.randint(3, len(words) - 1)
        start = random.randint(0, len(words) - length)
        words = words[start : start + length]
    if random.random() < 0.6:
        words = [random.choice(near[word]) if word in near and random.random() < 0.2 else word for word in words]
    if random.random() < 0.4:
        words = [word for word in words if random.random() > 0.1] or words
    return " ".join(words[:LONGEST])


def _neighbours(texts: Sequence[str], vectors: WordVectors) -> dict[str, list[str]]:
    counts = Counter(word for text in texts for word in text.split())
    common = sorted(word for word, times in counts.items() if times > 1)
    table = torch.nn.functional.normalize(torch.stack([vectors.of(word) for word in common]))
    closest = (table @ table.T).topk(NEIGHBOURS + 1).indices[:, 1:].tolist()
    return {word: [common[index] for index in row] for word, row in zip(common, closest, strict=True)}
