"""Files over HTTPS, from a server on this machine: what is there, and all the ways in which it may not come."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from skill.web.download import LARGEST, Download
from skill.web.refusal import VerificationError
from tests.web.authority import Leaf, key, leaf, pem, private_pem, root


class Server(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        self.close_connection = True
        answers: dict[str, Callable[[], object]] = {
            "/file": lambda: self._send(b"a chain"),
            "/empty": lambda: self._send(b""),
            "/largest": lambda: self._send(b"x" * LARGEST),
            "/large": lambda: self._send(b"x" * (LARGEST + 1)),
            "/endless": self._endless,
            "/drops": self._drops,
            "/silence": lambda: time.sleep(1),
            "/cut": lambda: self._send(b"a ch", length=7),
            "/moved": lambda: self._send(b"a chain", status=302, location="/file"),
            "/away": lambda: self._send(b"a chain", status=301, location="http://127.0.0.1:1/"),
            "/missing": lambda: self._send(b"a chain", status=404),
            "/down": lambda: self._send(b"a chain", status=503),
            "/nonsense": lambda: self.wfile.write(b"nonsense\r\n\r\n"),
        }
        answers[self.path]()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class calls it so
        """Say nothing."""

    def _send(self, body: bytes, *, status: int = 200, length: int | None = None, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"x" * LARGEST)

    def _drops(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.02)


class QuietServer(ThreadingHTTPServer):
    """A server that does not tell of those who hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


def serve(folder: Path, made: Leaf) -> QuietServer:
    """A server over HTTPS with such a certificate."""
    (folder / "chain.pem").write_bytes(pem(leaf(root(), made)))
    (folder / "key.pem").write_bytes(private_pem(key("leaf")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    server = QuietServer(("127.0.0.1", 0), Server)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the servers are, and the root that is trusted."""
    made = tmp_path_factory.mktemp("servers")
    (made / "root.pem").write_bytes(pem(root().certificate))
    return made


def now(names: tuple[str, ...] = ("localhost",)) -> Leaf:
    """A certificate of today, as it is the machine's clock that connections go by."""
    today = datetime.now(UTC)
    return Leaf(names=names, begins=today - timedelta(days=1), ends=today + timedelta(days=1))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """A server whose certificate is trusted."""
    made = serve(folder, now())
    yield f"https://localhost:{made.server_port}"
    made.shutdown()
    made.server_close()


@pytest.fixture
def download(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Download:
    """A download that trusts the root made here, and is not patient."""
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return Download(str(folder / "root.pem"), wait_s=0.3, deadline_s=0.5)


def refused(download: Callable[[str], bytes], url: str) -> str:
    """Why a file does not come, told at once."""
    begin = time.monotonic()
    with pytest.raises(VerificationError) as caught:
        download(url)
    assert time.monotonic() - begin < 5
    return str(caught.value)


@pytest.mark.parametrize(("path", "size"), [("/file", 7), ("/empty", 0), ("/largest", LARGEST)])
def test_file(path: str, size: int, download: Download, server: str) -> None:
    """What is there comes whole."""
    assert len(download(server + path)) == size


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/large", "too large"),
        ("/endless", "too large"),
        ("/drops", "too slowly"),
        ("/silence", "TimeoutError"),
        ("/cut", "cut off"),
        ("/moved", "status 302"),
        ("/away", "status 301"),
        ("/missing", "status 404"),
        ("/down", "status 503"),
        ("/nonsense", "BadStatusLine"),
    ],
)
def test_what_does_not_come(path: str, reason: str, download: Download, server: str) -> None:
    """Each of them is refused in time, and nothing is followed elsewhere."""
    assert reason in refused(download, server + path)


def test_untrusted_server(server: str) -> None:
    """A server whose certificate leads to no trusted root is not listened to."""
    assert "SSLCertVerificationError" in refused(Download(), f"{server}/file")


def test_server_of_another_name(folder: Path, download: Download, tmp_path: Path) -> None:
    """A certificate must be that of the host."""
    made = serve(tmp_path, now(names=("elsewhere.example",)))
    try:
        assert "SSLCertVerificationError" in refused(download, f"https://localhost:{made.server_port}/file")
    finally:
        made.shutdown()
        made.server_close()


def test_nobody_there(download: Download) -> None:
    """A port where nobody listens, and a name that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "ConnectionRefusedError" in refused(download, f"https://127.0.0.1:{port}/file")
    assert "gaierror" in refused(download, "https://nobody.invalid/file")


def test_only_https(download: Download, server: str, tmp_path: Path) -> None:
    """Nothing comes in any other way than over HTTPS."""
    (tmp_path / "file").write_bytes(b"a chain")
    for url in (
        server.replace("https", "http") + "/file",
        (tmp_path / "file").as_uri(),
        "data:,chain",
        "ftp://localhost/",
    ):
        assert refused(download, url) == "the chain was not to be had: str"
