"""Chains that are kept: fetched once, bounded, for as long as they are valid, and failures not for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Thread
from time import monotonic, sleep

import pytest

from skill.web.certificate_url import FOLDER
from skill.web.chains import FLIGHTS, FRESH, REFUSED, Chains
from skill.web.refusal import VerificationError
from tests.web.authority import NOW, URL, Files, Leaf, good, intermediate, key, leaf, pem, root

SECOND = timedelta(seconds=1)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """What it shows."""
        return self.now


@pytest.fixture
def files() -> Iterator[Files]:
    """What is there to be fetched."""
    made = Files()
    yield made
    made.go.set()


@pytest.fixture
def clock() -> Clock:
    """The time."""
    return Clock()


def chains(files: Files, clock: Clock, deadline_s: float = 20.0) -> Chains:
    """Chains over these files."""
    return Chains([root().certificate], files, clock, deadline_s)


def refused(kept: Chains, address: str = URL) -> str:
    """Why an address is refused."""
    with pytest.raises(VerificationError) as caught:
        kept.get(address)
    return str(caught.value)


def eventually(happens: Callable[[], bool]) -> None:
    """Wait for something that another thread does."""
    end = monotonic() + 10
    while not happens():
        assert monotonic() < end, "it did not happen"
        sleep(0.001)


def renewed() -> bytes:
    """A good chain with another key."""
    middle = intermediate(root())
    return pem(leaf(middle, Leaf(key=key("renewed"))), middle.certificate)


def test_fetched_once(files: Files, clock: Clock) -> None:
    """A chain is the same one for the second request, and each address has its own."""
    other = f"{FOLDER}other.pem"
    files.files[other] = renewed()
    kept = chains(files, clock)
    assert kept.get(URL) is kept.get(URL)
    assert kept.get(other).key == key("renewed").public_key()
    assert kept.get(URL).key == key("leaf").public_key()
    assert files.fetched == [URL, other]


def test_many_first_requests_fetch_once(files: Files, clock: Clock) -> None:
    """Whoever asks while a chain is fetched gets the same one."""
    files.go.clear()
    kept = chains(files, clock)
    with ThreadPoolExecutor(32) as threads:
        asked = [threads.submit(kept.get, URL) for _ in range(32)]
        eventually(lambda: threads._work_queue.empty() and len(files.fetched) == 1)
        sleep(0.05)
        files.go.set()
        assert {id(each.result(20)) for each in asked} == {id(kept.get(URL))}
    assert files.fetched == [URL]


def test_many_first_requests_fail_once(files: Files, clock: Clock) -> None:
    """A failure is told to all who wait, each with an error of its own."""
    files.go.clear()
    address = f"{FOLDER}nothing.pem"
    files.files[address] = b"nothing"
    kept = chains(files, clock)
    with ThreadPoolExecutor(16) as threads:
        asked = [threads.submit(kept.get, address) for _ in range(16)]
        eventually(lambda: threads._work_queue.empty() and len(files.fetched) == 1)
        sleep(0.05)
        files.go.set()
        errors = [each.exception(20) for each in asked]
    assert {type(error) for error in errors} == {VerificationError}
    assert len({id(error) for error in errors}) == 16
    assert files.fetched == [address]


def test_ends_with_its_certificates(files: Files, clock: Clock) -> None:
    """What was good is refused when its time is over, and served anew when it was renewed."""
    kept = chains(files, clock)
    ends = kept.get(URL).ends
    clock.now = ends
    kept.get(URL)
    eventually(lambda: not kept._flights)
    clock.now = ends + SECOND
    assert "validation time" in refused(kept)
    middle = intermediate(root())
    files.files[URL] = pem(leaf(middle, Leaf(ends=ends + 90 * timedelta(days=1))), middle.certificate)
    clock.now += REFUSED
    assert kept.get(URL).ends > clock.now


def test_a_clock_that_goes_back(files: Files, clock: Clock) -> None:
    """A chain is not good before it begins, even though it was good in between."""
    kept = chains(files, clock)
    clock.now = kept.get(URL).begins - SECOND
    refused(kept)
    clock.now = NOW
    assert kept.get(URL)


def test_failures_are_not_kept_for_long(files: Files, clock: Clock) -> None:
    """A failed fetch is not repeated at once, and is repeated a few seconds later."""
    files.files[URL] = VerificationError("the chain was not to be had: status 503")
    kept = chains(files, clock)
    for _ in range(3):
        assert refused(kept) == "the chain was not to be had: status 503"
    files.files[URL] = good()
    clock.now += REFUSED - SECOND
    refused(kept)
    assert len(files.fetched) == 1
    clock.now += SECOND
    assert kept.get(URL)
    assert len(files.fetched) == 2
    assert timedelta(seconds=1) <= REFUSED <= timedelta(seconds=10)


def test_a_clock_that_goes_back_does_not_keep_failures(files: Files, clock: Clock) -> None:
    """A failure that seems to come from the future is over."""
    files.files[URL] = OSError()
    kept = chains(files, clock)
    refused(kept)
    files.files[URL] = good()
    clock.now -= timedelta(days=1)
    assert kept.get(URL)


@pytest.mark.parametrize("error", [OSError("x"), ValueError("x"), KeyError("x"), RecursionError(), MemoryError()])
def test_whatever_fails(error: Exception, files: Files, clock: Clock) -> None:
    """Any failure of a fetch refuses the request by the name of its kind, without its words."""
    files.files[URL] = error
    assert refused(chains(files, clock)) == f"the chain could not be checked: {type(error).__name__}"


def test_a_slow_fetch_does_not_hold_a_request(files: Files, clock: Clock) -> None:
    """A request waits no longer than the deadline; what comes later serves the next one."""
    files.go.clear()
    kept = chains(files, clock, deadline_s=0.05)
    begin = monotonic()
    assert refused(kept) == "the chain did not come in time"
    assert monotonic() - begin < 5
    refused(kept)
    files.go.set()
    eventually(lambda: not kept._flights)
    assert kept.get(URL)
    assert files.fetched == [URL]


def test_a_renewed_chain_is_taken_over(files: Files, clock: Clock) -> None:
    """Amazon may put a new key at the same address; no request waits for it."""
    kept = chains(files, clock)
    first = kept.get(URL)
    files.files[URL] = renewed()
    clock.now += FRESH
    assert kept.get(URL) is first
    assert len(files.fetched) == 1
    clock.now += SECOND
    assert kept.get(URL) is first
    eventually(lambda: kept.get(URL).key == key("renewed").public_key())
    assert len(files.fetched) == 2


def test_a_failed_renewal_costs_nothing(files: Files, clock: Clock) -> None:
    """While it is valid a chain serves, even if Amazon's storage is down for a day, which is not asked all the time."""
    kept = chains(files, clock)
    first = kept.get(URL)
    files.files[URL] = OSError("down")
    clock.now += timedelta(days=1)
    for _ in range(50):
        assert kept.get(URL) is first
        eventually(lambda: not kept._flights)
    assert len(files.fetched) == 2


def test_flood_of_addresses(files: Files, clock: Clock) -> None:
    """A flood of addresses takes a few threads; beyond them it is refused at once, and good chains are served."""
    kept = chains(files, clock, deadline_s=0.01)
    first = kept.get(URL)
    files.go.clear()
    reasons = [refused(kept, f"{FOLDER}{number}.pem") for number in range(50)]
    assert reasons[:FLIGHTS] == ["the chain did not come in time"] * FLIGHTS
    assert set(reasons[FLIGHTS:]) == {"too many chains are being fetched"}
    assert len(files.fetched) == 1 + FLIGHTS
    assert kept.get(URL) is first


def test_no_thread_is_left(files: Files, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system gives no thread the request is refused, and the next one tries anew."""
    kept = chains(files, clock)

    def fail(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(Thread, "start", fail)
        assert "no thread" in refused(kept)
    assert kept.get(URL)
