"""The guide on a phone: topics, their entries, an answer in full, and the search that answers as the chat does."""

from datetime import date
from urllib.parse import quote

from aiohttp import web

from accounts.web.guards import public
from core.clock import local_date
from knowledge.errors import EntryNotFound, TopicNotFound
from knowledge.rules import guide
from knowledge.rules.answers import Answer
from knowledge.rules.entries import Entry
from knowledge.services.known import Known
from knowledge.web.keys import known
from portal.keys import CLOCK, SITE, compute
from portal.pages import respond
from portal.routes import ADDRESSES

LONGEST_QUESTION = 200
RELATED = 4
NEAR = 0.55


@public
async def topics(request: web.Request) -> web.Response:
    """GET /h5/guide: the search and every topic with its count."""
    shelves = guide.shelves(known(request).content, on=_today(request))
    return respond(request, "knowledge/guide.html", shelves=shelves, count=sum(one.count for one in shelves))


@public
async def topic(request: web.Request) -> web.Response:
    """GET /h5/guide/{topic}: the entries of a topic."""
    name = request.match_info["topic"]
    shelf = guide.shelf(known(request).content, name, on=_today(request))
    if shelf is None:
        raise TopicNotFound(topic=name)
    return respond(request, "knowledge/guide_topic.html", shelf=shelf, address=_address(request))


@public
async def answer(request: web.Request) -> web.Response:
    """GET /h5/guide/answers/{entry_id}: one answer in full, also one that no longer holds, which says so."""
    published, today, name = known(request), _today(request), request.match_info["entry_id"]
    entry = next((one for one in published.content.entries if one.id == name), None)
    if entry is None:
        raise EntryNotFound(entry_id=name)
    return respond(
        request,
        "knowledge/guide_answer.html",
        entry=entry,
        shelf=guide.shelf(published.content, entry.topic, on=today),
        standing=guide.standing(entry.valid_from, entry.valid_to, on=today).value,
        blocks=guide.blocks(entry.detail),
        sources=guide.sources(entry, published.content.laws, on=today),
        related=await compute(request, _related, published, entry, today),
        served=request.config_dict[ADDRESSES],
        address=_address(request),
    )


@public
async def search(request: web.Request) -> web.Response:
    """GET /h5/guide/search?q=…: an answer, one of three, or that we do not know, as in chat."""
    asked = request.query.get("q", "").strip()[:LONGEST_QUESTION]
    published, today = known(request), _today(request)
    found: Answer | None = None
    if asked:
        found = await compute(request, published.index.answer, asked, on=today)
    return respond(
        request,
        "knowledge/guide_search.html",
        asked=asked,
        found=found,
        sources=guide.sources(found.entry, published.content.laws, on=today) if found and found.entry else (),
        shelves=guide.shelves(published.content, on=today) if found is None or not found.candidates else (),
    )


def _related(published: Known, entry: Entry, on: date) -> list[Entry]:
    hits = [
        hit for hit in published.index.search(entry.question, RELATED + 1, on=on) if hit.entry.id != entry.id
    ]
    return [hit.entry for hit in hits[:RELATED] if hit.score >= NEAR * hits[0].score]


def _today(request: web.Request) -> date:
    return local_date(request.config_dict[CLOCK].now())


def _address(request: web.Request) -> str:
    """Return the page's address as one may pass it on, without what was only ours."""
    return request.config_dict[SITE].public_url + quote(request.path)
