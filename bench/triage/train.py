"""Train the network from the utterances: `python -m bench.triage.train [FILE]`.

The teacher is tuned in two stages, the second a shorter one over everything; then it judges our utterances and many
texts made from them, and the student learns from its judgement. Last, it is
told the plainest words and what the interaction model holds. Nothing here reads the exam.
"""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

import numpy as np
import torch

from bench.triage.augment import augmented
from bench.triage.encoder import TIERS, Teacher, tier_indexes
from bench.triage.export import export
from bench.triage.samples import model_utterances
from bench.triage.student import Student
from bench.triage.words import WordVectors
from skill.triage.network import WEIGHTS, words_of
from tests.utterances.corpus import read

SEED = 3
FIRST_STAGE = frozenset("abdefgh")
"""Files of the teacher's first stage."""
PLAIN = "j"
"""The file of the plainest words, which need no teacher and are told many times."""


def main(path: Path) -> None:
    """Train everything and write the weights."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    rows = [row for row in read("tune") if row.file != PLAIN]
    categories = sorted({row.category for row in rows if row.category})
    teacher = Teacher(categories)
    teacher.tune([row for row in rows if row.file in FIRST_STAGE], epochs=3, rate=5e-5)
    teacher.tune(rows, epochs=2, rate=4e-5)
    vectors = WordVectors()
    texts = [row.text for row in rows]
    more = augmented(texts, vectors, times=4)
    judged = np.concatenate([teacher.judge(texts), teacher.judge(more)])
    vocabulary = sorted({word for text in (*texts, *more) for word in words_of(text)})
    student = Student(vocabulary, vectors, categories)
    student.learn(rows, more, judged, epochs=11, rate=3e-3)
    plain = model_utterances() + [row for row in read("tune") if row.file == PLAIN] * 6
    told = np.full((len(plain), len(TIERS)), math.log(0.01), dtype=np.float32)
    told[np.arange(len(plain)), tier_indexes(plain)] = math.log(0.97)
    student.learn([*plain, *rows], more, np.concatenate([told, judged]), epochs=4, rate=1.5e-3)
    print(f"{path}: {export(student, vectors, path)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else WEIGHTS / "en.bin")
