"""`python -m tests.docs.remake`: what the commands in README.md and docs/guide.md print, written there anew."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.pages import PAGES, ROOT, page_text, remade

if __name__ == "__main__":
    for page in PAGES:
        with TemporaryDirectory() as folder:
            (ROOT / page).write_text(remade(page_text(page), Path(folder)), encoding="utf-8")
