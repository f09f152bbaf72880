"""Puts the platform's doors together: the APIs a backend calls, the control API, the phone page."""

from collections.abc import AsyncIterator, Callable, Sequence
from time import time as machine_time

from aiohttp import web

from emulator import basics, control, material, messages, pages, phones
from emulator.calls import Api, api, faulty
from emulator.settings import EmulatorSettings, Follower, RegisteredApp, TemplateDefinition
from emulator.world import WORLD, Setting, build

_LARGEST_BODY = 24 * 1024 * 1024

_APIS: tuple[tuple[str, Api], ...] = (
    ("/cgi-bin/ticket/getticket", basics.ticket),
    ("/cgi-bin/user/info", basics.user_info),
    ("/cgi-bin/user/get", basics.user_get),
    ("/cgi-bin/getcallbackip", basics.callback_addresses),
    ("/cgi-bin/callback/check", basics.callback_check),
    ("/cgi-bin/message/custom/send", messages.send_custom),
    ("/cgi-bin/message/custom/typing", messages.typing),
    ("/cgi-bin/message/template/send", messages.send_template),
    ("/cgi-bin/media/upload", material.upload),
    ("/cgi-bin/media/get", material.download),
    ("/cgi-bin/menu/create", material.menu_create),
    ("/cgi-bin/menu/get", material.menu_get),
    ("/cgi-bin/menu/delete", material.menu_delete),
    ("/cgi-bin/qrcode/create", material.code_create),
)
_WITHOUT_TOKEN: tuple[tuple[str, Api], ...] = (
    ("/cgi-bin/token", basics.token),
    ("/cgi-bin/stable_token", basics.stable_token),
    ("/sns/oauth2/access_token", pages.page_token),
)


def create_app(
    settings: EmulatorSettings,
    app: RegisteredApp,
    followers: Sequence[Follower],
    templates: Sequence[TemplateDefinition],
    *,
    clock: Callable[[], float] = machine_time,
    seed: int = 1,
) -> web.Application:
    """Return the platform as one aiohttp application.

    `clock` gives seconds since 1970; the same seed and clock make the same ids. Message numbers begin at the
    clock, so a platform that starts again never repeats one.
    """
    world = build(Setting(settings, app, tuple(followers), tuple(templates), clock, seed))
    site = web.Application(client_max_size=_LARGEST_BODY, middlewares=[control.tidy, faulty])
    site[WORLD] = world
    site.cleanup_ctx.append(_running)
    site.on_shutdown.append(_end_waiting)
    for path, call in _APIS:
        site.router.add_route("*", path, api(call))
    for path, call in _WITHOUT_TOKEN:
        site.router.add_route("*", path, api(call, token=False))
    for method, path, handler in control.ROUTES:
        site.router.add_route(method, path, handler)
    site.router.add_get("/cgi-bin/showqrcode", material.code_show)
    site.router.add_get("/mmbiz/{media_id}", material.picture)
    site.router.add_get("/connect/oauth2/authorize", pages.authorize)
    site.router.add_post("/phone/look", pages.look)
    phones.mount(site)
    return site


async def _running(site: web.Application) -> AsyncIterator[None]:
    pusher = site[WORLD].pusher
    await pusher.open()
    yield
    await pusher.close()


async def _end_waiting(site: web.Application) -> None:
    site[WORLD].journal.close()
