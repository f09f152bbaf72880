"""Reads register tables from spreadsheets."""
