"""A believable register for the demonstration: the same merchants every time, dates relative to today."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from accounts.queries import regions
from accounts.queries.regions import Place
from core.clock import local_date
from core.work import Work
from integrity.models import Instrument, Merchant
from integrity.rules import uscc
from integrity.rules.kinds import catalogued, kind_of
from integrity.rules.rows import Kind
from integrity.rules.validity import VerificationResult
from integrity.services import contacts, importing
from metrology.instruments import months_later

CHUNK = 500
DAYS_A_MONTH = 30

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of business: its words, how it is named, and what it measures with (catalogue names and how many)."""

    trade: str
    word: str
    form: str
    devices: tuple[tuple[str, int], ...]
    each_city: int
    in_market: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A merchant the demonstration's stories need; `ends` are days from today on which its devices' validity ends."""

    name: str
    sign_name: str
    trade: str
    region_code: str
    device: str
    ends: tuple[int | None, ...]
    market: str = ""
    stall: str = ""
    company: bool = False


TRADES = (
    Trade("水产品零售", "海鲜", uscc.INDIVIDUAL, (("电子计价秤", 2),), 3, in_market=True),
    Trade("蔬菜零售", "蔬菜", uscc.INDIVIDUAL, (("电子计价秤", 1), ("电子台秤", 1)), 2, in_market=True),
    Trade("肉禽零售", "鲜肉", uscc.INDIVIDUAL, (("电子计价秤", 2),), 2, in_market=True),
    Trade("水果零售", "水果店", uscc.INDIVIDUAL, (("电子计价秤", 2),), 2),
    Trade("商超", "生鲜超市", uscc.COMPANY, (("电子计价秤", 5), ("电子台秤", 1)), 2),
    Trade("加油站", "加油站", uscc.COMPANY, (("燃油加油机", 6),), 2),
    Trade("眼镜店", "眼镜店", uscc.INDIVIDUAL, (("验光仪", 1), ("焦度计", 1), ("验光镜片箱", 1)), 2),
    Trade("金银珠宝", "金店", uscc.COMPANY, (("电子计价秤", 2),), 1),
    Trade("医疗机构", "医院", uscc.COMPANY, (("血压计、血压表", 4), ("心电图机", 2), ("玻璃体温计", 2)), 1),
    Trade("酒店餐饮", "海鲜酒楼", uscc.COMPANY, (("电子计价秤", 2), ("电子台秤", 1)), 2),
    Trade("粮食收购", "粮食收购站", uscc.COMPANY, (("汽车衡", 1), ("谷物水分测定仪", 1)), 1),
    Trade("充电站", "充电站", uscc.COMPANY, (("非车载直流充电机", 4),), 1),
)
KNOWN = (
    Known(
        "济南市历下区老王海鲜水产店",
        "老王海鲜",
        "水产品零售",
        "370102",
        "电子计价秤",
        (0, 7, -3),
        "历山农贸市场",
        "A区12号",
    ),
    Known(
        "济南市市中区桂兰蔬菜店",
        "桂兰蔬菜店",
        "蔬菜零售",
        "370103",
        "电子计价秤",
        (30, 190),
        "七里山农贸市场",
        "蔬菜厅08号",
    ),
    Known(
        "潍坊鲁通石油销售有限公司奎文加油站",
        "鲁通加油站",
        "加油站",
        "370705",
        "燃油加油机",
        (7, 7, 7, 96, 96, -8),
        company=True,
    ),
    Known(
        "青岛惠邻商业有限公司市南店",
        "惠邻超市",
        "商超",
        "370202",
        "电子计价秤",
        (25, 25, 160, 160, None),
        company=True,
    ),
    Known("济宁市任城区明视眼镜店", "明视眼镜店", "眼镜店", "370811", "焦度计", (0, 120)),
)
# Days from today on which a validity ends; None was never verified. Every tenth or so calls for attention.
ENDS: tuple[int | None, ...] = (
    210,
    95,
    30,
    310,
    150,
    7,
    260,
    64,
    -45,
    120,
    18,
    290,
    0,
    175,
    330,
    -12,
    80,
    None,
    240,
    45,
    135,
    -160,
    200,
    3,
    105,
)
MARKETS = ("惠民农贸市场", "东关集贸市场", "新华农贸市场", "裕丰农贸市场")
SURNAMES = "李张刘陈杨赵孙周徐马朱胡林郭何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜"
STALL_WORDS = ("老{}", "小{}", "{}记", "{}家", "{}姐", "阿{}")
FIRST = "福泰鸿盛和润祥瑞华广源恒嘉德永顺康宏凯金"
SECOND = "源顺丰隆兴达祥泽通茂安信盛悦明佳宁富诚坤"
ROADS = ("人民路", "建设路", "文化路", "解放路", "新华路", "中心大街", "和平路", "青年路")
MAKERS = {
    "电子计价秤": (
        ("鲁衡电子衡器（演示）", "ACS-30"),
        ("泉衡衡器（演示）", "ACS-15A"),
        ("齐准衡器（演示）", "ACS-JJ-30"),
    ),
    "电子台秤": (("鲁衡电子衡器（演示）", "TCS-150"), ("齐准衡器（演示）", "TCS-300")),
    "燃油加油机": (("海岱石油机械（演示）", "CS42D"), ("东岳石化设备（演示）", "DJY-218A")),
    "汽车衡": (("岱宗衡器（演示）", "SCS-100"),),
    "非车载直流充电机": (("黄河电气（演示）", "DC-120kW"),),
}
OTHER_MAKERS = (("齐鲁仪器（演示）", "QL-II"), ("海岱医疗（演示）", "HD-100"))
INSTITUTIONS = "{}计量检定测试所（演示）"


def seed(work: Work, *, followers: Sequence[Mapping[str, str]]) -> None:
    """Fill the register and bind `followers` (openid, name, note) to the merchants their notes name."""
    places = regions.places(work)
    merchants = [*_known(places), *_others(places)]
    _store(work, Kind.MERCHANTS, [merchant.row for merchant in merchants])
    ids = {row.uscc: row.id for row in work.session.execute(select(Merchant.uscc, Merchant.id))}
    instruments = [row for merchant in merchants for row in merchant.instruments(ids[merchant.row["uscc"]])]
    _store(work, Kind.INSTRUMENTS, instruments)
    _store(work, Kind.VERIFICATIONS, list(_verified(work, merchants, ids, places)))
    for follower in followers:
        for known, merchant in zip(KNOWN, merchants, strict=False):
            if known.sign_name[:4] in follower["note"]:
                contacts.bind(work, merchant_id=ids[merchant.row["uscc"]], openid=follower["openid"])


@dataclass(frozen=True, slots=True)
class _Planned:
    """A merchant's row and its devices: (catalogue name, days from today its validity ends)."""

    row: dict[str, Any]
    devices: tuple[tuple[str, int | None], ...]

    def instruments(self, merchant_id: int) -> Iterator[dict[str, Any]]:
        """Yield the rows of its instruments."""
        for number, (name, _) in enumerate(self.devices, start=1):
            serial = self.serial(number)
            maker, model = _pick(MAKERS.get(name, OTHER_MAKERS), serial)
            yield {
                "merchant_id": merchant_id,
                "serial": serial,
                "kind": kind_of(name),
                "name": name,
                "model": model,
                "maker": maker,
                "place": self.row["stall"] or self.row["address"],
            }

    def serial(self, number: int) -> str:
        """Return the serial number of its n-th instrument."""
        return f"{2019 + _hash(self.row['uscc'], number) % 7}{_hash(number, self.row['uscc']) % 1000:03d}{number:02d}{self.row['uscc'][10:16]}"


def _known(places: Mapping[str, Place]) -> Iterator[_Planned]:
    for number, known in enumerate(KNOWN, start=1):
        kind = uscc.COMPANY if known.company else uscc.INDIVIDUAL
        address = f"{places[known.region_code].full_name}{_pick(ROADS, known.name)}{number * 7}号"
        row = _row(
            uscc.compose(kind=kind, region_code=known.region_code, number=number * 7919), known.region_code
        )
        row |= {"name": known.name, "sign_name": known.sign_name, "trade": known.trade, "address": address}
        row |= {"market": known.market, "stall": known.stall}
        yield _Planned(row, tuple((known.device, end) for end in known.ends))


def _others(places: Mapping[str, Place]) -> Iterator[_Planned]:
    serial = 0
    for city in sorted(code for code, place in places.items() if place.level == "city"):
        counties = sorted(code for code in places if code[:4] == city[:4] and code != city)
        for trade in TRADES:
            for _ in range(trade.each_city):
                serial += 1
                yield _merchant(trade, places, places[city], counties[serial % len(counties)], serial)


def _merchant(
    trade: Trade, places: Mapping[str, Place], city: Place, region_code: str, serial: int
) -> _Planned:
    county = places[region_code]
    if trade.in_market:
        stem = STALL_WORDS[serial % len(STALL_WORDS)].format(SURNAMES[serial * 7 % len(SURNAMES)])
    else:
        stem = FIRST[serial % len(FIRST)] + SECOND[(serial * 3 + serial // len(FIRST)) % len(SECOND)]
    name = f"{county.full_name}{stem}{trade.word}{'' if trade.word.endswith(('店', '站')) else '店'}"
    if trade.form == uscc.COMPANY:
        name = f"{city.name.removesuffix('市')}{stem}{trade.word}有限公司"
    row = _row(
        uscc.compose(kind=trade.form, region_code=region_code, number=100_003 + serial * 104_729), region_code
    )
    row |= {"name": name, "sign_name": stem + trade.word, "trade": trade.trade}
    row["address"] = f"{county.full_name}{_pick(ROADS, serial)}{serial % 190 + 3}号"
    if trade.in_market:
        row |= {
            "market": county.name[:-1] + _pick(MARKETS, region_code),
            "stall": f"{'ABCD'[serial % 4]}区{serial % 48 + 1:02d}号",
        }
    names = [device for device, count in trade.devices for _ in range(count)]
    start = _hash(serial, trade.trade) % len(ENDS)
    return _Planned(row, tuple((device, ENDS[(start + n * 3) % len(ENDS)]) for n, device in enumerate(names)))


def _row(code: str, region_code: str) -> dict[str, Any]:
    number = f"{_hash(code) % 10_000:04d}"
    return {"uscc": code, "region_code": region_code, "phone": f"1990000{number}", "market": "", "stall": ""}


def _verified(
    work: Work, merchants: Sequence[_Planned], ids: Mapping[str, int], places: Mapping[str, Place]
) -> Iterator[dict[str, Any]]:
    today = local_date(work.now)
    held = {
        (merchant_id, serial): instrument_id
        for instrument_id, merchant_id, serial in work.session.execute(
            select(Instrument.id, Instrument.merchant_id, Instrument.serial)
        )
    }
    for merchant in merchants:
        code = merchant.row["uscc"]
        city = places[merchant.row["region_code"][:4] + "00"]
        for number, (name, end) in enumerate(merchant.devices, start=1):
            instrument_id = held[ids[code], merchant.serial(number)]
            for row in _history(name, end, today):
                row["instrument_id"] = instrument_id
                row["institution"] = INSTITUTIONS.format(city.name)
                row["certificate_no"] = (
                    f"SD{merchant.row['region_code']}-{row['verified_on'].year}-{instrument_id:06d}"
                )
                yield row


def _history(name: str, end: int | None, today: date) -> Iterator[dict[str, Any]]:
    """Yield the latest verification of a device and the one before it; nothing where it never had one."""
    found = catalogued(kind_of(name))
    months = found.months if found is not None else 12
    if end is None:
        return
    if months is None:
        yield _passed(today - timedelta(days=abs(end) + 40), None)
        return
    until = today + timedelta(days=min(end, months * DAYS_A_MONTH - 5))
    began = months_later(until, -months) + timedelta(days=1)
    yield _passed(began, until)
    before = months_later(began, -max(months, 12))
    yield _passed(before, months_later(before, months) - timedelta(days=1))


def _passed(verified_on: date, valid_until: date | None) -> dict[str, Any]:
    return {
        "verified_on": verified_on,
        "valid_until": valid_until,
        "result": VerificationResult.PASSED.value,
    }


def _store(work: Work, kind: Kind, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), CHUNK):
        importing.store(work, kind=kind, writes=rows[start : start + CHUNK])


def _pick(choices: Sequence[Choice], *facts: object) -> Choice:
    return choices[_hash(*facts) % len(choices)]


def _hash(*facts: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(facts).encode()).digest()[:6], "big")
