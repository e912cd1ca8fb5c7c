"""Small files over HTTPS, from the very place that is named."""

from __future__ import annotations

import ssl
import time
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    UnknownHandler,
)

import certifi

from skill.web.refusal import VerificationError

LARGEST = 64 * 1024
"""Bytes; a chain has a few thousand."""

WAIT_S = 2.0
"""Seconds to connect, and again until the next bytes."""

DEADLINE_S = 4.0
"""Seconds after which no more bytes are waited for."""


class Download:
    """Fetches a file, as the certificates of its server are good by the roots of a PEM file or those of certifi."""

    def __init__(self, roots: str | None = None, wait_s: float = WAIT_S, deadline_s: float = DEADLINE_S) -> None:
        context = ssl.create_default_context(cafile=roots or certifi.where())
        self._opener = OpenerDirector()
        # Among these is none that would follow a redirect, or read anything that comes otherwise than by HTTPS.
        for handler in (HTTPSHandler(context=context), ProxyHandler(), UnknownHandler()):
            self._opener.add_handler(handler)
        for refusing in (HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
            self._opener.add_handler(refusing)
        self._wait_s, self._deadline_s = wait_s, deadline_s

    def __call__(self, url: str) -> bytes:
        """The whole file; raises VerificationError if it does not come."""
        end = time.monotonic() + self._deadline_s
        parts = bytearray()
        try:
            with self._opener.open(url, timeout=self._wait_s) as response:
                while part := response.read1(LARGEST):
                    parts += part
                    if len(parts) > LARGEST or time.monotonic() > end:
                        raise VerificationError("the chain is too large, or comes too slowly")
                if response.length:
                    raise VerificationError("the chain was cut off")
        except HTTPError as error:
            error.close()
            raise VerificationError(f"the chain was not to be had: status {error.code}") from None
        except (OSError, HTTPException) as error:
            cause = error.reason if isinstance(error, URLError) else error
            raise VerificationError(f"the chain was not to be had: {type(cause).__name__}") from None
        return bytes(parts)
