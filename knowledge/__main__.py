"""`python -m knowledge …`: handed to the composition root."""

import sys

import server

sys.exit(server.main(["knowledge", *sys.argv[1:]]))
