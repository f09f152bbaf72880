"""WeRoBot's AES echo as a WSGI application for gunicorn."""

import json
import os

from werobot import WeRoBot

ACCOUNT = json.loads(os.environ["BENCH_ACCOUNT"])
robot = WeRoBot(
    token=ACCOUNT["token"],
    encoding_aes_key=ACCOUNT["aes_key"],
    app_id=ACCOUNT["app_id"],
    enable_session=False,
)


@robot.text
def echo(message):
    """Echo the text."""
    return message.content


import bottle  # noqa: E402
from werobot.contrib.bottle import make_view  # noqa: E402

app = bottle.Bottle()
app.route("/wechat", ["GET", "POST"], make_view(robot))
