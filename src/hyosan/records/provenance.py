"""How a run was made: by which code, with which libraries, when."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib import import_module

from hyosan.jit import source_digest

LIBRARIES = ("numpy", "numba", "llvmlite", "pyarrow", "pydantic")
"""Libraries whose versions a run folder names."""


def provenance() -> dict[str, object]:
    """Code, libraries, machine and time, as a manifest holds them."""
    versions = {name: str(import_module(name).__version__) for name in ("hyosan", *LIBRARIES)}
    return {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "code": {"version": versions.pop("hyosan"), "source": source_digest()},
        "libraries": {"python": platform.python_version(), **versions},
        "machine": platform.machine(),
    }
