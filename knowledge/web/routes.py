"""The room's routes, one list a door."""

from aiohttp import web

from knowledge.web import guide

H5 = [
    web.get("/guide", guide.topics),
    web.get("/guide/search", guide.search),
    web.get(r"/guide/answers/{entry_id:[\w-]{1,64}}", guide.answer),
    web.get(r"/guide/{topic:[\w-]{1,32}}", guide.topic),
]
