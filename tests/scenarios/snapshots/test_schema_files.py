"""Snapshot: the published JSON Schemas are those of the models. Remake: `python -m scenarios.schema_file`."""

from importlib.resources import files

import pytest

from scenarios.schema_file import SCHEMAS, text_of


@pytest.mark.parametrize("name", SCHEMAS)
def test_published_schema_is_current(name: str) -> None:
    published = (files("scenarios") / name).read_text("utf-8")
    assert published == text_of(SCHEMAS[name]()), "remake it: python -m scenarios.schema_file"
