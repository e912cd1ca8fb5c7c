"""Compiles modules into the one file of `skill.bundle`, by whichever Python runs it: `python compiling.py JOB OUT`.

JOB is a JSON file: `modules` has for each name the path of its source and whether it is a package, `beside` for each
file that is to stand by itself the path of its source, `ours` the names to import for the methods of their dataclasses,
and `paths` from where. Docstrings are left out.

It stands alone, as the Python that it runs on need not have our packages.
"""

from __future__ import annotations

import dataclasses
import json
import marshal
import py_compile
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

WITHOUT_DOCSTRINGS = 2
"""The level of optimisation."""

HEAD = 8
"""Bytes before the index, which hold its length."""


def main(job: Path, out: Path) -> None:
    """Write the file and what stands beside it into a folder."""
    asked = json.loads(job.read_text(encoding="utf-8"))
    body = bytearray()

    def put(code: Any) -> tuple[int, int]:
        packed = marshal.dumps(code)
        body.extend(packed)
        return len(body) - len(packed), len(packed)

    modules = {}
    for name, (source, is_package) in sorted(asked["modules"].items()):
        shown = name.replace(".", "/") + ("/__init__.py" if is_package else ".py")
        code = compile(Path(source).read_bytes(), shown, "exec", dont_inherit=True, optimize=WITHOUT_DOCSTRINGS)
        modules[name] = put(code), is_package
    methods = {}
    for text in sorted(_methods(asked["ours"], asked["paths"])):
        methods[text] = put(compile(text, "<string>", "exec", dont_inherit=True))
    head = marshal.dumps((sys.implementation.cache_tag, modules, methods))
    (out / "modules.bin").write_bytes(len(head).to_bytes(HEAD, "little") + head + body)
    for name, source in sorted(asked["beside"].items()):
        py_compile.compile(
            source,
            str(out / f"{name}.pyc"),
            f"{name}.py",
            doraise=True,
            optimize=WITHOUT_DOCSTRINGS,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


def _methods(names: list[str], paths: list[str]) -> set[str]:
    """The texts that become methods of dataclasses while modules are imported."""
    texts = set()

    def execute(text: str, names: dict[str, Any], results: dict[str, Any]) -> None:
        texts.add(text)
        exec(text, names, results)  # noqa: S102  # what dataclasses does

    dataclasses.exec = execute  # type: ignore[attr-defined]  # its own name comes before that of the language
    sys.path[:0] = paths
    for name in names:
        import_module(name)
    return texts


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
