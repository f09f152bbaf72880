"""What changed between two versions is shown field by field and word by word, and can be read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.readers.content import read_content
from knowledge.readers.shipped import read_shipped
from knowledge.rules.bodies import body_of_entry, body_of_wording, entry_of, wording_of
from knowledge.rules.checks import entry_problems, wording_problems
from knowledge.rules.differences import Mark, between, words
from knowledge.rules.synonyms import Wording
from knowledge.rules.versions import digest
from tests.knowledge.conftest import ENTRIES
from tests.knowledge.desk import CONTENT

PUMP = ENTRIES[0]


def test_only_what_changed_is_listed() -> None:
    old = body_of_entry(PUMP)
    new = old | {"answer": "燃油加油机每六个月检定一次。", "ask": ["油枪几个月检一回", "加油枪多久检一次"]}
    assert between(old, old) == ()
    changes = {change.field: change for change in between(old, new)}
    assert set(changes) == {"answer", "ask"}
    assert [(piece.mark, piece.text) for piece in changes["ask"].pieces] == [(Mark.ADDED, "加油枪多久检一次")]
    assert changes["answer"].name == "结论"


def test_numbers_and_words_change_whole() -> None:
    pieces = [(piece.mark.value, piece.text) for piece in words("误差不超过0.30%。", "误差不超过0.25%。")]
    assert pieces == [
        ("same", "误差不超过"),
        ("removed", "0.30%"),
        ("added", "0.25%"),
        ("same", "。"),
    ]


def test_a_new_entry_is_all_added_and_one_taken_away_all_removed() -> None:
    body = body_of_entry(PUMP)
    assert {piece.mark for change in between(None, body) for piece in change.pieces} == {Mark.ADDED}
    assert {piece.mark for change in between(body, None) for piece in change.pieces} == {Mark.REMOVED}


@given(st.text("的秤检定0.3一次多久 ", max_size=30), st.text("的秤检定0.3一次多久 ", max_size=30))
def test_the_pieces_lead_from_the_old_text_to_the_new(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED) == new


def test_every_shipped_body_is_read_back_as_it_was() -> None:
    shipped = read_shipped()
    for entry in shipped.content.entries:
        assert entry_of(entry.id, body_of_entry(entry)) == entry
    for row in shipped.wordings:
        assert wording_of(row.id, body_of_wording(row)) == row
    names = [*(entry.id for entry in shipped.content.entries), *(row.id for row in shipped.wordings)]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 64


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    body = body_of_entry(PUMP)
    assert digest(body) == digest(dict(reversed(body.items())))
    assert digest(body) != digest(body | {"answer": "别的"})


def test_every_shipped_answer_keeps_the_editors_rules() -> None:
    content = read_content()
    wrong = {entry.id: problems for entry in content.entries if (problems := entry_problems(entry, content))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "油枪"}, "id"),
        ({"topic": "cooking"}, "topic"),
        ({"question": "？"}, "question"),
        ({"ask": ("加油机多久检定一次",)}, "ask"),
        ({"answer": "长" * 121}, "answer"),
        ({"detail": "长" * 1201}, "detail"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(changes: dict[str, object], field: str) -> None:
    assert set(entry_problems(replace(PUMP, **changes), CONTENT)) == {field}  # type: ignore[arg-type]


def test_a_row_of_synonyms_says_something_else_than_it_means() -> None:
    assert wording_problems(Wording("", ("年检",), "检定")) == {}
    assert set(wording_problems(Wording("", (), "检定"))) == {"say"}
    assert set(wording_problems(Wording("", ("年检", "年检？"), "检定"))) == {"say"}
    assert set(wording_problems(Wording("", ("检定",), "检定"))) == {"mean"}
