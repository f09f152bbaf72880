"""The room's routes, one list a door."""

from aiohttp import web

from accounts.permissions import Permission
from knowledge.web import (
    console_bench,
    console_editor,
    console_entries,
    console_hot,
    console_overview,
    console_publish,
    console_questions,
    console_regression,
    console_review,
    console_synonyms,
    guide,
    statutes,
)
from portal.people import Section

_GROUP = r"/knowledge/questions/{group:\d{1,15}}"
_ENTRY = r"/knowledge/entries/{item_id:[\w-]{1,64}}"
_VERSION = r"/knowledge/review/{version:\d{1,15}}"
_SYNONYM = r"/knowledge/synonyms/{item_id:[^/]{1,400}}"
_REHEARSAL = r"/knowledge/publish/rehearsals/{rehearsal:\d{1,15}}"

CONSOLE = [
    web.get("/knowledge", console_overview.overview),
    web.get("/knowledge/feedback", console_overview.feedback),
    web.get(r"/knowledge/feedback/{item_id:[\w-]{1,64}}", console_overview.feedback_of),
    web.get("/knowledge/laws", console_overview.laws),
    web.post(r"/knowledge/laws/{notice:\d{1,15}}", console_overview.settle),
    web.get("/knowledge/questions", console_questions.queue),
    web.get(_GROUP, console_questions.group),
    web.post(_GROUP + "/add", console_questions.add),
    web.post(_GROUP + "/ignore", console_questions.ignore),
    web.post(_GROUP + "/reopen", console_questions.reopen),
    web.get("/knowledge/entries", console_entries.entries),
    web.get("/knowledge/entries/new", console_editor.new),
    web.post("/knowledge/entries/new", console_editor.save),
    web.get(_ENTRY, console_entries.entry),
    web.get(_ENTRY + "/edit", console_editor.edit),
    web.post(_ENTRY + "/edit", console_editor.save),
    web.post(_ENTRY + "/submit", console_editor.submit),
    web.post(_ENTRY + "/restore", console_editor.restore),
    web.post(_ENTRY + "/discard", console_editor.discard),
    web.post(_ENTRY + "/remove", console_editor.remove),
    web.get(_ENTRY + r"/versions/{number:\d{1,9}}", console_entries.version),
    web.get("/knowledge/review", console_review.queue),
    web.get(_VERSION, console_review.show),
    web.post(_VERSION + "/approve", console_review.approve),
    web.post(_VERSION + "/return", console_review.send_back),
    web.get("/knowledge/publish", console_publish.overview),
    web.post("/knowledge/publish/rehearse", console_publish.rehearse),
    web.get("/knowledge/publish/rehearsing", console_publish.rehearsing),
    web.get(_REHEARSAL, console_publish.rehearsal),
    web.post(_REHEARSAL, console_publish.publish),
    web.get(r"/knowledge/publish/{number:\d{1,9}}", console_publish.publication),
    web.get("/knowledge/regression", console_regression.table),
    web.post("/knowledge/regression", console_regression.keep),
    web.post(r"/knowledge/regression/{question:\d{1,15}}/retire", console_regression.retire),
    web.get("/knowledge/synonyms", console_synonyms.table),
    web.get("/knowledge/synonyms/new", console_synonyms.new),
    web.post("/knowledge/synonyms/new", console_synonyms.save),
    web.get(_SYNONYM, console_synonyms.row),
    web.post(_SYNONYM, console_synonyms.save),
    web.post(_SYNONYM + "/discard", console_synonyms.discard),
    web.get("/knowledge/hot", console_hot.hot),
    web.get("/knowledge/bench", console_bench.bench),
]
H5 = [
    web.get("/guide", guide.topics),
    web.get("/guide/search", guide.search),
    web.get(r"/guide/answers/{entry_id:[\w-]{1,64}}", guide.answer),
    web.post(r"/guide/answers/{entry_id:[\w-]{1,64}}/vote", guide.vote),
    web.get(r"/guide/{topic:[\w-]{1,32}}", guide.topic),
    web.get("/laws", statutes.listing),
    web.get(r"/laws/{code:[\w-]{1,64}}", statutes.law),
]

SECTIONS = [Section("/console/knowledge", "知识", Permission.VIEW_KNOWLEDGE.value)]
