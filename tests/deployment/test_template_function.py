"""The function of the AWS template: ours, for the skill alone, with its settings and alarms that go off."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet

from skill.cli import LAMBDA_ENTRY, lambda_handler
from skill.settings import PREFIX, Settings
from tests.deployment.stack import (
    PLAIN,
    SKILL_ID,
    TEMPLATE,
    WHOLE,
    deployed,
    environment,
    of_type,
    references,
    template_text,
    transformed,
)
from tests.storage.table import ROOT

ALEXA_WAITS_S = 8
"""Seconds after which Alexa gives up."""


def test_only_the_skill_may_call(whole: dict[str, Any]) -> None:
    """SEC-11: nobody but Alexa on behalf of the skill may call, and only what the endpoint names."""
    (permission,) = of_type(whole, "Lambda::Permission").values()
    assert permission == {
        "Action": "lambda:InvokeFunction",
        "Principal": "alexa-appkit.amazon.com",
        "EventSourceToken": SKILL_ID,
        "FunctionName": whole["Outputs"]["Endpoint"]["Value"],
    }
    assert whole["Outputs"]["Endpoint"]["Value"]["Ref"] in of_type(whole, "Lambda::Alias")
    assert environment(whole)["STEADY_LEGS_SKILL_ID"] == SKILL_ID
    pattern = transformed(template_text())["Parameters"]["SkillId"]["AllowedPattern"]
    assert re.fullmatch(pattern, SKILL_ID)
    assert not re.fullmatch(pattern, "amzn1.ask.skill.")


def test_function_is_ours(whole: dict[str, Any]) -> None:
    """The function runs our entry, from our package, with a Python that we support, and gives up before Alexa does."""
    (function,) = of_type(whole, "Lambda::Function").values()
    module, _, name = function["Handler"].partition(".")
    assert (module, name) == (LAMBDA_ENTRY.stem, lambda_handler().__name__)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert function["Runtime"].removeprefix("python") in SpecifierSet(project["requires-python"])
    assert function["Timeout"] < ALEXA_WAITS_S
    path = re.search(r"CodeUri: (\S+)", template_text())
    assert path is not None
    assert (TEMPLATE.parent / path[1]).resolve() == ROOT / "build" / "steady-legs-lambda.zip"


@pytest.mark.parametrize("parameters", [PLAIN, WHOLE], ids=["plain", "whole"])
def test_settings_read_the_environment(parameters: dict[str, str]) -> None:
    """Settings know every variable of the function, and recordings are set only where there are some."""
    template = deployed(template_text(), **parameters)
    made = environment(template)
    given = {name: value if isinstance(value, str) else "https://example.org/t" for name, value in made.items()}
    settings = Settings.from_environment({**given, f"{PREFIX}TABLE": "records"})
    named = {each.name for each in fields(Settings) if f"{PREFIX}{each.name.upper()}" in made}
    assert len(named) == len(made)
    recordings = {"tracks", "tracks_url"} if parameters == WHOLE else set()
    assert named == {"skill_id", "table"} | recordings
    assert all(getattr(settings, name) for name in named)
    assert made[f"{PREFIX}TABLE"]["Ref"] in of_type(template, "DynamoDB::Table")


def test_parameters_of_the_function_publish_it() -> None:
    """A parameter that changes the function stands in its version's description, as SAM looks at the text alone."""
    template = transformed(template_text())
    (function,) = of_type(template, "Lambda::Function").values()
    (version,) = of_type(template, "Lambda::Version").values()
    used = set(references(function))
    used |= {name for each in used & set(template["Conditions"]) for name in references(template["Conditions"][each])}
    assert used & set(template["Parameters"]) == set(references(version["Description"]))
    other = of_type(transformed(template_text(), Memory="1024"), "Lambda::Version")
    assert set(other) == set(of_type(template, "Lambda::Version"))


def test_alarms_go_off(whole: dict[str, Any]) -> None:
    """Errors, throttles, slowness and handlers that failed are told to whoever left an address."""
    alarms = of_type(whole, "CloudWatch::Alarm")
    assert {each["MetricName"] for each in alarms.values()} == {"Errors", "Throttles", "Duration", "Faults"}
    ((topic, made),) = of_type(whole, "SNS::Topic").items()
    assert made["Subscription"] == [{"Protocol": "email", "Endpoint": WHOLE["AlarmEmail"]}]
    for alarm in alarms.values():
        assert alarm["AlarmActions"] == [{"Ref": topic}]
        assert alarm["TreatMissingData"] == "notBreaching"
        if alarm["Namespace"] == "AWS/Lambda":
            assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "Function"}}]
    (slow,) = (each for each in alarms.values() if each["MetricName"] == "Duration")
    (function,) = of_type(whole, "Lambda::Function").values()
    assert slow["ExtendedStatistic"] == "p99"
    assert slow["Threshold"] < function["Timeout"] * 1000
    (counted,) = of_type(whole, "Logs::MetricFilter").values()
    (metric,) = counted["MetricTransformations"]
    (fault,) = (each for each in alarms.values() if each["MetricName"] == metric["MetricName"])
    assert fault["Namespace"] == metric["MetricNamespace"]
    assert counted["LogGroupName"] == function["LoggingConfig"]["LogGroup"]
    assert function["LoggingConfig"]["LogFormat"] == "JSON"
