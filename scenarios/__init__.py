"""What the world is: the scenario file, its schema, merging, faults and writing, and the shipped catalog.

Takes a TOML file or a shipped name. Gives an immutable `Scenario` or `Study`, or every fault of the file at
once, with file, key, what was found and what was expected.
"""

from scenarios.faults import Fault, FaultyInput
from scenarios.loading import check, from_data, load, load_any, load_study
from scenarios.reading import shipped_names
from scenarios.scenario import Scenario, digest, source_of
from scenarios.shipped import CatalogEntry, catalog_entries
from scenarios.sources import Source
from scenarios.study import Study
from scenarios.writing import dump

__all__ = [
    "CatalogEntry",
    "Fault",
    "FaultyInput",
    "Scenario",
    "Source",
    "Study",
    "catalog_entries",
    "check",
    "digest",
    "dump",
    "from_data",
    "load",
    "load_any",
    "load_study",
    "shipped_names",
    "source_of",
]
