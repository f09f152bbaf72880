"""Pages driven in Chromium as people use them."""
