"""`python -m complaints …`: handed to the composition root."""

import sys

import server

sys.exit(server.main(["complaints", *sys.argv[1:]]))
