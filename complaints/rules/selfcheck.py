"""What may stand in the way of a report, told to its author before it is sent, with what would cure it.

Nothing here refuses: a person decides, on the grounds of `complaints.rules.admissibility`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from complaints.rules.admissibility import Ground, GroundName, grounds
from complaints.rules.clocks import Track
from complaints.rules.drafts import PHONE, DraftFacts

# From here on it is worth asking whether the goods were for one's own household; nothing follows from it alone.
BULK_MG = 50_000_000


class Finding(StrEnum):
    """Whether a ground of refusal seems not to apply, may apply, or cannot be told from what was said."""

    CLEAR = "clear"
    MAY_APPLY = "may_apply"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One ground held against a draft: what was found, in the citizen's words, and what would cure it."""

    ground: Ground
    finding: Finding
    why: str
    cure: str


def check(facts: DraftFacts, *, today: date) -> list[Check]:
    """Hold every ground in force today against the draft, in the order of the law.

    Source: 总局令第121号第10、16条 (complaint), 第28、34、35条 (tip-off).
    """
    return [_checked(ground, facts, today) for ground in grounds(facts.track, today)]


def warnings(facts: DraftFacts, *, today: date) -> list[Check]:
    """Return only the grounds that may apply."""
    return [one for one in check(facts, today=today) if one.finding is Finding.MAY_APPLY]


def _checked(ground: Ground, facts: DraftFacts, today: date) -> Check:
    finding, why = _find(ground, facts, today)
    return Check(ground, finding, why, ground.cure if finding is Finding.MAY_APPLY else "")


def _find(ground: Ground, facts: DraftFacts, today: date) -> tuple[Finding, str]:
    match ground.ground:
        case GroundName.TOO_OLD if ground.years:
            return _age(facts, today, ground.years)
        case GroundName.ALREADY_HANDLED:
            return _told(
                facts.handled_elsewhere, "您说已有单位受理或处理过同一件事", "没有说是否在别处处理过"
            )
        case GroundName.NOT_CONSUMER:
            return _consumer(facts)
        case GroundName.INCOMPLETE:
            lacking = _lacking(facts)
            return (Finding.MAY_APPLY, f"缺{'、'.join(lacking)}") if lacking else (Finding.CLEAR, "")
        case GroundName.IDENTITY:
            return _identity(facts)
        case GroundName.NO_CLUE:
            return _clue(facts)
        case _:
            return Finding.UNKNOWN, "由工作人员查看"


def _age(facts: DraftFacts, today: date, years: int) -> tuple[Finding, str]:
    if facts.bought_on is None:
        return Finding.UNKNOWN, "没有说哪天买的"
    leap = (today.month, today.day) == (2, 29)
    if facts.bought_on < today.replace(year=today.year - years, day=28 if leap else today.day):
        return Finding.MAY_APPLY, f"事情发生在 {facts.bought_on.year} 年，已超过 {years} 年"
    return Finding.CLEAR, ""


def _told(answer: bool | None, bites: str, unknown: str) -> tuple[Finding, str]:
    if answer is None:
        return Finding.UNKNOWN, unknown
    return (Finding.MAY_APPLY, bites) if answer else (Finding.CLEAR, "")


def _consumer(facts: DraftFacts) -> tuple[Finding, str]:
    if facts.for_business:
        return Finding.MAY_APPLY, "您说是经营用的，投诉只管生活消费"
    if facts.has_receipt is False and not facts.photos:
        return Finding.MAY_APPLY, "没有小票、付款记录或照片，不好说明买过"
    if facts.for_business is None and (facts.claimed_mg or 0) >= BULK_MG:
        return Finding.UNKNOWN, "数量较多，没有说是不是自家用"
    return Finding.CLEAR, ""


def _lacking(facts: DraftFacts) -> list[str]:
    parts = [
        ("商户名称或摊位", facts.merchant_name),
        ("商户地址或区县", facts.place or facts.region_code or facts.merchant_id),
    ]
    if facts.track is Track.COMPLAINT:
        parts += [
            ("姓名", facts.contact_name),
            ("电话", facts.contact_phone),
            ("通讯地址", facts.contact_address),
            ("具体诉求", facts.demand),
        ]
    return [label for label, value in parts if not value]


def _identity(facts: DraftFacts) -> tuple[Finding, str]:
    if not (facts.contact_name and facts.contact_phone):
        return Finding.MAY_APPLY, "投诉需要真实的姓名和电话"
    if not PHONE.fullmatch(facts.contact_phone):
        return Finding.MAY_APPLY, "电话号码的位数不对"
    return Finding.CLEAR, ""


def _clue(facts: DraftFacts) -> tuple[Finding, str]:
    said = [facts.merchant_name, facts.product, facts.measured_mg or facts.measured_ml or facts.story]
    if sum(bool(part) for part in said) < 2 and not facts.photos:
        return Finding.MAY_APPLY, "线索太少，不好核查"
    return Finding.CLEAR, ""
