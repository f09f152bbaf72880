"""Merchants, measuring instruments, verification status and integrity ratings."""
