"""A DynamoDB with no tables on this machine: `python -m tests.storage.server`; its first line has the address."""

from __future__ import annotations

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple


def main() -> None:
    """Serve until killed."""
    # One request at a time: moto looks whether a condition holds and then writes, and others could write in between.
    run_simple("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=False)


if __name__ == "__main__":
    main()
