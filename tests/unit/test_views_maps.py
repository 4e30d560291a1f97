"""Maps: drawn from plain columns, in words or in numbers."""

import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from hyosan.rules.codes import Building
from hyosan.views.maps import draw_map

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from draw_streets import TOWN, columns, figure

TABLES = [columns(name) for name in ("cells", "streets", "landscape", "buildings")]


def drawn(*tables, **options):
    """Axes with a map."""
    axes = Figure(figsize=(11, 8)).add_axes((0, 0, 1, 1))
    draw_map(axes, *tables, **options)
    return axes


def names(axes):
    """Names on a map."""
    return [text.get_text() for text in axes.texts]


def test_the_town_has_its_names():
    found = names(drawn(*TABLES, window=TOWN))
    assert {"Hyosan High School", "Hyosan Police Station", "Camp Hyosan", "Gangnam-dong"} <= set(found)
    assert "Giran-myeon" not in found
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("window", [None, TOWN])
def test_names_do_not_overlap(window):
    axes = drawn(*TABLES, window=window)
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) > 8
    for at, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:at])


def test_kinds_of_buildings_may_be_numbers():
    buildings = dict(TABLES[3])
    buildings["kind"] = np.array([Building[word.upper()] for word in buildings["kind"]])
    assert names(drawn(*TABLES[:3], buildings)) == names(drawn(*TABLES))


def test_the_picture_of_the_page_is_drawn(tmp_path):
    figure().savefig(tmp_path / "map.png", dpi=30)
    assert (tmp_path / "map.png").stat().st_size > 10_000
