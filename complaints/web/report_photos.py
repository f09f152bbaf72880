"""Photographs of a report: several at once, each taken or refused in words of its own."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from accounts.web.guards import actor, citizen
from complaints.models import EvidenceKind
from complaints.queries import drafted
from complaints.rules.drafts import DraftFacts
from complaints.rules.screens import Screen
from complaints.services import drafting, readings, reporting
from complaints.web import report_pages as pages
from complaints.web.evidence import KINDS, photo_id_of
from complaints.web.report_pages import ROOT, Typed
from core.errors import AppError, InvalidInput
from core.files import prepare
from portal.keys import FILES, compute, database
from portal.pages import redirect, respond

ASKED = {
    EvidenceKind.SCALE: "能看清显示的数字",
    EvidenceKind.LABEL: "秤上的绿色或黄色标签",
    EvidenceKind.RECEIPT: "纸质小票或电子小票",
    EvidenceKind.PAYMENT: "可先遮住无关内容",
    EvidenceKind.SCENE: "摊位、招牌、商品",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A photograph that was not taken, and why."""

    name: str
    why: str


@citizen
async def show(request: web.Request) -> web.Response:
    """GET /h5/report/photos: what photographs help, and those given."""
    return await _page(request, [])


@citizen
async def add(request: web.Request) -> web.Response:
    """POST /h5/report/photos: the photographs of the form, or one of them for the page's script (JSON)."""
    form = await request.post()
    taken: list[int] = []
    refused: dict[str, list[Refused]] = {}
    for kind in ASKED:
        for one in form.getall(kind.value, []):
            if not isinstance(one, FileField) or not one.filename:
                continue
            try:
                taken.append(await _take(request, one.file.read(), kind))
            except AppError as error:
                refused.setdefault(kind.value, []).append(Refused(one.filename[:64], error.text))
    if request.headers.get("Accept", "").startswith("application/json"):
        return _answered(taken, [one for many in refused.values() for one in many])
    if refused or not taken:
        return await _page(request, taken, refused, none_chosen=not refused)
    back = "?back=check" if form.get("back") == "check" else ""
    return redirect(f"{ROOT}/photos{back}", message=f"已保存 {len(taken)} 张照片")


@citizen
async def remove(request: web.Request) -> web.Response:
    """POST /h5/report/photos/{photo}/remove: take one out again."""
    who, form = actor(request), await pages.sent(request)
    await database(request).work(who, drafting.detach, openid=who.id, evidence_id=photo_id_of(request))
    back = "?back=check" if form.get("back") == "check" else ""
    return redirect(f"{ROOT}/photos{back}", message="已去掉这张照片")


@citizen
async def without(request: web.Request) -> web.Response:
    """POST /h5/report/photos/none: no photograph now, or no proof at all, which leads to the choice of track."""
    who, form = actor(request), await pages.sent(request)
    opened = await pages.current(request)
    version = opened.version if opened else 0
    has = False if form.get("proof") == "none" else None
    after = await database(request).work(
        who, reporting.without_photos, openid=who.id, has_receipt=has, version=version
    )
    told = "没有凭证也可以举报线索；投诉可能因缺少凭证不予受理。" if has is False else ""
    return pages.onward({} if told else form, after.facts, Screen.PHOTOS, message=told)


@citizen
async def label(request: web.Request) -> web.Response:
    """GET /h5/report/label: only what was read from a label, for the page that waits for it."""
    return respond(
        request, "complaints/report_label.html", back=request.query.get("back", ""), **await _label(request)
    )


@citizen
async def confirm(request: web.Request) -> web.Response:
    """POST /h5/report/label: the label was read right, or not."""
    who, form = actor(request), await pages.sent(request)
    right = form.get("right") == "yes"
    await database(request).work(who, readings.confirm, openid=who.id, right=right)
    back = "?back=check" if form.get("back") == "check" else ""
    told = "好的，记下了这台秤的编号" if right else "好的，以您看到的为准，照片照样保留"
    return redirect(f"{ROOT}/photos{back}", message=told)


async def _take(request: web.Request, data: bytes, kind: EvidenceKind) -> int:
    """Keep one photograph; its id in the draft."""
    who, store = actor(request), request.config_dict[FILES]
    prepared = await compute(request, prepare, data, store.limits)
    await compute(request, store.keep, prepared)
    return await database(request).work(who, reporting.add_photo, openid=who.id, prepared=prepared, kind=kind)


async def _label(request: web.Request) -> dict[str, Any]:
    found, reading = await database(request).read(drafted.label, openid=actor(request).id)
    return {"label": found, "reading": reading}


def _answered(taken: list[int], refused: list[Refused]) -> web.Response:
    if refused or not taken:
        why = refused[0].why if refused else "请先选择照片"
        return web.json_response({"title": why, "status": 422}, status=422)
    return web.json_response({"id": taken[0], "url": f"{ROOT}/photos/{taken[0]}.jpg", "text": "已上传"})


async def _page(
    request: web.Request,
    taken: list[int],
    refused: dict[str, list[Refused]] | None = None,
    *,
    none_chosen: bool = False,
) -> web.Response:
    kept: dict[str, list[int]] = {}
    for photo_id, kind in await database(request).read(drafted.photos, openid=actor(request).id):
        kept.setdefault(kind if kind in ASKED else EvidenceKind.SCENE.value, []).append(photo_id)
    opened = await pages.current(request)
    error = None
    if refused:
        error = InvalidInput(f"有照片没有收下，原因写在下面；其余 {len(taken)} 张已保存。")
    elif none_chosen:
        error = InvalidInput("请先选照片再点“上传”；没有照片就点“下一步”。")
    return await pages.page(
        request,
        Screen.PHOTOS,
        Typed(await pages.sent(request) if error else {}, error) if error else None,
        asked=[(kind.value, KINDS[kind.value], hint) for kind, hint in ASKED.items()],
        kept_photos=kept,
        refused=refused or {},
        **await _label(request),
        limit=drafting.PHOTOS,
        given=(opened.facts if opened else DraftFacts()).photos,
    )
