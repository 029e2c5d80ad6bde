"""A picture's SVG made fit to stand inside a page, several beside each other."""

from __future__ import annotations

import re
from html import escape


def inline_svg(svg: str, name: str) -> str:
    """No prolog, no metadata, no fixed size; named for who cannot see it; ids only where something refers to them."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda found: found[0] if found[1] in used else "", svg)
    svg = re.sub(r' (?:width|height)="[\d.]+pt"', "", svg, count=2)
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(name)}"', 1)
