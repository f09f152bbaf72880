"""Reads entries and statutes from files."""
