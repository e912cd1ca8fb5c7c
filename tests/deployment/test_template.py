"""The AWS template: sound as a whole, and in step with the program that it deploys."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from typing import Any
from uuid import uuid4

import pytest
from boto3.session import Session
from packaging.specifiers import SpecifierSet
from samtranslator.model.exceptions import InvalidDocumentException

from skill.cli import LAMBDA_ENTRY, lambda_handler
from skill.settings import PREFIX, Settings
from skill.storage import dynamodb
from skill.storage.dynamodb import DynamoDbAdapter
from skill.storage.revision import ConflictError
from tests.deployment.stack import (
    REGIONS,
    SKILL_ID,
    TEMPLATE,
    deployed,
    faults,
    of_type,
    references,
    template_text,
    transformed,
)
from tests.storage.table import ENVIRONMENT, ROOT, serving
from tests.storage.updates import ANN

ALEXA_WAITS_S = 8
"""Seconds after which Alexa gives up."""

PLAIN = {"Recordings": "no", "AlarmEmail": "", "Start": "None"}
"""Parameters with which there is as little as can be."""

WHOLE = {"Recordings": "yes", "AlarmEmail": "ann@example.org", "Start": "PublishedVersions"}
"""Parameters with which there is all."""


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """The template with all that it can have."""
    return deployed(template_text(), **WHOLE)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a DynamoDB with no tables."""
    with serving() as endpoint:
        yield endpoint


@pytest.fixture
def table(server: str, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a table as the template has it, to which the environment leads."""
    for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": server}.items():
        monkeypatch.setenv(name, value)
    # A busy machine is not what is tested.
    monkeypatch.setattr(dynamodb, "ANSWER_S", 60)
    (properties,) = of_type(whole, "DynamoDB::Table").values()
    wanted = {name: properties[name] for name in ("KeySchema", "AttributeDefinitions", "BillingMode")}
    with closing(Session().client("dynamodb")) as client:
        made = client.create_table(TableName=f"records-{uuid4().hex}", **wanted)
    return str(made["TableDescription"]["TableName"])


def environment(template: dict[str, Any]) -> dict[str, Any]:
    """The variables of the function."""
    (function,) = of_type(template, "Lambda::Function").values()
    variables: dict[str, Any] = function["Environment"]["Variables"]
    return variables


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


def test_role_allows_what_storage_does(table: str, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The function may do to its table what storage is seen to do, may write its own log, and nothing else."""
    calls: set[str] = set()
    make = dynamodb._client

    def watched() -> Any:
        client: Any = make()
        client._client.meta.events.register("before-call", lambda model, **_: calls.add(model.name))
        return client

    # By boto3, which tells what it calls.
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
    monkeypatch.setattr(dynamodb, "_client", watched)
    with closing(DynamoDbAdapter(table)) as storage:
        storage.save_attributes(ANN, {"n": 1})
        with pytest.raises(ConflictError):
            storage.save_attributes(ANN, {"n": 2})
        storage.save_attributes(ANN, storage.get_attributes(ANN))
        storage.delete_attributes(ANN)
    (role,) = of_type(whole, "IAM::Role").values()
    statements = [each for policy in role["Policies"] for each in policy["PolicyDocument"]["Statement"]]
    assert {each["Effect"] for each in statements} == {"Allow"}
    assert {tuple(each["Resource"]["Fn::GetAtt"]): set(each["Action"]) for each in statements} == {
        ("Records", "Arn"): {f"dynamodb:{call}" for call in calls},
        ("Log", "Arn"): {"logs:CreateLogStream", "logs:PutLogEvents"},
    }


def test_role_is_the_functions(whole: dict[str, Any]) -> None:
    """Lambda alone takes the role on, nothing is added to it, and the function has no other."""
    ((name, role),) = of_type(whole, "IAM::Role").items()
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert set(role) == {"AssumeRolePolicyDocument", "Policies"}
    (function,) = of_type(whole, "Lambda::Function").values()
    assert function["Role"] == {"Fn::GetAtt": [name, "Arn"]}


def test_table_is_the_one_that_storage_expects(table: str, whole: dict[str, Any]) -> None:
    """Storage keeps, finds and forgets in such a table, and an item's end is where the table looks for it."""
    with closing(DynamoDbAdapter(table)) as storage:
        storage.save_attributes(ANN, {"n": 1})
        with closing(Session().client("dynamodb")) as client:
            (item,) = client.scan(TableName=table)["Items"]
        assert storage.get_attributes(ANN)["n"] == 1
        storage.delete_attributes(ANN)
        assert storage.get_attributes(ANN) == {}
    (properties,) = of_type(whole, "DynamoDB::Table").values()
    until = properties["TimeToLiveSpecification"]
    assert until["Enabled"] is True
    days = (int(item[until["AttributeName"]]["N"]) - time.time()) / (24 * 3600)
    assert dynamodb.KEPT_DAYS - 1 < days <= dynamodb.KEPT_DAYS


def test_records_are_safe(whole: dict[str, Any]) -> None:
    """Records outlive the stack, can be had back for weeks, and are encrypted; nothing else outlives it."""
    kept = {name for name, each in whole["Resources"].items() if "Retain" in each.values()}
    ((name, table),) = of_type(whole, "DynamoDB::Table").items()
    assert kept == {name}
    assert whole["Resources"][name]["DeletionPolicy"] == whole["Resources"][name]["UpdateReplacePolicy"]
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}


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


def test_recordings_are_public_through_the_distribution_alone(whole: dict[str, Any]) -> None:
    """Only the distribution reads the bucket, only its folder of recordings, and devices are told that very folder."""
    ((bucket, private),) = of_type(whole, "S3::Bucket").items()
    assert set(private["PublicAccessBlockConfiguration"].values()) == {True}
    (policy,) = of_type(whole, "S3::BucketPolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    ((distribution, made),) = of_type(whole, "CloudFront::Distribution").items()
    assert policy["Bucket"] == {"Ref": bucket}
    assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert statement["Action"] == "s3:GetObject"
    assert statement["Resource"] == {"Fn::Sub": f"${{{bucket}.Arn}}/tracks/*"}
    assert set(references(statement["Condition"])) >= {distribution, "AWS::AccountId"}
    assert made["DistributionConfig"]["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "https-only"
    address = {"Fn::Sub": f"https://${{{distribution}.DomainName}}/tracks"}
    assert environment(whole)[f"{PREFIX}TRACKS_URL"] == whole["Outputs"]["TracksUrl"]["Value"] == address
    assert whole["Outputs"]["TracksBucket"]["Value"] == {"Ref": bucket}


def test_nothing_is_made_for_recordings_that_are_not_there() -> None:
    """Without recordings, an e-mail address and a snapshot there is nothing that costs while nobody asks."""
    plain = deployed(template_text(), **PLAIN)
    kinds = {each["Type"] for each in plain["Resources"].values()}
    assert [kind for kind in kinds if re.search("S3|CloudFront|SNS", kind)] == []
    assert not any(name.startswith("Tracks") for name in plain["Outputs"])
    (function,) = of_type(plain, "Lambda::Function").values()
    assert function["SnapStart"] == {"ApplyOn": "None"}


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
