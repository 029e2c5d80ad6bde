"""Files: finding them by path or shipped name, parsing, and following `extends` from file to file."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from scenarios.faults import Fault, FaultyInput, got, nearest

Data = dict[str, Any]

CLEARER = {
    "Cannot overwrite a value": "this key stands twice",
    "Cannot declare": "this table stands twice: cannot declare",
    r"Illegal character '\\n'": "a line ends inside quotes",
    "Invalid value": "not a value (text needs quotes)",
}


@dataclass(frozen=True)
class Layer:
    """What one file says, `extends` aside, and where it lies: files that it names lie beside it."""

    file: str
    data: Data
    folder: FilePath = FilePath()


@dataclass
class Chain:
    """A file and those it extends, the file itself first, and what was wrong in reading them."""

    layers: list[Layer] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Name of the file itself."""
        return self.layers[0].file


def catalog() -> FilePath:
    """Folder of the shipped scenarios and studies."""
    return FilePath(str(files("scenarios") / "catalog"))


def shipped_names() -> tuple[str, ...]:
    """Names of all shipped scenarios and studies, in alphabetical order."""
    return tuple(sorted(path.stem for path in catalog().glob("*.toml")))


def find(name_or_path: str | FilePath) -> FilePath:
    """The file of that path, or the shipped one of that name."""
    path = FilePath(name_or_path)
    if path.is_file():
        return path
    shipped = catalog() / f"{name_or_path}.toml"
    if str(name_or_path) in shipped_names():
        return shipped
    if path.with_name(f"{path.name}.toml").is_file():
        return path.with_name(f"{path.name}.toml")
    if path.is_dir():
        raise FaultyInput([Fault(str(name_or_path), "", "is a folder", "a file or a shipped name")])
    known = [*shipped_names(), *_beside(path)]
    raise FaultyInput(
        [Fault(str(name_or_path), "", "no such file or shipped name", "", nearest(path.name, known))]
    )


def _beside(path: FilePath) -> Iterable[str]:
    """TOML files that lie where the path points to."""
    return [other.name for other in path.parent.glob("*.toml")] if path.parent.is_dir() else []


def find_named(name: str, folder: FilePath, asking: FilePath | None) -> FilePath | None:
    """A file beside the one that asks, or a shipped one; a file does not find itself by its own name."""
    for candidate in (folder / f"{name}.toml", folder / name, catalog() / f"{name}.toml"):
        if candidate.is_file() and candidate != asking:
            return candidate
    return None


def no_such(file: str, key: str, name: object, folder: FilePath) -> Fault:
    """Fault for a name that leads to no file."""
    known = {*shipped_names(), *(path.stem for path in folder.glob("*.toml"))} - {FilePath(file).stem}
    hint = nearest(name, known) if isinstance(name, str) else ""
    return Fault(file, key, got(name), "a file beside this one or a shipped name", hint)


def parse(path: FilePath) -> Data:
    """What the file says; every way in which it cannot be read is a fault."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise FaultyInput([syntax_fault(path.name, str(error))]) from None
    except UnicodeDecodeError as error:
        raise FaultyInput([Fault(path.name, f"byte {error.start + 1}", "not text in UTF-8")]) from None
    except OSError as error:
        raise FaultyInput([Fault(path.name, "", f"cannot be read: {error.strerror}")]) from None


def syntax_fault(file: str, message: str) -> Fault:
    """Fault from the parser's words: line and column first, then what."""
    what, _, where = message.rstrip(")").rpartition(" (at ")
    for words, clearer in CLEARER.items():
        what = re.sub(f"^{words}", clearer, what)
    return Fault(file, where, what[:1].lower() + what[1:])


def read_chain(path: FilePath) -> Chain:
    """The file and, one after the other, those that it extends."""
    chain = Chain()
    seen: list[FilePath] = []
    following: FilePath | None = path
    while following is not None:
        seen.append(following)
        try:
            data = parse(following)
        except FaultyInput as faulty:
            chain.faults += faulty.faults
            return chain
        base = data.pop("extends", None)
        chain.layers.append(Layer(following.name, data, following.parent))
        following = _base_of(following, base, seen, chain.faults) if base is not None else None
    return chain


def _base_of(path: FilePath, base: object, seen: list[FilePath], faults: list[Fault]) -> FilePath | None:
    """The file that this one extends; None and a fault where there is none, or where it comes round in a ring."""
    found = find_named(base, path.parent, path) if isinstance(base, str) else None
    if found is None:
        faults.append(no_such(path.name, "extends", base, path.parent))
    elif found.resolve() in [one.resolve() for one in seen]:
        ring = " -> ".join(one.stem for one in [*seen, found])
        faults.append(Fault(path.name, "extends", f"goes round in a ring: {ring}"))
        return None
    return found
