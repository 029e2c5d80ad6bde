"""The pages a newcomer reads, as tests read them: fenced blocks, files, commands and what they print.

Conventions of README.md and docs/guide.md:
- ```toml whose first line is a comment `# NAME.toml` is a file; the page's commands find it. Other toml blocks are
  pieces of one: each is tried on top of the page's first file.
- ```toml with a line such as `kind = "calls"` is no scenario, but says what the columns of records mean.
- ```csv after a line that ends with the file's name, as in `calls.csv`: is a file as well.
- ```console holds commands after `$ ` and their output. `$ echo $?` after a command shows its exit code; without it
  the command ends with 0. A line `…` stands for lines left out. ```sh is for commands that set something up; it
  is not run.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FEATURES = tuple(f"docs/features/{page.name}" for page in sorted((ROOT / "docs/features").glob("*.md")))
PAGES = ("README.md", "docs/guide.md", *FEATURES)
BIN = Path(sys.executable).parent
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CSV_FILE = re.compile(r"`([\w-]+\.csv)`:\n\n```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAPPING = re.compile(r'^kind = "(?:calls|events|intervals)"$', re.MULTILINE)
LEFT_OUT = "…"


@dataclass(frozen=True)
class Block:
    """A fenced block and where its text stands in the page."""

    language: str
    text: str
    start: int
    end: int

    @property
    def file_name(self) -> str | None:
        """The file that a toml block is, by its first line."""
        named = re.match(r"# ([\w-]+\.toml)\n", self.text)
        return named[1] if named and self.language == "toml" else None

    @property
    def is_mapping(self) -> bool:
        """Whether a toml block says what the columns of records mean."""
        return self.language == "toml" and MAPPING.search(self.text) is not None


@dataclass(frozen=True)
class Command:
    """A command of a console block, its printed output, and the exit code that the page tells."""

    line: str
    printed: str
    exit_code: int
    shows_code: bool


def page_text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks_of(text: str) -> list[Block]:
    return [Block(found[1], found[2], found.start(2), found.end(2)) for found in FENCE.finditer(text)]


def commands_of(block: Block) -> Iterator[Command]:
    """The commands of a console block; `$ echo $?` belongs to the command before it."""
    parts = re.split(r"^\$ (.*)\n", block.text, flags=re.MULTILINE)[1:]
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    for i, (line, printed) in enumerate(pairs):
        if line != "echo $?":
            shows_code = i + 1 < len(pairs) and pairs[i + 1][0] == "echo $?"
            yield Command(line, printed, int(pairs[i + 1][1]) if shows_code else 0, shows_code)


def write_files(text: str, folder: Path) -> list[str]:
    """Write the page's files into a folder; gives the names of scenarios and studies."""
    for name, content in CSV_FILE.findall(text):
        (folder / name).write_text(content, encoding="utf-8")
    named = {block.file_name: block for block in blocks_of(text) if block.file_name}
    for name, block in named.items():
        (folder / name).write_text(block.text, encoding="utf-8")
    return [name for name, block in named.items() if not block.is_mapping]


def run_command(line: str, folder: Path) -> tuple[str, int]:
    """What a command prints (the screen shows both streams), and its exit code."""
    program, *arguments = line.split()
    done = subprocess.run(
        [BIN / program, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout, done.returncode


def fits(shown: str, printed: str) -> bool:
    """Whether the shown output is the printed one, with lines left out only where the page says so."""
    pieces = re.split(rf"^{LEFT_OUT}\n", shown, flags=re.MULTILINE)
    pattern = r"(?:.*\n)*".join(re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, printed) is not None


def remade(text: str, folder: Path) -> str:
    """The page with the output of every command as it is now; blocks that leave lines out stay as they are."""
    write_files(text, folder)
    for block in reversed([block for block in blocks_of(text) if block.language == "console"]):
        if f"\n{LEFT_OUT}\n" not in block.text:
            told = "".join(_as_run(command, folder) for command in commands_of(block))
            text = text[: block.start] + told + text[block.end :]
    return text


def _as_run(command: Command, folder: Path) -> str:
    printed, code = run_command(command.line, folder)
    return f"$ {command.line}\n{printed}" + (f"$ echo $?\n{code}\n" if command.shows_code else "")
