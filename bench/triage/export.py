"""The student as a file of whole numbers, in the form that the skill reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.triage.encoder import TIERS
from bench.triage.student import APART, FILTERS, Student, filled
from skill.triage.deeper import ROOM as DEEPER_ROOM
from skill.triage.lanes import NARROW, WIDE, limit
from skill.triage.network import COARSER, FINEST

FINEST_WORD, FINEST_FILTER, FINEST_MIX = 90, 127, 1000
"""The largest numbers that words, filters and the mixing layer are rounded to."""

ORDER = sorted(range(len(FILTERS)), key=lambda place: -FILTERS[place][1])
"""The widest filters first: their words further on then need no numbers for the others."""

ROOM = limit(NARROW) - 400
"""What the largest answer of a filter may come to, so that no lane overflows, whatever the words."""


def export(student: Student, texts: Sequence[str], path: Path) -> int:
    """Write the network; the size in bytes. The texts show how strong the answers of the second layer become."""
    student.eval()
    with torch.no_grad():
        words = student.vectors(torch.arange(1, len(student.vocabulary) + 2)).numpy()
        banks = [student.banks[place].numpy() for place in ORDER]
        deeper = student.deeper.numpy()
        floors, seen_floors, deeper_floors = (
            each.numpy() for each in (student.floors, student.seen_floors, student.deeper_floors)
        )
        mixing = torch.cat([student.hidden.weight, student.round.weight]).numpy().T
        starts = np.cumsum([0, *(count for count, _ in FILTERS)])
        order = np.concatenate([np.arange(starts[place], starts[place + 1]) for place in ORDER])
        floors, mixing = floors[order], np.concatenate([mixing[order], mixing[len(order) :]])
        hidden_bias = student.hidden.bias.tolist()
        last, last_bias = student.last.weight.tolist(), (student.last.bias + student.round.bias).tolist()
        reached = torch.stack([student.strongest(filled([row]))[1][0] for row in student.placed(texts)]).amax(0).numpy()
    word_unit = float(np.abs(words).max() / FINEST_WORD)
    whole_words = np.round(words / word_unit).astype(np.int8)
    whole_banks, units = zip(*(_whole(bank, whole_words) for bank in banks), strict=True)
    answer_units = word_unit * np.concatenate(units)
    channels = student.second.channels
    # No answer of the second layer leaves its lane, however strong those of the first are.
    assert channels * FINEST_FILTER * limit(NARROW) < DEEPER_ROOM
    end = sum(FILTERS[place][0] for place in ORDER[: ORDER.index(len(FILTERS) - 1) + 1])
    seen_units = answer_units[end - channels : end]
    weights = deeper * seen_units[:, None]
    deeper_units = np.maximum(np.abs(weights).max((0, 1)) / FINEST_FILTER, 1e-12)
    strongest = int(((reached + np.abs(deeper_floors)) / deeper_units).max())
    coarser = max(0, strongest.bit_length() - FINEST.bit_length())
    mixed = mixing * np.concatenate([answer_units * 2**COARSER, deeper_units * 2**coarser])[:, None]
    mix_unit = float(np.abs(mixed).max() / FINEST_MIX)
    whole_mix = np.round(mixed / mix_unit).astype("<i2")
    assert np.abs(whole_mix.astype(np.int64)).sum(0).max() * FINEST < limit(WIDE)
    mix_with = len(hidden_bias) + len(TIERS)
    names = "\n".join(["?", *student.vocabulary]).encode("ascii")
    header = {
        "tiers": TIERS,
        "categories": student.categories,
        "vocabulary": len(names),
        "depth": words.shape[1],
        "filters": [FILTERS[place] for place in ORDER],
        "seen_until": end,
        "channels": channels,
        "deeper": student.second.filters,
        "apart": APART,
        "coarser": coarser,
        "hidden": len(hidden_bias),
        "scale": mix_unit,
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
            *(bank.astype(np.int8).tobytes() for bank in whole_banks),
            _floors(floors / answer_units, "<i2"),
            _floors(seen_floors / seen_units, "<i2"),
            np.round(weights / deeper_units).astype(np.int8).tobytes(),
            _floors(deeper_floors / deeper_units, "<i4"),
            whole_mix[:, :mix_with].tobytes(),
            whole_mix[:, mix_with:].tobytes(),
        )
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(data)


def _whole(bank: Any, words: Any) -> tuple[Any, Any]:
    """A bank of filters in whole numbers and the unit of each filter, with room for the strongest answer to words."""
    units = np.maximum(np.abs(bank).max((0, 1)) / FINEST_FILTER, 1e-9)
    while True:
        whole = np.round(bank / units).astype(np.int32)
        worst = sum(np.abs(words.astype(np.int32) @ part).max(0) for part in whole)
        if (worst <= ROOM).all():
            return whole, units
        units = np.where(worst > ROOM, units * np.maximum(worst / ROOM, 1.002), units)


def _floors(values: Any, kind: str) -> bytes:
    most = limit(NARROW if kind == "<i2" else WIDE) // 2
    return np.clip(np.round(values), -most, most).astype(kind).tobytes()
