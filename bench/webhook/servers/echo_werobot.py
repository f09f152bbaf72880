"""WeRoBot's AES echo as a WSGI application for gunicorn."""

import json
import os
from typing import Any

import bottle
from werobot import WeRoBot
from werobot.contrib.bottle import make_view

ACCOUNT = json.loads(os.environ["BENCH_ACCOUNT"])
robot = WeRoBot(
    token=ACCOUNT["token"],
    encoding_aes_key=ACCOUNT["aes_key"],
    app_id=ACCOUNT["app_id"],
    enable_session=False,
)


@robot.text  # type: ignore[untyped-decorator]  # WeRoBot has no types
def echo(message: Any) -> str:
    """Echo the text."""
    return str(message.content)


app = bottle.Bottle()
app.route("/wechat", ["GET", "POST"], make_view(robot))
