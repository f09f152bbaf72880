"""The statutes on a phone: the list, one law with its contents and articles, and a search within it."""

from urllib.parse import quote

from aiohttp import web

from accounts.web.guards import public
from core.clock import local_date
from core.work import Reading
from knowledge.queries import statutes
from knowledge.queries.statutes import Listed, Mention
from knowledge.rules import contents
from knowledge.rules.articles import find
from knowledge.rules.entries import Level
from knowledge.rules.statutes import LEVEL_NAMES, UNCHECKED, Statute, in_marks, validity
from portal.keys import CLOCK, SITE, database
from portal.pages import respond

LONGEST_QUESTION = 40
MENTIONS = 20


@public
async def listing(request: web.Request) -> web.Response:
    """GET /h5/laws?q=…: every statute by rank, or those whose title or articles hold some words."""
    asked = _asked(request)
    held, mentioned = await database(request).read(_listed, words=asked)
    today = local_date(request.config_dict[CLOCK].now())
    shown = [one for one in held if asked in one.title]
    ended = [one for one in shown if one.valid_to is not None and one.valid_to < today]
    return respond(
        request,
        "knowledge/laws.html",
        asked=asked,
        many=len(held),
        count=len(shown),
        groups=_grouped([one for one in shown if one not in ended], request.config_dict[SITE].region),
        ended=ended,
        mentioned=mentioned,
        more=len(mentioned) == MENTIONS,
        pieces=contents.pieces,
    )


@public
async def law(request: web.Request) -> web.Response:
    """GET /h5/laws/{code}?q=…: one statute; words leave only the articles that hold them, a number leads to its own."""
    asked, code = _asked(request), request.match_info["code"]
    statute, versions = await database(request).read(_law, code=code)
    if asked and (article := find(list(statute.articles), asked)) is not None:
        raise web.HTTPSeeOther(f"{request.path}#{article.anchor}")
    today = local_date(request.config_dict[CLOCK].now())
    successor = next((one for one in versions if one.code == statute.superseded_by), None)
    holding = contents.holding(statute.articles, asked) if asked else statute.articles
    return respond(
        request,
        "knowledge/laws_one.html",
        law=statute,
        title=in_marks(statute.title)[1:-1],
        asked=asked,
        found=len(holding),
        sections=contents.sections(holding),
        standing=validity(statute, successor, on=today),
        holds=statute.in_force(today),
        successor=successor,
        versions=[one for one in versions if one.code not in (code, statute.superseded_by)],
        unchecked="" if statute.confidence.value == "A" else UNCHECKED,
        level_name=LEVEL_NAMES[statute.level],
        pieces=contents.pieces,
        address=request.config_dict[SITE].public_url + quote(request.path),
    )


def _grouped(held: list[Listed], region: str) -> list[tuple[str, list[Listed]]]:
    """Put statutes under their rank, what is about weights and measures first, other places' law at the end."""

    def elsewhere(one: Listed) -> bool:
        return one.level is Level.LOCAL and not one.title.startswith(region)

    ours = sorted(held, key=lambda one: ("计量" not in one.title, one.title))
    groups = [
        (name, [one for one in ours if one.level is level and not elsewhere(one)])
        for level, name in LEVEL_NAMES.items()
    ]
    groups.append(("外省市的（供对照）", [one for one in ours if elsewhere(one)]))
    return [(name, group) for name, group in groups if group]


def _listed(reading: Reading, *, words: str) -> tuple[list[Listed], list[Mention]]:
    mentioned = statutes.mentions(reading, words=words, limit=MENTIONS) if words else []
    return statutes.listed(reading), mentioned


def _law(reading: Reading, *, code: str) -> tuple[Statute, list[Statute]]:
    return statutes.whole(reading, code=code), statutes.versions(reading, code=code)


def _asked(request: web.Request) -> str:
    return request.query.get("q", "").strip()[:LONGEST_QUESTION]
