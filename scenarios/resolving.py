"""From layers to one table: `extends` and `like` resolved, with the file that each key came from."""

from dataclasses import dataclass, field, replace
from typing import Any

from scenarios.faults import Finding, Path, got, step_into, unknown
from scenarios.merging import merged
from scenarios.reading import Data, Layer
from scenarios.sources import inherited_sources, liked_sources

NOT_INHERITED = ("name", "label", "summary")


@dataclass
class Resolved:
    """Data of a scenario with nothing left to look up, and where it came from."""

    layers: list[Layer]
    data: Data
    like: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)  # types whose `like` leads nowhere
    findings: list[Finding] = field(default_factory=list)
    read: dict[Path, tuple[str, str]] = field(default_factory=dict)  # values: the key and name of their file

    def as_the_file_says(self, finding: Finding) -> Finding:
        """The same at the key that names the file, where values were read from one."""
        for values, (key, file) in self.read.items():
            if finding.path == values:
                return replace(finding, path=(*values[:-1], key), found=f"{file}: {finding.found}")
        return finding

    def file_of(self, path: Path) -> str:
        """The file in which a key stands: of several the last to speak; for a missing key, that of its table."""
        return self.layer_of(path).file

    def layer_of(self, path: Path) -> Layer:
        """The layer in which a key stands, likewise."""
        if path[:1] and path[0] in NOT_INHERITED:
            return self.layers[0]
        for n in range(len(path), 0, -1):
            for candidate in [path[:n], *self.liked_paths(path[:n])]:
                for layer in self.layers:
                    if stands_in(layer.data, candidate):
                        return layer
        return self.layers[0]

    def liked_paths(self, path: Path) -> list[Path]:
        """The same key in the contact types that this one is like."""
        paths = []
        while len(path) > 1 and path[0] == "contact_type" and path[1] in self.like:
            path = ("contact_type", self.like[str(path[1])], *path[2:])
            paths.append(path)
        return paths


def stands_in(data: Any, path: Path) -> bool:
    """Whether a file says anything at that path."""
    for step in path:
        if isinstance(data, dict) and step not in data:
            return False
        if isinstance(data, list) and not (isinstance(step, int) and step < len(data)):
            return False
        if not isinstance(data, dict | list):
            return False
        data = step_into(data, step)
    return True


def resolve(layers: list[Layer]) -> Resolved:
    """Merge the layers, the first over the others, then `like` inside the contact types."""
    data: Data = {}
    for layer in reversed(layers):
        kept = {key: value for key, value in data.items() if key not in NOT_INHERITED}
        data = merged(kept, layer.data)
        if isinstance(data.get("sources"), dict):
            data["sources"] = inherited_sources(kept, layer.data, data)
    resolved = Resolved(layers, data)
    types = data.get("contact_type")
    if isinstance(types, dict):
        _resolve_like(resolved, {name: table for name, table in types.items() if isinstance(table, dict)})
    return resolved


def _resolve_like(resolved: Resolved, types: dict[str, Data]) -> None:
    """Give every type that is like another the keys of that one, wherever its own table says nothing."""
    wrong = {
        name: _wrong_like(name, table["like"], types) for name, table in types.items() if "like" in table
    }
    resolved.findings += dict.fromkeys(finding for finding in wrong.values() if finding)
    resolved.lost = {name for name, finding in wrong.items() if finding}
    resolved.like = {name: types[name]["like"] for name, finding in wrong.items() if not finding}
    own = {name: {key: table[key] for key in table if key != "like"} for name, table in types.items()}
    for name in types:
        resolved.data["contact_type"] = resolved.data["contact_type"] | {
            name: _with_like(name, own, resolved.like)
        }
    if isinstance(resolved.data.get("sources"), dict):
        resolved.data["sources"] = liked_sources(resolved.data, own, resolved.like)


def _with_like(name: str, own: dict[str, Data], like: dict[str, str]) -> Data:
    """Keys of the type that this one is like, its label aside, under its own."""
    if name not in like:
        return own[name]
    taken = {key: value for key, value in _with_like(like[name], own, like).items() if key != "label"}
    return merged(taken, own[name])


def _wrong_like(name: str, like: object, types: dict[str, Data]) -> Finding | None:
    path: Path = ("contact_type", name, "like")
    if not isinstance(like, str):
        return Finding(path, got(like), "the name of a contact type")
    if like not in types:
        return unknown(path, "contact type", like, [other for other in types if other != name])
    ring = _like_ring(name, types)
    if not ring:
        return None
    first = min(ring)
    ring = ring[ring.index(first) :] + ring[: ring.index(first)]
    return Finding(("contact_type", first, "like"), f"goes round in a ring: {' -> '.join([*ring, first])}")


def _like_ring(name: str, types: dict[str, Data]) -> list[str]:
    """The types from this one round to itself; none if it does not come round."""
    ring: list[str] = []
    at: object = name
    while isinstance(at, str) and at in types and at not in ring:
        ring.append(at)
        at = types[at].get("like")
    return ring if at == name else []
