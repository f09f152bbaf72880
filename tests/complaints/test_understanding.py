"""What the intake understands of citizens' sentences: the published set, its ratio, and single traps."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.rules.understanding import Correction, correction, flat, understand
from metrology.quantities import Mass, Volume
from metrology.tolerances import Method

NOW = datetime(2026, 11, 23, 10)
SETS = ("utterances.jsonl", "utterances_blind.jsonl")
ROWS = {
    name: [
        json.loads(line) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    ]
    for name in SETS
}
SLOTS = (
    "merchant",
    "product",
    "claimed_g",
    "measured_g",
    "claimed_ml",
    "measured_ml",
    "unit_price_per_kg",
    "paid",
    "date",
    "place",
)
LEAST = Decimal("0.95")


def understood(text: str) -> dict[str, object]:
    return flat(understand(text, now=NOW))


def answers(text: str) -> dict[str, object]:
    facts = understand(text, now=NOW)
    return flat(facts) | {"method": facts.method.value if facts.method else None}


def test_the_sets_are_large_and_no_sentence_stands_twice() -> None:
    assert all(len(rows) >= 150 for rows in ROWS.values())
    texts = [row["text"] for rows in ROWS.values() for row in rows]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", SETS)
def test_nearly_every_slot_is_understood(name: str) -> None:
    missed = []
    told = 0
    for row in ROWS[name]:
        said = answers(row["text"])
        for slot, expected in row["expected"].items():
            told += 1
            if said[slot] != expected:
                missed.append(f"{row['id']} {slot}: {said[slot]!r}, not {expected!r}")
    ratio = 1 - Decimal(len(missed)) / told
    assert ratio >= LEAST, f"{ratio:.3f} of {told} slots; missed: {missed}"


@pytest.mark.parametrize("name", SETS)
def test_no_value_is_invented(name: str) -> None:
    invented = [
        f"{row['id']} {slot}: {said[slot]!r} in {row['text']}"
        for row in ROWS[name]
        for said in [answers(row["text"])]
        for slot in (*SLOTS, "method")
        if said[slot] is not None and slot not in {*row["expected"], *row.get("either", ())}
    ]
    assert invented == []


@pytest.mark.parametrize(
    ("text", "paid"), [("50块买了二斤樱桃", 50), ("一块去买的樱桃", None), ("买了5块豆腐", None)]
)
def test_fifty_yuan_are_money_and_pieces_are_not(text: str, paid: int | None) -> None:
    assert understood(text)["paid"] == paid


def test_the_sentence_of_the_issue_fills_what_it_says() -> None:
    said = understand("我昨天在历下区老王海鲜买了3斤皮皮虾回家一称只有2斤4两68块一斤", now=NOW)
    assert flat(said) == {
        "merchant": "老王海鲜",
        "product": "皮皮虾",
        "claimed_g": 1500,
        "measured_g": 1200,
        "claimed_ml": None,
        "measured_ml": None,
        "unit_price_per_kg": 136,
        "paid": None,
        "date": "2026-11-22",
        "place": "历下区",
        "category": "海水产品",
    }
    assert said.method is None


def test_spans_point_at_the_words() -> None:
    text = "我昨天在历下区老王海鲜买了3斤皮皮虾68块一斤"
    spans = understand(text, now=NOW).spans
    assert {slot: text[start:end] for slot, (start, end) in spans.items()} == {
        "merchant": "老王海鲜",
        "place": "历下区",
        "product": "皮皮虾",
        "date": "昨天",
        "unit_price": "68块一斤",
    }


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("十斤少了七两", "measured_g", 4650), ("绳子六两", "claimed_g", None), ("加了30升油", "claimed_g", None),
        ("加了30升油", "claimed_ml", 30000), ("人家多给了我二两", "claimed_g", None), ("切成两半", "claimed_g", None),
        ("买了两块豆腐", "paid", None), ("花了两块钱", "paid", 2), ("买了二十一斤土豆", "unit_price_per_kg", None),
        ("买了二十一斤土豆", "claimed_g", 10500), ("7块5一升", "unit_price_per_kg", None), ("我要退款100元", "paid", None),
        ("一斤八两的猪肉给我算两斤的钱", "measured_g", 900), ("三斤苹果，两斤梨，一共五斤", "claimed_g", 2500),
        ("德州扒鸡三斤", "place", None), ("楼下水果摊", "merchant", None), ("电子秤多久检定一次", "product", None),
        ("五斤差不到一两", "measured_g", None),
    ],
)  # fmt: skip
def test_a_trap_is_not_stepped_into(text: str, slot: str, value: object) -> None:
    assert understood(text)[slot] == value


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("拿到公平秤上称", Method.EQUAL_ACCURACY), ("家里的秤称的", Method.HOUSEHOLD), ("家里电子秤", Method.HOUSEHOLD),
        ("到超市复秤", Method.EQUAL_ACCURACY), ("原来的秤再称", Method.ORIGINAL_SCALE), ("回家一称", None),
        ("送计量所测的", Method.HIGH_ACCURACY), ("他的秤不准", None),
    ],
)  # fmt: skip
def test_what_it_was_weighed_with_is_told_apart(text: str, method: Method | None) -> None:
    assert understand(text, now=NOW).method is method


def test_yesterday_is_counted_in_shanghai() -> None:
    late_in_utc = datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert flat(understand("昨天买的", now=late_in_utc))["date"] == "2026-11-22"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不是3斤是2斤", Correction("3斤", "2斤")), ("不是皮皮虾，是对虾", Correction("皮皮虾", "对虾")),
        ("改成2斤4两", Correction(None, "2斤4两")), ("说错了，应该是昨天", Correction(None, "昨天")),
        ("不是3斤而是2斤半。", Correction("3斤", "2斤半")), ("买了3斤", None), ("", None),
    ],
)  # fmt: skip
def test_a_correction_names_what_was_wrong_and_what_is_right(text: str, expected: Correction | None) -> None:
    assert correction(text) == expected


def test_nothing_said_is_nothing_understood() -> None:
    assert understand("你好", now=NOW).empty


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=60)
    | st.text("买了称斤两块元一二三半十百少只给我在店水果的，。0123456789./ 升昨天", max_size=30)
)
def test_no_text_raises_and_every_value_is_possible(text: str) -> None:
    said = flat(understand(text, now=NOW))
    assert set(said) == {*SLOTS, "category"}
    assert json.dumps(said, ensure_ascii=False)
    assert said["date"] is None or str(said["date"]) <= "2026-11-23"


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 40), st.integers(1, 9), st.sampled_from(["皮皮虾", "苹果", "排骨", "大米"]))
def test_any_shortage_is_taken_from_any_purchase(jin: int, liang: int, goods: str) -> None:
    facts = understand(f"买了{jin}斤{goods}少了{liang}两", now=NOW)
    assert facts.claimed == Mass(Decimal(jin * 500))
    assert facts.measured == Mass(Decimal(jin * 500 - liang * 50))
    assert facts.product == goods


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 99), st.integers(1, 99))
def test_litres_never_become_grams(first: int, second: int) -> None:
    facts = understand(f"加了{first}升汽油，实际{second}升", now=NOW)
    assert isinstance(facts.claimed, Volume)
    assert isinstance(facts.measured, Volume)


@pytest.mark.parametrize(
    "piece",
    ["一", "1", "1 ", "1.1", "一点", "十块", "3斤零", "在济南", "老王海鲜", "1,111", "(店)", "号1", "家"],
)
def test_a_long_hostile_message_is_read_without_endless_work(piece: str) -> None:
    text = (piece * 2000)[:4000]
    assert understand(text, now=NOW).claimed is None or "斤" in piece
