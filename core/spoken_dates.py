"""Dates as people say them about something already done: 昨晚, 上周六, 11月20号, 三天前; never a guess."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from core.numerals import narrow, number


class SpokenDate(NamedTuple):
    """A date and where in the text it was said (first position, one after the last)."""

    day: date
    span: tuple[int, int]


_COUNT = r"[0-9一二两三四五六七八九十]{1,3}"
_PART = r"(?:的?(?:一大早|大清早|清早|清晨|凌晨|早上|早晨|早起|上午|中午|晌午|下午|过晌|傍晚|傍黑|晚上|晚间|夜里|夜晚|半夜|头晌|后晌|早|晚|夜))?"
_NOT_A_PLACE = r"(?!\s?(?:摊|店|楼|柜|门|秤|称|机|台|窗|线|院|铺|档|厅|车|枪|库|地|油|加油机|加油枪|汽油|柴油|路|桌|房|商|棚|展|馆|桩|大街|院|铺面|仓|站))"
_WEEK = r"(?:周|星期|礼拜)"
_WEEKDAYS = (
    {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6, "末": 5} | {str(n): n - 1 for n in range(1, 8)}
)

_RELATIVE = {
    "大前天": 3, "大前日": 3, "前天": 2, "前日": 2, "前儿": 2, "前晚": 2, "昨天": 1, "昨日": 1, "昨儿": 1, "昨个": 1,
    "昨晚": 1, "昨夜": 1, "昨早": 1, "昨晌": 1, "昨下午": 1, "昨上午": 1, "昨中午": 1, "夜来": 1, "今天": 0, "今日": 0,
    "今儿": 0, "今早": 0, "今晚": 0, "今晨": 0, "今上午": 0, "今下午": 0, "今中午": 0, "今晌": 0, "刚才": 0, "刚刚": 0, "方才": 0,
    "才刚": 0,
}  # fmt: skip
_BARE_PARTS = r"(?<![天日号那天每昨今前])(?:一大早|大清早|早上|早晨|上午|中午|晌午|下午|傍晚|晚上)(?=.{0,12}(?:买|称|去|在|打|加|割|捎|赶))"

_FESTIVALS = {
    "元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "儿童节": (6, 1), "国庆": (10, 1), "国庆节": (10, 1),
    "十一": (10, 1), "双十一": (11, 11), "双11": (11, 11), "教师节": (9, 10), "圣诞": (12, 25), "圣诞节": (12, 25),
}  # fmt: skip

Resolver = Callable[[re.Match[str], date], date | None]


def spoken_date(text: str, *, today: date) -> SpokenDate | None:
    """Return the first date said in `text` about something already done, or None when none is said.

    A date that would lie ahead is taken from the last year, month or week; an explicit future date is none.
    """
    return next(spoken_dates(text, today=today), None)


def spoken_dates(text: str, *, today: date) -> Iterator[SpokenDate]:
    """Yield every date said in `text`, in order, with its place."""
    narrowed = narrow(text)
    taken: list[tuple[int, int]] = []
    found: list[SpokenDate] = []
    for pattern, resolve in _RULES:
        for match in pattern.finditer(narrowed):
            span = match.span()
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            taken.append(span)
            day = resolve(match, today)
            if day is not None and day <= today:
                found.append(SpokenDate(day, span))
    yield from sorted(found, key=lambda said: said.span)


def _int(said: str) -> int | None:
    value = number(said)
    return None if value is None or value % 1 else int(value)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full(found: re.Match[str], today: date) -> date | None:
    year, month, day = _year(found["year"], today), _int(found["month"]), _int(found["day"])
    return None if None in (year, month, day) else _safe(year or 0, month or 0, day or 0)


def _year(said: str, today: date) -> int | None:
    if said in ("今年", "去年", "前年"):
        return today.year - ("今年", "去年", "前年").index(said)
    year = _int(said.removesuffix("年"))
    return year + 2000 if year is not None and year < 100 else year


def _month_day(found: re.Match[str], today: date) -> date | None:
    month, day = _int(found["month"]), _int(found["day"])
    if month is None or day is None:
        return None
    this_year = _safe(today.year, month, day)
    if this_year is not None and this_year <= today:
        return this_year
    return _safe(today.year - 1, month, day)


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    day, said = _int(found["day"]), found["which"] or ""
    if day is None:
        return None
    first = today.replace(day=1)
    last_month = first - timedelta(days=1)
    if said.startswith("上上"):
        last_month = last_month.replace(day=1) - timedelta(days=1)
    if said.startswith("上"):
        return _safe(last_month.year, last_month.month, day)
    this_month = _safe(first.year, first.month, day)
    if said or (this_month is not None and this_month <= today):
        return this_month
    return _safe(last_month.year, last_month.month, day)


def _weekday(found: re.Match[str], today: date) -> date | None:
    weekday, said = _WEEKDAYS[found["weekday"]], found["which"] or ""
    monday = today - timedelta(days=today.weekday())
    if said:
        day = monday + timedelta(days=weekday - 7 * said.count("上"))
        return day if day <= today else day - timedelta(days=7)
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _days_ago(found: re.Match[str], today: date) -> date | None:
    count = _int(found["count"])
    if count is None:
        return None
    return today - timedelta(
        days=count * (7 if found["unit"] in ("周", "星期", "个星期", "个礼拜", "礼拜") else 1)
    )


def _relative(found: re.Match[str], today: date) -> date | None:
    return today - timedelta(days=_RELATIVE[found["word"]])


def _today(found: re.Match[str], today: date) -> date | None:
    everyday = "每天" in found.string or "天天" in found.string
    return None if everyday else today


def _festival(found: re.Match[str], today: date) -> date | None:
    month, day = _FESTIVALS[found["name"]]
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


def _nothing(_found: re.Match[str], _today: date) -> date | None:
    """Take a place in the text so that no later rule reads a date into it."""
    return None


def _rule(pattern: str, resolve: Resolver) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(pattern), resolve


def _any(words: dict[str, object]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_RULES: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    _rule(
        rf"(?P<year>\d{{4}}年?|\d{{2}}年|今年|去年|前年|二[零〇][一二][零〇一二三四五六七八九]年)的?\s?(?:[-/.]|年)?(?P<month>{_COUNT})\s?[-/.月](?:份)?"
        rf"(?P<day>{_COUNT})\s?[日号]?(?!\d){_PART}",
        _full,
    ),
    _rule(rf"(?P<name>{_any(dict(_FESTIVALS))})(?:那天|当天|那晚)", _festival),
    _rule(r"(?:去年|前年|明年|明天|后天|下周|下个?月|上个?月底|月底|每天|天天|那天)", _nothing),
    _rule(rf"(?<![\d.])(?P<month>{_COUNT})月(?:份)?(?P<day>{_COUNT})\s?[日号]?(?![\d个]){_PART}", _month_day),
    _rule(
        rf"(?P<which>上上个?月|上个?月|这个?月|本月|当月)的?(?P<day>{_COUNT})[日号]?{_NOT_A_PLACE}{_PART}",
        _day_of_month,
    ),
    _rule(
        rf"(?P<which>上上个?|上个?|这个?|本)?{_WEEK}(?P<weekday>[一二三四五六日天1-7])(?![0-9个]){_PART}",
        _weekday,
    ),
    _rule(
        rf"(?<![\d.第])(?P<count>{_COUNT})(?P<unit>天|个星期|个礼拜|星期|礼拜|周)(?:之|以)?前{_PART}",
        _days_ago,
    ),
    _rule(rf"(?P<word>{_any(dict(_RELATIVE))}){_PART}", _relative),
    _rule(
        r"(?<![\d.¥/-])(?P<month>1[0-2]|0?[1-9])[/-](?P<day>3[01]|[12]\d|0?[1-9])(?![\d/.-]|\s?(?:斤|两|元|块|公|克|kg|个))"
        rf"{_PART}",
        _month_day,
    ),
    _rule(
        r"(?<![\d.¥/-])(?P<month>1[0-2]|0?[1-9])\.(?P<day>3[01]|[12]\d|0?[1-9])(?=号|日|那天|上午|下午|早|晚|中午|在|我|买|去|，|,|\s)"
        rf"(?!\s?(?:斤|两|元|块|公|克|kg|个))[日号]?{_PART}",
        _month_day,
    ),
    _rule(
        rf"(?<![\d.第#一二三四五六七八九十])(?P<which>)(?P<day>[12]?\d|3[01]|{_COUNT})[日号]{_NOT_A_PLACE}{_PART}",
        _day_of_month,
    ),
    _rule(r"刚(?=[买在从去称到])", _today),
    _rule(_BARE_PARTS, _today),
)
