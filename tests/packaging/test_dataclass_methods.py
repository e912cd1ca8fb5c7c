"""The methods that are written into dataclasses do what those do that `dataclasses` would write."""

from __future__ import annotations

import ast
import copy
import dataclasses
import inspect
import pickle
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from skill.dataclass_parts import ABSENT, replace
from skill.packaging.dataclass_methods import with_methods
from skill.packaging.function import ENTRY
from skill.packaging.modules import ours

MODULES = sorted(name for name, file in ours(ENTRY).items() if "@dataclass" in file.read_text(encoding="utf-8"))
"""Modules of the package that have such classes."""

EXAMPLE = '''
"""A module."""
from __future__ import annotations
from dataclasses import astuple, dataclass, field, replace

@dataclass(frozen=True, slots=True)
class Base:
    """A class."""
    first: int
    "A number."
    others: list[int] = field(default_factory=lambda: [1])
    secret: str = field(default="s", repr=False)

@dataclass(frozen=True, slots=True)
class Derived(Base):
    more: tuple[int, ...] = ()
    def __post_init__(self):
        if self.first < 0:
            raise ValueError(self.first)

@dataclass(slots=True)
class Changing:
    count: int = 0
    def __eq__(self, other):
        return self is other

@dataclass(frozen=True, slots=True, eq=False)
class Lonely:
    pass

@dataclass(frozen=True, slots=True)
class Hashed:
    value: int
    def __hash__(self):
        return 7

@dataclass
class Open:
    value: int

@dataclass(frozen=True, slots=True)
class Strange:
    value: int = field(default=1, compare=False)

def both(base):
    return astuple(replace(base, first=9))
'''
"""Classes of all kinds, the last two of which ask for more than is known."""


def executed(source: str, name: str, *, written: bool) -> ModuleType:
    """A module made of a source, with the methods written into it or as ever."""
    tree = ast.parse(source)
    module = ModuleType(name)
    module.__file__ = name
    sys.modules[name] = module
    exec(compile(with_methods(tree) if written else tree, name, "exec"), module.__dict__)  # noqa: S102  # our own
    return module


@pytest.fixture
def written() -> ModuleType:
    """The example with methods written into it."""
    return executed(EXAMPLE, "example_written", written=True)


@pytest.fixture
def usual() -> ModuleType:
    """The example as it is usually made."""
    return executed(EXAMPLE, "example_usual", written=False)


def classes(module: ModuleType) -> dict[str, Any]:
    """The dataclasses of a module."""
    return {
        name: each
        for name, each in vars(module).items()
        if dataclasses.is_dataclass(each) and isinstance(each, type) and each.__module__ == module.__name__
    }


def known(kind: Any) -> list[tuple[Any, ...]]:
    """What `dataclasses` knows of the fields of a class."""
    return [
        (each.name, each.type, each.default, getattr(each.default_factory, "__name__", None), each.repr)
        for each in dataclasses.fields(kind)
    ]


def same_shape(made: Any, usual: Any) -> None:
    """Fail unless a class takes and has what the other one does."""
    assert made.__slots__ == usual.__slots__
    assert made.__match_args__ == usual.__match_args__
    assert known(made) == known(usual)
    assert (made.__hash__ is None) == (usual.__hash__ is None)
    parameters, others = (inspect.signature(each).parameters for each in (made, usual))
    assert list(parameters) == list(others)
    for one, other in zip(parameters.values(), others.values(), strict=True):
        factory = repr(other.default) == "<factory>"
        assert one.default is ABSENT if factory else one.default == other.default


@pytest.mark.parametrize("name", MODULES)
def test_all_of_the_package(name: str) -> None:
    """Every such class of the package gets its methods, and takes and has what it has in a checkout."""
    source = ours(ENTRY)[name].read_text(encoding="utf-8")
    made, usual = classes(executed(source, f"written.{name}", written=True)), classes(import_module(name))
    assert made.keys() == usual.keys()
    for each, kind in made.items():
        assert kind.__init__.__code__.co_filename == f"written.{name}"
        same_shape(kind, usual[each])


@pytest.mark.parametrize("name", ["Base", "Derived", "Changing", "Lonely", "Hashed"])
def test_shapes(name: str, written: ModuleType, usual: ModuleType) -> None:
    """Fields, defaults and order are the same, those of the classes before it first."""
    assert getattr(written, name).__init__.__code__.co_filename == "example_written"
    same_shape(getattr(written, name), getattr(usual, name))


def test_values(written: ModuleType, usual: ModuleType) -> None:
    """Objects show themselves, compare, hash and are copied alike."""
    for module in (written, usual):
        base, derived = module.Base(1), module.Derived(1, [2], "x", (3,))
        assert repr(base) == "Base(first=1, others=[1])"
        assert repr(derived) == "Derived(first=1, others=[2], more=(3,))"
        assert base == module.Base(1)
        assert base != module.Base(2)
        assert module.Base(1, [2], "x") != module.Derived(1, [2], "x")
        assert hash(module.Derived(1, (), "x")) == hash((1, (), "x", ()))
        assert hash(module.Hashed(1)) == 7
        assert module.Lonely() != module.Lonely()
        assert module.Changing() != module.Changing()
        assert module.Base(1).others is not module.Base(1).others
        assert dataclasses.replace(derived, first=5) == module.Derived(5, [2], "x", (3,))
        assert replace(derived, first=5) == module.Derived(5, [2], "x", (3,))
        assert replace(module.Open(1), value=2) == module.Open(2)
        assert module.both(base) == (9, [1], "s")
        assert copy.deepcopy(derived) == derived
        assert pickle.loads(pickle.dumps(derived)) == derived  # noqa: S301  # made just now
        match base:
            case module.Base(first, [other]):
                assert (first, other) == (1, 1)


def test_pickles_of_the_other(written: ModuleType, usual: ModuleType) -> None:
    """What was pickled by the one is read by the other, as content is that was baked in a checkout."""
    packed = pickle.dumps(usual.Derived(1, [2], "x", (3,))).replace(b"example_usual", b"example_writt")
    sys.modules["example_writt"] = written
    assert pickle.loads(packed) == written.Derived(1, [2], "x", (3,))  # noqa: S301  # made just now


def test_frozen(written: ModuleType, usual: ModuleType) -> None:
    """What is frozen refuses to be changed, in the same words, and what is not can be."""
    messages = []
    for module in (written, usual):
        base, changing = module.Base(1), module.Changing()
        for attempt in (base.__setattr__, base.__delattr__):
            with pytest.raises(dataclasses.FrozenInstanceError) as caught:
                attempt("first", *([2] if attempt == base.__setattr__ else []))
            messages.append(str(caught.value))
        changing.count = 4
        assert changing.count == 4
        with pytest.raises(ValueError, match="-1"):
            module.Derived(-1)
        with pytest.raises(TypeError):
            replace(base, nothing=1)
    assert messages[:2] == messages[2:]


def test_what_is_not_known(written: ModuleType) -> None:
    """A class that asks for more is made as ever."""
    assert {each.__init__.__code__.co_filename for each in (written.Open, written.Strange)} == {"<string>"}
    assert written.Strange(1) == written.Strange(2)


def test_imports() -> None:
    """What is not needed any more of `dataclasses` is not imported, and what is left still is."""
    shown = ast.unparse(with_methods(ast.parse(EXAMPLE)))
    assert "from dataclasses import astuple, dataclass, field\n" in shown
    assert "from skill.dataclass_parts import replace\n" in shown
    plain = "from dataclasses import dataclass\n@dataclass(slots=True)\nclass A:\n    a: int\n"
    assert "from dataclasses import dataclass" not in ast.unparse(with_methods(ast.parse(plain)))
