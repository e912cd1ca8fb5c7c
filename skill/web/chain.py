"""Chains of certificates, from the one that signs requests to a root that is trusted."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import verification

from skill.web.refusal import VerificationError

SIGNER = "echo-api.amazon.com"
"""The name in the certificate that Amazon signs requests with."""

LONGEST = 8
"""Certificates in a chain; Amazon's has four."""

SMALLEST = 2048
"""Bits of a key that is good."""

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chain:
    """What a chain that was found good allows."""

    key: RSAPublicKey
    """The key that signs requests."""
    begins: datetime
    """When the last of its certificates became valid."""
    ends: datetime
    """When the first of its certificates ends."""
    checked: datetime
    """When it was found good."""

    def covers(self, moment: datetime) -> bool:
        """Whether all of its certificates are valid then."""
        return self.begins <= moment <= self.ends


def trusted_roots(file: Path | None = None) -> list[x509.Certificate]:
    """The roots of a PEM file, or those that certifi brings."""
    roots = []
    for pem in _PEM.findall((file or Path(certifi.where())).read_bytes()):
        # A root that breaks a rule must not cost all the others. Amazon's oldest one does, so that it is warned of.
        with warnings.catch_warnings(), suppress(ValueError):
            warnings.simplefilter("ignore")
            roots.append(x509.load_pem_x509_certificate(pem))
    return roots


def checked(pem: bytes, roots: verification.Store, now: datetime) -> Chain:
    """The chain in a PEM file, its first certificate being the signer's; raises VerificationError if it is not good."""
    try:
        leaf, *others = x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise VerificationError("what came is no chain of certificates") from None
    if len(others) >= LONGEST:
        raise VerificationError("the chain has too many certificates")
    policy = verification.PolicyBuilder().store(roots).time(now).max_chain_depth(LONGEST)
    try:
        path = policy.build_server_verifier(x509.DNSName(SIGNER)).verify(leaf, others)
    except verification.VerificationError as error:
        # The rest of the message tells which certificate it was, at length.
        raise VerificationError(f"the chain is not good: {str(error).partition(' (')[0]}") from None
    key = leaf.public_key()
    if not isinstance(key, RSAPublicKey) or not _is_signer(leaf):
        raise VerificationError("the certificate is not for signing requests")
    # The library asks this of those who issue certificates, not of the one at the end.
    if key.key_size < SMALLEST:
        raise VerificationError("the key of the certificate is too small")
    begins = max(each.not_valid_before_utc for each in path)
    ends = min(each.not_valid_after_utc for each in path)
    return Chain(key, begins, ends, now)


def _is_signer(leaf: x509.Certificate) -> bool:
    """Whether it has the signer's very name, for which a wildcard does not stand, and may sign."""
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    if SIGNER not in names.get_values_for_type(x509.DNSName):
        return False
    try:
        return leaf.extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    except x509.ExtensionNotFound:
        return True
