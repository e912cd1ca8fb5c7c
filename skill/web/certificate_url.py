"""Where Amazon keeps the certificates that it signs with."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin

from skill.web.refusal import VerificationError

ORIGIN = "https://s3.amazonaws.com"
"""The one host that certificates are fetched from."""

FOLDER = f"{ORIGIN}/echo.api/"
"""What the address of every chain begins with, once it is normalised."""

# What no address of Amazon's has is refused and not repaired: others in the line may read it differently. There is no
# query either, or strangers could think up as many addresses of one good chain as they like.
_URL = re.compile(r"(?i:https://s3\.amazonaws\.com)(?::443)?(?P<path>/(?!/)[A-Za-z0-9._~/-]{1,200})", re.ASCII)


@lru_cache(64)  # as Amazon's requests all name the same one
def normalised(url: str) -> str:
    """The one way to write the address of a chain, without dot segments; raises VerificationError for any other."""
    match = _URL.fullmatch(url)
    address = urljoin(ORIGIN, match["path"]) if match else ""
    if not address.startswith(FOLDER):
        raise VerificationError("the address of the certificates is not one of Amazon's")
    return address
