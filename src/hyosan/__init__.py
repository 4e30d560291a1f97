"""hyosan: one outbreak, from the bite that starts it to the country it reaches, and the people who must contain it.

>>> import hyosan as hy
>>> run = hy.simulate("well-mixed", seed=1, set={"people": 1000})  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyosan.errors import HyosanError
    from hyosan.scenario.model import Scenario
    from hyosan.views.api import Run, ensemble, load, open_run, simulate

__version__ = "0.1.0"

_HOMES = {
    "HyosanError": "errors",
    "Run": "views.api",
    "Scenario": "scenario.model",
    "ensemble": "views.api",
    "load": "views.api",
    "open_run": "views.api",
    "simulate": "views.api",
}
"""Where each public name lives: imported when first used, so that `import hyosan` loads neither Numba nor pyarrow."""

__all__ = ["HyosanError", "Run", "Scenario", "__version__", "ensemble", "load", "open_run", "simulate"]

# The function `ensemble` has the name of a folder. Python puts a folder's module in its parent when it is first
# imported, so that is done here, and undone, before anybody asks for the function.
import_module("hyosan.ensemble")
del globals()["ensemble"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'hyosan' has no attribute {name!r}")
    value = getattr(import_module(f"hyosan.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
