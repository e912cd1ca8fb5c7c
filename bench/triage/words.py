"""Vectors of words, from the input layer of the teacher's encoder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from bench.triage.encoder import PRETRAINED

WIDTH = 128


class WordVectors:
    """The principal parts of the encoder's word pieces; a word is the mean of its pieces."""

    def __init__(self) -> None:
        folder = Path(PRETRAINED)
        names = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._pieces = {name: index for index, name in enumerate(names)}
        weights = load_file(str(folder / "model.safetensors"))["embeddings.word_embeddings.weight"].float()
        letters = [index for name, index in self._pieces.items() if re.fullmatch(r"#*[a-z']+", name)]
        torch.manual_seed(0)
        self._mean = weights[letters].mean(0)
        directions: Any = torch.pca_lowrank(weights[letters] - self._mean, q=WIDTH, niter=4)[2]
        self._vectors = (weights - self._mean) @ directions

    def whole_words(self) -> list[str]:
        """The words that are one piece."""
        return [name for name in self._pieces if re.fullmatch(r"[a-z]{2,}", name)]

    def of(self, word: str) -> torch.Tensor:
        """The vector of any word."""
        return self._vectors[self._split(word.replace("'", ""))].mean(0)

    def _split(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self._pieces:
                    found.append(self._pieces[piece])
                    start = end
                    break
            else:
                break
        return found or [self._pieces["[UNK]"]]
