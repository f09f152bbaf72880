"""`python -m bot …`: handed to the composition root."""

import sys

import server

sys.exit(server.main(["bot", *sys.argv[1:]]))
