"""Interruptions: a side question, going back, three days' silence, cancelling."""

from tests.flows.town import Town


async def test_a_side_question_comes_back_to_the_open_one(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.says("我要投诉老王海鲜")
    heard = await citizen.says("加油机多久检定一次？")
    assert "6个月" in heard
    assert "回到刚才" in heard
    assert "买的是什么" in heard


async def test_back_skip_and_change_by_name(town: Town) -> None:
    citizen = town.person("liuyang")
    await citizen.says("我要投诉老王海鲜")
    assert "多少分量" in await citizen.says("皮皮虾")
    assert "买的是什么" in await citizen.says("上一步")
    assert "多少分量" in await citizen.says("大虾")
    heard = await citizen.says("3")
    assert "单位" in heard
    assert "重新称" in await citizen.says("3斤")
    assert "什么价" in await citizen.says("跳过")
    assert "哪一家" in await citizen.says("改店名")


async def test_three_days_of_silence_lose_nothing(town: Town) -> None:
    citizen = town.person("zhangwenjing")
    await citizen.says("我要投诉老王海鲜")
    await citizen.says("皮皮虾")
    town.clock.advance(days=3)
    heard = await citizen.says("继续")
    assert "多少分量" in heard
    heard = await citizen.says("看看")
    assert "多少分量" in heard


async def test_cancelling_forgets(town: Town) -> None:
    citizen = town.person("zhangwenjing")
    await citizen.says("我要投诉老王海鲜")
    assert "已取消" in await citizen.says("取消")
    heard = await citizen.says("电子秤多久检一次")
    assert "回到刚才" not in heard


async def test_a_tip_off_may_stay_anonymous(town: Town) -> None:
    citizen = town.person("zhaolei")
    await citizen.says("我要投诉老王海鲜")
    for words in ("皮皮虾", "3斤", "跳过", "跳过", "昨天", "没有"):
        heard = await citizen.says(words)
    assert "姓名" in heard
    heard = await citizen.says("改为举报")
    assert "不用留姓名" in heard
    await citizen.says("只想让你们查一查")
    heard = await citizen.says("提交")
    assert "提交好了" in heard
    assert "11月26日" in heard  # three working days in Shandong: 山东省计量条例第31条
