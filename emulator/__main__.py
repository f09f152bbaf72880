"""`python -m emulator …`: handed to the composition root."""

import sys

import server

sys.exit(server.main(["emulator", *sys.argv[1:]]))
