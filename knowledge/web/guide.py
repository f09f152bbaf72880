"""The guide on a phone: topics, their entries, an answer in full, and the search that answers as the chat does."""

from datetime import date, timedelta

from aiohttp import web

from accounts.web.guards import public, visitor
from core.clock import local_date
from core.work import VISITOR
from knowledge.errors import EntryNotFound, TopicNotFound
from knowledge.queries import questions
from knowledge.rules import citing, guide
from knowledge.rules.answers import Answer
from knowledge.rules.entries import Entry
from knowledge.rules.library import Quote, label, quote
from knowledge.rules.questions import Asked
from knowledge.rules.votes import LONGEST_WORDS, REASON_NAMES, UselessReason
from knowledge.services import feedback
from knowledge.services.known import Known
from knowledge.services.provisions import Provision
from knowledge.web.keys import NOTED, TEXTS, known, library
from portal import csrf
from portal.keys import CLOCK, SITE, compute, database
from portal.pages import redirect, respond
from portal.routes import ADDRESSES

LONGEST_QUESTION = 200
RELATED, HOT = 4, 5
LATELY = timedelta(days=7)
NEAR = 0.55


@public
async def topics(request: web.Request) -> web.Response:
    """GET /h5/guide: the search, what many ask, and every topic with its count."""
    content, today = known(request).content, _today(request)
    shelves = guide.shelves(content, on=today)
    since = request.config_dict[CLOCK].now() - LATELY
    hot = await database(request).read(questions.hot_entries, since=since, limit=HOT * 2)
    holding = {entry.id: entry for entry in content.entries if entry.in_force(today)}
    return respond(
        request,
        "knowledge/guide.html",
        shelves=shelves,
        count=sum(one.count for one in shelves),
        hot=[holding[entry_id] for entry_id, _ in hot if entry_id in holding][:HOT],
    )


@public
async def topic(request: web.Request) -> web.Response:
    """GET /h5/guide/{topic}: the entries of a topic."""
    name = request.match_info["topic"]
    shelf = guide.shelf(known(request).content, name, on=_today(request))
    if shelf is None:
        raise TopicNotFound(topic=name)
    return respond(
        request,
        "knowledge/guide_topic.html",
        shelf=shelf,
        address=request.config_dict[SITE].public_url + request.path,
    )


@public
async def answer(request: web.Request) -> web.Response:
    """GET /h5/guide/answers/{entry_id}?asked=…: one answer in full, also one that no longer holds, which says so.

    `asked` is the vague question this answer was chosen for.
    """
    entry = _entry(request)
    asked = request.query.get("asked", "").strip()[:LONGEST_QUESTION]
    if asked:
        now = request.config_dict[CLOCK].now()
        request.config_dict[NOTED].keep(Asked(now, entry.question, "answer", entry.id, 1.0, asked))
    return await _answer_page(request, entry)


@public
async def vote(request: web.Request) -> web.Response:
    """POST /h5/guide/answers/{entry_id}/vote: 有用 or 没用, and then why it was no use."""
    entry, data = _entry(request), await request.post()
    version_id = known(request).versions.get(entry.id, 0)
    who = visitor(request) or VISITOR
    voter = who.id or f"form:{request.cookies.get(csrf.FORM_COOKIE, '')}"
    useful, reason = data.get("useful") == "yes", str(data.get("reason", ""))
    if reason in set(UselessReason) - {UselessReason.UNSAID}:
        words = str(data.get("words", "")).strip()[:LONGEST_WORDS]
        said = UselessReason(reason)
        await database(request).work(
            who, feedback.explain, openid=voter, version_id=version_id, reason=said, words=words
        )
        return redirect(f"/h5/guide/answers/{entry.id}", message="谢谢，已记给编辑")
    await database(request).work(who, feedback.vote, openid=voter, version_id=version_id, useful=useful)
    if useful:
        return redirect(f"/h5/guide/answers/{entry.id}", message="谢谢，记下了")
    return await _answer_page(request, entry, asks_why=True)


@public
async def search(request: web.Request) -> web.Response:
    """GET /h5/guide/search?q=…: an article, an answer, one of three, or that we do not know, as in chat."""
    asked = request.query.get("q", "").strip()[:LONGEST_QUESTION]
    published, today = known(request), _today(request)
    found: Answer | None = None
    provisions: tuple[Provision, ...] = ()
    quoted = _quoted(request, asked)
    if asked and quoted is None:
        found = await compute(request, published.index.answer, asked, on=today)
        _note(request, asked, found)
        if found.entry is None and not found.candidates:
            provisions = await _provisions(request, asked, today)
    return respond(
        request,
        "knowledge/guide_search.html",
        asked=asked,
        found=found,
        quoted=quoted,
        provisions=provisions,
        label=label,
        sources=guide.sources(found.entry, library(request), on=today) if found and found.entry else (),
        shelves=guide.shelves(published.content, on=today) if found is None or not found.candidates else (),
    )


async def _answer_page(request: web.Request, entry: Entry, *, asks_why: bool = False) -> web.Response:
    published, today = known(request), _today(request)
    return respond(
        request,
        "knowledge/guide_answer.html",
        entry=entry,
        shelf=guide.shelf(published.content, entry.topic, on=today),
        standing=guide.standing(entry.valid_from, entry.valid_to, on=today).value,
        blocks=guide.blocks(entry.detail),
        sources=guide.sources(entry, library(request), on=today),
        related=await compute(request, _related, published, entry, today),
        served=request.config_dict[ADDRESSES],
        address=_address(request, entry),
        votes=entry.id in published.versions,
        asks_why=asks_why,
        reasons=[(reason.value, name) for reason, name in REASON_NAMES.items()],
    )


def _entry(request: web.Request) -> Entry:
    name = request.match_info["entry_id"]
    entry = next((one for one in known(request).content.entries if one.id == name), None)
    if entry is None:
        raise EntryNotFound(entry_id=name)
    return entry


def _note(request: web.Request, asked: str, found: Answer) -> None:
    entry_id = found.entry.id if found.entry else None
    now = request.config_dict[CLOCK].now()
    request.config_dict[NOTED].keep(Asked(now, asked, found.kind.value, entry_id, found.confidence))


def _quoted(request: web.Request, asked: str) -> Quote | None:
    """Return the article a question names and nothing else, where we have its text."""
    texts = library(request)
    if not citing.may_cite(asked):
        return None
    said = citing.read(asked, texts.names)
    first = said.references[0] if said.references and not said.rest else None
    statute = texts.version(first.code, on=None) if first is not None else None
    return quote(statute, first) if statute is not None and first is not None else None


async def _provisions(request: web.Request, asked: str, on: date) -> tuple[Provision, ...]:
    held = request.config_dict[TEXTS].provisions()
    return () if held is None else await compute(request, held.related, asked, on=on)


def _related(published: Known, entry: Entry, on: date) -> list[Entry]:
    hits = [
        hit for hit in published.index.search(entry.question, RELATED + 1, on=on) if hit.entry.id != entry.id
    ]
    return [hit.entry for hit in hits[:RELATED] if hit.score >= NEAR * hits[0].score]


def _today(request: web.Request) -> date:
    return local_date(request.config_dict[CLOCK].now())


def _address(request: web.Request, entry: Entry) -> str:
    """Return the answer's address as one may pass it on, without what was only ours."""
    return f"{request.config_dict[SITE].public_url}/h5/guide/answers/{entry.id}"
