"""What a legal text says about itself is believed where nothing better is known."""

from datetime import date

import pytest

from knowledge.rules.articles import take_apart
from knowledge.rules.entries import Level
from knowledge.rules.headers import date_of, level_named, read_header

ARTICLES = "第一条 甲。\n第二条 本法自2008年4月1日起施行。\n"


@pytest.mark.parametrize(
    ("lines", "number", "level", "since"),
    [
        ("1997年11月1日第八届全国人民代表大会常务委员会通过\n", "1997年公布", Level.LAW, date(2008, 4, 1)),
        (
            "1997年11月1日全国人民代表大会通过\n根据2018年10月26日《关于修改〈某法〉的决定》第二次修正\n",
            "2018年修正",
            Level.LAW,
            date(2018, 10, 26),
        ),
        (
            "2019年4月3日 国务院令第711号修订\n2019年5月15日 施行\n",
            "国务院令第711号",
            Level.REGULATION,
            date(2019, 5, 15),
        ),
        ("2021年7月30日 国家市场监督管理总局令第45号公布\n", "总局令第45号", Level.RULE, date(2008, 4, 1)),
        (
            "2020年7月24日 山东省第十三届人民代表大会常务委员会通过\n",
            "2020年公布",
            Level.LOCAL,
            date(2020, 7, 24),
        ),
        ("", None, None, date(2008, 4, 1)),
    ],
)
def test_a_header_tells_number_rank_and_day(
    lines: str, number: str | None, level: Level | None, since: date
) -> None:
    closing = (
        ARTICLES.replace("本法自2008年4月1日起施行", "本条例自公布之日起施行")
        if "山东" in lines
        else ARTICLES
    )
    header = read_header(take_apart(f"# 某法\n{lines}\n{closing}"))
    assert (header.number, header.level, header.valid_from) == (number, level, since)


def test_ranks_and_days_are_read_from_words() -> None:
    assert level_named("地方性法规(外省)") is Level.LOCAL
    assert level_named("别的") is None
    assert date_of("2025-12-01(待核)") == date(2025, 12, 1)
    assert date_of("2025年13月1日") is None
