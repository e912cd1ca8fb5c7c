"""Every rule for a manifest holds for a sound one, and can be broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skill.packaging.icons import SIZES, file_of
from skill.packaging.manifest import ICON, manifest
from skill.packaging.manifest_rules import MODELS, RULES
from tests.packaging.test_manifest import FUNCTION, LISTING, PAGES, POLICY

Manifest = dict[str, Any]
Files = dict[str, bytes]
Damage = Callable[[Manifest, Files], object]
SMALL = ICON.format(locale="en-GB", size="small")


def sound() -> tuple[Manifest, Files]:
    """A manifest, and the files that it names."""
    made: Manifest = manifest(LISTING, PAGES, FUNCTION, POLICY)["manifest"]
    files = {f"{MODELS}{page.locale}.json": b"{}" for page in PAGES}
    for page in PAGES:
        for size, pixels in SIZES.items():
            files[ICON.format(locale=page.locale, size=size)] = file_of(pixels).read_bytes()
    return made, files


def page(made: Manifest) -> Manifest:
    """The British page."""
    found: Manifest = made["publishingInformation"]["locales"]["en-GB"]
    return found


BROKEN: dict[str, list[tuple[Damage, str]]] = {
    "complete": [
        (lambda m, f: page(m).update(summary=""), "publishingInformation.locales.en-GB.summary: is empty"),
        (lambda m, f: page(m)["keywords"].append(""), "publishingInformation.locales.en-GB.keywords.12: is empty"),
        (lambda m, f: m["apis"]["custom"].update(interfaces=[]), "apis.custom.interfaces: is empty"),
        (lambda m, f: m["events"].update(subscriptions=None), "events.subscriptions: is empty"),
        (lambda m, f: m.update(apis={}), "apis: is empty"),
    ],
    "locales": [
        (
            lambda m, f: m["publishingInformation"]["locales"].pop("en-GB"),
            "publishingInformation.locales: has en-AU, en-CA, en-IN, en-US, not en-AU",
        ),
        (
            lambda m, f: m["privacyAndCompliance"]["locales"].update({"de-DE": {}}),
            "privacyAndCompliance.locales: has de-DE, en-AU",
        ),
        (lambda m, f: f.pop(f"{MODELS}en-IN.json"), f"{MODELS}: has en-AU, en-CA, en-GB, en-US, not"),
    ],
    "icons": [
        (lambda m, f: f.pop(SMALL), f"en-GB.smallIconUri: file://{SMALL} is no file of the package"),
        (
            lambda m, f: page(m).update(largeIconUri="https://example.org/icon.png"),
            "en-GB.largeIconUri: https://example.org/icon.png is no file",
        ),
        (
            lambda m, f: f.update({SMALL: file_of(512).read_bytes()}),
            f"en-GB.smallIconUri: file://{SMALL} is no PNG of 108 by 108 pixels",
        ),
        (lambda m, f: f.update({SMALL: b"GIF89a"}), "is no PNG of 108"),
    ],
}


def test_a_sound_manifest_breaks_no_rule() -> None:
    """So whatever shows in the tests below is the damage."""
    assert [fault for rule in RULES for fault in rule(*sound())] == []


def test_every_rule_is_broken_below() -> None:
    """None of them is there for show."""
    assert {rule.__name__ for rule in RULES} == {*BROKEN}


@pytest.mark.parametrize(
    ("rule", "damage", "complaint"),
    [(rule, damage, complaint) for rule, cases in BROKEN.items() for damage, complaint in cases],
)
def test_damage_is_found(rule: str, damage: Damage, complaint: str) -> None:
    """The rule complains of the damage, with the key at fault."""
    made, files = sound()
    damage(made, files)
    check = next(each for each in RULES if each.__name__ == rule)
    found = list(check(made, files))
    assert any(complaint in fault for fault in found), found
