"""Every fault gets its sentence: what is wrong stands in `sentences/`, with what the planner is told."""

from pathlib import Path

import pytest

from tests.scenarios.messages.told import cases, told

CASES = cases()


@pytest.mark.parametrize(("reason", "text", "sentences"), CASES, ids=[case[0] for case in CASES])
def test_fault_is_told_in_its_sentence(reason: str, text: str, sentences: list[str], tmp_path: Path) -> None:
    assert sentences, f"no sentence expected for {reason}"
    assert told(text, tmp_path) == sentences


def test_no_fault_where_nothing_is_wrong(tmp_path: Path) -> None:
    assert told("", tmp_path) == []


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Cases that concern different tables, put into one file, get all their sentences."""
    alone = {reason: (text, sentences) for reason, text, sentences in CASES}
    chosen = [alone[reason] for reason in ("a table nobody knows", "a negative time", "a negative cost")]
    together = told("\n".join(text for text, _ in chosen), tmp_path)
    assert sorted(together) == sorted(sentence for _, sentences in chosen for sentence in sentences)


def test_a_type_of_which_a_bot_keeps_everyone_needs_no_group(tmp_path: Path) -> None:
    text = '[contact_type.hours]\nlike = "call"\n[bot.menu.contact_type.hours]\nof_100 = { solved = 97, left = 3 }'
    assert told(text, tmp_path) == []
