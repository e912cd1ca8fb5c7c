"""Who is on this very machine."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import Forbidden

from skill.web.logs import begin_line
from skill.web.strangers import is_this_machine, refuse_other_pages, refuse_strangers

APP = Flask("somebody's")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_this_machine(address: str) -> None:
    """Loopback addresses, and the name for them."""
    assert is_this_machine(address)


@pytest.mark.parametrize("address", [None, "", "example.org", "192.168.1.7", "0.0.0.0", "localhost.example.org", "::"])  # noqa: S104
def test_elsewhere(address: str | None) -> None:
    """Everything else is not known to be here."""
    assert not is_this_machine(address)


@pytest.mark.parametrize(("method", "answered"), [("GET", True), ("POST", False)])
def test_origin_of_nobody(method: str, answered: bool) -> None:
    """A frame that belongs to nobody may load what it runs, and do nothing."""
    with APP.test_request_context("/", method=method, headers={"Origin": "null"}, environ_base={"REMOTE_ADDR": "::1"}):
        begin_line(verified=False)
        if answered:
            refuse_strangers()
        else:
            with pytest.raises(Forbidden):
                refuse_strangers()


@pytest.mark.parametrize(
    ("method", "headers", "answered"),
    [
        ("POST", {}, True),
        ("POST", {"Origin": "http://localhost"}, True),
        ("POST", {"Sec-Fetch-Site": "same-origin"}, True),
        ("POST", {"Sec-Fetch-Site": "none"}, False),
        ("GET", {"Sec-Fetch-Site": "none"}, True),
        ("GET", {"Sec-Fetch-Site": "cross-site"}, False),
        ("POST", {"Origin": "http://localhost:81"}, False),
        ("POST", {"Origin": "https://localhost"}, False),
    ],
)
def test_other_pages(method: str, headers: dict[str, str], answered: bool) -> None:
    """What another page asks for is refused, also one at another port; what somebody types is not."""
    with APP.test_request_context("/", method=method, headers=headers):
        begin_line(verified=False)
        if answered:
            refuse_other_pages()
        else:
            with pytest.raises(Forbidden):
                refuse_other_pages()
