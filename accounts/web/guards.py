"""Every route says who may pass: everybody, a known citizen, or staff with a permission."""

from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import quote

from aiohttp import web

from accounts.permissions import ROLE_NAMES, Permission
from accounts.services import staff
from core.errors import NotAuthenticated, NotPermitted
from core.work import Actor, ActorKind
from portal.keys import database
from portal.people import PERSON, Person
from portal.routes import public
from portal.sessions import VISIT, Door

__all__ = ["actor", "citizen", "public", "requires", "signed_in", "visitor"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ENTER = "/h5/enter"

_ACTOR = web.RequestKey("actor", Actor)


def requires(permission: Permission) -> Callable[[Handler], Handler]:
    """Let only signed-in staff who hold `permission` reach the handler.

    Raises:
        NotAuthenticated: nobody is signed in at the console.
        NotPermitted: the role does not hold the permission.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: web.Request) -> web.StreamResponse:
            found = await _staff(request)
            if permission.value not in found.permissions:
                raise NotPermitted(permission=permission.value, staff_id=found.id)
            return await handler(request)

        guarded.guard = permission.value  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(handler: Handler) -> Handler:
    """Let any signed-in member of staff reach the handler."""

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        await _staff(request)
        return await handler(request)

    guarded.guard = "signed_in"  # type: ignore[attr-defined]
    return guarded


def citizen(handler: Handler) -> Handler:
    """Let a person WeChat has told us of reach the handler; others are first sent to be recognised."""

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        visit = request.get(VISIT)
        if visit is None or visit.door is not Door.H5:
            if request.method != "GET":
                raise NotAuthenticated("请在微信里重新打开这个页面。")
            raise web.HTTPSeeOther(f"{ENTER}?next={quote(request.path_qs, safe='')}")
        request[_ACTOR] = Actor(ActorKind.CITIZEN, id=visit.subject)
        return await handler(request)

    guarded.guard = "citizen"  # type: ignore[attr-defined]
    return guarded


def actor(request: web.Request) -> Actor:
    """Return who acts in a guarded handler."""
    return request[_ACTOR]


def visitor(request: web.Request) -> Actor | None:
    """Return the citizen who looks at a public H5 page, where WeChat has already told us."""
    visit = request.get(VISIT)
    if visit is None or visit.door is not Door.H5:
        return None
    return Actor(ActorKind.CITIZEN, id=visit.subject)


async def _staff(request: web.Request) -> Actor:
    visit = request.get(VISIT)
    if visit is None or visit.door is not Door.CONSOLE:
        raise NotAuthenticated(path=request.path)
    found = await database(request).read(staff.actor, staff_id=int(visit.subject))
    if found is None:
        raise NotAuthenticated(path=request.path, staff_id=visit.subject)
    person, role = found
    request[_ACTOR] = person
    request[PERSON] = Person(person.name, ROLE_NAMES[role], person.permissions)
    return person
