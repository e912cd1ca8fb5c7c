"""Vectors of words: what the pre-trained encoder puts in for them, and what the tuned teacher makes of them alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import torch

from bench.triage.encoder import Teacher

PARTS = 96
"""How many principal directions of each are kept."""
AT_ONCE = 256


def whole_words(teacher: Teacher) -> set[str]:
    """The words that are one piece to the encoder."""
    return {piece for piece in teacher.tokenizer.get_vocab() if re.fullmatch(r"[a-z]{2,}", piece)}


def word_vectors(teacher: Teacher, words: Sequence[str]) -> torch.Tensor:
    """One vector a word, from its pieces and from the teacher's reading of it."""
    plain = _plain(teacher, words)
    made = [teacher.encode(plain[start : start + AT_ONCE]) for start in range(0, len(plain), AT_ONCE)]
    return torch.cat([_principal(piece_vectors(teacher, words)), _principal(torch.cat(made))], 1)


def piece_vectors(teacher: Teacher, words: Sequence[str]) -> torch.Tensor:
    """The mean of what the encoder puts in for the pieces of each word."""
    table = teacher.encoder.embeddings.word_embeddings.weight.detach().float()
    pieces = teacher.tokenizer(_plain(teacher, words), add_special_tokens=False)["input_ids"]
    return torch.stack([table[each or [teacher.tokenizer.unk_token_id]].mean(0) for each in pieces])


def _plain(teacher: Teacher, words: Sequence[str]) -> list[str]:
    return [word.replace("'", "") or teacher.tokenizer.unk_token for word in words]


def _principal(vectors: torch.Tensor) -> torch.Tensor:
    torch.manual_seed(0)
    centred = vectors - vectors.mean(0)
    directions: Any = torch.pca_lowrank(centred, q=PARTS, niter=4)[2]
    kept = centred @ directions
    return kept / kept.std()
