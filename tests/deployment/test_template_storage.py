"""What the AWS template keeps: a table as storage expects it and as safe as it should be, and recordings."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from boto3.session import Session

from skill.settings import PREFIX
from skill.storage import dynamodb
from skill.storage.dynamodb import DynamoDbAdapter
from skill.storage.revision import ConflictError
from tests.deployment.stack import PLAIN, deployed, environment, of_type, references, template_text
from tests.storage.table import ENVIRONMENT, serving
from tests.storage.updates import ANN


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
