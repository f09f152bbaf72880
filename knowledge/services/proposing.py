"""Answers and synonyms read from a file become drafts for editors; what is the same already changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.work import Reading, Work
from knowledge.errors import EntryInvalid
from knowledge.queries import versions
from knowledge.rules.bodies import body_of_entry, body_of_wording
from knowledge.rules.checks import entry_problems, wording_problems
from knowledge.rules.entries import Content, Entry
from knowledge.rules.synonyms import Wording
from knowledge.rules.versions import Origin, digest
from knowledge.services import editing


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of a file: ids of drafts made and of what was the same already."""

    drafted: tuple[str, ...]
    unchanged: tuple[str, ...]


def propose(
    work: Work,
    *,
    entries: Sequence[Entry] = (),
    wordings: Sequence[Wording] = (),
    content: Content,
    note: str,
) -> Proposed:
    """Make a draft of every entry and row of synonyms that differs from what is there; twice is as good as once.

    A draft stands on the latest version of its item and replaces an open one, which stays in the history.

    Raises:
        EntryInvalid: one breaks a rule; nothing of the file is taken, and `fields` names "id.field".
    """
    problems = {
        f"{one.id}.{field}": sentence
        for one in entries
        for field, sentence in entry_problems(one, content).items()
    }
    problems |= {
        f"{row.id}.{field}": sentence for row in wordings for field, sentence in wording_problems(row).items()
    }
    if problems:
        first, sentence = next(iter(problems.items()))
        raise EntryInvalid(
            f"{first}：{sentence}。共 {len(problems)} 处要改，一条都没有导入。", fields=problems
        )
    bodies = {one.id: body_of_entry(one) for one in entries}
    bodies |= {row.id: body_of_wording(row) for row in wordings}
    drafted, unchanged = [], []
    for item_id, body in bodies.items():
        if _stands(work, item_id, body):
            unchanged.append(item_id)
            continue
        latest = versions.latest(work, item_id=item_id)
        based_on = latest.number if latest is not None else 0
        editing.add(work, item_id=item_id, body=body, based_on=based_on, note=note, origin=Origin.IMPORTED)
        drafted.append(item_id)
    return Proposed(tuple(drafted), tuple(unchanged))


def compare(reading: Reading, *, entries: Sequence[Entry]) -> Proposed:
    """Tell which entries `propose` would make drafts of; nothing is written."""
    same = {one.id for one in entries if _stands(reading, one.id, body_of_entry(one))}
    return Proposed(
        drafted=tuple(one.id for one in entries if one.id not in same),
        unchanged=tuple(one.id for one in entries if one.id in same),
    )


def _stands(reading: Reading, item_id: str, body: dict[str, Any]) -> bool:
    standing = versions.standing(reading, item_id=item_id)
    return standing is not None and not standing.removes and standing.digest == digest(body)
