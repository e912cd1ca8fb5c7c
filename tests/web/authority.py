"""Chains of certificates made here, good ones and bad ones, and what is signed by them."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Event

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from skill.web.chain import SIGNER
from skill.web.refusal import VerificationError
from tests.conftest import request

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
"""The time in tests that choose one."""

LATER = NOW + timedelta(days=36500)
"""When those who issue certificates end."""

URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem"
"""Where a chain is."""

Key = RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def key(name: str, bits: int = 2048) -> RSAPrivateKey:
    """The key of a name, made once, as that takes time."""
    return generate_private_key(65537, bits)


@dataclass(frozen=True, slots=True)
class Issuer:
    """One who signs certificates."""

    certificate: x509.Certificate
    """Its own one."""
    key: RSAPrivateKey
    """What it signs with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What a certificate at the end of a chain says."""

    key: Key = field(default_factory=lambda: key("leaf"))
    """Its key."""
    names: tuple[str, ...] = (SIGNER,)
    """The names that it is for."""
    begins: datetime = NOW - timedelta(days=30)
    """When it becomes valid."""
    ends: datetime = NOW + timedelta(days=300)
    """When it ends."""
    usage: str | None = "digital_signature"
    """What its key may do; None says nothing of it."""
    extended: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH
    """What it is for."""


@cache
def root(name: str = "root") -> Issuer:
    """A root, which has signed itself."""
    return _authority(name, None)


def intermediate(issuer: Issuer, ends: datetime = LATER, bits: int = 2048) -> Issuer:
    """An authority that another one has signed."""
    return _authority("intermediate", issuer, ends, bits)


def leaf(issuer: Issuer, made: Leaf | None = None) -> x509.Certificate:
    """A certificate at the end of a chain."""
    made = made or Leaf()
    public = made.key.public_key()
    builder = (
        _builder("leaf", issuer.certificate.subject, public, made.begins, made.ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([made.extended]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
    )
    if made.names:
        names = x509.SubjectAlternativeName([x509.DNSName(name) for name in made.names])
        builder = builder.add_extension(names, critical=False)
    if made.usage:
        builder = builder.add_extension(_usage(made.usage), critical=True)
    return builder.sign(issuer.key, SHA256())


def pem(*certificates: x509.Certificate) -> bytes:
    """The file that has them, in this order."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


class Files:
    """The network's edge: files by their addresses, what was fetched of them, and whether they may come now."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | Exception] = {URL: good()}
        self.fetched: list[str] = []
        self.go = Event()
        self.go.set()

    def __call__(self, url: str) -> bytes:
        """The file, unless it is to fail."""
        self.fetched.append(url)
        assert self.go.wait(20)
        found = self.files.get(url, VerificationError("the chain was not to be had: status 404"))
        if isinstance(found, Exception):
            raise found
        return found


def private_pem(made: RSAPrivateKey) -> bytes:
    """The file that has a key."""
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@cache
def good() -> bytes:
    """A chain that leads to the root."""
    middle = intermediate(root())
    return pem(leaf(middle), middle.certificate)


def launch(skill_id: str) -> bytes:
    """The body of a request of now that opens the skill of an id."""
    envelope = request("LaunchRequest/new_session")
    for holder in (envelope["context"]["System"], envelope["session"]):
        holder["application"]["applicationId"] = skill_id
    envelope["request"]["timestamp"] = NOW.isoformat()
    return json.dumps(envelope).encode()


def headers(body: bytes, url: str = URL, signer: RSAPrivateKey | None = None) -> dict[str, str]:
    """The headers of a body that is signed, by the key of the chains made here unless told otherwise."""
    signature = (signer or key("leaf")).sign(body, PKCS1v15(), SHA256())
    return {"SignatureCertChainUrl": url, "Signature-256": b64encode(signature).decode()}


def _authority(name: str, issuer: Issuer | None, ends: datetime = LATER, bits: int = 2048) -> Issuer:
    own = key(name, bits)
    signed_by = issuer.certificate.subject if issuer else _name(name)
    signer = issuer.key if issuer else own
    certificate = (
        _builder(name, signed_by, own.public_key(), NOW - timedelta(days=3000), ends)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage("key_cert_sign"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, SHA256())
    )
    return Issuer(certificate, own)


def _builder(
    name: str, issuer: x509.Name, public: CertificatePublicKeyTypes, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} of the tests")])


def _usage(allowed: str) -> x509.KeyUsage:
    every = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign "
        "encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: name == allowed for name in every.split()})
