"""Requests are accepted only as Alexa signed them; all others are refused, and nothing breaks."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from skill.web.certificate_url import FOLDER
from skill.web.verification import VerificationError, Verifier, utc_now
from tests.web.authority import NOW, URL, Files, Leaf, headers, intermediate, key, leaf, pem, root
from tests.web.test_certificate_url import GOOD, OFFICIAL_BAD, TRICKY

BODY = '{"request": {"locale": "de-DE", "words": "Füße  ☃"}}'.encode()
"""A body with letters that other encodings write otherwise."""


@pytest.fixture
def files() -> Files:
    """What is there to be fetched."""
    return Files()


@pytest.fixture
def verifier(files: Files) -> Verifier:
    """One that trusts the root made here."""
    return Verifier([root().certificate], files, lambda: NOW)


def refused(verifier: Verifier, given: dict[str, str], body: bytes = BODY) -> str:
    """Why a request is refused."""
    with pytest.raises(VerificationError) as caught:
        verifier.verify(given, body)
    return str(caught.value)


def test_signed(verifier: Verifier, files: Files) -> None:
    """What Alexa signed is accepted, over and over, with one fetch."""
    for body in (BODY, b"", b"\x00\xff", b"x" * 200_000):
        verifier.verify(headers(body), body)
    assert files.fetched == [URL]


def test_case_of_headers(verifier: Verifier) -> None:
    """The names of headers are the same in any case, in a dictionary and in those of a web framework."""
    signed = headers(BODY)
    verifier.verify({name.upper(): value for name, value in signed.items()}, BODY)
    verifier.verify({name.lower(): value for name, value in signed.items()}, BODY)
    verifier.verify(Headers(signed), BODY)
    verifier.verify(EnvironBuilder(method="POST", headers=Headers(signed)).get_request().headers, BODY)


@pytest.mark.parametrize("missing", ["SignatureCertChainUrl", "Signature-256"])
def test_missing_header(missing: str, verifier: Verifier, files: Files) -> None:
    """Without one of the two headers nothing is fetched."""
    signed = headers(BODY)
    del signed[missing]
    assert refused(verifier, signed) == "the request is not signed"
    assert refused(verifier, {})
    assert files.fetched == []


def test_old_signature_header(verifier: Verifier) -> None:
    """The signature of the past, over SHA-1, is none, under its own name or the new one."""
    old = b64encode(key("leaf").sign(BODY, PKCS1v15(), SHA1())).decode()  # noqa: S303  # which is the point
    assert refused(verifier, {"SignatureCertChainUrl": URL, "Signature": old})
    assert refused(verifier, {"SignatureCertChainUrl": URL, "Signature-256": old})


@pytest.mark.parametrize("url", OFFICIAL_BAD + TRICKY)
def test_bad_address(url: str, verifier: Verifier, files: Files) -> None:
    """Nothing is fetched from an address that is not Amazon's."""
    files.files[url] = files.files[URL]
    assert refused(verifier, headers(BODY, url))
    assert files.fetched == []


@pytest.mark.parametrize("url", GOOD)
def test_good_address(url: str, verifier: Verifier, files: Files) -> None:
    """An address in any spelling is fetched in the normalised one, which is also the one that is kept."""
    address = f"{FOLDER}{GOOD[url]}"
    files.files[address] = files.files[URL]
    for spelled in (url, address, url):
        verifier.verify(headers(BODY, spelled), BODY)
    assert files.fetched == [address]


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "!",
        "äöü",
        "a",
        "====",
        "QUJD",
        "QUJD\n",
        " ",
        "\x00",
        "A" * 10_001,
        "-_" * 172,
        b64encode(b"x" * 255).decode(),
        f"{'A' * 341}B==",
        f"{'A' * 342}==\n",
        f"{'A' * 342}==A",
        f"{'A' * 171}\n{'A' * 171}==",
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_no_signature(signature: str, verifier: Verifier, files: Files) -> None:
    """What cannot be a signature is refused before anything is fetched."""
    assert refused(verifier, headers(BODY) | {"Signature-256": signature})
    assert files.fetched == []


def test_altered_signature(verifier: Verifier) -> None:
    """Every bit of a signature counts, as do its length and its sign."""
    signature = b64decode(headers(BODY)["Signature-256"])
    whole = int.from_bytes(signature)
    forged = [(whole ^ 1 << bit).to_bytes(256) for bit in range(0, 2048, 37)]
    forged += [
        signature + b"\x00",
        b"\x00" + signature,
        signature * 2,
        bytes(256),
        b"\xff" * 256,
        b"\x00" * 255 + b"\x01",
    ]
    for each in forged:
        assert "not that of the body" in refused(verifier, headers(BODY) | {"Signature-256": b64encode(each).decode()})


def test_altered_body(verifier: Verifier) -> None:
    """Every byte of the body counts."""
    signed = headers(BODY)
    for position in range(len(BODY)):
        altered = bytearray(BODY)
        altered[position] ^= 1
        refused(verifier, signed, bytes(altered))
    for body in (b"", BODY[:-1], BODY + b"\n", b"\xef\xbb\xbf" + BODY, BODY.replace(b"  ", b" ")):
        refused(verifier, signed, body)
    refused(verifier, signed, json.dumps(json.loads(BODY)).encode())


def test_swapped_key(verifier: Verifier) -> None:
    """A signature by any other key, be it one of the issuers', is none."""
    for name in ("other", "root", "intermediate"):
        assert "not that of the body" in refused(verifier, headers(BODY, signer=key(name)))


def test_own_chain(verifier: Verifier, files: Files) -> None:
    """Who brings a chain that leads to a root of their own is refused, signature or not."""
    stranger = root("stranger")
    own = Leaf(key=key("evil"))
    files.files[URL] = pem(leaf(intermediate(stranger), own), intermediate(stranger).certificate, stranger.certificate)
    assert "chain is not good" in refused(verifier, headers(BODY, signer=key("evil")))


@pytest.mark.parametrize(
    "made",
    [
        Leaf(ends=NOW - timedelta(seconds=1)),
        Leaf(begins=NOW + timedelta(seconds=1)),
        Leaf(names=("example.org",)),
        Leaf(key=key("small", 1024)),
    ],
    ids=["expired", "not yet valid", "wrong name", "1024 bits"],
)
def test_bad_chain(made: Leaf, verifier: Verifier, files: Files) -> None:
    """A right signature by a key whose certificate is not good is refused."""
    middle = intermediate(root())
    files.files[URL] = pem(leaf(middle, made), middle.certificate)
    assert refused(verifier, headers(BODY))


def test_missing_intermediate(verifier: Verifier, files: Files) -> None:
    """A chain with a gap is refused."""
    files.files[URL] = pem(leaf(intermediate(root())))
    assert "chain is not good" in refused(verifier, headers(BODY))


@pytest.mark.parametrize("file", [b"", b"nonsense", OSError("no route"), VerificationError("status 503")])
def test_nothing_fetched(file: bytes | Exception, verifier: Verifier, files: Files) -> None:
    """A chain that does not come, or is none, refuses the request."""
    files.files[URL] = file
    assert refused(verifier, headers(BODY))


def test_ends_while_kept(files: Files) -> None:
    """A chain that was good yesterday is looked at again today."""
    times = [NOW]
    verifier = Verifier([root().certificate], files, lambda: times[-1])
    verifier.verify(headers(BODY), BODY)
    times.append(NOW + timedelta(days=301))
    assert refused(verifier, headers(BODY))


def test_reasons_quote_nothing(verifier: Verifier) -> None:
    """No reason has in it what a stranger sent: it goes to the log."""
    for sent in (
        headers(BODY, "https://xylophone.example/echo.api/a.pem"),
        headers(BODY, f"{FOLDER}xylophone.pem"),
        headers(BODY) | {"Signature-256": "xylophone"},
        headers(BODY) | {"Signature-256": "xylophone" * 100},
    ):
        assert "xylophone" not in refused(verifier, sent, b"xylophone")


def test_threads(verifier: Verifier, files: Files) -> None:
    """Many at once, good and bad, are told apart, and the chain is fetched once."""

    def ask(number: int) -> bool:
        body = f"{number}".encode()
        try:
            verifier.verify(headers(body), body if number % 2 else b"forged")
        except VerificationError:
            return False
        return True

    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(ask, range(200))) == [bool(number % 2) for number in range(200)]
    assert files.fetched == [URL]


@given(st.dictionaries(st.sampled_from(["SignatureCertChainUrl", "Signature-256", "X"]), st.text()), st.binary())
def test_any_request(given: dict[str, str], body: bytes) -> None:
    """Whatever the headers are, the request is refused and nothing else happens."""
    assert refused(Verifier([root().certificate], Files(), lambda: NOW), given, body)


def test_roots_are_needed(files: Files) -> None:
    """A verifier that trusts nobody is a mistake, and is not made to trust those of the default."""
    with pytest.raises(ValueError, match="empty store"):
        Verifier([], files)


def test_by_default() -> None:
    """Without parts of its own it trusts no root made here, goes by the machine's clock, and refuses at once."""
    assert abs(utc_now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert refused(Verifier(), headers(BODY, OFFICIAL_BAD[0]))
