"""Chains of certificates: a whole one to a trusted root is good, and each way in which it can be bad is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import Store

from skill.web.chain import LONGEST, SIGNER, Chain, checked, trusted_roots
from skill.web.refusal import VerificationError
from tests.web import authority
from tests.web.authority import NOW, Leaf, good, intermediate, key, leaf, pem, root

DAY = timedelta(days=1)


def roots() -> Store:
    """The one root that is trusted here."""
    return Store([root().certificate])


def chain_of(made: Leaf) -> bytes:
    """A chain that is good but for what its last certificate says."""
    middle = intermediate(root())
    return pem(leaf(middle, made), middle.certificate)


def refused(file: bytes) -> str:
    """Why a chain is refused."""
    with pytest.raises(VerificationError) as caught:
        checked(file, roots(), NOW)
    assert len(str(caught.value)) < 200
    return str(caught.value)


def test_good() -> None:
    """The key is that of the first certificate, and the chain ends when the first of its certificates does."""
    chain = checked(good(), roots(), NOW)
    assert chain.key == key("leaf").public_key()
    assert (chain.begins, chain.ends) == (NOW - timedelta(days=30), NOW + timedelta(days=300))


def test_order_and_strangers_behind_the_first_do_not_matter() -> None:
    """Roots and what leads nowhere may stand in the file, too."""
    top, stranger = root(), root("stranger")
    middle = intermediate(top)
    file = pem(leaf(middle), stranger.certificate, top.certificate, middle.certificate)
    assert checked(b"Bag Attributes\n" + file, roots(), NOW).key == key("leaf").public_key()


def test_an_intermediate_that_ends_first_ends_the_chain() -> None:
    """What is kept must not outlive any certificate that it rests on."""
    middle = intermediate(root(), ends=NOW + DAY)
    chain = checked(pem(leaf(middle), middle.certificate), roots(), NOW)
    assert chain.ends == NOW + DAY
    assert chain.covers(NOW + DAY)
    assert not chain.covers(NOW + DAY + timedelta(seconds=1))
    assert not chain.covers(chain.begins - timedelta(seconds=1))


@pytest.mark.parametrize("made", [Leaf(usage=None), Leaf(names=("other.example", SIGNER)), Leaf(key=key("big", 3072))])
def test_also_good(made: Leaf) -> None:
    """A key whose usage is not told, a certificate with more names than one, and a larger key."""
    assert isinstance(checked(chain_of(made), roots(), NOW), Chain)


BAD: dict[str, Callable[[], Leaf]] = {
    "expired": lambda: Leaf(ends=NOW - timedelta(seconds=1)),
    "not yet valid": lambda: Leaf(begins=NOW + timedelta(seconds=1)),
    "another name": lambda: Leaf(names=("echo-api.amazon.com.example",)),
    "a name below": lambda: Leaf(names=(f"a.{SIGNER}",)),
    "a wildcard": lambda: Leaf(names=("*.amazon.com",)),
    "no name": lambda: Leaf(names=()),
    "1024 bits": lambda: Leaf(key=key("small", 1024)),
    "no RSA key": lambda: Leaf(key=ec.generate_private_key(ec.SECP256R1())),
    "not for signing": lambda: Leaf(usage="key_encipherment"),
    "not for a server": lambda: Leaf(extended=ExtendedKeyUsageOID.CLIENT_AUTH),
}
"""What is wrong with the certificate at the end of a chain."""


@pytest.mark.parametrize("what", BAD)
def test_bad_leaf(what: str) -> None:
    """Each of them is refused, with a reason that says what it was."""
    assert refused(chain_of(BAD[what]()))


def test_reasons_are_for_people() -> None:
    """A reason says what is wrong and quotes no certificate."""
    assert "not valid at validation time" in refused(chain_of(BAD["expired"]()))
    assert "too small" in refused(chain_of(BAD["1024 bits"]()))
    assert "not for signing" in refused(chain_of(BAD["no RSA key"]()))
    assert "Certificate(" not in refused(chain_of(BAD["another name"]()))


def test_missing_intermediate() -> None:
    """A certificate whose issuer is unknown leads to no root."""
    assert refused(pem(leaf(intermediate(root()))))


def test_expired_intermediate() -> None:
    """Each certificate on the way must be valid."""
    middle = intermediate(root(), ends=NOW - DAY)
    assert refused(pem(leaf(middle), middle.certificate))


def test_small_key_of_an_intermediate() -> None:
    """Each key on the way must be large enough."""
    middle = intermediate(root(), bits=1024)
    assert refused(pem(leaf(middle), middle.certificate))


def test_untrusted_root() -> None:
    """A root of the same name but another key is not the one that is trusted, nor is one that comes along."""
    impostor = authority.Issuer(root().certificate, key("impostor"))
    middle = intermediate(impostor)
    assert refused(pem(leaf(middle), middle.certificate))
    stranger = root("stranger")
    assert refused(pem(leaf(stranger), stranger.certificate))
    with pytest.raises(VerificationError):
        checked(good(), Store(trusted_roots()), NOW)


def test_a_leaf_issues_nothing() -> None:
    """One who has a good certificate cannot issue another one with it."""
    middle = intermediate(root())
    own = leaf(middle, Leaf(names=("evil.example",), key=key("evil")))
    forged = leaf(authority.Issuer(own, key("evil")))
    assert refused(pem(forged, own, middle.certificate))


def test_the_first_certificate_counts() -> None:
    """A good chain behind a certificate of one's own does not help."""
    stranger = leaf(root("stranger"), Leaf(key=key("evil")))
    assert refused(pem(stranger) + good())


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"<Error><Code>AccessDenied</Code></Error>",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        authority.private_pem(key("leaf")),
        good()[:-40],
        good().replace(b"A", b"B"),
        b"\xff\xfe" * 1000,
    ],
    ids=["empty", "XML", "short", "no base64", "a key", "cut", "altered", "bytes"],
)
def test_no_chain(file: bytes) -> None:
    """What is no chain of certificates is refused."""
    assert refused(file)


def test_too_long() -> None:
    """A file full of certificates is not worked through."""
    extra = root().certificate
    chain = x509.load_pem_x509_certificates(good())
    assert checked(pem(*chain, *[extra] * (LONGEST - 2)), roots(), NOW)
    assert "too many" in refused(pem(*chain, *[extra] * (LONGEST - 1)))


def test_roots_of_certifi_have_those_of_amazon(recwarn: pytest.WarningsRecorder) -> None:
    """Amazon's own roots are among those that are trusted by default, and nobody is warned of the oldest one."""
    names = " ".join(each.subject.rfc4514_string() for each in trusted_roots())
    for name in ("Amazon Root CA 1", "Amazon Root CA 4", "Starfield Services Root Certificate Authority - G2"):
        assert name in names
    assert not recwarn.list


def test_a_root_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """One broken root does not cost the others, and the rest of the file is read."""
    file = tmp_path / "roots.pem"
    broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    file.write_bytes(broken + pem(root().certificate) + broken)
    assert trusted_roots(file) == [root().certificate]


def test_time_has_a_zone() -> None:
    """The time of another zone is the same time."""
    file = chain_of(Leaf(ends=NOW + timedelta(minutes=30)))
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5)))
    assert checked(file, roots(), elsewhere).ends == NOW + timedelta(minutes=30)
    with pytest.raises(VerificationError):
        checked(file, roots(), elsewhere + timedelta(minutes=31))
