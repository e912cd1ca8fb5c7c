"""An instance of a function: Lambda's own runtime client around what is in a zip file, and nothing of this checkout.

Needs Linux, as Lambda does, and awslambdaric where the interpreter finds its packages.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.deployment.runtime_api import Asked, RuntimeApi

RUNTIME = ("awslambdaric", "runtime_client", "simplejson", "snapshot_restore_py")
"""Modules that Lambda has for itself."""

BOTO3 = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "urllib3")
"""Modules that Lambda has for functions."""

SNAP_START = {"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}
"""What says that a snapshot is taken of the instance before anybody asks it."""

LAMBDA = {
    # The runtime client goes by this and not by the interpreter.
    "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
    "AWS_LAMBDA_FUNCTION_NAME": "steady-legs",
    "AWS_LAMBDA_FUNCTION_VERSION": "1",
    "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
    "AWS_LAMBDA_LOG_FORMAT": "JSON",
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/steady-legs",
    "AWS_LAMBDA_LOG_LEVEL": "WARN",
    "AWS_LAMBDA_LOG_STREAM_NAME": "1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "LANG": "en_US.UTF-8",
    "PATH": os.defpath,
    # There the function's folder cannot be written to.
    "PYTHONDONTWRITEBYTECODE": "1",
    "TZ": ":UTC",
}
"""Variables that Lambda sets whatever the function is."""

ALONE = ("-S", "-P")
"""Options of an interpreter that is to see none of its own packages, and nothing of the folder it is started in."""

WHERE = """
import json, sys
from importlib.util import find_spec
found = {name: find_spec(name) for name in sys.argv[1:]}
places = {name: (spec.submodule_search_locations or [spec.origin])[0] for name, spec in found.items() if spec}
json.dump(places, sys.stdout)
"""
"""Where an interpreter has modules and packages."""

PATIENCE_S = 60
"""Seconds after which what has not come never will."""

TIMEOUT_S = 7
"""Seconds that a request may take, as the template has it."""


class NoRuntimeError(Exception):
    """An interpreter cannot run functions; the message says what it lacks."""


class EndedError(Exception):
    """The process came to its end, or hung, while something was expected of it; the message is what it wrote."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What Lambda runs a function with."""

    python: str
    """The interpreter."""
    folder: Path
    """Where its modules are."""


@dataclass(frozen=True, slots=True)
class Function:
    """What is to be run."""

    code: Path
    """The folder with what is in its zip file."""
    handler: str = "lambda_function.lambda_handler"
    """Module and function."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables beside Lambda's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request."""

    what: str
    """`response` or `error`."""
    value: Any
    """The response, or what is told of the error."""
    took_s: float
    """Seconds from the request to this."""
    reported: Asked
    """All that the runtime said."""


def runtime_of(python: str, folder: Path, also: Sequence[str] = ()) -> Runtime:
    """Have an interpreter's copy of Lambda's modules, and others, in a folder without their neighbours.

    Raises NoRuntimeError for an interpreter that does not have them.
    """
    names = (*RUNTIME, *also)
    found = json.loads(subprocess.run([python, "-c", WHERE, *names], capture_output=True, check=True).stdout)
    if missing := [name for name in names if name not in found]:
        raise NoRuntimeError(f"{python} has no {', '.join(missing)}; run: {python} -m pip install awslambdaric boto3")
    folder.mkdir()
    for place in found.values():
        (folder / Path(place).name).symlink_to(place)
    return Runtime(python, folder)


class Instance:
    """A process that answers one request after the other; every method raises EndedError when it fails to."""

    def __init__(self, process: subprocess.Popen[bytes], begin: float, api: RuntimeApi, log: Path) -> None:
        self.process = process
        """The process."""
        self._api = api
        self._log = log
        self.asks = self._next()
        """What it waits for, or what it had to report instead of starting."""
        self.started_s = self.asks.at - begin
        """Seconds from the start of the process to this."""

    def log(self) -> str:
        """What it has written so far."""
        return self._log.read_text(encoding="utf-8")

    def restore(self) -> None:
        """Go on, as from a snapshot."""
        self._api.answer(self.asks, HTTPStatus.OK)
        self.asks = self._next()

    def invoke(self, event: Any) -> Outcome:
        """What comes of a request: bytes as they are, and anything else as JSON."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        name = str(uuid4())
        headers = {
            "Lambda-Runtime-Aws-Request-Id": name,
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + TIMEOUT_S) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:000000000000:function:steady-legs:live",
        }
        begin = time.perf_counter()
        self._api.answer(self.asks, HTTPStatus.OK, body, headers)
        reported = self._next()
        self.asks = self._next()
        return Outcome(
            reported.what.removeprefix(f"invocation/{name}/"),
            json.loads(reported.body),
            reported.at - begin,
            reported,
        )

    def end(self) -> int:
        """The code with which it comes to its end by itself."""
        return self.process.wait(PATIENCE_S)

    def _next(self) -> Asked:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if asked := self._api.asked(0.1):
                if not asked.what.endswith("/next"):
                    self._api.answer(asked, HTTPStatus.ACCEPTED, b'{"status": "OK"}')
                return asked
            if self.process.poll() is not None:
                break
        raise EndedError(self.log())


@contextmanager
def instance(function: Function, runtime: Runtime, log: Path) -> Iterator[Instance]:
    """An instance that has started, or failed to; it ends with the context."""
    with closing(RuntimeApi()) as api, log.open("wb") as output:
        environment = {
            **LAMBDA,
            "AWS_LAMBDA_RUNTIME_API": api.address,
            "LAMBDA_RUNTIME_DIR": str(runtime.folder),
            "LAMBDA_TASK_ROOT": str(function.code),
            "PYTHONPATH": f"{function.code}:{runtime.folder}",
            "_HANDLER": function.handler,
            **function.environment,
        }
        command = [runtime.python, *ALONE, "-m", "awslambdaric", function.handler]
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=function.code, env=environment, stdout=output, stderr=output)
        try:
            yield Instance(process, begin, api, log)
        finally:
            process.kill()
            process.wait()
