"""The chains that requests name, kept while they are good and fetched once however many ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import TypeVar

from cryptography.x509 import Certificate
from cryptography.x509.verification import Store

from skill.web.chain import Chain, checked
from skill.web.refusal import VerificationError

Fetch = Callable[[str], bytes]
"""Gives the file at an address, or raises."""

Clock = Callable[[], datetime]
"""The time now, with its zone."""

CHAINS = 16
"""Chains that are kept; Amazon uses one at a time."""

REFUSALS = 256
"""Addresses that are remembered for having no good chain."""

REFUSED = timedelta(seconds=5)
"""How long such an address is not tried again."""

FRESH = timedelta(hours=1)
"""After this a chain is fetched anew while the old one still serves: Amazon may renew it at the same address."""

FLIGHTS = 2
"""Addresses that are fetched at the same time: more than Amazon uses, and too few for a flood to take all threads."""

DEADLINE_S = 3.0
"""Seconds that a request waits for its chain: the person hears an answer within eight."""

Kept = TypeVar("Kept")


class Chains:
    """Good chains by their normalised address; any thread may ask. Without roots making it raises ValueError."""

    def __init__(self, roots: list[Certificate], fetch: Fetch, clock: Clock, deadline_s: float = DEADLINE_S) -> None:
        self._roots, self._fetch, self._clock, self._deadline_s = Store(roots), fetch, clock, deadline_s
        self._lock = Lock()
        # Good ones and refusals are bounded apart: what strangers can think up must not drive out what is in use.
        self._good: OrderedDict[str, Chain] = OrderedDict()
        self._refused: OrderedDict[str, tuple[datetime, str]] = OrderedDict()
        self._flights: dict[str, Future[Chain | str]] = {}

    def get(self, address: str) -> Chain:
        """The chain at an address, valid now; raises VerificationError."""
        now = self._clock()
        with self._lock:
            chain = self._good.get(address)
            if chain and chain.covers(now):
                self._good.move_to_end(address)
                if now - chain.checked > FRESH:
                    self._flight(address, now)
                return chain
            flight = self._flight(address, now)
        try:
            found = flight.result(self._deadline_s)
        except TimeoutError:
            raise VerificationError("the chain did not come in time") from None
        if isinstance(found, str):
            # A new error each time: one that is kept would hold on to the frames of every request that it refused.
            raise VerificationError(found)
        return found

    def _flight(self, address: str, now: datetime) -> Future[Chain | str]:
        """What is or will be found at an address; the lock is held."""
        if address in self._flights:
            return self._flights[address]
        flight: Future[Chain | str] = Future()
        since, reason = self._refused.get(address, (now, ""))
        if reason and since <= now < since + REFUSED:
            flight.set_result(reason)
        elif len(self._flights) >= FLIGHTS:
            flight.set_result("too many chains are being fetched")
        else:
            try:
                # In a thread of its own, as the time-outs of a fetch do not bound the looking up of a name.
                Thread(target=self._load, args=(address, flight), daemon=True).start()
                self._flights[address] = flight
            except RuntimeError:
                flight.set_result("there is no thread left to fetch a chain")
        return flight

    def _load(self, address: str, flight: Future[Chain | str]) -> None:
        found: Chain | str
        try:
            found = checked(self._fetch(address), self._roots, self._clock())
        except VerificationError as error:
            found = str(error)
        except Exception as error:  # whatever it is, those who wait must be told
            found = f"the chain could not be checked: {type(error).__name__}"
        with self._lock:
            del self._flights[address]
            if isinstance(found, str):
                _keep(self._refused, address, (self._clock(), found), REFUSALS)
            else:
                _keep(self._good, address, found, CHAINS)
        flight.set_result(found)


def _keep(entries: OrderedDict[str, Kept], address: str, entry: Kept, most: int) -> None:
    """Keep an entry as the newest, and no more than so many."""
    entries[address] = entry
    entries.move_to_end(address)
    if len(entries) > most:
        entries.popitem(last=False)
