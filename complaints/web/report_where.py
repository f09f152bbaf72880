"""Where a report's goods were bought: found by name, told in one's own words, and whether others told the same."""

from typing import Any

from aiohttp import web

from accounts.queries import regions
from accounts.web.guards import actor, citizen
from complaints.errors import DraftChanged, DraftNotFound
from complaints.rules import answers
from complaints.rules.drafts import DraftFacts
from complaints.rules.screens import Screen
from complaints.services import reporting, reviewing
from complaints.web import report_pages as pages
from complaints.web.report_pages import GONE, ROOT, Typed
from core.errors import Conflict, InvalidInput
from core.work import Reading
from integrity.queries import merchants
from integrity.services.search import NOBODY
from integrity.web.keys import names
from portal.keys import database
from portal.pages import redirect, respond

CHOICES = 8
LONGEST_NAME = 64


@citizen
async def show(request: web.Request) -> web.Response:
    """GET /h5/report/where?q=…: search by name; the chosen shop with its office; or one's own words (?own=1)."""
    return await _page(request, None)


@citizen
async def hits(request: web.Request) -> web.Response:
    """GET /h5/report/where/hits?q=…: only the shops found, for the page that searches while one types."""
    opened = await pages.current(request)
    return respond(
        request,
        "complaints/report_hits.html",
        **_found(request),
        back=request.query.get("back", ""),
        version=opened.version if opened else 0,
    )


@citizen
async def save(request: web.Request) -> web.Response:
    """POST /h5/report/where: a shop chosen from the list, or one told in words."""
    who, form = actor(request), await pages.sent(request)
    try:
        changes = await database(request).read(_changes, form=form)
        await database(request).work(
            who, reporting.save, openid=who.id, changes=changes, version=pages.version(form)
        )
    except InvalidInput as error:
        return await _page(request, Typed(form, error))
    except DraftChanged as error:
        return await _page(request, await pages.crossed(request, error, form))
    except DraftNotFound:
        return await _page(request, Typed(form, Conflict(GONE)))
    return redirect(f"{ROOT}/where{'?back=check' if form.get('back') == 'check' else ''}")


@citizen
async def matter(request: web.Request) -> web.Response:
    """POST /h5/report/matter: the same matter as others told, or another one."""
    who, form = actor(request), await pages.sent(request)
    same = {"yes": True, "no": False}.get(form.get("me_too", ""))
    opened = await pages.current(request)
    if opened is None:
        return redirect(ROOT)
    after = await database(request).work(
        who, reporting.save, openid=who.id, changes={"me_too": same}, version=opened.version
    )
    return pages.onward(form, after.facts, Screen.WHERE)


def _changes(reading: Reading, *, form: dict[str, str]) -> dict[str, Any]:
    """Return what the form says; a place in words gives its division."""
    chosen = form.get("merchant_id", "")
    if chosen.isdecimal() and len(chosen) < 16:
        shop = merchants.profile(reading, int(chosen))
        return {
            "merchant_id": shop.id,
            "merchant_name": shop.shown,
            "place": shop.place,
            "region_code": shop.region_code or None,
        }
    changes = answers.where(form)
    if changes["region_code"] is None:
        place = regions.find(reading, text=changes["place"] or "")
        changes["region_code"] = place.code if place else None
    return changes


async def _page(request: web.Request, typed: Typed | None) -> web.Response:
    search = _found(request)
    own = typed is not None or request.query.get("own") == "1"
    review = await database(request).read(reviewing.review, openid=actor(request).id)
    facts = review.opened.facts if review else DraftFacts()
    chosen = bool(facts.merchant_name) and not own and not search["asked"] and "change" not in request.query
    return await pages.page(
        request,
        Screen.WHERE,
        typed,
        **search,
        own=own,
        review=review,
        chosen=chosen,
        counties=await database(request).read(_counties) if own else [],
    )


def _found(request: web.Request) -> dict[str, Any]:
    asked = request.query.get("q", "").strip()[:LONGEST_NAME]
    return {"asked": asked, "found": names(request).find(asked, CHOICES) if asked else NOBODY}


def _counties(reading: Reading) -> list[tuple[str, str]]:
    known = regions.places(reading).values()
    return [(place.code, place.full_name) for place in known if place.level == "county"]
