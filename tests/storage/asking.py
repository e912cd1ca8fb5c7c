"""What the client without boto3 is asked in tests, and of whom."""

from __future__ import annotations

import pytest

from skill.storage.access import Access
from skill.storage.light_client import LightClient
from skill.storage.signing import Credentials
from skill.storage.table_client import TableError
from tests.storage.answering import Server, always

ANN = "amzn1.ask.account.ANN"
KEY = {"TableName": "legs", "Key": {"user": {"S": ANN}}}
SECRET, TOKEN = "the very secret key", "the very secret token"
LENT = Credentials("AKID", SECRET, TOKEN)
WELL = always(200, b'{"Item": {}}')


def to(server: Server, credentials: Credentials = LENT, wait_s: float = 5) -> LightClient:
    """A client of that server."""
    return LightClient(Access(credentials, "eu-west-1", f"127.0.0.1:{server.server_port}", is_secure=False), wait_s)


def error_of(client: LightClient) -> TableError:
    """How an operation fails."""
    with pytest.raises(TableError) as caught:
        client.ask("get_item", KEY)
    return caught.value
