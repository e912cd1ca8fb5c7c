"""How the environment lets DynamoDB be asked, where it says so outright and boto3 need not find out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from skill.storage.signing import Credentials

ENDPOINTS = ("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL")
"""Variables with an address other than Amazon's own; the first one that is set counts."""

REGIONS = ("AWS_DEFAULT_REGION", "AWS_REGION")
"""Variables with a region, in boto3's order, which knows the first one alone."""

INTRICATE = (
    *("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_CREDENTIAL_EXPIRATION"),
    *("AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
    *("HTTPS_PROXY", "https_proxy"),
)
"""Variables that change what is asked, and how, in ways that only boto3 knows."""

COMMON_REGION = re.compile(r"(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d")
"""Regions whose servers are all called alike; those of China and of governments are not."""

SAFE = re.compile(r"https://([\w.-]+(?::(\d{1,5}))?)/?", re.ASCII)
"""An address to which anything may be sent; in brackets the host with its port, and the port."""

LOCAL = re.compile(r"http://((?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?)/?", re.ASCII)
"""An address of this machine, to which it may be sent in the clear; likewise."""

LAST_PORT = 65535
"""There is none after it."""


class EndpointError(ValueError):
    """What is kept of people would be sent in the clear, or nowhere; the message names the variable and the cure."""


@dataclass(frozen=True, slots=True)
class Access:
    """All that it takes to ask DynamoDB."""

    credentials: Credentials
    """What shows who asks."""
    region: str
    """Amazon's name of the region."""
    host: str
    """The server, with its port where that is not the usual one."""
    is_secure: bool = True
    """Whether it is asked over TLS; else it is this machine."""
    roots: str | None = None
    """The file with the certificates that are trusted; None for those that the system trusts."""


def access_of(environment: Mapping[str, str]) -> Access | None:
    """What the environment says; None where it takes boto3 to find out. Raises EndpointError for an unsafe address.

    Keys and a region must stand in it. From a snapshot the function starts with keys that expire, so that is boto3's.
    """
    credentials = _credentials(environment)
    region = _first(environment, REGIONS)
    if credentials is None or region is None or not COMMON_REGION.fullmatch(region):
        return None
    if _first(environment, INTRICATE) or environment.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
        return None
    host, is_secure = f"dynamodb.{region}.amazonaws.com", True
    for name in ENDPOINTS:
        if url := environment.get(name):
            host, is_secure = _server(name, url)
            break
    return Access(credentials, region, host, is_secure, environment.get("AWS_CA_BUNDLE") or None)


def _credentials(environment: Mapping[str, str]) -> Credentials | None:
    key_id, secret = environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")
    return Credentials(key_id, secret, environment.get("AWS_SESSION_TOKEN") or None) if key_id and secret else None


def _server(name: str, url: str) -> tuple[str, bool]:
    """The host of an address, and whether it is asked over TLS."""
    for pattern in (SAFE, LOCAL):
        found = pattern.fullmatch(url)
        if found and int(found[2] or 0) <= LAST_PORT:
            return found[1], pattern is SAFE
    # An address can have a password in it, so it is not shown.
    raise EndpointError(
        f"{name} must be an address, https://HOST, or that of a server on this machine, http://127.0.0.1:PORT"
    )


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((value for name in names if (value := environment.get(name))), None)
