"""有用 and 没用 count for the version that was read; the reason is asked for once and never holds up a question."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot import jobs as bot_jobs
from bot import memory
from bot.conversation import Conversations
from bot.knowing import Knowing
from bot.memory import Memory
from bot.messages import Inbound, InboundKind, Reply
from bot.scene import Scene
from core import text_words
from core.database import Database
from core.work import Reading
from integrity.rules.names import Gazetteer
from integrity.services.search import MerchantIndex
from knowledge.models import AskedQuestion, Vote
from knowledge.queries import publications
from knowledge.services import known
from tests.fakes import HandClock
from tests.knowledge import desk as desks
from tests.knowledge.desk import CONTENT, Desk

QUESTION = "加油机多久检定一次？"


class Stage:
    """Two processes over one database, and a person whose messages reach either."""

    def __init__(self, desk: Desk, database: Database, clock: HandClock) -> None:
        self.desk, self.clock, self.database = desk, clock, database
        edition = desk.sees(publications.edition, number=1)
        self.known = known.of_edition(edition, CONTENT, desk.press.segmenter)
        self.remembered = [Memory(shared=True), Memory(shared=True)]
        self.processes = [
            Conversations(database, scene=self.scene, remembered=remembered, clock=clock)
            for remembered in self.remembered
        ]
        self.sent = 0

    def scene(self) -> Scene:
        return Scene(
            Knowing(self.known.index),
            CONTENT.laws,
            MerchantIndex([], Gazetteer([])),
            "http://here",
            "12315",
            self.clock.now(),
            self.known.versions,
        )

    async def says(self, text: str, *, about: int = 0, at: int = 0) -> Reply:
        self.sent += 1
        message = Inbound(f"o-li:{self.sent}", "o-li", InboundKind.TEXT, text=text, about=about)
        reply = await self.processes[at].converse(message)
        assert reply is not None
        return reply

    async def flush(self) -> None:
        """Let the second pass after which every process writes what it remembers."""
        for remembered in self.remembered:
            await bot_jobs.flush(self.database, remembered)

    async def taps(self, label: str, reply: Reply, *, at: int = 0) -> Reply:
        chip = next(chip for chip in reply.chips if chip.label == label)
        return await self.says(chip.say, about=chip.about, at=at)

    def votes(self) -> list[tuple[str, bool, str, str, str]]:
        def rows(reading: Reading) -> list[tuple[str, bool, str, str, str]]:
            found = reading.session.scalars(select(Vote).order_by(Vote.id))
            return [(one.item_id, one.useful, one.reason, one.words, one.question) for one in found]

        return self.database.read_now(rows)


@pytest.fixture
def stage(database: Database, clock: HandClock) -> Iterator[Stage]:
    desk = desks.opened(database, clock, text_words.load()).seeded()
    yield Stage(desk, database, clock)
    desk.press.compute.shutdown()


async def test_a_typed_word_counts_for_the_entry_read_last(stage: Stage) -> None:
    assert (await stage.says("有用")).text
    assert stage.votes() == []
    await stage.says(QUESTION)
    await stage.says("有用")
    assert stage.votes() == [("pump", True, "", "", QUESTION)]


async def test_a_word_typed_at_another_process_counts_for_the_entry_read_last(stage: Stage) -> None:
    await stage.says("买菜缺斤短两怎么办？", at=1)
    stage.clock.advance(seconds=5)
    await stage.says(QUESTION, at=0)
    await stage.flush()
    stage.clock.advance(seconds=5)
    await stage.says("没用", at=1)
    assert [item for item, *_ in stage.votes()] == ["pump"]
    await stage.flush()
    stage.clock.advance(seconds=5)
    await stage.says("字太多看着累", at=0)
    assert [(item, words) for item, _, _, words, _ in stage.votes()] == [("pump", "字太多看着累")]


async def test_what_was_said_later_is_not_overwritten_by_who_writes_later(stage: Stage) -> None:
    await stage.says("买菜缺斤短两怎么办？", at=1)
    stage.clock.advance(seconds=1)
    await stage.says(QUESTION, at=0)
    await stage.flush()
    found = stage.database.read_now(memory.standing, openid="o-li")
    assert found.topic.entry_id == "pump"


async def test_a_tap_counts_for_the_entry_it_stood_under_at_any_process(stage: Stage) -> None:
    first = await stage.says(QUESTION)
    await stage.says("买菜缺斤短两怎么办？")
    why = await stage.taps("没用", first, at=1)
    assert stage.votes() == [("pump", False, "", "", "")]
    thanks = await stage.taps("看不懂", why, at=0)
    assert "编辑" in thanks.text
    assert stage.votes() == [("pump", False, "unclear", "", "")]
    assert "再发一次" in (await stage.says("字太多看着累")).text
    assert stage.votes() == [("pump", False, "unclear", "字太多看着累", "")]


async def test_a_typed_reason_is_kept_without_numbers_of_people(stage: Stage) -> None:
    await stage.says(QUESTION)
    await stage.says("没用")
    await stage.says("跟我家情况对不上 138 1234 5678")
    assert stage.votes() == [("pump", False, "other", "跟我家情况对不上 〔号码〕", QUESTION)]


async def test_the_next_question_is_answered_and_not_taken_for_a_reason(stage: Stage) -> None:
    await stage.says(QUESTION)
    await stage.says("没用")
    answer = await stage.says("强制检定要交钱吗")
    assert "不收费" in answer.text
    assert stage.votes() == [("pump", False, "", "", QUESTION)]
    assert "谢谢" not in (await stage.says("跟我家情况对不上")).text


async def test_something_else_asks_for_words(stage: Stage) -> None:
    await stage.says(QUESTION)
    why = await stage.says("没用")
    assert "打几个字" in (await stage.taps("别的", why)).text
    assert "再发一次" in (await stage.says("字太多看着累", at=0)).text
    assert stage.votes() == [("pump", False, "other", "字太多看着累", QUESTION)]


async def test_what_is_typed_into_a_report_stays_there(stage: Stage) -> None:
    answer = await stage.says(QUESTION)
    await stage.says("没用")
    await stage.says("我要投诉")
    assert "编辑" not in (await stage.says("老王海鲜")).text
    assert stage.votes() == [("pump", False, "", "", QUESTION)]
    await stage.taps("有用", answer)
    assert stage.votes() == [("pump", True, "", "", QUESTION)]


async def test_the_same_message_again_is_one_vote_and_the_same_reply(stage: Stage) -> None:
    answer = await stage.says(QUESTION)
    first = await stage.taps("没用", answer)
    stage.sent -= 1
    assert await stage.taps("没用", answer, at=1) == first
    assert len(stage.votes()) == 1


async def test_a_choice_made_settles_the_question_we_asked_back_about(
    stage: Stage, database: Database
) -> None:
    asked = await stage.says("检定")
    assert [chip.label for chip in asked.chips][-1] == "都不是"
    await stage.says("1")
    await stage.says("红烧肉怎么做才香")
    await stage.flush()

    def rows(reading: Reading) -> list[tuple[str, str, str]]:
        found = reading.session.scalars(select(AskedQuestion).order_by(AskedQuestion.id))
        return [(one.key, one.trouble, one.chosen_for) for one in found]

    kept = database.read_now(rows)
    assert [(trouble, chosen_for) for _, trouble, chosen_for in kept] == [
        ("unsettled", ""),
        ("chosen", "检定"),
        ("rejected", ""),
    ]
    assert kept[0][0] == "检定"
