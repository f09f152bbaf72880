"""wechatpy's own pieces on aiohttp: check, decrypt, parse, echo, encrypt."""

import json
import os
import sys

import uvloop
from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

ACCOUNT = json.loads(os.environ["BENCH_ACCOUNT"])
CRYPTO = WeChatCrypto(ACCOUNT["token"], ACCOUNT["aes_key"], ACCOUNT["app_id"])


async def handle(request: web.Request) -> web.Response:
    """Echo the text, sealed."""
    query = request.query
    check_signature(ACCOUNT["token"], query["signature"], query["timestamp"], query["nonce"])
    body = await request.read()
    xml = CRYPTO.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
    message = parse_message(xml)
    reply = create_reply(message.content, message).render()
    return web.Response(text=CRYPTO.encrypt_message(reply, query["nonce"], query["timestamp"]))


app = web.Application()
app.router.add_post("/wechat", handle)
uvloop.install()
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
