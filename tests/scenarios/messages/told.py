"""What a planner is told about a file."""

from pathlib import Path

from scenarios import check

HEAD = 'name = "retail"\nextends = "erlang-c"\n'
HERE = Path(__file__).parent


def told(text: str, folder: Path, head: str = HEAD) -> list[str]:
    """Sentences about a file that changes Erlang C, without its own name in front."""
    file = folder / "retail.toml"
    file.write_text(head + text + "\n", encoding="utf-8")
    return [str(fault).removeprefix("retail.toml: ") for fault in check(file)]


def cases() -> list[tuple[str, str, list[str]]]:
    """Reason, text and sentences of every case in `sentences/`.

    A case opens with `# reason`, then comes what the file says, then a line `=> sentence` for each fault.
    """
    found = []
    for file in sorted((HERE / "sentences").glob("*.txt")):
        for block in file.read_text("utf-8").strip().split("\n\n# "):
            reason, *lines = block.removeprefix("# ").splitlines()
            text = "\n".join(line for line in lines if not line.startswith("=> "))
            found.append((reason, text, [line[3:] for line in lines if line.startswith("=> ")]))
    return found
