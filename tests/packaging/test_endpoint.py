"""Where requests may be sent to."""

from __future__ import annotations

import pytest

from skill.packaging.endpoint import Endpoint, checked_url
from skill.packaging.package_error import PackageError

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:steady-legs"


@pytest.mark.parametrize(
    "arn",
    [FUNCTION, f"{FUNCTION}:live", f"{FUNCTION}:12", FUNCTION.replace("us-east-1", "ap-northeast-1")],
)
def test_a_function_is_named_by_its_arn(arn: str) -> None:
    """With or without an alias or a version; it has no certificate."""
    assert Endpoint.of_function(arn).to_dict() == {"uri": arn}


@pytest.mark.parametrize(
    "arn",
    [
        "",
        "steady-legs",
        "function:steady-legs",
        FUNCTION.replace("lambda", "s3"),
        FUNCTION.replace("123456789012", "1234"),
        FUNCTION.replace("us-east-1", ""),
        f"{FUNCTION} ",
        f"{FUNCTION}:live:more",
        f"{FUNCTION}\n",
        "https://example.org/alexa",
    ],
)
def test_anything_else_is_no_function(arn: str) -> None:
    """The short name above all, which Alexa does not know."""
    with pytest.raises(PackageError, match=r"--lambda-arn .*give the whole ARN"):
        Endpoint.of_function(arn)


@pytest.mark.parametrize("url", ["https://skill.example.org/alexa", "https://skill.example.org:443/", "https://a.b"])
def test_a_server_declares_its_certificate(url: str) -> None:
    """Alexa takes no server without."""
    assert Endpoint.of_server(url, "Wildcard").to_dict() == {"uri": url, "sslCertificateType": "Wildcard"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "skill.example.org/alexa",
        "http://skill.example.org/alexa",
        "https://localhost/alexa",
        "https:///alexa",
        "https://user:secret@skill.example.org/alexa",
        "https://skill.example.org/al exa",
        "https://skill.example.org/alexa\n",
        "https://skill.exämple.org/alexa",
        "https://[skill.example.org/alexa",
        "https://skill.example.org:port/alexa",
        "https://skill.example.org:99999/alexa",
        "https://skill.example.org:8443/alexa",
    ],
)
def test_an_address_must_be_public_and_https(url: str) -> None:
    """Also on the port that Alexa speaks to; the option is named."""
    with pytest.raises(PackageError, match=r"--privacy-url .*https://"):
        checked_url("--privacy-url", url)
