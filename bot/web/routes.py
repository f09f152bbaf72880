"""Addresses of the platform's callback and of the entrance to H5."""

from aiohttp import web

from bot.web import entrance, webhook

WECHAT = [web.get("", webhook.verify), web.post("", webhook.receive)]
H5 = [web.get("/enter", entrance.enter), web.get("/entered", entrance.entered)]
