"""DynamoDB by the standard library: asked is whom the system trusts, and nobody is told a secret."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from skill.storage.access import Access
from skill.storage.light_client import LightClient
from skill.storage.signing import Credentials
from skill.storage.table_client import TableError
from tests.storage.answering import Server, always, answering, certified
from tests.storage.asking import ANN, KEY, LENT, SECRET, TOKEN, WELL, error_of, to


def test_trusted_server(tmp_path: Path) -> None:
    """A server over TLS whose certificate leads to a trusted root is asked, over one connection."""
    with answering(WELL, keeps_open=True, trust=certified(tmp_path, "localhost")) as server:
        access = Access(LENT, "eu-west-1", f"localhost:{server.server_port}", roots=str(tmp_path / "root.pem"))
        with closing(LightClient(access, 5)) as client:
            for _ in range(3):
                assert client.ask("get_item", KEY) == {"Item": {}}
        assert (server.connections, len(server.bodies)) == (1, 3)


@pytest.mark.parametrize(("name", "is_trusted"), [("localhost", False), ("elsewhere.example", True)])
def test_untrusted_server(name: str, is_trusted: bool, tmp_path: Path) -> None:
    """A server that the system does not trust, or of another name, gets to know nothing."""
    with answering(WELL, trust=certified(tmp_path, name)) as server:
        roots = str(tmp_path / "root.pem") if is_trusted else None
        with closing(
            LightClient(Access(LENT, "eu-west-1", f"localhost:{server.server_port}", roots=roots), 5)
        ) as client:
            assert error_of(client).code == "SSLCertVerificationError"
        assert server.asked == []


def test_roots_that_are_not_there(tmp_path: Path) -> None:
    """Without the file that names whom to trust, nobody is."""
    with pytest.raises(TableError, match=r"^FileNotFoundError$"):
        LightClient(Access(LENT, "eu-west-1", "localhost", roots=str(tmp_path / "none.pem")), 1)


@pytest.mark.parametrize(
    "attempt",
    [
        to,
        lambda server: to(server, Credentials("AKID", SECRET, f"{TOKEN}\nx: y")),
        lambda server: to(server, Credentials("AKID", f"{SECRET}\udcff", TOKEN)),
        lambda server: to(server, Credentials("AKID", SECRET, f"{TOKEN}ü€")),
    ],
)
def test_nothing_is_told(attempt: Callable[[Server], LightClient], caplog: pytest.LogCaptureFixture) -> None:
    """Neither key, token nor what was sent is in errors or logs, even where the key cannot be used."""
    caplog.set_level(logging.DEBUG)
    refusal = json.dumps({"__type": "x#UnrecognizedClientException", "message": f"{TOKEN} {KEY}"}).encode()
    with answering(always(400, refusal)) as server, closing(attempt(server)) as client:
        error = error_of(client)
        told = "".join(traceback.format_exception(error)) + caplog.text + repr(error) + repr(vars(client))
        for secret in (SECRET, TOKEN, ANN):
            assert secret not in told
