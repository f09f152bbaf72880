"""The room's routes, one list a door."""

from aiohttp import web

from accounts.permissions import Permission
from knowledge.web import console_bench, guide
from portal.people import Section

CONSOLE = [
    web.get("/knowledge/bench", console_bench.bench),
]

H5 = [
    web.get("/guide", guide.topics),
    web.get("/guide/search", guide.search),
    web.get(r"/guide/answers/{entry_id:[\w-]{1,64}}", guide.answer),
    web.get(r"/guide/{topic:[\w-]{1,32}}", guide.topic),
]

SECTIONS = [Section("/console/knowledge", "知识", Permission.EDIT_KNOWLEDGE.value)]
