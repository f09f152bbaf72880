"""An article is quoted word for word within one message, with its place and validity; what we lack is said plainly."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.dialogs import consult, plain, statutes
from bot.knowing import Knowing
from bot.scene import Scene
from bot.turns import Cited, Kind, Topic, Turn
from bot.wechat.replies import LARGEST_TEXT, as_text
from core import text_words
from integrity.rules.names import Gazetteer
from integrity.services.search import MerchantIndex
from knowledge.readers.content import read_content
from knowledge.readers.names import read_names
from knowledge.readers.statute import read_statute
from knowledge.rules.entries import Law
from knowledge.rules.library import label, library_of
from knowledge.rules.statutes import Statute, settled
from knowledge.services import index, provisions
from tests.knowledge.conftest import ENTRIES
from tests.knowledge.statutes import FINAL, INTERIM, MARKET, NEW, OLD, SHARED, written

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
NEWER = "shan-hai-sheng-heng-qi-tiao-li-2020"
LONG = (
    "第二条 收到投诉后"
    + "，".join(f"第{n}种情形应当登记清楚" for n in range(60))
    + "。逾期的，说明理由。\n" * 3
)

Build = Callable[..., Scene]


@pytest.fixture(scope="module")
def segmenter() -> text_words.Segmenter:
    return text_words.load()


@pytest.fixture
def scene(segmenter: text_words.Segmenter, tmp_path: Path) -> Scene:
    written(tmp_path, a=OLD, b=NEW, c=INTERIM, d=FINAL, e=MARKET)
    held = {one.code: one for one in (read_statute(path, ()).statute for path in sorted(tmp_path.iterdir()))}
    held |= {one.code: one for one in settled(held.values())}
    return built(tuple(held.values()), segmenter, {NEWER: ["衡器条例"]})


def built(
    held: tuple[Statute, ...], segmenter: text_words.Segmenter, called: dict[str, list[str]] | None = None
) -> Scene:
    laws: dict[str, Law] = dict(read_content().laws)
    return Scene(
        knowledge=Knowing(index.build(ENTRIES, segmenter=segmenter)),
        laws=laws,
        library=library_of(held, laws, {**read_names(), **(called or {})}),
        provisions=provisions.build(held, region="山海省", segmenter=segmenter),
        merchants=MerchantIndex([], Gazetteer([])),
        public_url="https://heng.example",
        hotline="12315",
        now=NOW,
    )


def said(text: str, scene: Scene) -> Turn:
    turn = statutes.asked(text, scene=scene)
    assert turn is not None, text
    return turn


def test_an_article_is_quoted_with_title_place_text_validity_and_page(scene: Scene) -> None:
    turn = said("衡器条例第2条", scene)
    assert turn.kind is Kind.ANSWER
    assert turn.citations == (Cited("山海省衡器条例", "第二条"),)
    assert turn.reply.text == (
        "《山海省衡器条例》（2020年修订）\n第一章 总则 · 第二条\n\n"
        "制造、使用衡器应当遵守本条例。\n本条例所称衡器，是指：\n（一）秤；\n（二）天平。\n前款所列衡器的目录另行公布。\n\n"
        "现行有效，自2020年9月1日起施行。\n收录的文本尚未与公布文本逐字核对，以公布的为准。"
    )
    assert [chip.label for chip in turn.reply.chips] == ["第一条", "第三条"]
    assert [link.url for link in turn.reply.links] == [f"https://heng.example/h5/laws/{NEWER}#art-2"]


def test_a_part_is_quoted_alone_and_a_missing_part_is_said(scene: Scene) -> None:
    part = said("衡器条例第二条第二款第（二）项", scene)
    assert "（二）天平。" in part.reply.text
    assert "前款所列" not in part.reply.text
    assert part.citations[0].article == "第二条第二款第（二）项"
    missing = said("衡器条例第三条第二款", scene)
    assert "没有分出第二款" in missing.reply.text
    assert missing.citations[0].article == "第三条"
    assert "这一条只有 3 款，没有第四款" in said("衡器条例第二条第四款", scene).reply.text


def test_half_a_reference_goes_on_from_what_was_quoted_last(scene: Scene) -> None:
    last = said("衡器条例第二条", scene).topic
    for text, article in (("那第三条呢", "第三条"), ("下一条", "第三条"), ("第三款", "第二条第三款")):
        turn = plain.at_once(text, scene=scene, topic=last)
        assert turn is not None
        assert turn.citations == (Cited("山海省衡器条例", article),)
    assert plain.at_once("那第三条呢", scene=scene, topic=Topic()).kind is not Kind.ANSWER  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "2015年的衡器条例第二条",
            "您问的2015年7月1日，施行的是这一版。这一版到2020年8月31日为止，现行的是2020年修订的文本。",
        ),
        ("旧衡器条例第二条", "这一版到2020年8月31日为止"),
        (
            "衡器投诉处理暂行办法第二条",
            "已于2021年3月1日废止，现行的是《衡器投诉处理办法》（山海省市场监督管理局令第9号）。",
        ),
        ("2019年的衡器投诉处理办法第二条", "（一）姓名；"),
        ("2001年的衡器条例第二条", "2001年7月1日施行的文本没有收录，这是2020年修订的文本"),
    ],
)
def test_the_day_a_question_names_decides_and_validity_is_said(scene: Scene, text: str, words: str) -> None:
    assert words in said(text, scene).reply.text


def test_what_is_not_in_force_yet_is_said(segmenter: text_words.Segmenter, tmp_path: Path) -> None:
    written(tmp_path, a=OLD.replace("2010年7月1日起", "2027年1月1日起"))
    scene = built((read_statute(tmp_path / "a.md", ()).statute,), segmenter)
    assert "还没有生效，自2027年1月1日起施行" in said("山海省衡器条例第一条", scene).reply.text


def test_a_number_that_is_not_there_is_refused_with_what_is(scene: Scene) -> None:
    turn = said("衡器条例第五条", scene)
    assert turn.kind is Kind.REJECT
    assert "共 4 条，最后是第四条，没有第五条" in turn.reply.text
    assert turn.citations == ()


def test_a_law_without_text_is_refused_with_our_answers_that_cite_it(scene: Scene) -> None:
    turn = said("计量法第九条", scene)
    assert turn.kind is Kind.REJECT
    assert "条文还没有收录，第九条的原文没法引给您" in turn.reply.text
    assert 0 < len(turn.topic.choices) <= 3


def test_a_law_we_do_not_know_is_refused_by_its_name(scene: Scene) -> None:
    turn = said("刑法第二百六十六条", scene)
    assert turn.kind is Kind.REJECT
    assert turn.reply.text.startswith("没有收录《刑法》")


def test_a_question_that_only_mentions_an_article_goes_the_usual_way_first(scene: Scene) -> None:
    assert statutes.asked("衡器条例第三条要罚多少钱", scene=scene) is None
    turn = consult.turn("衡器条例第三条要罚多少钱", scene=scene, topic=Topic())
    assert turn.citations == (Cited("山海省衡器条例", "第三条"),)


def test_a_law_by_name_alone_is_described(scene: Scene) -> None:
    turn = consult.turn("山海省衡器条例", scene=scene, topic=Topic())
    assert "共 4 条" in turn.reply.text
    assert "山海省衡器条例第一条" in turn.reply.text


def test_articles_are_offered_where_no_answer_of_ours_fits_and_a_chip_quotes_them(scene: Scene) -> None:
    turn = consult.turn("市场主办者应当设置公平秤吗", scene=scene, topic=Topic())
    assert turn.kind is Kind.CLARIFY
    assert turn.citations == ()
    assert "供您选看" in turn.reply.text
    assert turn.candidates == turn.topic.choices
    assert said(plain.chosen("1", turn.topic), scene).kind is Kind.ANSWER
    assert consult.turn("股票明天涨不涨", scene=scene, topic=Topic()).kind is Kind.REJECT


def test_to_cite_a_complaint_order_is_no_wish_to_complain() -> None:
    assert not plain.wants_report("投诉举报暂行办法第14条")
    assert plain.wants_report("投诉老王海鲜")


def test_a_long_article_ends_after_a_whole_sentence_and_points_to_its_page(
    segmenter: text_words.Segmenter, tmp_path: Path
) -> None:
    written(tmp_path, a=FINAL.replace("第二条 收到投诉后七个工作日内决定是否受理。\n", LONG))
    scene = built((read_statute(tmp_path / "a.md", ()).statute,), segmenter)
    turn = said("衡器投诉处理办法第二条", scene)
    assert "……（下文较长，请点下面的链接）" in turn.reply.text
    assert turn.reply.links[0].label == "接着看这一条"
    sent = as_text(turn.reply)
    assert len(sent.encode()) <= LARGEST_TEXT
    assert turn.reply.text in sent


@pytest.mark.parametrize("room", range(0, 400, 7))
def test_shortened_text_never_outgrows_its_room(room: int) -> None:
    text, whole = statutes.shortened("第一句。" * 20 + "没有句号的很长很长的一句" * 10, room + 60)
    assert len(text.encode()) <= room + 60
    assert not whole or "下文" not in text
    if not whole and "。" in text:
        assert text.split("\n……")[0].endswith("。")


@pytest.mark.skipif(not SHARED.exists(), reason="the statutes are not beside the project")
def test_every_article_of_every_statute_is_quoted_whole_or_by_sentences_in_one_message(
    segmenter: text_words.Segmenter,
) -> None:
    laws = read_content().laws
    held = tuple(read_statute(path, laws.values()).statute for path in sorted(SHARED.glob("*.md")))
    scene = built(held, segmenter)
    told = 0
    for statute in held:
        for article in statute.articles:
            turn = said(f"{statute.short}{label(article)}", scene)
            assert turn.citations == (Cited(statute.short, label(article)),)
            sent = as_text(turn.reply)
            assert turn.reply.text in sent
            assert len(sent.encode()) <= LARGEST_TEXT
            told += 1
    assert told > 2_000
    assert "为五百元" in said("消法55条", scene).reply.text
    assert scene.library.version("order-121", on=date(2026, 3, 1)) == scene.library.get("order-20")
