"""The manifest of the skill: what the store shows, where requests go, and what the skill may use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skill.packaging.endpoint import Endpoint
from skill.packaging.icons import SIZES
from skill.packaging.listing import Listing, Page, instructions
from skill.packaging.uses import INTERFACES, PERMISSIONS, events

ICON = "assets/images/{locale}_{size}Icon.png"
"""Where an icon is in the skill package."""

VERSION = "1.0"
"""Version of the manifest's shape."""


def manifest(
    listing: Listing, pages: Sequence[Page], endpoint: Endpoint | None = None, privacy_url: str | None = None
) -> dict[str, Any]:
    """The manifest of a skill with these pages; one that cannot be talked to or published yet where something is None.

    It is offered in the countries of its locales alone, as only their emergency numbers are sure to be told.
    """
    countries = [page.locale.partition("-")[2] for page in pages]
    custom: dict[str, Any] = {"interfaces": [{"type": each} for each in INTERFACES]}
    privacy: dict[str, Any] = {
        "allowsPurchases": False,
        "usesPersonalInfo": False,
        "isChildDirected": False,
        "isExportCompliant": True,
        "containsAds": False,
        "usesHealthInfo": False,
    }
    made: dict[str, Any] = {
        "manifestVersion": VERSION,
        "publishingInformation": {
            "locales": {page.locale: _shown(page) for page in pages},
            "category": listing.category,
            "distributionMode": "PUBLIC",
            "isAvailableWorldwide": False,
            "distributionCountries": sorted(countries),
            "testingInstructions": instructions(listing),
        },
        "apis": {"custom": custom},
        "permissions": [{"name": each} for each in PERMISSIONS],
        "privacyAndCompliance": privacy,
    }
    if endpoint:
        custom["endpoint"] = endpoint.to_dict()
        # Alexa refuses a subscription that does not say where events go.
        made["events"] = {
            "endpoint": endpoint.to_dict(),
            "subscriptions": [{"eventName": each} for each in events()],
        }
    if privacy_url:
        privacy["locales"] = {page.locale: {"privacyPolicyUrl": privacy_url} for page in pages}
    return {"manifest": made}


def _shown(page: Page) -> dict[str, Any]:
    return {
        "name": page.name,
        "summary": page.summary,
        "description": page.description,
        "examplePhrases": list(page.examples),
        "keywords": list(page.keywords),
        **{f"{size}IconUri": f"file://{ICON.format(locale=page.locale, size=size)}" for size in SIZES},
    }
