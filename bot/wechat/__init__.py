"""The only place that knows the platform: its envelope, its messages, its interfaces."""
