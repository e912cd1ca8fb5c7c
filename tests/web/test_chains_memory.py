"""Strangers can think up as many addresses as they like: what is kept of them stays as small as it was."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable

import pytest

from skill.web.certificate_url import FOLDER
from skill.web.chains import CHAINS, Chains
from skill.web.refusal import VerificationError
from tests.web.authority import NOW, URL, Files, good, root

FIRST, LAST = 300, 2300
"""How many addresses fill what is kept, and how many are asked for in the end."""


@pytest.fixture
def files() -> Files:
    """What is there to be fetched."""
    return Files()


@pytest.fixture
def kept(files: Files) -> Chains:
    """Chains over these files."""
    return Chains([root().certificate], files, lambda: NOW, 20.0)


def refused(kept: Chains, address: str) -> None:
    """Ask for what is not there."""
    with pytest.raises(VerificationError):
        kept.get(address)


def growth(ask: Callable[[int], object]) -> int:
    """Bytes by which the memory grows between the first addresses and the last."""
    tracemalloc.start()
    try:
        for number in range(FIRST):
            ask(number)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for number in range(FIRST, LAST):
            ask(number)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def test_bad_addresses_cost_bounded_memory(kept: Chains, files: Files) -> None:
    """Thousands of addresses without a good chain leave no more behind than some, and drive out no good one."""
    first = kept.get(URL)

    def ask(number: int) -> None:
        refused(kept, f"{FOLDER}{number:0190}")
        files.fetched.clear()

    assert growth(ask) < 20_000
    assert kept.get(URL) is first
    assert files.fetched == []


def test_good_addresses_cost_bounded_memory(kept: Chains, files: Files) -> None:
    """Thousands of addresses with a good chain leave no more behind than some, and those in use stay."""
    first = kept.get(URL)

    def ask(number: int) -> None:
        address = f"{FOLDER}{number}.pem"
        files.files[address] = good()
        kept.get(address)
        del files.files[address]
        assert kept.get(URL) is first
        files.fetched.clear()

    assert growth(ask) < 20_000
    kept.get(f"{FOLDER}{LAST - 1}.pem")
    refused(kept, f"{FOLDER}{LAST - 1 - CHAINS}.pem")
