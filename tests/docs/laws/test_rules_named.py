"""The page on rules that cannot hold together names every rule that reasons are given for, and no other."""

import re

from optimizer.shifts.named_rules import SAID
from tests.docs.pages import page_text


def test_every_rule_with_words_is_in_the_table() -> None:
    rows = re.findall(r"^\| (`\w+`.*?) \|", page_text("docs/features/why-no-plan.md"), flags=re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(SAID)
