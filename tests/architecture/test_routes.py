"""Every address says who may pass, and what anybody may reach is listed here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

import server
from accounts.permissions import Permission
from configuration import configured
from tests.architecture.places import ROOT

PUBLIC = {
    "GET /",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /static/{path}",
    "GET /wechat",
    "POST /wechat",
    "GET /console/login",
    "POST /console/login",
    "POST /console/logout",
    "GET /h5/",
    "GET /h5/privacy",
    "POST /h5/elder",
    "GET /h5/enter",
    "GET /h5/entered",
    "GET /h5/report",
    "GET /h5/merchants",
    "GET /h5/merchants/{id}",
    "GET /h5/instruments",
    "GET /h5/guide",
    "GET /h5/guide/search",
    "GET /h5/guide/answers/{entry_id}",
    "POST /h5/guide/answers/{entry_id}/vote",
    "GET /h5/guide/{topic}",
    "GET /h5/laws",
    "GET /h5/laws/{code}",
    "GET /api/v1/merchants/{uscc}",
    "GET /api/v1/certificates/{number}",
    "GET /api/v1/openapi.json",
    "GET /api/v1/docs",
}
STAFF = {permission.value for permission in Permission} | {"signed_in"}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[web.Application]:
    monkeypatch.chdir(tmp_path)
    made = server.create_app(configured(ROOT / "config.yaml", {}))
    yield made
    made[server.GROUND].database.close()


def guards(app: web.Application) -> dict[str, str]:
    """Return the mark of every route, by method and address."""
    return {
        f"{route.method} {route.resource.canonical}": getattr(route.handler, "guard", "")
        for route in app.router.routes()
        if route.resource is not None and route.method != "HEAD"
    }


def test_every_route_carries_a_mark(app: web.Application) -> None:
    assert {name for name, mark in guards(app).items() if not mark} == set()


def test_what_anybody_may_reach_is_listed(app: web.Application) -> None:
    assert {name for name, mark in guards(app).items() if mark == "public"} == PUBLIC


def test_the_console_is_for_staff_and_the_phone_pages_for_citizens(app: web.Application) -> None:
    for name, mark in guards(app).items():
        if name in PUBLIC:
            continue
        path = name.split(" ", 1)[1]
        assert mark in (STAFF if path.startswith("/console") else {"citizen"}), name


def test_changes_at_the_console_need_more_than_looking(app: web.Application) -> None:
    looking = {"view_cases", "view_register", "view_reminders", "signed_in"}
    changing = {name: mark for name, mark in guards(app).items() if name.startswith("POST /console")}
    assert len(changing) > 10
    assert {name for name, mark in changing.items() if mark in looking} == set()


def test_the_api_document_describes_every_api_address(app: web.Application) -> None:
    from integrity.web.openapi import DOCUMENT

    served = {name.split(" ", 1)[1] for name in guards(app) if " /api/v1/" in name}
    base = DOCUMENT["servers"][0]["url"].rstrip("/") if DOCUMENT.get("servers") else ""
    described = {base + path if not path.startswith("/api/v1") else path for path in DOCUMENT["paths"]}
    assert described <= served
    assert served - described <= {"/api/v1/openapi.json", "/api/v1/docs"}
