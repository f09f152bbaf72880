"""What this room keeps of a citizen: the open draft and the cases; what an office must keep stays."""

from datetime import timedelta

from sqlalchemy import select

from accounts.services.mydata import Erased, Part
from complaints.models import Case, CaseEvent, Evidence
from complaints.queries.views import unsealed
from complaints.rules import drafts, lifecycle, telling
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts
from complaints.rules.lifecycle import TRACK_NAMES, Status
from complaints.services import drafting
from core.clock import local
from core.work import Reading, Work

TITLE = "投诉与举报"
KEEP_DAYS = 1095
SEALED = ("contact_name", "contact_phone", "contact_address", "story")
MOST = 500


class Reports:
    """Keeps a citizen's draft and cases; personal fields of ended cases stay `keep_days` after their end."""

    def __init__(self, *, keep_days: int = KEEP_DAYS) -> None:
        """Take how long personal fields of an ended case are kept, in days."""
        self._keep = timedelta(days=keep_days)

    def see(self, reading: Reading, *, openid: str) -> Part:
        """Return the draft and every case with its timeline as its author may read it."""
        rows: list[dict[str, object]] = []
        if (opened := drafting.current(reading, openid=openid)) is not None:
            rows.append(_draft(opened.facts))
        rows += [_row(reading, case) for case in _cases(reading, openid)]
        return Part("reports", TITLE, tuple(rows))

    def erase(self, work: Work, *, openid: str) -> Erased:
        """Remove the draft, and the personal fields of cases that ended long enough ago."""
        removed = int(drafting.cancel(work, openid=openid))
        kept = []
        for case in _cases(work, openid):
            if case.closed_at is None or work.now - case.closed_at < self._keep:
                state = "还在办理" if case.closed_at is None else "办结未满规定的保存时间"
                kept.append(f"{case.number}：{state}，办案材料依法要保存，暂时不能删")
                continue
            removed += sum(getattr(case, field) is not None for field in SEALED)
            for field in SEALED:
                setattr(case, field, None)
            case.phone_index = None
        work.session.flush()
        return Erased(TITLE, removed, tuple(kept))


def _cases(reading: Reading, openid: str) -> list[Case]:
    return list(
        reading.session.scalars(
            select(Case).where(Case.openid == openid).order_by(Case.id.desc()).limit(MOST)
        )
    )


def _draft(facts: DraftFacts) -> dict[str, object]:
    told = [name for name in drafts.to_json(facts) if name not in SEALED]
    return {
        "类型": "未提交的草稿",
        "内容": telling.lines(facts, told),
        "姓名": facts.contact_name,
        "电话": facts.contact_phone,
        "地址": facts.contact_address,
        "经过": facts.story,
    }


def _row(reading: Reading, case: Case) -> dict[str, object]:
    timeline = reading.session.execute(
        select(CaseEvent.at, CaseEvent.public_text)
        .where(CaseEvent.case_id == case.id, CaseEvent.public_text.is_not(None))
        .order_by(CaseEvent.id)
    )
    photos = reading.session.scalars(select(Evidence.id).where(Evidence.case_id == case.id))
    return {
        "类型": TRACK_NAMES[Track(case.track)],
        "编号": case.number,
        "状态": lifecycle.name(Track(case.track), Status(case.status)),
        "提交时间": f"{local(case.received_at):%Y-%m-%d %H:%M}",
        "商户": case.merchant_name,
        "商品": case.product,
        "姓名": unsealed(reading, case, "contact_name"),
        "电话": unsealed(reading, case, "contact_phone"),
        "地址": unsealed(reading, case, "contact_address"),
        "经过": unsealed(reading, case, "story"),
        "诉求": case.demand,
        "照片数": len(list(photos)),
        "进展": [f"{local(at):%Y-%m-%d %H:%M} {text}" for at, text in timeline],
    }
