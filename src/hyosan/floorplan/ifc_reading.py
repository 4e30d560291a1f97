"""What of a building model makes a floor plan, as JSON on standard output; run in a process of its own.

The library that makes shapes of models is large and not ours: a file that brings it down must not bring down whoever
reads it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

LOW = 0.3
"""Faces of a space up to this share of its height are its floor [1]."""


def main(path: str) -> int:
    """Print what a model holds, or why it cannot be read."""
    import ifcopenshell

    try:
        model = ifcopenshell.open(path)
    except Exception as error:  # the library raises whatever its parser comes upon
        print(json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}))
        return 0
    print(json.dumps(content(model)))
    return 0


def content(model: Any) -> dict[str, Any]:
    """Storeys, spaces, doors, stairs and columns, in metres."""
    from ifcopenshell.util.unit import calculate_unit_scale

    scale = float(calculate_unit_scale(model))
    skipped: list[str] = []
    spaces = [found for each in model.by_type("IfcSpace") if (found := _space(each, skipped))]
    project = next(iter(model.by_type("IfcProject")), None)
    return {
        "title": str(getattr(project, "LongName", None) or getattr(project, "Name", None) or ""),
        "space_count": len(model.by_type("IfcSpace")),
        "storeys": [
            {"id": each.id(), "name": str(each.Name or ""), "elevation": float(each.Elevation or 0.0) * scale}
            for each in model.by_type("IfcBuildingStorey")
        ],
        "spaces": spaces,
        "doors": [found for each in model.by_type("IfcDoor") if (found := _door(each, scale, skipped))],
        "passages": _passages(model),
        "stairs": [
            found
            for kind in ("IfcStair", "IfcRamp")
            for each in model.by_type(kind)
            if (found := _stair(each, scale, skipped))
        ],
        "columns": [found for each in model.by_type("IfcColumn") if (found := _column(each, skipped))],
        "skipped": skipped,
    }


def _label(product: Any) -> str:
    """What a person can find a product by."""
    return f"{product.is_a()} {product.Name or ''} #{product.id()}"


def _mesh(product: Any, skipped: list[str], *, local: bool = False) -> tuple[Any, Any, Any] | None:
    """Corners (count, 3) in metres, triangles (count, 3), and placement (4, 4) of a product."""
    import numpy as np
    from ifcopenshell import geom

    settings = geom.settings()
    settings.set("use-world-coords", not local)
    try:
        shape: Any = geom.create_shape(settings, product)
    except Exception:  # the library raises whatever its kernel comes upon
        skipped.append(_label(product))
        return None
    corners = np.array(shape.geometry.verts, dtype=float).reshape(-1, 3)
    faces = np.array(shape.geometry.faces, dtype=int).reshape(-1, 3)
    placement = np.array(shape.transformation.matrix, dtype=float).reshape(4, 4).T
    if not len(faces) or not np.isfinite(corners).all() or np.abs(corners).max() > 1e8:
        skipped.append(_label(product))
        return None
    return corners, faces, placement


def _outline(corners: Any, faces: Any) -> list[Any] | None:
    """Polygon of triangles seen from above: outline and holes."""
    import shapely

    flat = corners[:, :2][faces]
    shape = shapely.union_all(shapely.set_precision(shapely.polygons(flat), 1e-4))
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    if not parts:
        return None
    largest = max(parts, key=lambda part: part.area)
    return [list(ring.coords) for ring in (largest.exterior, *largest.interiors)]


def _space(space: Any, skipped: list[str]) -> dict[str, Any] | None:
    """A space with its floor: the union of its level faces that are low."""
    import numpy as np

    mesh = _mesh(space, skipped)
    if mesh is None:
        return None
    corners, faces, _ = mesh
    heights = corners[:, 2]
    bottom, top = float(heights.min()), float(heights.max())
    sides = corners[faces]
    normals = np.cross(sides[:, 1] - sides[:, 0], sides[:, 2] - sides[:, 0])
    length = np.linalg.norm(normals, axis=1)
    level = (np.abs(normals[:, 2]) > 0.99 * length) & (length > 1e-9)
    low = heights[faces].max(axis=1) <= bottom + LOW * (top - bottom)
    rings = _outline(corners, faces[level & low]) if (level & low).any() else None
    if rings is None:
        skipped.append(_label(space))
        return None
    return {
        "id": space.id(),
        "name": str(space.Name or ""),
        "long_name": str(space.LongName or ""),
        "kind": str(getattr(space, "ObjectType", None) or ""),
        "storey": next((up.RelatingObject.id() for up in space.Decomposes or ()), 0),
        "bottom": bottom,
        "rings": rings,
    }


def _door(door: Any, scale: float, skipped: list[str]) -> dict[str, Any] | None:
    """A door: its middle, the direction along the wall, its width, and the spaces that it bounds."""
    import numpy as np

    opening = next((fill.RelatingOpeningElement for fill in door.FillsVoids or ()), None)
    mesh = _mesh(opening, [], local=True) if opening is not None else None
    placed = _mesh(door, [], local=True) if mesh is None else None
    if mesh is None and placed is None:
        skipped.append(_label(door))
        return None
    corners, _, placement = mesh or placed  # type: ignore[misc]
    corners = corners @ placement[:3, :3].T + placement[:3, 3]
    along = _direction(door)
    across = np.array([-along[1], along[0]])
    spans = [(corners[:, :2] @ way) for way in (along, across)]
    middles = [(span.min() + span.max()) / 2 for span in spans]
    middle = middles[0] * along + middles[1] * across
    width = float(spans[0].max() - spans[0].min())
    written = float(door.OverallWidth or 0.0) * scale
    bounds = [
        bound
        for bound in getattr(door, "ProvidesBoundaries", None) or ()
        if bound.RelatingSpace is not None and bound.RelatingSpace.is_a("IfcSpace")
    ]
    return {
        "id": door.id(),
        "name": str(door.Name or ""),
        "middle": middle.tolist(),
        "along": along.tolist(),
        "depth": float(spans[1].max() - spans[1].min()),
        "width": min(width, written) if written > 0.1 else width,
        "bottom": float(corners[:, 2].min()),
        "spaces": sorted({bound.RelatingSpace.id() for bound in bounds}),
        "internal": bool(bounds) and all(bound.InternalOrExternalBoundary == "INTERNAL" for bound in bounds),
    }


def _direction(product: Any) -> Any:
    """The x axis of a product on the plan."""
    import numpy as np
    from ifcopenshell.util.placement import get_local_placement

    way = np.array(get_local_placement(product.ObjectPlacement), dtype=float)[:2, 0]
    length = float(np.linalg.norm(way))
    return way / length if length > 1e-6 else np.array([1.0, 0.0])


def _passages(model: Any) -> list[list[int]]:
    """Pairs of spaces that touch without a wall: both are bounded by one virtual element."""
    pairs: dict[int, set[int]] = {}
    for bound in model.by_type("IfcRelSpaceBoundary"):
        element, space = bound.RelatedBuildingElement, bound.RelatingSpace
        if element is not None and element.is_a("IfcVirtualElement") and space is not None and space.is_a("IfcSpace"):
            pairs.setdefault(element.id(), set()).add(space.id())
    return sorted(sorted(pair) for pair in pairs.values() if len(pair) == 2)


def _stair(stair: Any, scale: float, skipped: list[str]) -> dict[str, Any] | None:
    """A stair or ramp, with its flights: its outline, its lowest and highest parts."""
    import numpy as np
    import shapely

    parts = [stair, *(each for relation in stair.IsDecomposedBy or () for each in relation.RelatedObjects)]
    with_shape = [each for each in parts if getattr(each, "Representation", None) is not None]
    walked = [each for each in with_shape if not each.is_a("IfcRailing")]
    meshes = [mesh[0] for each in walked if (mesh := _mesh(each, skipped)) is not None]
    if not meshes:
        skipped.append(_label(stair))
        return None
    corners = np.concatenate(meshes)
    bottom, top = float(corners[:, 2].min()), float(corners[:, 2].max())
    hull = shapely.MultiPoint(corners[:, :2]).convex_hull
    if hull.geom_type != "Polygon":
        skipped.append(_label(stair))
        return None
    low, high = (corners[mask][:, :2].mean(axis=0).tolist() for mask in _ends(corners[:, 2], bottom, top))
    flight = next((each for each in parts if each.is_a("IfcStairFlight")), None)
    return {
        "id": stair.id(),
        "name": str(stair.Name or ""),
        "ramp": bool(stair.is_a("IfcRamp")),
        "bottom": bottom,
        "top": top,
        "outline": list(hull.exterior.coords),
        "low": low,
        "high": high,
        "riser": float(getattr(flight, "RiserHeight", None) or 0.0) * scale,
        "tread": float(getattr(flight, "TreadLength", None) or 0.0) * scale,
    }


def _ends(heights: Any, bottom: float, top: float) -> tuple[Any, Any]:
    """Which corners are at the lower and at the upper end."""
    part = min(0.4, (top - bottom) / 4)
    return heights <= bottom + part, heights >= top - part


def _column(column: Any, skipped: list[str]) -> dict[str, Any] | None:
    """A column: its outline, and from where to where it stands."""
    mesh = _mesh(column, skipped)
    rings = _outline(mesh[0], mesh[1]) if mesh is not None else None
    if mesh is None or rings is None:
        return None
    heights = mesh[0][:, 2]
    return {"bottom": float(heights.min()), "top": float(heights.max()), "outline": rings[0]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
