"""Technical ground every room stands on: database, time, ids, errors, text, privacy; no business word."""
