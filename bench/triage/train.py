"""Train the networks from the utterances: `python -m bench.triage.train [FOLDER]`.

The teacher is tuned in two passes, the second over newer utterances and half of the older ones; then it judges many
texts made from ours, and two students learn from these and from our own labels. Last, they are told the plainest words
and what the interaction model holds. The second, which is seldom asked, knows fewer words. Nothing here reads the exam,
nor the file that thresholds are chosen on.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.triage.augment import augmented
from bench.triage.encoder import TIERS, Stage, Teacher, tier_indexes
from bench.triage.export import export
from bench.triage.samples import model_utterances
from bench.triage.student import KEPT, Lessons, Student
from bench.triage.words import whole_words, word_vectors
from skill.triage.network import WEIGHTS, words_of
from tests.utterances.corpus import Utterance, read

SEED = 1
PLAIN = "j"
"""The file of the plainest words, which need no teacher and are told many times."""
HELD_BACK = "z"
"""The file that thresholds are chosen on."""
FIRST, SECOND = frozenset("abcdefghiwxy"), frozenset("klmnop")
"""Files of the teacher's two passes; the rest is for the student alone."""
MORE = 85_000
"""How many texts the teacher judges."""
SURE, SURE_OF_KIND = 0.94, 0.9
"""Probability of a label; the rest is shared by the others."""


def main(folder: Path) -> None:
    """Train everything and write the weights of both networks."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    rows = [row for row in read("tune") if row.file not in {PLAIN, HELD_BACK}]
    categories = sorted({row.category for row in rows if row.category})
    teacher = Teacher(categories)
    older = [row for row in rows if row.file in FIRST]
    teacher.tune(older, Stage(rate=3e-5, heads=1e-3, warm=0.08, end=0.6))
    newer = [row for row in rows if row.file in SECOND]
    teacher.tune(newer + random.sample(older, len(older) // 2), Stage(rate=3e-5, heads=3e-4, warm=0.03, end=0.0))
    rows = list({row.text: row for row in rows}.values())
    texts = [row.text for row in rows]
    more = augmented(texts, teacher, times=2)[:MORE]
    judged = teacher.judge(more)
    said = {word for text in texts for word in words_of(text)}
    wide = said | {word for text in more for word in words_of(text)} | whole_words(teacher)
    plain = model_utterances() * 2 + [row for row in read("tune") if row.file == PLAIN] * 6
    vocabulary = sorted(wide)
    with torch.no_grad():
        vectors = word_vectors(teacher.eval(), vocabulary)
    for name, words in (("en", wide), ("en.second", said)):
        chosen = [index for index, word in enumerate(vocabulary) if word in words]
        student = Student([vocabulary[index] for index in chosen], vectors[chosen], categories)
        student.learn(lessons(rows, more, judged, categories), epochs=10, rate=3e-3)
        student = student.narrowed(KEPT, random.sample(texts, 3000))
        student.learn(lessons([*plain, *rows], more, judged, categories), epochs=5, rate=1e-3)
        path = folder / f"{name}.bin"
        print(f"{path}: {export(student, random.sample(texts, 3000), path)} bytes")


def lessons(rows: Sequence[Utterance], more: Sequence[str], judged: tuple[Any, Any], categories: list[str]) -> Lessons:
    """Utterances with their labels, nearly certain, and more texts as the teacher judges them."""
    tiers = np.full((len(rows), len(TIERS)), np.log((1 - SURE) / (len(TIERS) - 1)), dtype=np.float32)
    tiers[np.arange(len(rows)), tier_indexes(rows)] = np.log(SURE)
    kinds = np.full((len(rows), len(categories)), np.log((1 - SURE_OF_KIND) / len(categories)), dtype=np.float32)
    for line, row in zip(kinds, rows, strict=True):
        if row.category:
            line[categories.index(row.category)] = np.log(SURE_OF_KIND)
    return Lessons(
        texts=[*(row.text for row in rows), *more],
        tiers=np.concatenate([tiers, judged[0]]),
        kinds=np.concatenate([kinds, judged[1]]),
        labels=tier_indexes(rows),
        weight=1.5,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(WEIGHTS))
