"""Server CPU per callback: a bare aiohttp handler, two libraries' AES echo, and our whole answering path."""
