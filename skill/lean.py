"""The SDK's classes, imported when they are first asked for.

Importing one class of ask_sdk_model imports some 400 modules, as each of its packages names all it has, and the SDK's
skill names the clients of all services. A skill that starts while somebody waits has no use for nearly all of them.
While these finders are in place, a name of such a package is imported when it is first looked up, from the module that
is called after it; a name that no module is called after is looked up in what the package itself imports, as ever.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from types import ModuleType

MODEL = "ask_sdk_model"
"""The package whose classes come late, with all packages in it."""

FACTORY = "ask_sdk_model.services.service_client_factory"
"""The module that imports the clients of all services."""

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class LateImports:
    """Finds the packages of the SDK's model, and the factory of its clients."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to import a module in this way; None for all that are imported as ever."""
        if fullname.partition(".")[0] != MODEL:
            return None
        others = sys.meta_path[sys.meta_path.index(self) + 1 :]
        spec = next(filter(None, (finder.find_spec(fullname, path, target) for finder in others)), None)
        if spec and spec.loader and (spec.submodule_search_locations is not None or fullname == FACTORY):
            spec.loader = _Late(spec.loader)  # type: ignore[assignment]  # its base would import more than it saves
        return spec


class _Late:
    """Makes a module that imports what it names when that is looked up."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """A module, as it is made otherwise."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Give it the means to find what is looked up."""
        if module.__name__ == FACTORY:
            module.__dict__["ServiceClientFactory"] = _deferred(module, self._loader)
            return

        def find(name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
            own = f"{module.__name__}.{_CAPITAL.sub('_', name).lower()}"
            try:
                named = import_module(own)
            except ModuleNotFoundError as error:
                if error.name != own:
                    raise
                del module.__dict__["__getattr__"]
                self._loader.exec_module(module)
                return getattr(module, name)
            value = getattr(named, name) if name != name.lower() else named
            setattr(module, name, value)
            return value

        module.__dict__["__getattr__"] = find


def _deferred(module: ModuleType, loader: Loader) -> type:
    """What stands for the factory: it knows its configuration, and all else is asked of the one it stands for."""

    class ServiceClientFactory:
        def __init__(self, api_configuration: Any) -> None:
            self.api_configuration = api_configuration

        def __getattr__(self, name: str) -> Any:
            if module.__dict__["ServiceClientFactory"] is ServiceClientFactory:
                loader.exec_module(module)
            return getattr(module.__dict__["ServiceClientFactory"](self.api_configuration), name)

    return ServiceClientFactory


def install() -> None:
    """Have the SDK imported late from now on, unless somebody imported it before."""
    if MODEL not in sys.modules and not any(isinstance(finder, LateImports) for finder in sys.meta_path):
        sys.meta_path.insert(0, LateImports())
