"""Compiles modules into the one file of `skill.bundle`, by whichever Python runs it: `python compiling.py JOB OUT`.

JOB is a JSON file: `modules` has for each name the path of its source and whether it is a package, `beside` for each
file that is to stand by itself the path of its source, and `path` where our own modules are. Docstrings are left out,
and the methods of dataclasses put in.

It needs no other packages, as the Python that it runs on need not have them.
"""

from __future__ import annotations

import ast
import json
import marshal
import py_compile
import sys
from pathlib import Path

WITHOUT_DOCSTRINGS = 2
"""The level of optimisation."""

HEAD = 8
"""Bytes before the index, which hold its length."""


def main(job: Path, out: Path) -> None:
    """Write the file and what stands beside it into a folder."""
    asked = json.loads(job.read_text(encoding="utf-8"))
    sys.path.insert(0, asked["path"])
    from skill.packaging.dataclass_methods import with_methods

    body, modules = bytearray(), {}
    for name, (source, is_package) in sorted(asked["modules"].items()):
        shown = name.replace(".", "/") + ("/__init__.py" if is_package else ".py")
        tree = with_methods(ast.parse(Path(source).read_bytes()))
        packed = marshal.dumps(compile(tree, shown, "exec", dont_inherit=True, optimize=WITHOUT_DOCSTRINGS))
        modules[name] = (len(body), len(packed)), is_package
        body += packed
    head = marshal.dumps((sys.implementation.cache_tag, modules))
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
