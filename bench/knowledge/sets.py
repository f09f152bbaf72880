"""What the contenders are asked: the public sets beside the project, or a small corpus of our own making."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[3] / "shared" / "eval"
PUBLIC = ("faq_lcqmc", "faq_lecoqa", "law_stard")
VARIANTS = ("homo", "drop", "trad", "pinyin", "mix")
SEED = 1125
Row = dict[str, Any]
THINGS = (
    "电子秤",
    "加油机",
    "水表",
    "电能表",
    "燃气表",
    "血压计",
    "出租车计价器",
    "充电桩",
    "砝码",
    "地磅",
    "尺子",
    "体温计",
)
DOINGS = ("检定", "校准", "维修", "更换", "购买", "报废", "投诉", "举报", "登记", "封存", "抽查", "租用")
MATTERS = (
    "要多少钱",
    "多久一次",
    "找哪个部门",
    "需要什么材料",
    "不合格怎么办",
    "要等几天",
    "可以网上办吗",
    "谁来承担费用",
)
PLACES = ("菜市场", "超市", "医院", "加油站", "小区", "工厂", "学校", "药店", "金店", "海鲜店")


@dataclass(frozen=True)
class Asked:
    """One question, the positions of the rows that answer it, and, where none does, how far off it is."""

    text: str
    right: frozenset[int] = frozenset()
    kind: str = ""


@dataclass(frozen=True)
class Corpus:
    """Rows of title and text, and what is asked of them: clean first, then each way of spoiling it."""

    name: str
    rows: list[tuple[str, str]]
    asked: dict[str, list[Asked]]
    outside: list[Asked] = field(default_factory=list)


def public() -> Iterator[Corpus]:
    """Yield the public sets that stand beside the project."""
    for name in PUBLIC:
        folder = SHARED / name
        if folder.exists():
            yield _read(folder)


def _read(folder: Path) -> Corpus:
    (path,) = folder.glob("corpus.jsonl*")
    documents = list(_lines(path))
    places = {row["id"]: place for place, row in enumerate(documents)}
    asked = {"clean": _questions(folder / "queries.jsonl", places)}
    asked |= {name: _questions(folder / f"queries_{name}.jsonl", places) for name in VARIANTS}
    outside = [Asked(row["text"], kind=row.get("kind", "far")) for row in _lines(folder / "ood.jsonl")]
    random.Random(SEED).shuffle(outside)
    rows = [(row.get("title", ""), row.get("text", "")) for row in documents]
    return Corpus(folder.name, rows, asked, outside)


def _questions(path: Path, places: dict[str, int]) -> list[Asked]:
    found = [
        Asked(row["text"], frozenset(places[one] for one in row["relevant"] if one in places))
        for row in _lines(path)
    ]
    random.Random(SEED).shuffle(found)  # every variant in the same order, so that any part of it is a sample
    return found


def _lines(path: Path) -> Iterator[Row]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8")
    yield from map(json.loads, filter(str.strip, text.splitlines()))


def made(size: int) -> Corpus:
    """Make a corpus of `size` short questions, each asked again in another order of words."""
    draw = random.Random(SEED)
    rows: dict[str, str] = {}
    while len(rows) < size:
        place, thing, doing, matter = map(draw.choice, (PLACES, THINGS, DOINGS, MATTERS))
        number = draw.randrange(size)
        rows[f"{place}{number}号的{thing}{doing}{matter}"] = f"{thing}{doing}{matter}，{place}{number}号的"
    texts = list(rows)
    chosen = draw.sample(range(size), min(60, size))
    asked = [Asked(rows[texts[place]], frozenset({place})) for place in chosen]
    far = [
        Asked(text, kind="far") for text in ("今天天气怎么样", "讲个笑话", "股票跌了怎么办", "世界杯谁赢了")
    ]
    return Corpus(f"made-{size}", [(text, text) for text in texts], {"clean": asked}, far)


def growing(sizes: tuple[int, ...]) -> Iterator[Corpus]:
    """Yield corpora of growing size over the same texts: sentences of the statutes, or made ones."""
    folder = SHARED / "law_stard"
    if not folder.exists():
        yield from map(made, sizes)
        return
    questions = [Asked(row["text"]) for row in _lines(folder / "queries.jsonl")]
    passages = list(dict.fromkeys(_passages(_lines(folder / "corpus.jsonl.gz"))))
    random.Random(SEED).shuffle(passages)
    for size in sizes:
        yield Corpus(f"passages-{size}", [("", text) for text in passages[:size]], {"clean": questions})


def _passages(rows: Iterator[Row]) -> Iterator[str]:
    for row in rows:
        for sentence in re.split(r"(?<=[。；])|\n+", row["text"]):
            if len(sentence) >= 16:
                yield sentence[:300]
