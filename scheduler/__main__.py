"""`python -m scheduler …`: handed to the composition root."""

import sys

import server

sys.exit(server.main(["scheduler", *sys.argv[1:]]))
