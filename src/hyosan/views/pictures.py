"""Pictures of a run that `hyosan show` is asked for: which module draws which, and what cannot be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyosan.errors import HyosanError
from hyosan.views.indoor import is_indoor
from hyosan.views.walks import is_walked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.figure import Figure

    from hyosan.records.run import Records

    Tell = Callable[[str, int, int], None]

NOT_WALKED = (
    "This run was not in a building, so nobody has a place in one. --frame and --storey are for runs in buildings, "
    "such as `hyosan run evacuation`."
)


@dataclass(frozen=True)
class Pictures:
    """What was asked for."""

    plot: Path | None = None
    film: Path | None = None
    frame: str | None = None
    storey: str | None = None
    indicators: bool = False


def make(records: Records, wanted: Pictures) -> None:
    """Draw and film what was asked for.

    Raises:
        HyosanError: It does not fit the run, or each other.
    """
    walked = is_walked(records)
    if not walked and (wanted.frame is not None or wanted.storey is not None):
        raise HyosanError(NOT_WALKED)
    if wanted.frame is not None and wanted.plot is None:
        raise HyosanError("--frame says when, and --plot into which file. Add --plot moment.png.")
    if wanted.storey is not None and wanted.plot is None and wanted.film is None:
        raise HyosanError("--storey says what to draw, and --plot or --film into which file. Add --plot storey.png.")
    if walked and wanted.indicators and not is_indoor(records):
        raise HyosanError("Nobody can be infected in this run, so it has no indicators of an outbreak.")
    if wanted.plot is not None:
        _draw(records, wanted.plot, wanted)
    if wanted.film is not None:
        from hyosan.views.progress import Progress

        with Progress() as progress:
            film(records, wanted.film, wanted.storey, tell=progress)


def _draw(records: Records, path: Path, wanted: Pictures) -> None:
    """The figure."""
    from hyosan.views.looks import write_figure

    moment = wanted.frame
    if moment is not None:
        write_figure(path, lambda: frame(records, moment, wanted.storey))
    elif wanted.storey is not None:
        from hyosan.views import indoor_plots, walk_plots

        page = indoor_plots.plot if is_indoor(records) else walk_plots.plot
        write_figure(path, lambda: page(records, wanted.storey))
    elif wanted.indicators:
        from hyosan.views.indicator_plots import draw

        draw(records, path)
    else:
        from hyosan.views.plots import draw as draw_outbreak

        draw_outbreak(records, path)


def frame(records: Records, moment: str, storey: str | None = None) -> Figure:
    """A building at a moment; see `walk_frame.plot`."""
    if not is_walked(records):
        raise HyosanError(NOT_WALKED)
    if is_indoor(records):
        from hyosan.views import indoor_frame

        return indoor_frame.plot(records, frame=moment, storey=storey)
    from hyosan.views import walk_frame

    return walk_frame.plot(records, frame=moment, storey=storey)


def film(records: Records, path: Path, storey: str | None = None, *, tell: Tell | None = None) -> None:
    """Film a building, or the map of a town, into a file."""
    if is_indoor(records):
        from hyosan.views import indoor_film

        indoor_film.draw(records, path, storey=storey, tell=tell)
        return
    if is_walked(records):
        from hyosan.views import walk_film

        walk_film.draw(records, path, storey=storey, tell=tell)
        return
    if storey is not None:
        raise HyosanError(NOT_WALKED)
    from hyosan.views.hunt_film import draw

    draw(records, path, tell=tell)
