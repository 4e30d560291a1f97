"""The tables of one run, in memory or in a run folder, and questions to them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as dataset
import pyarrow.parquet as pq

from hyosan.errors import RecordsError, did_you_mean
from hyosan.records.arrow import arrow_table, schema
from hyosan.records.manifest import read_manifest
from hyosan.records.query import query
from hyosan.records.write import claim, fingerprint, write
from hyosan.tables import TABLES, Names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray


class Records:
    """What one run left behind; made by `taken` or `opened`.

    Args:
        manifest: Scenario as resolved, seed, code, libraries, summary.
        make: Gives each table, by its name.
        files: Where the tables are on the disk, by their names; empty for a run in memory.
    """

    def __init__(
        self, manifest: Mapping[str, Any], make: Mapping[str, Callable[[], pa.Table]], files: Mapping[str, Path]
    ) -> None:
        self.manifest = manifest
        self._make, self._files = make, files
        self._tables: dict[str, pa.Table] = {}

    @property
    def summary(self) -> dict[str, Any]:
        """The numbers that every run reports, digest included."""
        return dict(self.manifest["summary"])

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables that the run has."""
        return tuple(self._make)

    def table(self, name: str) -> pa.Table:
        """One table by its name."""
        if name not in self._make:
            raise RecordsError(f"{name!r:.80}: no such table. {did_you_mean(name, self._make)}")
        if name not in self._tables:
            self._tables[name] = self._make[name]()
        return self._tables[name]

    def query(self, sql: str) -> pa.Table:
        """The answer to a question in SQL, in which every table stands by its name and nothing else can be reached.

        Args:
            sql: One statement that reads, in the dialect of DuckDB.
        """
        # A dataset is read as far as the statement needs it, a table is there already.
        sources = {
            name: dataset.dataset(self._files[name]) if name in self._files else self.table(name) for name in self.names
        }
        return query(sql, sources)

    def save(self, folder: str | Path) -> Path:
        """Write the run into a folder that does not exist or is empty."""
        folder = claim(Path(folder), str(self.summary["scenario"]), int(self.summary["seed"]))
        manifest = {name: value for name, value in self.manifest.items() if name not in ("format_version", "tables")}
        write(folder, manifest, {name: self.table(name) for name in self.names})
        return folder


def taken(
    manifest: Mapping[str, Any],
    columns: Mapping[str, Mapping[str, NDArray[Any]]],
    names: Mapping[Names, Sequence[str]],
) -> Records:
    """Records of a run in memory.

    Args:
        manifest: What to say of the run, summary included.
        columns: NumPy columns by table and name; made into Arrow tables when first asked for.
        names: Names of states, districts and sites.
    """
    return Records(manifest, {name: partial(arrow_table, name, columns[name], names) for name in columns}, {})


def opened(folder: str | Path) -> Records:
    """Records of a run folder, after every file in it has been compared with its SHA-256."""
    folder = Path(folder)
    manifest = read_manifest(folder)
    files = {name: _whole(folder / f"{name}.parquet", file) for name, file in manifest["tables"].items()}
    return Records(manifest, {name: partial(_read, name, path) for name, path in files.items()}, files)


def _whole(path: Path, file: Mapping[str, Any]) -> Path:
    """The path of a table's file, if the file is the one that the manifest vouches for."""
    try:
        found = fingerprint(path)
    except FileNotFoundError:
        raise RecordsError(
            f"{path}: missing, though the manifest names it. Run again, or restore it from a copy."
        ) from None
    except OSError as error:
        raise RecordsError(f"{path}: cannot be read: {error.strerror}.") from None
    if found["bytes"] != file["bytes"]:
        raise RecordsError(
            f"{path}: damaged: {found['bytes']} bytes long, it was written with {file['bytes']}. Run again."
        )
    if found["sha256"] != file["sha256"]:
        raise RecordsError(f"{path}: damaged: its content does not match the SHA-256 in the manifest. Run again.")
    return path


def _read(name: str, path: Path) -> pa.Table:
    """A table from its file, with the columns that it must have."""
    try:
        return pq.read_table(path, schema=schema(TABLES[name])).unify_dictionaries()
    except (pa.ArrowException, OSError) as error:
        raise RecordsError(f"{path}: not the table of a run: {error!s:.200}.") from None
