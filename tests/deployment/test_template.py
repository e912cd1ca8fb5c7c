"""The AWS template: sound as a whole, and anything that is wrong with it is found."""

from __future__ import annotations

import pytest
from samtranslator.model.exceptions import InvalidDocumentException

from tests.deployment.stack import PLAIN, REGIONS, WHOLE, deployed, faults, template_text, transformed


def test_nothing_is_wrong() -> None:
    """The linter has no error, no warning and no remark, wherever Alexa calls functions."""
    assert faults(transformed(template_text())) == []


@pytest.mark.parametrize("parameters", [PLAIN, WHOLE], ids=["plain", "whole"])
def test_nothing_is_wrong_as_deployed(parameters: dict[str, str]) -> None:
    """Nor has it any about what stands there once parameters are filled in."""
    assert faults(deployed(template_text(), **parameters)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rules"),
    [
        ("!Ref Records", "!Ref Record", "E1020"),
        ("!GetAtt Records.Arn", "!GetAtt Record.Arn", "E1010"),
        ("SkillId: !Ref SkillId", "SkillId: !Ref Skill", "E1020"),
        ("${Distribution.DomainName}", "${Distribution.Domain}", "E1019"),
        ("Runtime: python3.13", "Runtime: python3.9", "E2530 W2531"),
        ("Runtime: python3.13", "Runtime: python3.11", "E2530"),
        ("Timeout: 7", "Timeout: 1000", "E3717"),
        ("LogFormat: JSON", "LogFormat: json", "E3030"),
        ("dynamodb:GetItem", "dynamodb:FindItem", "W3037"),
        ("AttributeName: user, KeyType", "AttributeName: id, KeyType", "E3039"),
    ],
)
def test_faults_are_found(right: str, wrong: str, rules: str) -> None:
    """What is wrong in a copy is reported, so that silence means something."""
    text = template_text()
    assert right in text
    found = faults(deployed(text.replace(right, wrong, 1), **WHOLE))
    assert {line.split()[0] for line in found} == set(rules.split()), found


def test_unused_parameters_and_misspelt_properties_are_found() -> None:
    """So are a parameter that nothing reads, and a property that SAM does not know."""
    text = template_text()
    unused = text.replace("Parameters:\n", "Parameters:\n  Unused: {Type: String}\n", 1)
    assert [line.split()[0] for line in faults(transformed(unused))] == ["W2001"]
    with pytest.raises(InvalidDocumentException):
        transformed(text.replace("Timeout:", "TimeOut:", 1))


def test_runs_where_alexa_calls() -> None:
    """A stack in another region is refused before anything is made."""
    (rule,) = transformed(template_text())["Rules"].values()
    (assertion,) = rule["Assertions"]
    assert assertion["Assert"] == {"Fn::Contains": [list(REGIONS), {"Ref": "AWS::Region"}]}
