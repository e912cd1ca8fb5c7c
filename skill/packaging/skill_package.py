"""The command `steady-legs package skill`: all that Amazon must know of the skill, as `ask deploy` sends it."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from skill.console import show
from skill.locales import find, model_path, published
from skill.packaging.dialog_rules import dialogs
from skill.packaging.endpoint import Certificate, Endpoint, checked_url
from skill.packaging.icons import SIZES, file_of
from skill.packaging.listing import Listing, Page, instructions, listing_file, load_listing, page
from skill.packaging.listing_rules import RULES as LISTING_RULES
from skill.packaging.listing_rules import Draft
from skill.packaging.manifest import ICON, manifest
from skill.packaging.manifest_rules import MODELS
from skill.packaging.manifest_rules import RULES as MANIFEST_RULES
from skill.packaging.model_rules import RULES as MODEL_RULES
from skill.packaging.package_error import PackageError
from skill.packaging.phrases import sample_of
from skill.speaker.model import ModelError
from skill.speech.whole_files import WriteError, whole_file, writing_into

PROJECT, PACKAGE, MANIFEST = "ask-resources.json", "skill-package", "skill.json"
"""What the ASK CLI reads first, the folder that it sends, and the manifest in there."""

RESOURCES = {
    "askcliResourcesVersion": "2020-03-31",
    "profiles": {"default": {"skillMetadata": {"src": f"./{PACKAGE}"}}},
}
"""Tells the ASK CLI where the skill package is; code is no concern of its."""

CERTIFICATES: Mapping[str, Certificate] = {"trusted": "Trusted", "wildcard": "Wildcard"}
"""What the choices of --certificate are called in a manifest."""

TO_TALK, TO_PUBLISH = "--lambda-arn or --endpoint", "--privacy-url"
"""The options without which nobody can talk to the skill, and without which it cannot be published."""


def package_skill(options: Namespace) -> None:
    """Write the skill package that was asked for, and print what is in it; raises PackageError."""
    endpoint, privacy_url = _endpoint(options), None
    if options.privacy_url is not None:
        privacy_url = checked_url(TO_PUBLISH, options.privacy_url)
    folder = Path(options.out)
    files = skill_package(endpoint, privacy_url)
    write(files, folder)
    sizes = {folder / path: (folder / path).stat().st_size for path in files}
    for path, size in sizes.items():
        show(f"{path}  {size}")
    show(f"{len(sizes)} files, {sum(sizes.values())} bytes")
    if endpoint is None:
        show(f"No endpoint yet ({TO_TALK}): run `ask deploy --target skill-metadata` to get the skill's id.")
    if privacy_url is None:
        show(f"No privacy policy yet ({TO_PUBLISH}): the store asks for one; docs/privacy.md has its text.")


def skill_package(endpoint: Endpoint | None, privacy_url: str | None) -> dict[str, bytes]:
    """All files by their paths, the same for the same arguments; raises PackageError, naming file, key and fault."""
    listings = {locale: load_listing(locale) for locale in published()}
    pages = [page(listing, locale) for locale, listing in listings.items()]
    files: dict[str, bytes] = {}
    for each in pages:
        files[f"{MODELS}{each.locale}.json"] = _model(each, listings[each.locale])
        for size, pixels in SIZES.items():
            files[ICON.format(locale=each.locale, size=size)] = _read(file_of(pixels))
    made = manifest(load_listing(find(None).tag), pages, endpoint, privacy_url)
    _refuse(MANIFEST, (fault for rule in MANIFEST_RULES for fault in rule(made["manifest"], files)))
    packed = {f"{PACKAGE}/{path}": data for path, data in sorted(files.items())}
    return {PROJECT: _json(RESOURCES), f"{PACKAGE}/{MANIFEST}": _json(made), **packed}


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Put the files into a folder, each of them whole; raises PackageError where others are in the way.

    An `ask-resources.json` that is there stays, as the ASK CLI and its user write into it as well.
    """
    for found in sorted((folder / PACKAGE).rglob("*")):
        if found.is_file() and not found.name.startswith(".") and found.relative_to(folder).as_posix() not in files:
            raise PackageError(f"{found}: is no part of the package, but would be sent with it; move it away")
    try:
        with ExitStack() as folders:
            for place in dict.fromkeys((folder / path).parent for path in files):
                folders.enter_context(writing_into(place))
            for path, data in files.items():
                if path == PROJECT and (folder / path).exists():
                    continue
                with whole_file(folder / path) as file:
                    file.write(data)
    except WriteError as error:
        raise PackageError(str(error)) from error


def _endpoint(options: Namespace) -> Endpoint | None:
    if options.lambda_arn is not None and options.endpoint is not None:
        raise PackageError(f"give either {TO_TALK}")
    if options.certificate is not None and options.endpoint is None:
        raise PackageError("--certificate: belongs to --endpoint; a function has none")
    if options.lambda_arn is not None:
        return Endpoint.of_function(options.lambda_arn)
    if options.endpoint is not None:
        return Endpoint.of_server(options.endpoint, CERTIFICATES[options.certificate or "trusted"])
    return None


def _model(page: Page, listing: Listing) -> bytes:
    """The interaction model of a page's locale, checked, and the page held against it."""
    path = model_path(page.locale)
    data = _read(path)
    try:
        model = json.loads(data, object_pairs_hook=_without_doubles)["interactionModel"]
        _refuse(path, (fault for rule in MODEL_RULES for fault in rule(model["languageModel"])))
        _refuse(path, dialogs(model))
        found = sample_of(path, page.locale)
    except (AttributeError, KeyError, ModelError, TypeError, ValueError) as error:
        raise PackageError(f"{path}: is no interaction model: {error!r}") from error
    draft = Draft(page, listing, instructions(listing), model["languageModel"]["invocationName"], found)
    _refuse(f"{listing_file(page.locale)}: {page.locale}", (fault for rule in LISTING_RULES for fault in rule(draft)))
    return data


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a key stands twice among {', '.join(key for key, _ in pairs)}")
    return found


def _refuse(where: Path | str, faults: Iterator[str]) -> None:
    """Raise PackageError for the first fault, with the number of others."""
    found = list(faults)
    if found:
        raise PackageError(f"{where}: {found[0]}{f'; and {len(found) - 1} more' if found[1:] else ''}")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackageError(f"{path}: {error.strerror}") from error


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
