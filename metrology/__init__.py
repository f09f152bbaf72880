"""What the law of measurement says, as pure rules over exact quantities."""
