"""Write a run folder so that nothing half-written can pass for finished."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from hyosan.errors import DiskFull, RecordsError
from hyosan.records.manifest import FORMAT_VERSION, MANIFEST, sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

RUNS = Path("runs")
"""Folder of the runs that were given no folder."""

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says when there is no room: disk full, quota reached, file too large."""

MOST_LETTERS = 48
"""Of a scenario's name in the name of its folder: file systems allow 255 bytes, a letter may take 4."""


@contextmanager
def disk(path: Path) -> Iterator[None]:
    """While inside, what the system says about files becomes one clear message about `path`."""
    try:
        yield
    except OSError as error:
        raise disk_error(path, error) from None


def disk_error(path: Path, error: OSError, mend: str = "Choose another folder with --out.") -> RecordsError:
    """The message for what the system said about `path`, and what to do about it."""
    if error.errno in FULL:
        return DiskFull(f"{path}: no room on the disk. Nothing unfinished was kept; free some space and run again.")
    why = error.strerror or str(error)
    return RecordsError(f"{path}: cannot be written: {why}. {mend}")


def claim(out: Path | None, scenario: str, seed: int) -> Path:
    """Make the folder of a run, so that no other run takes it.

    Args:
        out: Where; must not exist or be empty. If not given, `runs/SCENARIO-SEED`, then `-2`, `-3` …
        scenario: Name of the scenario.
        seed: Seed of the run.
    """
    if out is not None:
        with disk(out):
            out.mkdir(parents=True, exist_ok=True)
            if any(out.iterdir()):
                raise RecordsError(f"{out}: is not empty, and no run is written over another. Choose another --out.")
        return out
    name = re.sub(r"[^\w.-]+", "-", scenario)[:MOST_LETTERS].strip("-.") or "run"
    stem, number = f"{name}-{seed}", 1
    while True:
        folder = RUNS / (stem if number == 1 else f"{stem}-{number}")
        with disk(folder):
            try:
                RUNS.mkdir(exist_ok=True)
                folder.mkdir()
            except FileExistsError:
                number += 1
                if folder.parent.is_dir():
                    continue
                raise
        return folder


def release(folder: Path) -> None:
    """Take back a claimed folder into which nothing was written."""
    with suppress(OSError):
        folder.rmdir()


def write(folder: Path, manifest: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> None:
    """Write tables, then the manifest that vouches for them, into a folder that exists.

    Each file is written under another name, forced to the disk and renamed; so a manifest that can be read is true.
    If anything goes wrong, what was written is removed.

    Args:
        folder: Must hold no run yet.
        manifest: What to say of the run; format version and files are added.
        tables: Tables by name.
    """
    with disk(folder):
        if (folder / MANIFEST).exists():
            raise RecordsError(f"{folder}: holds a run already, and no run is written over another.")
    written: list[Path] = []
    try:
        with disk(folder):
            files = {name: _write_table(folder / f"{name}.parquet", table, written) for name, table in tables.items()}
            text = sealed({"format_version": FORMAT_VERSION, **manifest, "tables": files}).encode()
            place(folder / MANIFEST, lambda file: file.write(text), written)
    except BaseException:
        for path in reversed(written):
            with suppress(OSError):
                path.unlink()
        raise


def _write_table(path: Path, table: pa.Table, written: list[Path]) -> dict[str, object]:
    """Write one table; what the manifest says of its file."""
    place(path, lambda file: pq.write_table(table, file, compression="zstd"), written)
    return {"file": path.name, "rows": table.num_rows, **fingerprint(path)}


def fingerprint(path: Path) -> dict[str, object]:
    """Length [bytes] and SHA-256 of a file."""
    with path.open("rb") as file:
        return {"bytes": os.fstat(file.fileno()).st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def place(path: Path, fill: Callable[[IO[bytes]], object], written: list[Path]) -> None:
    """Make a file appear whole or not at all: other name, fill, force to disk, rename, force the folder.

    Args:
        path: Where it shall appear.
        fill: Writes its content.
        written: Hears which files there are to be removed if something goes wrong.
    """
    part = path.with_name(f".{path.name}.part")
    written.append(part)
    with part.open("xb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())
    written.append(path)
    part.rename(path)
    written.remove(part)
    if os.name == "posix":
        # A rename is on the disk only once its folder is.
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
