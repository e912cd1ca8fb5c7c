"""Addresses of chains: Amazon's in any spelling that means the same, and none besides."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.web.certificate_url import FOLDER, normalised
from skill.web.refusal import VerificationError
from tests.web.authority import URL

OFFICIAL_BAD = (
    "http://s3.amazonaws.com/echo.api/echo-api-cert.pem",
    "https://notamazon.com/echo.api/echo-api-cert.pem",
    "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem",
    "https://s3.amazonaws.com/invalid.path/echo-api-cert.pem",
    "https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem",
)
"""Those that Amazon names."""

TRICKY = (
    "",
    " ",
    "/echo.api/a.pem",
    "//s3.amazonaws.com/echo.api/a.pem",
    "https:/s3.amazonaws.com/echo.api/a.pem",
    "https:///echo.api/a.pem",
    "ftp://s3.amazonaws.com/echo.api/a.pem",
    "file:///echo.api/a.pem",
    "javascript:https://s3.amazonaws.com/echo.api/a.pem",
    "https://s3.amazonaws.com",
    "https://s3.amazonaws.com/",
    "https://s3.amazonaws.com/echo.api",
    "https://s3.amazonaws.com/echo.apis/a.pem",
    "https://s3.amazonaws.com/evil/echo.api/a.pem",
    "https://s3.amazonaws.com//echo.api/a.pem",
    "https://s3.amazonaws.com//s3.amazonaws.com/echo.api/a.pem",
    "https://s3.amazonaws.com/./echo.apI/a.pem",
    # Another host.
    "https://s3.amazonaws.com.evil.org/echo.api/a.pem",
    "https://evil.s3.amazonaws.com/echo.api/a.pem",
    "https://evils3.amazonaws.com/echo.api/a.pem",
    "https://s3-amazonaws.com/echo.api/a.pem",
    "https://s3xamazonaws.com/echo.api/a.pem",
    "https://s3.amazonaws.com./echo.api/a.pem",
    "https://s3.eu-west-1.amazonaws.com/echo.api/a.pem",
    "https://127.0.0.1/echo.api/a.pem",
    "https://[::1]/echo.api/a.pem",
    # Somebody before the host.
    "https://user@s3.amazonaws.com/echo.api/a.pem",
    "https://user:password@s3.amazonaws.com/echo.api/a.pem",
    "https://s3.amazonaws.com@evil.org/echo.api/a.pem",
    "https://s3.amazonaws.com:443@evil.org/echo.api/a.pem",
    "https://evil.org#@s3.amazonaws.com/echo.api/a.pem",
    "https://evil.org\\@s3.amazonaws.com/echo.api/a.pem",
    # No port that it could be.
    "https://s3.amazonaws.com:/echo.api/a.pem",
    "https://s3.amazonaws.com:abc/echo.api/a.pem",
    "https://s3.amazonaws.com:80/echo.api/a.pem",
    "https://s3.amazonaws.com:4430/echo.api/a.pem",
    "https://s3.amazonaws.com:0443/echo.api/a.pem",
    "https://s3.amazonaws.com:+443/echo.api/a.pem",
    "https://s3.amazonaws.com:-443/echo.api/a.pem",
    "https://s3.amazonaws.com:65979/echo.api/a.pem",
    "https://s3.amazonaws.com:443:443/echo.api/a.pem",
    "https://s3.amazonaws.com:\u0664\u0664\u0663/echo.api/a.pem",
    # A way out of the folder.
    "https://s3.amazonaws.com/echo.api/..",
    "https://s3.amazonaws.com/echo.api/../a.pem",
    "https://s3.amazonaws.com/echo.api/../evil/a.pem",
    "https://s3.amazonaws.com/echo.api/x/../../evil/a.pem",
    "https://s3.amazonaws.com/echo.api/./../evil/a.pem",
    "https://s3.amazonaws.com/echo.api/../echo.api/../evil/a.pem",
    "https://s3.amazonaws.com/echo.api/..//evil.org/echo.api/a.pem",
    "https://s3.amazonaws.com/echo.api/%2e%2e/evil/a.pem",
    "https://s3.amazonaws.com/echo.api/..%2fevil/a.pem",
    "https://s3.amazonaws.com/echo.api/%252e%252e/evil/a.pem",
    "https://s3.amazonaws.com/echo.api/..\\evil\\a.pem",
    "https://s3.amazonaws.com/echo.api/..;/evil/a.pem",
    "https://s3.amazonaws.com/echo%2eapi/a.pem",
    # More than an address.
    "https://s3.amazonaws.com/echo.api/a.pem?b",
    "https://s3.amazonaws.com/echo.api/a.pem?redirect=https://evil.org",
    "https://s3.amazonaws.com/echo.api/a.pem#b",
    "https://s3.amazonaws.com/echo.api/a.pem;b",
    "https://s3.amazonaws.com/echo.api/a.pem, https://s3.amazonaws.com/echo.api/b.pem",
    # Letters that look like others, or turn into them.
    "https://s3.amazonaws.com/echo.api/ä.pem",
    "https://s3.am\u0430zonaws.com/echo.api/a.pem",
    "https://\u017f3.amazonaw\u017f.com/echo.api/a.pem",
    "http\u017f://s3.amazonaws.com/echo.api/a.pem",
    "https://s3.amazonaws.com\uff0fecho.api/a.pem",
    "https://s3\u3002amazonaws\u3002com/echo.api/a.pem",
    "https://s3.amazonaws.com/echo.api/\u202ea.pem",
    # What ends a line or a text.
    "https://s3.amazonaws.com/echo.api/a.pem\n",
    "https://s3.amazonaws.com/echo.api/a.pem\r\nHost: evil.org",
    "https://s3.amazonaws.com\n/echo.api/a.pem",
    "\thttps://s3.amazonaws.com/echo.api/a.pem",
    " https://s3.amazonaws.com/echo.api/a.pem",
    "https://s3.amazonaws.com/echo.api/a.pem ",
    "https://s3.amazonaws.com/echo.api/a\x00.pem",
    f"https://s3.amazonaws.com/echo.api/{'a' * 4000}.pem",
)
"""Those that strangers think of."""

GOOD = {
    "https://s3.amazonaws.com/echo.api/echo-api-cert.pem": "echo-api-cert.pem",
    "https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem": "echo-api-cert.pem",
    "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem": "echo-api-cert.pem",
    "HTTPS://s3.amazonaws.com/echo.api/a.pem": "a.pem",
    "hTTps://S3.AmazonAWS.com:443/echo.api/a.pem": "a.pem",
    "https://s3.amazonaws.com/./echo.api/./a.pem": "a.pem",
    "https://s3.amazonaws.com/../echo.api/a.pem": "a.pem",
    "https://s3.amazonaws.com/x/../echo.api/b/../a.pem": "a.pem",
    "https://s3.amazonaws.com/echo.api/A.pem": "A.pem",
    "https://s3.amazonaws.com/echo.api/b/a.pem": "b/a.pem",
}
"""Good ones, by what each is in the folder."""


@pytest.mark.parametrize("url", OFFICIAL_BAD + TRICKY)
def test_bad(url: str) -> None:
    """What is not Amazon's is refused, and the reason does not repeat it."""
    with pytest.raises(VerificationError) as caught:
        normalised(url)
    assert str(caught.value) == "the address of the certificates is not one of Amazon's"


@pytest.mark.parametrize(("url", "name"), GOOD.items())
def test_good(url: str, name: str) -> None:
    """What means the same is written the same."""
    assert normalised(url) == f"{FOLDER}{name}"
    assert normalised(normalised(url)) == normalised(url)


@given(st.lists(st.sampled_from(["..", ".", "", "echo.api", "evil", "a.pem", "%2e", "\\", "@", ":"]), max_size=8))
def test_every_way_stays_in_the_folder(segments: list[str]) -> None:
    """Whatever the segments are, what is accepted lies in the folder and has no segments left to remove."""
    try:
        address = normalised("https://s3.amazonaws.com/echo.api/" + "/".join(segments))
    except VerificationError:
        return
    assert address.startswith(FOLDER)
    assert not {"..", "."} & set(address.split("/"))


@given(st.text() | st.text("htps:/3.amzonwcie%2@\\?#\n443").map(lambda text: URL + text))
def test_any_text(text: str) -> None:
    """Any text is accepted as an address in the folder, or refused."""
    with suppress(VerificationError):
        assert normalised(text).startswith(FOLDER)
