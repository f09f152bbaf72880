"""A publication is numbered and final, made of approved versions, and never makes answers worse unseen."""

import asyncio
from dataclasses import replace

import pytest

from core.work import Actor
from knowledge import jobs
from knowledge.errors import (
    ItemChanged,
    NothingToPublish,
    OwnVersion,
    PublicationChanged,
    RehearsalFailed,
    StepNotAllowed,
)
from knowledge.models import ItemVersion
from knowledge.queries import publications, rehearsals, versions
from knowledge.rules.entries import Entry
from knowledge.rules.regression import Report
from knowledge.rules.synonyms import Wording
from knowledge.rules.versions import State
from knowledge.services import editing, regressing, reviewing
from tests.knowledge.conftest import ENTRIES, entry
from tests.knowledge.desk import CONTENT, LIU, ZHOU, Desk, shipped

PUMP = ENTRIES[0]
BETTER = replace(PUMP, answer="燃油加油机每六个月检定一次。")


def test_the_shipped_content_is_the_first_publication(desk: Desk) -> None:
    desk.seeded()
    edition = desk.sees(publications.edition, number=1)
    assert edition.entries == ENTRIES
    assert [row.say for row in edition.wordings] == [("年检", "校秤")]
    desk.seeded()
    assert desk.number() == 1


def test_tables_without_answers_are_no_publication(desk: Desk) -> None:
    assert desk.sees(publications.newer, than=0) is None
    desk.seeded()
    found = desk.sees(publications.newer, than=0)
    assert found.number == 1
    assert desk.sees(publications.newer, than=1) is None


async def test_from_a_draft_to_what_citizens_read(desk: Desk) -> None:
    desk.seeded()
    draft = desk.saved(BETTER)
    assert draft.state == State.DRAFT
    number = await desk.published(desk.approved(draft.id), note="说法更直白")
    assert number == 2
    edition = desk.sees(publications.edition, number=2)
    assert edition.entries[0].answer == "燃油加油机每六个月检定一次。"
    assert [one.id for one in edition.entries] == [one.id for one in ENTRIES]
    assert [one.state for one in desk.sees(versions.history, item_id="pump")] == ["published", "replaced"]
    made = desk.sees(publications.publication, number=2)
    scores = Report.from_json(made.report).scores
    assert [(one.series.value, one.asked > 0, one.new >= one.old) for one in scores] == [
        ("questions", True, True),
        ("rejects", True, True),
        ("edited", True, True),
        ("phrasings", True, True),
    ]


def test_nobody_approves_what_they_wrote_or_handed_in(desk: Desk) -> None:
    desk.seeded()
    draft = desk.saved(BETTER)
    desk.does(reviewing.submit, by=LIU, version_id=draft.id)
    for person in (ZHOU, LIU):
        with pytest.raises(OwnVersion):
            desk.does(reviewing.approve, by=person, version_id=draft.id)


def test_a_version_sent_back_needs_a_reason_and_a_new_version(desk: Desk) -> None:
    desk.seeded()
    draft = desk.saved(BETTER)
    desk.does(reviewing.submit, version_id=draft.id)
    with pytest.raises(StepNotAllowed):
        desk.does(reviewing.send_back, by=LIU, version_id=draft.id, note=" ")
    desk.does(reviewing.send_back, by=LIU, version_id=draft.id, note="请写明依据")
    with pytest.raises(StepNotAllowed):
        desk.does(reviewing.submit, version_id=draft.id)
    steps = desk.sees(versions.steps, version_id=draft.id)
    assert [(one.step, one.actor_name) for one in steps] == [
        ("save", "周文静"),
        ("submit", "周文静"),
        ("send_back", "刘振东"),
    ]
    again = desk.saved(replace(BETTER, detail="见《计量法》。"))
    assert (again.number, desk.sees(versions.version, version_id=draft.id).state) == (3, "replaced")


def test_what_somebody_saved_meanwhile_is_not_overwritten(desk: Desk) -> None:
    desk.seeded()
    desk.saved(BETTER)
    with pytest.raises(ItemChanged) as caught:
        desk.does(editing.save, by=LIU, entry=replace(PUMP, detail="补充"), based_on=1, content=CONTENT)
    assert caught.value.latest == 2


def test_saving_the_same_twice_is_one_version(desk: Desk) -> None:
    desk.seeded()
    assert desk.saved(BETTER).id == desk.saved(BETTER).id
    assert desk.saved(BETTER).number == 2


async def test_worse_scores_block_and_name_the_question(desk: Desk) -> None:
    desk.seeded()
    broken = desk.saved(replace(PUMP, question="怎样挑选一台好钢琴？", ask=(), answer="请听音色。"))
    rehearsal = await jobs.rehearse(desk.press, ZHOU, version_ids=[desk.approved(broken.id)])
    with pytest.raises(RehearsalFailed, match="加油机要多久检定一回"):
        await jobs.publish(desk.press, ZHOU, rehearsal_id=rehearsal, note="")
    assert desk.number() == 1


async def test_an_edit_that_loses_its_own_phrasings_is_blocked(desk: Desk) -> None:
    desk.seeded()
    broken = desk.saved(replace(ENTRIES[4], question="怎样挑选一台好钢琴？", ask=(), answer="请听音色。"))
    rehearsal = await jobs.rehearse(desk.press, ZHOU, version_ids=[desk.approved(broken.id)])
    report = Report.from_json(desk.sees(rehearsals.rehearsal, rehearsal_id=rehearsal).report)
    assert {one.series.value: (one.old, one.new) for one in report.scores}["edited"] == (2, 0)
    assert {(one.expected, one.text) for one in report.failures} == {
        ("water", "怀疑水表走得快怎么办？"),
        ("water", "水费突然翻倍怀疑表快"),
    }
    with pytest.raises(RehearsalFailed, match="怀疑水表走得快怎么办"):
        await jobs.publish(desk.press, ZHOU, rehearsal_id=rehearsal, note="")


async def test_a_phrasing_may_move_to_another_entry(desk: Desk) -> None:
    moved = entry("bill", "水费突然翻倍怎么办？", "水费突然翻倍怀疑表快", answer="先核对抄表数。")
    desk.seeded()
    water, bill = desk.saved(replace(ENTRIES[4], ask=())), desk.saved(moved)
    await desk.published(desk.approved(water.id), desk.approved(bill.id))
    assert desk.number() == 2


async def test_a_synonym_is_edited_reviewed_and_published_like_an_answer(desk: Desk) -> None:
    desk.seeded()
    before = desk.latest("synonym-检定")
    row = Wording(before.item_id, ("年检", "校秤", "查秤"), "检定")
    draft = desk.does(editing.save_wording, wording=row, based_on=before.number)
    await desk.published(desk.approved(draft.id))
    assert desk.sees(publications.edition, number=2).wordings == (row,)


async def test_a_publication_in_between_is_named(desk: Desk) -> None:
    desk.seeded()
    mine, other = desk.saved(BETTER), desk.saved(replace(ENTRIES[4], answer="请供水企业申请检定水表。"))
    rehearsal = await jobs.rehearse(desk.press, ZHOU, version_ids=[desk.approved(mine.id)])
    await desk.published(desk.approved(other.id))
    with pytest.raises(PublicationChanged, match="第 2 期，改了“怀疑水表走得快怎么办？”"):
        await jobs.publish(desk.press, ZHOU, rehearsal_id=rehearsal, note="")


async def test_what_was_rehearsed_is_published_or_nothing(desk: Desk) -> None:
    desk.seeded()
    draft = desk.saved(BETTER)
    rehearsal = await jobs.rehearse(desk.press, ZHOU, version_ids=[desk.approved(draft.id)])
    desk.does(reviewing.send_back, by=LIU, version_id=draft.id, note="再想想")
    with pytest.raises(PublicationChanged):
        await jobs.publish(desk.press, ZHOU, rehearsal_id=rehearsal, note="")
    with pytest.raises(NothingToPublish):
        await jobs.rehearse(desk.press, ZHOU)


async def test_a_question_kept_after_the_rehearsal_has_to_be_measured_too(desk: Desk) -> None:
    desk.seeded()
    rehearsal = await jobs.rehearse(desk.press, ZHOU, version_ids=[desk.approved(desk.saved(BETTER).id)])
    desk.does(regressing.keep, text="油枪隔几个月检", kind="answer", entry_id="pump")
    with pytest.raises(PublicationChanged, match="回归问题有增减"):
        await jobs.publish(desk.press, ZHOU, rehearsal_id=rehearsal, note="")


async def test_an_entry_is_taken_away_and_brought_back(desk: Desk) -> None:
    desk.seeded()
    gone = desk.does(editing.propose_removal, item_id="water", based_on=1, note="改由住建部门答复")
    assert await desk.published(desk.approved(gone.id)) == 2
    assert "water" not in {one.id for one in desk.sees(publications.edition, number=2).entries}
    assert desk.latest("water").state == State.WITHDRAWN
    assert await desk.published(restores=1, note="撤错了") == 3
    assert desk.sees(publications.edition, number=3).entries == ENTRIES
    assert desk.sees(publications.changes, old=1, new=3) == []
    assert desk.sees(versions.published, item_id="water").number == 1
    assert desk.sees(publications.publication, number=3).restores == 1


def test_an_upgrade_publishes_what_nobody_here_changed(desk: Desk) -> None:
    desk.seeded()
    newer = replace(PUMP, detail="新版程序的说明。")
    desk.seeded(shipped(newer, *ENTRIES[1:-1], entry("wire", "电线长度不够怎么办？")))
    changed = desk.sees(publications.changes, old=1, new=2)
    assert [(one.item_id, one.old is None, one.new is None) for one in changed] == [
        ("free", False, True),
        ("pump", False, False),
        ("wire", True, False),
    ]
    desk.seeded(shipped(newer, *ENTRIES[1:-1], entry("wire", "电线长度不够怎么办？")))
    assert desk.number() == 2


async def test_an_upgrade_leaves_what_editors_changed_to_them(desk: Desk) -> None:
    desk.seeded()
    await desk.published(desk.approved(desk.saved(BETTER).id))
    newer = replace(PUMP, detail="新版程序的说明。")
    desk.seeded(shipped(newer, *ENTRIES[1:]))
    assert desk.number() == 2
    proposal = desk.latest("pump")
    assert (proposal.state, proposal.origin, proposal.body["detail"]) == (
        "in_review",
        "shipped",
        "新版程序的说明。",
    )
    desk.seeded(shipped(*ENTRIES[1:]))
    assert desk.number() == 2
    assert desk.latest("pump").removes


def test_a_draft_under_way_survives_an_upgrade_and_cannot_undo_it(desk: Desk) -> None:
    desk.seeded()
    draft = desk.saved(BETTER)
    desk.seeded(shipped(replace(PUMP, detail="新版程序的说明。"), *ENTRIES[1:]))
    assert desk.number() == 2
    assert desk.sees(versions.version, version_id=draft.id).state == State.DRAFT
    with pytest.raises(ItemChanged):
        desk.does(reviewing.submit, version_id=draft.id)


async def test_what_the_program_drops_and_brings_again_comes_back(desk: Desk) -> None:
    without = [one for one in ENTRIES if one.id != "water"]
    desk.seeded()
    desk.seeded(shipped(*without))
    desk.seeded()
    assert desk.number() == 3
    assert desk.sees(versions.published, item_id="water").number == 2
    gone = desk.does(editing.propose_removal, item_id="water", based_on=2, note="不归我们管")
    assert await desk.published(desk.approved(gone.id)) == 4
    desk.seeded(shipped(replace(ENTRIES[4], detail="新版程序的说明。"), *without))
    assert desk.number() == 4
    assert desk.latest("water").state == State.IN_REVIEW


async def test_of_two_who_publish_at_once_one_is_told_what_changed(desk: Desk) -> None:
    desk.seeded()
    rehearsed = [
        await jobs.rehearse(desk.press, ZHOU, version_ids=[desk.approved(desk.saved(one).id)])
        for one in (BETTER, replace(ENTRIES[4], answer="请供水企业申请检定水表。"))
    ]
    outcomes = await asyncio.gather(
        *(jobs.publish(desk.press, ZHOU, rehearsal_id=one, note="") for one in rehearsed),
        return_exceptions=True,
    )
    assert {type(one) for one in outcomes} == {int, PublicationChanged}
    assert desk.number() == 2


async def test_of_two_who_save_at_once_one_is_told_of_the_other(desk: Desk) -> None:
    desk.seeded()

    async def save(entry: Entry, by: Actor) -> object:
        return await desk.database.work(by, editing.save, entry=entry, based_on=1, content=CONTENT)

    outcomes = await asyncio.gather(
        save(BETTER, ZHOU), save(replace(PUMP, detail="补充"), LIU), return_exceptions=True
    )
    assert {type(one) for one in outcomes} == {ItemVersion, ItemChanged}
    assert desk.latest("pump").number == 2
