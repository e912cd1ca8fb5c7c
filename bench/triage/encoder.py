"""The teacher: a pre-trained sentence encoder, tuned on our utterances to tell tier and category."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence, Sized
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from bench.triage.pretrained import folder
from skill.content import Tier
from tests.utterances.corpus import Utterance

TIERS = (Tier.SELF_CARE, Tier.SEE_DOCTOR, Tier.SAME_DAY, Tier.EMERGENCY_NOW)
"""Order of the tier scores."""

WIDTH = 768
BATCH = 32
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over utterances."""

    rate: float
    """How fast the encoder learns once it is warm."""
    heads: float
    """How fast the layers on top of it learn."""
    warm: float
    """Share of the steps in which the rate grows from nothing."""
    end: float
    """Share of the rate that is left at the end."""


def tier_indexes(rows: Sequence[Utterance]) -> list[int]:
    """The tier of each utterance as its place in TIERS."""
    return [TIERS.index(row.tier) for row in rows]


class Teacher(nn.Module):
    """Mean of the encoder's word states, then a score for each tier and category."""

    def __init__(self, categories: Sequence[str]) -> None:
        super().__init__()
        self.categories = tuple(categories)
        self.tokenizer = AutoTokenizer.from_pretrained(folder())
        self.encoder = AutoModel.from_pretrained(folder())
        for weights in self.encoder.embeddings.parameters():
            weights.requires_grad = False
        self.tiers = nn.Linear(WIDTH, len(TIERS))
        self.kinds = nn.Linear(WIDTH, len(categories))
        self.dropout = nn.Dropout(0.1)

    def encode(self, texts: Sequence[str]) -> torch.Tensor:
        """One vector a text."""
        tokens = self.tokenizer(texts, return_tensors="pt", padding=True, truncation=True, max_length=LONGEST)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            states = self.encoder(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1).float()
        return (states.float() * mask).sum(1) / mask.sum(1)

    def forward(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of the tiers and of the categories."""
        vectors = self.dropout(self.encode(texts))
        return self.tiers(vectors), self.kinds(vectors)

    def tune(self, rows: Sequence[Utterance], stage: Stage) -> None:
        """Learn from utterances in one pass, printing a line now and then."""
        tiers = torch.tensor(tier_indexes(rows))
        kinds = torch.tensor([self.categories.index(row.category) if row.category else -100 for row in rows])
        body = [weights for weights in self.encoder.parameters() if weights.requires_grad]
        heads = [*self.tiers.parameters(), *self.kinds.parameters()]
        optimizer = torch.optim.AdamW(
            [{"params": body, "lr": stage.rate}, {"params": heads, "lr": stage.heads}], weight_decay=0.01, fused=True
        )
        order = batches([row.text for row in rows], BATCH, noise=20)
        steps = len(order)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer,
            lambda step: min(1.0, step / (stage.warm * steps + 1)) * (1 - (1 - stage.end) * step / steps),
        )
        self.train()
        started = time.monotonic()
        for step, batch in enumerate(order, 1):
            tier_scores, kind_scores = self([rows[index].text for index in batch])
            loss = functional.cross_entropy(tier_scores, tiers[batch], label_smoothing=0.05)
            if (kinds[batch] >= 0).any():
                named = functional.cross_entropy(kind_scores, kinds[batch], ignore_index=-100, label_smoothing=0.05)
                loss = loss + 0.5 * named
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            if step % 100 == 0 or step == steps:
                print(f"teacher: {step} of {steps} steps, {time.monotonic() - started:.0f} s", flush=True)

    def judge(self, texts: Sequence[str]) -> tuple[Any, Any]:
        """Log-probabilities of the tiers and of the categories, a row a text; quantised for speed."""
        quick = torch.ao.quantization.quantize_dynamic(self.eval(), {nn.Linear}, dtype=torch.qint8)
        tiers = np.zeros((len(texts), len(TIERS)), dtype=np.float32)
        kinds = np.zeros((len(texts), len(self.categories)), dtype=np.float32)
        with torch.no_grad():
            for batch in batches(texts, 2 * BATCH, noise=0):
                tier_scores, kind_scores = quick([texts[index] for index in batch])
                tiers[batch] = torch.log_softmax(tier_scores, -1).numpy()
                kinds[batch] = torch.log_softmax(kind_scores, -1).numpy()
        return tiers, kinds


def batches(rows: Sequence[Sized], size: int, noise: int) -> list[list[int]]:
    """Indexes of rows of about the same length, in random order when there is noise."""
    order = sorted(range(len(rows)), key=lambda index: len(rows[index]) + random.random() * noise)
    made = [order[start : start + size] for start in range(0, len(order), size)]
    if noise:
        random.shuffle(made)
    return made
