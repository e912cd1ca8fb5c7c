"""Amazon's own verifier, which does not import on a current system without help."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from unittest.mock import patch

REQUIREMENT = "ask-sdk-webservice-support==1.3.3"
"""What to install; `flask-ask-sdk` brings it."""

ONE_DIGIT = r"\b(\d\.\d\.\d[a-z]*)\b"
"""How `oscrypto` looks for the version of OpenSSL: in 3.0.10 and newer it finds none, and so it does not import."""

MORE_DIGITS = r"\b(\d+\.\d+\.\d+[a-z]*)\b"
"""How it should, and does where its authors have mended it without a release."""


def verifier() -> Any:
    """The module `ask_sdk_webservice_support.verifier`; ends the program when it is not installed."""
    try:
        with _mended_versions():
            return import_module("ask_sdk_webservice_support.verifier")
    except ModuleNotFoundError as error:
        sys.exit(f"{error}; pip install {REQUIREMENT}")


@contextmanager
def _mended_versions() -> Iterator[None]:
    """While it lasts this one pattern, and no other, is searched for as it was meant."""
    search = re.search

    def mended(pattern: Any, *rest: Any, **options: Any) -> Any:
        return search(MORE_DIGITS if pattern == ONE_DIGIT else pattern, *rest, **options)

    with patch("re.search", mended):
        yield
