"""`python -m integrity …`: handed to the composition root."""

import sys

import server

sys.exit(server.main(["integrity", *sys.argv[1:]]))
