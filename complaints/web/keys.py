"""What pages of reports find in the application."""

from aiohttp import web

from complaints.settings import ComplaintsSettings

SETTINGS = web.AppKey("complaints_settings", ComplaintsSettings)
