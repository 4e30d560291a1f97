"""Runs in the formats that other tools read."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from hyosan.errors import RecordsError
from hyosan.records.cases import NOBODY, Cases, cases_of
from hyosan.records.newick import newick
from hyosan.records.write import disk, place, release

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from hyosan.records.run import Records

FORMATS = {
    "csv": "a folder with a .csv a table, for everything",
    "parquet": "a folder with a .parquet a table, for pandas, polars, R and DuckDB",
    "epicontacts": "linelist.csv and contacts.csv, for epicontacts and other tools of R",
    "newick": "the transmission forest, one tree a line, branches in days",
    "jupedsim": "a folder with a .sqlite a storey, for JuPedSim's viewers and PedPy; of runs in buildings",
}
"""Formats by their names, and what they are for."""


def export(records: Records, form: str, out: Path) -> Path:
    """Write a run in another format.

    Args:
        records: The run.
        form: One of `FORMATS`.
        out: A folder that does not exist or is empty; for `newick` a file that does not exist, or a device.
    """
    files = _files(records, form)
    if form == "newick":
        _write_file(out, files[""])
    else:
        _write_folder(out, files)
    return out


def default_out(folder: Path, form: str) -> Path:
    """Where an export goes if nobody says: beside the run folder."""
    name = folder.resolve().name
    return folder.resolve().with_name(f"{name}.nwk" if form == "newick" else f"{name}-{form}")


def write_newick(records: Records, file: IO[bytes]) -> None:
    """Write the transmission forest of a run into an open file."""
    pieces: list[str] = []
    for piece in newick(cases_of(records)):
        pieces.append(piece)
        if len(pieces) > 65536:
            file.write("".join(pieces).encode())
            pieces.clear()
    file.write("".join(pieces).encode())


def _files(records: Records, form: str) -> Mapping[str, Callable[[IO[bytes]], object]]:
    """What fills each file of a format, by its name."""
    if form == "csv":
        tables = {name: partial(_dated, records, name) for name in records.names}
        return {f"{name}.csv": partial(_fill_csv, table) for name, table in tables.items()}
    if form == "parquet":
        tables = {name: partial(_dated, records, name, text=False) for name in records.names}
        return {f"{name}.parquet": partial(_fill_parquet, table) for name, table in tables.items()}
    if form == "epicontacts":
        cases = cases_of(records)
        return {
            "linelist.csv": partial(_fill_csv, partial(_linelist, records, cases)),
            "contacts.csv": partial(_fill_csv, partial(_contacts, records, cases)),
        }
    if form == "jupedsim":
        from hyosan.records.jupedsim import files_of

        return files_of(records)
    assert form == "newick", form
    return {"": partial(write_newick, records)}


def _write_folder(out: Path, files: Mapping[str, Callable[[IO[bytes]], object]]) -> None:
    """All files or none."""
    with disk(out):
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise RecordsError(f"{out}: is not empty, and nothing is written over. Choose another --out.")
    written: list[Path] = []
    try:
        for name, fill in files.items():
            with disk(out / name):
                place(out / name, fill, written)
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        release(out)
        raise


def _write_file(out: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """The whole file or none; into a device or pipe straight."""
    if out.is_file() or out.is_dir():
        raise RecordsError(f"{out}: exists, and nothing is written over. Choose another --out.")
    with disk(out):
        if out.exists():
            with out.open("wb") as file:
                fill(file)
            return
        written: list[Path] = []
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            place(out, fill, written)
        except BaseException:
            for path in written:
                with suppress(OSError):
                    path.unlink()
            raise


def _fill_csv(table: Callable[[], pa.Table], file: IO[bytes]) -> None:
    """Write a table as CSV, names as text."""
    whole = table()
    fields = [pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type) for f in whole.schema]
    csv.write_csv(whole.cast(pa.schema(fields)), file, csv.WriteOptions(quoting_style="needed"))


def _fill_parquet(table: Callable[[], pa.Table], file: IO[bytes]) -> None:
    """Write a table as flat Parquet."""
    pq.write_table(table(), file, compression="zstd")


def _dated(records: Records, name: str, *, text: bool = True) -> pa.Table:
    """A table of the run, with the date and time beside seconds since the start: ISO text, or timestamps."""
    table = records.table(name)
    if "time_s" not in table.column_names:
        return table
    moments = _moments(records, table["time_s"].to_numpy())
    dates = pc.strftime(moments, "%Y-%m-%dT%H:%M:%S") if text else moments
    return table.add_column(table.column_names.index("time_s") + 1, "date", dates)


def _moments(records: Records, times: NDArray[Any]) -> pa.Array:
    """Times since the start [s] as timestamps; null where nothing happened."""
    start = datetime.fromisoformat(records.manifest["start"])
    seconds = np.int64(round((start.replace(tzinfo=None) - datetime(1970, 1, 1)) / timedelta(seconds=1)))
    if times.dtype.kind == "f":
        milliseconds = 1000 * seconds + np.rint(1000 * times).astype(np.int64)
        return pa.array(milliseconds, pa.int64()).cast(pa.timestamp("ms"))
    return pa.array(seconds + times, pa.int64(), mask=times == NOBODY).cast(pa.timestamp("s"))


def _dates(records: Records, times: NDArray[Any]) -> pa.Array:
    """Times since the start [s] as ISO dates; null where nothing happened."""
    return pc.strftime(_moments(records, times), "%Y-%m-%d")


def _linelist(records: Records, cases: Cases) -> pa.Table:
    """One row a case, with the names that tools of R know."""
    people, infections = records.table("people"), records.table("infections")
    residents = people.take(pa.array(cases.person))
    changes = records.table("transitions")
    return pa.table(
        {
            "id": cases.names(),
            "person": cases.person,
            "sex": pc.utf8_slice_codeunits(residents["sex"].cast("string"), 0, 1),
            "age": residents["age_years"],
            "date_infection": _dates(records, cases.time),
            "date_onset": _dates(records, cases.first(changes, _states(records, "symptomatic"))),
            "date_death": _dates(records, cases.first(changes, _states(records, "dead"))),
            "route": infections["route"],
            "setting": infections["setting"],
            "town": infections["town"],
        }
    )


def _contacts(records: Records, cases: Cases) -> pa.Table:
    """One row a transmission between two cases."""
    names = np.array(cases.names(), dtype=object)
    edges = np.flatnonzero(cases.infector != NOBODY)
    infections = records.table("infections").take(pa.array(edges))
    return pa.table(
        {
            "from": pa.array(names[cases.infector[edges]], pa.string()),
            "to": pa.array(names[edges], pa.string()),
            "date_infection": _dates(records, cases.time[edges]),
            "route": infections["route"],
            "setting": infections["setting"],
        }
    )


def _states(records: Records, which: str) -> list[str]:
    """Names of the states that are `symptomatic` or `dead`."""
    return [state["name"] for state in records.manifest["states"] if state[which]]
