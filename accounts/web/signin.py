"""The console's front door: sign in and out."""

from aiohttp import web
from pydantic import BaseModel, Field

from accounts import passwords
from accounts.demo import ACCOUNTS, PASSWORD
from accounts.errors import AccountLocked, WrongCredentials
from accounts.permissions import ROLE_NAMES
from accounts.services import staff
from accounts.web.guards import public
from core.work import VISITOR
from portal import sessions
from portal.keys import SITE, compute, database
from portal.pages import parse, redirect, respond
from portal.sessions import VISIT, Door

HOME = "/console/"


class SignIn(BaseModel):
    """The sign-in form."""

    username: str = Field(max_length=32)
    password: str = Field(max_length=256)


@public
async def form(request: web.Request) -> web.Response:
    """GET /console/login: the form, with the demonstration's accounts while there are any."""
    if request.get(VISIT) is not None:
        return redirect(HOME)
    return _page(request)


@public
async def sign_in(request: web.Request) -> web.Response:
    """POST /console/login: open a session, or say that it failed, in the same words whatever the reason."""
    sent = parse(SignIn, await request.post(), {"username": "请填写用户名", "password": "请填写密码"})
    try:
        token = await _admitted(request, sent)
    except (WrongCredentials, AccountLocked) as error:
        return _page(request, status=error.status, username=sent.username, error=error.text)
    response = redirect(HOME)
    secure = request.config_dict[SITE].public_url.startswith("https")
    sessions.set_cookie(response, door=Door.CONSOLE, token=token, secure=secure)
    return response


@public
async def sign_out(request: web.Request) -> web.Response:
    """POST /console/logout: end the session."""
    visit = request.get(VISIT)
    if visit is not None:
        await database(request).work(VISITOR, sessions.end, visit=visit)
    response = redirect("/console/login", message="您已退出登录")
    sessions.forget_cookie(response, door=Door.CONSOLE)
    return response


async def _admitted(request: web.Request, sent: SignIn) -> str:
    kept = await database(request).read(staff.credentials, username=sent.username)
    matches = await compute(request, passwords.matches, kept.password_hash, sent.password)
    if kept.locked:
        raise AccountLocked(username=sent.username)
    if not matches:
        if kept.staff_id is not None:
            await database(request).work(VISITOR, staff.refuse, staff_id=kept.staff_id)
        raise WrongCredentials(username=sent.username)
    if kept.staff_id is None:
        raise WrongCredentials(username=sent.username)
    return await database(request).work(VISITOR, staff.admit, staff_id=kept.staff_id)


def _page(request: web.Request, *, status: int = 200, username: str = "", error: str = "") -> web.Response:
    demo = request.config_dict[SITE].demo
    accounts = [(account.username, PASSWORD, ROLE_NAMES[account.role]) for account in ACCOUNTS]
    return respond(
        request,
        "portal/signin.html",
        status=status,
        form={"values": {"username": username}, "errors": {}},
        error=error,
        demo_accounts=accounts if demo else [],
    )
