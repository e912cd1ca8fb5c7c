"""Who is on this very machine, and nobody else: for what is not verified, and for what is only for oneself."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden

from skill.web.logs import note_refusal

FORWARDING = ("forwarded", "x-forwarded", "x-real-ip", "x-original", "via", "cf-", "true-client-ip", "x-client-ip")
"""What the names of headers begin with that tell of somebody behind a proxy."""


def refuse_strangers() -> None:
    """Raise Forbidden for anybody who is or may be elsewhere."""
    # A stranger's page in a browser here says where it comes from, or calls this machine by a name of its own. A frame
    # that belongs to nobody, as our own one does, comes from "null": what it is sent it can run, but never read.
    origins = [each for each in request.headers.getlist("Origin") if (request.method, each) != ("GET", "null")]
    places = [request.remote_addr, _host(f"//{request.host}"), *map(_host, origins)]
    forwarded = any(name.lower().startswith(FORWARDING) for name, _ in request.headers)
    if forwarded or not all(map(is_this_machine, places)):
        note_refusal("not from this machine")
        raise Forbidden("only this machine is answered, and no proxy")


def refuse_other_pages() -> None:
    """Raise Forbidden for what any page but ours has asked for, also one that is served at another port here."""
    origins = request.headers.getlist("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    # An address that somebody typed, or a bookmark, is nobody's page.
    typed = site == "none" and request.method == "GET"
    if origins not in ([], [request.host_url.rstrip("/")]) or not (typed or site == "same-origin"):
        note_refusal("from another page")
        raise Forbidden("only the page of this speaker is answered")


def is_this_machine(address: str | None) -> bool:
    """Whether that is a loopback address, or the name for it."""
    try:
        return address == "localhost" or ip_address(address or "").is_loopback
    except ValueError:
        return False


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
