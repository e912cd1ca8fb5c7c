"""Behind nginx, by the file that the README shows: TLS outside, our server inside, the client known by its address."""

from __future__ import annotations

import http.client
import json
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import request
from tests.web import authority
from tests.web.authority import NOW, Leaf, good, key, leaf, pem, private_pem, root
from tests.web.serving import Served, free_port, served, until_listening

SITE = Path(__file__).resolve().parents[2] / "docs" / "nginx.conf"
DOMAIN = "skill.example.org"

SERVE = """
import sys
from pathlib import Path
from unittest.mock import patch
from cryptography.x509 import load_pem_x509_certificates
from skill import cli
from skill.web import app, verification
from tests.web.authority import NOW
folder, port = Path(sys.argv[1]), sys.argv[2]
roots = load_pem_x509_certificates((folder / "root.pem").read_bytes())
chain = (folder / "chain.pem").read_bytes()
verifier = verification.Verifier(roots, lambda _: chain, lambda: NOW)
made = app.create_app
with patch.object(app, "create_app", lambda *a, **b: made(*a, **b, verifier=verifier, clock=lambda: NOW)):
    sys.exit(cli.main(["serve", "--proxy", "--port", port]))
"""
"""The command as it is, but for Amazon's roots, its files and the time."""

NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
"""What stands around the file."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Our server behind nginx."""

    port: int
    """Where nginx answers."""
    roots: Path
    """What its certificate is checked by."""
    inside: Served
    """Our server."""

    def ask(self, method: str, path: str, body: bytes = b"", **options: Any) -> http.client.HTTPResponse:
        """The response over TLS to a client at 127.0.0.2, read whole."""
        context = ssl.create_default_context(cafile=str(self.roots))
        plain = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10, source_address=("127.0.0.2", 0))
        plain.connect()
        plain.sock = context.wrap_socket(plain.sock, server_hostname=DOMAIN)
        plain.request(method, path, body, headers={"Host": DOMAIN, **options.get("headers", {})})
        answer = plain.getresponse()
        answer.read_all = answer.read()  # type: ignore[attr-defined]  # kept beside the status
        plain.close()
        return answer


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """Both, as they are told to run."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if nginx is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    now = datetime.now(UTC)
    made = Leaf(names=(DOMAIN,), begins=now - timedelta(days=1), ends=now + timedelta(days=1))
    for name, content in {
        "root.pem": pem(root().certificate),
        "chain.pem": good(),
        "fullchain.pem": pem(leaf(root(), made)),
        "privkey.pem": private_pem(key("leaf")),
    }.items():
        (folder / name).write_bytes(content)
    inside, outside = free_port(), free_port()
    site = SITE.read_text(encoding="utf-8").replace("127.0.0.1:5000", f"127.0.0.1:{inside}")
    site = site.replace("listen 443", f"listen 127.0.0.1:{outside}")
    site = site.replace(f"/etc/letsencrypt/live/{DOMAIN}", str(folder))
    (folder / "site.conf").write_text(site, encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder), encoding="utf-8")
    environment = {"STEADY_LEGS_DATABASE": ":memory:", "STEADY_LEGS_SKILL_ID": skill_id()}
    with served(folder, inside, "-c", SERVE, str(folder), str(inside), **environment) as running:
        process = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
        try:
            until_listening(outside, process, folder / "error.log")
            yield Behind(outside, folder / "root.pem", running)
        finally:
            process.terminate()
            process.wait(20)


def envelope() -> dict[str, Any]:
    """A request of the time at which the server's clock stands."""
    made = request("LaunchRequest/new_session")
    made["request"]["timestamp"] = NOW.isoformat()
    return made


def skill_id() -> str:
    """The skill that it is for."""
    return str(envelope()["session"]["application"]["applicationId"])


def test_signed_request_passes(behind: Behind) -> None:
    """What Alexa signed gets through byte by byte, and is answered; also words that are not ASCII."""
    body = json.dumps({**envelope(), "note": "Füße"}, ensure_ascii=False).encode()
    answer = behind.ask("POST", "/alexa", body, headers=authority.headers(body))
    assert (answer.status, answer.getheader("Content-Type")) == (200, "application/json")
    assert "Steady Legs" in answer.read_all.decode()  # type: ignore[attr-defined]
    assert behind.inside.lines()[-1]["verified"] is True


def test_forged_request_is_refused(behind: Behind) -> None:
    """What was not signed is refused, and the log tells who sent it, whatever address that one claims."""
    body = json.dumps(envelope()).encode()
    claims = {"X-Forwarded-For": "192.0.2.6", "Forwarded": "for=192.0.2.7"}
    answer = behind.ask("POST", "/alexa", body + b" ", headers={**authority.headers(body), **claims})
    assert answer.status == 400
    assert answer.read_all == b'{"error": "bad request"}'  # type: ignore[attr-defined]
    line = behind.inside.lines()[-1]
    assert line["client"] == "127.0.0.2"
    assert line["refused"] == "the signature is not that of the body"


def test_nothing_else_is_there(behind: Behind) -> None:
    """Health, and no path or method beyond ours; too large a body does not get past nginx."""
    assert behind.ask("GET", "/health").status == 200
    assert behind.ask("GET", "/alexa").status == 405
    assert behind.ask("GET", "/").status == 404
    assert behind.ask("GET", "/tracks/none.mp3").status == 404
    assert behind.ask("POST", "/alexa", b"x" * 300_000).status == 413


def test_slow_clients_do_not_reach_us(behind: Behind) -> None:
    """A request that dribbles in waits outside, as nginx passes on none that is not whole."""
    context = ssl.create_default_context(cafile=str(behind.roots))
    before = len(behind.inside.lines())
    plain = http.client.HTTPConnection("127.0.0.1", behind.port, timeout=10)
    plain.connect()
    with context.wrap_socket(plain.sock, server_hostname=DOMAIN) as slow:
        slow.sendall(f"POST /alexa HTTP/1.1\r\nHost: {DOMAIN}\r\nContent-Length: 9\r\n\r\n1".encode())
        time.sleep(0.3)
        assert len(behind.inside.lines()) == before


def test_readme_shows_this_file() -> None:
    """What a reader copies is what is tested."""
    shown = (SITE.parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"```nginx\n{SITE.read_text(encoding='utf-8')}```" in shown
