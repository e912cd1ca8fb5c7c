"""The student: the network that the skill runs, taught by what the teacher makes of many texts."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bench.triage.encoder import TIERS, batches
from skill.triage.network import PLACES, words_of

DEPTH = 48
"""Numbers a word."""
FILTERS = ((128, 1), (192, 2), (128, 4), (96, 5), (224, 3))
"""How many filters look at how many words."""
REACH = max(width for _, width in FILTERS)
FIRST = sum(count for count, _ in FILTERS)
APART = 3
"""How far apart the places lie that a filter of the second layer looks at."""
HIDDEN = 96
BATCH = 128
LONGEST = 70
WARMTH = 1.5
"""How far the teacher's certainty is softened."""
TAUGHT = 0.8
"""Weight of the teacher against the labels."""


@dataclass(frozen=True)
class Lessons:
    """Texts with what is to be learned of them."""

    texts: Sequence[str]
    """The texts, those with labels first."""
    tiers: Any
    """Log-probabilities of the tiers, a row a text."""
    kinds: Any
    """Log-probabilities of the categories, a row a text."""
    labels: Sequence[int]
    """Tiers of the first texts, as places in TIERS."""
    weight: float
    """How much more a text with a label counts."""


@dataclass(frozen=True)
class Second:
    """The size of the second layer."""

    channels: int
    """How many of the last filters of the first layer it looks at."""
    filters: int
    """How many filters it has."""


LEARNED, KEPT = Second(96, 160), Second(64, 96)
"""What is learned, and what is kept of it, as the second layer costs most of the time."""


class Student(nn.Module):
    """Words, two layers of filters, the strongest answer of each, a hidden layer and a way round it."""

    def __init__(
        self, vocabulary: Sequence[str], vectors: torch.Tensor, categories: Sequence[str], second: Second = LEARNED
    ) -> None:
        super().__init__()
        self.second = second
        self.vocabulary = tuple(vocabulary)
        self.places = {word: index for index, word in enumerate(vocabulary, start=2)}
        self.categories = tuple(categories)
        base = torch.cat([torch.zeros(2, vectors.shape[1]), vectors])
        self.base = nn.Parameter(base, requires_grad=False)
        self.own = nn.Parameter(torch.zeros(len(base), DEPTH))
        self.narrow = nn.Linear(base.shape[1], DEPTH, bias=False)
        self.banks = nn.ParameterList(
            torch.randn(width, DEPTH, count) / math.sqrt(DEPTH * width) for count, width in FILTERS
        )
        self.floors = nn.Parameter(torch.zeros(FIRST))
        self.seen_floors = nn.Parameter(torch.zeros(second.channels))
        scale = math.sqrt(second.channels * PLACES / 2)
        self.deeper = nn.Parameter(torch.randn(PLACES, second.channels, second.filters) / scale)
        self.deeper_floors = nn.Parameter(torch.zeros(second.filters))
        outputs = len(TIERS) + len(categories)
        self.hidden = nn.Linear(FIRST + second.filters, HIDDEN)
        self.last = nn.Linear(HIDDEN, outputs)
        self.round = nn.Linear(FIRST + second.filters, outputs)
        self.dropout = nn.Dropout(0.2)
        self.word_dropout = nn.Dropout(0.05)

    def vectors(self, places: torch.Tensor) -> torch.Tensor:
        """The vectors of words by their places."""
        return self.narrow(self.base[places]) + self.own[places]

    def strongest(self, places: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The strongest answers of both layers, never below zero, before their floors."""
        there = places > 0
        words = self.word_dropout(self.vectors(places) * there.unsqueeze(-1))
        length = words.shape[1] + REACH - 1
        padded = functional.pad(words, (0, 0, REACH - 1, REACH - 1))
        answers = torch.cat(
            [
                sum(padded[:, offset : offset + length] @ bank[offset] for offset in range(len(bank)))
                for bank in self.banks
            ],
            2,
        )
        # Behind the last word of a shorter text of the batch there is nothing to answer to.
        real = (torch.arange(length)[None] < (there.sum(1) + REACH - 1)[:, None]).unsqueeze(-1)
        seen = functional.relu(answers[:, :, -self.second.channels :] + self.seen_floors) * real
        seen = functional.pad(seen, (0, 0, APART, APART))
        further = sum(seen[:, APART * place : APART * place + length] @ self.deeper[place] for place in range(PLACES))
        return _largest(answers, real), _largest(further, real)

    def forward(self, places: torch.Tensor) -> torch.Tensor:
        """Scores of the tiers and then of the categories; place 0 is no word and place 1 an unknown one."""
        first, second = self.strongest(places)
        kept = torch.cat([functional.relu(first + self.floors), functional.relu(second + self.deeper_floors)], 1)
        kept = self.dropout(kept)
        return self.last(self.dropout(functional.relu(self.hidden(kept)))) + self.round(kept)

    def narrowed(self, second: Second, texts: Sequence[str]) -> Student:
        """The same with a smaller second layer: what does most in these texts is kept."""
        self.eval()
        with torch.no_grad():
            found = [self.strongest(filled([row])) for row in self.placed(texts)]
            outward = torch.cat([self.hidden.weight, self.round.weight])
            strength = torch.stack([functional.relu(further[0] + self.deeper_floors) for _, further in found]).std(0)
            filters = (strength * outward[:, FIRST:].norm(dim=0)).topk(second.filters).indices.sort().values
            seen = slice(FIRST - self.second.channels, FIRST)
            first = torch.stack([functional.relu(nearer[0, seen] + self.seen_floors) for nearer, _ in found])
            use = first.mean(0) * self.deeper[:, :, filters].norm(dim=(0, 2))
            order = use.argsort()
            dropped, channels = order[: -second.channels].sort().values, order[-second.channels :].sort().values
            whole = torch.arange(FIRST)
            whole[seen] = whole[seen][torch.cat([dropped, channels])]
            state = self.state_dict()
            bank = f"banks.{len(FILTERS) - 1}"
            state[bank] = state[bank][:, :, whole[FIRST - FILTERS[-1][0] :] - (FIRST - FILTERS[-1][0])]
            state["floors"] = state["floors"][whole]
            state["seen_floors"] = state["seen_floors"][channels]
            state["deeper"] = state["deeper"][:, channels][:, :, filters]
            state["deeper_floors"] = state["deeper_floors"][filters]
            for name in ("hidden.weight", "round.weight"):
                state[name] = state[name][:, torch.cat([whole, FIRST + filters])]
        smaller = Student(self.vocabulary, self.base[2:], self.categories, second)
        smaller.load_state_dict(state)
        return smaller

    def placed(self, texts: Sequence[str]) -> list[list[int]]:
        """The places of the words of each text."""
        return [[self.places.get(word, 1) for word in words_of(text)[:LONGEST] or [""]] for text in texts]

    def learn(self, lessons: Lessons, epochs: int, rate: float) -> None:
        """Learn from texts, printing a line an epoch."""
        soft = torch.log_softmax(torch.tensor(lessons.tiers) / WARMTH, -1)
        kinds = torch.tensor(lessons.kinds)
        labels = torch.tensor([*lessons.labels, *[-1] * (len(lessons.texts) - len(lessons.labels))])
        placed = self.placed(lessons.texts)
        rest = [value for name, value in self.named_parameters() if name not in {"own", "base"}]
        optimizer = torch.optim.AdamW(
            [{"params": [self.own], "weight_decay": 1e-3}, {"params": rest, "weight_decay": 1e-4}], lr=rate, fused=True
        )
        steps = epochs * math.ceil(len(placed) / BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / 300) * max(0.01, 1 - step / steps)
        )
        for epoch in range(epochs):
            self.train()
            started = time.monotonic()
            for batch in batches(placed, BATCH, noise=6):
                places = filled([placed[index] for index in batch])
                unknown = (torch.rand(places.shape) < 0.03) & (places > 0)
                scores = self(torch.where(unknown, torch.ones_like(places), places))
                told = torch.log_softmax(scores[:, : len(TIERS)] / WARMTH, -1)
                loss = WARMTH**2 * functional.kl_div(told, soft[batch], log_target=True, reduction="none").sum(1)
                named = torch.log_softmax(scores[:, len(TIERS) :], -1)
                apart = functional.kl_div(named, kinds[batch], log_target=True, reduction="none").sum(1)
                label = labels[batch]
                ours = label >= 0
                certain = functional.cross_entropy(scores[:, : len(TIERS)], label.clamp(min=0), reduction="none")
                loss = torch.where(ours, TAUGHT * loss + (1 - TAUGHT) * certain, loss)
                loss = loss + 0.15 * (1 - soft[batch][:, 0].exp()) * apart
                loss = (loss * torch.where(ours, lessons.weight, 1.0)).mean()
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()
            print(f"student: epoch {epoch + 1} of {epochs}, {time.monotonic() - started:.0f} s", flush=True)


def filled(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Rows of places as one table, with no word behind the shorter ones."""
    table = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return torch.from_numpy(table)


def _largest(answers: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    return answers.masked_fill(~real, 0).amax(1).clamp(min=0)
