"""The questions no publication may unlearn: kept by editors, retired with a reason, never forgotten."""

from sqlalchemy import select

from core.audit import record
from core.database import alone
from core.work import Work
from knowledge.errors import EntryInvalid, RegressionQuestionNotFound
from knowledge.models import RegressionQuestion
from knowledge.queries import versions
from knowledge.rules.questions import LONGEST, kept_key, masked
from knowledge.rules.regression import RegressionKind


def keep(work: Work, *, text: str, kind: str, entry_id: str, note: str = "") -> RegressionQuestion:
    """Keep a question with what must come of it; one that was retired comes back.

    Raises:
        EntryInvalid: it is empty or kept already, its kind is unknown, or nothing is published under the entry's id.
    """
    said = masked(text.strip())[:LONGEST]
    problems = _problems(work, said, kind, entry_id)
    if problems:
        raise EntryInvalid(fields=problems)
    alone(work, "knowledge:regression")
    found = work.session.scalar(select(RegressionQuestion).where(RegressionQuestion.key == kept_key(said)))
    if found is not None and found.retired_at is None:
        raise EntryInvalid("这一题已经在了。", fields={"text": "这一题已经在了"})
    if found is None:
        found = RegressionQuestion(key=kept_key(said), retired_by="", retired_at=None)
        work.session.add(found)
    found.text, found.kind, found.note = said, kind, note
    found.entry_id = "" if kind == RegressionKind.REJECT else entry_id
    found.added_by, found.added_at = work.actor.name, work.now
    found.retired_by, found.retired_at = "", None
    work.session.flush()
    record(work, "knowledge.keep_regression", f"regression:{found.id}", kind=kind, entry=found.entry_id)
    return found


def retire(work: Work, *, question_id: int, note: str) -> None:
    """Take a question out of use, with the reason.

    Raises:
        RegressionQuestionNotFound: there is none in use.
        EntryInvalid: no reason is given.
    """
    if not note.strip():
        raise EntryInvalid("请写一句为什么不再考这一题。", fields={"note": "请写一句为什么不再考"})
    found = work.session.get(RegressionQuestion, question_id, with_for_update=True)
    if found is None or found.retired_at is not None:
        raise RegressionQuestionNotFound(question_id=question_id)
    found.retired_by, found.retired_at, found.note = work.actor.name, work.now, note.strip()
    work.session.flush()
    record(work, "knowledge.retire_regression", f"regression:{question_id}", reason=note.strip())


def _problems(work: Work, text: str, kind: str, entry_id: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not kept_key(text):
        problems["text"] = "请写一句市民会问的话"
    if kind not in set(RegressionKind):
        problems["kind"] = "请选一项"
    elif kind != RegressionKind.REJECT and versions.published(work, item_id=entry_id) is None:
        problems["entry_id"] = "没有发布过这个编号的词条"
    return problems
