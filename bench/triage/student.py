"""The student: the network that the skill runs, taught by what the teacher makes of many texts."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from bench.triage.encoder import TIERS, tier_indexes
from bench.triage.words import WordVectors
from skill.triage.network import words_of
from tests.utterances.corpus import Utterance

DEPTH = 32
"""Numbers a word."""
WIDTHS = ((96, 1), (128, 2), (128, 3), (96, 4), (64, 5))
"""How many filters look at how many words."""
REACH = 5
FILTERS = sum(count for count, _ in WIDTHS)
HIDDEN = 64
BATCH = 128
WARMTH = 1.5
"""How far the teacher's certainty is softened."""
TAUGHT = 0.8
"""Weight of the teacher against the labels."""


class Student(nn.Module):
    """Words, filters, the strongest answer of each, a hidden layer and a way round it."""

    def __init__(self, vocabulary: Sequence[str], vectors: WordVectors, categories: Sequence[str]) -> None:
        super().__init__()
        self.vocabulary = tuple(vocabulary)
        self.places = {word: index for index, word in enumerate(vocabulary, start=2)}
        self.categories = tuple(categories)
        known = torch.stack([vectors.of(word) for word in vocabulary])
        self.spread = float(known.std())
        base = torch.cat([torch.zeros(2, known.shape[1]), known / self.spread])
        self.base = nn.Parameter(base, requires_grad=False)
        self.own = nn.Parameter(torch.zeros(len(base), DEPTH))
        self.narrow = nn.Linear(base.shape[1], DEPTH, bias=False)
        self.filters = nn.Parameter(torch.randn(REACH, DEPTH, FILTERS) * 0.15)
        self.floors = nn.Parameter(torch.zeros(FILTERS))
        mask, start = torch.zeros(REACH, 1, FILTERS), 0
        for count, width in WIDTHS:
            mask[:width, :, start : start + count] = 1
            start += count
        self.register_buffer("mask", mask)
        outputs = len(TIERS) + len(categories)
        self.hidden = nn.Linear(FILTERS, HIDDEN)
        self.last = nn.Linear(HIDDEN, outputs)
        self.round = nn.Linear(FILTERS, outputs)
        self.dropout = nn.Dropout(0.3)
        self.word_dropout = nn.Dropout(0.1)

    def vectors(self, places: torch.Tensor) -> torch.Tensor:
        """The vectors of words by their places."""
        return self.narrow(self.base[places]) + self.own[places]

    def forward(self, places: torch.Tensor) -> torch.Tensor:
        """Scores of the tiers and then of the categories; place 0 is no word and place 1 an unknown one."""
        words = self.word_dropout(self.vectors(places) * (places > 0).unsqueeze(-1))
        count = words.shape[1]
        padded = functional.pad(words, (0, 0, REACH - 1, REACH - 1))
        bank = self.filters * self.mask
        answers = sum(padded[:, offset : offset + count + REACH - 1] @ bank[offset] for offset in range(REACH))
        strongest = self.dropout(functional.relu(answers.amax(1).clamp(min=0) + self.floors))
        return self.last(self.dropout(functional.relu(self.hidden(strongest)))) + self.round(strongest)

    def placed(self, texts: Sequence[str], missing: float = 0.0) -> torch.Tensor:
        """Texts as places of their words, a share of them taken as unknown."""
        rows = []
        for text in texts:
            words = words_of(text)[:80] or [""]
            rows.append([1 if random.random() < missing else self.places.get(word, 1) for word in words])
        longest = max(map(len, rows))
        return torch.tensor([row + [0] * (longest - len(row)) for row in rows])

    def learn(self, rows: Sequence[Utterance], more: Sequence[str], judged: Any, epochs: int, rate: float) -> None:
        """Learn from labelled utterances and more texts, all of them judged by the teacher."""
        texts = [*(row.text for row in rows), *more]
        soft = torch.log_softmax(torch.tensor(judged) / WARMTH, -1)
        tiers = torch.tensor(tier_indexes(rows))
        kinds = torch.tensor(
            [self.categories.index(row.category) if row.category else -100 for row in rows] + [-100] * len(more)
        )
        rest = [value for name, value in self.named_parameters() if name not in {"own", "base"}]
        optimizer = torch.optim.AdamW(
            [{"params": [self.own], "weight_decay": 1e-3}, {"params": rest, "weight_decay": 1e-4}], lr=rate
        )
        steps = epochs * (len(texts) // BATCH + 1)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.01, 1 - step / steps))
        for epoch in range(epochs):
            self.train()
            started = time.monotonic()
            order = sorted(range(len(texts)), key=lambda index: len(texts[index]) + random.random() * 40)
            batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
            random.shuffle(batches)
            for batch in batches:
                chosen = torch.tensor(batch)
                scores = self(self.placed([texts[index] for index in batch], missing=0.05))
                told = torch.log_softmax(scores[:, : len(TIERS)] / WARMTH, -1)
                loss = WARMTH**2 * functional.kl_div(told, soft[chosen], log_target=True, reduction="batchmean")
                ours = chosen < len(rows)
                if ours.any():
                    labelled = functional.cross_entropy(scores[ours][:, : len(TIERS)], tiers[chosen[ours]])
                    loss = TAUGHT * loss + (1 - TAUGHT) * labelled
                if (kinds[chosen] >= 0).any():
                    named = functional.cross_entropy(scores[:, len(TIERS) :], kinds[chosen], ignore_index=-100)
                    loss = loss + 0.3 * named
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()
            print(f"student: epoch {epoch + 1} of {epochs}, {time.monotonic() - started:.0f} s", flush=True)
