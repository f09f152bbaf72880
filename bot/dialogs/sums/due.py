"""Until when a verification holds, from the day somebody says: the certificate wins, what is not confirmed only informs."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.dialogs.sums.said import Said
from bot.dialogs.sums.sheet import Sum
from core.numerals import NUMBER, number
from core.spoken_dates import spoken_date
from metrology.grammar import plain
from metrology.instruments import Instrument, Mode, instrument_law, months_later
from metrology.lawtables import Source
from metrology.outcomes import Ground

_ASKED = re.compile(
    r"到期|过期|有效期|有效到|期限|该检|再检|复检|下次|下一次|还能用|能用到|超期|什么时候(?:再|要|该|得)?(?:检|换|轮换|更换|送检)|几时|哪天|到什么时候|管到|该换|要换|换了吗|轮换|还有效|有没有效"
)
_DONE = re.compile(r"检|校验|安装|装的|装了|换的|换了|启用|出厂|投用|合格日|装上|买的|发证")
_UNTIL = re.compile(r"(?:有效期限?|有效|到期日?)(?:到|至|写的?|印的?|是|为|：|:)*\s?$")
_HOME = re.compile(r"家里?用?的?(?:电子)?(?:血压计|秤|体温计)|厨房秤|体重秤|家用血压计")
_N = r"[\d零〇一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?P<y>(?<![\dA-Za-z])\d{{4}}(?=\s?(?:年|[./-]\s?\d))|二[零〇]{_N}{{2}}(?=年)|\d{{2}}(?=年)|今年|去年|前年|大前年)\s?[年./-]?\s?"
    rf"(?:(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?(?:[月./-]|月份)\s?(?P<d>3[01]|[12]\d|0?[1-9]|[一二三]?十?[一二三四五六七八九十])?\s?[号日]?)?"
)
_SERVED = re.compile(rf"用了(?:快|整整)?(?P<n>{NUMBER})年")
_REPLACED = "这类表只做首次检定，到期轮换，不按年送检；由供应企业负责换，不用居民自己送检。"
_ESTIMATED = "从检定合格日起算，这里按您说的推算；口径或气种不同年限也不同，以表上和证书为准。"
_YEARS = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
_PLACES = {"water_meter_small": "DN25 及以下的水表", "gas_meter_natural": "天然气家用表"}


@dataclass(frozen=True, slots=True)
class _Day:
    """A date as exactly as it was said: `text` prints it, `first` is its first day."""

    year: int
    month: int | None
    day: int | None

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def later(self, months: int) -> "_Day":
        moved = months_later(self.first, months)
        return _Day(moved.year, moved.month if self.month else None, moved.day if self.day else None)

    @property
    def last(self) -> date:
        """The last day that the words may mean."""
        if self.day:
            return self.first
        following = months_later(self.first, 1) if self.month else date(self.year + 1, 1, 1)
        return following - timedelta(days=1)

    def text(self) -> str:
        month = f"{self.month}月" if self.month else ""
        return f"{self.year}年{month}" + (f"{self.day}日" if self.day else "")


def work_out(said: Said) -> Sum | None:
    """Work out until when a verification or a meter's service life holds."""
    text = said.text
    if not _ASKED.search(text) or _HOME.search(text):
        return None
    dated = _SERVED.sub("", text)
    found = _said_day(dated, said.today) or _spoken_day(dated, said.today)
    if found is None:
        return _aged(text)
    before, day = found
    if _UNTIL.search(before):
        return _until(day, said.today)
    if not _DONE.search(text):
        return None
    row = _named(text)
    if row is None or day.first > said.today:
        return None
    return _told(row, day, said.today)


def _said_day(text: str, today: date) -> tuple[str, _Day] | None:
    """Return the first date said and the words before it."""
    for found in _DATE.finditer(text):
        year = _year(found["y"], today)
        month = number(found["m"]) if found["m"] else None
        day = number(found["d"]) if found["d"] else None
        if year is None or not 1980 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
            continue
        try:
            date(year, int(month or 1), int(day or 1))
        except ValueError:
            continue
        said = _Day(year, int(month) if month else None, int(day) if day else None)
        return text[: found.start()], said
    return None


def _spoken_day(text: str, today: date) -> tuple[str, _Day] | None:
    """Return a day said without its year (8月15号), the last one that was."""
    spoken = spoken_date(text, today=today)
    if spoken is None:
        return None
    day = spoken.day
    return text[: spoken.span[0]], _Day(day.year, day.month, day.day)


def _aged(text: str) -> Sum | None:
    """Compare the years a meter has served with its service life: 燃气表用了11年了该换了吗."""
    served, row = _SERVED.search(text), _named(text)
    years = number(served["n"]) if served else None
    if row is None or years is None or row.months is None or row.mode is not Mode.FIRST_THEN_REPLACED:
        return None
    if not row.drives:
        return _unconfirmed(row)
    most = row.months // 12
    state = "超过了" if years > most else "到了" if years == most else "还没到"
    return Sum(
        f"{_PLACES.get(row.key, row.name)}最多用 {most} 年，您说用了 {plain(years)} 年，{state}年限。",
        (_REPLACED, _ESTIMATED),
        (_ground(row),),
        sure=0.9,
    )


def _year(said: str, today: date) -> int | None:
    if said in _YEARS:
        return today.year - _YEARS[said]
    year = number(said)
    if year is None:
        return None
    return int(year) + 2000 if year < 100 else int(year)


def _named(text: str) -> Instrument | None:
    """Return the instrument whose longest name stands in the text."""
    names = [
        (word, row)
        for row in instrument_law().instruments
        for word in (row.name, *row.aliases)
        if word in text
    ]
    if names:
        return max(names, key=lambda pair: len(pair[0]))[1]
    scale = re.search(r"秤|称", text)
    return (
        next((row for row in instrument_law().instruments if row.key == "price_scale"), None)
        if scale
        else None
    )


def _until(day: _Day, today: date) -> Sum | None:
    if day.day is None:
        return None
    left = (day.first - today).days
    when = f"还有 {left} 天" if left > 0 else "今天是最后一天" if left == 0 else f"已经过了 {-left} 天"
    end = "请在到期前申请检定。" if left >= 0 else "过期未检的不能用于贸易结算，请停用并申请检定。"
    return Sum(f"有效期至{day.text()}，{when}。", (end, "以检定证书上写的日期为准。"), sure=0.93)


def _told(row: Instrument, day: _Day, today: date) -> Sum:
    name = _PLACES.get(row.key, row.name)
    if row.months is None:
        first = f"{name}只做首次检定，没有下一次到期日，以检定规程为准。"
        return Sum(first, ("失准了就报废，不再复检。",), (_ground(row),), sure=0.8)
    if not row.drives:
        return _unconfirmed(row)
    until = day.later(row.months)
    if row.mode is Mode.FIRST_THEN_REPLACED:
        most = f"{name}最多用 {row.months // 12} 年，推算到{until.text()}该换，{_worn(until, today)}。"
        return Sum(most, (_REPLACED, _ESTIMATED), (_ground(row),), sure=0.9)
    return Sum(
        f"{name}检定周期最长 {_period(row.months)}，推算{until.text()}到期，{_state(until, today)}。",
        (
            "证书上写了有效期的，以证书为准；修理过的要重新检定。",
            "到期前申请：e-CQS 强检平台，强制检定不收费。",
        ),
        (_ground(row),),
        sure=0.94,
    )


def _unconfirmed(row: Instrument) -> Sum:
    """Say that a cycle of confidence C is not known for sure: no date rests on it."""
    period = "轮换年限" if row.mode is Mode.FIRST_THEN_REPLACED else "检定周期"
    return Sum(
        f"{_PLACES.get(row.key, row.name)}的{period}没有核实到原文，不推算日期，以检定证书上的有效期和检定规程为准。",
        ("可以问检定机构或供应企业，也可以发证书编号给我查。",),
        (_ground(row),),
        sure=0.8,
    )


def _ground(row: Instrument) -> Ground:
    source = Source(law=row.regulation, order=row.regulation, article="检定周期")
    return Ground(source, row.confidence, "")


def _period(months: int) -> str:
    return f"{months // 12} 年" if months % 12 == 0 else f"{months} 个月"


def _worn(until: _Day, today: date) -> str:
    return "已经超过年限，不能再用于贸易结算" if until.last < today else _state(until, today)


def _state(until: _Day, today: date) -> str:
    if until.last < today:
        return "已经过期，过期未检的不能再用于贸易结算"
    if until.first <= today:
        return "就在这段时间，请核对证书"
    left = (until.first - today).days
    return f"还有 {left} 天" if until.day else "还没到期"
