"""Corrections, answers to other questions, cancelling by mistake, a pin on the map, a typed choice."""

from tests.flows.town import Town


async def test_what_is_named_is_put_right(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.says("我要投诉老王海鲜")
    for words in ("皮皮虾", "3斤", "2斤4两", "公平秤", "68一斤"):
        await citizen.says(words)
    assert "116 元/公斤（58 元/斤）" in await citizen.says("价格错了是58一斤")
    assert "11月21日" in await citizen.says("日期是前天")
    assert "大虾" in await citizen.says("商品不对，是大虾")
    assert "1,100 克" in await citizen.says("不是2斤4两是2斤2两")
    assert "一共付了" in await citizen.says("价格错了是58")


async def test_an_answer_to_another_question_goes_where_it_belongs(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.says("我要投诉")
    heard = await citizen.says("3斤")
    assert "买的分量 1,500 克（3斤）" in heard
    assert "哪一家" in heard
    heard = await citizen.says("68一斤")
    assert "68 元/斤" in heard
    assert "哪一家" in heard


async def test_much_is_not_thrown_away_at_one_word_and_comes_back(town: Town) -> None:
    citizen = town.person("zhangwenjing")
    await citizen.says("我要投诉老王海鲜")
    for words in ("皮皮虾", "3斤"):
        await citizen.says(words)
    assert "要取消吗" in await citizen.says("取消")
    assert "重新称" in await citizen.says("继续")
    assert "要取消吗" in await citizen.says("取消")
    assert "已取消" in await citizen.says("取消")
    heard = await citizen.says("恢复")
    assert "1,500 克" in heard
    assert "重新称" in heard


async def test_after_ten_minutes_nothing_comes_back(town: Town) -> None:
    citizen = town.person("zhangwenjing")
    await citizen.says("我要投诉老王海鲜")
    assert "已取消" in await citizen.says("取消")
    town.clock.advance(minutes=11)
    assert "找不回来了" in await citizen.says("恢复")


async def test_a_pin_says_where_it_was(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.says("我要投诉")
    heard = await citizen.does(
        kind="location", latitude="36.66", longitude="117.07", label="济南市历下区文化东路63号"
    )
    assert "历下区" in heard
    assert "哪一家" in heard


async def test_a_person_may_be_asked_for_and_the_draft_stays(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.says("我要投诉老王海鲜")
    heard = await citizen.says("人工")
    assert "12315" in heard
    assert "买的是什么" in heard
