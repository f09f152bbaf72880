"""What citizens and merchants type gets the reply it should, through the whole path."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.dialogs import consult
from bot.memory import Memory
from bot.turns import Topic
from core.database import Base, Database
from core.privacy import Vault
from core.settings import DatabaseSettings
from tests.bot.talking import Talker, indexes, questions, wrongs
from tests.conftest import load_models
from tests.fakes import CountingIds, HandClock

ASKED = questions()


@pytest.fixture(scope="module")
def talker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talker]:
    folder, clock, ids = tmp_path_factory.mktemp("talk"), HandClock(), CountingIds()
    load_models()
    vault = Vault(encryption_key=b"e" * 32, index_key=b"i" * 32, ids=ids)
    settings = DatabaseSettings(url=f"sqlite:///{folder / 'talk.db'}", pool_size=2)
    database = Database(settings, clock=clock, ids=ids, vault=vault)
    Base.metadata.create_all(database.engine)
    yield Talker(database, indexes(folder, clock), clock=clock)
    database.close()


@pytest.mark.parametrize("asked", ASKED, ids=[str(one["ask"]) for one in ASKED])
def test_a_question_gets_the_reply_it_should(asked: dict[str, Any], talker: Talker) -> None:
    for step in [asked, *asked.get("then", ())]:
        heard = talker.say(str(asked["ask"]), step["ask"])
        assert wrongs(heard, step) == [], (step["ask"], heard)


def test_a_choice_may_be_typed_in_words(talker: Talker) -> None:
    offered = talker.say("chooser", "检定要多少钱")
    assert offered.kind == "clarify"
    assert talker.say("chooser", "第一个").kind == "answer"


def test_a_second_miss_offers_a_person_or_to_leave_the_question(talker: Talker) -> None:
    assert "留下问题" not in talker.say("lost", "周杰伦多大了").chips
    second = talker.say("lost", "周杰伦今年几岁")
    assert second.kind == "reject"
    assert second.chips == ("人工", "留下问题")
    left = talker.say("lost", "留下问题")
    assert "周杰伦今年几岁" in left.text
    assert "记下了" in left.text


def test_none_of_these_asks_for_other_words_once(talker: Talker) -> None:
    talker.say("neither", "检定要多少钱")
    assert "换个说法" in talker.say("neither", "都不是").text
    talker.say("neither", "检定要多少钱")
    assert talker.say("neither", "都不是").chips == ("人工", "留下问题")


def test_what_follows_is_forgotten_after_half_an_hour(talker: Talker) -> None:
    clock = talker.clock
    talker.say("late", "电子秤多久检一次")
    clock.advance(minutes=31)
    assert "接着刚才的问题" not in talker.say("late", "那加油机呢").text
    talker.say("late", "电子秤多久检一次")
    assert "接着刚才的问题，按“加油机多久检一次”回答" in talker.say("late", "那加油机呢").text


def test_a_long_name_full_of_pinyin_does_not_stall(talker: Talker) -> None:
    assert talker.say("long", "dianzicheng" * 300).kind in {"reject", "clarify", "smalltalk"}


def test_a_question_left_is_kept_as_one_nobody_answered(clock: HandClock) -> None:
    kept = Memory()
    turn = consult.left(Topic(misses=2, asked="周杰伦今年几岁"))
    kept.note("lost", "留下问题", turn, before=Topic(), now=clock.now())
    _, asked = kept.take()
    assert [(one.text, one.kind) for one in asked] == [("周杰伦今年几岁", "reject")]
