"""The student as a file of whole numbers, in the form that the skill reads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from bench.triage.encoder import TIERS
from bench.triage.student import REACH, Student
from bench.triage.words import WordVectors
from skill.triage.lanes import LIMIT

FINEST_WORD, FINEST_FILTER, FINEST_MIX = 90, 127, 32_000
"""The largest numbers that words, filters and the mixing layer are rounded to."""

ROOM = LIMIT - 400
"""What the largest answer of a filter may come to, so that no lane overflows, whatever the words."""


def export(student: Student, vectors: WordVectors, path: Path) -> int:
    """Write the network; the size in bytes. Words that the student never met get the vector of their pieces."""
    student.eval()
    unmet = [word for word in vectors.whole_words() if word not in student.places]
    with torch.no_grad():
        met = student.vectors(torch.arange(1, len(student.vocabulary) + 2))
        strange = student.narrow(torch.stack([vectors.of(word) for word in unmet]) / student.spread)
        words = torch.cat([met, strange]).numpy()
        filters = (student.filters * student.mask).numpy()
        floors = student.floors.numpy()
        mixing = torch.cat([student.hidden.weight, student.round.weight]).numpy().T
        hidden_bias = student.hidden.bias.tolist()
        last, last_bias = student.last.weight.tolist(), (student.last.bias + student.round.bias).tolist()
    word_unit = float(np.abs(words).max() / FINEST_WORD)
    whole_words = np.round(words / word_unit).astype(np.int8)
    units = np.maximum(np.abs(filters).max((0, 1)) / FINEST_FILTER, 1e-9)
    while True:
        whole_filters = np.round(filters / units).astype(np.int32)
        worst = sum(np.abs(whole_words.astype(np.int32) @ whole_filters[offset]).max(0) for offset in range(REACH))
        if (worst <= ROOM).all():
            break
        units = np.where(worst > ROOM, units * np.maximum(worst / ROOM, 1.002), units)
    answer_units = word_unit * units
    mixed = mixing * answer_units[:, None]
    mix_unit = float(np.abs(mixed).max() / FINEST_MIX)
    names = "\n".join(["?", *student.vocabulary, *unmet]).encode("ascii")
    header = {
        "tiers": TIERS,
        "categories": student.categories,
        "vocabulary": len(names),
        "depth": words.shape[1],
        "reach": REACH,
        "filters": filters.shape[2],
        "hidden": len(hidden_bias),
        "hidden_scale": mix_unit,
        "hidden_bias": [round(value, 5) for value in hidden_bias],
        "last": [[round(value, 5) for value in row] for row in last],
        "last_bias": [round(value, 5) for value in last_bias],
    }
    data = b"".join(
        (
            json.dumps(header, separators=(",", ":")).encode("ascii"),
            b"\n",
            names,
            whole_words.tobytes(),
            whole_filters.astype(np.int8).tobytes(),
            np.clip(np.round(floors / answer_units), -FINEST_MIX, FINEST_MIX).astype("<i2").tobytes(),
            np.round(mixed / mix_unit).astype("<i2").tobytes(),
        )
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(data)
