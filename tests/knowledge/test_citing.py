"""An article is understood however it is written, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.readers.content import read_content
from knowledge.readers.names import read_names
from knowledge.rules.citing import Reference, article_number, goes_on, may_cite, names_of, numeral, read
from knowledge.rules.library import library_of

LAWS = read_content().laws
NAMES = library_of((), LAWS, read_names()).names


@pytest.mark.parametrize(
    ("text", "code", "article", "part"),
    [
        ("计量法第九条", "metrology-law", (9, 0), (None, None)),
        ("《计量法》第9条", "metrology-law", (9, 0), (None, None)),
        ("计量法9条怎么说的", "metrology-law", (9, 0), (None, None)),
        ("計量法 第 ９ 條", "metrology-law", (9, 0), (None, None)),
        ("山东省计量条例第三十一条第二款", "shandong-metrology", (31, 0), (2, None)),
        ("消法55条", "consumer-law", (55, 0), (None, None)),
        ("消法55", "consumer-law", (55, 0), (None, None)),
        ("请问消保法第五十五条第一款讲了什么", "consumer-law", (55, 0), (1, None)),
        ("个保法第24条第三款第（一）项", "personal-information-law", (24, 0), (3, 1)),
        ("细则第43条原文", "metrology-rules", (43, 0), (None, None)),
        ("121号令第十五条", "order-121", (15, 0), (None, None)),
        ("总局令第20号第14条", "order-20", (14, 0), (None, None)),
        ("国务院令第778号第三条", "consumer-regulation", (3, 0), (None, None)),
        ("零售称重办法第六条", "retail-weighing", (6, 0), (None, None)),
        ("《中华人民共和国计量法》（2018年修正）第二十六条", "metrology-law", (26, 0), (None, None)),
        ("2026年3月的投诉举报办法第十六条", "order-121", (16, 0), (None, None)),
        ("法定计量单位命令第二项", "units-order", (2, 0), (None, None)),
        ("计量法里第九条之一是啥", "metrology-law", (9, 1), (None, None)),
    ],
)
def test_one_article_is_asked_for(
    text: str, code: str, article: tuple[int, int], part: tuple[int | None, int | None]
) -> None:
    found = read(text, NAMES)
    assert found.references == (Reference(code, article, *part),)
    assert found.rest == ""
    assert may_cite(text)


def test_several_articles_keep_their_law_until_another_is_named() -> None:
    found = read("计量法第九条、第十条和消法第五十五条", NAMES)
    assert [(one.code, one.article) for one in found.references] == [
        ("metrology-law", (9, 0)),
        ("metrology-law", (10, 0)),
        ("consumer-law", (55, 0)),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("刑法第二百六十六条怎么说", "刑法"),
        ("《民法典》第584条", "民法典"),
        ("计量法实施条例第三条", "计量法实施条例"),
    ],
)
def test_an_article_of_a_law_we_do_not_know_is_told_apart(text: str, name: str) -> None:
    found = read(text, NAMES)
    assert (found.references, found.strange, found.rest) == ((), name, "")


@pytest.mark.parametrize(
    "text", ["电子秤多久检一次", "计量法规有哪些", "我买了3斤虾花了55", "第九条", "细则", "三条鱼两斤"]
)
def test_what_names_no_law_refers_to_nothing(text: str) -> None:
    found = read(text, NAMES)
    assert (found.references, found.strange) == ((), "")


def test_a_longer_question_keeps_what_it_asks_besides() -> None:
    found = read("消法55条能赔多少", NAMES)
    assert found.references == (Reference("consumer-law", (55, 0)),)
    assert found.rest == "能赔多少"


@pytest.mark.parametrize(
    ("text", "article", "part"),
    [
        ("那第十条呢", (10, 0), (None, None)),
        ("第10条", (10, 0), (None, None)),
        ("第二款", (9, 0), (2, None)),
        ("第（二）项", (9, 0), (1, 2)),
        ("下一条", (10, 0), (None, None)),
        ("那上一条呢", (8, 0), (None, None)),
    ],
)
def test_half_a_reference_goes_on_from_the_one_before(
    text: str, article: tuple[int, int], part: tuple[int | None, int | None]
) -> None:
    assert goes_on(text, Reference("law", (9, 0), 1)) == Reference("law", article, *part)


@pytest.mark.parametrize("text", ["电子秤", "", "第十条怎么罚款", "十条鱼"])
def test_what_is_no_reference_goes_on_from_nothing(text: str) -> None:
    assert goes_on(text, Reference("law", (9, 0))) is None
    assert goes_on("第十条", Reference("law")) is None


def test_an_order_number_that_two_laws_bear_names_neither() -> None:
    names = names_of([("a", ["甲办法"], "总局令第35号"), ("b", ["乙办法"], "总局令第35号")])
    assert read("35号令第三条", names).references == ()


def test_a_name_that_two_laws_share_is_the_first_ones() -> None:
    names = names_of([("new", ["甲法"], None), ("old", ["甲法"], None)])
    assert read("甲法第一条", names).references == (Reference("new", (1, 0)),)


def test_every_further_name_belongs_to_a_law_and_to_no_other() -> None:
    called = read_names()
    assert set(called) <= set(LAWS)
    every = [name for names in called.values() for name in names]
    assert len(every) == len(set(every))
    shorts = {law.short: law.id for law in LAWS.values()}
    assert {name for law, names in called.items() for name in names if shorts.get(name, law) != law} == set()


@given(
    name=st.sampled_from(sorted(NAMES.codes)),
    main=st.integers(1, 199),
    paragraph=st.integers(1, 9) | st.none(),
    digits=st.booleans(),
    marks=st.booleans(),
    before=st.sampled_from(["", "请问", "帮我查一下", "想看"]),
    after=st.sampled_from(["", "怎么说的", "原文", "是什么内容？", "讲了啥"]),
)
def test_any_name_with_any_article_is_read_back(
    name: str, main: int, paragraph: int | None, digits: bool, marks: bool, before: str, after: str
) -> None:
    law = f"《{name}》" if marks else name
    number = f"第{main}条" if digits else article_number((main, 0))
    part = f"第{numeral(paragraph)}款" if paragraph else ""
    found = read(f"{before}{law}{number}{part}{after}", NAMES)
    assert found.references == (Reference(NAMES.codes[name], (main, 0), paragraph),)
    assert found.rest == ""


@given(st.text(max_size=80))
def test_any_text_is_read_without_failing(text: str) -> None:
    for reference in read(text, NAMES).references:
        assert reference.code in LAWS


@given(st.text("计量法消第九十条款项之（）0123456789号令总局", max_size=40))
def test_any_pile_of_such_characters_is_read_without_failing(text: str) -> None:
    for reference in read(text, NAMES).references:
        assert reference.article is None or reference.article[0] >= 0
