"""Who may pass at the editors' screens: looking, writing, reviewing and publishing are four things."""

from tests.knowledge.desk import Desk
from tests.knowledge.office import TOP, Office
from tests.knowledge.test_console import PUMP

GATES = [
    ("GET", "/regression"),
    ("POST", "/regression"),
    ("POST", "/regression/1/retire"),
    ("GET", ""),
    ("GET", "/feedback"),
    ("GET", "/feedback/pump"),
    ("GET", "/laws"),
    ("POST", "/laws/1"),
    ("GET", "/questions"),
    ("GET", "/questions/1"),
    ("POST", "/questions/1/add"),
    ("POST", "/questions/1/ignore"),
    ("POST", "/questions/1/reopen"),
    ("GET", "/entries"),
    ("GET", "/entries/pump"),
    ("GET", "/entries/new"),
    ("GET", "/entries/pump/edit"),
    ("GET", "/entries/pump/versions/1"),
    ("GET", "/review"),
    ("GET", "/review/1"),
    ("GET", "/publish"),
    ("GET", "/publish/1"),
    ("GET", "/publish/rehearsals/1"),
    ("GET", "/bench"),
    ("GET", "/hot"),
    ("GET", "/synonyms"),
    ("GET", "/synonyms/new"),
    ("GET", "/synonyms/synonym-1"),
    ("POST", "/synonyms/new"),
    ("POST", "/synonyms/synonym-1"),
    ("POST", "/synonyms/synonym-1/discard"),
    ("POST", "/entries/new"),
    ("POST", "/entries/pump/edit"),
    ("POST", "/entries/pump/submit"),
    ("POST", "/entries/pump/discard"),
    ("POST", "/entries/pump/remove"),
    ("POST", "/entries/pump/restore"),
    ("POST", "/review/1/approve"),
    ("POST", "/review/1/return"),
    ("POST", "/publish/rehearse"),
    ("POST", "/publish/rehearsals/1"),
]


async def test_a_handler_of_cases_passes_no_gate_of_the_editors(office: Office) -> None:
    li = await office("li")
    await li.reads("/console/offices")
    form = li.page
    for method, path in GATES:
        if method == "GET":
            await li.reads(TOP + path, status=403)
        else:
            li.page = form
            await li.sends(TOP + path, status=403)


async def test_a_supervisor_reviews_and_publishes_but_does_not_write(office: Office) -> None:
    liu = await office("liu")
    assert "写新词条" not in await liu.reads(f"{TOP}/entries")
    form = liu.page
    for path in ("/entries/new", "/entries/pump/edit"):
        await liu.reads(TOP + path, status=403)
        liu.page = form
        await liu.sends(TOP + path, status=403, **PUMP)


async def test_nothing_changes_without_our_token(office: Office, desk: Desk) -> None:
    zhou = await office("zhou")
    answer = await zhou.client.post(f"{TOP}/entries/pump/edit", data=PUMP | {"csrf": "forged"})
    assert answer.status == 403
    assert desk.latest("pump").number == 1
