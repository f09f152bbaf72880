"""The peer: an aiohttp handler that inserts one row per request with SQLAlchemy and answers the same words."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, event, insert


def main(port: int, url: str) -> None:
    """Serve on a port, inserting into the database at `url`."""
    is_sqlite = url.startswith("sqlite")
    engine = create_engine(url)
    if is_sqlite:
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA journal_mode=WAL"))
    metadata = MetaData()
    rows = Table("messages", metadata, Column("id", Integer, primary_key=True), Column("body", Text))
    metadata.create_all(engine)
    pool = ThreadPoolExecutor(1 if is_sqlite else 16)

    def kept(body: str) -> None:
        with engine.begin() as connection:
            connection.execute(insert(rows).values(body=body))

    async def take(request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        await asyncio.get_running_loop().run_in_executor(pool, kept, body)
        return web.Response(text="success")

    app = web.Application()
    app.router.add_post("/wechat", take)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
