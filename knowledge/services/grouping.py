"""Gathers what was not answered well into groups: read a batch, place it without a transaction, write it down."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update

from core.database import alone
from core.work import Reading, Work
from knowledge.models import AskedQuestion, ItemVersion, QuestionGroup, Vote
from knowledge.rules.grouping import Bunch, Groups, Placed, place
from knowledge.rules.likeness import Ear
from knowledge.rules.questions import TROUBLES, GroupState, Trouble, kept_key
from knowledge.rules.versions import title
from knowledge.services.index import KnowledgeIndex

BATCH = 1000
GROUPS_MOST = 3000
PATIENCE = timedelta(minutes=30)  # after it, a question we asked back about has not been settled by a choice


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be placed: bunches, the groups there are, and rows that need no look after all."""

    bunches: tuple[Bunch, ...]
    groups: Groups
    settled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """Where bunches belong, with the entry nearest to them and how sure we are of it (hundredths)."""

    placed: Placed
    nearest_id: str | None
    nearest_score: int


def pending(reading: Reading) -> Batch:
    """Return the next questions and votes that are in no group yet, the oldest first."""
    rows = reading.session.scalars(
        select(AskedQuestion)
        .where(AskedQuestion.trouble != "", AskedQuestion.group_id.is_(None))
        .order_by(AskedQuestion.id)
        .limit(BATCH)
    ).all()
    settled, waiting = _paired(reading, rows)
    aside = settled | waiting | {row.id for row in rows if row.trouble == Trouble.CHOSEN.value}
    bunches: dict[str, Bunch] = {}
    for row in rows:
        if row.id not in aside:
            bunch = _bunch(bunches, row.key, row.text, row)
            bunch.asked.setdefault(Trouble(row.trouble), []).append(row.id)
    for vote, body in _votes(reading):
        text = vote.question or title(body)
        _bunch(bunches, kept_key(text), text, vote).votes.append(vote.id)
    return Batch(tuple(bunches.values()), _groups(reading, bunches), tuple(sorted(settled)))


def located(batch: Batch, index: KnowledgeIndex, *, on: date) -> list[Located]:
    """Place a batch, and find the nearest entry of each group; CPU, so never inside a unit of work."""
    ear = Ear(index.segmenter.search_words, index.synonyms)
    found = []
    for placed in place(batch.bunches, batch.groups, ear):
        text = batch.groups.texts.get(placed.group_id or 0) or placed.bunches[0].text
        hits = index.search(text, 1, on=on)
        score = round(index.answer(text, on=on).confidence * 100)
        found.append(Located(placed, hits[0].entry.id if hits else None, score))
    return found


def gather(work: Work, *, batch: Batch, found: Sequence[Located]) -> int:
    """Write down what was placed, leaving out what another process placed meanwhile; return how many were."""
    alone(work, "knowledge:groups")
    if batch.settled:
        work.session.execute(
            update(AskedQuestion).where(AskedQuestion.id.in_(batch.settled)).values(trouble="")
        )
    return sum(_gathered(work, one) for one in found)


def _gathered(work: Work, located: Located) -> int:
    placed = located.placed
    loose, votes = _still_loose(work, placed.bunches)
    number = sum(len(ids) for ids in loose.values()) + len(votes)
    if number == 0:
        return 0
    group = _group(work, placed)
    every = [one for ids in loose.values() for one in ids]
    work.session.execute(update(AskedQuestion).where(AskedQuestion.id.in_(every)).values(group_id=group.id))
    work.session.execute(update(Vote).where(Vote.id.in_(votes)).values(group_id=group.id))
    counted = Counter({trouble: len(ids) for trouble, ids in loose.items()}) + Counter(
        {Trouble.USELESS: len(votes)}
    )
    for trouble in TROUBLES:
        setattr(group, trouble.value, getattr(group, trouble.value) + counted[trouble])
    group.count += number
    group.first_at = min([group.first_at, *(one.first_at for one in placed.bunches)])
    group.last_at = max([group.last_at, *(one.last_at for one in placed.bunches)])
    group.nearest_id, group.nearest_score = located.nearest_id, located.nearest_score
    if group.state == GroupState.ANSWERED.value and _since(group, placed.bunches):
        group.state, group.settled_at, group.settled_by = GroupState.OPEN.value, None, ""
    work.session.flush()
    return number


def _still_loose(work: Work, bunches: Iterable[Bunch]) -> tuple[dict[Trouble, list[int]], list[int]]:
    asked: dict[Trouble, list[int]] = {}
    votes: list[int] = []
    for bunch in bunches:
        for trouble, ids in bunch.asked.items():
            asked.setdefault(trouble, []).extend(ids)
        votes += bunch.votes
    every = [one for ids in asked.values() for one in ids]
    loose = set(
        work.session.scalars(
            select(AskedQuestion.id).where(AskedQuestion.id.in_(every), AskedQuestion.group_id.is_(None))
        )
    )
    loose_votes = work.session.scalars(select(Vote.id).where(Vote.id.in_(votes), Vote.group_id.is_(None)))
    return {trouble: [one for one in ids if one in loose] for trouble, ids in asked.items()}, list(
        loose_votes
    )


def _group(work: Work, placed: Placed) -> QuestionGroup:
    first = placed.bunches[0]
    if placed.group_id is not None:
        found = work.session.get(QuestionGroup, placed.group_id)
    else:
        found = work.session.scalar(select(QuestionGroup).where(QuestionGroup.key == first.key))
    if found is None:
        found = QuestionGroup(
            key=first.key,
            text=first.text,
            state=GroupState.OPEN.value,
            count=0,
            rejected=0,
            unsettled=0,
            unsure=0,
            useless=0,
            nearest_id=None,
            nearest_score=0,
            first_at=first.first_at,
            last_at=first.last_at,
            answer_id=None,
            reason="",
            settled_by="",
            settled_at=None,
        )
        work.session.add(found)
        work.session.flush()
    return found


def _since(group: QuestionGroup, bunches: Iterable[Bunch]) -> bool:
    """Tell whether somebody asked again after the answer was published."""
    settled = group.settled_at
    return settled is not None and any(one.last_at > settled for one in bunches)


def _paired(reading: Reading, rows: Sequence[AskedQuestion]) -> tuple[set[int], set[int]]:
    """Return the rows a choice has settled, both sides, and those for which we still wait for one."""
    open_rows: dict[str, list[AskedQuestion]] = {}
    settled: set[int] = set()
    for row in rows:
        if row.trouble == Trouble.UNSETTLED.value:
            open_rows.setdefault(row.key, []).append(row)
        elif row.trouble == Trouble.CHOSEN.value:
            before = open_rows.get(row.chosen_for)
            if before:
                settled |= {row.id, before.pop(0).id}
            elif reading.now - row.at > PATIENCE:
                settled.add(row.id)
    recent = {row.id for left in open_rows.values() for row in left if reading.now - row.at <= PATIENCE}
    return settled, recent


def _votes(reading: Reading) -> list[tuple[Vote, dict[str, object]]]:
    rows = reading.session.execute(
        select(Vote, ItemVersion.body)
        .join(ItemVersion, ItemVersion.id == Vote.version_id)
        .where(Vote.useful.is_(False), Vote.group_id.is_(None))
        .order_by(Vote.id)
        .limit(BATCH)
    )
    return [(vote, body) for vote, body in rows]


def _bunch(bunches: dict[str, Bunch], key: str, text: str, row: AskedQuestion | Vote) -> Bunch:
    bunch = bunches.setdefault(key, Bunch(key, text, row.at, row.at))
    bunch.first_at, bunch.last_at = min(bunch.first_at, row.at), max(bunch.last_at, row.at)
    return bunch


def _groups(reading: Reading, bunches: Iterable[str]) -> Groups:
    latest = reading.session.execute(
        select(QuestionGroup.id, QuestionGroup.text)
        .order_by(QuestionGroup.last_at.desc(), QuestionGroup.id.desc())
        .limit(GROUPS_MOST)
    )
    keys = list(bunches)
    seen = reading.session.execute(
        select(AskedQuestion.key, AskedQuestion.group_id)
        .where(AskedQuestion.key.in_(keys), AskedQuestion.group_id.is_not(None))
        .distinct()
        .order_by(AskedQuestion.key, AskedQuestion.group_id)
    )
    by_key = {key: number for key, number in seen if number is not None}
    own = select(QuestionGroup.key, QuestionGroup.id).where(QuestionGroup.key.in_(keys))
    by_key.update((key, number) for key, number in reading.session.execute(own))
    return Groups({number: text for number, text in latest if text}, by_key)
