"""Pictures of a run that `hyosan show` is asked for: which module draws which, and what cannot be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyosan.errors import HyosanError
from hyosan.views.walks import is_walked

if TYPE_CHECKING:
    from pathlib import Path

    from hyosan.records.run import Records

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
    if walked and wanted.indicators:
        raise HyosanError("Nobody is infected in this run, so it has no indicators of an outbreak.")
    if wanted.plot is not None:
        _draw(records, wanted.plot, wanted)
    if wanted.film is not None:
        _film(records, wanted.film, wanted)


def _draw(records: Records, path: Path, wanted: Pictures) -> None:
    """The figure."""
    from hyosan.views.looks import write_figure

    if wanted.frame is not None:
        from hyosan.views import walk_frame

        frame = wanted.frame
        write_figure(path, lambda: walk_frame.plot(records, frame=frame, storey=wanted.storey))
    elif is_walked(records):
        from hyosan.views import walk_plots

        write_figure(path, lambda: walk_plots.plot(records, wanted.storey))
    elif wanted.indicators:
        from hyosan.views.indicator_plots import draw

        draw(records, path)
    else:
        from hyosan.views.plots import draw as draw_outbreak

        draw_outbreak(records, path)


def _film(records: Records, path: Path, wanted: Pictures) -> None:
    """The film."""
    from hyosan.views.progress import Progress

    with Progress() as progress:
        if is_walked(records):
            from hyosan.views import walk_film

            walk_film.draw(records, path, storey=wanted.storey, tell=progress)
        else:
            from hyosan.views.hunt_film import draw

            draw(records, path, tell=progress)
