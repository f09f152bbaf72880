"""What was not answered well is gathered by meaning, masked, answered once, and closed by a publication."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.database import Database
from core.work import Reading
from knowledge import jobs
from knowledge.errors import EntryInvalid, StepNotAllowed
from knowledge.models import AskedQuestion, QuestionGroup, Vote
from knowledge.queries import questions
from knowledge.rules.questions import Asked, GroupState, Trouble, masked
from knowledge.services import asking, editing, feedback, settling
from knowledge.services.index import KnowledgeIndex
from tests.knowledge.conftest import ENTRIES, entry
from tests.knowledge.desk import CONTENT, Desk

BATTERY = ("手机电池容量虚标找谁", "请问手机电池容量虚标找谁啊", "手机电池容量虚标，找谁？")


def ask(desk: Desk, *texts: str, kind: str = "reject", **facts: Any) -> None:
    """Ask one question after the other, a minute apart."""
    for text in texts:
        asked = Asked(desk.clock.now(), text, kind, **facts)
        desk.does(asking.keep, questions=[asked])
        desk.clock.advance(minutes=1)


async def gathered(desk: Desk, index: KnowledgeIndex) -> list[QuestionGroup]:
    await jobs.group_questions(desk.press, index)
    return list(desk.sees(questions.groups))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我电话13812345678帮我查", "我电话〔号码〕帮我查"),
        ("身份证370102199001011234能查吗", "身份证〔号码〕能查吗"),
        ("工单JL261123ABC123到哪了", "工单〔号码〕到哪了"),
        ("座机0531-86012345没人接", "座机〔号码〕没人接"),
        ("鲁A12345计价器跳得快", "〔号码〕计价器跳得快"),
        ("卡号6222 0212 3456 7890 123", "卡号〔号码〕"),
        ("电话一三八一二三四五六七八", "电话〔号码〕"),
        ("ＪＪＧ 539-2016 是什么", "ＪＪＧ 539-2016 是什么"),
        ("2026-03-01买了500克虾少了60克", "2026-03-01买了500克虾少了60克"),
        ("GB 7718-2025什么时候实行", "GB 7718-2025什么时候实行"),
    ],
)
def test_what_tells_who_asked_is_hidden_before_it_is_kept(said: str, kept: str) -> None:
    assert masked(said) == kept


async def test_the_same_question_in_other_words_is_one_group(desk: Desk, index: KnowledgeIndex) -> None:
    desk.seeded()
    ask(desk, *BATTERY, "狗粮少了半斤找谁", BATTERY[0])
    first, second = await gathered(desk, index)
    assert (first.text, first.count, first.rejected) == (BATTERY[0], 4, 4)
    assert (second.text, second.count) == ("狗粮少了半斤找谁", 1)
    assert first.last_at - first.first_at == timedelta(minutes=4)
    assert [(one.text, one.count) for one in desk.sees(questions.wordings, group_id=first.id)] == [
        (BATTERY[0], 3),  # one of them with a comma
        (BATTERY[1], 1),
    ]


async def test_a_later_question_joins_the_group_that_is_there(desk: Desk, index: KnowledgeIndex) -> None:
    desk.seeded()
    ask(desk, BATTERY[0], "水表和气表一起坏了怎么办")
    await gathered(desk, index)
    ask(desk, BATTERY[1], "shouji dianchi rongliang xubiao zhaoshui")
    groups = await gathered(desk, index)
    assert [(one.text, one.count) for one in groups] == [(BATTERY[0], 3), ("水表和气表一起坏了怎么办", 1)]
    assert await jobs.group_questions(desk.press, index) == 0


async def test_what_was_asked_back_counts_only_without_a_choice(desk: Desk, index: KnowledgeIndex) -> None:
    desk.seeded()
    ask(desk, "检定要多少钱", "检定要多少钱", kind="clarify", confidence=0.4)
    ask(desk, "强制检定要交钱吗？", kind="answer", entry_id="free", confidence=1.0, chosen_for="检定要多少钱")
    assert await gathered(desk, index) == []
    desk.clock.advance(minutes=31)
    (group,) = await gathered(desk, index)
    assert (group.text, group.count, group.unsettled) == ("检定要多少钱", 1, 1)
    assert group.nearest_id == "free"


async def test_unsure_answers_and_useless_ones_are_looked_at(desk: Desk, index: KnowledgeIndex) -> None:
    desk.seeded()
    ask(desk, "油枪几个月检一回呀", kind="answer", entry_id="pump", confidence=0.55)
    ask(desk, "加油机多久检定一次", kind="answer", entry_id="pump", confidence=0.99)
    version = desk.latest("pump").id
    desk.does(feedback.vote, openid="o1", version_id=version, useful=False, question="油枪几个月检一回")
    desk.does(feedback.vote, openid="o2", version_id=version, useful=True, question="油枪几个月检一回")
    (group,) = await gathered(desk, index)
    assert (group.count, group.unsure, group.useless) == (2, 1, 1)
    assert group.nearest_id == "pump"
    assert [one.id for one in desk.sees(questions.groups, trouble=Trouble.USELESS)] == [group.id]
    assert desk.sees(questions.groups, trouble=Trouble.REJECTED) == []


async def test_a_new_entry_closes_the_group_when_it_is_published(desk: Desk, index: KnowledgeIndex) -> None:
    desk.seeded()
    ask(desk, *BATTERY)
    (group,) = await gathered(desk, index)
    written = replace(entry("", BATTERY[0], BATTERY[1], answer="请向市场监管部门反映，电话12315。"))
    draft = desk.does(settling.answer_with, group_id=group.id, entry=written, content=CONTENT)
    assert desk.sees(questions.group, group_id=group.id).state == GroupState.OPEN
    changed = desk.saved(replace(written, id=draft.item_id, detail="说明是哪个牌子。"))
    assert desk.sees(questions.group, group_id=group.id).answer_id == changed.id
    await desk.published(desk.approved(changed.id))
    closed = desk.sees(questions.group, group_id=group.id)
    assert (closed.state, closed.settled_by) == (GroupState.ANSWERED, "周文静")
    assert desk.sees(questions.group_counts)[GroupState.ANSWERED] == 1


async def test_a_phrasing_added_closes_the_group_and_going_back_opens_it(
    desk: Desk, index: KnowledgeIndex
) -> None:
    desk.seeded()
    ask(desk, "机动车加注装置鉴定期限")
    (group,) = await gathered(desk, index)
    draft = desk.does(
        settling.add_phrasing,
        group_id=group.id,
        item_id="pump",
        phrasing="机动车加注装置鉴定期限",
        content=CONTENT,
    )
    assert draft.body["ask"][-1] == "机动车加注装置鉴定期限"
    with pytest.raises(EntryInvalid):
        desk.does(
            settling.add_phrasing,
            group_id=group.id,
            item_id="pump",
            phrasing="机动车加注装置，鉴定期限",
            content=CONTENT,
        )
    await desk.published(desk.approved(draft.id))
    assert desk.sees(questions.group, group_id=group.id).state == GroupState.ANSWERED
    await desk.published(restores=1)
    assert desk.sees(questions.group, group_id=group.id).state == GroupState.OPEN


async def test_asked_again_after_the_answer_the_group_opens_again(desk: Desk, index: KnowledgeIndex) -> None:
    desk.seeded()
    ask(desk, BATTERY[0])
    (group,) = await gathered(desk, index)
    written = entry("", "电池标称容量不足怎么反映？", answer="请向市场监管部门反映。")
    draft = desk.does(settling.answer_with, group_id=group.id, entry=written, content=CONTENT)
    await desk.published(desk.approved(draft.id))
    desk.clock.advance(hours=1)
    ask(desk, BATTERY[1])
    (again,) = await gathered(desk, index)
    assert (again.id, again.state, again.count) == (group.id, GroupState.OPEN, 2)


async def test_what_is_left_aside_needs_a_reason_and_stays_aside(desk: Desk, index: KnowledgeIndex) -> None:
    desk.seeded()
    ask(desk, "红烧肉怎么做才香")
    (group,) = await gathered(desk, index)
    with pytest.raises(EntryInvalid):
        desk.does(settling.ignore, group_id=group.id, reason=" ")
    desk.does(settling.ignore, group_id=group.id, reason="不是计量问题")
    ask(desk, "红烧肉怎么做才香")
    assert await gathered(desk, index) == []
    (aside,) = desk.sees(questions.groups, state=GroupState.IGNORED)
    assert (aside.count, aside.reason, aside.settled_by) == (2, "不是计量问题", "周文静")
    with pytest.raises(StepNotAllowed):
        desk.does(settling.answer_with, group_id=group.id, entry=ENTRIES[0], content=CONTENT)
    desk.does(settling.reopen, group_id=group.id)
    assert desk.sees(questions.group, group_id=group.id).state == GroupState.OPEN


async def test_a_discarded_draft_leaves_its_group_without_an_answer(
    desk: Desk, index: KnowledgeIndex
) -> None:
    desk.seeded()
    ask(desk, BATTERY[0])
    (group,) = await gathered(desk, index)
    written = entry("", BATTERY[0], answer="请拨12315。")
    draft = desk.does(settling.answer_with, group_id=group.id, entry=written, content=CONTENT)
    desk.does(editing.discard, version_id=draft.id, note="写错了")
    assert desk.sees(questions.group, group_id=group.id).answer_id is None


def test_hot_questions_are_counted_over_a_while(desk: Desk) -> None:
    ask(desk, "加油机多久检定一次", "加油机多久检定一次？", kind="answer", entry_id="pump", confidence=1.0)
    ask(desk, "你好", kind="smalltalk")
    ask(desk, "买到假烟找谁", kind="reject", entry_id="tobacco", confidence=1.0)
    since = desk.clock.now() - timedelta(days=1)
    assert [(one.count, one.entry_id) for one in desk.sees(questions.hot, since=since)] == [
        (2, "pump"),
        (1, "tobacco"),
    ]
    assert desk.sees(questions.hot_entries, since=since) == [("pump", 2), ("tobacco", 1)]
    assert desk.sees(questions.hot, since=desk.clock.now()) == []


def test_one_vote_a_person_an_entry_and_a_day(desk: Desk, database: Database) -> None:
    desk.seeded()
    version = desk.latest("pump").id
    for useful in (True, False, False):
        assert desk.does(feedback.vote, openid="oQHsomebody", version_id=version, useful=useful)
    desk.clock.advance(days=1)
    desk.does(feedback.vote, openid="oQHsomebody", version_id=version, useful=True)
    assert not desk.does(feedback.vote, openid="oQHsomebody", version_id=10**6, useful=True)

    def votes(reading: Reading) -> list[tuple[str, bool]]:
        return [(one.voter, one.useful) for one in reading.session.scalars(select(Vote).order_by(Vote.id))]

    kept = database.read_now(votes)
    assert [useful for _, useful in kept] == [False, True]
    assert "oQHsomebody" not in str(kept)


def test_questions_are_kept_without_who_asked(desk: Desk, database: Database) -> None:
    ask(desk, "我13812345678的秤")

    def rows(reading: Reading) -> list[str]:
        return [one.text for one in reading.session.scalars(select(AskedQuestion))]

    assert database.read_now(rows) == ["我〔号码〕的秤"]
