"""The guide on a phone, and the editors' screens."""
