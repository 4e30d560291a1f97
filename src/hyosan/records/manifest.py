"""The manifest of a run folder: written last, and read with suspicion."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from hyosan.errors import RecordsError
from hyosan.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"
FORMAT_VERSION = 1
MOST_BYTES = 16 * 2**20
"""A manifest is a few kilobytes; a file of more than this is something else."""

SEAL = "seal"
"""Key of the SHA-256 over the rest of the manifest, so that a flipped bit in a number is noticed."""


def sealed(manifest: dict[str, Any]) -> str:
    """The text of a manifest with its seal."""
    return json.dumps(manifest | {SEAL: _seal(manifest)}, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder, or a `RecordsError` that says what is wrong with it."""
    path = folder / MANIFEST
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing"
        raise RecordsError(f"{folder}: a run folder is expected here, found {found}. `hyosan run` makes one.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RecordsError(f"{path}: far too large for a manifest.")
        manifest = json.loads(path.read_bytes().decode())
    except FileNotFoundError:
        raise RecordsError(
            f"{folder}: no {MANIFEST} in it, so this is no run folder, or its run was killed before it was written. "
            "Run again."
        ) from None
    except OSError as error:
        raise RecordsError(f"{path}: cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise RecordsError(f"{path}: damaged: not JSON. Run again, or restore it from a copy.") from None
    return _checked(path, manifest)


def _checked(path: Path, manifest: Any) -> dict[str, Any]:
    """The manifest without its seal, if it is whole and of a format that we know."""
    if not isinstance(manifest, dict) or "format_version" not in manifest or SEAL not in manifest:
        raise RecordsError(f"{path}: this is not the manifest of a run of hyosan.")
    version = manifest["format_version"]
    if version != FORMAT_VERSION:
        raise RecordsError(
            f"{path}: format_version is {version!r:.40}, this hyosan reads {FORMAT_VERSION}. "
            "Use the release that wrote it."
        )
    seal = manifest.pop(SEAL)
    if seal != _seal(manifest):
        raise RecordsError(
            f"{path}: damaged: its content does not match its seal. Run again, or restore it from a copy."
        )
    if not set(manifest["tables"]) <= set(TABLES):
        unknown = ", ".join(sorted(set(manifest["tables"]) - set(TABLES)))
        raise RecordsError(f"{path}: names tables that this release does not know: {unknown:.200}.")
    return manifest


def _seal(manifest: dict[str, Any]) -> str:
    """SHA-256 over the manifest in one fixed spelling."""
    return hashlib.sha256(json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
