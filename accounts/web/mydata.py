"""What the pages of 我的数据 find in the application."""

from aiohttp import web

from accounts.services.mydata import Keeper

KEEPERS = web.AppKey("keepers", tuple[Keeper, ...])
