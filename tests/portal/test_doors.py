"""What every request passes: error boundaries, headers, health, static files, messages shown once."""

import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

import portal.routes
from core.errors import Conflict, InvalidInput, TooManyRequests, UpstreamFailed
from portal import csrf, doors, health, keys
from portal.errors import Style, boundary
from portal.metrics import METRICS, Metrics
from portal.pages import FLASH_COOKIE, redirect
from portal.people import SECTIONS
from portal.render import Pages
from tests.fakes import CountingIds, HandClock

Client = TestClient[web.Request, web.Application]
Start = Callable[[web.Application], Awaitable[Client]]
ROOT = Path(__file__).parents[2]
SITE = keys.Site(
    "权衡", "山东省", "某局", "12315", "privacy@example.invalid", "http://127.0.0.1:8080", "http://127.0.0.1:8081",
    demo=True,
)  # fmt: skip
FAILURES: dict[str, Exception] = {
    "conflict": Conflict(secret="facts stay in the log"),
    "invalid": InvalidInput(fields={"weight": "请填写重量"}),
    "often": TooManyRequests(),
    "upstream": UpstreamFailed(),
    "bug": RuntimeError("secret detail 13812345678"),
    "http": web.HTTPRequestEntityTooLarge(max_size=1, actual_size=2),
}


async def fail(request: web.Request) -> web.Response:
    raise FAILURES[request.match_info["kind"]]


async def after(_request: web.Request) -> web.Response:
    return redirect("/h5/privacy", message='已保存<script>alert("x")</script>')


def house(site: keys.Site = SITE, probes: tuple[health.Check, ...] = ()) -> web.Application:
    app = web.Application(middlewares=[doors.observed, doors.with_headers, boundary(Style.HAND)])
    app[keys.SITE], app[keys.CLOCK], app[keys.IDS] = site, HandClock(), CountingIds()
    app[keys.PAGES] = Pages([ROOT / "portal" / "templates"], {"site": site})
    app[METRICS], app[SECTIONS], app[csrf.SESSION_KEY] = Metrics(), (), b"s" * 32
    app[keys.COMPUTE], app[health.CHECKS] = ThreadPoolExecutor(1), probes
    app[portal.routes.ADDRESSES] = frozenset()
    app.add_routes(portal.routes.ROOT)
    for prefix, style in (("/h5", Style.HAND), ("/console", Style.DESK), ("/api/v1", Style.JSON)):
        door = web.Application(middlewares=[boundary(style)])
        door.add_routes([web.get("/fail/{kind}", fail), web.get("/after", after)])
        if style is Style.HAND:
            door.add_routes([web.get("/privacy", portal.routes.privacy)])
        app.add_subapp(prefix, door)
    return app


@pytest.fixture
async def client(aiohttp_client: Start) -> Client:
    return await aiohttp_client(house())


STATUSES = {"conflict": 409, "invalid": 422, "often": 429, "upstream": 502, "bug": 500, "http": 413}


@pytest.mark.parametrize(("kind", "status"), STATUSES.items())
async def test_every_failure_becomes_a_page_without_its_inner_facts(
    client: Client, kind: str, status: int
) -> None:
    for door in ("/h5", "/console"):
        answer = await client.get(f"{door}/fail/{kind}")
        text = await answer.text()
        assert (answer.status, answer.content_type) == (status, "text/html")
        assert "secret" not in text
        assert "facts stay" not in text
        assert "Traceback" not in text
        assert "13812345678" not in text


@pytest.mark.parametrize(("kind", "status"), STATUSES.items())
async def test_the_api_tells_every_failure_as_problem_json(client: Client, kind: str, status: int) -> None:
    answer = await client.get(f"/api/v1/fail/{kind}")
    problem = await answer.json()
    assert (answer.status, answer.content_type) == (status, "application/problem+json")
    assert problem["status"] == status
    assert problem["type"].startswith("urn:quanheng:problem:")
    assert set(problem) <= {"type", "title", "status", "request", "fields"}


async def test_wrong_fields_are_named_to_programs_too(client: Client) -> None:
    problem = await (await client.get("/api/v1/fail/invalid")).json()
    assert problem["fields"] == {"weight": "请填写重量"}


async def test_an_address_nobody_knows_gets_a_page_of_ours(client: Client) -> None:
    for path in ("/nowhere", "/h5/nowhere", "/console/nowhere", "/%00", "/h5/%2e%2e/x"):
        answer = await client.get(path)
        assert answer.status == 404
        assert "没有找到" in await answer.text()


async def test_only_the_demonstrations_phone_page_may_frame_h5(client: Client, aiohttp_client: Start) -> None:
    for path, ancestors in (
        ("/h5/privacy", SITE.phone_url),
        ("/", "'none'"),
        ("/console/fail/bug", "'none'"),
    ):
        policy = (await client.get(path)).headers["Content-Security-Policy"]
        assert f"frame-ancestors {ancestors}" in policy
    production = await aiohttp_client(house(replace(SITE, demo=False)))
    headers = (await production.get("/h5/privacy")).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


async def test_https_is_insisted_on_where_the_site_has_it(client: Client, aiohttp_client: Start) -> None:
    assert "Strict-Transport-Security" not in (await client.get("/")).headers
    secure = await aiohttp_client(house(replace(SITE, public_url="https://jiliang.example.gov.cn")))
    assert "Strict-Transport-Security" in (await secure.get("/")).headers


async def test_a_message_is_shown_once_and_as_text(client: Client) -> None:
    answer = await client.get("/h5/after")
    text = await answer.text()
    assert "已保存" in text
    assert "<script>alert" not in text
    assert "已保存" not in await (await client.get("/h5/privacy")).text()


@pytest.mark.parametrize(
    "cookie",
    [
        "x",
        quote("[1]"),
        quote('["ok"]'),
        quote('{"a":1}'),
        quote("null"),
        quote('[["ok"],"x"]'),
        quote("7"),
        quote('["ok","a","b"]'),
        "%ff",
    ],
)
async def test_a_cookie_people_have_played_with_breaks_no_page(client: Client, cookie: str) -> None:
    played = SimpleCookie()
    played[FLASH_COOKIE] = cookie
    assert (await client.get("/h5/privacy", cookies=played)).status == 200


@pytest.mark.parametrize(
    "path", ["../keys.py", "..%2fkeys.py", "%2e%2e/keys.py", "/etc/passwd", "", "nothing.css"]
)
async def test_static_files_end_at_their_folder(client: Client, path: str) -> None:
    assert (await client.get(f"/static/{path}")).status == 404


async def test_static_files_are_kept_by_browsers_and_compressed(client: Client) -> None:
    answer = await client.get("/static/tokens.css", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.content_type == "text/css"


def check(name: str, answer: str, *, decides: bool = True) -> health.Check:
    async def probe(_request: web.Request) -> str:
        return answer

    return health.Check(name, probe, decides)


@pytest.mark.parametrize(
    ("checks", "status"),
    [
        ((check("database", "ok"), check("scheduler", "off")), 200),
        ((check("database", "OperationalError"),), 503),
        ((check("database", "ok"), check("platform", "away", decides=False)), 200),
    ],
)
async def test_readiness_names_every_condition_and_only_some_decide(
    aiohttp_client: Start, checks: tuple[health.Check, ...], status: int
) -> None:
    opened = await aiohttp_client(house(probes=checks))
    answer = await opened.get("/readyz")
    assert answer.status == status
    assert set((await answer.json())["checks"]) == {one.name for one in checks}
    assert (await opened.get("/healthz")).status == 200


async def test_figures_count_requests_by_door_and_status(client: Client) -> None:
    await client.get("/h5/privacy")
    await client.get("/h5/fail/bug")
    text = await (await client.get("/metrics")).text()
    assert 'quanheng_requests_total{door="h5",status="200"} 1.0' in text
    assert 'quanheng_requests_total{door="h5",status="500"} 1.0' in text


async def test_unknown_doors_do_not_swell_the_figures(client: Client) -> None:
    for number in range(30):
        await client.get(f"/scan{number}")
    text = await (await client.get("/metrics")).text()
    assert len({line for line in text.splitlines() if line.startswith("quanheng_requests_total{")}) < 10


async def test_the_problem_of_a_json_reader_is_json_at_any_door(client: Client) -> None:
    answer = await client.get("/h5/fail/conflict", headers={"Accept": "application/json"})
    assert json.loads(await answer.text())["status"] == 409
