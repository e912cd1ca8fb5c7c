"""Signatures: those of Amazon's own library, whatever is signed, and no secret is shown."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import patch

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as TheirCredentials
from hypothesis import given
from hypothesis import strategies as st

from skill.storage.signing import CONTENT_TYPE, Credentials, signed

VISIBLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E))
HOSTS = ("dynamodb.eu-west-1.amazonaws.com", "dynamodb.example.org:8443", "127.0.0.1:8000", "[::1]:8000", "localhost")


@given(
    key_id=VISIBLE,
    secret=st.text(st.characters(exclude_categories=["Cs"])),
    token=st.none() | VISIBLE,
    region=st.sampled_from(("eu-west-1", "us-east-1", "ap-northeast-1")),
    host=st.sampled_from(HOSTS),
    target=VISIBLE,
    body=st.binary(),
    moment=st.floats(0, 253402300799),
)
def test_signed_as_by_amazon(
    *, key_id: str, secret: str, token: str | None, region: str, host: str, target: str, body: bytes, moment: float
) -> None:
    """The headers are those that botocore makes of the same at the same moment."""
    theirs = AWSRequest("POST", f"http://{host}/", {"Content-Type": CONTENT_TYPE, "X-Amz-Target": target}, body)
    with patch("botocore.auth.get_current_datetime", lambda: datetime.fromtimestamp(int(moment), UTC)):
        SigV4Auth(TheirCredentials(key_id, secret, token), "dynamodb", region).add_auth(theirs)
    ours = signed(Credentials(key_id, secret, token), region=region, host=host, target=target, body=body, moment=moment)
    assert ours == {"host": host, **{name.lower(): value for name, value in theirs.headers.items()}}


def test_secrets_are_not_shown() -> None:
    """Credentials as text show which they are, and neither key nor token."""
    shown = f"{Credentials('AKID', 'the secret', 'the token')}"
    assert "AKID" in shown
    assert "secret" not in shown.replace("secret=", "")
    assert "token" not in shown
