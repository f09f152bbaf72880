"""After sending, on the phone: urge, rate, ask for another look; each says what it did or why not."""

from typing import Any

from tests.complaints.test_aftercare import ended
from tests.complaints.test_pages import citizen, client, post

__all__ = ["client"]


async def test_urging_twice_says_from_when_it_is_possible_again(file: Any, office: Any, client: Any) -> None:
    page = f"/h5/cases/{file().number}"
    citizen(office, client)
    assert (await post(client, f"{page}/urge", page, urging="已经三天了")).status == 303
    text = await (await client.get(page)).text()
    assert "11月26日 周四起可以再催一次" in text
    assert f'action="{page}/urge"' not in text
    answer = await post(client, f"{page}/urge", page)
    assert answer.status == 409
    assert "11月26日" in await answer.text()


async def test_an_ended_case_is_rated_and_looked_at_again_once(
    file: Any, office: Any, read: Any, client: Any
) -> None:
    number = file().number
    page = f"/h5/cases/{number}"
    citizen(office, client)
    assert (await post(client, f"{page}/rate", page, score="5")).status == 409
    ended(office, read, number)
    answer = await post(client, f"{page}/rate", page, score="9", remark="没有人打电话")
    assert answer.status == 422
    assert "没有人打电话" in await answer.text()
    assert (await post(client, f"{page}/rate", page, score="2", remark="没有人打电话")).status == 303
    assert (await post(client, f"{page}/unsatisfied", page, reason="")).status == 422
    assert (await post(client, f"{page}/unsatisfied", page, reason="钱没有退")).status == 303
    text = await (await client.get(page)).text()
    assert "您打了 2 分" in text
    assert f'action="{page}/unsatisfied"' not in text
    assert (await post(client, f"{page}/unsatisfied", page, reason="再看看")).status == 409
