"""Where Alexa sends what people say: a function on Lambda, or a server with a certificate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from skill.packaging.package_error import PackageError

Certificate: TypeAlias = Literal["Trusted", "Wildcard"]
"""Whether a server's certificate is for its own name, or for all names of a domain; either from a trusted authority."""

HTTPS_PORT = 443
"""The only port that Alexa speaks to."""

_FUNCTION = re.compile(r"arn:aws:lambda:[a-z]+(?:-[a-z]+)+-\d:\d{12}:function:[\w-]{1,64}(?::[\w$-]{1,128})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers the skill's requests."""

    uri: str
    """The function's ARN, or the server's address."""
    certificate: Certificate | None = None
    """Of a server."""

    @classmethod
    def of_function(cls, arn: str) -> Endpoint:
        """A function on Lambda, best by an alias of it; raises PackageError for anything but its whole ARN."""
        if not _FUNCTION.fullmatch(arn):
            form = "arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS"
            raise PackageError(f"--lambda-arn {arn!r}: give the whole ARN of the function, as {form}")
        return cls(arn)

    @classmethod
    def of_server(cls, url: str, certificate: Certificate) -> Endpoint:
        """A server; raises PackageError for an address that Alexa does not speak to."""
        return cls(checked_url("--endpoint", url), certificate)

    def to_dict(self) -> dict[str, str]:
        """As the manifest has it."""
        return {"uri": self.uri, **({"sslCertificateType": self.certificate} if self.certificate else {})}


def checked_url(option: str, url: str) -> str:
    """The same address; raises PackageError, naming the option, unless it is public and https."""
    cure = "give a public address that begins with https://"
    try:
        parts = urlsplit(url)
        port = parts.port or HTTPS_PORT
    except ValueError as error:
        raise PackageError(f"{option} {url!r}: {error}; {cure}") from error
    host = parts.hostname or ""
    if parts.scheme != "https" or "." not in host or parts.username is not None or not re.fullmatch(r"[!-~]+", url):
        raise PackageError(f"{option} {url!r}: {cure}")
    if port != HTTPS_PORT:
        raise PackageError(f"{option} {url!r}: port {port} is not reached; {cure}, on port {HTTPS_PORT}")
    return url
