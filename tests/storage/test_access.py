"""How the environment lets DynamoDB be asked: outright, or in a way that boto3 has to find out."""

from __future__ import annotations

import pytest

from skill.storage.access import INTRICATE, Access, EndpointError, access_of
from skill.storage.signing import Credentials

KEYS = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "key"}
ON_LAMBDA = {
    **KEYS,
    "AWS_SESSION_TOKEN": "token",
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
}


def test_as_on_lambda() -> None:
    """What Lambda sets is enough, and Amazon's own server is asked over TLS."""
    lent = Credentials("id", "key", "token")
    assert access_of(ON_LAMBDA) == Access(lent, "eu-west-1", "dynamodb.eu-west-1.amazonaws.com")


def test_keys_set_by_hand() -> None:
    """Keys of one's own have no token, and either variable names the region, first the one that boto3 knows."""
    for region in ({"AWS_REGION": "us-east-1"}, {"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "us-east-1"}):
        access = access_of({**KEYS, **region, "AWS_CA_BUNDLE": "/roots.pem"})
        assert access == Access(
            Credentials("id", "key"), "us-east-1", "dynamodb.us-east-1.amazonaws.com", roots="/roots.pem"
        )


@pytest.mark.parametrize(
    "change",
    [
        *({name: ""} for name in KEYS),
        {"AWS_REGION": "", "AWS_DEFAULT_REGION": ""},
        *({"AWS_DEFAULT_REGION": region} for region in ("cn-north-1", "us-gov-west-1", "us-iso-east-1", "eu-west-1.x")),
        {"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"},
        *({name: "x"} for name in INTRICATE),
    ],
    ids=lambda change: "-".join(f"{name}={value}" for name, value in change.items()),
)
def test_left_to_boto3(change: dict[str, str]) -> None:
    """Without keys or region, from a snapshot, and where anything unusual is asked for, boto3 has to find out."""
    assert access_of({**ON_LAMBDA, **change}) is None


@pytest.mark.parametrize(
    ("url", "host", "is_secure"),
    [
        ("https://dynamodb.example.org", "dynamodb.example.org", True),
        (
            "https://vpce-1.dynamodb.eu-west-1.vpce.amazonaws.com:8443/",
            "vpce-1.dynamodb.eu-west-1.vpce.amazonaws.com:8443",
            True,
        ),
        ("http://localhost:8000", "localhost:8000", False),
        ("http://127.0.0.1:65535/", "127.0.0.1:65535", False),
        ("http://127.1.2.3", "127.1.2.3", False),
        ("http://[::1]:8000", "[::1]:8000", False),
    ],
)
def test_another_server(url: str, host: str, is_secure: bool) -> None:
    """Another server can be named, over TLS or on this machine; the variable of this service comes first."""
    environments = ({"AWS_ENDPOINT_URL": url}, {"AWS_ENDPOINT_URL_DYNAMODB": url, "AWS_ENDPOINT_URL": "ftp://x"})
    for environment in environments:
        access = access_of({**ON_LAMBDA, **environment})
        assert access is not None
        assert (access.host, access.is_secure) == (host, is_secure)


@pytest.mark.parametrize(
    "url",
    [
        "http://dynamodb.example.org",
        "http://10.0.0.1:8000",
        "http://127.0.0.1.example.org",
        "http://127.0.0.1@example.org",
        "http://localhost.example.org",
        "http://127.0.0.1:8000\n",
        "https://somebody:password@example.org",
        "https://example.org/a/path",
        "https://example.org?query",
        "https://example.org:65536",
        "https://",
        "ftp://example.org",
        "example.org",
    ],
)
def test_unsafe_server(url: str) -> None:
    """Nothing is sent in the clear over a network; the error names the variable, and not what may be in the address."""
    with pytest.raises(EndpointError, match=r"^AWS_ENDPOINT_URL must be an address, https://") as caught:
        access_of({**ON_LAMBDA, "AWS_ENDPOINT_URL": url})
    assert "example" not in str(caught.value)
