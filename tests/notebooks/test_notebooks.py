"""Laws: a notebook is stored without output, defines no functions, and runs from top to bottom without a complaint."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
CELL_TIMEOUT_S = 300


def read(path: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def definitions_in(code: str) -> list[str]:
    """Functions, classes, and lambdas that are given a name."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and isinstance(
            node.value, ast.Lambda
        ):
            found.append(ast.unparse(node))
    return found


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"how-many-agents", "what-a-bot-really-saves"}


@pytest.mark.parametrize(
    ("code", "n"), [("f = lambda x: x", 1), ("def f(): ...", 1), ("x = sorted([1], key=lambda y: y)", 0)]
)
def test_definitions_are_found(code: str, n: int) -> None:
    assert len(definitions_in(code)) == n


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_output(path: Path) -> None:
    cells = code_cells(path)
    assert [cell.outputs for cell in cells] == [[]] * len(cells)
    assert {cell.execution_count for cell in cells} == {None}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_defines_no_functions(path: Path) -> None:
    assert [name for cell in code_cells(path) for name in definitions_in(cell.source)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_clean(path: Path, tmp_path: Path) -> None:
    notebook = read(path)
    NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT_S,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert list(tmp_path.iterdir()) == []
