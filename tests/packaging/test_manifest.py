"""The manifest: what Amazon's own classes read of it, and what it declares."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData
from ask_smapi_model.v1.skill.manifest.skill_manifest_envelope import SkillManifestEnvelope

from skill.locales import model_path, published
from skill.packaging.endpoint import Endpoint
from skill.packaging.listing import load_listing, page
from skill.packaging.manifest import manifest
from skill.packaging.uses import INTERFACES, PERMISSIONS, events

LISTING = load_listing("en-US")
PAGES = [page(LISTING, locale) for locale in published()]
FUNCTION = Endpoint("arn:aws:lambda:us-east-1:123456789012:function:steady-legs:live")
SERVER = Endpoint("https://skill.example.org/alexa", "Wildcard")
POLICY = "https://skill.example.org/privacy"


def made(endpoint: Endpoint | None = FUNCTION, privacy_url: str | None = POLICY) -> dict[str, Any]:
    """What is in the envelope."""
    found: dict[str, Any] = manifest(LISTING, PAGES, endpoint, privacy_url)["manifest"]
    return found


def round_trip(raw: Any, kind: type) -> Any:
    """What Amazon's classes know of it; they drop what they do not know, and raise for values that are none."""
    serializer = DefaultSerializer()
    return serializer.serialize(serializer.deserialize(json.dumps(raw), kind))


@pytest.mark.parametrize("endpoint", [FUNCTION, SERVER, None], ids=["function", "server", "no endpoint"])
@pytest.mark.parametrize("privacy_url", [POLICY, None], ids=["policy", "no policy"])
def test_amazon_knows_every_key_of_the_manifest(endpoint: Endpoint | None, privacy_url: str | None) -> None:
    """Nothing is lost on the way through its classes and back."""
    raw = manifest(LISTING, PAGES, endpoint, privacy_url)
    assert round_trip(raw, SkillManifestEnvelope) == raw


@pytest.mark.parametrize("locale", published())
def test_amazon_knows_every_key_of_the_models(locale: str) -> None:
    """Likewise."""
    raw = json.loads(model_path(locale).read_text(encoding="utf-8"))
    assert round_trip(raw, InteractionModelData) == raw


def test_the_round_trip_notices_what_is_unknown() -> None:
    """A key that is not in Amazon's classes comes back lost."""
    raw = {"manifest": {**made(), "colour": "green"}}
    assert round_trip(raw, SkillManifestEnvelope) != raw


def test_the_manifest_asks_for_what_is_used() -> None:
    """Permissions, interfaces and events are those of the program."""
    found = made()
    assert [each["name"] for each in found["permissions"]] == [*PERMISSIONS]
    assert [each["type"] for each in found["apis"]["custom"]["interfaces"]] == [*INTERFACES]
    assert [each["eventName"] for each in found["events"]["subscriptions"]] == events()


@pytest.mark.parametrize("endpoint", [FUNCTION, SERVER])
def test_events_go_where_requests_go(endpoint: Endpoint) -> None:
    """One program answers both."""
    found = made(endpoint)
    assert found["apis"]["custom"]["endpoint"] == found["events"]["endpoint"] == endpoint.to_dict()


def test_without_an_endpoint_there_are_no_events() -> None:
    """Alexa refuses events that it is not told where to send."""
    found = made(endpoint=None)
    assert "events" not in found
    assert "endpoint" not in found["apis"]["custom"]


def test_compliance_is_declared() -> None:
    """No purchase, no advertising, no personal data, not for children, and no health information under the law."""
    declared = made()["privacyAndCompliance"]
    assert {key: value for key, value in declared.items() if key != "locales"} == {
        "allowsPurchases": False,
        "usesPersonalInfo": False,
        "isChildDirected": False,
        "isExportCompliant": True,
        "containsAds": False,
        "usesHealthInfo": False,
    }
    assert declared["locales"] == {locale: {"privacyPolicyUrl": POLICY} for locale in published()}
    assert "locales" not in made(privacy_url=None)["privacyAndCompliance"]


def test_the_skill_is_offered_where_its_numbers_are_right() -> None:
    """A person elsewhere might be told the number of another country."""
    publishing = made()["publishingInformation"]
    assert publishing["isAvailableWorldwide"] is False
    assert publishing["distributionCountries"] == ["AU", "CA", "GB", "IN", "US"]


def test_the_first_example_opens_the_skill_by_the_name_in_its_model() -> None:
    """Testers begin with it."""
    for locale in published():
        model = json.loads(model_path(locale).read_text(encoding="utf-8"))
        name = model["interactionModel"]["languageModel"]["invocationName"]
        shown = made()["publishingInformation"]["locales"][locale]
        assert shown["examplePhrases"][0].lower() == f"alexa, open {name}"
