"""Writes into a module what `dataclasses` would add to its classes anew in every process, a quarter of its start.

A class that asks for slots comes out as if somebody had written its methods by hand, and equal in all that can be seen
of it but the moment it is made. One that asks for more than is known here stays as it is, and is made as ever.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PARTS = "skill.dataclass_parts"
"""The module that has what such classes share."""

SHARED = ("ABSENT", "Late", "refuse_to_delete", "refuse_to_set")
"""What they need of it, under names that begin with an underscore and are their own."""

OPTIONS = frozenset({"frozen", "slots", "eq"})
"""What a class may ask for."""

FIELD_OPTIONS = frozenset({"default", "default_factory", "repr"})
"""What a field may ask for."""

FIELDS, PARAMS = "__dataclass_fields__", "__dataclass_params__"
"""What `dataclasses` looks up in a class."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of such a class."""

    name: str
    """Its name."""
    default: ast.expr | None
    """What it is where nothing is given."""
    factory: ast.expr | None
    """What makes that."""
    shown: bool
    """Whether it is in the representation."""
    written: ast.expr | None
    """What stands behind its annotation."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a class asks for."""

    frozen: bool
    """Whether nothing of it can be set."""
    eq: bool
    """Whether its objects are compared by their values."""
    inherited: tuple[Field, ...]
    """The fields of the classes that it is derived from."""
    own: tuple[Field, ...]
    """Its own."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in their order."""
        return (*self.inherited, *self.own)


def with_methods(module: ast.Module) -> ast.Module:
    """The module, with the methods of its dataclasses in it; what it imports of `dataclasses` is what is still used."""
    shapes: dict[str, Shape] = {}
    changed = [_class(each, shapes) if isinstance(each, ast.ClassDef) else each for each in module.body]
    names = _Names()
    for each in changed:
        names.visit(each)
    body = [part for each in changed for part in _imports(each, names.used)]
    if shapes:
        after = next(place for place, each in enumerate(body) if not _stands_first(each))
        body.insert(after, ast.ImportFrom(PARTS, [ast.alias(name, f"_{name}") for name in SHARED], 0))
    return ast.fix_missing_locations(ast.Module(body, module.type_ignores))


def _stands_first(statement: ast.stmt) -> bool:
    is_docstring = isinstance(statement, ast.Expr)
    return is_docstring or (isinstance(statement, ast.ImportFrom) and statement.module == "__future__")


class _Names(ast.NodeVisitor):
    """Collects the names that are used, but where the fields are made late."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:
        self.used.add(node.id)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name != FIELDS:
            self.generic_visit(node)


def _imports(statement: ast.stmt, used: set[str]) -> list[ast.stmt]:
    """A statement; where it imports of `dataclasses`, without what is not used any more."""
    if not isinstance(statement, ast.ImportFrom) or statement.module != "dataclasses":
        return [statement]
    names = [each for each in statement.names if (each.asname or each.name) in used]
    replacing = [each for each in names if each.name == "replace"]
    others = [each for each in names if each not in replacing]
    parts = ((PARTS, replacing), ("dataclasses", others))
    return [ast.copy_location(ast.ImportFrom(module, kept, 0), statement) for module, kept in parts if kept]


def _class(node: ast.ClassDef, shapes: dict[str, Shape]) -> ast.ClassDef:
    """A class with its methods where it is a dataclass that is understood; its shape is added to the others."""
    shape = _shape(node, shapes)
    if shape is None:
        return node
    shapes[node.name] = shape
    body = [
        ast.AnnAssign(each.target, each.annotation, None, each.simple) if isinstance(each, ast.AnnAssign) else each
        for each in node.body
    ]
    has = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    texts = [text for name, text in _added(shape, "__post_init__" in has).items() if name not in has]
    body += ast.parse("\n".join(texts)).body
    parts = {name: getattr(node, name) for name in node._fields}
    return ast.copy_location(ast.ClassDef(**{**parts, "body": body, "decorator_list": []}), node)


def _shape(node: ast.ClassDef, shapes: dict[str, Shape]) -> Shape | None:
    if len(node.decorator_list) != 1 or node.keywords:
        return None
    decorator = node.decorator_list[0]
    if not isinstance(decorator, ast.Call) or ast.unparse(decorator.func) != "dataclass" or decorator.args:
        return None
    asked = {each.arg: ast.literal_eval(each.value) for each in decorator.keywords if each.arg}
    bases = [ast.unparse(each) for each in node.bases]
    if not asked.get("slots") or not asked.keys() <= OPTIONS or not shapes.keys() >= set(bases):
        return None
    annotated = [each for each in node.body if isinstance(each, ast.AnnAssign)]
    own = [_field(each) for each in annotated]
    inherited = [field for base in bases for field in shapes[base].fields]
    known = [each for each in own if each is not None]
    if len(known) < len(own) or len({each.name for each in (*inherited, *known)}) < len(inherited) + len(known):
        return None
    return Shape(asked.get("frozen", False), asked.get("eq", True), tuple(inherited), tuple(known))


def _field(node: ast.AnnAssign) -> Field | None:
    """A field; None where it is none, or one that asks for something else."""
    if not isinstance(node.target, ast.Name) or ast.unparse(node.annotation).startswith(("ClassVar", "InitVar")):
        return None
    name, value = node.target.id, node.value
    if not isinstance(value, ast.Call) or ast.unparse(value.func) != "field":
        return Field(name, value, None, True, value)
    options = {each.arg: each.value for each in value.keywords if each.arg}
    if not options.keys() <= FIELD_OPTIONS:
        return None
    shown = ast.literal_eval(options["repr"]) if "repr" in options else True
    return Field(name, options.get("default"), options.get("default_factory"), shown, value)


def _added(shape: Shape, more_to_do: bool) -> dict[str, str]:
    """What such a class has beside what stands in it, by its name."""
    fields = shape.fields
    names = tuple(each.name for each in fields)
    values = f"({''.join(f'self.{each},' for each in names)})"
    added = {
        "__slots__": f"__slots__ = {tuple(each.name for each in shape.own)!r}",
        "__match_args__": f"__match_args__ = {names!r}",
        "__init__": _init(fields, shape.frozen, more_to_do),
        "__repr__": _repr(fields),
        "__replace__": _copy(names),
        FIELDS: _late(shape),
    }
    if shape.eq:
        others = values.replace("self.", "other.")
        added["__eq__"] = (
            "def __eq__(self, other):\n if other.__class__ is not self.__class__: return NotImplemented\n"
            f" return {values} == {others}"
        )
        added["__hash__"] = f"def __hash__(self): return hash({values})" if shape.frozen else "__hash__ = None"
    if shape.frozen:
        added["__setattr__"] = "__setattr__ = _refuse_to_set"
        added["__delattr__"] = "__delattr__ = _refuse_to_delete"
        added["__getstate__"] = f"def __getstate__(self): return [{values[1:-1]}]"
        added["__setstate__"] = _restored(names)
    return added


def _init(fields: Sequence[Field], frozen: bool, more_to_do: bool) -> str:
    given = [f"{each.name}={_given(each)}" if each.default or each.factory else each.name for each in fields]
    lines = [f"def __init__({', '.join(['self', *given])}):"]
    lines += [
        f" if {each.name} is _ABSENT: {each.name} = ({ast.unparse(each.factory)})()" for each in fields if each.factory
    ]
    lines += _settings([(each.name, each.name) for each in fields], frozen)
    return "\n".join([*lines, " self.__post_init__()" if more_to_do else " pass"])


def _given(field: Field) -> str:
    return ast.unparse(field.default) if field.default else "_ABSENT"


def _settings(values: Iterable[tuple[str, str]], frozen: bool) -> list[str]:
    if not frozen:
        return [f" self.{name} = {value}" for name, value in values]
    return [" set_ = object.__setattr__", *(f" set_(self, {name!r}, {value})" for name, value in values)]


def _restored(names: Sequence[str]) -> str:
    settings = _settings([(each, f"state[{place}]") for place, each in enumerate(names)], True)
    return "\n".join(["def __setstate__(self, state):", *settings])


def _repr(fields: Iterable[Field]) -> str:
    shown = ", ".join(f"{each.name}={{self.{each.name}!r}}" for each in fields if each.shown)
    return f"def __repr__(self): return f'{{self.__class__.__qualname__}}({shown})'"


def _copy(names: Sequence[str]) -> str:
    given = ", ".join(f"{each}=_ABSENT" for each in names)
    values = ", ".join(f"self.{each} if {each} is _ABSENT else {each}" for each in names)
    return f"def __replace__(self, {'*, ' if names else ''}{given}): return self.__class__({values})"


def _late(shape: Shape) -> str:
    written = ", ".join(f"{each.name!r}: {ast.unparse(each.written)}" for each in shape.own if each.written)
    return (
        f"def {FIELDS}():\n from dataclasses import field\n return {{{written}}}\n"
        f"{PARAMS} = _Late({FIELDS}, frozen={shape.frozen}, eq={shape.eq})\n"
        f"{FIELDS} = _Late({FIELDS}, frozen={shape.frozen}, eq={shape.eq})"
    )
