"""有用 and 没用, counted once per person, entry and day, without keeping who said so."""

from sqlalchemy import select

from core.clock import local_date
from core.work import Work
from knowledge.models import ItemVersion, Vote
from knowledge.rules.questions import masked
from knowledge.rules.votes import LONGEST_WORDS, UselessReason

PURPOSE = "knowledge.vote"


def vote(work: Work, *, openid: str, version_id: int, useful: bool, question: str = "") -> bool:
    """Count a person's word on a version they read; another word that day replaces it.

    `question` is what the version answered, kept masked. False where there is no such version: nothing is counted.
    """
    version = work.session.get(ItemVersion, version_id)
    if version is None:
        return False
    found = _today(work, openid=openid, item_id=version.item_id)
    if found is None:
        found = Vote(
            voter=_voter(work, openid),
            day=local_date(work.now),
            item_id=version.item_id,
            version_id=version_id,
            useful=useful,
            reason=UselessReason.UNSAID.value,
            words="",
            question=masked(question),
            group_id=None,
            at=work.now,
        )
        work.session.add(found)
    elif found.useful != useful or found.version_id != version_id:
        found.useful, found.version_id, found.at = useful, version_id, work.now
        found.question = masked(question) or found.question
        found.reason, found.words = UselessReason.UNSAID.value, ""
    work.session.flush()
    return True


def explain(work: Work, *, openid: str, version_id: int, reason: UselessReason, words: str = "") -> None:
    """Add why it was no use to the person's vote of today; without such a vote nothing is kept.

    Words that come later stand beside the reason given before.
    """
    version = work.session.get(ItemVersion, version_id)
    found = _today(work, openid=openid, item_id=version.item_id) if version is not None else None
    if found is not None and not found.useful:
        found.reason = found.reason if words and found.reason else reason.value
        found.words = masked(words)[:LONGEST_WORDS]
        work.session.flush()


def _today(work: Work, *, openid: str, item_id: str) -> Vote | None:
    return work.session.scalar(
        select(Vote).where(
            Vote.voter == _voter(work, openid), Vote.item_id == item_id, Vote.day == local_date(work.now)
        )
    )


def _voter(work: Work, openid: str) -> str:
    return work.vault.index(openid, purpose=PURPOSE)
