"""Reads of what the knowledge room remembers."""
