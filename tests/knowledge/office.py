"""The editors' screens over a desk whose first publication is out, and who signs in there."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from accounts import passwords
from accounts.permissions import Role
from accounts.services import staff
from core.text_words import Segmenter
from core.work import SYSTEM
from knowledge.queries import publications
from knowledge.services import known
from knowledge.services.known import Known
from tests.knowledge.clerk import PASSWORD, Clerk
from tests.knowledge.desk import CONTENT, Desk
from tests.knowledge.door import pages

TOP = "/console/knowledge"
HASH = passwords.hashed(PASSWORD)
STAFF = (
    ("zhou", "周文静", Role.EDITOR),
    ("liu", "刘振东", Role.SUPERVISOR),
    ("li", "李晓明", Role.HANDLER),
)

Office = Callable[[str], Awaitable[Clerk]]


@asynccontextmanager
async def opened(desk: Desk, segmenter: Segmenter) -> AsyncIterator[Office]:
    """Open the screens; what is entered signs somebody in."""
    desk.seeded()
    for username, name, role in STAFF:
        desk.does(staff.create, by=SYSTEM, username=username, name=name, password_hash=HASH, role=role)
    built: dict[int, Known] = {}

    def published() -> Known:
        number = desk.number()
        if number not in built:
            edition = desk.sees(publications.edition, number=number)
            built[number] = known.of_edition(edition, CONTENT, segmenter)
        return built[number]

    clients: list[TestClient[Any, Any]] = []
    async with TestServer(pages(desk.database, desk.clock, published, press=desk.press)) as server:

        async def sign_in(username: str) -> Clerk:
            clients.append(TestClient(server))
            return await Clerk(clients[-1]).signs_in(username)

        yield sign_in
        for client in clients:
            await client.session.close()
