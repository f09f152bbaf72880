"""The console pages of what happens later."""
