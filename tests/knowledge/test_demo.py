"""The demonstration's questions lead to groups, votes and a draft, once, with nobody's number in them."""

from core.work import Actor, ActorKind
from knowledge import demo, jobs
from knowledge.queries import questions, versions, votes
from knowledge.readers.shipped import read_shipped
from knowledge.rules.versions import State
from knowledge.services.index import build
from tests.knowledge.desk import Desk

EDITOR = Actor(ActorKind.STAFF, id="4", name="周文静")
FOLLOWERS = [f"oQHdemo_citizen_{number}" for number in range(5)]


async def test_the_editors_have_something_to_do(desk: Desk) -> None:
    shipped = read_shipped()
    desk.seeded(shipped)
    for _ in range(2):
        desk.does(demo.seed, followers=FOLLOWERS, editor=EDITOR, content=shipped.content)
    assert await jobs.group_questions(
        desk.press, build(shipped.content.entries, segmenter=desk.press.segmenter)
    )
    largest = desk.sees(questions.groups)[0]
    assert (largest.text, largest.count) == ("充电宝标两万毫安虚标归谁管", 8)
    said = [one.text for one in desk.sees(questions.wordings, group_id=largest.id)]
    assert not any("138" in text for text in said)
    (line,) = desk.sees(versions.waiting, state=State.IN_REVIEW)
    assert line.version.author_name == "周文静"
    tally = desk.sees(votes.tallies, item_ids=["water-meter-life"])["water-meter-life"]
    assert (tally.useful, tally.useless) == (2, 3)
