"""A thousand citizens report at once: what it costs, and that nothing is lost."""
