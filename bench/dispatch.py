"""The skill behind flask-ask-sdk's SkillAdapter beside our own door: `python -m bench.dispatch [CALLS]`.

Neither verifies, as the SDK's verifier is measured elsewhere; the adapter could not be imported here without our guard.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from bench.warm import BLOCK, CASES, REQUESTS
from skill.assistant import answer, create_skill
from skill.settings import IN_MEMORY, Settings
from skill.web.adapter import SkillAdapter
from skill.web.door import Door

LAUNCH = (REQUESTS / CASES["launch"]).read_bytes()
BAD = {
    "no JSON": b"hello",
    "empty": b"",
    "no UTF-8": b"\xff\xfe{}",
    "no object": b"[]",
    "an empty object": b"{}",
    "nested too deeply": b"[" * 100_000,
    "an unknown type": LAUNCH.replace(b'"LaunchRequest"', b'"Alexa.Future.SomethingNew"'),
    "a time that is none": LAUNCH.replace(b'"timestamp": "', b'"timestamp": "x'),
    "another skill": LAUNCH.replace(b"amzn1.ask.skill.0", b"amzn1.ask.skill.1"),
}
"""What strangers may send, by what is wrong with it."""

WEIGH = """
import sys, time
start = time.perf_counter()
import flask, skill.assistant, skill.web.verification, {module}
took = (time.perf_counter() - start) * 1000
kib = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
print(took, kib / 1024, len({{name.partition(".")[0] for name in sys.modules}}))
"""


def main(calls: int) -> None:
    """Print times, statuses and weights."""
    skill = create_skill(
        Settings(IN_MEMORY, skill_id=json.loads(LAUNCH)["context"]["System"]["application"]["applicationId"])
    )
    own, sdk = Flask("own"), Flask("sdk")
    own.add_url_rule(
        "/alexa", view_func=Door(partial(answer, skill), skill.skill_id, None), endpoint="alexa", methods=["POST"]
    )
    sdk.config |= {"ASK_SDK_VERIFY_SIGNATURE": False, "ASK_SDK_VERIFY_TIMESTAMP": False}
    sdk.logger.disabled = True
    SkillAdapter(skill, skill.skill_id, app=sdk).register(sdk, "/alexa")
    clients = {"adapter": sdk.test_client(), "ours": own.test_client()}

    print(f"{'':<20} {'adapter':>9} {'ours':>9}   {calls} calls each")
    for name, file in CASES.items():
        body = (REQUESTS / file).read_bytes()
        times = _times(clients, body, calls)
        print(f"{name + ', us':<20} {times['adapter']:>9.0f} {times['ours']:>9.0f}")
    for name, body in BAD.items():
        statuses = [client.post("/alexa", data=body).status_code for client in clients.values()]
        print(f"{name:<20} {statuses[0]:>9} {statuses[1]:>9}")
    weights = [_weight(module) for module in ("skill.web.adapter", "skill.web.door")]
    for row, name in enumerate(("import, ms", "memory, MiB", "packages")):
        print(f"{name:<20} {weights[0][row]:>9.0f} {weights[1][row]:>9.0f}")


def _times(clients: dict[str, FlaskClient], body: bytes, calls: int) -> dict[str, float]:
    samples: dict[str, list[int]] = {name: [] for name in clients}
    for number in range(1 + max(1, calls // BLOCK)):
        for name, client in clients.items():
            for _ in range(BLOCK if number else 20):
                start = time.perf_counter_ns()
                client.post("/alexa", data=body)
                if number:
                    samples[name].append(time.perf_counter_ns() - start)
    return {name: median(times) / 1000 for name, times in samples.items()}


def _weight(module: str) -> list[float]:
    code = WEIGH.format(module=module)
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True) for _ in range(7)]
    return [median(column) for column in zip(*([float(n) for n in run.stdout.split()] for run in runs), strict=True)]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
