"""A file of OpenStreetMap: nodes, doors, and closed shapes with the tag `indoor`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from hyosan.floorplan.draft import plain
from hyosan.floorplan.files import refused
from hyosan.floorplan.osm_tags import ROOMS, Tags

if TYPE_CHECKING:
    from hyosan.floorplan.plan import Point


@dataclass
class Shape:
    """A closed way or a multipolygon with the tag `indoor`."""

    name: str
    tags: Tags
    corners: tuple[str, ...]
    """Nodes of its outline, the first not repeated."""
    holes: tuple[tuple[str, ...], ...] = ()
    rows: dict[float, int] = field(default_factory=dict)
    """Rows of its rooms in the plan, by level."""

    @property
    def label(self) -> str:
        """What the building calls it."""
        return plain(self.tags.get("ref", "") or self.tags.get("name", "")) or f"room {plain(self.name, 20)}"


@dataclass
class Map:
    """What of a file has to do with the inside of a building."""

    file: str
    places: dict[str, Point] = field(default_factory=dict)
    """Longitude and latitude of nodes [degrees]; metres, once projected."""
    doors: dict[str, Tags] = field(default_factory=dict)
    """Nodes that are doors or entrances."""
    shapes: list[Shape] = field(default_factory=list)
    steps: list[tuple[str, Tags, tuple[str, ...]]] = field(default_factory=list)
    """Lines that are stairs, with levels."""
    title: str = ""


def parsed(text: str, file: str) -> Map:
    """Nodes, doors and closed shapes of a text."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise refused(file, "has a DOCTYPE, which may hide anything. Take the lines with <!DOCTYPE and <!ENTITY out.")
    try:
        root = ElementTree.fromstring(text.encode())  # noqa: S314 - nothing is expanded without a DOCTYPE
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise refused(file, f"is no XML ({error}). Write a file as OpenStreetMap exports it.") from None
    if root.tag != "osm":
        raise refused(file, f"begins with <{root.tag[:40]}>. Write a file of OpenStreetMap, which begins with <osm>.")
    drawn = Map(file)
    ways: dict[str, tuple[tuple[str, ...], Tags]] = {}
    for element in root:
        if element.get("action") == "delete" or element.get("visible") == "false":
            continue
        if element.tag == "node":
            _read_node(element, drawn)
        elif element.tag == "way":
            nodes = tuple(node.get("ref", "") for node in element.iterfind("nd"))
            ways[element.get("id", "")] = nodes, _tags(element)
    for name, (nodes, tags) in ways.items():
        if tags.get("highway") == "steps" and "level" in tags and len(nodes) >= 2:
            if nodes[0] in drawn.places and nodes[-1] in drawn.places:
                drawn.steps.append((plain(name, 20), tags, nodes))
        elif len(nodes) >= 4 and nodes[0] == nodes[-1] and all(node in drawn.places for node in nodes):
            if "indoor" in tags:
                drawn.shapes.append(Shape(name, tags, nodes[:-1]))
            elif "building" in tags and not drawn.title:
                drawn.title = tags.get("name", "")
    drawn.shapes += [shape for element in root.iterfind("relation") if (shape := _multipolygon(element, ways, drawn))]
    if not any(shape.tags["indoor"] in ROOMS for shape in drawn.shapes):
        message = "has no rooms. Draw them as closed ways with indoor=room, corridor or area, and a level."
        raise refused(file, message)
    return drawn


def _tags(element: ElementTree.Element) -> Tags:
    """Tags of a node, way or relation."""
    return {tag.get("k", ""): tag.get("v", "") for tag in element.iterfind("tag")}


def _read_node(element: ElementTree.Element, drawn: Map) -> None:
    """Take a node with its place."""
    name = element.get("id", "")
    try:
        place = float(element.get("lon", "")), float(element.get("lat", ""))
    except ValueError:
        raise refused(drawn.file, f"node {name[:40]}: has no longitude and latitude. Write them in degrees.") from None
    if not (-180 <= place[0] <= 180 and -85 <= place[1] <= 85):
        raise refused(drawn.file, f"node {name[:40]}: lies at {place}. Write degrees of longitude and latitude.")
    drawn.places[name] = place
    tags = _tags(element)
    if tags.get("door", tags.get("entrance", "no")) != "no" or "door" in tags:
        drawn.doors[name] = tags


def _multipolygon(
    element: ElementTree.Element, ways: dict[str, tuple[tuple[str, ...], Tags]], drawn: Map
) -> Shape | None:
    """A room of a relation: its outer ways joined to one ring, its inner ones as holes."""
    tags = _tags(element)
    if tags.get("type") != "multipolygon" or "indoor" not in tags:
        return None
    parts: dict[str, list[tuple[str, ...]]] = {"outer": [], "inner": []}
    for member in element.iterfind("member"):
        nodes, _ = ways.get(member.get("ref", ""), ((), {}))
        if member.get("type") == "way" and len(nodes) >= 2 and all(node in drawn.places for node in nodes):
            parts[member.get("role") if member.get("role") in parts else "outer"].append(nodes)  # type: ignore[index]
    outer, inner = (_rings(parts[role]) for role in ("outer", "inner"))
    return Shape(element.get("id", ""), tags, outer[0], tuple(inner)) if outer else None


def _rings(lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Lines joined end to end until they are closed; those that never are, are left out."""
    rings, loose = [], list(lines)
    while loose:
        ring = loose.pop(0)
        while ring[0] != ring[-1]:
            following = next((line for line in loose if ring[-1] in (line[0], line[-1])), None)
            if following is None:
                break
            loose.remove(following)
            ring += (following if following[0] == ring[-1] else following[::-1])[1:]
        if ring[0] == ring[-1] and len(ring) >= 4:
            rings.append(ring[:-1])
    return rings
