"""The command that writes the skill package: whole, checked, and the same every time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skill.cli import main
from skill.content.reading import DIRECTORY
from skill.locales import model_path, published
from skill.packaging import skill_package
from skill.packaging.icons import file_of
from skill.packaging.listing import load_listing

Output = pytest.CaptureFixture[str]

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:steady-legs:live"
WHOLE = ("--lambda-arn", FUNCTION, "--privacy-url", "https://skill.example.org/privacy")


def package(folder: Path, *options: str) -> int:
    """Run the command."""
    return main(["package", "skill", "--out", str(folder), *options])


def written(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest that was written."""
    raw = json.loads((folder / "skill-package" / "skill.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = raw["manifest"]
    return found


def test_the_package_is_what_the_ask_cli_sends(tmp_path: Path, capsys: Output) -> None:
    """Project file, manifest, a model and two icons a locale, and nothing else; each is printed with its size."""
    assert package(tmp_path / "deep" / "skill", *WHOLE) == 0
    folder = tmp_path / "deep" / "skill"
    said = capsys.readouterr()
    files = written(folder)
    assert {*files} == {"ask-resources.json", "skill-package/skill.json"} | {
        f"skill-package/{path}"
        for locale in published()
        for path in (
            f"interactionModels/custom/{locale}.json",
            f"assets/images/{locale}_smallIcon.png",
            f"assets/images/{locale}_largeIcon.png",
        )
    }
    assert [line.rsplit(maxsplit=1) for line in said.out.splitlines()[:-1]] == [
        [str(folder / path), str(len(data))] for path, data in sorted(files.items(), key=lambda each: order(each[0]))
    ]
    assert said.out.splitlines()[-1] == f"{len(files)} files, {sum(map(len, files.values()))} bytes"
    assert said.err == ""


def order(path: str) -> tuple[bool, bool, str]:
    """The manifest comes second, and the project file first."""
    return path != "ask-resources.json", path != "skill-package/skill.json", path


def test_the_project_has_a_package_and_no_code(tmp_path: Path) -> None:
    """The ASK CLI leaves the function alone, which is deployed by other means."""
    assert package(tmp_path, *WHOLE) == 0
    project = json.loads((tmp_path / "ask-resources.json").read_text(encoding="utf-8"))
    assert project["profiles"] == {"default": {"skillMetadata": {"src": "./skill-package"}}}
    assert (tmp_path / project["profiles"]["default"]["skillMetadata"]["src"] / "skill.json").is_file()


def test_the_models_are_those_of_the_checkout(tmp_path: Path) -> None:
    """To the last bit: what is tested is what is built."""
    assert package(tmp_path, *WHOLE) == 0
    for locale in published():
        path = tmp_path / "skill-package" / "interactionModels" / "custom" / f"{locale}.json"
        assert path.read_bytes() == model_path(locale).read_bytes()


def test_the_same_again(tmp_path: Path) -> None:
    """Elsewhere and once more, the same input gives the same bytes."""
    assert package(tmp_path / "one", *WHOLE) == 0
    assert package(tmp_path / "two", *WHOLE) == 0
    first = written(tmp_path / "one")
    assert written(tmp_path / "two") == first
    assert package(tmp_path / "one", *WHOLE) == 0
    assert written(tmp_path / "one") == first


def test_a_package_may_be_written_before_there_is_an_endpoint(tmp_path: Path, capsys: Output) -> None:
    """The skill's id is known only once it was made; what is missing is said, with the options that give it."""
    assert package(tmp_path) == 0
    *_, endpoint, policy = capsys.readouterr().out.splitlines()
    assert "--lambda-arn or --endpoint" in endpoint
    assert "--privacy-url" in policy
    assert "docs/privacy.md" in policy
    assert "endpoint" not in manifest(tmp_path)["apis"]["custom"]


@pytest.mark.parametrize(("options", "kind"), [((), "Trusted"), (("--certificate", "wildcard"), "Wildcard")])
def test_a_server_is_an_endpoint_as_well(options: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    """Its certificate is for its own name unless said otherwise."""
    assert package(tmp_path, "--endpoint", "https://skill.example.org/alexa", *options) == 0
    endpoint = manifest(tmp_path)["apis"]["custom"]["endpoint"]
    assert endpoint == {"uri": "https://skill.example.org/alexa", "sslCertificateType": kind}


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--lambda-arn", "steady-legs"), "--lambda-arn 'steady-legs': give the whole ARN"),
        (("--lambda-arn", ""), "--lambda-arn '': give the whole ARN"),
        (("--endpoint", "http://skill.example.org"), "--endpoint 'http://skill.example.org': give a public"),
        (("--endpoint", "https://skill.example.org:5000/"), "port 5000 is not reached"),
        (("--endpoint", "https://skill.example.org", "--certificate", "own"), "invalid choice: 'own'"),
        (("--lambda-arn", FUNCTION, "--endpoint", "https://skill.example.org"), "either --lambda-arn or --endpoint"),
        (("--lambda-arn", FUNCTION, "--certificate", "trusted"), "--certificate: belongs to --endpoint"),
        (("--privacy-url", "http://skill.example.org"), "--privacy-url 'http://skill.example.org': give a"),
        (("--privacy-url", ""), "--privacy-url '': give a public address"),
        (("--locale", "en-GB"), "unrecognized arguments"),
    ],
)
def test_bad_wishes(options: tuple[str, ...], complaint: str, tmp_path: Path, capsys: Output) -> None:
    """What cannot be is refused in one line, and nothing is written."""
    assert package(tmp_path / "skill", *options) == 2
    assert complaint in one_line(capsys)
    assert not (tmp_path / "skill").exists()


def one_line(capsys: Output) -> str:
    """The one line on standard error."""
    said = capsys.readouterr()
    assert said.err.startswith("steady-legs: ")
    assert said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize("arguments", [["package"], ["package", "skill"], ["package", "moon", "--out", "x"]])
def test_half_a_command(arguments: list[str], capsys: Output) -> None:
    """What is missing or unknown is named."""
    assert main(arguments) == 2
    assert "--help" in one_line(capsys)


def test_what_is_not_of_the_package_is_not_sent(tmp_path: Path, capsys: Output) -> None:
    """The model of a locale that is not published any more would be deployed with it; it is named and stays."""
    assert package(tmp_path, *WHOLE) == 0
    stray = tmp_path / "skill-package" / "interactionModels" / "custom" / "de-DE.json"
    stray.write_text("{}", encoding="utf-8")
    assert package(tmp_path) == 2
    assert str(stray) in one_line(capsys)
    assert stray.is_file()
    assert "endpoint" in manifest(tmp_path)["apis"]["custom"]


def test_what_the_ask_cli_keeps_stays(tmp_path: Path) -> None:
    """The skill's id above all, and profiles that were added."""
    assert package(tmp_path) == 0
    kept = {tmp_path / ".ask" / "ask-states.json": "{}", tmp_path / "ask-resources.json": '{"profiles": {"mine": {}}}'}
    for path, text in kept.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "skill-package" / ".DS_Store").write_bytes(b"")
    assert package(tmp_path, *WHOLE) == 0
    assert {path: path.read_text(encoding="utf-8") for path in kept} == kept
    assert "endpoint" in manifest(tmp_path)["apis"]["custom"]


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: Output) -> None:
    """A file in the way is named."""
    (tmp_path / "skill").write_text("", encoding="utf-8")
    assert package(tmp_path / "skill", *WHOLE) == 2
    assert str(tmp_path / "skill") in one_line(capsys)


Damage = Callable[[str], str]
MODEL_DAMAGE: list[tuple[Damage, str]] = [
    (lambda text: "", "is no interaction model: JSONDecodeError"),
    (lambda text: "[]", "is no interaction model: TypeError"),
    (lambda text: "{}", "is no interaction model: KeyError('interactionModel')"),
    (lambda text: '{"interactionModel": {"languageModel": {}}}', "KeyError('invocationName')"),
    (lambda text: '{"interactionModel": {"languageModel": []}}', "is no interaction model: TypeError"),
    (lambda text: text.replace('"interactionModel"', '"a": 1, "a": 2, "interactionModel"', 1), "a key stands twice"),
    (lambda text: text.replace('"steady legs"', '"legs"', 1), "invocation name 'legs' is a single word"),
    (lambda text: text.replace('"type": "RedFlag"', '"type": "RedFlags"', 1), "the undefined type RedFlags"),
    (lambda text: text.replace('"what helps"', '"what helps my {leg}"', 1), "has the undefined slot leg"),
    (lambda text: text.replace('"what helps"', '"why is my leg numb"', 1), "belongs to CausesIntent and to Remedies"),
    (lambda text: text.replace('"name": "CausesIntent"', '"name": "CauseIntent"', 1), "CauseIntent is defined twice"),
    (
        lambda text: text.replace('"languageModel"', '"prompts": [{"id": "x"}], "languageModel"', 1),
        "prompts: x is asked by no dialog; and 1 more",
    ),
]


@pytest.mark.parametrize(("damage", "complaint"), MODEL_DAMAGE, ids=[complaint for _, complaint in MODEL_DAMAGE])
def test_a_broken_model_is_refused(
    damage: Damage, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """With its file, and what in it is at fault; nothing is written."""
    path = tmp_path / "en-US.json"
    text = model_path("en-US").read_text(encoding="utf-8")
    assert damage(text) != text
    path.write_text(damage(text), encoding="utf-8")
    monkeypatch.setattr(skill_package, "model_path", lambda _: path)
    assert package(tmp_path / "skill", *WHOLE) == 2
    said = one_line(capsys)
    assert str(path) in said
    assert complaint in said
    assert not (tmp_path / "skill").exists()


def test_broken_words_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """With the file, the locale and the key."""
    text = (DIRECTORY / "en" / "skill.yaml").read_text(encoding="utf-8")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "skill.yaml").write_text(text.replace("name: Steady", "name: Alexa"), encoding="utf-8")
    monkeypatch.setattr(skill_package, "load_listing", lambda locale: load_listing(locale, tmp_path))
    assert package(tmp_path / "skill", *WHOLE) == 2
    assert "en/skill.yaml: en-US: name: has reserved words: alexa" in one_line(capsys)
    assert not (tmp_path / "skill").exists()


def test_an_icon_of_another_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """With the key of the manifest that names it."""
    monkeypatch.setattr(skill_package, "file_of", lambda _: file_of(512))
    assert package(tmp_path / "skill", *WHOLE) == 2
    said = one_line(capsys)
    assert "skill.json: publishingInformation.locales.en-US.smallIconUri" in said
    assert "is no PNG of 108 by 108 pixels; and 4 more" in said


def test_an_icon_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """As any file that cannot be read."""
    missing = tmp_path / "icon.png"
    monkeypatch.setattr(skill_package, "file_of", lambda _: missing)
    assert package(tmp_path / "skill", *WHOLE) == 2
    assert f"{missing}: No such file" in one_line(capsys)
