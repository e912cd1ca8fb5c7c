"""The template as AWS would have it: transformed by SAM, with parameters filled in, and linted."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cfnlint.api import lint
from cfnlint.config import ManualArgs
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

TEMPLATE = Path(__file__).resolve().parents[2] / "lambda" / "template.yaml"
"""The file; CloudFormation shows what is not ASCII as question marks."""

PACKAGE = "s3://bucket/package.zip"
"""Where the package lies once `sam deploy` has uploaded it."""

REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1")
"""Where Alexa calls functions."""

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
"""The skill that the function is deployed for."""

PLAIN = {"Recordings": "no", "AlarmEmail": "", "Start": "None"}
"""Parameters with which there is as little as can be."""

WHOLE = {"Recordings": "yes", "AlarmEmail": "ann@example.org", "Start": "PublishedVersions"}
"""Parameters with which there is all."""

NOTHING = {"Ref": "AWS::NoValue"}
"""What stands for a value that is not given."""


def template_text() -> str:
    """The file as it stands."""
    return TEMPLATE.read_text(encoding="ascii")


def transformed(text: str, **parameters: str) -> dict[str, Any]:
    """What SAM makes of a template that was uploaded with its package; raises InvalidDocumentException."""
    template = yaml_parse(text)
    template["Resources"]["Function"]["Properties"]["CodeUri"] = PACKAGE
    # SAM asks in which region it is, and looks up no policy, as the role is our own.
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": REGIONS[0]}):
        made: dict[str, Any] = transform(template, {"SkillId": SKILL_ID, **parameters}, None)
    return made


def deployed(text: str, **parameters: str) -> dict[str, Any]:
    """The same with parameters and conditions filled in, as far as they can be known before anything is made."""
    template = transformed(text, **parameters)
    values = {name: each.get("Default") for name, each in template["Parameters"].items()}
    values |= {"SkillId": SKILL_ID, **parameters}
    conditions = {name: _filled(each, values, {}) for name, each in template["Conditions"].items()}
    made: dict[str, Any] = _given(_filled(template, values, conditions))
    for section in ("Resources", "Outputs"):
        named = made[section].items()
        made[section] = {name: each for name, each in named if conditions.get(each.pop("Condition", None), True)}
    del made["Parameters"], made["Conditions"]
    return made


def _filled(value: Any, values: Mapping[str, Any], conditions: Mapping[str, bool]) -> Any:
    if isinstance(value, list):
        return [_filled(each, values, conditions) for each in value]
    if isinstance(value, dict):
        return _computed({name: _filled(each, values, conditions) for name, each in value.items()}, values, conditions)
    return value


def _computed(value: dict[str, Any], values: Mapping[str, Any], conditions: Mapping[str, bool]) -> Any:
    """What a function comes to; what is none, or cannot be known yet, as it stands."""
    match [*value.items()]:
        case [("Ref", name)]:
            return values.get(name, value)
        case [("Fn::Sub", pattern)]:
            text = re.sub(r"\$\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), pattern)
            return {"Fn::Sub": text} if "${" in text else text
        case [("Fn::If", [condition, *either])]:
            return either[not conditions[condition]]
        case [("Fn::Equals", [first, second])]:
            return first == second
        case [("Fn::Not", [condition])]:
            return not condition
    return value


def _given(value: Any) -> Any:
    """The value without what is not given."""
    if isinstance(value, list):
        return [_given(each) for each in value if each != NOTHING]
    if isinstance(value, dict):
        return {name: _given(each) for name, each in value.items() if each != NOTHING}
    return value


def faults(template: Mapping[str, Any]) -> list[str]:
    """What the linter finds wrong or doubtful in a transformed template, each with the number of its rule."""
    matches = lint(json.dumps(template), config=ManualArgs(regions=[*REGIONS], include_checks=["I"]))
    return [f"{match.rule.id} {match.message}" for match in matches]


def of_type(template: Mapping[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """The properties of all resources of a type, by their names."""
    return {name: each["Properties"] for name, each in template["Resources"].items() if each["Type"] == f"AWS::{kind}"}


def environment(template: dict[str, Any]) -> dict[str, Any]:
    """The variables of the function."""
    (function,) = of_type(template, "Lambda::Function").values()
    variables: dict[str, Any] = function["Environment"]["Variables"]
    return variables


def references(value: Any) -> Iterator[str]:
    """The names that stand anywhere in a value in a Ref, a GetAtt, a Sub or an If."""
    if isinstance(value, list):
        for each in value:
            yield from references(each)
    for key, each in value.items() if isinstance(value, dict) else ():
        if key == "Ref":
            yield each
        elif key == "Fn::Sub":
            yield from re.findall(r"\$\{([\w:]+)", each)
        elif key in {"Fn::GetAtt", "Fn::If"}:
            yield each[0]
            yield from references(each[1:])
        else:
            yield from references(each)
