"""Pages on a phone: look a shop up, check a certificate, see one's own devices."""

from aiohttp import web

from accounts.queries import offices
from accounts.web.guards import actor, citizen, public
from core.work import Reading
from integrity.queries import instruments, merchants
from integrity.queries.instruments import Device
from integrity.queries.merchants import Profile
from integrity.services.lookups import Answer, certificate_answer
from integrity.services.search import NOBODY
from integrity.web.keys import names
from portal.keys import database
from portal.pages import respond

CHOICES = 8
LONGEST_QUESTION = 64


@public
async def shops(request: web.Request) -> web.Response:
    """GET /h5/merchants?q=…: look a shop up by a wrong, partial or misheard name."""
    asked = request.query.get("q", "").strip()[:LONGEST_QUESTION]
    found = names(request).find(asked, CHOICES) if asked else NOBODY
    return respond(request, "integrity/shops.html", asked=asked, found=found, many=len(names(request)))


@public
async def shop(request: web.Request) -> web.Response:
    """GET /h5/merchants/{id}: whether a shop's instruments are verified."""
    profile, devices = await database(request).read(_shop, merchant_id=int(request.match_info["id"]))
    return respond(request, "integrity/shop.html", shop=profile, devices=devices)


@public
async def certificate(request: web.Request) -> web.Response:
    """GET /h5/instruments?number=…: what a certificate number stands for and whether it still holds."""
    number = request.query.get("number", "").strip()[:LONGEST_QUESTION]
    answer = await database(request).read(certificate_answer, number=number) if number else None
    office = None
    if answer is not None and answer.found is not None:
        office = await database(request).read(offices.competent, region_code=answer.found.region_code)
    return respond(
        request, "integrity/certificate.html", number=number, answer=answer, office=office, Answer=Answer
    )


@citizen
async def mine(request: web.Request) -> web.Response:
    """GET /h5/merchant: the devices of the merchants I am bound to, the most urgent first."""
    shown = await database(request).read(_mine, openid=actor(request).id)
    return respond(request, "integrity/mine.html", shops=shown)


def _shop(reading: Reading, *, merchant_id: int) -> tuple[Profile, list[Device]]:
    return merchants.profile(reading, merchant_id), instruments.of_merchant(reading, merchant_id)


def _mine(reading: Reading, *, openid: str) -> list[tuple[Profile, list[Device]]]:
    return [
        _shop(reading, merchant_id=merchant_id) for merchant_id in merchants.bound(reading, openid=openid)
    ]
