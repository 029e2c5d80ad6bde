"""The demo's picture and tables for the README: `python -m results.published_files RUN_DIR PUBLISHED_DIR`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from results.figures import waterfall_svg
from results.store import MANIFEST, STUDY
from results.study import StudyData
from results.tables import comparison_table


def publish(run: Path, published: Path) -> None:
    """Write the waterfall of each design as SVG, and the study's tables with what it takes to remake them."""
    data = StudyData.from_json((run / STUDY).read_text(encoding="utf-8"))
    manifest = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
    published.mkdir(parents=True, exist_ok=True)
    for n, waterfall in enumerate(data.waterfalls):
        name = f"{data.name}-waterfall.svg" if n == 0 else f"{data.name}-waterfall-{n + 1}.svg"
        (published / name).write_text(_alone(waterfall_svg(data, waterfall)), encoding="utf-8")
    (published / f"{data.name}.md").write_text(_page(data, manifest), encoding="utf-8")


def _alone(svg: str) -> str:
    """A picture that stands in a file of its own, on white."""
    head, tail = svg.split(">", 1)
    if "xmlns=" not in head:
        head = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f'{head} style="background:white">{tail}\n'


def _page(data: StudyData, manifest: dict[str, object]) -> str:
    facts = [f"- {key}: {value}" for key, value in manifest.items() if not isinstance(value, dict)]
    return "\n".join(
        [
            f"# {data.title}",
            "",
            "Remade by `make published`, from the run that `ccplan demo` makes.",
            "",
            *facts,
            "",
            "```text",
            comparison_table(data).rstrip(),
            "```",
            "",
        ]
    )


if __name__ == "__main__":
    publish(Path(sys.argv[1]), Path(sys.argv[2]))
