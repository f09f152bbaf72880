"""The floor: aiohttp reads the POST and gives a fixed reply."""

import sys

import uvloop
from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Read the body and answer."""
    await request.read()
    return web.Response(text="success")


app = web.Application()
app.router.add_post("/wechat", handle)
uvloop.install()
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
