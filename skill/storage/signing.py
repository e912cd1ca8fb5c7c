"""Signatures on what DynamoDB is asked: version 4 of Amazon's scheme, for one JSON document that is posted."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

CONTENT_TYPE = "application/x-amz-json-1.0"
"""What DynamoDB calls its JSON."""

ALGORITHM = "AWS4-HMAC-SHA256"
"""What Amazon calls the scheme."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What shows who asks; as text it shows no secret."""

    key_id: str
    """The name of the key."""
    secret: str = field(repr=False)
    """The key itself, which is never sent."""
    token: str | None = field(default=None, repr=False)
    """What goes with a key that is lent for some time; None with one's own."""


def signed(
    credentials: Credentials, *, region: str, host: str, target: str, body: bytes, moment: float
) -> dict[str, str]:
    """The headers with which a body is posted to a host, for a target such as `DynamoDB_20120810.GetItem`.

    The moment is in seconds since 1970; Amazon takes what is some minutes old, and not what is older.
    """
    import hmac
    from hashlib import sha256

    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(moment))
    # In the order of their names, in which they are signed.
    headers = {"content-type": CONTENT_TYPE, "host": host, "x-amz-date": stamp}
    if credentials.token:
        headers["x-amz-security-token"] = credentials.token
    headers["x-amz-target"] = target
    names = ";".join(headers)
    lines = "".join(f"{name}:{' '.join(value.split())}\n" for name, value in headers.items())
    request = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    scope = f"{stamp[:8]}/{region}/dynamodb/aws4_request"
    text = f"{ALGORITHM}\n{stamp}\n{scope}\n{sha256(request.encode()).hexdigest()}"
    key = f"AWS4{credentials.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    proof = f"Credential={credentials.key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": f"{ALGORITHM} {proof}"}
