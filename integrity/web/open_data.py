"""Open data: the verification status of a merchant and of a certificate, without any personal datum."""

from typing import Any

from aiohttp import web

from accounts.web.guards import public
from integrity.errors import CertificateNotFound
from integrity.queries import instruments, merchants
from integrity.queries.instruments import Device
from integrity.web.openapi import DOCUMENT
from portal.keys import database
from portal.pages import respond


@public
async def merchant(request: web.Request) -> web.Response:
    """GET /api/v1/merchants/{uscc}: a merchant's instruments and how their verification stands."""
    opened = database(request)
    found = await opened.read(merchants.by_uscc, code=request.match_info["uscc"])
    devices = await opened.read(instruments.of_merchant, merchant_id=found.id)
    return web.json_response(
        {
            "uscc": found.uscc,
            "name": found.name,
            "sign_name": found.sign_name,
            "trade": found.trade,
            "region_code": found.region_code,
            "place": found.place,
            "instruments": {"total": found.total, "valid": found.valid},
            "rating": found.rating,
            "devices": [_device(device) for device in devices],
        }
    )


@public
async def certificate(request: web.Request) -> web.Response:
    """GET /api/v1/certificates/{number}: the instrument behind a certificate and whether it holds today."""
    found = await database(request).read(instruments.by_certificate, number=request.match_info["number"])
    if found is None:
        raise CertificateNotFound(number=request.match_info["number"])
    return web.json_response(
        {
            "certificate_no": found.certificate_no,
            "merchant": found.merchant_name,
            "instrument": found.instrument_name,
            "model": found.model,
            "serial": found.serial,
            "verified_on": found.verified_on.isoformat(),
            "valid_until": found.valid_until.isoformat() if found.valid_until else None,
            "institution": found.institution,
            "replaced": found.replaced,
            "status": found.due.standing.value,
        }
    )


@public
async def document(request: web.Request) -> web.Response:
    """GET /api/v1/openapi.json: the description machines read."""
    return web.json_response(DOCUMENT)


@public
async def docs(request: web.Request) -> web.Response:
    """GET /api/v1/docs: the description people read."""
    return respond(request, "integrity/api.html", document=DOCUMENT)


def _device(device: Device) -> dict[str, Any]:
    return {
        "instrument": device.name,
        "model": device.model,
        "serial": device.serial,
        "certificate_no": device.certificate_no or None,
        "verified_on": device.verified_on.isoformat() if device.verified_on else None,
        "valid_until": device.valid_until.isoformat() if device.valid_until else None,
        "status": device.due.standing.value,
    }
